//! Private conversations between several browsers and a node that may lie: what is said arrives, and what was tampered with is noticed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { processPrivateMessage, decodeMlsMessage, emptyPskIndex } from "ts-mls";
import { fromBase64url } from "../src/lib/bytes.ts";
import { genesis } from "../src/identity/did.ts";
import { deviceSecret, signingKey, type SigningKey } from "../src/identity/keys.ts";
import { readLog } from "../src/identity/log.ts";
import { Refusal } from "../src/lib/http.ts";
import { link, NOTHING_BEFORE } from "../src/private/chain.ts";
import { safetyNumber } from "../src/private/people.ts";
import { behaviour, suite } from "../src/private/suite.ts";
import { giveKey, Ring } from "../src/private/ring.ts";
import { Talks } from "../src/private/talks.ts";
import { unpackState, type Talk } from "../src/private/talk.ts";
import type { Committing, Delivery, Entry, OwnDevice, Sending, Sent, TalkView, Welcome } from "../src/private/delivery.ts";
import { present, setUp, type Device } from "../src/private/device.ts";
import type { Keep } from "../src/private/kept.ts";

/** What a browser keeps, in memory. */
class Memory implements Keep {
  readonly all = new Map<string, string>();
  read<T>(name: string): Promise<T | undefined> {
    const text = this.all.get(name);
    return Promise.resolve(text === undefined ? undefined : (JSON.parse(text) as T));
  }
  write(changes: { [name: string]: unknown }): Promise<void> {
    for (const [name, value] of Object.entries(changes)) value === undefined ? this.all.delete(name) : this.all.set(name, JSON.stringify(value));
    return Promise.resolve();
  }
  names = (start: string): Promise<string[]> => Promise.resolve([...this.all.keys()].filter((name) => name.startsWith(start)).sort());
}

interface Member {
  id: string;
  name: string;
  did: string;
  line: string;
  key: SigningKey;
  seed: Uint8Array<ArrayBuffer>;
}

const TALK = "11111111-2222-4333-8444-555555555555";
const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

async function member(number: number, name: string): Promise<Member> {
  const seed = new Uint8Array(32).fill(number);
  const place = { origin: "http://localhost:7700", path: `p${number}` };
  const { did, line } = await genesis({ place, seed, recovery: new Uint8Array(32).fill(number + 100), now: new Date("2026-11-27T10:00:00Z") });
  return { id: uuid(number), name, did, line, seed, key: await signingKey(await deviceSecret(seed, 1)) };
}

/** The node, with the rules of crates/4-tools/private, as far as these tests need them. */
class Node {
  people: Member[] = [];
  two = false;
  readonly logs = new Map<string, string>();
  readonly devices: (OwnDevice & { member: string; credential: string; stock: string[]; last: string })[] = [];
  entries: Entry[] = [];
  welcomes: (Welcome & { device: string })[] = [];
  readonly rings = new Map<string, { version: number; body: string }>();
  epoch = 0;
  /** What cannot be reached: `sending` is done and its answer lost. */
  down: "" | "all" | "sending" = "";

  view = (): TalkView => ({
    id: TALK,
    two: this.two,
    people: this.people.map(({ id, name }) => ({ id, name, handle: name.toLowerCase() })),
    devices: this.devices.filter((device) => device.revoked === null && this.people.some(({ id }) => id === device.member)),
    epoch: this.epoch,
    position: this.entries.length,
  });

