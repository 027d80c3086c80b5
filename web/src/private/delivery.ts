//! The node as a private conversation sees it: somebody who keeps and hands on, and may lie. Only addresses and shapes are here.

import { get, post } from "../lib/http.ts";
import { logAddress } from "../identity/log.ts";

export type Person = { id: string; name: string; handle: string };
export type DeviceOf = { id: string; member: string; credential: string };

/** A conversation as the node tells of it. */
export type TalkView = { id: string; two: boolean; people: Person[]; devices: DeviceOf[]; epoch: number; position: number };

/** One entry of a log. Bytes are base64url, `sent` is in millionths of a second. */
export type Entry = {
  position: number;
  epoch: number;
  commit: boolean;
  id: string;
  member: string;
  name: string;
  handle: string;
  device: string;
  body: string;
  archive: string | null;
  previous: string;
  hash: string;
  sent: number;
};

export type Welcome = { conversation: string; position: number; body: string };
export type OwnDevice = { id: string; name: string; revoked: number | null; packages: number };
export type Offer = { device: string; packages: string[]; last_resort: string | null; expires: number };
export type Taken = { device: string; package: string | null };
/** A commit or a message on its way. */
export type Sent = { conversation: string; device: string; id: string; body: string };
export type Sending = Sent & { archive: string };
export type Committing = Sent & { welcome: string | null; welcomes: string[] };

/** What the node does for private conversations. */
export interface Delivery {
  devices(): Promise<OwnDevice[]>;
  addDevice(device: string, name: string, credential: string): Promise<void>;
  offer(offer: Offer): Promise<void>;
  /** The newest first. */
  conversations(): Promise<{ id: string }[]>;
  conversation(id: string): Promise<TalkView>;
  log(conversation: string, after: number): Promise<Entry[]>;
  welcomes(device: string): Promise<Welcome[]>;
  welcomed(device: string, conversation: string, position: number): Promise<void>;
  take(conversation: string, devices: string[]): Promise<Taken[]>;
  commit(what: Committing): Promise<void>;
  send(what: Sending): Promise<void>;
  readUpTo(conversation: string, position: number): Promise<void>;
  keys(): Promise<{ version: number; body: string }>;
  /** Answers the new version. */
  keepKeys(device: string, after: number, body: string): Promise<number>;
  didLog(did: string): Promise<string>;
}

const act = async <T>(name: string, args: unknown): Promise<T> => (await post<{ output: T }>(`/api/v1/private/${name}`, args)).output;
const view = <T>(name: string, args: { [name: string]: string } = {}): Promise<T> => get<T>(`/api/v1/private/${name}?${new URLSearchParams(args)}`);

/** The node that served this page. */
export const node: Delivery = {
  devices: async () => (await view<{ devices: OwnDevice[] }>("devices")).devices,
  addDevice: (device, name, credential) => act("add_device", { device, name, credential }),
  offer: (offer) => act("offer_packages", offer),
  conversations: () => view("conversations"),
  conversation: (id) => view("conversation", { id }),
  log: (conversation, after) => view("log", { conversation, after: String(after) }),
  welcomes: (device) => view("welcomes", { device }),
  welcomed: (device, conversation, position) => act("welcomed", { device, conversation, position }),
  take: (conversation, devices) => act("take_packages", { conversation, devices }),
  commit: (what) => act("commit", what),
  send: (what) => act("send", what),
  readUpTo: (conversation, position) => act("read_up_to", { conversation, position }),
  keys: () => view("keys"),
  keepKeys: (device, after, body) => act("keep_keys", { device, after, body }),
  didLog: async (did) => {
    const answer = await fetch(logAddress(did));
    if (!answer.ok) throw new Error("there is no such log");
    return answer.text();
  },
};
