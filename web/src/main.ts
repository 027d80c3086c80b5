//! What every page loads: the small things, and the islands' code where a page has an island.
//! Pages are whole without it; only what needs the browser (keys, camera) needs this.

import { buttons } from "./small/buttons.ts";
import { draft, dropSent } from "./small/draft.ts";
import { guards } from "./small/guard.ts";
import { check, count, grow } from "./small/input.ts";
import { rows } from "./small/rows.ts";
import { searchKey } from "./small/search.ts";
import { sum } from "./small/sum.ts";
import { theme } from "./small/theme.ts";
import { relative, toast } from "./small/time.ts";
import { transitions } from "./small/transition.ts";
import { typeahead } from "./small/typeahead.ts";

type Mount = { mount(element: HTMLElement): void };

const ISLANDS: { [name: string]: () => Promise<Mount> } = {
  "passkey-join": () => import("./islands/passkey-join.ts") as Promise<Mount>,
  "passkey-sign-in": () => import("./islands/passkey-sign-in.ts") as Promise<Mount>,
  "passkey-add": () => import("./islands/passkey-add.ts") as Promise<Mount>,
  recover: () => import("./islands/recover.ts") as Promise<Mount>,
  "words-back": () => import("./islands/words-back.ts") as Promise<Mount>,
  "recovery-codes": () => import("./islands/recovery-codes.ts"),
  "paper-words": () => import("./islands/paper-words.ts"),
  card: () => import("./islands/card.ts") as Promise<Mount>,
  "device-link": () => import("./islands/device-link.ts"),
  "qr-scan": () => import("./islands/qr-scan.ts"),
  qr: () => import("./islands/qr.ts"),
  "crypto-set-up": () => import("./islands/crypto-set-up.ts"),
  "crypto-words": () => import("./islands/crypto-words.ts"),
  "crypto-check": () => import("./islands/crypto-check.ts"),
  "crypto-send-bitcoin": () => import("./islands/crypto-send-bitcoin.ts") as Promise<Mount>,
  "secret-ballot": () => import("./islands/secret-ballot.ts") as Promise<Mount>,
  "ballot-check": () => import("./islands/ballot-check.ts"),
  chat: () => import("./chat/chat.ts"),
  private: () => import("./private/page.ts"),
  "crypto-send-evm": () => import("./islands/crypto-send-evm.ts") as Promise<Mount>,
};

/** What each marked element gets, once. */
const ENHANCEMENTS: [selector: string, enhance: (element: HTMLElement) => void][] = [
  ["[data-island]", island],
  ["input[data-typeahead]", (input) => typeahead(input as HTMLInputElement)],
  ["input[data-check]", (input) => check(input as HTMLInputElement)],
  ["[data-count]", (input) => count(input as HTMLInputElement)],
  ["textarea[data-autogrow]", (area) => grow(area as HTMLTextAreaElement)],
  ["[data-rows]", rows],
  ["[data-sum]", (output) => sum(output as HTMLOutputElement)],
  ["form[data-draft]", (form) => draft(form as HTMLFormElement)],
  ["[data-toast]", toast],
  ["time[data-relative]", relative],
  ["[data-theme-switch]", theme],
  ["[data-copy], [data-copy-text], [data-print], [data-share], [data-dismiss]", (button) => (button.hidden = false)],
];

/** Enhances everything below `root` that was not yet. */
function enhance(root: ParentNode): void {
  for (const [index, [selector, work]] of ENHANCEMENTS.entries()) {
    for (const found of root.querySelectorAll<HTMLElement>(selector)) {
      if (done[index]?.has(found)) continue;
      done[index]?.add(found);
      work(found);
    }
  }
  if (root.querySelector(HTMX) !== null) void import("htmx.org");
}

const done = ENHANCEMENTS.map(() => new WeakSet<HTMLElement>());
const HTMX = "[hx-get], [hx-post], [hx-put], [hx-patch], [hx-delete]";

/** Loads an island. A form that is submitted meanwhile waits for it. */
function island(found: HTMLElement): void {
  const load = ISLANDS[found.dataset["island"] ?? ""];
  if (load === undefined) return;
  let waiting: (() => void) | undefined;
  const early = (event: SubmitEvent): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = () => (found as HTMLFormElement).requestSubmit(event.submitter);
  };
  found.addEventListener("submit", early as EventListener);
  void load().then(({ mount }) => {
    found.removeEventListener("submit", early as EventListener);
    mount(found);
    waiting?.();
  });
}

dropSent();
buttons();
guards();
searchKey();
transitions();
enhance(document);
new MutationObserver((changes) => {
  if (changes.some(({ addedNodes }) => [...addedNodes].some((node) => node instanceof HTMLElement))) enhance(document);
}).observe(document.body, { childList: true, subtree: true });

void navigator.serviceWorker?.register("/sw.js").catch(() => undefined); // private windows may forbid it
