//! Entries of a member's did:webvh log, made here so that nobody else ever holds its keys: the first one, and the one by which the
//! paper words take the identity back. The format is docs/protocols/identity.md, sections 2 to 4. Reading and verifying logs is the node's work.

import { concat, sha256, utf8, type Bytes } from "../lib/bytes.ts";
import { toBase58 } from "./base58.ts";
import { canonical, type Json } from "./jcs.ts";
import { commitment, deviceSecret, multihash, signingKey, updateKey, type SigningKey } from "./keys.ts";

/** Where the node will serve the log: its origin and the member's own part of the path. */
export interface Place {
  origin: string;
  path: string;
}

/** What the first entry is made of. `recovery` is the key on paper, `now` the time it is made. */
export interface Genesis {
  place: Place;
  seed: Bytes;
  recovery: Bytes;
  now: Date;
}

type Entry = { [name: string]: Json };

const SCID = "{SCID}";

/** A new identifier and the one line of its log. */
export async function genesis({ place, seed, recovery, now }: Genesis): Promise<{ did: string; line: string }> {
  const [first, second, daily, paper] = await Promise.all([
    updateKey(seed, 1),
    updateKey(seed, 2),
    deviceSecret(seed, 1).then(signingKey),
    signingKey(recovery),
  ]);
  const time = timeText(now);
  const template: Entry = {
    versionId: SCID,
    versionTime: time,
    parameters: {
      method: "did:webvh:1.0",
      scid: SCID,
      updateKeys: [first.multikey],
      nextKeyHashes: [await commitment(second.multikey), await commitment(paper.multikey)],
      portable: true,
    },
    state: document(`did:webvh:${SCID}:${host(place.origin)}:people:${place.path}`, daily.multikey),
  };
  const scid = await multihash(utf8(canonical(template)));
  const entry = JSON.parse(JSON.stringify(template).replaceAll(SCID, scid)) as Entry;
  entry["versionId"] = `1-${await multihash(utf8(canonical(entry)))}`;
  entry["proof"] = [await prove(entry, first, time)];
  return { did: `did:webvh:${scid}:${host(place.origin)}:people:${place.path}`, line: JSON.stringify(entry) };
}

/** What the entry is made of that follows `before` and is signed by the words' key; `seed` and `recovery` are new. */
export interface Succession {
  before: string;
  paper: SigningKey;
  seed: Bytes;
  recovery: Bytes;
  now: Date;
}

/** The line by which the paper words take an identity back, and its number. Only keys that nobody had before come after it. */
export async function succession({ before, paper, seed, recovery, now }: Succession): Promise<{ did: string; line: string; number: number }> {
  const previous = JSON.parse(before) as { versionId: string; versionTime: string; state: { id: string; alsoKnownAs?: Json } };
  const number = Number.parseInt(previous.versionId, 10) + 1;
  const [following, daily, next] = await Promise.all([
    updateKey(seed, number + 1),
    deviceSecret(seed, 1).then(signingKey),
    signingKey(recovery),
  ]);
  const did = previous.state.id;
  const time = timeText(new Date(Math.max(now.getTime(), Date.parse(previous.versionTime) + 1000)));
  const entry: Entry = {
    versionId: previous.versionId,
    versionTime: time,
    parameters: {
      updateKeys: [paper.multikey],
      nextKeyHashes: [await commitment(following.multikey), await commitment(next.multikey)],
    },
    state: { ...document(did, daily.multikey), ...(previous.state.alsoKnownAs !== undefined && { alsoKnownAs: previous.state.alsoKnownAs }) },
  };
  entry["versionId"] = `${number}-${await multihash(utf8(canonical(entry)))}`;
  entry["proof"] = [await prove(entry, paper, time)];
  return { did, line: JSON.stringify(entry), number };
}

/** A moment as logs write it. */
const timeText = (moment: Date): string => `${moment.toISOString().slice(0, 19)}Z`;

/** The host as a did:webvh writes it: a port that is not the scheme's own follows `%3A`. */
export function host(origin: string): string {
  const { hostname, port } = new URL(origin); // `port` is empty when it is the scheme's own
  return port === "" ? hostname : `${hostname}%3A${port}`;
}

function document(did: string, key: string): Entry {
  const id = `${did}#device-${key.slice(-8)}`;
  return {
    "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
    id: did,
    verificationMethod: [{ id, type: "Multikey", controller: did, publicKeyMultibase: key }],
    authentication: [id],
    assertionMethod: [id],
  };
}

/** A proof of the cryptosuite eddsa-jcs-2022 (Data Integrity EdDSA Cryptosuites 1.0, section 3.3). */
async function prove(entry: Entry, key: SigningKey, created: string): Promise<Entry> {
  const options: Entry = {
    type: "DataIntegrityProof",
    cryptosuite: "eddsa-jcs-2022",
    verificationMethod: `did:key:${key.multikey}#${key.multikey}`,
    created,
    proofPurpose: "assertionMethod",
  };
  const hashes = await Promise.all([options, entry].map((part) => sha256(utf8(canonical(part)))));
  return { ...options, proofValue: `z${toBase58(await key.sign(concat(...hashes)))}` };
}
