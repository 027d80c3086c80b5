//! A message as it comes over the wire, put into the bones that the page brought along. Its HTML was made safe by the node.

import { renewKeys } from "../lib/form.ts";
import { CHAT } from "./texts.ts";

export type Message = {
  seq: number;
  rev: number;
  name: string;
  handle: string;
  hook: string;
  sent: number;
  edited: number | null;
  gone: boolean;
  thread: number | null;
  replies: number;
  text: string;
  html: string;
  reactions: { sign: string; count: number }[];
};

const MICROS = 1000; // the node counts in millionths of a second

/** The bones of a message of others, and of one's own, with what can be done with each. */
export type Bones = { others: HTMLTemplateElement; own: HTMLTemplateElement; me: string | undefined };

/** Puts a message where it belongs, or shows what became of it. False when it was there as new already. */
export function place(list: HTMLElement, bones: Bones, message: Message): boolean {
  const known = list.querySelector<HTMLElement>(`[data-seq="${message.seq}"]`);
  if (known !== null && Number(known.dataset["rev"]) >= message.rev) return false;
  const shown = known ?? made(bones, message);
  shown.dataset["rev"] = String(message.rev);
  const text = shown.querySelector<HTMLElement>("[data-text]");
  if (text !== null) {
    if (message.gone) text.replaceChildren(list.dataset["gone"] ?? "…");
    else text.innerHTML = message.html;
  }
  if (message.gone) shown.querySelector("details")?.remove();
  const mend = shown.querySelector<HTMLTextAreaElement>("textarea[name=text]");
  if (mend !== null && mend !== document.activeElement) mend.value = message.text;
  signs(shown, message);
  if (known !== null) return false;
  const after = [...list.querySelectorAll<HTMLElement>("[data-seq]")].findLast((it) => Number(it.dataset["seq"]) < message.seq);
  if (after === undefined) list.append(shown);
  else after.after(shown);
  return true;
}

function made(bones: Bones, message: Message): HTMLElement {
  const mine = message.hook === "" && message.handle === bones.me;
  const shown = (mine ? bones.own : bones.others).content.firstElementChild!.cloneNode(true) as HTMLElement;
  shown.id = `m${message.seq}`;
  shown.dataset["seq"] = String(message.seq);
  for (const field of shown.querySelectorAll<HTMLInputElement>("input[name=seq]")) field.value = String(message.seq);
  for (const link of shown.querySelectorAll<HTMLAnchorElement>("a[href*='thread=0'], a[href*='seq=0']")) {
    link.href = link.href.replace("thread=0", `thread=${message.thread ?? message.seq}`).replace("seq=0", `seq=${message.seq}`);
  }
  renewKeys(shown);
  const name = shown.querySelector<HTMLAnchorElement>("[data-name]")!;
  name.textContent = message.hook === "" ? message.name : message.hook;
  if (message.hook === "" && message.handle !== "") name.href = `/people/${message.handle}`;
  else if (message.hook !== "") name.after(" ", Object.assign(document.createElement("span"), { className: "badge", textContent: CHAT.bot }));
  const when = document.createElement("time");
  const sent = new Date(message.sent / MICROS);
  when.dateTime = sent.toISOString();
  when.textContent = sent.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  shown.querySelector("[data-when]")?.replaceChildren(when);
  return shown;
}

/** The counts of signs: buttons that are there keep working, others are shown as they are. */
function signs(shown: HTMLElement, message: Message): void {
  const line = shown.querySelector<HTMLElement>("[data-signs]");
  if (line === null) return;
  const forms = new Map([...line.querySelectorAll("form")].map((form) => [new FormData(form).get("sign"), form]));
  line.replaceChildren(
    ...message.reactions.map(({ sign, count }) => {
      const label = `${sign} ${count}`;
      const form = forms.get(sign);
      const target = form?.querySelector("button") ?? Object.assign(document.createElement("span"), { className: "badge" });
      target.textContent = label;
      return form ?? target;
    }),
  );
}
