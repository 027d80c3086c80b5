//! The recovery key as 24 words of the English BIP39 list. The list itself is loaded by whoever calls, since it is large.

import { concat, sha256, type Bytes } from "../lib/bytes.ts";

const BITS = 11;

/** 32 bytes and their 8-bit checksum as 24 words (BIP39, "Generating the mnemonic"). */
export async function toWords(key: Bytes, list: readonly string[]): Promise<string[]> {
  const checksum = (await sha256(key)).slice(0, 1);
  const bits = [...concat(key, checksum)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return Array.from({ length: 24 }, (_, at) => list[Number.parseInt(bits.slice(at * BITS, (at + 1) * BITS), 2)] ?? "");
}

/** The 32 bytes that 24 words stand for, or undefined when a word or the checksum is wrong. */
export async function fromWords(words: readonly string[], list: readonly string[]): Promise<Bytes | undefined> {
  const numbers = words.map((word) => list.indexOf(word.trim().toLowerCase()));
  if (numbers.length !== 24 || numbers.includes(-1)) return undefined;
  const bits = numbers.map((number) => number.toString(2).padStart(BITS, "0")).join("");
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (eight) => Number.parseInt(eight, 2));
  const key = bytes.slice(0, 32);
  return (await sha256(key))[0] === bytes[32] ? key : undefined;
}

/** The English list of BIP39, loaded when first asked for. */
export const englishWords = async (): Promise<readonly string[]> => (await import("@scure/bip39/wordlists/english.js")).wordlist;
