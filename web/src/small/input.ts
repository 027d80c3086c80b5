//! Help while typing: characters left, a text area that grows, a check that the node makes.

import { clear, show } from "../lib/form.ts";
import { get, Refusal } from "../lib/http.ts";
import { SMALL } from "../lib/texts.ts";

type Control = HTMLInputElement | HTMLTextAreaElement;

/** Shows in `data-count` how many characters are left; said aloud only near the end. */
export function count(input: Control): void {
  const shown = document.querySelector<HTMLElement>(input.dataset["count"] ?? "");
  if (shown === null || input.maxLength < 0) return;
  const update = (): void => {
    const left = input.maxLength - input.value.length;
    shown.textContent = SMALL.left(left);
    shown.ariaLive = left < input.maxLength / 10 ? "polite" : "off";
  };
  input.addEventListener("input", update);
  update();
}

/** Lets the area grow with its text: by rows, since the page's policy allows no inline style. */
export function grow(area: HTMLTextAreaElement): void {
  const least = area.rows;
  const update = (): void => {
    area.rows = least;
    while (area.scrollHeight > area.clientHeight && area.rows < 40) area.rows++;
  };
  area.addEventListener("input", update);
  update();
}

/** Asks the node about a value when the person has left the field. */
export function check(input: HTMLInputElement): void {
  input.addEventListener("change", () => {
    const place = input.closest<HTMLElement>(".field") ?? input.parentElement ?? document.body;
    clear(place);
    if (input.value === "") return;
    const url = `${input.dataset["check"] ?? ""}?value=${encodeURIComponent(input.value)}`;
    void get<{ ok: boolean; sentence?: string }>(url)
      .then(({ ok, sentence }) => ok || show(place, new Refusal(sentence ?? "", "check", input.name), false))
      .catch(() => undefined); // the node says it again when the form is sent
  });
}
