//! Recovery codes: made and split here, so that the node only ever meets the half that authenticates.
//! Formats: docs/protocols/identity.md, section 6.

import { randomBytes, sha256, toBase64url, type Bytes } from "../lib/bytes.ts";
import { wrapKey } from "./vault.ts";

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BYTES = 20;
const HALF = 10;

/** What the node is told of one code. */
export interface CodeRecord {
  index: number;
  auth: string;
  wrap: string;
}

/** The two halves of a code: `auth` goes to the node, `secret` unwraps and stays in the page. */
export interface Halves {
  auth: Bytes;
  secret: Bytes;
}

/** Ten codes to write down, and what the node is told of them. */
export async function tenCodes(vaultKey: Bytes, random = randomBytes): Promise<{ codes: string[]; records: CodeRecord[] }> {
  const secrets = Array.from({ length: 10 }, () => random(BYTES));
  const records = secrets.map(async (bytes, index) => ({
    index,
    auth: toBase64url(await sha256(bytes.slice(0, HALF))),
    wrap: (await wrapKey("recovery", bytes.slice(HALF), "", vaultKey)).wrap,
  }));
  return { codes: secrets.map(write), records: await Promise.all(records) };
}

/** A code as it is written down: eight groups of four. */
export function write(bytes: Bytes): string {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  const letters = bits.replace(/.{5}/g, (five) => CROCKFORD[Number.parseInt(five, 2)] ?? "");
  return letters.match(/.{4}/g)?.join("-") ?? "";
}

/** The halves of a code as somebody typed it, or undefined when it cannot be one. */
export function split(typed: string): Halves | undefined {
  const letters = typed.toUpperCase().replace(/[\s\u2010-\u2015-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  if (letters.length !== (BYTES * 8) / 5 || [...letters].some((letter) => !CROCKFORD.includes(letter))) return undefined;
  const bits = [...letters].map((letter) => CROCKFORD.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (eight) => Number.parseInt(eight, 2));
  return { auth: bytes.slice(0, HALF), secret: bytes.slice(HALF) };
}
