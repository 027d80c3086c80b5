//! Making elements, and telling people what happened. No framework: a page's HTML comes from the node.

/** An element with attributes and children. `text` children are never read as HTML. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: { [name: string]: string } = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A button that does not submit. */
export function button(label: string, action: () => void, kind = "button button-primary"): HTMLButtonElement {
  const made = element("button", { type: "button", class: kind }, label);
  made.addEventListener("click", action);
  return made;
}

/** Says something to people who cannot see the screen, politely. */
export function announce(text: string): void {
  const region = document.querySelector("[data-announcer]") ?? document.body.appendChild(
    element("div", { "data-announcer": "", role: "status", class: "visually-hidden" }),
  );
  region.textContent = "";
  requestAnimationFrame(() => (region.textContent = text));
}

/** An id that nothing on the page has yet. */
let last = 0;
export const freshId = (stem: string): string => `${stem}-${++last}`;
