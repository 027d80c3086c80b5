// Time passes: the clock of a trial is moved by one of its stewards.

import assert from "node:assert/strict";
import { open } from "./cast.mjs";

/** Lets time pass for everybody. What is due by then is done a little later: see `awaits`. */
export const pass = (steward, { days = 0, minutes = 0 }) => move(steward, days * 86_400 + minutes * 60);

/** Lets days pass, in fortnights: everybody looks in meanwhile, so that nobody is signed out for having been away. */
export async function passDays(steward, days, everybody) {
  for (let left = days; left > 0; left -= 14) {
    await pass(steward, { days: Math.min(left, 14) });
    for (const who of everybody) await open(who, "/wallet");
  }
}

/** The day that it is at the club, so many days from its today. */
export async function day(steward, days = 0) {
  return new Date(await move(steward, 0) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Moves the clock, and gives the new time in milliseconds. */
async function move(steward, seconds) {
  const [status, told] = await steward.page.evaluate(async (wanted) => {
    const answer = await fetch("/trial/clock", { method: "POST", body: new URLSearchParams({ seconds: wanted }) });
    return [answer.status, await answer.json()];
  }, String(seconds));
  assert.equal(status, 200, "the clock is moved");
  return told.now / 1000;
}