  /** The node as one member's browser meets it. */
  for(me: Member): Delivery {
    const here = <T>(value: T): Promise<T> => (this.people.includes(me) ? Promise.resolve(value) : Promise.reject(new Refusal("none", "conversation_unknown")));
    const find = (id: string) => this.devices.find((device) => device.id === id)!;
    return {
      devices: () => Promise.resolve(this.devices.filter((device) => device.member === me.id)),
      addDevice: (id, name, credential) => Promise.resolve(void this.devices.push({ id, name, credential, member: me.id, revoked: null, packages: 0, stock: [], last: "" })),
      offer: ({ device, packages, last_resort }) => Promise.resolve(void Object.assign(find(device), { stock: packages, last: last_resort, packages: packages.length })),
      conversations: () => here([{ id: TALK }]),
      conversation: () => (this.down === "all" ? Promise.reject(new Refusal("away", "offline")) : here(this.view())),
      log: (_, after) => here(this.entries.filter(({ position }) => position > after).slice(0, 100)),
      welcomes: (id) => Promise.resolve(this.welcomes.filter(({ device }) => device === id)),
      welcomed: (id) => Promise.resolve(void (this.welcomes = this.welcomes.filter(({ device }) => device !== id))),
      take: (_, devices) => Promise.resolve(devices.map((device) => ({ device, package: find(device).stock.shift() ?? find(device).last }))),
      commit: (what) => this.place(me, what, true),
      send: (what) => this.#over(me, what),
      readUpTo: () => Promise.resolve(),
      keys: () => Promise.resolve(this.rings.get(me.id) ?? { version: 0, body: "" }),
      keepKeys: (_, after, body) => {
        if ((this.rings.get(me.id)?.version ?? 0) !== after) return Promise.reject(new Refusal("late", "keys_moved"));
        this.rings.set(me.id, { version: after + 1, body });
        return Promise.resolve(after + 1);
      },
      didLog: (did) => Promise.resolve(this.logs.get(did) ?? ""),
    };
  }

  #before: Promise<unknown> = Promise.resolve();

  /** Sends, unless the connection breaks. */
  async #over(me: Member, what: Sending): Promise<void> {
    await this.place(me, what, false);
    if (this.down === "sending") throw new Refusal("away", "offline");
  }

  /** One at a time, as a transaction would. */
  place(me: Member, what: Sent & Partial<Sending & Committing>, commit: boolean): Promise<void> {
    const placed = this.#before.then(() => this.#place(me, what, commit));
    this.#before = placed.catch(() => undefined);
    return placed;
  }

  async #place(me: Member, what: Sent & Partial<Sending & Committing>, commit: boolean): Promise<void> {
    if (!this.people.includes(me)) throw new Refusal("none", "conversation_unknown");
    if (this.entries.some(({ id }) => id === what.id)) return;
    const message = decodeMlsMessage(fromBase64url(what.body), 0)![0];
    assert.ok(message.wireformat === "mls_private_message");
    const epoch = Number(message.privateMessage.epoch);
    if (epoch !== this.epoch) throw new Refusal("late", commit ? "epoch_taken" : "epoch_moved");
    const previous = this.entries.at(-1)?.hash ?? NOTHING_BEFORE;
    const entry = { position: this.entries.length + 1, epoch, commit, id: what.id, member: me.id, name: me.name, handle: me.name.toLowerCase(), device: what.device, body: what.body, archive: what.archive ?? null, previous, hash: "", sent: Date.now() * 1000 };
    this.entries.push({ ...entry, hash: await link(TALK, entry) });
    if (commit) this.epoch += 1;
    for (const device of what.welcomes ?? []) this.welcomes.push({ device, conversation: TALK, position: entry.position, body: what.welcome! });
  }

  /** Writes the hashes of all entries anew, as a node that hides what it did would. */
  async cover(): Promise<void> {
    let previous = NOTHING_BEFORE;
    for (const [index, entry] of this.entries.entries()) {
      const moved = { ...entry, position: index + 1, previous };
      previous = await link(TALK, moved);
      this.entries[index] = { ...moved, hash: previous };
    }
  }
}

/** A browser of a member. */
async function browser(node: Node, me: Member): Promise<{ keep: Memory; device: Device; talks: Talks; said: () => Promise<string[]> }> {
  const keep = new Memory();
  node.logs.set(me.did, me.line);
  await giveKey(keep, me.seed);
  const device = await setUp(keep, node.for(me), me.did, "Browser", me.key);
  const talks = new Talks(keep, node.for(me), device, (work) => work());
  const said = async (): Promise<string[]> => (await talks.lines(TALK, 99)).filter(({ kind }) => kind === "said").map(({ text }) => text);
  return { keep, device, talks, said };
}

async function club(names: string[], two = false): Promise<{ node: Node; people: Member[] }> {
  const node = new Node();
  const people = await Promise.all(names.map((name, index) => member(index + 1, name)));
  node.people = [...people];
  node.two = two;
  return { node, people };
}

const standing = (who: { talks: Talks }) => who.talks.bring(TALK);

