// What a page costs: bytes as they came over the wire and requests, of a first visit with nothing in the browser's memory.

const MOST_BYTES = 60_000;
const MOST_REQUESTS = 20;
const ORDINARY = ["/", "/near", "/feed", "/wallet", "/wallet/pay", "/wallet/statement", "/people", "/people/ada-okafor", "/groups",
  "/decisions", "/posts/new", "/settings", "/about/words"];

/** Opens ordinary pages as `who` and complains about those that are too heavy. Gives the heaviest. */
export async function weigh(who) {
  const { stage } = who;
  // Service workers would answer from what they keep, and so hide what a page costs.
  const context = await stage.browser.newContext({ storageState: await who.context.storageState(), serviceWorkers: "block" });
  const weighed = await Promise.all(ORDINARY.map((path) => one(context, stage, path)));
  await context.close();
  for (const { path, bytes, requests } of weighed) {
    if (bytes > MOST_BYTES || requests > MOST_REQUESTS) stage.complaints.push(`${path} takes ${bytes} bytes in ${requests} requests`);
  }
  return weighed.reduce((a, b) => (b.bytes > a.bytes ? b : a));
}

async function one(context, stage, path) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  let [bytes, requests] = [0, 0];
  session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  session.on("Network.requestWillBeSent", () => (requests += 1));
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  await page.goto(new URL(path, stage.base).href, { waitUntil: "networkidle" });
  await page.close();
  return { path, bytes, requests };
}
