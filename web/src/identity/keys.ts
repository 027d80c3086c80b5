//! Keys: how they are derived, written and used to sign. Where they are kept is the vault's and the device's matter.

import { concat, fromBase64url, sha256, utf8, type Bytes } from "../lib/bytes.ts";
import { toBase58 } from "./base58.ts";

/** A key that can sign. `secret` is the RFC 8032 seed; `handle` is set when WebCrypto signs for us. */
export interface SigningKey {
  multikey: string;
  sign(message: Bytes): Promise<Bytes>;
  /** A key object that can sign but not be read out; absent where the browser's WebCrypto has no Ed25519. */
  handle?: CryptoKey;
}

/** HKDF-SHA-256 with an empty salt (RFC 5869). */
export async function hkdf(secret: Bytes, info: string, length = 32): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const parameters = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: utf8(info) };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, length * 8));
}

/** The key that signs log entry `n`. */
export const updateKey = async (seed: Bytes, n: number): Promise<SigningKey> => signingKey(await hkdf(seed, `planet update key v1 ${n}`));

/** The secret of the key that signs day by day: posts, reviews, ballots. */
export const deviceSecret = (seed: Bytes, n: number): Promise<Bytes> => hkdf(seed, `planet device key v1 ${n}`);

/** `z6Mk…`: the multikey of an Ed25519 public key. */
export const multikey = (publicKey: Uint8Array): string => `z${toBase58(concat(new Uint8Array([0xed, 0x01]), publicKey))}`;

/** b58 of the SHA-256 multihash. */
export const multihash = async (bytes: Bytes): Promise<string> =>
  toBase58(concat(new Uint8Array([0x12, 0x20]), await sha256(bytes)));

/** What `nextKeyHashes` commits to: the hash of the multikey's text, not of the key's bytes. */
export const commitment = (key: string): Promise<string> => multihash(utf8(key));

/** An Ed25519 key from its 32 secret bytes: WebCrypto where it knows Ed25519, else plain script loaded on demand. */
export async function signingKey(secret: Bytes): Promise<SigningKey> {
  try {
    return await webCryptoKey(secret);
  } catch {
    const { getPublicKeyAsync, signAsync } = await import("@noble/ed25519");
    const publicKey = await getPublicKeyAsync(secret);
    return { multikey: multikey(publicKey), sign: async (message) => concat(await signAsync(message, secret)) };
  }
}

/** PKCS#8 for Ed25519 is this prefix and the secret (RFC 8410, section 7). */
const PKCS8 = new Uint8Array([0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]);

async function webCryptoKey(secret: Bytes): Promise<SigningKey> {
  const pkcs8 = concat(PKCS8, secret);
  const readable = await crypto.subtle.importKey("pkcs8", pkcs8, "Ed25519", true, ["sign"]);
  const { x } = await crypto.subtle.exportKey("jwk", readable);
  if (x === undefined) throw new TypeError("this WebCrypto hides the public key");
  const handle = await crypto.subtle.importKey("pkcs8", pkcs8, "Ed25519", false, ["sign"]);
  return {
    multikey: multikey(fromBase64url(x)),
    sign: async (message) => new Uint8Array(await crypto.subtle.sign("Ed25519", handle, message)),
    handle,
  };
}
