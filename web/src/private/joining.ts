//! How this device comes into a conversation that others have begun.

import { decodeMlsMessage, emptyPskIndex, joinGroup } from "ts-mls";
import { fromBase64url, toBase64url } from "../lib/bytes.ts";
import { link, uuidBytes } from "./chain.ts";
import { keptPackage } from "./device.ts";
import { suite } from "./suite.ts";
import { dids, type Talk } from "./talk.ts";
import { enter, fits, stop, type Tools } from "./tools.ts";

/** Comes in by the welcome that waits for this device, if one does. */
export async function join(tools: Tools, id: string, talk: Talk): Promise<void> {
  const welcome = (await tools.node.welcomes(tools.device.id)).find(({ conversation }) => conversation === id);
  const decoded = welcome && decodeMlsMessage(fromBase64url(welcome.body), 0)?.[0];
  if (welcome === undefined || decoded?.wireformat !== "mls_welcome") return;
  for (const { newMember } of decoded.welcome.secrets) {
    const mine = await keptPackage(tools.keep, tools.device, newMember);
    if (mine === undefined) continue;
    const state = await joinGroup(decoded.welcome, mine.publicPackage, mine.privatePackage, emptyPskIndex, await suite(), undefined, undefined, tools.config);
    const [entry] = await tools.node.log(id, welcome.position - 1);
    const sound = entry?.position === welcome.position && entry.commit && entry.hash === (await link(id, entry));
    const right = BigInt((entry?.epoch ?? 0) + 1) === state.groupContext.epoch && toBase64url(state.groupContext.groupId) === toBase64url(uuidBytes(id));
    if (!sound || !right || !fits(tools, talk, dids(state))) return stop(tools, id, talk, "broken");
    Object.assign(talk, { position: entry.position, head: entry.hash, chain: [[entry.position, entry.hash, entry.id]], joined: [entry.position, entry.hash] });
    await enter(tools, id, talk, state);
    await tools.keep.write({ [`talk/${id}`]: talk, ...(mine.last ? {} : { [mine.name]: undefined }) });
    break;
  }
  await tools.node.welcomed(tools.device.id, id, welcome.position);
}
