//! The 24 words of a member's coins: made from the vault's seed, so that the vault is enough to have them again, and good in
//! any other wallet. Only here does a coin's key begin; no key leaves the page.

import { utf8, type Bytes } from "../lib/bytes.ts";
import { hkdf } from "../identity/keys.ts";
import { englishWords, toWords } from "../identity/words.ts";

/** What the entropy of the words is derived with. It is part of the protocol: another text makes other coins. */
export const INFO = "planet crypto wallet v1";

/** The words that belong to a vault's seed (BIP39, 256 bits of entropy). */
export const wordsOf = async (seed: Bytes): Promise<string[]> => toWords(await hkdf(seed, INFO), await englishWords());

/** The seed that wallets derive their keys from (BIP39, "From mnemonic to seed"), without a passphrase. */
export async function seedOf(words: readonly string[]): Promise<Bytes> {
  const password = await crypto.subtle.importKey("raw", utf8(words.join(" ").normalize("NFKD")), "PBKDF2", false, ["deriveBits"]);
  const parameters = { name: "PBKDF2", hash: "SHA-512", salt: utf8("mnemonic"), iterations: 2048 };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, password, 512));
}
