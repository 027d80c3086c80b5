//! The ring of a member's archive keys: what a further browser of theirs needs to read what was said before it came. The node keeps it locked
//! with a key out of the member's vault, so that it opens nothing for anybody else. The format is docs/protocols/private.md, section 9.

import { concat, fromBase64url, fromUtf8, randomBytes, toBase64url, utf8, type Bytes } from "../lib/bytes.ts";
import { Refusal } from "../lib/http.ts";
import { hkdf } from "../identity/keys.ts";
import type { Delivery } from "./delivery.ts";
import type { Keep } from "./kept.ts";

/** Archive keys by conversation and epoch. */
type Keys = { [talk: string]: { [epoch: string]: string } };

interface Kept {
  keys: Keys;
  version: number;
  /** Whether there are keys here that the node does not have. */
  fresh: boolean;
}

const [KEY, RING] = ["ring-key", "ring"];
const NONCE = 12;
const MOST_BYTES = 36_000; // the node takes 36 KiB
const TRIES = 5;
const ABOUT = utf8("planet private ring v1\n");

/** Keeps what opens the ring, out of an opened vault's seed. */
export const giveKey = async (keep: Keep, seed: Bytes): Promise<void> => keep.write({ [KEY]: toBase64url(await hkdf(seed, "planet private ring v1")) });

export class Ring {
  readonly #keep: Keep;
  readonly #node: Delivery;
  readonly #device: string;

  constructor(keep: Keep, node: Delivery, device: string) {
    [this.#keep, this.#node, this.#device] = [keep, node, device];
  }

  /** Puts a key on the ring here; `push` takes it to the node. */
  async note(talk: string, epoch: number, key: string): Promise<void> {
    const kept = await this.#kept();
    if (kept.keys[talk]?.[epoch] === key) return;
    kept.keys[talk] = { ...kept.keys[talk], [epoch]: key };
    await this.#keep.write({ [RING]: { ...kept, fresh: true } });
  }

  /** The keys of a conversation, by epoch, with those that other browsers of the member have put there, and the ring's version. */
  async pull(talk: string): Promise<{ version: number; keys: { [epoch: string]: string } }> {
    const [kept, remote] = [await this.#kept(), await this.#node.keys()];
    if (remote.version !== kept.version) {
      const keys = merged(kept.keys, await this.#open(remote.body));
      Object.assign(kept, { keys, version: remote.version });
      await this.#keep.write({ [RING]: kept });
    }
    return { version: kept.version, keys: kept.keys[talk] ?? {} };
  }

  /** Takes new keys to the node. Where another browser was quicker, its keys are taken along. */
  async push(): Promise<void> {
    const key = await this.#keep.read<string>(KEY);
    for (let time = 0; key !== undefined && time < TRIES; time += 1) {
      const kept = await this.#kept();
      if (!kept.fresh) return;
      const remote = await this.#node.keys();
      const keys = fitting(merged(kept.keys, await this.#open(remote.body)));
      const iv = randomBytes(NONCE);
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: ABOUT }, await aes(key), utf8(JSON.stringify(keys)));
      try {
        const version = await this.#node.keepKeys(this.#device, remote.version, toBase64url(concat(iv, new Uint8Array(sealed))));
        return await this.#keep.write({ [RING]: { keys, version, fresh: false } });
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== "keys_moved") throw error;
      }
    }
  }

  async #kept(): Promise<Kept> {
    return (await this.#keep.read<Kept>(RING)) ?? { keys: {}, version: 0, fresh: false };
  }

  /** What is on the node's ring; nothing where it cannot be opened, as after an identity was taken back. */
  async #open(body: string): Promise<Keys> {
    const key = await this.#keep.read<string>(KEY);
    if (key === undefined || body === "") return {};
    const bytes = fromBase64url(body);
    const parameters = { name: "AES-GCM", iv: bytes.slice(0, NONCE), additionalData: ABOUT };
    return crypto.subtle.decrypt(parameters, await aes(key), bytes.slice(NONCE)).then((plain) => JSON.parse(fromUtf8(new Uint8Array(plain))) as Keys, () => ({}));
  }
}

const aes = (key: string): Promise<CryptoKey> => crypto.subtle.importKey("raw", fromBase64url(key), "AES-GCM", false, ["encrypt", "decrypt"]);

function merged(one: Keys, other: Keys): Keys {
  const talks = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...talks].map((talk) => [talk, { ...one[talk], ...other[talk] }]));
}

/** The ring, without the oldest keys of the conversation that has most, until it is small enough. */
function fitting(keys: Keys): Keys {
  const left = structuredClone(keys);
  while (JSON.stringify(left).length > MOST_BYTES) {
    const [talk] = Object.entries(left).sort(([, a], [, b]) => Object.keys(b).length - Object.keys(a).length)[0] ?? [];
    const oldest = Object.keys(left[talk ?? ""] ?? {}).sort((a, b) => Number(a) - Number(b)).slice(0, 50);
    if (talk === undefined || oldest.length === 0) return {};
    for (const epoch of oldest) delete left[talk]?.[epoch];
  }
  return left;
}
