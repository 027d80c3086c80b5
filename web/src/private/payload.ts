//! What lies within an MLS message: the words, and the sender's signature over them, since the library does not say whose leaf a message
//! came from. It also names the place in the log that its sender had reached, so that people who are shown different logs find out.
//! The format is docs/protocols/private.md, section 5.

import { bytesToHex, hexToBytes } from "@noble/curves/utils.js";
import { fromUtf8, utf8, type Bytes } from "../lib/bytes.ts";
import { canonical, type Json } from "../identity/jcs.ts";

/** The longest text, in bytes of UTF-8 as JSON writes it. */
export const MOST_TEXT = 16_000;
/** Messages have one of these lengths, so that their size says little. */
const STEPS = [512, 2_048, 8_192, 24_000];
const SPACE = 0x20;

export type Payload = { v: 1; id: string; device: string; epoch: number; seen: [position: number, hash: string]; text: string };

/** Signs with a device's key. */
export type Sign = (message: Bytes) => Promise<Uint8Array>;

const signed = (talk: string, payload: Payload): Bytes => utf8(`planet private message v1\n${talk}\n${canonical(payload as unknown as Json)}\n`);

/** Writes a payload: JSON with white space behind it up to the next step. */
export async function write(talk: string, payload: Payload, sign: Sign): Promise<Bytes> {
  const signature = bytesToHex(await sign(signed(talk, payload)));
  const bytes = utf8(JSON.stringify({ ...payload, signature }));
  const length = STEPS.find((step) => step >= bytes.length) ?? bytes.length;
  const padded = new Uint8Array(length).fill(SPACE);
  padded.set(bytes);
  return padded;
}

/** Reads a payload and checks its signature; nothing where it is not what it says. `keyOf` finds the key of a device. */
export async function read(
  talk: string,
  bytes: Uint8Array,
  keyOf: (device: string) => Uint8Array | undefined,
  verify: (key: Uint8Array, message: Bytes, signature: Uint8Array) => Promise<boolean>,
): Promise<Payload | undefined> {
  try {
    const { signature, v, id, device, epoch, seen, text } = JSON.parse(fromUtf8(bytes)) as Payload & { signature: string };
    const shaped = v === 1 && typeof text === "string" && Number.isSafeInteger(seen[0]) && typeof seen[1] === "string";
    const key = keyOf(device);
    if (!shaped || key === undefined || text.length > MOST_TEXT) return undefined;
    const payload: Payload = { v, id, device, epoch, seen: [seen[0], seen[1]], text };
    return (await verify(key, signed(talk, payload), hexToBytes(signature))) ? payload : undefined;
  } catch {
    return undefined;
  }
}
