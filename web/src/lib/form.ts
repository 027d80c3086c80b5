//! What an enhanced form does: reads its fields, shows that it works, shows refusals where they belong.

import { element, freshId } from "./dom.ts";
import { explain } from "./explain.ts";
import { Refusal } from "./http.ts";
import { SORRY } from "./texts.ts";

/** The form's controls as JSON: one text, or a list where a name repeats. Files stay behind. */
export type Fields = { [name: string]: string | string[] };

/** Reads the fields. */
export function fields(form: HTMLFormElement, submitter: HTMLElement | null): Fields {
  const result: Fields = {};
  for (const [name, value] of new FormData(form, submitter)) {
    if (typeof value !== "string") continue;
    const earlier = result[name];
    result[name] = earlier === undefined ? value : [earlier, value].flat();
  }
  return result;
}

/** Runs `work` when the form is submitted: one at a time, with waiting and refusals shown. */
export function onSubmit(form: HTMLFormElement, work: (submitter: HTMLElement | null) => Promise<void>): void {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.ariaBusy !== "true") void attempt(form, () => work(event.submitter));
  });
}

/** Runs `work` with the waiting and the refusals shown in `place`; true when it went well. */
export async function attempt(place: HTMLElement, work: () => Promise<void>): Promise<boolean> {
  clear(place);
  busy(place, true);
  try {
    await work();
    return true;
  } catch (error) {
    const refusal = explain(error);
    show(place, refusal);
    if (refusal.code !== "offline") renewKeys(place);
    return false;
  } finally {
    busy(place, false);
    say(place, "");
  }
}

/** Leaves for another page of this club; never comes back, so that the form stays busy meanwhile. */
export function go(next: string): Promise<never> {
  const url = new URL(next, location.href);
  if (url.origin !== location.origin) throw new Refusal(SORRY.answer, "answer");
  location.assign(url);
  return new Promise(() => undefined);
}

/** Where the form goes; a control named `action` must not stand in the way. */
export const action = (form: HTMLFormElement): string => form.getAttribute("action") ?? location.pathname;

/** Says in the form what is going on. */
export function say(place: HTMLElement, sentence: string): void {
  let region = place.querySelector<HTMLElement>("[data-status]");
  if (region === null) {
    region = element("p", { "data-status": "", role: "status", class: "form-status" });
    place.append(region);
  }
  region.textContent = sentence;
}

/** Where a field is filled in; a box that stays here has no name. */
const boxes = (field: string): string => `[name="${CSS.escape(field)}"]:not([type=hidden]), [data-local="${CSS.escape(field)}"]`;

/** What stands in a box that is never sent. */
export const local = (form: HTMLFormElement, field: string): string =>
  form.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[data-local="${CSS.escape(field)}"]`)?.value ?? "";

/** Shows a refusal at its field, or at the top of the form. */
export function show(place: HTMLElement, refusal: Refusal, focus = true): void {
  const input = refusal.field === undefined ? null : place.querySelector<HTMLElement>(boxes(refusal.field));
  if (input === null) {
    const summary = place.querySelector<HTMLElement>("[data-form-error]") ?? prepend(place);
    summary.hidden = false;
    summary.textContent = refusal.message;
    summary.scrollIntoView({ block: "nearest" });
    return;
  }
  const message = errorOf(place, input, refusal.field ?? "");
  message.hidden = false;
  message.textContent = refusal.message;
  input.ariaInvalid = "true";
  input.closest(".field")?.classList.add("wrong");
  describe(input, message.id);
  if (focus) input.focus();
}

/** Takes all earlier refusals away. */
export function clear(place: HTMLElement): void {
  for (const message of place.querySelectorAll<HTMLElement>("[data-form-error], .field-error")) {
    message.textContent = "";
    message.hidden = true;
  }
  for (const input of place.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  for (const wrong of [place, ...place.querySelectorAll(".wrong")]) wrong.classList.remove("wrong");
}

/** Where a field's refusal is written: above the input, below its label and hint. */
function errorOf(place: HTMLElement, input: HTMLElement, field: string): HTMLElement {
  const id = `${input.id || freshId("field")}-error`;
  const found = document.getElementById(id) ?? place.querySelector<HTMLElement>(`[data-error-for="${CSS.escape(field)}"]`);
  if (found !== null) {
    found.id ||= id;
    return found;
  }
  const made = element("p", { id, class: "field-error" });
  const above = [...(input.closest(".field")?.querySelectorAll(":scope > :is(label, legend, .hint)") ?? [])].at(-1);
  if (above === undefined) input.before(made);
  else above.after(made);
  return made;
}

/** A refused act keeps its key; what is sent next, and what is made of the same bones, is another act and needs its own. */
export function renewKeys(place: HTMLElement): void {
  for (const key of place.querySelectorAll<HTMLInputElement>("input[name=_key]")) key.value = crypto.randomUUID();
}

function describe(input: HTMLElement, id: string): void {
  const ids = new Set((input.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  input.setAttribute("aria-describedby", [...ids.add(id)].join(" "));
}

function prepend(place: HTMLElement): HTMLElement {
  const made = element("p", { "data-form-error": "", role: "alert", class: "form-error" });
  place.prepend(made);
  return made;
}

/** The button keeps the focus, so it is not disabled; a second press is ignored by whoever listens. */
function busy(place: HTMLElement, is: boolean): void {
  place.ariaBusy = is ? "true" : null;
  for (const control of place.querySelectorAll<HTMLButtonElement>("button:not([type=button]), button[data-main]")) {
    control.ariaBusy = is ? "true" : null;
    control.ariaDisabled = is ? "true" : null;
  }
}
