//! The private conversations of this browser: takes what comes in the order of the log, lets devices in and out as the people of the
//! conversation change, and says what is to be said. It believes the node in nothing that can be checked, and shows nothing.

import { createApplicationMessage, createCommit, createGroup, decodeMlsMessage, emptyPskIndex, encodeMlsMessage, joinGroup, processPrivateMessage, type ClientConfig, type ClientState, type PrivateMessage, type Proposal } from "ts-mls";
import { hexToBytes } from "@noble/curves/utils.js";
import { fromBase64url, toBase64url, utf8 } from "../lib/bytes.ts";
import { Refusal } from "../lib/http.ts";
import { canonical, type Json } from "../identity/jcs.ts";
import { scidOf } from "../identity/log.ts";
import { archiveKey, open, seal } from "./archive.ts";
import { follows, link, NOTHING_BEFORE, uuidBytes } from "./chain.ts";
import { Checker, read } from "./credential.ts";
import type { Delivery, Entry, TalkView } from "./delivery.ts";
import { freshPackage, keptPackage, type Device } from "./device.ts";
import type { Keep } from "./kept.ts";
import * as payloads from "./payload.ts";
import { isOf, meet, meetSender, people, type People } from "./people.ts";
import { Ring } from "./ring.ts";
import { behaviour, suite } from "./suite.ts";
import { dids, freshTalk, leaves, MOST_LINKS, packState, saidName, unpackState, type Said, type Talk, type Trouble, type Waiting } from "./talk.ts";
import { SORRY_PRIVATE } from "./texts.ts";

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

export class Talks {
  readonly #keep: Keep;
  readonly #node: Delivery;
  readonly #device: Device;
  readonly #checker: Checker;
  readonly #alone: Alone;
  readonly #config: ClientConfig;
  readonly #ring: Ring;
  /** Conversations whose archive was looked at since the page was opened. */
  readonly #looked = new Set<string>();

