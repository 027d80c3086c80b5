//! The daily keys of this device, kept in the browser's own database. Not a vault: clearing the browser empties it.

import { concat, randomBytes, type Bytes } from "../lib/bytes.ts";
import { signingKey, type SigningKey } from "./keys.ts";

/** One kept key: an object that signs but cannot be read, or the secret locked with such an object. */
type Kept = { handle: CryptoKey; multikey: string } | { locker: CryptoKey; nonce: Bytes; sealed: Bytes };

const DATABASE = "planet";
const STORE = "device-keys";

/** Keeps a member's daily key. Where the browser refuses (private windows), nothing is lost: the vault has the key. */
export async function remember(did: string, secret: Bytes): Promise<void> {
  const kept = await prepare(secret);
  await run("readwrite", (store) => store.put(kept, did)).catch(() => undefined);
}

/** The daily key of a member on this device, if it is here. */
export async function recall(did: string): Promise<SigningKey | undefined> {
  const kept = await run<Kept | undefined>("readonly", (store) => store.get(did)).catch(() => undefined);
  if (kept === undefined) return undefined;
  if ("locker" in kept) {
    const parameters = { name: "AES-GCM", iv: kept.nonce };
    return signingKey(new Uint8Array(await crypto.subtle.decrypt(parameters, kept.locker, kept.sealed)));
  }
  const { handle, multikey } = kept;
  const sign = async (message: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.sign("Ed25519", handle, message));
  return { multikey, sign, handle };
}

/** Forgets every key on this device. */
export const forget = async (): Promise<void> => void (await run("readwrite", (store) => store.clear()).catch(() => undefined));

async function prepare(secret: Bytes): Promise<Kept> {
  const { handle, multikey } = await signingKey(secret);
  if (handle !== undefined) return { handle, multikey };
  const locker = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const nonce = randomBytes(12);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, locker, secret);
  return { locker, nonce, sealed: concat(new Uint8Array(sealed)) };
}

function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(STORE, mode);
      const asked = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(asked.result as T);
      transaction.onabort = () => reject(transaction.error);
      database.onversionchange = () => database.close();
    };
  });
}
