//! What somebody is writing, kept on this device until it is sent. Never passwords, never hidden fields.

import { announce } from "../lib/dom.ts";
import { SMALL } from "../lib/texts.ts";

const PREFIX = "draft:";
const SENT = "sent:";
const CONTROLS = "textarea[name], input[name]:is([type=text], [type=search], [type=url], :not([type]))";

type Control = HTMLInputElement | HTMLTextAreaElement;

/** Puts an earlier draft back and keeps the coming one. */
export function draft(form: HTMLFormElement): void {
  const key = PREFIX + (form.dataset["draft"] ?? "");
  const controls = [...form.querySelectorAll<Control>(CONTROLS)];
  restore(key, controls);
  let timer: ReturnType<typeof setTimeout> | undefined;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep(key, controls), 1000);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    keep(key, controls);
    storage((store) => store.setItem(SENT + key, "1"));
  });
}

/** Drops drafts that were sent by the page before this one; the offline page keeps them. */
export function dropSent(): void {
  if (document.querySelector("[data-offline]") !== null) return;
  forgetDrafts((key) => localStorage.getItem(SENT + key) !== null);
}

/** Drops every draft on this device, or those that `which` names. */
export function forgetDrafts(which: (key: string) => boolean = () => true): void {
  storage((store) => {
    for (const key of Object.keys(store)) {
      if (!key.startsWith(PREFIX) || !which(key)) continue;
      store.removeItem(key);
      store.removeItem(SENT + key);
    }
  });
}

function keep(key: string, controls: Control[]): void {
  const values = Object.fromEntries(controls.filter(({ value }) => value !== "").map(({ name, value }) => [name, value]));
  storage((store) => (Object.keys(values).length > 0 ? store.setItem(key, JSON.stringify(values)) : store.removeItem(key)));
}

/** Only into fields that are still empty: what the node filled in is newer. */
function restore(key: string, controls: Control[]): void {
  storage((store) => {
    const values = JSON.parse(store.getItem(key) ?? "{}") as { [name: string]: string };
    const empty = controls.filter(({ name, value }) => value === "" && values[name] !== undefined);
    for (const control of empty) {
      control.value = values[control.name] ?? "";
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (empty.length > 0) announce(SMALL.draft);
  });
}

/** Storage may be full or forbidden; a draft is then simply not kept. */
function storage(use: (store: Storage) => void): void {
  try {
    use(localStorage);
  } catch {
    return;
  }
}
