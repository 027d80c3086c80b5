//! What the work on a conversation needs at hand, and the few things that every part of it does alike: keeping, entering an epoch, stopping.

import type { ClientConfig, ClientState } from "ts-mls";
import { scidOf } from "../identity/log.ts";
import { archiveKey } from "./archive.ts";
import { Checker, read } from "./credential.ts";
import type { Delivery } from "./delivery.ts";
import type { Device } from "./device.ts";
import type { Keep } from "./kept.ts";
import { Ring } from "./ring.ts";
import { behaviour } from "./suite.ts";
import { packState, saidName, type Said, type Talk, type Trouble } from "./talk.ts";

export interface Tools {
  keep: Keep;
  node: Delivery;
  device: Device;
  checker: Checker;
  config: ClientConfig;
  ring: Ring;
  /** Devices that could not prove themselves, and until when they are left alone. */
  refused: Map<string, { member: string; until: number }>;
}

/** The tools of a device. */
export function gather(keep: Keep, node: Delivery, device: Device): Tools {
  const checker = new Checker((did) => node.didLog(did), {
    read: (scid) => keep.read(`log/${scid}`),
    write: (scid, versions) => keep.write({ [`log/${scid}`]: versions }),
  });
  const config = behaviour({
    validateCredential: async (credential, key) => credential.credentialType === "basic" && checker.holds(read(credential.identity), key),
  });
  return { keep, node, device, checker, config, ring: new Ring(keep, node, device.id), refused: new Map() };
}

/** Keeps a conversation and lines of it, all or nothing. */
export async function save(tools: Tools, id: string, talk: Talk, ...said: Said[]): Promise<void> {
  const lines = said.map((line) => [saidName(id, line.position), line] as const);
  await tools.keep.write({ [`talk/${id}`]: talk, ...Object.fromEntries(lines) });
}

/** Goes no further with a conversation. */
export async function stop(tools: Tools, id: string, talk: Talk, trouble: Trouble): Promise<void> {
  talk.trouble = trouble;
  await save(tools, id, talk);
}

/** Is in another epoch from now on. */
export async function enter(tools: Tools, id: string, talk: Talk, state: ClientState): Promise<void> {
  talk.state = packState(state);
  await tools.ring.note(id, Number(state.groupContext.epoch), await archiveKey(id, state));
}

/** A conversation of two has two people, whatever the node says. */
export const fits = ({ device }: Tools, talk: Talk, people: Set<string>): boolean => !talk.two || new Set([...people, device.did].map(scidOf)).size <= 2;