test("two write to each other, and the node holds no word of it", async () => {
  const { node, people } = await club(["Ada", "Ben"], true);
  const [ada, ben] = [await browser(node, people[0]!), await browser(node, people[1]!)];
  assert.equal((await standing(ada)).is, "new");
  await ada.talks.say(TALK, "The canary sings.");
  assert.equal((await standing(ben)).is, "in");
  await ben.talks.say(TALK, "I hear it.\nTwice.");
  await ada.talks.bring(TALK);
  for (const one of [ada, ben]) assert.deepEqual(await one.said(), ["The canary sings.", "I hear it.\nTwice."]);
  assert.ok(!JSON.stringify(node.entries).includes("canary"));
  assert.equal(await present(ada.keep, node.for(people[0]!)).then((device) => device?.id), ada.device.id);
});

test("three people on five devices read everything from when they came; who is taken out reads no more, even with what was kept", async () => {
  const { node, people } = await club(["Ada", "Ben", "Cat"]);
  const [a1, a2, b1, b2, c1] = await Promise.all([0, 0, 1, 1, 2].map((index) => browser(node, people[index]!)));
  const all = [a1!, a2!, b1!, b2!, c1!];
  await a1!.talks.say(TALK, "one");
  for (const one of all) assert.equal((await standing(one)).is, "in");
  await c1!.talks.say(TALK, "two");
  await b2!.talks.say(TALK, "three");
  for (const one of all) await one.talks.bring(TALK);
  for (const one of all) assert.deepEqual(await one.said(), ["one", "two", "three"]);
  const kept = (await c1!.keep.read<Talk>(`talk/${TALK}`))!;
  node.people = node.people.filter(({ name }) => name !== "Cat");
  await b1!.talks.say(TALK, "four");
  await assert.rejects(c1!.talks.bring(TALK), { code: "conversation_unknown" });
  for (const one of all.slice(0, 4)) await one.talks.bring(TALK);
  for (const one of all.slice(0, 4)) assert.deepEqual(await one.said(), ["one", "two", "three", "four"]);
  assert.ok((await a1!.talks.lines(TALK, 9)).some(({ kind, did }) => kind === "left" && did === people[2]!.did));
  // Cat gets hold of the whole log, and tries her keys on all that came after.
  const state = unpackState(kept.state!, behaviour({ validateCredential: () => Promise.resolve(true) }));
  let here = state;
  for (const entry of node.entries.slice(kept.position)) {
    const message = decodeMlsMessage(fromBase64url(entry.body), 0)![0];
    assert.ok(message.wireformat === "mls_private_message");
    const tried = await processPrivateMessage(here, message.privateMessage, emptyPskIndex, await suite()).catch(() => undefined);
    if (tried?.kind === "newState") here = tried.newState;
    assert.notEqual(tried?.kind, "applicationMessage");
  }
  assert.equal(here.groupActiveState.kind, "removedFromGroup");
});

test("a further browser of somebody reads what was said before it came, and what was said before they came it does not", async () => {
  const { node, people } = await club(["Ada", "Ben", "Cat"]);
  node.people = people.slice(0, 2);
  const [ada, ben] = [await browser(node, people[0]!), await browser(node, people[1]!)];
  await ada.talks.say(TALK, "one");
  await ben.talks.say(TALK, "two");
  await ada.talks.bring(TALK);
  node.people = people;
  const cat = await browser(node, people[2]!);
  await ada.talks.say(TALK, "three");
  await cat.talks.say(TALK, "four");
  const [b2, c2] = [await browser(node, people[1]!), await browser(node, people[2]!)];
  for (const one of [ada, ben, cat, ada, b2, c2, b2, c2]) await one.talks.bring(TALK);
  assert.deepEqual(await b2.said(), ["one", "two", "three", "four"]);
  assert.deepEqual(await c2.said(), ["three", "four"]);
  assert.equal((await b2.talks.lines(TALK, 9)).find(({ text }) => text === "four")?.did, people[2]!.did);
  assert.ok((await b2.talks.bring(TALK)).known[people[2]!.id]?.did === people[2]!.did);
  for (const { body } of node.rings.values()) assert.ok(!Buffer.from(body, "base64url").toString("latin1").includes(TALK));
});

