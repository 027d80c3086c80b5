//! The recovery key as 24 words on paper. Once two of them were asked back, the vault keeps no copy.

import { fromBase64url } from "../lib/bytes.ts";
import { button, element, freshId } from "../lib/dom.ts";
import { attempt, go, onSubmit, say } from "../lib/form.ts";
import { post, Refusal } from "../lib/http.ts";
import { KEEP, WAIT } from "../lib/texts.ts";
import { openOwnVault, type Opened } from "../identity/member.ts";
import { lock } from "../identity/vault.ts";
import { englishWords, toWords } from "../identity/words.ts";

/** Puts the button into the island. */
export function mount(island: HTMLElement): void {
  const start = button(KEEP.showWords, () => void attempt(island, reveal));
  start.dataset["main"] = "";
  island.append(start);

  async function reveal(): Promise<void> {
    const opened = await openOwnVault(island);
    start.hidden = true;
    if (opened.contents.recovery === undefined) {
      island.append(element("p", { role: "status" }, KEEP.wordsGone));
      return;
    }
    const words = await toWords(fromBase64url(opened.contents.recovery), await englishWords());
    const list = element("ol", { class: "secret-list", "data-secrets": "" }, ...words.map((word) => element("li", {}, element("code", {}, word))));
    const box = element("div", { class: "stack" }, element("p", {}, KEEP.words), list);
    box.append(button(KEEP.written, () => box.replaceWith(questions(island, words, opened))));
    island.append(box);
  }
}

/** Asks two words back, which two is chance. */
function questions(island: HTMLElement, words: string[], opened: Opened): HTMLElement {
  const first = chance(words.length);
  const second = (first + 1 + chance(words.length - 1)) % words.length;
  const asked = [first, second].sort((a, b) => a - b);
  const inputs = asked.map((at) => element("input", { id: freshId("word"), name: `word-${at}`, required: "", autocapitalize: "none", autocomplete: "off", spellcheck: "false" }));
  const rows = inputs.map((input, index) => {
    const label = element("label", { for: input.id }, KEEP.askBack((asked[index] ?? 0) + 1));
    return element("div", { class: "field" }, label, input);
  });
  const form = element("form", { class: "stack" }, ...rows, element("button", { class: "button button-primary" }, KEEP.check));
  onSubmit(form, async () => {
    for (const [index, input] of inputs.entries()) {
      if (input.value.trim().toLowerCase() !== words[asked[index] ?? 0]) throw new Refusal(KEEP.wrongWord, "word", input.name);
    }
    say(form, WAIT.node);
    const { recovery: _, ...contents } = opened.contents;
    const vault = { ciphertext: await lock(opened.vaultKey, contents as Opened["contents"]), version: opened.vault.version };
    const { next } = await post<{ next?: string }>(island.dataset["save"] ?? "", { confirmed: true, vault });
    if (next !== undefined) await go(next);
    form.replaceWith(element("p", { role: "status" }, KEEP.wordsDone));
  });
  return form;
}

/** A number below `limit`, evenly enough for choosing a word. */
const chance = (limit: number): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % limit;
