//! The private conversations of this browser: takes what comes in the order of the log, has devices let in and out as the people of the
//! conversation change, and says what is to be said. It believes the node in nothing that can be checked, and shows nothing.

import { createApplicationMessage, encodeMlsMessage } from "ts-mls";
import { fromBase64url, toBase64url, utf8 } from "../lib/bytes.ts";
import { Refusal } from "../lib/http.ts";
import { archiveKey, seal } from "./archive.ts";
import { follows } from "./chain.ts";
import type { Delivery, Entry, TalkView } from "./delivery.ts";
import type { Device } from "./device.ts";
import { history } from "./history.ts";
import { join } from "./joining.ts";
import type { Keep } from "./kept.ts";
import { settle } from "./letting.ts";
import * as payloads from "./payload.ts";
import { meet, people, type People } from "./people.ts";
import { read as readEntry } from "./reading.ts";
import { suite } from "./suite.ts";
import { freshTalk, MOST_LINKS, packState, unpackState, type Said, type Talk, type Waiting } from "./talk.ts";
import { SORRY_PRIVATE } from "./texts.ts";
import { gather, save, stop, type Tools } from "./tools.ts";

const TRIES = 6;

/** How a conversation stands here after it was brought up to date. */
export interface Standing {
  view: TalkView;
  talk: Talk;
  known: People;
  /** Who shows another identity than before. */
  changed: string[];
  /** Whose device could not prove itself, so that it was not let in. */
  refused: string[];
  /** `new`: nobody has begun. `outside`: it goes on, but this device has not been let in yet. */
  is: "in" | "new" | "outside" | "troubled";
}

/** Runs one piece of work at a time, over all pages of this browser. */
export type Alone = <T>(work: () => Promise<T>) => Promise<T>;

/** The conversations of one device. */
export class Talks {
  readonly #tools: Tools;
  readonly #alone: Alone;
  /** Conversations whose archive was looked at since the page was opened. */
  readonly #looked = new Set<string>();

  constructor(keep: Keep, node: Delivery, device: Device, alone: Alone) {
    [this.#tools, this.#alone] = [gather(keep, node, device), alone];
  }

  /** Takes what is new, lets in and out whom the conversation's people ask for, and sends what waits. */
  bring(id: string): Promise<Standing> {
    return this.#alone(async () => {
      const standing = await this.#sync(id);
      const busy = standing.is === "in" || (standing.is === "new" && standing.talk.waiting.length > 0);
      const now = busy ? await this.#flush(id, standing) : standing;
      if (now.is === "in") await this.#before(id, now.talk);
      now.known = await people(this.#tools.keep);
      await this.#tools.ring.push();
      return now;
    });
  }

