// Time passes: the clock of a trial is moved by one of its stewards.

import assert from "node:assert/strict";

/** Lets time pass for everybody. What is due by then is done a little later: see `awaits`. */
export async function pass(steward, { days = 0, minutes = 0 }) {
  const answer = await steward.page.evaluate(async (seconds) => {
    const { status } = await fetch("/trial/clock", { method: "POST", body: new URLSearchParams({ seconds }) });
    return status;
  }, String(days * 86_400 + minutes * 60));
  assert.equal(answer, 200, "the clock is moved");
}
