//! The archive's copy of a message, for further browsers of those who could read it: the payload and its sender's credential, locked with a
//! key that everybody in the epoch derives alike (RFC 9420, section 8.5). The format is docs/protocols/private.md, section 9.

import { mlsExporter, type ClientState } from "ts-mls";
import { concat, fromBase64url, fromUtf8, randomBytes, toBase64url, utf8, type Bytes } from "../lib/bytes.ts";
import { uuidBytes } from "./chain.ts";
import { suite } from "./suite.ts";

const NONCE = 12;
const LINE = 0x0a;

/** The archive's key of the epoch in which a conversation is, base64url. */
export async function archiveKey(talk: string, { keySchedule }: ClientState): Promise<string> {
  return toBase64url(await mlsExporter(keySchedule.exporterSecret, "planet/archive", uuidBytes(talk), 32, await suite()));
}

const aes = (key: string): Promise<CryptoKey> => crypto.subtle.importKey("raw", fromBase64url(key), "AES-GCM", false, ["encrypt", "decrypt"]);

const about = (talk: string, epoch: number, id: string): Bytes => utf8(`planet private archive v1\n${talk}\n${epoch}\n${id}\n`);

/** Locks a payload with its sender's credential. */
export async function seal(key: string, talk: string, { epoch, id }: { epoch: number; id: string }, credential: string, payload: Bytes): Promise<string> {
  const iv = randomBytes(NONCE);
  const inside = concat(utf8(`${credential}\n`), payload);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: about(talk, epoch, id) }, await aes(key), inside);
  return toBase64url(concat(iv, new Uint8Array(sealed)));
}

/** Opens a copy; nothing where the key is another or it was changed. */
export async function open(key: string, talk: string, { epoch, id }: { epoch: number; id: string }, copy: string): Promise<{ credential: string; payload: Bytes } | undefined> {
  try {
    const bytes = fromBase64url(copy);
    const parameters = { name: "AES-GCM", iv: bytes.slice(0, NONCE), additionalData: about(talk, epoch, id) };
    const inside = new Uint8Array(await crypto.subtle.decrypt(parameters, await aes(key), bytes.slice(NONCE)));
    const end = inside.indexOf(LINE);
    return { credential: fromUtf8(inside.slice(0, end)), payload: inside.slice(end + 1) };
  } catch {
    return undefined;
  }
}
