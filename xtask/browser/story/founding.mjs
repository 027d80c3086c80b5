// Ada founds the club, makes her way back in safe, and says where she lives.

import assert from "node:assert/strict";
import { at, choose, enter, fill, look, open, press, sees, stands, tick, told, visit } from "./cast.mjs";

/** Point 2: from the founding link to member number one. */
export async function found(stage, link) {
  const ada = await enter(stage, "Ada", "desktop");
  await visit(ada, "/", "unfounded");
  await visit(ada, link, "found");
  await fillIn(ada, "Frome Makers", /^Worker co-op/);
  await at(ada, "/welcome");
  await sees(ada, "You are member number 1.");
  await sees(ada, "Your powers as founder");
  await sees(ada, /They end on \d{1,2} [A-Z][a-z]+/);
  await look(ada, "welcome-founder");
  const stranger = await enter(stage, "A second founder", "phone");
  await visit(stranger, link, "found-already");
  await sees(stranger, "This club has been founded already");
  await stranger.context.close();
  return ada;
}

/** The form of a new club, filled in and sent. */
async function fillIn(ada, name, kit) {
  await fill(ada, "What is your club called?", name);
  await fill(ada, "What is it for?", "Making, mending and lending, so that nobody has to buy a drill.");
  await choose(ada, "Where is it at home?", "Frome", /^Frome, Somerset|^Frome/);
  await tick(ada, kit);
  await fill(ada, "What do you call it?", "Hours");
  await fill(ada, "Its symbol", "h");
  await fill(ada, "Your name", "Ada Okafor");
  await press(ada, "Create my passkey and found the club");
}

/** A club that decides by consent. */
export async function foundCircle(stage, link) {
  const ada = await enter(stage, "Ada", "desktop");
  await open(ada, link);
  await fillIn(ada, "Frome Circle", /^Consent circle/);
  await at(ada, "/welcome");
  return ada;
}

/** Point 3: recovery codes and paper words, both done. Gives both. */
export async function keep(ada) {
  await visit(ada, "/recovery", "recovery-open");
  await press(ada, "Make ten recovery codes");
  await ada.page.locator(".secret-list li").nth(9).waitFor();
  const codes = await ada.page.locator(".secret-list code").allTextContents();
  assert.equal(new Set(codes).size, 10);
  await look(ada, "recovery-codes");
  await press(ada, "I have kept them");
  await told(ada, "Your ten codes are in force.");
  await sees(ada, "You have 10 recovery codes left.");

  await press(ada, "Show my paper words");
  await ada.page.locator(".secret-list li").nth(23).waitFor();
  const words = await ada.page.locator(".secret-list code").allTextContents();
  assert.equal(words.length, 24);
  await look(ada, "paper-words");
  await press(ada, "I have written them down");
  for (const input of await ada.page.locator("input[name^=word-]").all()) {
    await input.fill(words[Number((await input.getAttribute("name")).slice(5))]);
  }
  await look(ada, "paper-words-asked");
  await press(ada, "Check");
  await told(ada, "Well done.");
  await sees(ada, "Your paper words are written down.");
  await look(ada, "recovery-done");
  return { codes, words };
}

/** Point 4: a home town, and a street in it. */
export async function settle(ada) {
  await visit(ada, "/settings/home", "home-place");
  await choose(ada, "Your town", "Frome", /^Frome/);
  await press(ada, "Save");
  await told(ada, "Your home is saved.");
  await fill(ada, /^Your street/, "Catherine Street");
  await press(ada, "Save");
  await told(ada, "Your home is saved.");
  await stands(ada, /^Your street/, "Catherine Street");
  await look(ada, "home-street");
  await open(ada, "/welcome");
  assert.equal(await ada.page.getByText("Done", { exact: true }).count(), 3);
}
