// Time passes: the clock of a trial is moved by one of its stewards.

import assert from "node:assert/strict";

/** Lets time pass for everybody. What is due by then is done a little later: see `awaits`. */
export const pass = (steward, { days = 0, minutes = 0 }) => move(steward, days * 86_400 + minutes * 60);

/** Lets time pass until the first day of the next month is over. */
export const passToNextMonth = (steward) => passTo(steward, 2);

/** Lets time pass until a day of a month comes that is not today. Sessions end when weeks go by. */
export async function passTo(steward, day) {
  const now = new Date(await move(steward, 0));
  const month = now.getUTCMonth() + (now.getUTCDate() < day ? 0 : 1);
  await move(steward, Math.ceil((Date.UTC(now.getUTCFullYear(), month, day) - now.getTime()) / 1000));
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
