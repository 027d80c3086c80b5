//! Letting devices in and out, so that those in a conversation are those of its people. Whom the node names is let in only if they prove
//! themselves; nobody else is.

import { createCommit, createGroup, decodeMlsMessage, encodeMlsMessage, type ClientState, type Proposal } from "ts-mls";
import { fromBase64url, toBase64url } from "../lib/bytes.ts";
import { Refusal } from "../lib/http.ts";
import { canonical, type Json } from "../identity/jcs.ts";
import { uuidBytes } from "./chain.ts";
import { read } from "./credential.ts";
import type { TalkView } from "./delivery.ts";
import { freshPackage } from "./device.ts";
import { isOf, type People } from "./people.ts";
import { suite } from "./suite.ts";
import { leaves, packState, unpackState, type Talk } from "./talk.ts";
import { SORRY_PRIVATE } from "./texts.ts";
import { fits, save, stop, type Tools } from "./tools.ts";

/** For how long a device that could not prove itself is left alone, in milliseconds. */
const NOT_AGAIN = 600_000;

/** A device that is to come in. */
type Addition = { device: string; did: string; proposal: Proposal };

/** After so many entries, or milliseconds, a device that says something first brings new keys, so that a thief of the old ones is shut out. */
const [RENEWED_AFTER, RENEWED_WITHIN] = [500, 7 * 86_400_000];

/** Whether new keys are due: also soon after coming in, with keys that had been waiting with the node. */
function due({ position, renewed, waiting }: Talk): boolean {
  return waiting.length > 0 && (renewed === undefined || position - renewed[0] >= RENEWED_AFTER || Date.now() - renewed[1] >= RENEWED_WITHIN);
}

/** Makes the commit that lets in and out whom the people of the conversation ask for, or brings new keys. Answers whose device was not let in. */
export async function settle(tools: Tools, id: string, { view, talk, known }: { view: TalkView; talk: Talk; known: People }): Promise<string[]> {
  if (talk.pending !== undefined) {
    await post(tools, id, talk);
    return [];
  }
  const begun = talk.state === undefined ? await begin(tools, id) : unpackState(talk.state, tools.config);
  const inside = leaves(begun);
  const shown = view.devices.filter((device) => isOf(known, device));
  const everybody = [...inside.map(({ credential }) => credential.did), ...shown.map(({ credential }) => read(credential)?.did ?? "")];
  if (!fits(tools, talk, new Set(everybody))) {
    await stop(tools, id, talk, "stranger");
    return [];
  }
  const gone = inside.filter(({ credential }) => credential.device !== tools.device.id && !shown.some(({ id: here }) => here === credential.device));
  const missing = shown.filter(({ id: device }) => !inside.some(({ credential }) => credential.device === device) && device !== tools.device.id);
  if (gone.length === 0 && missing.length === 0 && talk.state !== undefined && !due(talk)) return [];
  const now = Date.now();
  const wanted = missing.map(({ id: device }) => device).filter((device) => (tools.refused.get(device)?.until ?? 0) < now);
  const adds = await packages(tools, id, wanted, known, view);
  const refused = missing.flatMap(({ id: device }) => tools.refused.get(device)?.member ?? []);
  if (talk.state === undefined && !adds.some(({ did }) => did !== tools.device.did)) throw new Refusal(SORRY_PRIVATE.nobody, "no_key_packages");
  if (gone.length === 0 && adds.length === 0 && !due(talk)) return refused;
  const removals = gone.map(({ index }): Proposal => ({ proposalType: "remove", remove: { removed: index } }));
  const made = await createCommit({ state: begun, cipherSuite: await suite() }, { extraProposals: [...removals, ...adds.map(({ proposal }) => proposal)], ratchetTreeExtension: true });
  const welcome = made.welcome && toBase64url(encodeMlsMessage({ version: "mls10", wireformat: "mls_welcome", welcome: made.welcome }));
  talk.pending = { id: crypto.randomUUID(), body: toBase64url(encodeMlsMessage(made.commit)), welcome: welcome ?? null, welcomes: adds.map(({ device }) => device), state: packState(made.newState) };
  await save(tools, id, talk);
  await post(tools, id, talk);
  return refused;
}

async function post(tools: Tools, id: string, { pending }: Talk): Promise<void> {
  if (pending === undefined) return;
  const { id: number, body, welcome, welcomes } = pending;
  await tools.node.commit({ conversation: id, device: tools.device.id, id: number, body, welcome, welcomes });
}

async function begin(tools: Tools, id: string): Promise<ClientState> {
  const { publicPackage, privatePackage } = await freshPackage(tools.device);
  return createGroup(uuidBytes(id), publicPackage, privatePackage, [], await suite(), tools.config);
}

/** Key packages of devices, each checked: the node might hand out one of its own. Who is refused is not asked for again at once. */
async function packages(tools: Tools, id: string, devices: string[], known: People, view: TalkView): Promise<Addition[]> {
  const adds: Addition[] = [];
  const taken = devices.length === 0 ? [] : await tools.node.take(id, devices).catch(none);
  for (const { device, package: text } of taken) {
    const of = view.devices.find((shown) => shown.id === device);
    if (of === undefined || text === null) continue;
    const message = decodeMlsMessage(fromBase64url(text), 0)?.[0];
    const leaf = message?.wireformat === "mls_key_package" ? message.keyPackage.leafNode : undefined;
    const credential = leaf?.credential.credentialType === "basic" ? read(leaf.credential.identity) : undefined;
    const same = credential !== undefined && credential.device === device && isOf(known, { ...of, credential: canonical(credential as unknown as Json) });
    if (message?.wireformat === "mls_key_package" && leaf !== undefined && same && (await tools.checker.holds(credential, leaf.signaturePublicKey))) {
      adds.push({ device, did: credential.did, proposal: { proposalType: "add", add: { keyPackage: message.keyPackage } } });
    } else {
      tools.refused.set(device, { member: of.member, until: Date.now() + NOT_AGAIN });
    }
  }
  return adds;
}

const none = (error: unknown): never[] => {
  if (error instanceof Refusal && error.code === "no_key_packages") return [];
  throw error;
};
