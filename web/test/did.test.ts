//! A new member's first log entry, read by a verifier that shares no code with what made it.

import assert from "node:assert/strict";
import { createHash, createPublicKey, verify } from "node:crypto";
import { test } from "node:test";
import { fromBase58 } from "../src/identity/base58.ts";
import { genesis, host, succession } from "../src/identity/did.ts";
import { canonical, type Json } from "../src/identity/jcs.ts";
import { signingKey } from "../src/identity/keys.ts";
import { utf8 } from "../src/lib/bytes.ts";

const seed = new Uint8Array(32).fill(1);
const recovery = new Uint8Array(32).fill(2);
const place = { origin: "http://localhost:7700", path: "k3f9a2" };
const now = new Date("2026-11-23T03:00:00.999Z");

type Entry = { versionId: string; versionTime: string; parameters: Record<string, Json>; state: Record<string, Json>; proof: Record<string, string>[] };

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();
const multihash = (text: string): string => Buffer.concat([Buffer.from([0x12, 0x20]), sha256(text)]).toString("hex");
const unbase = (text: string): string => Buffer.from(fromBase58(text)).toString("hex");

/** Every claim that the entry makes about itself, checked; the reasons why it is refused. */
function faults(line: string): string[] {
  const { proof, ...entry } = JSON.parse(line) as Entry;
  const scid = entry.parameters["scid"] as string;
  const [number, hash] = entry.versionId.split("-") as [string, string];
  const found: string[] = [];
  if (number !== "1") found.push("number");
  const template = JSON.stringify({ ...entry, versionId: scid }).replaceAll(scid, "{SCID}");
  if (unbase(scid) !== multihash(canonical(JSON.parse(template) as Json))) found.push("scid");
  if (unbase(hash) !== multihash(canonical({ ...entry, versionId: scid }))) found.push("entry hash");
  const { proofValue, ...options } = proof[0] as Record<string, string>;
  const method = options["verificationMethod"] ?? "";
  const key = method.split("#")[1] ?? "";
  if (method !== `did:key:${key}#${key}` || !(entry.parameters["updateKeys"] as string[]).includes(key)) found.push("key");
  const message = Buffer.concat([sha256(canonical(options)), sha256(canonical(entry))]);
  if (!verify(null, message, publicKey(key), fromBase58((proofValue ?? "").slice(1)))) found.push("proof");
  return found;
}

function publicKey(multikey: string): ReturnType<typeof createPublicKey> {
  const bytes = Buffer.from(fromBase58(multikey.slice(1)));
  assert.equal(bytes.subarray(0, 2).toString("hex"), "ed01");
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: bytes.subarray(2).toString("base64url") }, format: "jwk" });
}

test("a new member's first entry proves itself", async () => {
  const { did, line } = await genesis({ place, seed, recovery, now });
  assert.deepEqual(faults(line), []);
  assert.match(did, /^did:webvh:Qm[1-9A-HJ-NP-Za-km-z]{44}:localhost%3A7700:people:k3f9a2$/);
  assert.equal((JSON.parse(line) as Entry).state["id"], did);
  assert.ok(!line.includes("\n"));
});

test("the same secrets, place and second give the same entry, byte for byte", async () => {
  const { line } = await genesis({ place, seed, recovery, now });
  assert.equal(line, (await genesis({ place, seed, recovery, now })).line);
  assert.equal(createHash("sha256").update(line).digest("hex"), "f32921ac712ccde8528f139ba93d43a35b07d3339000d819abfe371ccb401fb9");
});

test("whatever is changed afterwards shows", async () => {
  const { line } = await genesis({ place, seed, recovery, now });
  const entry = JSON.parse(line) as Entry;
  const changed = (change: Partial<Entry>): string[] => faults(JSON.stringify({ ...entry, ...change }));
  assert.deepEqual(changed({ versionTime: "2026-11-23T03:00:01Z" }), ["scid", "entry hash", "proof"]);
  assert.ok(changed({ state: { ...entry.state, alsoKnownAs: ["did:example:thief"] } }).includes("proof"));
  const other = (await signingKey(new Uint8Array(32).fill(9))).multikey;
  const forged = [{ ...entry.proof[0], verificationMethod: `did:key:${other}#${other}` }];
  assert.deepEqual(changed({ proof: forged }), ["key", "proof"]);
});

