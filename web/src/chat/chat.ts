//! The live part of a channel's page: what others say appears by itself, what one says is sent without leaving the page, and what
//! was read is read on all devices. Without it the page is the same, after loading it again.

import { composes } from "../lib/compose.ts";
import { announce } from "../lib/dom.ts";
import { post, Refusal } from "../lib/http.ts";
import { CHAT } from "./texts.ts";
import { Live } from "./live.ts";
import { type Message, place } from "./message.ts";

const NEAR_END = 120; // pixels from the end within which the list follows what comes
const READ_AFTER = 1500; // milliseconds after which what is on the screen is read
const TYPING_EVERY = 3000;
const TYPING_SHOWN = 6000;

/** Brings a channel to life. */
export function mount(island: HTMLElement): void {
  const list = island.querySelector<HTMLElement>(".chat-list")!;
  const template = (whose: string) => island.querySelector<HTMLTemplateElement>(`template[data-message=${whose}]`)!;
  const bones = { others: template("others"), own: template("own"), me: island.dataset["me"] };
  const topic = island.dataset["topic"]!;
  const thread = island.dataset["thread"];
  list.dataset["gone"] = CHAT.gone;
  const live = new Live();
  end(list);
  live.hear(topic, Number(island.dataset["cursor"]), (frame) => {
    if (frame.resync === true || frame.gone === true) return location.reload();
    if (frame.signal === "typing") return typing(island, frame.name ?? "");
    const message = frame.note as Message | undefined;
    if (message === undefined) return;
    if (thread !== undefined && String(message.thread ?? message.seq) !== thread) return;
    const follows = nearEnd(list);
    if (place(list, bones, message)) {
      island.querySelector("[data-typing]")!.textContent = "";
      if (message.handle !== island.dataset["me"]) announce(CHAT.said(message.name));
      if (follows) end(list);
      if (island.dataset["me"] !== undefined) reads(island, message.seq);
    }
  });
  keys(list);
  const form = island.querySelector<HTMLFormElement>(".chat-compose form");
  if (form === null) return;
  tells(form, live, topic);
  composes(form, (text) => send(island, text), refused);
}

const nearEnd = (list: HTMLElement): boolean => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;

const end = (list: HTMLElement): void => {
  list.scrollTop = list.scrollHeight;
};

/** Arrow keys go from message to message. */
function keys(list: HTMLElement): void {
  list.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    const all = [...list.querySelectorAll<HTMLElement>("[data-seq]")];
    const at = all.findIndex((it) => it.contains(document.activeElement));
    const next = at < 0 ? all.at(-1) : all[at + (event.key === "ArrowUp" ? -1 : 1)];
    if (next === undefined) return;
    event.preventDefault();
    next.tabIndex = -1;
    next.focus();
  });
}

let waiting: ReturnType<typeof setTimeout> | undefined;

/** Says, a little later, how far was read, if anybody looks at the page. */
function reads(island: HTMLElement, seq: number): void {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (document.visibilityState !== "visible") return;
    void post("/api/v1/chat/read", { channel: island.dataset["channel"], seq }).catch(() => undefined);
  }, READ_AFTER);
}

let gone: ReturnType<typeof setTimeout> | undefined;

function typing(island: HTMLElement, name: string): void {
  const line = island.querySelector<HTMLElement>("[data-typing]")!;
  line.textContent = CHAT.typing(name);
  clearTimeout(gone);
  gone = setTimeout(() => (line.textContent = ""), TYPING_SHOWN);
}

/** Says to the others that one writes; not while it is a command. */
function tells(form: HTMLFormElement, live: Live, topic: string): void {
  const box = form.querySelector("textarea")!;
  let told = 0;
  box.addEventListener("input", () => {
    if (Date.now() - told < TYPING_EVERY || box.value.startsWith("/")) return;
    told = Date.now();
    live.signal(topic, "typing");
  });
}

/** A refusal stands where one writes, until one goes on. */
function refused(box: HTMLTextAreaElement, error: unknown): void {
  box.setCustomValidity(error instanceof Refusal ? error.message : CHAT.unsent);
  box.reportValidity();
  box.addEventListener("input", () => box.setCustomValidity(""), { once: true });
}

function send(island: HTMLElement, text: string): Promise<unknown> {
  const channel = island.dataset["channel"];
  const thread = island.dataset["thread"];
  if (text.startsWith("/") && !text.startsWith("//")) return post("/api/v1/chat/command", { channel, text });
  const said = text.startsWith("//") ? text.slice(1) : text;
  return post("/api/v1/chat/send", { channel, text: said, thread: thread === undefined ? null : Number(thread) });
}

