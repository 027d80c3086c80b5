//! How the lines of a private conversation look. Words of others are never read as HTML.

import { element } from "../lib/dom.ts";
import { behind, type People } from "./people.ts";
import type { Said, Waiting } from "./talk.ts";
import { PRIVATE } from "./texts.ts";

const NEAR_END = 120; // pixels from the end within which the list follows what comes

export class Lines {
  readonly #list: HTMLElement;
  readonly #own: string;
  #newest = -1;

  constructor(list: HTMLElement, own: string) {
    [this.#list, this.#own] = [list, own];
  }

  /** Shows what was said and what waits. `heard` is called with the name of whoever said something new. */
  show(said: Said[], waiting: Waiting[], known: People, heard: (name: string) => void): void {
    const list = this.#list;
    const follows = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
    const first = this.#newest < 0;
    let day = "";
    const shown = said.flatMap((line) => {
      const today = new Date(line.sent).toLocaleDateString(undefined, { dateStyle: "medium" });
      const mark = today === day ? [] : [element("li", { class: "chat-day" }, today)];
      day = today;
      return [...mark, this.#line(line, known)];
    });
    const unsent = waiting.map(({ text }) => bubble([element("span", { class: "note" }, PRIVATE.waiting)], text, "private-own private-waiting"));
    const none = said.length + waiting.length === 0 ? [element("li", { class: "chat-day" }, PRIVATE.fresh)] : [];
    list.replaceChildren(...shown, ...unsent, ...none);
    for (const line of first ? [] : said) {
      if (line.position > this.#newest && line.kind === "said" && line.did !== this.#own) heard(this.#name(line.did, known));
    }
    const grown = (said.at(-1)?.position ?? 0) > this.#newest;
    this.#newest = said.at(-1)?.position ?? 0;
    if (follows || (first && grown)) list.scrollTop = list.scrollHeight;
  }

  #line(line: Said, known: People): HTMLElement {
    const names = (list: string): string => list.split(" ").map((did) => this.#name(did, known)).join(", ");
    if (line.kind === "unreadable") return element("li", { class: "chat-day", "data-kind": line.kind }, PRIVATE.unreadable);
    if (line.kind !== "said") {
      const words = line.kind === "came" ? PRIVATE.came(names(line.did)) : PRIVATE.left(names(line.did));
      return element("li", { class: "chat-day", "data-kind": line.kind }, line.text === "" ? words : `${words} ${PRIVATE.left(names(line.text))}`);
    }
    const when = new Date(line.sent);
    const time = element("time", { class: "note", datetime: when.toISOString() }, when.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" }));
    const own = line.did === this.#own;
    return bubble([element("span", { class: "name" }, element("bdi", {}, this.#name(line.did, known))), time], line.text, own ? "private-own" : "");
  }

  #name(did: string, known: People): string {
    return did === this.#own ? PRIVATE.you : (behind(known, did)?.name ?? PRIVATE.somebody);
  }
}

const bubble = (head: HTMLElement[], text: string, kind: string): HTMLElement =>
  element("li", { class: `chat-message private-line ${kind}`.trim() }, element("p", { class: "chat-head" }, ...head), element("p", { class: "chat-text", dir: "auto" }, text));
