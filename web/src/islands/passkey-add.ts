//! One more passkey: on the devices page, or on a new device that opened a device link.

import { fields, say } from "../lib/form.ts";
import { fromBase64url } from "../lib/bytes.ts";
import { post, Refusal } from "../lib/http.ts";
import { SORRY, WAIT } from "../lib/texts.ts";
import { enrolOnSubmit, type Begun } from "../identity/enrol.ts";
import { openOwnVault, openVault } from "../identity/member.ts";

/** Enhances the form; `data-link` says that the secret is in the address's fragment. */
export function mount(form: HTMLFormElement): void {
  const begin = form.dataset["begin"] ?? "";
  if (form.dataset["link"] === undefined) {
    enrolOnSubmit(form, async (submitter) => {
      const given = fields(form, submitter);
      const opened = await openOwnVault(form);
      return { begun: await post<Begun>(begin, { fields: given }), opened, given };
    });
    return;
  }
  const secret = location.hash.slice(1);
  enrolOnSubmit(form, async (submitter) => {
    if (!/^[\w-]{43}$/.test(secret)) throw new Refusal(SORRY.link, "link");
    const given = fields(form, submitter);
    say(form, WAIT.node);
    const begun = await post<Begun>(begin, { fields: given });
    const vault = begun.vault ?? { ciphertext: "", wraps: [] };
    const wrap = vault.wraps.find(({ kind }) => kind === "device-link");
    return { begun, opened: await openVault(vault, wrap, fromBase64url(secret), SORRY.link), given };
  });
}
