//! What proves that a browser is a member's: canonical JSON that one of the member's keys signed. The format is docs/protocols/private.md,
//! section 2. It is checked here up to the member's log, so that nobody, the node included, can slip in a device of their own.

import { bytesToHex, hexToBytes } from "@noble/curves/utils.js";
import { fromUtf8, utf8 } from "../lib/bytes.ts";
import { canonical, type Json } from "../identity/jcs.ts";
import { readLog, scidOf, verifies, type Identity } from "../identity/log.ts";
import type { SigningKey } from "../identity/keys.ts";

/** A device's credential. */
export interface Credential {
  v: 1;
  did: string;
  device: string;
  /** The Ed25519 key of its leaf, hex. */
  key: string;
  /** The multikey that signed. */
  by: string;
  signature: string;
}

/** Fetches the text of a member's log. */
export type FetchLog = (did: string) => Promise<string>;

const signed = (did: string, device: string, key: string) => utf8(`planet private device v1\n${did}\n${device}\n${key}\n`);

/** Makes the credential of a new device. */
export async function vouch(signer: SigningKey, did: string, device: string, publicKey: Uint8Array): Promise<string> {
  const key = bytesToHex(publicKey);
  const signature = bytesToHex(await signer.sign(signed(did, device, key)));
  return canonical({ v: 1, did, device, key, by: signer.multikey, signature });
}

/** Reads a credential without believing it; nothing where it is none. */
export function read(identity: string | Uint8Array): Credential | undefined {
  try {
    const text = typeof identity === "string" ? identity : fromUtf8(identity);
    const said = JSON.parse(text) as Credential;
    const strings = [said.did, said.device, said.key, said.by, said.signature];
    const whole = said.v === 1 && Object.keys(said).length === 6 && strings.every((value) => typeof value === "string");
    return whole && canonical(said as unknown as Json) === text ? said : undefined;
  } catch {
    return undefined;
  }
}

/** How an identity stood when it was last seen: its entries, oldest first. */
export interface Remembered {
  read(scid: string): Promise<string[] | undefined>;
  write(scid: string, versions: string[]): Promise<void>;
}

/** Checks credentials against logs. A log is read once in a page's life, and once more for a key that it does not have. */
export class Checker {
  readonly #fetch: FetchLog;
  readonly #remembered: Remembered;
  readonly #known = new Map<string, Promise<Identity>>();

  constructor(fetch: FetchLog, remembered: Remembered) {
    this.#fetch = fetch;
    this.#remembered = remembered;
  }

  /** Whether a credential is what it says: this key is of this device, and the member signed that. */
  async holds(credential: Credential | undefined, publicKey: Uint8Array): Promise<boolean> {
    if (credential === undefined || credential.key !== bytesToHex(publicKey)) return false;
    try {
      const text = signed(credential.did, credential.device, credential.key);
      if (!(await verifies(credential.by, text, hexToBytes(credential.signature) as Uint8Array<ArrayBuffer>))) return false;
      const here = await this.#identity(credential.did, false);
      return here.keys.includes(credential.by) || (await this.#identity(credential.did, true)).keys.includes(credential.by);
    } catch {
      return false;
    }
  }

  #identity(did: string, anew: boolean): Promise<Identity> {
    const known = this.#known.get(did);
    if (known !== undefined && !anew) return known;
    const reading = this.#read(did);
    this.#known.set(did, reading);
    reading.catch(() => this.#known.delete(did));
    return reading;
  }

  /** A log may grow; what was seen of it may not change or go. */
  async #read(did: string): Promise<Identity> {
    const identity = await readLog(await this.#fetch(did), did);
    const before = (await this.#remembered.read(scidOf(did))) ?? [];
    if (before.some((version, index) => identity.versions[index] !== version)) throw new Error("this log was another one before");
    if (identity.versions.length > before.length) await this.#remembered.write(scidOf(did), identity.versions);
    return identity;
  }
}
