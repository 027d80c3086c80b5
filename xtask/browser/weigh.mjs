// Opens one page as a signed-in member with an empty cache, and prints what came over the wire. Asserts nothing.

import { start } from "./chromium.mjs";

const [base, session, path] = process.argv.slice(2);
const browser = await start();
const context = await browser.newContext({ serviceWorkers: "block" });
await context.addCookies([{ name: "planet", value: session, url: base }]);
const page = await context.newPage();
const network = await context.newCDPSession(page);
let bytes = 0, requests = 0;
network.on("Network.loadingFinished", ({ encodedDataLength }) => {
  bytes += encodedDataLength;
  requests += 1;
});
await network.send("Network.enable");
const answer = await page.goto(base + path, { waitUntil: "networkidle" });
await browser.close();
if (answer.status() !== 200) throw new Error(`${path} answers ${answer.status()}`);
console.log(`${bytes} bytes in ${requests} requests`);
