// A stage for a story: a browser, what was looked at, what there is to complain of. It knows no chapter.

import { start } from "./chromium.mjs";

/** Tells a story to the node at `base`, chapter by chapter; whatever is wrong ends in a list and a failure. */
export async function tell(base, pictures, telling) {
  const stage = { base, pictures, browser: await start(), seen: new Set(), complaints: [] };
  const chapter = async (title, part) => {
    const begun = performance.now();
    const result = await part();
    console.log(`${title.padEnd(72)} ${((performance.now() - begun) / 1000).toFixed(1).padStart(5)} s`);
    return result;
  };
  try {
    await telling(stage, chapter);
  } catch (error) {
    stage.complaints.push(error.stack ?? String(error));
  } finally {
    await stage.browser.close();
  }
  if (stage.complaints.length > 0) {
    console.error(`\n${stage.complaints.length} complaints:\n${[...new Set(stage.complaints)].join("\n")}`);
    process.exitCode = 1;
  }
}
