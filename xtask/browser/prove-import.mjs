// A group brings its history along: exports of Mattermost and Slack, made from a plan, are previewed, brought in, and brought in again by
// the command line, and every message is compared with the plan. Wants a node that nobody has used, and XDG_CONFIG_HOME.
// Usage: prove-import.mjs BASE FOUNDING-LINK PROGRAM FOLDER

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { start } from "./chromium.mjs";
import { expected, plan } from "./imports/plan.mjs";
import * as mattermost from "./imports/mattermost.mjs";
import * as slack from "./imports/slack.mjs";
import { proof } from "./proof.mjs";
import { fill, look, open, press, sees, visit } from "./story/cast.mjs";
import { foundCircle } from "./story/founding.mjs";

const [base, link, program, folder] = process.argv.slice(2);
const stage = { base, pictures: folder, browser: await start(), seen: new Set(), complaints: [] };
const { holds, whole } = proof(stage);

/** Runs the program. `heard` is told each line. */
function run(words, heard = () => {}) {
  return new Promise((done, failed) => {
    const child = spawn(program, words, { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    child.stdout.on("data", (bytes) => {
      said += bytes;
      heard(said);
    });
    child.on("error", failed);
    child.on("close", (status) => done({ status, said }));
  });
}

/** Signs the command line in as Ada, who confirms it in her browser. */
async function login(ada) {
  let shown = false;
  const done = run(["login", "--club", base], async (said) => {
    const address = /http\S+\/devices\/approve\?code=\S+/.exec(said);
    if (!address || shown) return;
    shown = true;
    await open(ada, address[0].slice(base.length));
    await press(ada, "Approve");
  });
  assert.equal((await done).status, 0);
  return JSON.parse(readFileSync(join(process.env.XDG_CONFIG_HOME, "planet/login.json"), "utf8")).token;
}

/** Asks the club, as any program would. */
async function ask(token, path, body) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const answer = await fetch(`${base}/api/v1/${path}`, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
  const read = await answer.json();
  assert.equal(answer.status, 200, `${path}: ${JSON.stringify(read)}`);
  return read;
}

/** All messages of a channel. */
async function messages(token, group, channel) {
  const all = [];
  for (let from = 1; ; from += 50) {
    const page = await ask(token, `chat/room?group=${group}&channel=${channel}&from=${from}`);
    all.push(...page.messages);
    if (page.messages.length < 50) return all;
  }
}

const asPlanned = ({ name, sent, text, thread, edited, gone, pinned, reactions }) => ({
  name, sent, text, thread, edited, gone, pinned, signs: reactions.map(({ sign, count }) => `${sign} ${count}`).sort(),
});

/** Holds every channel of a group against the plan. Answers what was read. */
async function compare(token, group, talk, title, names, members) {
  const read = {};
  for (const channel of talk.channels) {
    const there = await messages(token, group, channel.name);
    read[channel.name] = there;
    channel.messages.forEach((message, n) => (message.seq = n + 1));
    holds(`#${channel.name} of ${group} has all messages and no other`, () => assert.equal(there.length, channel.messages.length));
    channel.messages.forEach((message, n) => {
      const wanted = expected(message, title, names, members);
      holds(`${group} #${channel.name} ${n + 1}`, () => assert.deepEqual(there[n] && asPlanned(there[n]), wanted));
    });
  }
  return read;
}

/** One program's export, from the preview to the second time. */
async function bring({ ada, token, group, source, title, kind, talk, file }) {
  const names = kind.names(talk.users);
  kind.write(talk, file);
  const all = ["import", source, file, "--group", group];
  const preview = await run(all);
  const count = talk.channels.reduce((sum, { messages }) => sum + messages.length, 0);
  const answers = talk.channels.flatMap(({ messages }) => messages).filter(({ root }) => root).length;
  holds("the preview counts what there is", () => {
    assert.equal(preview.status, 0);
    assert.match(preview.said, new RegExp(`${talk.channels.length} channels, ${count - answers} messages, ${answers} answers in`));
    assert.match(preview.said, /1 messages between two or a few stay where they are/);
    assert.match(preview.said, /nothing was written/);
  });
  const before = await ask(token, `chat/history?group=${group}`);
  holds("a preview writes nothing", () => assert.deepEqual([before.channels, before.people], [[], []]));
  const me = before.members.find(({ handle }) => handle === ada.handle);
  const apply = [...all, "--match", `${talk.users[0].handle}=${me.handle}`, "--apply"];
  const first = await run(apply);
  holds("it is brought in", () => assert.equal(first.status, 0, first.said));
  const members = { [talk.users[0].handle]: me };
  const read = await compare(token, group, talk, title, names, members);
  const again = await run(apply);
  holds("the second time there is nothing new", () => {
    assert.equal(again.status, 0, again.said);
    assert.equal(again.said.split("nothing new").length - 1, talk.channels.length);
  });
  for (const [name, there] of Object.entries(read)) {
    const later = await messages(token, group, name);
    holds(`#${name} is as it was`, () => assert.deepEqual(later, there));
  }
  const found = await ask(token, `chat/search?group=${group}&q=xyzzy`);
  holds("what was said between two did not come along", () => assert.equal(found.length, 0));
  const inbox = await ask(token, "chat/inbox");
  holds("what was said before is no news", () => assert.equal(inbox.filter(({ handle, unread }) => handle === group && unread > 0).length, 0));
  return preview.said;
}

async function prove() {
  const ada = await foundCircle(stage, link);
  const token = await login(ada);
  const made = {};
  for (const [name, visibility] of [["Garden", "restricted"], ["Kitchen", "restricted"], ["Market", "open"]]) {
    const create = { name, purpose: "Together.", mode: "chat", open: true, visibility };
    made[name] = (await ask(token, "groups/create", create)).output.handle;
  }
  ada.handle = (await ask(token, `chat/history?group=${made.Garden}`)).members[0].handle;
  await visit(ada, `/groups/${made.Garden}/chat/history`, "chat-history-empty");
  const sizes = { "town-square": { size: 2_500 }, garden: { size: 700 }, board: { size: 200, closed: true }, "off-topic": { size: 60 } };
  const talk = plan(1, sizes);
  const file = join(folder, "export.jsonl");
  const said = await bring({ ada, token, group: made.Garden, source: "mattermost", title: "Mattermost", kind: mattermost, talk, file });
  holds("broken lines are told with their numbers", () => assert.match(said, /3 lines cannot be read:\n {2}line \d+: missing field `create_at`/));
  const open = await run(["import", "mattermost", file, "--group", made.Market, "--apply"]);
  const market = await ask(token, `chat/history?group=${made.Market}`);
  holds("what only the invited could read is not shown to everybody", () => {
    assert.equal(open.status, 0, open.said);
    assert.deepEqual(market.channels.map(({ name }) => name).sort(), ["garden", "off-topic", "town-square"]);
  });
  const other = plan(2, { general: { size: 500 }, "kitchen-table": { size: 150, closed: true } });
  await bring({ ada, token, group: made.Kitchen, source: "slack", title: "Slack", kind: slack, talk: other, file: join(folder, "slack.zip") });
  await visit(ada, `/groups/${made.Garden}/chat?c=town-square`, "chat-brought");
  await visit(ada, `/groups/${made.Garden}/chat/history`, "chat-history");
  await sees(ada, "Channels that came along");
  await fill(ada, /^Which member of the group is that/, "nobody");
  await press(ada, "That is who it is");
  await sees(ada, "There is nobody of that handle in this group.");
  await look(ada, "chat-history-wrong");
  holds("no page complains", () => assert.deepEqual(stage.complaints.filter((it) => !/422/.test(it)), []));
}

await whole(prove);
