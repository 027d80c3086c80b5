//! Light, dark, or as the device likes it. Kept in a cookie, so that the node writes it into the page and nothing flashes.

const YEAR = 365 * 24 * 60 * 60;

/** Enhances a select or a group of radios. */
export function theme(control: HTMLElement): void {
  const now = document.documentElement.dataset["theme"] ?? "system";
  if (control instanceof HTMLSelectElement) control.value = now;
  for (const radio of control.querySelectorAll<HTMLInputElement>("input[type=radio]")) radio.checked = radio.value === now;
  control.addEventListener("change", (event) => choose((event.target as HTMLSelectElement | HTMLInputElement).value));
}

function choose(value: string): void {
  const known = value === "light" || value === "dark";
  document.cookie = `theme=${known ? value : ""}; Path=/; SameSite=Lax; Max-Age=${known ? YEAR : 0}`;
  if (known) document.documentElement.dataset["theme"] = value;
  else delete document.documentElement.dataset["theme"];
}