test("a ring of keys stays as small as the node takes it, and loses the oldest first", async () => {
  const { node, people } = await club(["Ada"]);
  const ada = await browser(node, people[0]!);
  const ring = new Ring(ada.keep, node.for(people[0]!), ada.device.id);
  await ada.keep.write({ ring: { keys: { [TALK]: Object.fromEntries(Array.from({ length: 3_000 }, (_, epoch) => [epoch, "k".repeat(43)])) }, version: 0, fresh: false } });
  await ring.note(TALK, 3_000, "newest");
  await ring.push();
  assert.ok(Buffer.from(node.rings.get(people[0]!.id)!.body, "base64url").length <= 36 * 1024);
  const { keys } = await ring.pull(TALK);
  assert.ok(keys["3000"] === "newest" && keys["2500"] !== undefined && keys["0"] === undefined);
});

test("two browsers of somebody that put keys on the ring at once lose none", async () => {
  const { node, people } = await club(["Ada"]);
  const [one, other] = [await browser(node, people[0]!), await browser(node, people[0]!)];
  const rings = [one, other].map(({ keep, device }) => new Ring(keep, node.for(people[0]!), device.id));
  await Promise.all(rings.map(async (ring, epoch) => {
    await ring.note(TALK, epoch, `key ${epoch}`);
    await ring.push();
  }));
  for (const ring of rings) assert.deepEqual((await ring.pull(TALK)).keys, { 0: "key 0", 1: "key 1" });
});

test("a copy in the archive that the node has changed or left out is not shown as if somebody had said it", async () => {
  const { node, people } = await club(["Ada", "Ben"]);
  const [ada, ben] = [await browser(node, people[0]!), await browser(node, people[1]!)];
  for (const text of ["one", "two", "three"]) await ada.talks.say(TALK, text);
  await ben.talks.bring(TALK);
  const said = node.entries.filter(({ commit }) => !commit);
  [said[0]!.archive, said[1]!.archive] = [said[1]!.archive, null];
  const b2 = await browser(node, people[1]!);
  for (const one of [ada, b2]) await one.talks.bring(TALK);
  assert.deepEqual((await b2.talks.lines(TALK, 9)).map(({ kind, text }) => [kind, text]), [["unreadable", ""], ["unreadable", ""], ["said", "three"]]);
});

test("a device that was taken out of use is let out by the next who writes", async () => {
  const { node, people } = await club(["Ada", "Ben"]);
  const [ada, b1, b2] = [await browser(node, people[0]!), await browser(node, people[1]!), await browser(node, people[1]!)];
  await ada.talks.say(TALK, "one");
  for (const one of [b1, b2]) await one.talks.bring(TALK);
  node.devices.find(({ id }) => id === b2.device.id)!.revoked = 1;
  await ada.talks.say(TALK, "two");
  await b2.talks.bring(TALK);
  assert.deepEqual(await b2.said(), ["one"]);
  await b1.talks.bring(TALK);
  assert.deepEqual(await b1.said(), ["one", "two"]);
  assert.equal(await present(b2.keep, node.for(people[1]!)), undefined);
});

test("a device brings new keys before it first says something, and again after a week", async () => {
  const { node, people } = await club(["Ada", "Ben"], true);
  const [ada, ben] = [await browser(node, people[0]!), await browser(node, people[1]!)];
  const commits = (): number => node.entries.filter(({ commit, device }) => commit && device === ben.device.id).length;
  await ada.talks.say(TALK, "one");
  await ben.talks.bring(TALK);
  assert.equal(commits(), 0);
  for (const text of ["two", "three"]) await ben.talks.say(TALK, text);
  assert.equal(commits(), 1);
  const kept = (await ben.keep.read<Talk>(`talk/${TALK}`))!;
  await ben.keep.write({ [`talk/${TALK}`]: { ...kept, renewed: [kept.position, Date.now() - 8 * 86_400_000] } });
  await ben.talks.say(TALK, "four");
  assert.equal(commits(), 2);
  await ada.talks.bring(TALK);
  assert.deepEqual(await ada.said(), ["one", "two", "three", "four"]);
});

test("two who begin at once end in one conversation", async () => {
  const { node, people } = await club(["Ada", "Ben"], true);
  const [ada, ben] = [await browser(node, people[0]!), await browser(node, people[1]!)];
  await Promise.all([ada.talks.say(TALK, "hello"), ben.talks.say(TALK, "hi")]);
  for (const one of [ada, ben, ada]) await one.talks.bring(TALK);
  assert.deepEqual((await ada.said()).sort(), ["hello", "hi"]);
  assert.deepEqual(await ada.said(), await ben.said());
});

