//! Whom this browser takes for whom: the identifier under which it first met each person. A node that later shows another one for the same
//! person is not believed. The first meeting is what safety numbers are for.

import { concat, sha256, utf8 } from "../lib/bytes.ts";
import { scidOf } from "../identity/log.ts";
import { read } from "./credential.ts";
import type { DeviceOf, Entry, TalkView } from "./delivery.ts";
import type { Keep } from "./kept.ts";

export interface Met {
  did: string;
  name: string;
  handle: string;
}

/** People by the node's id. */
export type People = { [member: string]: Met };

const NAME = "people";

export const people = async (keep: Keep): Promise<People> => (await keep.read<People>(NAME)) ?? {};

/** Notes whom a conversation shows for the first time. Answers the people, and who shows another identity than before. */
export async function meet(keep: Keep, view: TalkView): Promise<{ known: People; changed: string[] }> {
  const known = await people(keep);
  const before = JSON.stringify(known);
  const changed = new Set<string>();
  for (const { id, name, handle } of view.people) {
    const met = known[id];
    if (met !== undefined) known[id] = { ...met, name, handle };
    for (const device of view.devices.filter(({ member }) => member === id)) {
      const did = read(device.credential)?.did;
      if (did === undefined) continue;
      const now = (known[id] ??= { did, name, handle });
      if (scidOf(now.did) !== scidOf(did)) changed.add(id);
    }
  }
  if (JSON.stringify(known) !== before) await keep.write({ [NAME]: known });
  return { known, changed: [...changed] };
}

/** Notes who said something, if they were not met before: somebody who has left, as a rule. */
export async function meetSender(keep: Keep, { member, name, handle }: Pick<Entry, "member" | "name" | "handle">, did: string): Promise<void> {
  const known = await people(keep);
  if (known[member] !== undefined || behind(known, did) !== undefined) return;
  await keep.write({ [NAME]: { ...known, [member]: { did, name, handle } } });
}

/** Whether a device that the node shows belongs to whom this browser knows. */
export function isOf(known: People, device: DeviceOf): boolean {
  const credential = read(device.credential);
  const met = known[device.member];
  return credential?.device === device.id && met !== undefined && scidOf(met.did) === scidOf(credential.did);
}

/** The person behind a proven identifier. */
export const behind = (known: People, did: string): Met | undefined => Object.values(known).find((met) => scidOf(met.did) === scidOf(did));

const GROUPS = 12;

/** Twelve groups of five digits that are the same on the screens of two people, if nobody stands between them. */
export async function safetyNumber(one: string, other: string): Promise<string[]> {
  const both = [scidOf(one), scidOf(other)].sort().join("\n");
  const halves = await Promise.all([1, 2].map((part) => sha256(utf8(`planet private safety v1\n${part}\n${both}\n`))));
  const view = new DataView(concat(...halves).buffer);
  return Array.from({ length: GROUPS }, (_, group) => String(view.getUint32(group * 5 + 1) % 100_000).padStart(5, "0"));
}
