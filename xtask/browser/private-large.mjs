// How long it takes a browser to let somebody into a private conversation of 200: measured on the pages' own program, with credentials that
// are checked up to logs, and without a node. It asserts nothing.

import { createRequire } from "node:module";
import { join } from "node:path";

const PEOPLE = 200;

const PROGRAM = `
  import { createCommit, createGroup, emptyPskIndex, joinGroup } from "ts-mls";
  import { genesis } from "./src/identity/did.ts";
  import { deviceSecret, signingKey } from "./src/identity/keys.ts";
  import { randomBytes, toBase64url } from "./src/lib/bytes.ts";
  import { Checker, read, vouch } from "./src/private/credential.ts";
  import { freshPackage } from "./src/private/device.ts";
  import { behaviour, suite } from "./src/private/suite.ts";
  import { packState, unpackState } from "./src/private/talk.ts";
  const logs = new Map();
  async function device() {
    const seed = randomBytes(32);
    const { did, line } = await genesis({ place: { origin: "http://localhost", path: crypto.randomUUID() }, seed, recovery: randomBytes(32), now: new Date() });
    logs.set(did, line);
    const { signKey, publicKey } = await (await suite()).signature.keygen();
    const id = crypto.randomUUID();
    const credential = await vouch(await signingKey(await deviceSecret(seed, 1)), did, id, publicKey);
    return freshPackage({ id, did, credential, signKey: toBase64url(signKey), publicKey: toBase64url(publicKey) });
  }
  const config = () => {
    const checker = new Checker(async (did) => logs.get(did), { read: async () => undefined, write: async () => undefined });
    return behaviour({ validateCredential: (credential, key) => checker.holds(read(credential.identity), key) });
  };
  const add = ({ publicPackage }) => ({ proposalType: "add", add: { keyPackage: publicPackage } });
  const commit = async (state, proposals) => createCommit({ state, cipherSuite: await suite() }, { extraProposals: proposals, ratchetTreeExtension: true });
  globalThis.measure = async (people) => {
    const devices = [];
    while (devices.length <= people) devices.push(await device());
    const [first, ...others] = devices;
    const newcomer = others.pop();
    const begun = await createGroup(randomBytes(16), first.publicPackage, first.privatePackage, [], await suite(), config());
    const whole = packState((await commit(begun, others.map(add))).newState);
    const times = [];
    let welcome;
    for (let time = 0; time < 5; time += 1) {
      const start = performance.now();
      const made = await commit(unpackState(whole, config()), [add(newcomer)]);
      packState(made.newState);
      welcome = made.welcome;
      times.push(performance.now() - start);
    }
    const start = performance.now();
    await joinGroup(welcome, newcomer.publicPackage, newcomer.privatePackage, emptyPskIndex, await suite(), undefined, undefined, config());
    return { adding: times.sort((a, b) => a - b)[2], joining: performance.now() - start };
  };`;

/** Milliseconds for letting one more in, and for that one to come in. */
export async function large({ browser, base }, web) {
  const { build } = createRequire(join(web, "package.json"))("esbuild");
  const stdin = { contents: PROGRAM, resolveDir: web, loader: "ts" };
  const bundle = await build({ stdin, bundle: true, format: "iife", write: false, logLevel: "error" });
  const context = await browser.newContext({ bypassCSP: true });
  try {
    const page = await context.newPage();
    await page.goto(base);
    await page.addScriptTag({ content: bundle.outputFiles[0].text });
    return await page.evaluate((people) => globalThis.measure(people), PEOPLE);
  } finally {
    await context.close();
  }
}
