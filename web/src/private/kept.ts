//! What this browser keeps of private conversations: everything is locked with a key that can be used here and read by nobody, and what
//! belongs together is written together. Clearing the browser empties it.

import { concat, fromUtf8, randomBytes, utf8, type Bytes } from "../lib/bytes.ts";

/** A place to keep things by name. Nothing is kept under a name that gets `undefined`. */
export interface Keep {
  read<T>(name: string): Promise<T | undefined>;
  /** All or nothing. */
  write(changes: { [name: string]: unknown }): Promise<void>;
  /** All names that begin so, in order. */
  names(start: string): Promise<string[]>;
}

const DATABASE = "planet-private";
const [LOCKER, SEALED] = ["locker", "sealed"];
const NONCE = 12;

/** The browser's own database, for one member. */
export class Locked implements Keep {
  readonly #owner: string;
  readonly #opened: Promise<{ database: IDBDatabase; key: CryptoKey }>;

  constructor(owner: string) {
    this.#owner = owner;
    this.#opened = open();
  }

  async read<T>(name: string): Promise<T | undefined> {
    const { database, key } = await this.#opened;
    const full = `${this.#owner}/${name}`;
    const sealed = await done<Bytes | undefined>(database.transaction(SEALED).objectStore(SEALED).get(full));
    if (sealed === undefined) return undefined;
    const parameters = { name: "AES-GCM", iv: sealed.slice(0, NONCE), additionalData: utf8(full) };
    return JSON.parse(fromUtf8(new Uint8Array(await crypto.subtle.decrypt(parameters, key, sealed.slice(NONCE))))) as T;
  }

  async write(changes: { [name: string]: unknown }): Promise<void> {
    const { database, key } = await this.#opened;
    const sealed = await Promise.all(Object.entries(changes).map(async ([name, value]): Promise<[string, Bytes | undefined]> => {
      const full = `${this.#owner}/${name}`;
      if (value === undefined) return [full, undefined];
      const nonce = randomBytes(NONCE);
      const parameters = { name: "AES-GCM", iv: nonce, additionalData: utf8(full) };
      return [full, concat(nonce, new Uint8Array(await crypto.subtle.encrypt(parameters, key, utf8(JSON.stringify(value)))))];
    }));
    // No waiting for anything else in between: a transaction ends by itself when nothing is asked of it.
    const transaction = database.transaction(SEALED, "readwrite", { durability: "strict" });
    const store = transaction.objectStore(SEALED);
    for (const [full, bytes] of sealed) bytes === undefined ? store.delete(full) : store.put(bytes, full);
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
  }

  async names(start: string): Promise<string[]> {
    const { database } = await this.#opened;
    const full = `${this.#owner}/${start}`;
    const found = await done(database.transaction(SEALED).objectStore(SEALED).getAllKeys(IDBKeyRange.bound(full, `${full}\uffff`)));
    return found.map((name) => String(name).slice(this.#owner.length + 1));
  }
}

async function open(): Promise<{ database: IDBDatabase; key: CryptoKey }> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => {
    for (const store of [LOCKER, SEALED]) opening.result.createObjectStore(store);
  };
  const database = await done(opening);
  database.onversionchange = () => database.close();
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const store = database.transaction(LOCKER, "readwrite").objectStore(LOCKER);
  // Two pages that open at once: the first key stays.
  await done(store.add(made, "key")).catch(() => undefined);
  const key = await done<CryptoKey>(database.transaction(LOCKER).objectStore(LOCKER).get("key"));
  return { database, key };
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = (event) => {
      event.preventDefault();
      reject(request.error);
    };
  });
