//! Ether and tokens in the browser: the key (m/44'/60'/0'/0/0), its address, and payments of EIP-1559 built and signed. It asks
//! no node anything.

import { HDKey } from "@scure/bip32";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { concat, utf8, type Bytes } from "../lib/bytes.ts";

/** Where the one account of a member lies. */
export const PATH = "m/44'/60'/0'/0/0";

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** The bytes of a hex text, with or without 0x. */
export function fromHex(text: string): Bytes {
  const digits = text.replace(/^0x/, "");
  if (!/^([0-9a-fA-F]{2})*$/.test(digits)) throw new RangeError("not hexadecimal");
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** The secret key out of the words' seed. */
export function secretKey(seed: Bytes): Uint8Array {
  const { privateKey } = HDKey.fromMasterSeed(seed).derive(PATH);
  if (privateKey === null) throw new RangeError("this seed has no key");
  return privateKey;
}

/** The address of a secret key, with its checksum. */
export function addressOf(secret: Uint8Array): string {
  const point = secp256k1.Point.fromBytes(secp256k1.getPublicKey(secret)).toBytes(false);
  return checksum(hex(keccak_256(point.subarray(1)).subarray(12)));
}

/** An address with the capital letters that show a slip of the pen (EIP-55). */
export function checksum(address: string): string {
  const lower = address.replace(/^0x/i, "").toLowerCase();
  const hash = hex(keccak_256(utf8(lower)));
  return `0x${[...lower].map((letter, at) => (Number.parseInt(hash[at] ?? "0", 16) >= 8 ? letter.toUpperCase() : letter)).join("")}`;
}

/** Whether a text is an address. One in mixed case must bear the right checksum; one in a single case bears none. */
export function isAddress(text: string): boolean {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) return false;
  const letters = text.slice(2);
  return letters === letters.toLowerCase() || letters === letters.toUpperCase() || text === checksum(text);
}

/** What RLP encodes: bytes, or a list of such (Ethereum yellow paper, appendix B). */
type Item = Uint8Array | Item[];

function rlp(item: Item): Bytes {
  if (!(item instanceof Uint8Array)) {
    const inner = concat(...item.map(rlp));
    return concat(length(inner.length, 0xc0), inner);
  }
  if (item.length === 1 && (item[0] ?? 0) < 0x80) return concat(item);
  return concat(length(item.length, 0x80), item);
}

function length(count: number, offset: number): Bytes {
  if (count < 56) return Uint8Array.of(offset + count);
  const bytes = big(BigInt(count));
  return concat(Uint8Array.of(offset + 55 + bytes.length), bytes);
}

/** A whole number as RLP wants it: big-endian, without zeros in front, zero as nothing. */
function big(number: bigint): Bytes {
  if (number === 0n) return new Uint8Array();
  const digits = number.toString(16);
  return fromHex(digits.length % 2 === 0 ? digits : `0${digits}`);
}

/** A payment of EIP-1559. Amounts and fees are in wei. */
export interface Payment {
  chain: bigint;
  nonce: bigint;
  /** What whoever includes it gets for each unit of gas, at the most. */
  tip: bigint;
  /** What a unit of gas may cost in all. */
  most: bigint;
  gas: bigint;
  to: string;
  value: bigint;
  data: Uint8Array;
}

/** Signs a payment and gives the transaction as hex, with the hash by which the chain knows it. */
export function sign(payment: Payment, secret: Uint8Array): { hex: string; id: string } {
  const { chain, nonce, tip, most, gas, to, value, data } = payment;
  const fields: Item[] = [big(chain), big(nonce), big(tip), big(most), big(gas), fromHex(to), big(value), data, []];
  const message = concat(Uint8Array.of(2), rlp(fields));
  const bytes = secp256k1.sign(keccak_256(message), secret, { prehash: false, format: "recovered" });
  const [recovery, r, s] = [bytes[0] ?? 0, bytes.subarray(1, 33), bytes.subarray(33, 65)];
  const signed = concat(Uint8Array.of(2), rlp([...fields, big(BigInt(recovery)), big(number(r)), big(number(s))]));
  return { hex: `0x${hex(signed)}`, id: `0x${hex(keccak_256(signed))}` };
}

const number = (bytes: Uint8Array): bigint => BigInt(`0x${hex(bytes)}`);

/** What one tells a token's contract so that it pays somebody: `transfer(address,uint256)` (ERC-20). */
export function transferCall(to: string, amount: bigint): Bytes {
  if (amount < 0n || amount >= 1n << 256n) throw new RangeError("no contract counts that far");
  const word = (text: string): Bytes => fromHex(text.padStart(64, "0"));
  return concat(fromHex("a9059cbb"), word(to.slice(2)), word(amount.toString(16)));
}

/** What a payment link asks for (EIP-681): ether to an address, or a token by its contract. */
export function uri(address: string, chain: bigint, amount: bigint | undefined, token?: string): string {
  const wish = amount === undefined ? "" : amount.toString();
  if (token === undefined) return `ethereum:${address}@${chain}${wish === "" ? "" : `?value=${wish}`}`;
  return `ethereum:${token}@${chain}/transfer?address=${address}${wish === "" ? "" : `&uint256=${wish}`}`;
}
