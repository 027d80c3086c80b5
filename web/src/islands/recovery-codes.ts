//! Ten recovery codes, made in the page and shown once. They count only after the person has said that they are kept.

import { button, element } from "../lib/dom.ts";
import { attempt, go, say } from "../lib/form.ts";
import { post } from "../lib/http.ts";
import { KEEP, WAIT } from "../lib/texts.ts";
import { tenCodes, type CodeRecord } from "../identity/codes.ts";
import { openOwnVault } from "../identity/member.ts";

/** Puts the button into the island. */
export function mount(island: HTMLElement): void {
  const start = button(KEEP.makeCodes, () => void attempt(island, make));
  start.dataset["main"] = "";
  island.append(start);

  async function make(): Promise<void> {
    const { vaultKey } = await openOwnVault(island);
    const { codes, records } = await tenCodes(vaultKey);
    start.hidden = true;
    island.append(sheet(codes, records));
  }

  function sheet(codes: string[], records: CodeRecord[]): HTMLElement {
    const list = element("ol", { class: "secret-list", "data-secrets": "" }, ...codes.map((code) => element("li", {}, element("code", {}, code))));
    const file = URL.createObjectURL(new Blob([`${codes.join("\n")}\n`], { type: "text/plain" }));
    const box = element(
      "div",
      { class: "stack" },
      element("p", {}, KEEP.codes),
      list,
      element(
        "div",
        { class: "cluster" },
        element("button", { type: "button", class: "button button-quiet", "data-copy-text": codes.join("\n") }, KEEP.copy),
        element("button", { type: "button", class: "button button-quiet", "data-print": "" }, KEEP.print),
        element("a", { href: file, download: "planet-recovery-codes.txt", class: "button button-quiet" }, KEEP.download),
      ),
      button(KEEP.kept, () => void attempt(island, save)),
    );
    return box;

    async function save(): Promise<void> {
      say(island, WAIT.node);
      const { next } = await post<{ next?: string }>(island.dataset["save"] ?? "", { codes: records });
      URL.revokeObjectURL(file);
      if (next !== undefined) await go(next);
      box.replaceChildren(element("p", { role: "status" }, KEEP.codesDone));
    }
  }
}
