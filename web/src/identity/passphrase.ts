//! A passphrase as the way into the vault where a passkey cannot give a secret (no PRF).
//! Loaded only then: the stretching is plain script, because the page's policy allows no WebAssembly.

import { fromBase64url, randomBytes, toBase64url, utf8, type Bytes } from "../lib/bytes.ts";

/** Shortest passphrase that is taken, in letters. */
export const MIN_LENGTH = 12;

/** The 32 bytes of a new passphrase, and how they were stretched. */
export async function stretchNew(passphrase: string): Promise<{ secret: Bytes; reference: string }> {
  const reference = `argon2id$m=65536,t=3,p=1$${toBase64url(randomBytes(16))}`;
  return { secret: await stretch(passphrase, reference), reference };
}

/** The 32 bytes of a passphrase, stretched as `reference` says. */
export async function stretch(passphrase: string, reference: string): Promise<Bytes> {
  const [method, settings, salt] = reference.split("$");
  const numbers = new Map((settings ?? "").split(",").map((pair) => pair.split("=") as [string, string]));
  const number = (name: string): number => Number(numbers.get(name));
  const password = utf8(passphrase.normalize("NFKC"));
  const saltBytes = fromBase64url(salt ?? "");
  if (method === "argon2id") {
    const { argon2idAsync } = await import("@noble/hashes/argon2.js");
    const result = await argon2idAsync(password, saltBytes, { m: number("m"), t: number("t"), p: number("p"), dkLen: 32 });
    return Uint8Array.from(result);
  }
  if (method === "pbkdf2-sha256") {
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const parameters = { name: "PBKDF2", hash: "SHA-256", salt: saltBytes, iterations: number("i") };
    return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, 256));
  }
  throw new RangeError("this vault was locked in a way that this version of PLANET does not know");
}
