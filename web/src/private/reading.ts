//! What an entry of the log says to this device, and to which state it leads. Who said something is what the message itself proves.

import { decodeMlsMessage, emptyPskIndex, processPrivateMessage, type ClientState, type PrivateMessage, type Proposal } from "ts-mls";
import { fromBase64url, toBase64url } from "../lib/bytes.ts";
import { uuidBytes } from "./chain.ts";
import type { Entry } from "./delivery.ts";
import * as payloads from "./payload.ts";
import { meetSender } from "./people.ts";
import { suite } from "./suite.ts";
import { dids, leaves, packState, unpackState, type Said, type Talk, type Trouble } from "./talk.ts";
import { enter, fits, type Tools } from "./tools.ts";

/** Where a line stands. */
type Place = Pick<Said, "position" | "id" | "sent">;

/** What an entry says, with the state it leads to put into `talk`. */
export async function read(tools: Tools, id: string, talk: Talk, entry: Entry): Promise<Said[] | Trouble> {
  const line = { position: entry.position, id: entry.id, sent: entry.sent / 1000 };
  const { pending } = talk;
  const before = talk.state === undefined ? undefined : unpackState(talk.state, tools.config);
  if (entry.commit && pending !== undefined && pending.id === entry.id && pending.body === entry.body) {
    const state = unpackState(pending.state, tools.config);
    Object.assign(talk, { pending: undefined, renewed: [entry.position, Date.now()] });
    await enter(tools, id, talk, state);
    return moves(tools, before, state, line);
  }
  // Somebody else was quicker to begin; their welcome is on its way.
  if (before === undefined) {
    talk.pending = undefined;
    return [];
  }
  const own = talk.waiting.find((waiting) => waiting.id === entry.id && waiting.body === entry.body);
  if (own !== undefined) {
    talk.waiting = talk.waiting.filter((waiting) => waiting !== own);
    return [{ ...line, kind: "said", did: tools.device.did, text: own.text }];
  }
  const message = decoded(id, entry);
  return entry.commit ? commit(tools, id, talk, before, message, line) : application(tools, id, talk, before, message, entry);
}

async function commit(tools: Tools, id: string, talk: Talk, before: ClientState, message: PrivateMessage | undefined, line: Place): Promise<Said[] | Trouble> {
  if (message === undefined) return "broken";
  const plain = ({ proposals }: { proposals: { proposal: Proposal }[] }): boolean => proposals.every(({ proposal }) => ["add", "remove", "update"].includes(String(proposal.proposalType)));
  try {
    const done = await processPrivateMessage(before, message, emptyPskIndex, await suite(), (incoming) => (incoming.kind === "commit" && plain(incoming) ? "accept" : "reject"));
    if (done.kind !== "newState" || done.actionTaken === "reject" || !fits(tools, talk, dids(done.newState))) return "stranger";
    const out = done.newState.groupActiveState.kind !== "active";
    Object.assign(talk, { state: undefined, pending: undefined });
    if (!out) await enter(tools, id, talk, done.newState);
    return moves(tools, before, out ? undefined : done.newState, line);
  } catch {
    return "broken";
  }
}

/** Lines about who came and who left. */
function moves(tools: Tools, before: ClientState | undefined, after: ClientState | undefined, line: Place): Said[] {
  if (after === undefined) return [{ ...line, kind: "left", did: tools.device.did, text: "" }];
  if (before === undefined) return [];
  const [were, are] = [dids(before), dids(after)];
  const came = [...are].filter((did) => !were.has(did));
  const left = [...were].filter((did) => !are.has(did));
  const [who] = came.length > 0 ? [came] : [left];
  return who.length === 0 ? [] : [{ ...line, kind: came.length > 0 ? "came" : "left", did: who.join(" "), text: left.length > 0 && came.length > 0 ? left.join(" ") : "" }];
}

async function application(tools: Tools, id: string, talk: Talk, before: ClientState, message: PrivateMessage | undefined, entry: Entry): Promise<Said[] | Trouble> {
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
  await meetSender(tools.keep, entry, did);
  return [{ ...line, kind: "said", did, text: said.text }];
}

/** The MLS message of an entry, if it is what the entry says. */
function decoded(id: string, entry: Entry): PrivateMessage | undefined {
  const message = decodeMlsMessage(fromBase64url(entry.body), 0)?.[0];
  if (message?.wireformat !== "mls_private_message") return undefined;
  const { privateMessage } = message;
  const fits = toBase64url(privateMessage.groupId) === toBase64url(uuidBytes(id)) && privateMessage.epoch === BigInt(entry.epoch);
  return fits && privateMessage.contentType === (entry.commit ? "commit" : "application") ? privateMessage : undefined;
}
