//! Reads a member's did:webvh log as the node hands it out, and believes nothing of it that is not proven: the identifier is the hash of
//! the first entry, each entry names the hash of the one before, and each is signed by a key that was promised. The format is
//! docs/protocols/identity.md, sections 2 to 4. Witnesses are not known here, so a log that asks for them is refused.

import { concat, sha256, utf8, type Bytes } from "../lib/bytes.ts";
import { fromBase58 } from "./base58.ts";
import { canonical, type Json } from "./jcs.ts";
import { commitment, multihash } from "./keys.ts";

type Members = { [name: string]: Json };

/** What a log says now. */
export interface Identity {
  did: string;
  /** The part of the identifier that stays the same wherever the log moves. */
  scid: string;
  /** The multikeys that may sign statements. */
  keys: string[];
  /** The hash of each entry, oldest first: a log that is shown later must begin with the same. */
  versions: string[];
}

/** A log that does not hold. */
export class BrokenLog extends Error {}

const SCID = "{SCID}";
const MOST_BYTES = 1 << 20;

/** Verifies a whole log, and that it is the log of `did`. */
export async function readLog(text: string, did: string): Promise<Identity> {
  if (text.length > MOST_BYTES) throw new BrokenLog("it is too long");
  const lines = text.trimEnd().split("\n");
  let [before, scid] = ["", ""];
  let [updateKeys, promised]: [string[], string[]] = [[], []];
  let [time, ended] = [0, false];
  let state: Members = {};
  const versions: string[] = [];
  for (const [index, line] of lines.entries()) {
    const { proof, ...entry } = members(JSON.parse(line) as Json);
    const said = members(entry["parameters"]);
    const versionId = word(entry["versionId"]);
    if (index === 0) {
      before = scid = word(said["scid"]);
      const bones = JSON.parse(JSON.stringify({ ...entry, versionId: SCID }).replaceAll(scid, SCID)) as Json;
      if ((await multihash(utf8(canonical(bones)))) !== scid) throw new BrokenLog("its identifier is not the hash of its first entry");
    }
    const hash = await multihash(utf8(canonical({ ...entry, versionId: before })));
    if (versionId !== `${index + 1}-${hash}`) throw new BrokenLog(`entry ${index + 1} is not what its hash says`);
    const now = Date.parse(word(entry["versionTime"]));
    if (!(now > time) || ended) throw new BrokenLog(`entry ${index + 1} comes too late or too early`);
    const named = said["updateKeys"] === undefined ? undefined : words(said["updateKeys"]);
    for (const key of promised.length > 0 ? (named ?? [""]) : []) {
      if (!promised.includes(await commitment(key))) throw new BrokenLog(`entry ${index + 1} has a key that was not promised`);
    }
    const signers = promised.length > 0 || index === 0 ? (named ?? []) : updateKeys;
    await proven(entry, proof, signers, index);
    const witness = said["witness"];
    if (witness !== undefined && witness !== null && Object.keys(witness).length > 0) throw new BrokenLog("it asks for witnesses");
    updateKeys = named ?? updateKeys;
    promised = said["nextKeyHashes"] === undefined ? promised : words(said["nextKeyHashes"]);
    [before, time, ended, state] = [versionId, now, said["deactivated"] === true, members(entry["state"])];
    versions.push(versionId);
  }
  const id = word(state["id"]);
  if (id !== did || !id.startsWith(`did:webvh:${scid}:`)) throw new BrokenLog("it is the log of somebody else");
  return { did, scid, keys: ended ? [] : assertionKeys(state), versions };
}

/** Where this club keeps the log of a member's identifier. */
export const logAddress = (did: string): string => `/people/${encodeURIComponent(did.split(":").at(-1) ?? "")}/did.jsonl`;

/** The part of an identifier that is proven by its first entry. */
export const scidOf = (did: string): string => did.split(":")[2] ?? "";

/** One proof by one of the signers is enough (eddsa-jcs-2022). */
async function proven(entry: Members, proof: Json | undefined, signers: string[], index: number): Promise<void> {
  const document = await sha256(utf8(canonical(entry)));
  for (const one of Array.isArray(proof) ? proof : []) {
    const { proofValue, ...options } = members(one);
    const key = /^did:key:(z\w+)#\1$/.exec(word(options["verificationMethod"]))?.[1] ?? "";
    const meant = options["type"] === "DataIntegrityProof" && options["cryptosuite"] === "eddsa-jcs-2022" && options["proofPurpose"] === "assertionMethod";
    if (!meant || !signers.includes(key)) continue;
    const signed = concat(await sha256(utf8(canonical(options))), document);
    if (await verifies(key, signed, fromBase58(word(proofValue).slice(1)))) return;
  }
  throw new BrokenLog(`entry ${index + 1} is not signed by a key that may`);
}

/** Whether an Ed25519 key, written as a multikey, signed a message. */
export async function verifies(multikey: string, message: Bytes, signature: Bytes): Promise<boolean> {
  const bytes = fromBase58(multikey.slice(1));
  if (!multikey.startsWith("z") || bytes.length !== 34 || bytes[0] !== 0xed || bytes[1] !== 1) return false;
  const key = bytes.slice(2);
  let handle: CryptoKey;
  try {
    handle = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
  } catch {
    const { verifyAsync } = await import("@noble/ed25519");
    return verifyAsync(signature, message, key);
  }
  return crypto.subtle.verify("Ed25519", handle, signature, message);
}

function assertionKeys(state: Members): string[] {
  const did = word(state["id"]);
  const absolute = (id: string): string => (id.startsWith("#") ? `${did}${id}` : id);
  const methods = list(state["verificationMethod"]).map(members);
  const named = (id: string): Members | undefined => methods.find((method) => absolute(word(method["id"])) === absolute(id));
  return list(state["assertionMethod"])
    .map((one) => (typeof one === "string" ? named(one) : members(one)))
    .flatMap((method) => (typeof method?.["publicKeyMultibase"] === "string" ? [method["publicKeyMultibase"]] : []));
}

const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

function members(value: Json | undefined): Members {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new BrokenLog("something is missing in it");
  return value;
}

function word(value: Json | undefined): string {
  if (typeof value !== "string") throw new BrokenLog("something is missing in it");
  return value;
}

const words = (value: Json | undefined): string[] => list(value).map(word);
