//! The vault: the member's secrets as the node keeps them, which it cannot read.
//! Formats: docs/protocols/identity.md, section 5. Where the opening secrets come from is not known here.

import { concat, fromBase64url, fromUtf8, randomBytes, toBase64url, utf8, type Bytes } from "../lib/bytes.ts";
import { hkdf } from "./keys.ts";

/** The ways into a vault. */
export type WayIn = "passkey" | "recovery" | "device-link" | "passphrase";

/** The vault key, locked for one way in. `wrap` is b64u of 60 bytes. */
export interface Wrap {
  kind: WayIn;
  reference: string;
  wrap: string;
}

/** A vault as it travels. `version` is absent until the node has numbered it. */
export interface Vault {
  ciphertext: string;
  version?: number;
  wraps: Wrap[];
}

/** What lies inside. Members that this version does not know are kept. */
export interface Contents {
  v: 1;
  seed: string;
  did: string;
  update: number;
  device: number;
  /** b64u of the recovery key; gone as soon as the member has it on paper. */
  recovery?: string;
  [unknown: string]: unknown;
}

/** A fresh vault key. */
export const newVaultKey = (): Bytes => randomBytes(32);

/** Locks the vault key for one way in. */
export async function wrapKey(kind: WayIn, secret: Bytes, reference: string, vaultKey: Bytes): Promise<Wrap> {
  const key = await hkdf(secret, `planet vault wrap v1 ${kind}`);
  return { kind, reference, wrap: toBase64url(await seal(key, vaultKey)) };
}

/** The vault key out of a wrap; throws when the secret is not the one it was locked with. */
export async function unwrapKey(secret: Bytes, { kind, wrap }: Wrap): Promise<Bytes> {
  return unseal(await hkdf(secret, `planet vault wrap v1 ${kind}`), fromBase64url(wrap));
}

/** The contents, locked with the vault key, as b64u. */
export const lock = async (vaultKey: Bytes, contents: Contents): Promise<string> =>
  toBase64url(await seal(vaultKey, utf8(JSON.stringify(contents))));

/** The contents of a vault; throws when the key is not its own or its version is not known. */
export async function unlock(vaultKey: Bytes, ciphertext: string): Promise<Contents> {
  const contents = JSON.parse(fromUtf8(await unseal(vaultKey, fromBase64url(ciphertext)))) as Contents;
  if (contents.v !== 1) throw new RangeError("this vault was written by a newer version of PLANET");
  return contents;
}

const NONCE = 12;

async function seal(key: Bytes, plaintext: Bytes): Promise<Bytes> {
  const nonce = randomBytes(NONCE);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, await aes(key, "encrypt"), plaintext);
  return concat(nonce, new Uint8Array(sealed));
}

async function unseal(key: Bytes, sealed: Bytes): Promise<Bytes> {
  const parameters = { name: "AES-GCM", iv: sealed.slice(0, NONCE) };
  return new Uint8Array(await crypto.subtle.decrypt(parameters, await aes(key, "decrypt"), sealed.slice(NONCE)));
}

const aes = (key: Bytes, use: KeyUsage): Promise<CryptoKey> => crypto.subtle.importKey("raw", key, "AES-GCM", false, [use]);
