// Pages that tell: about the club, one's own settings, what is not there, and what is seen without a connection.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { at, enter, open, sees, visit } from "./cast.mjs";

/** What everybody may read; keeps the checkpoint in a file, for whoever verifies afterwards. */
export async function read(guest, file) {
  for (const [path, name] of [["/about", "about"], ["/about/words", "words"], ["/about/rules", "rules"], ["/about/licences", "licences"]]) {
    await visit(guest, path, name);
  }
  const answer = await guest.page.request.get(new URL("/about/checkpoint", guest.stage.base).href);
  const note = await answer.text();
  assert.match(note, /^localhost:\d+\n\d+\n[\w+/=]{44}\n\n— localhost/);
  if (file) await writeFile(file, note);
}

/** The pages about oneself that the story has no other reason to open. */
export async function leafThrough(ada) {
  for (const [path, name] of [
    ["/settings/name", "settings-name"], ["/settings/export", "export"], ["/settings/leave", "leave"],
    ["/devices/approve", "approve"], ["/people/ben-yilmaz/standing", "standing"], ["/feed", "feed-of-nobody"],
  ]) {
    await visit(ada, path, name);
  }
  await visit(ada, "/nowhere", "not-found", 404);
  await open(ada, "/search?q=%23tools");
  await at(ada, "/tags/tools");
}

/** Without a connection there is a page that says so. */
export async function goOffline(stage) {
  const guest = await enter(stage, "A guest on a train", "phone");
  await visit(guest, "/offline", "offline");
  await guest.page.evaluate(() => navigator.serviceWorker.ready);
  await guest.page.reload();
  await guest.context.setOffline(true);
  await guest.page.goto(new URL("/about", stage.base).href);
  await sees(guest, "You are offline");
  await guest.context.close();
}

/** A guest who only reads. */
export const guest = (stage) => enter(stage, "A guest", "desktop");