  constructor(keep: Keep, node: Delivery, device: Device, alone: Alone) {
    [this.#keep, this.#node, this.#device, this.#alone] = [keep, node, device, alone];
    this.#ring = new Ring(keep, node, device.id);
    this.#checker = new Checker((did) => node.didLog(did), {
      read: (scid) => keep.read(`log/${scid}`),
      write: (scid, versions) => keep.write({ [`log/${scid}`]: versions }),
    });
    this.#config = behaviour({
      validateCredential: async (credential, key) =>
        credential.credentialType === "basic" && this.#checker.holds(read(credential.identity), key),
    });
  }

  /** Takes what is new, lets in and out whom the conversation's people ask for, and sends what waits. */
  bring(id: string): Promise<Standing> {
    return this.#alone(async () => {
      const standing = await this.#sync(id);
      const busy = standing.is === "in" || (standing.is === "new" && standing.talk.waiting.length > 0);
      const now = busy ? await this.#flush(id, standing) : standing;
      if (now.is === "in") await this.#history(id, now.talk);
      now.known = await people(this.#keep);
      await this.#ring.push();
      return now;
    });
  }

  /** Says something. If the node cannot be reached it waits here. */
  say(id: string, text: string): Promise<Standing> {
    return this.#alone(async () => {
      if (utf8(JSON.stringify(text)).length > payloads.MOST_TEXT) throw new Refusal(SORRY_PRIVATE.long, "message_too_large", "text");
      const standing = await this.#sync(id);
      if (standing.is === "outside") throw new Refusal(SORRY_PRIVATE.outside, "outside");
      if (standing.is === "troubled") throw new Refusal(SORRY_PRIVATE.troubled, "troubled");
      const { talk } = standing;
      talk.waiting = [...talk.waiting, { id: crypto.randomUUID(), text }];
      await this.#save(id, talk);
      const now = await this.#flush(id, standing);
      await this.#ring.push();
      return now;
    });
  }

  /** The newest lines, oldest first. */
  async lines(id: string, most: number): Promise<Said[]> {
    const names = (await this.#keep.names(`said/${id}/`)).slice(-most);
    const lines = await Promise.all(names.map((name) => this.#keep.read<Said>(name)));
    return lines.filter((line) => line !== undefined);
  }

  async #save(id: string, talk: Talk, ...said: Said[]): Promise<void> {
    const lines = said.map((line) => [saidName(id, line.position), line] as const);
    await this.#keep.write({ [`talk/${id}`]: talk, ...Object.fromEntries(lines) });
  }

  async #sync(id: string): Promise<Standing> {
    const view = await this.#node.conversation(id);
    const talk = (await this.#keep.read<Talk>(`talk/${id}`)) ?? freshTalk(view.two);
    const { known, changed } = await meet(this.#keep, view);
    const standing = (is: Standing["is"]): Standing => ({ view, talk, known, changed, refused: [], is });
    if (talk.trouble === undefined && view.position < talk.position) await this.#trouble(id, talk, "rolled_back");
    if (talk.trouble === undefined && talk.state === undefined && talk.pending === undefined) await this.#join(id, talk);
    while (talk.trouble === undefined && (talk.state !== undefined || talk.pending !== undefined)) {
      const entries = await this.#node.log(id, talk.position);
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

  async #trouble(id: string, talk: Talk, trouble: Trouble): Promise<void> {
    talk.trouble = trouble;
    await this.#save(id, talk);
  }

  /** Comes in by the welcome that waits for this device, if one does. */
  async #join(id: string, talk: Talk): Promise<void> {
    const welcome = (await this.#node.welcomes(this.#device.id)).find(({ conversation }) => conversation === id);
    const decoded = welcome && decodeMlsMessage(fromBase64url(welcome.body), 0)?.[0];
    if (welcome === undefined || decoded?.wireformat !== "mls_welcome") return;
    for (const { newMember } of decoded.welcome.secrets) {
      const mine = await keptPackage(this.#keep, this.#device, newMember);
      if (mine === undefined) continue;
      const state = await joinGroup(decoded.welcome, mine.publicPackage, mine.privatePackage, emptyPskIndex, await suite(), undefined, undefined, this.#config);
      const [entry] = await this.#node.log(id, welcome.position - 1);
      const sound = entry?.position === welcome.position && entry.commit && entry.hash === (await link(id, entry));
      const right = BigInt((entry?.epoch ?? 0) + 1) === state.groupContext.epoch && toBase64url(state.groupContext.groupId) === toBase64url(uuidBytes(id));
      if (!sound || !right || !this.#fits(talk, dids(state))) return this.#trouble(id, talk, "broken");
      Object.assign(talk, { position: entry.position, head: entry.hash, chain: [[entry.position, entry.hash, entry.id]], joined: [entry.position, entry.hash] });
      await this.#enter(id, talk, state);
      await this.#keep.write({ [`talk/${id}`]: talk, ...(mine.last ? {} : { [mine.name]: undefined }) });
      break;
    }
    await this.#node.welcomed(this.#device.id, id, welcome.position);
  }

  /** Is in another epoch from now on. */
  async #enter(id: string, talk: Talk, state: ClientState): Promise<void> {
    talk.state = packState(state);
    await this.#ring.note(id, Number(state.groupContext.epoch), await archiveKey(id, state));
  }

  /** A conversation of two has two people, whatever the node says. */
  #fits = (talk: Talk, people: Set<string>): boolean => !talk.two || new Set([...people, this.#device.did].map(scidOf)).size <= 2;

  /** Takes the next entry of the log. */
  async #take(id: string, talk: Talk, entry: Entry): Promise<void> {
    if (!(await follows(id, entry, talk.position, talk.head))) return this.#trouble(id, talk, "gap");
    if (talk.chain.some(([, , earlier]) => earlier === entry.id)) return this.#trouble(id, talk, "replayed");
    const taken = await this.#read(id, talk, entry);
    if (typeof taken === "string") return this.#trouble(id, talk, taken);
    talk.position = entry.position;
    talk.head = entry.hash;
    talk.chain = [...talk.chain, [entry.position, entry.hash, entry.id] as [number, string, string]].slice(-MOST_LINKS);
    await this.#save(id, talk, ...taken);
  }

  /** What an entry says, with the state it leads to put into `talk`. */
  async #read(id: string, talk: Talk, entry: Entry): Promise<Said[] | Trouble> {
    const line = { position: entry.position, id: entry.id, sent: entry.sent / 1000 };
    const { pending } = talk;
    const before = talk.state === undefined ? undefined : unpackState(talk.state, this.#config);
    if (entry.commit && pending !== undefined && pending.id === entry.id && pending.body === entry.body) {
      const state = unpackState(pending.state, this.#config);
      talk.pending = undefined;
      await this.#enter(id, talk, state);
      return this.#moves(before, state, line);
    }
    // Somebody else was quicker to begin; their welcome is on its way.
    if (before === undefined) {
      talk.pending = undefined;
      return [];
    }
    const own = talk.waiting.find((waiting) => waiting.id === entry.id && waiting.body === entry.body);
    if (own !== undefined) {
      talk.waiting = talk.waiting.filter((waiting) => waiting !== own);
      return [{ ...line, kind: "said", did: this.#device.did, text: own.text }];
    }
    const message = decoded(id, entry);
    return entry.commit ? this.#commit(id, talk, before, message, line) : this.#message(id, talk, before, message, entry);
  }

  async #commit(id: string, talk: Talk, before: ClientState, message: PrivateMessage | undefined, line: Pick<Said, "position" | "id" | "sent">): Promise<Said[] | Trouble> {
    if (message === undefined) return "broken";
    const plain = ({ proposals }: { proposals: { proposal: Proposal }[] }): boolean => proposals.every(({ proposal }) => ["add", "remove", "update"].includes(String(proposal.proposalType)));
    try {
      const done = await processPrivateMessage(before, message, emptyPskIndex, await suite(), (incoming) => (incoming.kind === "commit" && plain(incoming) ? "accept" : "reject"));
      if (done.kind !== "newState" || done.actionTaken === "reject" || !this.#fits(talk, dids(done.newState))) return "stranger";
      const out = done.newState.groupActiveState.kind !== "active";
      Object.assign(talk, { state: undefined, pending: undefined });
      if (!out) await this.#enter(id, talk, done.newState);
      return this.#moves(before, out ? undefined : done.newState, line);
    } catch {
      return "broken";
    }
  }

  /** Lines about who came and who left. */
  #moves(before: ClientState | undefined, after: ClientState | undefined, line: Pick<Said, "position" | "id" | "sent">): Said[] {
    if (after === undefined) return [{ ...line, kind: "left", did: this.#device.did, text: "" }];
    if (before === undefined) return [];
    const [were, are] = [dids(before), dids(after)];
    const came = [...are].filter((did) => !were.has(did));
    const left = [...were].filter((did) => !are.has(did));
    const [who] = came.length > 0 ? [came] : [left];
    return who.length === 0 ? [] : [{ ...line, kind: came.length > 0 ? "came" : "left", did: who.join(" "), text: left.length > 0 && came.length > 0 ? left.join(" ") : "" }];
  }

  async #message(id: string, talk: Talk, before: ClientState, message: PrivateMessage | undefined, entry: Entry): Promise<Said[] | Trouble> {
    const line = { position: entry.position, id: entry.id, sent: entry.sent / 1000 };
    const unreadable: Said[] = [{ ...line, kind: "unreadable", did: "", text: "" }];
    if (message === undefined) return unreadable;
    const { signature } = await suite();
    const done = await processPrivateMessage(before, message, emptyPskIndex, await suite()).catch(() => undefined);
    if (done?.kind !== "applicationMessage") return unreadable;
    talk.state = packState(done.newState);
    const inside = leaves(before);
    const said = await payloads.read(id, done.message, (device) => inside.find(({ credential }) => credential.device === device)?.key, (key, text, by) => signature.verify(key, text, by));
    if (said === undefined || said.id !== entry.id || said.device !== entry.device || said.epoch !== entry.epoch) return unreadable;
    const [position, hash] = said.seen;
    const here = talk.chain.find(([place]) => place === position);
    if (position >= entry.position || (here !== undefined && here[1] !== hash)) return "forked";
    const did = inside.find(({ credential }) => credential.device === said.device)?.credential.did ?? "";
    await meetSender(this.#keep, entry, did);
    return [{ ...line, kind: "said", did, text: said.text }];
  }

  /** Reads what was said before this device came in, as far as other browsers of the member could. */
  async #history(id: string, talk: Talk): Promise<void> {
    if (talk.joined === undefined || this.#looked.has(id)) return;
    this.#looked.add(id);
    const { version, keys } = await this.#ring.pull(id);
    if (version === (talk.archived ?? 0)) return;
    const [end, hash] = talk.joined;
    const said: Said[] = [];
    let [position, head] = [0, NOTHING_BEFORE];
    while (position < end) {
      const entries = (await this.#node.log(id, position)).filter((entry) => entry.position <= end);
      for (const entry of entries) {
        // What was before must lead to where this device came in, or nothing of it is shown.
        if (!(await follows(id, entry, position, head))) return;
        [position, head] = [entry.position, entry.hash];
        said.push(...(await this.#archived(id, entry, keys[entry.epoch])));
      }
      if (entries.length === 0) return;
    }
    if (head !== hash) return;
    talk.archived = version;
    await this.#save(id, talk, ...said);
  }

  /** A message out of the archive. Without a key it was said before the member came in, and is none of theirs. */
  async #archived(id: string, entry: Entry, key: string | undefined): Promise<Said[]> {
    if (entry.commit || key === undefined) return [];
    const line = { position: entry.position, id: entry.id, sent: entry.sent / 1000 };
    const opened = entry.archive === null ? undefined : await open(key, id, entry, entry.archive);
    const credential = opened && read(opened.credential);
    const { signature } = await suite();
    const keyOf = (device: string): Uint8Array | undefined => (credential?.device === device ? hexToBytes(credential.key) : undefined);
    const said = opened && (await payloads.read(id, opened.payload, keyOf, (by, text, proof) => signature.verify(by, text, proof)));
    const proven = said !== undefined && credential !== undefined && (await this.#checker.holds(credential, hexToBytes(credential.key)));
    if (!proven || said.id !== entry.id || said.device !== entry.device || said.epoch !== entry.epoch) return [{ ...line, kind: "unreadable", did: "", text: "" }];
    await meetSender(this.#keep, entry, credential.did);
    return [{ ...line, kind: "said", did: credential.did, text: said.text }];
  }

  /** Brings the devices in line with the people, then sends what waits; again, when somebody was quicker. */
  async #flush(id: string, standing: Standing): Promise<Standing> {
    let now = standing;
    for (let time = 0; time < TRIES; time += 1) {
      if (now.is === "troubled" || now.is === "outside") return now;
      try {
        const refused = await this.#settle(id, now);
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
        await this.#save(id, now.talk);
      }
      now = await this.#sync(id);
    }
    return now;
  }

  /** Makes the commit that lets in and out whom the people of the conversation ask for. Answers whose device was not let in. */
  async #settle(id: string, { view, talk, known }: Standing): Promise<string[]> {
    if (talk.pending !== undefined) {
      await this.#post(id, talk);
      return [];
    }
    const begun = talk.state === undefined ? await this.#begin(id) : unpackState(talk.state, this.#config);
    const inside = leaves(begun);
    const shown = view.devices.filter((device) => isOf(known, device));
    const everybody = [...inside.map(({ credential }) => credential.did), ...shown.map(({ credential }) => read(credential)?.did ?? "")];
    if (!this.#fits(talk, new Set(everybody))) {
      await this.#trouble(id, talk, "stranger");
      return [];
    }
    const gone = inside.filter(({ credential }) => credential.device !== this.#device.id && !shown.some(({ id: here }) => here === credential.device));
    const missing = shown.filter(({ id: device }) => !inside.some(({ credential }) => credential.device === device) && device !== this.#device.id);
    if (gone.length === 0 && missing.length === 0 && talk.state !== undefined) return [];
    const { adds, refused } = await this.#packages(id, missing.map(({ id: device }) => device), known, view);
    if (talk.state === undefined && !adds.some(({ did }) => did !== this.#device.did)) throw new Refusal(SORRY_PRIVATE.nobody, "no_key_packages");
    if (gone.length === 0 && adds.length === 0) return refused;
    const removals = gone.map(({ index }): Proposal => ({ proposalType: "remove", remove: { removed: index } }));
    const made = await createCommit({ state: begun, cipherSuite: await suite() }, { extraProposals: [...removals, ...adds.map(({ proposal }) => proposal)], ratchetTreeExtension: true });
    const welcome = made.welcome && toBase64url(encodeMlsMessage({ version: "mls10", wireformat: "mls_welcome", welcome: made.welcome }));
    talk.pending = { id: crypto.randomUUID(), body: toBase64url(encodeMlsMessage(made.commit)), welcome: welcome ?? null, welcomes: adds.map(({ device }) => device), state: packState(made.newState) };
    await this.#save(id, talk);
    await this.#post(id, talk);
    return refused;
  }

  async #post(id: string, { pending }: Talk): Promise<void> {
    if (pending === undefined) return;
    const { id: number, body, welcome, welcomes } = pending;
    await this.#node.commit({ conversation: id, device: this.#device.id, id: number, body, welcome, welcomes });
  }

  async #begin(id: string): Promise<ClientState> {
    const { publicPackage, privatePackage } = await freshPackage(this.#device);
    return createGroup(uuidBytes(id), publicPackage, privatePackage, [], await suite(), this.#config);
  }

  /** Key packages of devices, each checked: the node might hand out one of its own. */
  async #packages(id: string, devices: string[], known: People, view: TalkView): Promise<{ adds: { device: string; did: string; proposal: Proposal }[]; refused: string[] }> {
    const adds: { device: string; did: string; proposal: Proposal }[] = [];
    const refused: string[] = [];
    const taken = devices.length === 0 ? [] : await this.#node.take(id, devices).catch(none);
    for (const { device, package: text } of taken) {
      const of = view.devices.find((shown) => shown.id === device);
      const message = text === null ? undefined : decodeMlsMessage(fromBase64url(text), 0)?.[0];
      if (of === undefined || text === null) continue;
      const leaf = message?.wireformat === "mls_key_package" ? message.keyPackage.leafNode : undefined;
      const credential = leaf?.credential.credentialType === "basic" ? read(leaf.credential.identity) : undefined;
      const same = credential !== undefined && credential.device === device && isOf(known, { ...of, credential: canonical(credential as unknown as Json) });
      if (message?.wireformat !== "mls_key_package" || leaf === undefined || !same || !(await this.#checker.holds(credential, leaf.signaturePublicKey))) {
        refused.push(of.member);
        continue;
      }
      adds.push({ device, did: credential.did, proposal: { proposalType: "add", add: { keyPackage: message.keyPackage } } });
    }
    return { adds, refused };
  }

  async #send(id: string, talk: Talk, first: Waiting): Promise<void> {
    if (talk.state === undefined) return;
    if (first.body === undefined) {
      const state = unpackState(talk.state, this.#config);
      const { signature } = await suite();
      const epoch = Number(state.groupContext.epoch);
      const payload: payloads.Payload = { v: 1, id: first.id, device: this.#device.id, epoch, seen: [talk.position, talk.head], text: first.text };
      const bytes = await payloads.write(id, payload, (text) => signature.sign(fromBase64url(this.#device.signKey), text));
      const { newState, privateMessage } = await createApplicationMessage(state, bytes, await suite());
      first.archive = await seal(await archiveKey(id, state), id, payload, this.#device.credential, bytes);
      first.body = toBase64url(encodeMlsMessage({ version: "mls10", wireformat: "mls_private_message", privateMessage }));
      talk.state = packState(newState);
      // Kept before it goes out: a key that was used once must never be used for anything else.
      await this.#save(id, talk);
    }
    await this.#node.send({ conversation: id, device: this.#device.id, id: first.id, body: first.body, archive: first.archive ?? "" });
  }
}

const none = (error: unknown): never[] => {
  if (error instanceof Refusal && error.code === "no_key_packages") return [];
  throw error;
};

/** The MLS message of an entry, if it is what the entry says. */
function decoded(id: string, entry: Entry): PrivateMessage | undefined {
  const message = decodeMlsMessage(fromBase64url(entry.body), 0)?.[0];
  if (message?.wireformat !== "mls_private_message") return undefined;
  const { privateMessage } = message;
  const fits = toBase64url(privateMessage.groupId) === toBase64url(uuidBytes(id)) && privateMessage.epoch === BigInt(entry.epoch);
  return fits && privateMessage.contentType === (entry.commit ? "commit" : "application") ? privateMessage : undefined;
}
