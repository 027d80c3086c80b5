//! A member's keys as the islands use them: made at joining, locked with a passkey, unlocked again.
//! It asks the person what it must; it does not know which page it stands on.

import { element, button, freshId } from "../lib/dom.ts";
import { fromBase64url, randomBytes, toBase64url, type Bytes } from "../lib/bytes.ts";
import { say } from "../lib/form.ts";
import { get, Refusal } from "../lib/http.ts";
import { PASSPHRASE, SMALL, SORRY, WAIT } from "../lib/texts.ts";
import { genesis, type Place } from "./did.ts";
import { deviceSecret, type SigningKey } from "./keys.ts";
import { recall, remember } from "./keystore.ts";
import { askForSecret, supported, type Answer } from "./passkey.ts";
import { lock, newVaultKey, unlock, unwrapKey, wrapKey, type Contents, type Vault, type Wrap } from "./vault.ts";

/** A new member's identity: what the node gets, and what stays here until it has it. */
export interface NewMember {
  did: string;
  line: string;
  vault: Vault;
  seed: Bytes;
}

/** A vault that stands open. */
export interface Opened {
  vault: Vault;
  vaultKey: Bytes;
  contents: Contents;
}

/** Refuses early where passkeys cannot work. */
export function requirePasskeys(): void {
  if (!supported()) throw new Refusal(SORRY.unsupported, "unsupported");
}

/** Makes a new member: keys, the first log entry, and a vault that the new passkey opens. */
export async function newMember(page: HTMLElement, place: Place, passkey: Answer): Promise<NewMember> {
  const [seed, recovery, vaultKey] = [randomBytes(32), randomBytes(32), newVaultKey()];
  const wrap = await lockWith(page, passkey, vaultKey);
  say(page, WAIT.keys);
  const { did, line } = await genesis({ place, seed, recovery, now: new Date() });
  const contents: Contents = { v: 1, seed: toBase64url(seed), did, update: 1, device: 1, recovery: toBase64url(recovery) };
  return { did, line, vault: { ciphertext: await lock(vaultKey, contents), wraps: [wrap] }, seed };
}

/** Locks the vault key with a passkey's secret; where it has none, with a passphrase that the person chooses. */
export async function lockWith(page: HTMLElement, passkey: Answer, vaultKey: Bytes): Promise<Wrap> {
  const secret = passkey.secret ?? (passkey.hasSecret ? await secretOf(page, passkey) : undefined);
  if (secret !== undefined) return wrapKey("passkey", secret, passkey.credential.id, vaultKey);
  const { MIN_LENGTH, stretchNew } = await import("./passphrase.ts");
  const passphrase = await askPassphrase(page, PASSPHRASE.why, MIN_LENGTH);
  say(page, WAIT.stretch);
  const stretched = await stretchNew(passphrase);
  return wrapKey("passphrase", stretched.secret, stretched.reference, vaultKey);
}

/** Some passkeys give their secret only when they are used, not when they are made. */
async function secretOf(page: HTMLElement, { credential, rpId }: Answer): Promise<Bytes | undefined> {
  say(page, WAIT.passkeyAgain);
  return (await askForSecret([credential.id], rpId)).secret;
}

/** Opens the signed-in member's own vault with a passkey, or with the passphrase. */
export async function openOwnVault(page: HTMLElement): Promise<Opened> {
  say(page, WAIT.node);
  const { vault, rp_id } = await get<{ vault: Vault; rp_id?: string }>(page.dataset["vault"] ?? "/vault");
  const passkeys = vault.wraps.filter(({ kind }) => kind === "passkey");
  if (passkeys.length > 0) {
    requirePasskeys();
    say(page, WAIT.unlock);
    const { credential, secret } = await askForSecret(passkeys.map(({ reference }) => reference), rp_id);
    const wrap = passkeys.find(({ reference }) => reference === credential.id);
    if (secret !== undefined && wrap !== undefined) return openVault(vault, wrap, secret);
  }
  const wrap = vault.wraps.find(({ kind }) => kind === "passphrase");
  if (wrap === undefined) throw new Refusal(passkeys.length > 0 ? SORRY.passkeyVault : SORRY.noWayIn, "no_way_in");
  const passphrase = await askPassphrase(page, PASSPHRASE.ask);
  say(page, WAIT.stretch);
  const { stretch } = await import("./passphrase.ts");
  return openVault(vault, wrap, await stretch(passphrase, wrap.reference), PASSPHRASE.wrong);
}

/** Opens a vault by one way in; `sorry` is what to say when the secret is not the right one. */
export async function openVault(vault: Vault, wrap: Wrap | undefined, secret: Bytes, sorry = SORRY.wrap): Promise<Opened> {
  try {
    if (wrap === undefined) throw new RangeError("no wrap");
    const vaultKey = await unwrapKey(secret, wrap);
    return { vault, vaultKey, contents: await unlock(vaultKey, vault.ciphertext) };
  } catch {
    throw new Refusal(sorry, "wrong_secret");
  }
}

/** Keeps the daily key of an opened vault on this device. */
export const settle = async ({ contents }: Opened): Promise<void> =>
  remember(contents.did, await deviceSecret(fromBase64url(contents.seed), contents.device));

/** The daily key of this device; where it is gone, out of the vault. `sorry` is what to say where the browser keeps nothing. */
export async function dailyKey(page: HTMLElement, did: string, sorry: string): Promise<SigningKey> {
  const here = await recall(did);
  if (here !== undefined) return here;
  await settle(await openOwnVault(page));
  const now = await recall(did);
  if (now === undefined) throw new Refusal(sorry, "storage");
  return now;
}

/** Asks for a passphrase in the page itself and waits for it. */
function askPassphrase(page: HTMLElement, why: string, minLength = 1): Promise<string> {
  const id = freshId("passphrase");
  const autocomplete = minLength > 1 ? "new-password" : "current-password";
  const input = element("input", { id, type: "password", autocomplete, minlength: String(minLength), "aria-describedby": `${id}-hint` });
  const hint = element("p", { id: `${id}-hint`, class: "hint" }, minLength > 1 ? PASSPHRASE.hint : "");
  return new Promise((resolve) => {
    const given = (): void => {
      input.ariaInvalid = input.value.length < minLength ? "true" : null;
      if (input.value.length < minLength) return input.focus();
      box.remove();
      resolve(input.value);
    };
    const label = element("label", { for: id }, PASSPHRASE.label);
    const box = element("div", { class: "field" }, element("p", {}, why), label, hint, input, button(SMALL.confirm, given));
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      given();
    });
    say(page, "");
    page.append(box);
    input.focus();
  });
}
