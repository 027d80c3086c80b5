//! The last look before signing: everything that is about to be signed, as the browser itself has worked it out.

import { button, element } from "../lib/dom.ts";
import { announce } from "../lib/dom.ts";
import { COINS } from "./texts.ts";

/** A name and what stands beside it; several lines for one name where it is written in more than one way. */
export type Fact = [name: string, ...values: string[]];

/** Shows the facts in place of the form and waits: true when the member wants to sign. */
export function review(form: HTMLElement, facts: Fact[]): Promise<boolean> {
  const rows = facts.map(([name, ...values]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, ...values.map((value) => element("div", {}, value)))));
  const heading = element("h2", { tabindex: "-1" }, COINS.review);
  const box = element("div", { class: "stack", "data-review": "" }, heading, element("dl", { class: "facts" }, ...rows));
  return new Promise((resolve) => {
    const answer = (yes: boolean): void => {
      box.remove();
      form.hidden = false;
      resolve(yes);
    };
    box.append(element("div", { class: "form-end" },
      button(COINS.sign, () => answer(true)),
      button(COINS.back, () => answer(false), "button button-quiet")));
    form.hidden = true;
    form.after(box);
    heading.focus();
    announce(COINS.review);
  });
}
