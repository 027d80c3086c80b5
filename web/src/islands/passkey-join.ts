//! Becoming a member: a passkey, keys of one's own, the first log entry and the vault, in one submit.

import { action, fields, go, onSubmit, say } from "../lib/form.ts";
import { isOver, post } from "../lib/http.ts";
import { WAIT } from "../lib/texts.ts";
import type { Place } from "../identity/did.ts";
import { deviceSecret } from "../identity/keys.ts";
import { remember } from "../identity/keystore.ts";
import { newMember, requirePasskeys, type NewMember } from "../identity/member.ts";
import { create, type Answer, type OptionsJson } from "../identity/passkey.ts";

interface Begun {
  options: OptionsJson;
  did: Place;
  ticket?: string;
}

/** Enhances the form. A field that the node refuses at the end is corrected without a second passkey. */
export function mount(form: HTMLFormElement): void {
  let begun: Begun | undefined;
  let passkey: Answer | undefined;
  let member: NewMember | undefined;
  onSubmit(form, async (submitter) => {
    requirePasskeys();
    const given = fields(form, submitter);
    if (begun === undefined || passkey === undefined) {
      say(form, WAIT.node);
      begun = await post<Begun>(form.dataset["begin"] ?? "", { fields: given });
      say(form, WAIT.passkey);
      passkey = await create(begun.options);
    }
    member ??= await newMember(form, begun.did, passkey);
    say(form, WAIT.node);
    try {
      const body = { ticket: begun.ticket, fields: given, credential: passkey.credential, did_log: member.line, vault: member.vault };
      const { next } = await post<{ next: string }>(action(form), body);
      await remember(member.did, await deviceSecret(member.seed, 1));
      await go(next);
    } catch (error) {
      if (isOver(error)) begun = passkey = member = undefined;
      throw error;
    }
  });
}
