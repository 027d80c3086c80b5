//! Suggestions while typing, for places and people: the combobox pattern of the ARIA Authoring Practices, list only.

import { announce, element, freshId } from "../lib/dom.ts";
import { get } from "../lib/http.ts";
import { SMALL } from "../lib/texts.ts";

interface Item {
  id: string;
  label: string;
  hint?: string;
}

const PAUSE = 150; // milliseconds without a key before asking
const LEAST = 2; // letters before asking

/** Enhances the input. The node takes the typed text as well, when nothing was chosen. */
export function typeahead(input: HTMLInputElement): void {
  const list = element("ul", { id: freshId("suggestions"), role: "listbox", class: "combobox-list" });
  const chosen = input.form?.elements.namedItem(input.dataset["typeaheadFor"] ?? "") as HTMLInputElement | null | undefined;
  let items: Item[] = [];
  let at = -1;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;

  list.hidden = true;
  input.after(list);
  input.parentElement?.classList.add("combobox");
  input.autocomplete = "off";
  input.role = "combobox";
  input.ariaAutoComplete = "list";
  input.ariaExpanded = "false";
  input.setAttribute("aria-controls", list.id);
  if (input.labels?.[0]) list.setAttribute("aria-label", input.labels[0].textContent?.trim() ?? "");

  input.addEventListener("input", () => {
    if (chosen) chosen.value = "";
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), PAUSE);
  });
  input.addEventListener("keydown", key);
  input.addEventListener("blur", () => open([]));
  // The press must not take the focus away before the choice is made.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => choose([...list.children].indexOf((event.target as Element).closest("[role=option]") ?? list)));

  async function ask(): Promise<void> {
    asking?.abort();
    const text = input.value.trim();
    if (text.length < LEAST) return open([]);
    asking = new AbortController();
    const url = new URL(input.dataset["typeahead"] ?? "", location.href);
    url.searchParams.set("q", text);
    const found = await get<{ items: Item[] }>(url.href, asking.signal).catch(() => undefined);
    if (found === undefined || document.activeElement !== input) return;
    open(found.items);
    announce(found.items.length === 0 ? SMALL.noMatch : SMALL.matches(found.items.length));
  }

  function open(next: Item[]): void {
    items = next;
    list.replaceChildren(...items.map(option));
    list.hidden = items.length === 0;
    input.ariaExpanded = String(items.length > 0);
    point(-1);
  }

  function point(next: number): void {
    at = next;
    for (const [index, row] of [...list.children].entries()) row.ariaSelected = String(index === at);
    const row = list.children[at];
    if (row === undefined) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  }

  function choose(index: number): void {
    const item = items[index];
    if (item === undefined) return;
    input.value = item.label;
    if (chosen) chosen.value = item.id;
    open([]);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function key(event: KeyboardEvent): void {
    if (event.isComposing || items.length === 0) return;
    if (event.key === "ArrowDown") point((at + 1) % items.length);
    else if (event.key === "ArrowUp") point((at <= 0 ? items.length : at) - 1);
    else if (event.key === "Enter" && at >= 0) choose(at);
    else if (event.key === "Escape") open([]);
    else return;
    event.preventDefault();
  }
}

function option({ label, hint }: Item): HTMLElement {
  const row = element("li", { id: freshId("option"), role: "option", "aria-selected": "false" }, label);
  if (hint) row.append(" ", element("span", { class: "combobox-hint" }, hint));
  return row;
}
