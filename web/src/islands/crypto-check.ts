//! Checks on this device that an address which the node shows is the member's own. A node that lies is caught here.

import { button, element } from "../lib/dom.ts";
import { attempt } from "../lib/form.ts";
import { Refusal } from "../lib/http.ts";
import { addressFrom, openSeed, publicPart, recall, remember } from "../crypto/keys.ts";
import { COINS } from "../crypto/texts.ts";

/** Checks at once where this device remembers the account, and offers to open the vault where it does not. */
export function mount(island: HTMLElement): void {
  const { chain = "", network = "", member = "", address = "", position = "0" } = island.dataset;
  const known = recall(member, chain, network);
  if (known === undefined) ask();
  else void attempt(island, () => compare(known));

  function ask(): void {
    const start = button(COINS.checkWithKeys, () => void attempt(island, withKeys), "button button-plain");
    start.dataset["main"] = "";
    island.append(element("p", { class: "note" }, COINS.notChecked), start);
  }

  async function withKeys(): Promise<void> {
    const key = await publicPart(await openSeed(island), chain, network);
    remember(member, chain, network, key);
    await compare(key);
  }

  async function compare(key: string): Promise<void> {
    const own = await addressFrom(key, chain, network, Number(position));
    if (own !== address) {
      // Nobody should scan what is not one's own, not even by mistake.
      for (const code of document.querySelectorAll("main .qr, main .secret, main [data-copy-text]")) code.remove();
      throw new Refusal(COINS.forged, "forged");
    }
    island.replaceChildren(element("p", { class: "note", role: "status", "data-checked": "" }, COINS.checked));
  }
}
