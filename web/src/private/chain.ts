//! The chain of hashes that a conversation's log is (docs/protocols/private.md, section 4): each entry covers where it stands, what it
//! holds, who sent it and all before it. What does not fit was left out, moved or changed on the way.

import { concat, fromBase64url, sha256, toBase64url, utf8, type Bytes } from "../lib/bytes.ts";
import type { Entry } from "./delivery.ts";

/** What every chain begins with. */
export const NOTHING_BEFORE = toBase64url(new Uint8Array(32));

/** The sixteen bytes of a UUID, which is also the id of the MLS group. */
export function uuidBytes(uuid: string): Bytes {
  const hex = uuid.replaceAll("-", "");
  if (!/^[0-9a-f]{32}$/.test(hex)) throw new RangeError("that is no UUID");
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** The hash that an entry must have. */
export async function link(talk: string, entry: Entry): Promise<string> {
  const bytes = concat(
    utf8("planet private log v1\n"),
    uuidBytes(talk),
    big(entry.position),
    big(entry.epoch),
    new Uint8Array([entry.commit ? 3 : 1]),
    uuidBytes(entry.device),
    fromBase64url(entry.previous),
    await sha256(fromBase64url(entry.body)),
  );
  return toBase64url(await sha256(bytes));
}

/** Whether an entry is the next one after `position`, whose hash is `head`. */
export async function follows(talk: string, entry: Entry, position: number, head: string): Promise<boolean> {
  return entry.position === position + 1 && entry.previous === head && entry.hash === (await link(talk, entry));
}

function big(value: number): Bytes {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}