test("a key package of the node's own is refused, and the person is named", async () => {
  const { node, people } = await club(["Ada", "Ben", "Cat"]);
  const [ada, ben] = [await browser(node, people[0]!), await browser(node, people[1]!)];
  const mallory = await member(9, "Mallory");
  const evil = new Node();
  evil.people = [mallory];
  const spy = await browser(evil, mallory);
  const cat = await browser(node, people[2]!);
  const device = node.devices.find(({ id }) => id === cat.device.id)!;
  Object.assign(device, { stock: [], last: evil.devices[0]!.last });
  node.logs.set(mallory.did, mallory.line);
  await ada.talks.say(TALK, "one");
  assert.deepEqual((await standing(ada)).refused, [people[2]!.id]);
  await ben.talks.bring(TALK);
  assert.deepEqual(await ben.said(), ["one"]);
  const again = new Talks(ada.keep, node.for(people[0]!), ada.device, (work) => work());
  // A credential with the spy's key, in Cat's name, that Cat never signed.
  const forged = { ...JSON.parse(spy.device.credential), did: people[2]!.did, device: cat.device.id };
  Object.assign(device, { credential: JSON.stringify(forged, Object.keys(forged).sort()) });
  assert.deepEqual((await again.bring(TALK)).refused, [people[2]!.id]);
  assert.ok(!(await again.lines(TALK, 9)).some(({ kind, did }) => kind === "came" && did === people[2]!.did));
});

test("somebody who shows another identity than before gets nothing more", async () => {
  const { node, people } = await club(["Ada", "Ben"], true);
  const [ada, ben] = [await browser(node, people[0]!), await browser(node, people[1]!)];
  await ada.talks.say(TALK, "one");
  await ben.talks.bring(TALK);
  const other = { ...(await member(7, "Ben")), id: people[1]!.id };
  node.devices.find(({ id }) => id === ben.device.id)!.revoked = 1;
  node.people = [people[0]!, other];
  const fake = await browser(node, other);
  const now = await ada.talks.say(TALK, "two");
  assert.deepEqual(now.changed, [other.id]);
  await fake.talks.bring(TALK);
  assert.deepEqual(await fake.said(), []);
});

for (const [what, tamper, trouble] of [
  ["leaves an entry out", async (node: Node) => void node.entries.splice(1, 1), "gap"],
  ["changes an entry", async (node: Node) => void (node.entries[1] = { ...node.entries[1]!, body: node.entries[2]!.body }), "gap"],
  ["puts an old message in once more", async (node: Node) => { node.entries.push({ ...node.entries[0]! }); await node.cover(); }, "replayed"],
] as const) {
  test(`a node that ${what} is noticed, and told in words`, async () => {
    const { node, people } = await club(["Ada", "Ben"], true);
    const [ada, ben] = [await browser(node, people[0]!), await browser(node, people[1]!)];
    await ada.talks.say(TALK, "one");
    if (what !== "puts an old message in once more") {
      await ada.talks.say(TALK, "two");
      await ada.talks.say(TALK, "three");
      await tamper(node);
      // Ben comes in at the first commit; the gap lies behind it.
      assert.equal((await standing(ben)).talk.trouble, trouble);
    } else {
      await ben.talks.bring(TALK);
      await tamper(node);
      assert.equal((await standing(ben)).talk.trouble, trouble);
    }
    await assert.rejects(ben.talks.say(TALK, "hm"), { code: "troubled" });
  });
}

test("a node that takes back what was there is noticed", async () => {
  const { node, people } = await club(["Ada", "Ben"], true);
  const [ada, ben] = [await browser(node, people[0]!), await browser(node, people[1]!)];
  await ada.talks.say(TALK, "one");
  await ben.talks.bring(TALK);
  node.entries.pop();
  assert.equal((await standing(ben)).talk.trouble, "rolled_back");
});

