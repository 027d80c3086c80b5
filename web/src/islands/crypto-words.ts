//! Shows the 24 words of a member's coins, for another wallet.

import { button, element } from "../lib/dom.ts";
import { attempt } from "../lib/form.ts";
import { openWords } from "../crypto/keys.ts";
import { COINS } from "../crypto/texts.ts";

/** Puts the button into the island. */
export function mount(island: HTMLElement): void {
  const start = button(COINS.showWords, () => void attempt(island, reveal));
  start.dataset["main"] = "";
  island.append(start);

  async function reveal(): Promise<void> {
    const words = await openWords(island);
    const list = element("ol", { class: "secret-list", "data-secrets": "" }, ...words.map((word) => element("li", {}, element("code", {}, word))));
    const box = element("div", { class: "stack" }, element("p", {}, COINS.words), list);
    box.append(button(COINS.hideWords, () => {
      box.remove();
      start.hidden = false;
    }, "button button-plain"));
    start.hidden = true;
    island.append(box);
  }
}
