//! Buttons that need no island: copy, share, print, open and close a dialogue, dismiss.

import { announce } from "../lib/dom.ts";
import { KEEP } from "../lib/texts.ts";

/** What a click on an element with this attribute does. */
const ACTIONS: [attribute: string, act: (button: HTMLElement) => void | Promise<void>][] = [
  ["data-share", share],
  ["data-copy-text", copy],
  ["data-copy", copy],
  ["data-print", () => window.print()],
  ["data-dialog", (button) => document.querySelector<HTMLDialogElement>(button.dataset["dialog"] ?? "")?.showModal()],
  ["data-close", (button) => button.closest("dialog")?.close()],
  ["data-dismiss", (button) => button.closest("[data-toast]")?.remove()],
];

/** Listens once for the whole page. */
export function buttons(): void {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    for (const [attribute, act] of ACTIONS) {
      const pressed = target?.closest<HTMLElement>(`[${attribute}]`);
      if (pressed) return void act(pressed);
    }
  });
}

function textOf(button: HTMLElement): string {
  const source = document.querySelector<HTMLElement>(button.dataset["copy"] || ":not(*)");
  return button.dataset["copyText"] ?? (source as HTMLInputElement | null)?.value ?? source?.textContent?.trim() ?? "";
}

async function copy(button: HTMLElement): Promise<void> {
  await navigator.clipboard.writeText(textOf(button));
  const words = button.querySelector("span") ?? button; // the icon beside them stays
  const label = words.textContent;
  if (label === KEEP.copied) return;
  words.textContent = KEEP.copied;
  announce(KEEP.copied);
  setTimeout(() => (words.textContent = label), 2000);
}

async function share(button: HTMLElement): Promise<void> {
  if (typeof navigator.share !== "function") return copy(button);
  await navigator.share({ url: textOf(button) }).catch(() => undefined); // closing the sheet is no error
}
