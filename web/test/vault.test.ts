//! The vault and every way into it: passkey, code, link, passphrase; and the paper words.

import assert from "node:assert/strict";
import { createHash, pbkdf2Sync } from "node:crypto";
import { test } from "node:test";
import { split, tenCodes, write } from "../src/identity/codes.ts";
import { stretch } from "../src/identity/passphrase.ts";
import { lock, newVaultKey, unlock, unwrapKey, wrapKey, type Contents, type WayIn } from "../src/identity/vault.ts";
import { englishWords, fromWords, toWords } from "../src/identity/words.ts";
import { fromBase64url, randomBytes, toBase64url } from "../src/lib/bytes.ts";

const contents: Contents = { v: 1, seed: toBase64url(randomBytes(32)), did: "did:webvh:Qm:club.example:people:ada", update: 1, device: 1 };

test("a vault opens with its key and gives back what was put in, unknown members too", async () => {
  const key = newVaultKey();
  const later = { ...contents, inventedLater: { kept: true } };
  assert.deepEqual(await unlock(key, await lock(key, later)), later);
});

test("a vault stays shut for another key, and when one byte was changed", async () => {
  const key = newVaultKey();
  const locked = fromBase64url(await lock(key, contents));
  await assert.rejects(unlock(newVaultKey(), toBase64url(locked)));
  locked[20] = (locked[20] ?? 0) ^ 1;
  await assert.rejects(unlock(key, toBase64url(locked)));
});

test("a vault of a newer version is refused instead of misread", async () => {
  const key = newVaultKey();
  const newer = { ...contents, v: 2 } as unknown as Contents;
  await assert.rejects(unlock(key, await lock(key, newer)), RangeError);
});

test("each way in unwraps the vault key, is sixty bytes, and does not serve as another way", async () => {
  const [key, secret] = [newVaultKey(), randomBytes(32)];
  for (const kind of ["passkey", "recovery", "device-link", "passphrase"] as WayIn[]) {
    const wrap = await wrapKey(kind, secret, "", key);
    assert.equal(fromBase64url(wrap.wrap).length, 60);
    assert.deepEqual(await unwrapKey(secret, wrap), key);
    await assert.rejects(unwrapKey(randomBytes(32), wrap));
    const other = kind === "passkey" ? "recovery" : "passkey";
    await assert.rejects(unwrapKey(secret, { ...wrap, kind: other }));
  }
});

test("ten codes each unwrap the vault, and the node learns only a hash of the other half", async () => {
  const key = newVaultKey();
  const { codes, records } = await tenCodes(key);
  assert.equal(new Set(codes).size, 10);
  for (const [index, code] of codes.entries()) {
    const [halves, record] = [split(code), records[index]];
    assert.ok(halves !== undefined && record !== undefined);
    assert.equal(record.index, index);
    assert.equal(record.auth, createHash("sha256").update(halves.auth).digest("base64url"));
    assert.deepEqual(await unwrapKey(halves.secret, { kind: "recovery", reference: "", wrap: record.wrap }), key);
    assert.ok(!JSON.stringify(record).includes(toBase64url(halves.secret)));
  }
});

test("a code is eight groups of four, first half first, and is read however it was typed", () => {
  const bytes = Uint8Array.from({ length: 20 }, (_, at) => at * 13);
  const code = write(bytes);
  assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/);
  const typed = ` ${code.toLowerCase().replaceAll("0", "o").replaceAll("1", "l").replaceAll("-", " ")}\n`;
  for (const reading of [code, typed, code.replaceAll("-", "–")]) {
    const halves = split(reading);
    assert.deepEqual([...(halves?.auth ?? []), ...(halves?.secret ?? [])], [...bytes]);
  }
});

test("what cannot be a code is told from one", () => {
  for (const typed of ["", "ABCD-EFGH", `${write(new Uint8Array(20))}0`, write(new Uint8Array(20)).replace("0", "U")]) {
    assert.equal(split(typed), undefined);
  }
});

test("paper words agree with the published vectors and come back as the same key", async () => {
  const list = await englishWords();
  assert.equal((await toWords(new Uint8Array(32), list)).join(" "), `${"abandon ".repeat(23)}art`);
  assert.equal((await toWords(new Uint8Array(32).fill(0xff), list)).join(" "), `${"zoo ".repeat(23)}vote`);
  const key = randomBytes(32);
  assert.deepEqual(await fromWords(await toWords(key, list), list), key);
});

test("two exchanged paper words are noticed", async () => {
  const list = await englishWords();
  const words = await toWords(Uint8Array.from({ length: 32 }, (_, at) => at), list);
  [words[3], words[4]] = [words[4] ?? "", words[3] ?? ""];
  assert.equal(await fromWords(words, list), undefined);
  assert.equal(await fromWords(words.slice(1), list), undefined);
});

test("a passphrase is stretched as its reference says, whatever form its letters take", async () => {
  const salt = Buffer.from("somesalt");
  const argon = await stretch("password", `argon2id$m=65536,t=2,p=1$${salt.toString("base64url")}`);
  // The reference implementation's own test vector for version 0x13.
  assert.equal(Buffer.from(argon).toString("hex"), "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
  const older = await stretch("cafe\u0301", `pbkdf2-sha256$i=1000$${salt.toString("base64url")}`);
  assert.deepEqual(Buffer.from(older), pbkdf2Sync("caf\u00e9", salt, 1000, 32, "sha256"));
  await assert.rejects(stretch("password", "scrypt$n=1$AAAA"), RangeError);
});
