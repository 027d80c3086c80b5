// Private conversations in real browsers: three people on five of them write to each other, one is taken out, and what is said then can
// be read by the others and not by who is out, though they have kept all that their browser kept and are handed all that the node has.
// Usage: prove-private.mjs BASE FOUNDING-LINK CANARY CONTROL PICTURES WEB

import assert from "node:assert/strict";
import { mkdtemp } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { start } from "./chromium.mjs";
import { large } from "./private-large.mjs";
import { proof } from "./proof.mjs";
import { at, choose, enter, fill, follow, look, open, press, sees, tick, told } from "./story/cast.mjs";
import { found } from "./story/founding.mjs";
import { bring } from "./story/joining.mjs";

const [base, link, canary, control, pictures, web] = process.argv.slice(2);
const stage = { base, pictures, browser: await start(), seen: new Set(), complaints: [] };
const { shows, whole } = proof(stage);

/** A second browser of somebody, by a link. */
async function second(who, device) {
  await open(who, "/devices");
  await press(who, "Make a link for another device");
  const link = await who.page.locator("code.secret").innerText();
  const other = await enter(stage, `${who.name}’s ${device}`, device);
  await open(other, link);
  await press(other, "Use this device");
  await at(other, "/");
  return other;
}

/** Sets a browser up for private messages. */
async function ready(who, name) {
  await open(who, "/messages");
  await fill(who, "A name for this browser", name);
  await press(who, "Set it up");
  await who.page.locator("[data-set-up]").waitFor({ state: "hidden" });
}

/** The place where a conversation is shown, once this browser is in it. */
const within = (who) => who.page.locator("[data-talk][data-is=in]").waitFor();

async function say(who, text) {
  await fill(who, "Your message", text);
  await press(who, "Send");
  await hears(who, text);
}

const hears = (who, text) => sees(who, who.page.locator(".private-line", { hasText: text }));

/** Invites Ben into a group, and he comes in. */
async function comeIn(ben, ada, handle, name) {
  await open(ada, `/groups/${handle}`);
  await choose(ada, "Whom?", "Ben", /^Ben Yilmaz/);
  await press(ada, "Invite somebody");
  await told(ada, "They are invited.");
  await open(ben, "/waiting");
  await follow(ben, name);
  await press(ben, "Join");
  await told(ben, "You are in.");
}

/** What a browser has kept of a conversation, which only it can open. */
const kept = (who, talk) => who.page.evaluate(async (talk) => {
  const done = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
  const database = await done(indexedDB.open("planet-private"));
  const key = await done(database.transaction("locker").objectStore("locker").get("key"));
  const store = database.transaction("sealed").objectStore("sealed");
  const name = (await done(store.getAllKeys())).find((name) => name.endsWith(`/talk/${talk}`));
  const sealed = await done(database.transaction("sealed").objectStore("sealed").get(name));
  const parameters = { name: "AES-GCM", iv: sealed.slice(0, 12), additionalData: new TextEncoder().encode(name) };
  const plain = await crypto.subtle.decrypt(parameters, key, sealed.slice(12));
  const extractable = key.extractable;
  database.close();
  return { extractable, ...JSON.parse(new TextDecoder().decode(plain)) };
}, talk);

/** The log of a conversation as the node hands it to somebody. */
const log = (who, talk) => who.page.evaluate(async (talk) => (await fetch(`/api/v1/private/log?conversation=${talk}`)).json(), talk);

/** The pages' own program for reading, for Node. */
async function reader() {
  const from = createRequire(join(web, "package.json"));
  const out = join(await mkdtemp(join(tmpdir(), "planet-private-")), "reader.mjs");
  const contents = `
    import { processPrivateMessage, decodeMlsMessage, emptyPskIndex } from "ts-mls";
    import { behaviour, suite } from "./src/private/suite.ts";
    import { unpackState } from "./src/private/talk.ts";
    import { archiveKey, open } from "./src/private/archive.ts";
    import { fromBase64url } from "./src/lib/bytes.ts";
    /** Tries the keys of a state on entries, and gives what could be read. */
    export async function read(talk, kept, entries) {
      const [said, archived] = [[], []];
      let state = unpackState(kept, behaviour({ validateCredential: () => Promise.resolve(true) }));
      for (const entry of entries) {
        const copy = entry.archive && (await open(await archiveKey(talk, state), talk, entry, entry.archive));
        if (copy) archived.push(JSON.parse(new TextDecoder().decode(copy.payload)).text);
        const { privateMessage } = decodeMlsMessage(fromBase64url(entry.body), 0)[0];
        const done = await processPrivateMessage(state, privateMessage, emptyPskIndex, await suite()).catch(() => undefined);
        if (done !== undefined) state = done.newState;
        if (done?.kind === "applicationMessage") said.push(JSON.parse(new TextDecoder().decode(done.message)).text);
      }
      return { said, archived, out: state.groupActiveState.kind };
    }`;
  await from("esbuild").build({ stdin: { contents, resolveDir: web, loader: "ts" }, bundle: true, format: "esm", platform: "node", outfile: out, logLevel: "warning" });
  return import(pathToFileURL(out).href);
}

