// A treasurer is elected by STV in a secret ballot, and everybody counts again.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { at, awaits, fill, follow, look, misses, open, press, sees, select, told, visit } from "./cast.mjs";
import { pass } from "./clock.mjs";

const run = promisify(execFile);

/** Members stand, all vote in secret by numbers of preference, and one is treasurer. */
export async function elect(all) {
  const [ada, ben, cleo] = all;
  await visit(ada, "/decisions", "decisions-ask");
  await follow(ada, "Ask something");
  await look(ada, "ask-question");
  await follow(ada, "Election");
  await fill(ada, "What is elected?", "A treasurer for the next year");
  await select(ada, "Time to stand", "One day");
  await select(ada, "Time to vote, after that", "3 days");
  await look(ada, "ask-election");
  await press(ada, "Ask it");
  await told(ada, "You have asked.");
  await at(ada, /^\/decisions\//);
  const { pathname } = new URL(ada.page.url());
  for (const [who, statement] of [[ben, "I count twice."], [cleo, "I have kept books for a bakery."]]) {
    await open(who, pathname);
    await fill(who, "What you would do", statement);
    await press(who, "I stand");
    await told(who, "You stand in this election.");
  }
  await look(cleo, "election-standing");
  await pass(ada, { days: 1, minutes: 5 });
  await awaits(ada, pathname, "Cast my ballot");
  const order = { Ada: [2, 1], Ben: [1, ""], Cleo: ["", 1], Dele: [2, 1], Eve: [1, 2] };
  for (const who of all) {
    await open(who, pathname);
    await mark(who, order[who.name]);
    if (who === ada) await look(ada, "ballot-secret");
    if (who === all[3]) await later(who, pathname, order[who.name]);
    await press(who, "Cast my ballot");
    await sees(who, "Your ballot is in the box.");
  }
  await look(ben, "ballot-cast");
  // Eve thinks better of it.
  await open(all[4], pathname);
  await sees(all[4], "Your ballot is in the box.");
  await mark(all[4], ["", 1]);
  await press(all[4], "Cast my ballot");
  await sees(all[4], "5 of 5 have voted");
  await misses(ben, "How it was counted");
  await pass(ada, { days: 3, minutes: 5 });
  await awaits(ben, pathname, /Chosen: Cleo Martin/);
  await sees(ben, /Chosen: Cleo Martin/);
  await look(ben, "election-decided");
  await open(ada, "/constitution");
  await sees(ada, "Treasurer");
  return pathname;
}

/** Only gets the ballot, and finds it again when there is time to cast it. */
async function later(who, pathname, marks) {
  await press(who, "Only get my ballot, cast it later");
  await sees(who, "Your ballot lies in this browser.");
  await look(who, "ballot-waits");
  await open(who, pathname);
  await sees(who, "Your ballot lies in this browser.");
  await mark(who, marks);
}

/** Writes the two preferences, where there are such. */
async function mark(who, [first, second]) {
  await fill(who, /^Ben Yilmaz/, String(first));
  await fill(who, /^Cleo Martin/, String(second));
}

/** Everybody finds their own ballot among the published ones, takes the file along and has it counted again by two codes. */
export async function recount(all, pathname) {
  for (const who of all) {
    await open(who, pathname);
    await sees(who, "Your ballot is among the published ones, exactly as you cast it.");
    const text = await who.page.evaluate(async (file) => (await fetch(file)).text(), `${pathname}/ballots.json`);
    const file = join(tmpdir(), `planet-ballots-${process.pid}-${who.name}.json`);
    await writeFile(file, text);
    const { stdout } = await run(process.env.PLANET_PROGRAM, ["recount", file]);
    assert.match(stdout, /Secret: 5 ballots, each with its own valid token; 5 signed requests for one, of 5 who had a vote\./);
    assert.match(stdout, /Chosen: Cleo Martin/);
    assert.match(stdout, /Both counts agree with the published outcome\./);
    const { vote } = JSON.parse(text);
    for (const { id, ...said } of vote.ballots) {
      assert.match(id, /^[0-9a-f]{64}$/);
      assert.deepEqual(Object.keys(said), ["marks"], "a ballot has nothing but its number and its marks");
    }
    // Somebody alters a ballot: it no longer counts to what is stated.
    await writeFile(file, text.replace(/"marks":\[\[1,1\]/, '"marks":[[0,1]'));
    await assert.rejects(run(process.env.PLANET_PROGRAM, ["recount", file]), "an altered file is found");
  }
  await look(all[0], "election-receipt");
}
