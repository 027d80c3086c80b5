//! Ctrl-K or “/” goes to the page's search field, if it has one.

/** Listens once for the whole page. */
export function searchKey(): void {
  document.addEventListener("keydown", (event) => {
    const typing = (event.target as HTMLElement).matches("input, textarea, select, [contenteditable]");
    const wanted = (event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing);
    const field = wanted ? document.querySelector<HTMLInputElement>("[data-search]") : null;
    if (field === null) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
