//! What was said before this device came in, out of the archive, as far as other browsers of the member could read it.

import { hexToBytes } from "@noble/curves/utils.js";
import { open } from "./archive.ts";
import { follows, NOTHING_BEFORE } from "./chain.ts";
import { read } from "./credential.ts";
import type { Entry } from "./delivery.ts";
import * as payloads from "./payload.ts";
import { meetSender } from "./people.ts";
import { suite } from "./suite.ts";
import type { Said, Talk } from "./talk.ts";
import { save, type Tools } from "./tools.ts";

/** Reads what was said before this device came in, as far as other browsers of the member could. */
export async function history(tools: Tools, id: string, talk: Talk): Promise<void> {
  if (talk.joined === undefined) return;
  const { version, keys } = await tools.ring.pull(id);
  if (version === (talk.archived ?? 0)) return;
  const [end, hash] = talk.joined;
  const said: Said[] = [];
  let [position, head] = [0, NOTHING_BEFORE];
  while (position < end) {
    const entries = (await tools.node.log(id, position)).filter((entry) => entry.position <= end);
    for (const entry of entries) {
      // What was before must lead to where this device came in, or nothing of it is shown.
      if (!(await follows(id, entry, position, head))) return;
      [position, head] = [entry.position, entry.hash];
      said.push(...(await archived(tools, id, entry, keys[entry.epoch])));
    }
    if (entries.length === 0) return;
  }
  if (head !== hash) return;
  talk.archived = version;
  await save(tools, id, talk, ...said);
}

/** A message out of the archive. Without a key it was said before the member came in, and is none of theirs. */
async function archived(tools: Tools, id: string, entry: Entry, key: string | undefined): Promise<Said[]> {
  if (entry.commit || key === undefined) return [];
  const line = { position: entry.position, id: entry.id, sent: entry.sent / 1000 };
  const opened = entry.archive === null ? undefined : await open(key, id, entry, entry.archive);
  const credential = opened && read(opened.credential);
  const { signature } = await suite();
  const keyOf = (device: string): Uint8Array | undefined => (credential?.device === device ? hexToBytes(credential.key) : undefined);
  const said = opened && (await payloads.read(id, opened.payload, keyOf, (by, text, proof) => signature.verify(by, text, proof)));
  const proven = said !== undefined && credential !== undefined && (await tools.checker.holds(credential, hexToBytes(credential.key)));
  if (!proven || said.id !== entry.id || said.device !== entry.device || said.epoch !== entry.epoch) return [{ ...line, kind: "unreadable", did: "", text: "" }];
  await meetSender(tools.keep, entry, credential.did);
  return [{ ...line, kind: "said", did: credential.did, text: said.text }];
}
