//! What changes as time passes: toasts that leave, and moments told from now.

/** Takes a toast away after its time, unless somebody is reading it. */
export function toast(box: HTMLElement): void {
  const after = Number(box.dataset["timeout"]);
  if (!(after > 0)) return;
  const leave = (): void => {
    if (box.matches(":hover, :focus-within")) setTimeout(leave, 1000);
    else box.remove();
  };
  setTimeout(leave, after);
}

const STEPS: [limit: number, unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  [60, "second", 1],
  [3600, "minute", 60],
  [86_400, "hour", 3600],
  [7 * 86_400, "day", 86_400],
];

/** “3 minutes ago”, for a week; later the date that the node wrote stays. The full moment is in the title. */
export function relative(time: HTMLElement): void {
  const moment = new Date((time as HTMLTimeElement).dateTime);
  const seconds = (moment.getTime() - Date.now()) / 1000;
  const step = STEPS.find(([limit]) => Math.abs(seconds) < limit);
  const language = document.documentElement.lang || undefined;
  if (Number.isNaN(seconds)) return;
  time.title ||= moment.toLocaleString(language, { dateStyle: "full", timeStyle: "short" });
  if (step === undefined) return;
  const [, unit, length] = step;
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
  time.textContent = unit === "second" ? format.format(0, "second") : format.format(Math.round(seconds / length), unit);
}
