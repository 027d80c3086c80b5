//! From the vault to a wallet: opens the vault, derives the account, and remembers on this device what is public of it, so that
//! addresses can be checked without opening the vault each time.

import { fromBase64url, type Bytes } from "../lib/bytes.ts";
import { openOwnVault } from "../identity/member.ts";
import { seedOf, wordsOf } from "./words.ts";

/** The 24 words, after the member has opened the vault. */
export const openWords = async (page: HTMLElement): Promise<string[]> => wordsOf(fromBase64url((await openOwnVault(page)).contents.seed));

/** The seed of all coins, after the member has opened the vault. */
export const openSeed = async (page: HTMLElement): Promise<Bytes> => seedOf(await openWords(page));

const place = (member: string, chain: string, network: string): string => `coins:${member}:${chain}:${network}`;

/** Remembers an account's public key or address on this device. */
export function remember(member: string, chain: string, network: string, key: string): void {
  try {
    localStorage.setItem(place(member, chain, network), key);
  } catch {
    // A private window: the vault is asked again next time.
  }
}

/** What this device remembers. */
export function recall(member: string, chain: string, network: string): string | undefined {
  try {
    return localStorage.getItem(place(member, chain, network)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** The public part of an account as the words give it: `zpub…` or `vpub…` for Bitcoin, the address for EVM. */
export async function publicPart(seed: Bytes, chain: string, network: string): Promise<string> {
  if (chain === "bitcoin") {
    const { account, publicKey } = await import("./bitcoin.ts");
    return publicKey(account(seed, network as Parameters<typeof account>[1]));
  }
  const { addressOf, secretKey } = await import("./evm.ts");
  return addressOf(secretKey(seed));
}

/** The address at a place, out of the public part. */
export async function addressFrom(key: string, chain: string, network: string, position: number): Promise<string> {
  if (chain !== "bitcoin") return key;
  const { addressAt, readPublicKey, RECEIVE } = await import("./bitcoin.ts");
  const known = network as Parameters<typeof readPublicKey>[1];
  return addressAt(readPublicKey(key, known), known, RECEIVE, position);
}
