//! Coming back with a recovery code: one half of it authenticates, the other opens the vault and stays here.

import { fields, local, say } from "../lib/form.ts";
import { toBase64url } from "../lib/bytes.ts";
import { post, Refusal } from "../lib/http.ts";
import { SORRY, WAIT } from "../lib/texts.ts";
import { split } from "../identity/codes.ts";
import { enrolOnSubmit, type Begun } from "../identity/enrol.ts";
import { openVault } from "../identity/member.ts";

/** Enhances the form; its box `code` stays here. */
export function mount(form: HTMLFormElement): void {
  enrolOnSubmit(form, async (submitter) => {
    const halves = split(local(form, "code"));
    if (halves === undefined) throw new Refusal(SORRY.code, "code", "code");
    const given = fields(form, submitter);
    say(form, WAIT.node);
    const begun = await post<Begun>(form.dataset["begin"] ?? "", { fields: given, auth: toBase64url(halves.auth) });
    const vault = begun.vault ?? { ciphertext: "", wraps: [] };
    const wrap = vault.wraps.find(({ kind }) => kind === "recovery");
    return { begun, opened: await openVault(vault, wrap, halves.secret), given };
  });
}
