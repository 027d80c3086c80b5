//! Rows of a form that come as they are needed. Without this all of them are there.

/** Hides the empty rows beyond the first few; one more comes with the button, or once the last that shows is filled. */
export function rows(group: HTMLElement): void {
  const all = [...group.querySelectorAll<HTMLElement>("[data-row]")];
  const more = group.querySelector<HTMLButtonElement>("[data-more-rows]");
  const box = (row: HTMLElement): HTMLInputElement | null => row.querySelector("input");
  const used = (row: HTMLElement): boolean => [...row.querySelectorAll("input")].some(({ value }) => value !== "");
  const least = Math.max(Number(group.dataset["rows"]), all.findLastIndex(used) + 2);
  for (const row of all.slice(least)) row.hidden = true;
  const next = (): HTMLElement | undefined => all.find((row) => row.hidden);
  const settle = (): void => {
    if (more !== null) more.hidden = next() === undefined;
  };
  more?.addEventListener("click", () => {
    const row = next();
    if (row === undefined) return;
    row.hidden = false;
    box(row)?.focus();
    settle();
  });
  group.addEventListener("input", () => {
    if (!all.filter((row) => !row.hidden).every(used)) return;
    const row = next();
    if (row !== undefined) row.hidden = false;
    settle();
  });
  settle();
}