test("the next entry is promised to the next update key and to the paper, and to nobody else", async () => {
  const { parameters } = JSON.parse((await genesis({ place, seed, recovery, now })).line) as Entry;
  const paper = await signingKey(recovery);
  const commitments = (parameters["nextKeyHashes"] as string[]).map(unbase);
  assert.equal(commitments.length, 2);
  assert.equal(commitments[1], multihash(paper.multikey));
  assert.equal(parameters["portable"], true);
});

/** What the entry after `before` claims about itself, checked. */
function faultsAfter(before: string, line: string): string[] {
  const { proof, ...entry } = JSON.parse(line) as Entry;
  const previous = JSON.parse(before) as Entry;
  const [number, hash] = entry.versionId.split("-") as [string, string];
  const found: string[] = [];
  if (Number(number) !== Number.parseInt(previous.versionId, 10) + 1) found.push("number");
  if (unbase(hash) !== multihash(canonical({ ...entry, versionId: previous.versionId }))) found.push("entry hash");
  if (entry.versionTime <= previous.versionTime) found.push("time");
  const { proofValue, ...options } = proof[0] as Record<string, string>;
  const key = (options["verificationMethod"] ?? "").split("#")[1] ?? "";
  if ((entry.parameters["updateKeys"] as string[]).join() !== key) found.push("key");
  if (!(previous.parameters["nextKeyHashes"] as string[]).map(unbase).includes(multihash(key))) found.push("promise");
  const message = Buffer.concat([sha256(canonical(options)), sha256(canonical(entry))]);
  if (!verify(null, message, publicKey(key), fromBase58((proofValue ?? "").slice(1)))) found.push("proof");
  return found;
}

test("the words' key takes an identity back, and what was known before has no say after it", async () => {
  const { did, line: before } = await genesis({ place, seed, recovery, now });
  const paper = await signingKey(recovery);
  const fresh = { seed: new Uint8Array(32).fill(3), recovery: new Uint8Array(32).fill(4) };
  const taken = await succession({ before, paper, ...fresh, now });
  assert.deepEqual(faultsAfter(before, taken.line), []);
  assert.deepEqual([taken.did, taken.number], [did, 2]);
  const [old, entry] = [JSON.parse(before) as Entry, JSON.parse(taken.line) as Entry];
  assert.equal(entry.state["id"], did);
  const promises = entry.parameters["nextKeyHashes"] as string[];
  assert.equal(new Set([...promises, ...(old.parameters["nextKeyHashes"] as string[])]).size, 4);
  assert.notDeepEqual(entry.state["authentication"], old.state["authentication"]);
  const again = await succession({ before: taken.line, paper: await signingKey(fresh.recovery), seed, recovery, now });
  assert.deepEqual([faultsAfter(taken.line, again.line), again.number], [[], 3]);
  const thief = await succession({ before, paper: await signingKey(new Uint8Array(32).fill(9)), ...fresh, now });
  assert.deepEqual(faultsAfter(before, thief.line), ["promise"]);
});

test("the day's key is neither the update key nor the paper key", async () => {
  const { line } = await genesis({ place, seed, recovery, now });
  const { parameters, state } = JSON.parse(line) as Entry;
  const methods = state["verificationMethod"] as Record<string, string>[];
  assert.equal(methods.length, 1);
  assert.ok(!(parameters["updateKeys"] as string[]).includes(methods[0]?.["publicKeyMultibase"] ?? ""));
  assert.deepEqual(state["authentication"], state["assertionMethod"]);
});

test("a host is written with its port only where the port is unusual", () => {
  assert.equal(host("https://Club.example"), "club.example");
  assert.equal(host("https://club.example:443"), "club.example");
  assert.equal(host("https://club.example:8443"), "club.example%3A8443");
});

test("a browser without Ed25519 signs the same by plain script", async () => {
  const secret = Uint8Array.from(Buffer.from("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "hex"));
  const native = await signingKey(secret);
  const original = crypto.subtle.importKey;
  crypto.subtle.importKey = () => Promise.reject(new DOMException("", "NotSupportedError"));
  const plain = await signingKey(secret).finally(() => (crypto.subtle.importKey = original));
  assert.ok(native.handle !== undefined && plain.handle === undefined);
  assert.equal(native.multikey, plain.multikey);
  assert.deepEqual(await native.sign(utf8("")), await plain.sign(utf8("")));
  // RFC 8032, section 7.1, test 1: the empty message
  const signature = Buffer.from(await plain.sign(utf8(""))).toString("hex");
  assert.equal(signature.slice(0, 32), "e5564300c360ac729086e2cc806e828a");
});