test("a node that shows two people different logs is noticed by the next message", async () => {
  const { node, people } = await club(["Ada", "Ben"], true);
  const [ada, ben] = [await browser(node, people[0]!), await browser(node, people[1]!)];
  await ada.talks.say(TALK, "one");
  await ben.talks.bring(TALK);
  // Ben is shown an entry that Ada is not: garbage of the node's own.
  const whole = node.entries;
  const first = whole[1]!;
  const garbage = { ...first, id: crypto.randomUUID(), position: 3, previous: whole.at(-1)!.hash };
  garbage.hash = await link(TALK, garbage);
  node.entries = [...whole, garbage];
  await ben.talks.bring(TALK);
  node.entries = whole;
  await ada.talks.say(TALK, "two");
  const second = { ...node.entries.at(-1)!, position: 4, previous: garbage.hash };
  const third = { ...second, position: 4 };
  third.hash = await link(TALK, third);
  await ada.talks.say(TALK, "three");
  const fourth = { ...node.entries.at(-1)!, position: 5, previous: third.hash };
  fourth.hash = await link(TALK, fourth);
  node.entries = [...whole.slice(0, 2), garbage, third, fourth];
  assert.equal((await standing(ben)).talk.trouble, "forked");
});

test("a third person is not let into a conversation of two, whatever the node says", async () => {
  const { node, people } = await club(["Ada", "Ben", "Cat"], true);
  node.people = people.slice(0, 2);
  const [ada, ben] = [await browser(node, people[0]!), await browser(node, people[1]!)];
  await ada.talks.say(TALK, "one");
  await ben.talks.bring(TALK);
  node.people = people;
  const cat = await browser(node, people[2]!);
  assert.equal((await ada.talks.say(TALK, "two")).talk.trouble, "stranger");
  await cat.talks.bring(TALK);
  assert.deepEqual(await cat.said(), []);
});

test("a message of a megabyte is not even made", async () => {
  const { node, people } = await club(["Ada", "Ben"], true);
  const [ada] = [await browser(node, people[0]!), await browser(node, people[1]!)];
  await assert.rejects(ada.talks.say(TALK, "x".repeat(1_000_000)), { code: "message_too_large" });
  assert.equal(node.entries.length, 0);
});

test("what is said while the club cannot be reached is said once, or given back", async () => {
  const { node, people } = await club(["Ada", "Ben"], true);
  const [ada, ben] = [await browser(node, people[0]!), await browser(node, people[1]!)];
  await ada.talks.say(TALK, "one");
  node.down = "sending";
  assert.deepEqual((await ada.talks.say(TALK, "two")).talk.waiting.map(({ text }) => text), ["two"]);
  node.down = "all";
  await assert.rejects(ada.talks.say(TALK, "three"), { code: "offline" });
  node.down = "";
  assert.deepEqual((await ada.talks.bring(TALK)).talk.waiting, []);
  await ben.talks.bring(TALK);
  for (const one of [ada, ben]) assert.deepEqual(await one.said(), ["one", "two"]);
});

test("nobody can be written to who has no browser", async () => {
  const { node, people } = await club(["Ada", "Ben"], true);
  const ada = await browser(node, people[0]!);
  await assert.rejects(ada.talks.say(TALK, "one"), { code: "no_key_packages" });
  const ben = await browser(node, people[1]!);
  await ada.talks.say(TALK, "again");
  await ben.talks.bring(TALK);
  assert.deepEqual(await ben.said(), ["again"], "what was refused went back to the box, and does not wait here as well");
});

test("a log is believed only as far as it proves itself", async () => {
  const { did, line } = await member(1, "Ada");
  const { did: other } = await member(2, "Ben");
  const identity = await readLog(line, did);
  assert.equal(identity.keys.length, 1);
  await assert.rejects(readLog(line, other));
  await assert.rejects(readLog(line.replace("2026-11-27", "2026-11-26"), did));
  await assert.rejects(readLog(line.replace(identity.keys[0]!, (await member(3, "Cat")).key.multikey), did));
  const forged = JSON.parse(line) as { proof: { proofValue: string }[] };
  forged.proof[0]!.proofValue = (JSON.parse((await member(2, "Ben")).line) as typeof forged).proof[0]!.proofValue;
  await assert.rejects(readLog(JSON.stringify(forged), did));
});

test("safety numbers are the same on both sides and others for others", async () => {
  const [ada, ben, cat] = await Promise.all([member(1, "Ada"), member(2, "Ben"), member(3, "Cat")]);
  assert.deepEqual(await safetyNumber(ada.did, ben.did), await safetyNumber(ben.did, ada.did));
  assert.notDeepEqual(await safetyNumber(ada.did, ben.did), await safetyNumber(ada.did, cat.did));
  assert.match((await safetyNumber(ada.did, ben.did)).join(" "), /^(\d{5} ){11}\d{5}$/);
});
