// Writes a plan as an export of Slack: a folder of JSON files for each channel and day, zipped by Python, with messages between two that
// must not come along.

import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { written } from "./plan.mjs";

const plain = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function way(piece) {
  if (piece.mention) return `<@${piece.mention.id}>`;
  if (piece.everybody) return "<!channel>";
  if (piece.bold) return `*${piece.bold}*`;
  if (piece.link) return `<${plain(piece.link[0])}|${piece.link[1]}>`;
  return piece.emoji ? `:${piece.emoji[0]}:` : plain(piece.word);
}

/** Seconds, a point, six digits. */
const ts = (at) => `${Math.floor(at / 1000)}.${String(at % 1000).padStart(3, "0")}000`;

function entry(message) {
  if (message.gone) return { type: "message", subtype: "tombstone", user: message.user.id, text: "This message was deleted.", ts: ts(message.at), hidden: true };
  return {
    type: "message", user: message.user.id, text: written(message, way), ts: ts(message.at),
    ...(message.root && { thread_ts: ts(message.root.at) }),
    ...(message.edited && { edited: { user: message.user.id, ts: ts(message.edited) } }),
    ...(message.pinned && { pinned_to: ["C0"] }),
    ...(message.file && { files: [{ id: "F1", name: message.file, mimetype: "application/pdf" }] }),
    reactions: message.signs.map(({ emoji, by }) => ({ name: emoji[0], users: by.map(({ id }) => id), count: by.length })),
  };
}

/** The two names that somebody has. Where two are called the same, the handle stands with it. */
export const names = (users) => ({
  shown: ({ name, handle }) => (users.filter((other) => other.name === name).length > 1 ? `${name}, ${handle}` : name),
  mention: ({ handle }) => handle,
});

/** Writes the zip. */
export function write({ users, channels }, file) {
  const folder = `${file}.d`;
  rmSync(folder, { recursive: true, force: true });
  rmSync(file, { force: true });
  const put = (name, value) => writeFileSync(join(folder, name), JSON.stringify(value, null, 2));
  const id = ({ name, closed }) => `${closed ? "G" : "C"}-${name}`;
  mkdirSync(join(folder, "D01"), { recursive: true });
  put("users.json", users.map(({ id, handle, name }) => ({ id, name: handle, deleted: false, profile: { real_name: name, display_name: "", email: `${handle}@coop.example` } })));
  put("channels.json", channels.filter(({ closed }) => !closed).map((channel) => ({ id: id(channel), name: channel.name })));
  put("groups.json", channels.filter(({ closed }) => closed).map((channel) => ({ id: id(channel), name: channel.name })));
  put("dms.json", [{ id: "D01", members: [users[0].id, users[1].id] }]);
  put("D01/2020-09-13.json", [{ type: "message", user: users[0].id, text: "xyzzy between two", ts: "1600000000.000000" }]);
  for (const { name, messages } of channels) {
    mkdirSync(join(folder, name));
    const days = new Map();
    for (const message of messages) {
      const day = new Date(message.at).toISOString().slice(0, 10);
      days.set(day, [...(days.get(day) ?? []), message]);
    }
    for (const [day, some] of days) {
      put(`${name}/${day}.json`, [{ type: "message", subtype: "channel_join", user: users[0].id, text: "joined", ts: ts(some[0].at - 1) }, ...some.map(entry)]);
    }
  }
  execFileSync("python3", ["-m", "zipfile", "-c", file, ...channels.map(({ name }) => join(folder, name)), ...["users", "channels", "groups", "dms"].map((name) => join(folder, `${name}.json`)), join(folder, "D01")]);
}
