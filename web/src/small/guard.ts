//! One submit at a time, so that an impatient second press sends nothing. The node's idempotency key is the real guard.

import { forgetDrafts } from "./draft.ts";

/** Listens once for the whole page. */
export function guards(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== "post" || "repeatable" in form.dataset || "island" in form.dataset) return;
    if (form.ariaBusy === "true") return event.preventDefault();
    mark(form, event.submitter, "true");
    if ("forgetKeys" in form.dataset) leave(event, form);
  });
  document.addEventListener("change", (event) => {
    const control = event.target as HTMLElement;
    if (control.matches("select, input[type=radio], input[type=checkbox]")) control.closest<HTMLFormElement>("form[data-auto-submit]")?.requestSubmit();
  });
  // A page that comes back from the browser's memory is not waiting for anything any more.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const busy of document.querySelectorAll("[aria-busy=true]")) mark(busy, busy, null);
  });
}

function mark(form: Element, button: Element | null, busy: "true" | null): void {
  form.ariaBusy = busy;
  if (button === null) return;
  button.ariaBusy = busy;
  button.ariaDisabled = busy;
}

/** Signing out takes the keys and drafts off this device first; nothing that fails here keeps a person signed in. */
function leave(event: SubmitEvent, form: HTMLFormElement): void {
  event.preventDefault();
  forgetDrafts();
  void import("../identity/keystore.ts").then(({ forget }) => forget()).finally(() => form.submit());
}
