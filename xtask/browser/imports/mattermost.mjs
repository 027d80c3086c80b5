// Writes a plan as a bulk export of Mattermost: one object in each line, in the documented order, with types that a club has no use for,
// a few broken lines, and messages between two that must not come along.

import { writeFileSync } from "node:fs";
import { written } from "./plan.mjs";

function way(piece) {
  if (piece.mention) return `@${piece.mention.handle}`;
  if (piece.everybody) return "@channel";
  if (piece.bold) return `**${piece.bold}**`;
  if (piece.link) return `[${piece.link[1]}](${piece.link[0]})`;
  return piece.emoji ? `:${piece.emoji[0]}:` : piece.word;
}

function post(message) {
  return {
    user: message.user.handle,
    message: written(message, way),
    create_at: message.at,
    ...(message.edited && { edit_at: message.edited }),
    ...(message.gone && { delete_at: message.at + 1 }),
    ...(message.pinned && { is_pinned: true }),
    ...(message.file && { attachments: [{ path: `data/20200913/${message.file}` }] }),
    reactions: message.signs.flatMap(({ emoji, by }) => by.map((user) => ({ user: user.handle, emoji_name: emoji[0], create_at: message.at + 1 }))),
  };
}

/** What is broken in every export that is written here. */
export const BROKEN = ['{"type":"post","post":{"team":"coop","channel":"town-square","user":"x","message":"no time"}}', "{broken", '{"type":"post","post":{"team":"coop","channel":"nowhere","user":"x","message":"lost","create_at":1600000000000}}'];

/** The two names that somebody has. Where two are called the same, the handle stands with it. */
export const names = (users) => ({
  shown: ({ name, handle }) => (users.filter((other) => other.name === name).length > 1 ? `${name}, ${handle}` : name),
  mention: ({ handle }) => handle,
});

/** Writes the file. */
export function write({ users, channels }, file) {
  const team = "coop";
  const [first, ...others] = users.map(({ handle, name }) => {
    const [first_name, ...rest] = name.split(" ");
    return { type: "user", user: { username: handle, email: `${handle}@coop.example`, first_name, last_name: rest.join(" "), roles: "system_user", teams: [{ name: team, roles: "team_user", channels: [] }] } };
  });
  const lines = [
    { type: "version", version: 1, info: { generator: "mattermost-server", version: "9.11.0", created: "2026-11-27T00:00:00Z" } },
    { type: "scheme", scheme: { name: "coop", display_name: "Co-op", scope: "team" } },
    { type: "role", role: { name: "gardener" } },
    { type: "emoji", emoji: { name: "party_parrot", image: "exported_emoji/party_parrot.gif" } },
    { type: "team", team: { name: team, display_name: "The Co-op", type: "O", allow_open_invite: true } },
    ...channels.map(({ name, closed }) => ({ type: "channel", channel: { team, name, display_name: name, type: closed ? "P" : "O", header: "", purpose: "" } })),
    first, ...others,
    { type: "hologram", hologram: {} },
  ];
  for (const { name, messages } of channels) {
    for (const message of messages.filter(({ root }) => root === undefined)) {
      const replies = messages.filter(({ root }) => root === message).map(post);
      lines.push({ type: "post", post: { team, channel: name, ...post(message), replies } });
    }
    lines.push({ type: "post", post: { team, channel: name, user: users[0].handle, type: "system_join_channel", message: "joined", create_at: 1_600_000_000_000 } });
  }
  const direct = [
    { type: "direct_channel", direct_channel: { members: [users[0].handle, users[1].handle] } },
    { type: "direct_post", direct_post: { channel_members: [users[0].handle, users[1].handle], user: users[0].handle, message: "xyzzy between two", create_at: 1_600_000_000_000 } },
  ];
  writeFileSync(file, [...lines.map((line) => JSON.stringify(line)), ...BROKEN, ...direct.map((line) => JSON.stringify(line))].join("\n"));
}
