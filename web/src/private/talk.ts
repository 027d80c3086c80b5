//! A private conversation as this browser keeps it, and what a group's tree says about who is in it. Nothing here asks the node.

import { decodeGroupState, encodeGroupState, type ClientConfig, type ClientState } from "ts-mls";
import { fromBase64url, toBase64url } from "../lib/bytes.ts";
import { NOTHING_BEFORE } from "./chain.ts";
import { read, type Credential } from "./credential.ts";

/** Why a conversation goes no further here. Each has its sentence in texts.ts. */
export type Trouble = "rolled_back" | "gap" | "forked" | "replayed" | "broken" | "stranger";

/** A line of a conversation, as it was read once and for all. */
export interface Said {
  position: number;
  id: string;
  kind: "said" | "came" | "left" | "unreadable";
  /** Whose: the proven identifier, never what the node says. */
  did: string;
  text: string;
  /** In thousandths of a second, as the node says. */
  sent: number;
}

/** Something of ours that has not come into the log yet. */
export interface Waiting {
  id: string;
  text: string;
  /** The message, once it is made; it is made anew when the epoch is over. */
  body?: string;
  /** The archive's copy of it. */
  archive?: string;
}

/** A commit of ours of which we do not know yet whether it counts. */
export interface Pending {
  id: string;
  body: string;
  welcome: string | null;
  welcomes: string[];
  state: string;
}

/** What is kept of a conversation. */
export interface Talk {
  position: number;
  head: string;
  /** The newest entries: place, hash, number. */
  chain: [position: number, hash: string, id: string][];
  two: boolean;
  state?: string | undefined;
  pending?: Pending | undefined;
  waiting: Waiting[];
  trouble?: Trouble | undefined;
  /** Where and when, in milliseconds, this device last brought new keys of its own. */
  renewed?: [position: number, at: number];
  /** Where this device came in, with the hash of that entry. */
  joined?: [position: number, hash: string];
  /** The version of the ring with which the archive was last read here. */
  archived?: number;
}

/** How many entries back others' words about the log are compared. */
export const MOST_LINKS = 500;

export const freshTalk = (two: boolean): Talk => ({ position: 0, head: NOTHING_BEFORE, chain: [], two, waiting: [] });

/** Where the lines of a conversation are kept, in their order. */
export const saidName = (talk: string, position: number): string => `said/${talk}/${String(position).padStart(12, "0")}`;

export const packState = (state: ClientState): string => toBase64url(encodeGroupState(state));

/** The state out of what is kept; `clientConfig` is not kept with it. */
export function unpackState(text: string, clientConfig: ClientConfig): ClientState {
  const state = decodeGroupState(fromBase64url(text), 0)?.[0];
  if (state === undefined) throw new RangeError("this is no state of a conversation");
  return { ...state, clientConfig };
}

/** A device that is in a conversation, as its tree says. */
export interface Leaf {
  index: number;
  key: Uint8Array;
  credential: Credential;
}

/** The devices in a conversation. Whoever is in the tree was checked when they came in. */
export function leaves(state: ClientState): Leaf[] {
  return state.ratchetTree.flatMap((node, index) => {
    if (node?.nodeType !== "leaf" || node.leaf.credential.credentialType !== "basic") return [];
    const credential = read(node.leaf.credential.identity);
    return credential === undefined ? [] : [{ index: index / 2, key: node.leaf.signaturePublicKey, credential }];
  });
}

/** The people in a conversation, by identifier. */
export const dids = (state: ClientState): Set<string> => new Set(leaves(state).map(({ credential }) => credential.did));
