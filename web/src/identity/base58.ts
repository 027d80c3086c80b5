//! base58btc, the writing of hashes and keys in did:webvh. Not for long inputs: it takes quadratic time.

import type { Bytes } from "../lib/bytes.ts";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** base58btc without a multibase prefix. */
export function toBase58(bytes: Uint8Array): string {
  const digits = convert(bytes, 256, 58);
  return "1".repeat(leadingZeros(bytes)) + digits.map((digit) => ALPHABET[digit]).join("");
}

/** The bytes of a base58btc text; throws on a letter outside the alphabet. */
export function fromBase58(text: string): Bytes {
  const digits = [...text].map((letter) => {
    const digit = ALPHABET.indexOf(letter);
    if (digit < 0) throw new RangeError(`“${letter}” is no base58 letter`);
    return digit;
  });
  return Uint8Array.from([...new Array<number>(leadingZeros(digits)).fill(0), ...convert(digits, 58, 256)]);
}

/** The number written in one base, as big-endian digits of the other, without leading zeros. */
function convert(digits: Iterable<number>, from: number, to: number): number[] {
  const result: number[] = []; // little-endian while it grows
  for (const digit of digits) {
    let carry = digit;
    for (let at = 0; at < result.length || carry > 0; at++) {
      carry += (result[at] ?? 0) * from;
      result[at] = carry % to;
      carry = Math.floor(carry / to);
    }
  }
  return result.reverse();
}

function leadingZeros(digits: ArrayLike<number>): number {
  let count = 0;
  while (count < digits.length && digits[count] === 0) count++;
  return count;
}
