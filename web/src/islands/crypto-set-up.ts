//! Makes a member's wallet on a chain: derives it from the vault, and tells the node no more than what it may look at.

import { button } from "../lib/dom.ts";
import { attempt, go, say } from "../lib/form.ts";
import { post } from "../lib/http.ts";
import { openSeed, publicPart, remember } from "../crypto/keys.ts";
import { COINS } from "../crypto/texts.ts";

/** Puts the button into the island. */
export function mount(island: HTMLElement): void {
  const { chain = "", network = "", member = "" } = island.dataset;
  const start = button(COINS.make, () => void attempt(island, make));
  start.dataset["main"] = "";
  island.append(start);

  async function make(): Promise<void> {
    const seed = await openSeed(island);
    say(island, COINS.making);
    const key = await publicPart(seed, chain, network);
    await post("/api/v1/crypto/watch", { chain, network, key });
    remember(member, chain, network, key);
    await go(`/wallet/crypto/${chain}`);
  }
}