async function prove() {
  const ada = await found({ ...stage, pictures: "" }, link);
  ada.stage = stage;
  const [ben, cleo] = await bring(stage, ada, ["Ben Yilmaz", "Cleo Martin"]);
  const [phone, laptop] = [await second(ada, "phone"), await second(ben, "desktop")];
  const all = [ada, phone, ben, laptop, cleo];
  let talk;
  await shows("an empty page teaches, and five browsers are set up", async () => {
    await open(ada, "/messages");
    await sees(ada, "Write to somebody");
    await look(ada, "private-empty");
    for (const who of all) await ready(who, `${who.name}’s browser`);
    await open(ben, "/messages/browsers");
    await look(ben, "private-browsers");
  });
  await shows("Ada begins a conversation of three", async () => {
    await open(ada, "/messages");
    await choose(ada, "With whom?", "Ben", /^Ben/);
    await ada.page.locator("summary", { hasText: "With several people" }).click();
    await choose(ada, /^And with whom else/, "Cleo", /^Cleo/);
    await press(ada, "Begin");
    await at(ada, /^\/messages\/[\da-f-]{36}$/);
    talk = new URL(ada.page.url()).pathname.split("/").at(-1);
    await ada.page.locator("[data-talk]").waitFor();
    await look(ada, "private-begun");
    await say(ada, `${canary} one`);
  });
  await shows("all five read it, and what each of them answers, without loading the page again", async () => {
    for (const who of all) {
      await open(who, `/messages/${talk}`);
      await within(who);
      await hears(who, `${canary} one`);
    }
    for (const [who, text] of [[ben, "two"], [cleo, "three"], [phone, "four"], [laptop, "five"]]) await say(who, `${canary} ${text}`);
    for (const who of all) for (const text of ["two", "three", "four", "five"]) await hears(who, `${canary} ${text}`);
    await look(ben, "private-talk");
    await open(cleo, "/messages");
    await look(cleo, "private-list");
    await open(cleo, `/messages/${talk}`);
    await within(cleo);
  });
  let states;
  await shows("Ada takes Cleo out, and the others go on", async () => {
    states = { out: await kept(cleo, talk), within: await kept(laptop, talk) };
    await laptop.page.goto("about:blank");
    await cleo.page.goto("about:blank");
    await ada.page.locator("summary", { hasText: "Who takes part" }).click();
    await press(ada, "Take Cleo Martin out");
    await told(ada, "They read nothing that is said from now on.");
    await sees(ada, "Cleo Martin is out. They read nothing that is said from here on.");
    await say(ada, `${canary} six`);
    await hears(ben, `${canary} six`);
    await look(ada, "private-after");
  });
  await shows("Cleo is handed nothing any more", async () => {
    await open(cleo, `/messages/${talk}`, 404);
    await look(cleo, "private-out");
    assert.equal((await log(cleo, talk)).code ?? (await log(cleo, talk)).error?.code, "conversation_unknown");
  });
  await shows("her browser's keys open nothing of what came after, even on the bytes out of the node; the same try with Ben's does", async () => {
    const { read } = await reader();
    const entries = await log(ada, talk);
    const after = entries.filter(({ position }) => position > states.out.position);
    assert.ok(after.length >= 2 && after.some(({ commit }) => commit) && after.some(({ commit }) => !commit));
    assert.ok(after.every(({ commit, archive }) => commit || archive !== null));
    assert.deepEqual(await read(talk, states.out.state, after), { said: [], archived: [], out: "removedFromGroup" });
    const bens = await read(talk, states.within.state, entries.filter(({ position }) => position > states.within.position));
    assert.deepEqual(bens, { said: [`${canary} six`], archived: [`${canary} six`], out: "active" });
  });
  await shows("what a browser keeps is locked with a key that nobody can take out of it", async () => {
    assert.equal(states.out.extractable, false);
    await open(laptop, `/messages/${talk}`);
    await hears(laptop, `${canary} six`);
  });
  await shows("a browser that Ben sets up later reads what was said before it came", async () => {
    const tablet = await second(ben, "phone");
    await ready(tablet, "Ben’s tablet");
    await open(tablet, `/messages/${talk}`);
    await open(ada, `/messages/${talk}`);
    await within(ada);
    await say(ada, `${canary} welcome`);
    for (const text of ["one", "two", "three", "four", "five", "six", "welcome"]) await hears(tablet, `${canary} ${text}`);
    await look(tablet, "private-history");
    await tablet.context.close();
  });
  await shows("a private group has its conversation, of its members and nobody else", async () => {
    await open(ada, "/groups/new");
    await fill(ada, "Name", "Quiet ones");
    await tick(ada, /^Its members, sealed/);
    await press(ada, "Save");
    await told(ada, "The group is there.");
    await look(ada, "private-group");
    await comeIn(ben, ada, "quiet-ones", "Quiet ones");
    await open(ada, "/groups/quiet-ones");
    await follow(ada, "Private conversation");
    await press(ada, "Open the conversation");
    await at(ada, /^\/messages\/[\da-f-]{36}$/);
    await say(ada, `${canary} in the group`);
    await open(ben, "/messages/group/quiet-ones");
    await hears(ben, `${canary} in the group`);
    await open(cleo, new URL(ada.page.url()).pathname, 404);
  });
  await shows("two write to each other, and both see the same safety numbers", async () => {
    await open(ada, "/messages");
    await choose(ada, "With whom?", "Ben", /^Ben/);
    await press(ada, "Begin");
    await at(ada, /^\/messages\/[\da-f-]{36}$/);
    await say(ada, `${canary} between us`);
    const two = new URL(ada.page.url()).pathname;
    await open(ben, two);
    await hears(ben, `${canary} between us`);
    const numbers = [];
    for (const who of [ada, ben]) {
      await who.page.locator("summary", { hasText: "Who takes part" }).click();
      numbers.push(await who.page.locator("[data-numbers]").innerText());
    }
    assert.match(numbers[0], /^(\d{5} ){11}\d{5}$/);
    assert.equal(numbers[0], numbers[1]);
    await look(ben, "private-safety");
  });
  await shows("a browser that is taken out of use reads nothing more", async () => {
    await open(ada, "/messages/browsers");
    await ada.page.locator("summary", { hasText: "phone’s browser" }).click();
    await press(ada, "Take it out of use");
    await told(ada, "It is out of use.");
    await open(ada, `/messages/${talk}`);
    await within(ada);
    await say(ada, `${canary} seven`);
    await open(phone, `/messages/${talk}`);
    await sees(phone, "Read private messages in this browser");
    assert.equal(await phone.page.getByText(`${canary} seven`).count(), 0);
  });
  await shows("without script a page says why", async () => {
    const cookies = await ada.context.storageState();
    const plain = await enter(stage, "Ada without script", "phone", { javaScriptEnabled: false, storageState: cookies });
    await open(plain, `/messages/${talk}`);
    // What is seen: locators do not look into what is there for want of script.
    assert.match(await plain.page.locator("body").innerText(), /This page needs script/);
    await plain.page.screenshot({ path: join(pictures, "private-no-script.jpg"), type: "jpeg" });
    await plain.context.close();
  });
  await shows("a restricted channel says something that the node can read", async () => {
    await open(ada, "/groups/new");
    await fill(ada, "Name", "Bakers");
    await press(ada, "Save");
    await told(ada, "The group is there.");
    await open(ada, "/groups/bakers/chat");
    await fill(ada, /^Say something in #/, `${control} bread`);
    await press(ada, "Send");
    await sees(ada, ada.page.locator(".chat-message", { hasText: control }));
  });
}

await whole(async () => {
  await prove();
  const { adding, joining } = await large(stage, web);
  console.log(`letting one more into a conversation of 200 takes ${adding.toFixed(0)} ms; coming in takes ${joining.toFixed(0)} ms, and 201 logs to fetch`);
  // Who is out asks once more and is told that there is no such thing; the browser calls that an error.
  const refused = (complaint) => /^(Cleo|Ada’s phone), .*\b404\b/.test(complaint);
  await shows("no page complains", () => assert.deepEqual(stage.complaints.filter((complaint) => !refused(complaint)), []));
});
