// What proofs of chains share: asking a node by JSON-RPC, waiting for what a page will show.

import assert from "node:assert/strict";
import { start } from "../chromium.mjs";
import { proof } from "../proof.mjs";
import { open } from "../story/cast.mjs";
import { found } from "../story/founding.mjs";

/** Begins: a browser, a founded club, and a list of what is shown. */
export async function begin(base, link, pictures) {
  const stage = { base, pictures, browser: await start(), seen: new Set(), complaints: [] };
  const { shows: show, whole } = proof(stage);
  const ada = await found(stage, link);
  const end = () => whole(() => show("no page complains", () => assert.deepEqual(stage.complaints, [])));
  return { ada, show, end };
}

/** Asks a node by JSON-RPC. */
export const rpc = (url, authorization) => async (method, ...params) => {
  const headers = { "content-type": "application/json", ...(authorization ? { authorization } : {}) };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }) });
  const { result, error } = await response.json();
  if (error) throw new Error(`${method}: ${error.message}`);
  return result;
};

/** Loads a page again until it holds, for as long as the watcher may need. */
export async function until(who, path, holds, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    await open(who, path);
    if (await holds()) return;
    if (Date.now() > end) assert.fail(`${path} did not come to hold, but:\n${await who.page.locator("main").innerText()}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** The text of the page's main part, with plain spaces. */
export const text = async (who) => (await who.page.locator("main").innerText()).replaceAll(/[\u202f\u00a0]/g, " ");

/** What the club's API says, as the person who is signed in. */
export const ask = (who, path) => who.page.evaluate(async (path) => (await fetch(path, { headers: { accept: "application/json" } })).json(), path);

/** The rows of the history as text, the latest first. */
export const rows = async (who) => (await who.page.locator("main .list > li").allInnerTexts()).map((row) => row.replaceAll(/[\u202f\u00a0]/g, " "));
