//! Adding a passkey to an identity that exists: on the devices page, by a link, after a recovery code, or with the paper words.
//! They differ in how the vault is opened first, or made.

import { action, go, onSubmit, say, type Fields } from "../lib/form.ts";
import { isOver, post } from "../lib/http.ts";
import { WAIT } from "../lib/texts.ts";
import { lockWith, requirePasskeys, settle, type Opened } from "./member.ts";
import { create, type Answer, type OptionsJson } from "./passkey.ts";
import type { Vault, Wrap } from "./vault.ts";

/** What the node answers at the beginning. `vault` comes only with a link or a code. */
export interface Begun {
  options: OptionsJson;
  vault?: Vault;
  ticket?: string;
}

/** What one island begins with: the node's answer, the vault open, and what else is to be sent for the new passkey. */
export interface Stage {
  begun: Begun;
  opened: Opened;
  given: Fields;
  also?: (passkey: Answer) => Promise<{ [name: string]: string }>;
}

/** How one island begins. */
export type Begin = (submitter: HTMLElement | null) => Promise<Stage>;

/** Makes a form enrol a passkey. What was achieved before a refusal is kept for the next try. */
export function enrolOnSubmit(form: HTMLFormElement, begin: Begin): void {
  let stage: Stage | undefined;
  let passkey: Answer | undefined;
  let wrap: Wrap | undefined;
  onSubmit(form, async (submitter) => {
    requirePasskeys();
    stage ??= await begin(submitter);
    say(form, WAIT.passkey);
    passkey ??= await create(stage.begun.options);
    wrap ??= await lockWith(form, passkey, stage.opened.vaultKey);
    say(form, WAIT.node);
    const also = await stage.also?.(passkey);
    const body = { ticket: stage.begun.ticket, fields: stage.given, credential: passkey.credential, wrap, ...also };
    try {
      const { next } = await post<{ next: string }>(action(form), body);
      await settle(stage.opened);
      await go(next);
    } catch (error) {
      if (isOver(error)) stage = passkey = wrap = undefined;
      throw error;
    }
  });
}
