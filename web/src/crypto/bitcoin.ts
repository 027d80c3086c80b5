//! Bitcoin in the browser: the account's keys (BIP84), its addresses, and payments built and signed. It asks no node anything
//! and believes none: change goes to an address that is derived here, and what is signed commits to every amount.

import { HDKey } from "@scure/bip32";
import { Address, NETWORK, OutScript, TEST_NETWORK, Transaction, p2wpkh } from "@scure/btc-signer";
import type { Bytes } from "../lib/bytes.ts";

/** The networks by the names that Bitcoin Core gives them. */
export type Network = "main" | "test" | "signet" | "regtest";

/** The two branches of an account: what one receives at, and what comes back as change. */
export const RECEIVE = 0;
export const CHANGE = 1;

/** The version bytes that mark a native segwit account (SLIP-132): `zpub` on the main network, `vpub` on all others. */
const MAIN = { private: 0x04b2430c, public: 0x04b24746 };
const TEST = { private: 0x045f18bc, public: 0x045f1cf6 };

const versions = (network: Network): typeof MAIN => (network === "main" ? MAIN : TEST);

/** How addresses of a network are written. */
export const writing = (network: Network): typeof NETWORK =>
  network === "main" ? NETWORK : network === "regtest" ? { ...TEST_NETWORK, bech32: "bcrt" } : TEST_NETWORK;

/** The path of the account: purpose 84, the coin, the first account. */
export const path = (network: Network): string => `m/84'/${network === "main" ? 0 : 1}'/0'`;

/** The account's key out of the words' seed. With it one can spend. */
export const account = (seed: Bytes, network: Network): HDKey =>
  HDKey.fromMasterSeed(seed, versions(network)).derive(path(network));

/** The account as the node may know it: `zpub…`. With it one can look and never spend. */
export const publicKey = (key: HDKey): string => key.publicExtendedKey;

/** The account out of a `zpub…` or `vpub…`. */
export const readPublicKey = (text: string, network: Network): HDKey => HDKey.fromExtendedKey(text, versions(network));

/** An address of the account. */
export function addressAt(key: HDKey, network: Network, branch: number, position: number): string {
  const { publicKey } = key.deriveChild(branch).deriveChild(position);
  const address = publicKey === null ? undefined : p2wpkh(publicKey, writing(network)).address;
  if (address === undefined) throw new RangeError("this key has no address");
  return address;
}

/** Whether a text is an address of the network. */
export function isAddress(text: string, network: Network): boolean {
  try {
    Address(writing(network)).decode(text);
    return true;
  } catch {
    return false;
  }
}

/** Something unspent, where it lies in the account. */
export interface Coin {
  tx: string;
  output: number;
  sats: bigint;
  branch: number;
  position: number;
}

/** A payment that is ready to be looked at: nothing is signed yet. */
export interface Plan {
  to: string;
  sats: bigint;
  fee: bigint;
  change: bigint;
  coins: Coin[];
}

/** What is too little to be worth sending, as nodes see it (Bitcoin Core's dust limit for P2WPKH). */
export const DUST = 294n;

/** The size that a payment weighs, in virtual bytes: inputs of P2WPKH, outputs by their script. */
function size(inputs: number, scripts: number[]): bigint {
  const base = 10 + inputs * 41 + scripts.reduce((sum, length) => sum + 9 + length, 0);
  const witness = 2 + inputs * 108;
  return BigInt(base + Math.ceil(witness / 4));
}

/** P2WPKH's script: version, length and a hash of 20 bytes. */
const OWN_SCRIPT = 22;

/** Chooses coins, the largest first, and says what fee and change come of it; undefined when the coins do not suffice. */
export function plan(coins: readonly Coin[], to: string, sats: bigint, rate: bigint, network: Network): Plan | undefined {
  const script = OutScript.encode(Address(writing(network)).decode(to)).length;
  const chosen: Coin[] = [];
  let sum = 0n;
  for (const coin of coins.toSorted((a, b) => (a.sats < b.sats ? 1 : a.sats > b.sats ? -1 : 0))) {
    chosen.push(coin);
    sum += coin.sats;
    const [bare, withChange] = [size(chosen.length, [script]) * rate, size(chosen.length, [script, OWN_SCRIPT]) * rate];
    if (sum >= sats + withChange + DUST) return { to, sats, fee: withChange, change: sum - sats - withChange, coins: chosen };
    // What would come back is less than what it costs to carry: whoever mines keeps it.
    if (sum >= sats + bare) return { to, sats, fee: sum - sats, change: 0n, coins: chosen };
  }
  return undefined;
}

/** The whole of the coins to one address. */
export function planAll(coins: readonly Coin[], to: string, rate: bigint, network: Network): Plan | undefined {
  const script = OutScript.encode(Address(writing(network)).decode(to)).length;
  const sum = coins.reduce((total, coin) => total + coin.sats, 0n);
  const fee = size(coins.length, [script]) * rate;
  return sum - fee < DUST ? undefined : { to, sats: sum - fee, fee, change: 0n, coins: [...coins] };
}

/** Signs a plan and gives the transaction as hex. Change goes to `change`, a position of the account's own change branch. */
export function sign(plan: Plan, key: HDKey, network: Network, change: number): { hex: string; id: string; psbt: Uint8Array } {
  const tx = new Transaction();
  for (const coin of plan.coins) {
    const { publicKey } = key.deriveChild(coin.branch).deriveChild(coin.position);
    if (publicKey === null) throw new RangeError("this key has no address");
    const { script } = p2wpkh(publicKey, writing(network));
    tx.addInput({ txid: coin.tx, index: coin.output, witnessUtxo: { script, amount: coin.sats }, sequence: 0xfffffffd });
  }
  tx.addOutputAddress(plan.to, plan.sats, writing(network));
  if (plan.change > 0n) tx.addOutputAddress(addressAt(key, network, CHANGE, change), plan.change, writing(network));
  const psbt = tx.toPSBT();
  for (const [at, coin] of plan.coins.entries()) {
    const { privateKey } = key.deriveChild(coin.branch).deriveChild(coin.position);
    if (privateKey === null) throw new RangeError("this key cannot sign");
    tx.signIdx(privateKey, at);
  }
  tx.finalize();
  if (tx.fee !== plan.fee) throw new RangeError("the fee is not what was shown");
  return { hex: tx.hex, id: tx.id, psbt };
}

/** What a payment link asks for (BIP21): `bitcoin:ADDRESS?amount=0.001&label=…`. */
export function uri(address: string, sats: bigint | undefined, label: string): string {
  const coins = sats === undefined ? "" : `${sats / 100_000_000n}.${(sats % 100_000_000n).toString().padStart(8, "0")}`.replace(/\.?0+$/, "");
  const wishes = [["amount", coins], ["label", label]].filter(([, value]) => value !== "");
  const query = wishes.map(([name, value]) => `${name}=${encodeURIComponent(value ?? "")}`).join("&");
  return `bitcoin:${address}${query === "" ? "" : `?${query}`}`;
}
