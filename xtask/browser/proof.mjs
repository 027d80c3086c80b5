// What every proof in a browser does: shows one thing after the other, counts what came out right, and ends with the figure that
// `cargo xtask prove` reads.

const LINES = 30; // of what went wrong
const TOLD = 10; // of many things that are held at once

/** Keeps the count of a proof. */
export function proof(stage) {
  const count = { right: 0, total: 0 };
  const wrong = (what, error) => console.log(`WRONG ${what}\n      ${String(error.stack ?? error).split("\n").slice(0, LINES).join("\n      ")}`);
  /** Shows one thing; the proof goes on when it does not hold. */
  const shows = async (what, check) => {
    count.total += 1;
    const begun = performance.now();
    try {
      await check();
      count.right += 1;
      console.log(`ok    ${what.padEnd(78)} ${((performance.now() - begun) / 1000).toFixed(1).padStart(5)} s`);
    } catch (error) {
      wrong(what, error);
    }
  };
  /** Holds one of very many things: only the first that do not hold are told. */
  const holds = (what, check) => {
    count.total += 1;
    try {
      check();
      count.right += 1;
    } catch (error) {
      if (count.total - count.right < TOLD) wrong(what, error);
    }
  };
  /** Tells the whole proof and ends it. One that broke off is not right. */
  const whole = async (tell) => {
    try {
      await tell();
    } catch (error) {
      console.error(error);
      process.exitCode = 1;
    } finally {
      await stage.browser.close();
    }
    console.log(`${count.right} of ${count.total} right, 0 disputed`);
  };
  return { shows, holds, whole };
}
