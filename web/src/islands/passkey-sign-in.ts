//! Signing in with a passkey. The same touch opens the vault, when the node hands it over.

import { action, fields, go, onSubmit, say } from "../lib/form.ts";
import { post } from "../lib/http.ts";
import { WAIT } from "../lib/texts.ts";
import { openVault, requirePasskeys, settle } from "../identity/member.ts";
import { ask, type OptionsJson } from "../identity/passkey.ts";
import type { Vault } from "../identity/vault.ts";

/** Enhances the form. */
export function mount(form: HTMLFormElement): void {
  onSubmit(form, async (submitter) => {
    requirePasskeys();
    const given = fields(form, submitter);
    say(form, WAIT.node);
    const { options, ticket } = await post<{ options: OptionsJson; ticket?: string }>(form.dataset["begin"] ?? "", { fields: given });
    say(form, WAIT.passkey);
    const { credential, secret } = await ask(options);
    say(form, WAIT.node);
    const { next, vault } = await post<{ next: string; vault?: Vault }>(action(form), { ticket, fields: given, credential });
    const wrap = vault?.wraps.find(({ reference }) => reference === credential.id);
    if (vault !== undefined && wrap !== undefined && secret !== undefined) {
      // The member is in already; a vault that does not open is told where it is needed.
      await openVault(vault, wrap, secret).then(settle).catch(console.warn);
    }
    await go(next);
  });
}