  /** Says something. What was on its way when the node could not be reached waits here; what was refused does not. */
  say(id: string, text: string): Promise<Standing> {
    return this.#alone(async () => {
      if (utf8(JSON.stringify(text)).length > payloads.MOST_TEXT) throw new Refusal(SORRY_PRIVATE.long, "message_too_large", "text");
      const standing = await this.#sync(id);
      if (standing.is === "outside") throw new Refusal(SORRY_PRIVATE.outside, "outside");
      if (standing.is === "troubled") throw new Refusal(SORRY_PRIVATE.troubled, "troubled");
      const number = crypto.randomUUID();
      standing.talk.waiting = [...standing.talk.waiting, { id: number, text }];
      await save(this.#tools, id, standing.talk);
      try {
        const now = await this.#flush(id, standing);
        await this.#tools.ring.push();
        return now;
      } catch (error) {
        const talk = (await this.#tools.keep.read<Talk>(`talk/${id}`)) ?? standing.talk;
        const own = talk.waiting.find((waiting) => waiting.id === number);
        if (error instanceof Refusal && error.code === "offline" && own?.body !== undefined) return { ...standing, talk };
        // It came in all the same, if it is not waiting any more.
        if (own === undefined && talk.position > standing.talk.position) return { ...standing, talk };
        await save(this.#tools, id, { ...talk, waiting: talk.waiting.filter((waiting) => waiting.id !== number) });
        throw error;
      }
    });
  }

  /** The newest lines, oldest first. */
  async lines(id: string, most: number): Promise<Said[]> {
    const names = (await this.#tools.keep.names(`said/${id}/`)).slice(-most);
    const lines = await Promise.all(names.map((name) => this.#tools.keep.read<Said>(name)));
    return lines.filter((line) => line !== undefined);
  }

  async #sync(id: string): Promise<Standing> {
    const view = await this.#tools.node.conversation(id);
    const talk = (await this.#tools.keep.read<Talk>(`talk/${id}`)) ?? freshTalk(view.two);
    const { known, changed } = await meet(this.#tools.keep, view);
    const standing = (is: Standing["is"]): Standing => ({ view, talk, known, changed, refused: [], is });
    if (talk.trouble === undefined && view.position < talk.position) await stop(this.#tools, id, talk, "rolled_back");
    if (talk.trouble === undefined && talk.state === undefined && talk.pending === undefined) await join(this.#tools, id, talk);
    while (talk.trouble === undefined && (talk.state !== undefined || talk.pending !== undefined)) {
      const entries = await this.#tools.node.log(id, talk.position);
      for (const entry of entries) {
        await this.#take(id, talk, entry);
        if (talk.trouble !== undefined || (talk.state === undefined && talk.pending === undefined)) break;
      }
      if (entries.length === 0) break;
    }
    if (talk.trouble !== undefined) return standing("troubled");
    if (talk.state !== undefined) return standing("in");
    return standing(view.position === 0 ? "new" : "outside");
  }

  /** Takes the next entry of the log. */
  async #take(id: string, talk: Talk, entry: Entry): Promise<void> {
    if (!(await follows(id, entry, talk.position, talk.head))) return stop(this.#tools, id, talk, "gap");
    if (talk.chain.some(([, , earlier]) => earlier === entry.id)) return stop(this.#tools, id, talk, "replayed");
    const taken = await readEntry(this.#tools, id, talk, entry);
    if (typeof taken === "string") return stop(this.#tools, id, talk, taken);
    talk.position = entry.position;
    talk.head = entry.hash;
    talk.chain = [...talk.chain, [entry.position, entry.hash, entry.id] as [number, string, string]].slice(-MOST_LINKS);
    await save(this.#tools, id, talk, ...taken);
  }

  /** Brings the devices in line with the people, then sends what waits; again, when somebody was quicker. */
  async #flush(id: string, standing: Standing): Promise<Standing> {
    let now = standing;
    for (let time = 0; time < TRIES; time += 1) {
      if (now.is === "troubled" || now.is === "outside") return now;
      try {
        const refused = await settle(this.#tools, id, now);
        if (now.talk.pending !== undefined || now.talk.state === undefined || now.talk.trouble !== undefined) now = await this.#sync(id);
        now.refused = refused;
        if (now.is !== "in") continue;
        const [first] = now.talk.waiting;
        if (first === undefined) return now;
        await this.#send(id, now.talk, first);
      } catch (error) {
        if (!(error instanceof Refusal) || !["epoch_taken", "epoch_moved"].includes(error.code)) throw error;
        if (error.code === "epoch_taken") delete now.talk.pending;
        now.talk.waiting = now.talk.waiting.map(({ id: number, text }) => ({ id: number, text }));
        await save(this.#tools, id, now.talk);
      }
      now = await this.#sync(id);
    }
    return now;
  }

  async #send(id: string, talk: Talk, first: Waiting): Promise<void> {
    if (talk.state === undefined) return;
    if (first.body === undefined) {
      const state = unpackState(talk.state, this.#tools.config);
      const { signature } = await suite();
      const epoch = Number(state.groupContext.epoch);
      const payload: payloads.Payload = { v: 1, id: first.id, device: this.#tools.device.id, epoch, seen: [talk.position, talk.head], text: first.text };
      const bytes = await payloads.write(id, payload, (text) => signature.sign(fromBase64url(this.#tools.device.signKey), text));
      const { newState, privateMessage } = await createApplicationMessage(state, bytes, await suite());
      first.archive = await seal(await archiveKey(id, state), id, payload, this.#tools.device.credential, bytes);
      first.body = toBase64url(encodeMlsMessage({ version: "mls10", wireformat: "mls_private_message", privateMessage }));
      talk.state = packState(newState);
      // Kept before it goes out: a key that was used once must never be used for anything else.
      await save(this.#tools, id, talk);
    }
    await this.#tools.node.send({ conversation: id, device: this.#tools.device.id, id: first.id, body: first.body, archive: first.archive ?? "" });
  }

  /** Reads the archive, once while a page is open. */
  async #before(id: string, talk: Talk): Promise<void> {
    if (this.#looked.has(id)) return;
    this.#looked.add(id);
    await history(this.#tools, id, talk);
  }
}
