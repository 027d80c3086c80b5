// A group talks: what one says the others hear at once, without loading the page again; signs, answers, mending, removing, searching,
// a payment by a command, and a program that writes along.

import assert from "node:assert/strict";
import { at, fill, follow, look, misses, open, press, sees, stands, told, visit } from "./cast.mjs";

const CHAT = "/groups/court-garden/chat";
const SAY = /^Say something in #/;

/** Says something in the channel that is open. */
async function say(who, text) {
  await fill(who, SAY, text);
  await press(who, "Send");
}

/** The message with these words. */
const message = (who, words) => who.page.locator(".chat-message", { hasText: words });

/** Opens what can be done with a message, and does it. */
async function does(who, words, name) {
  const it = message(who, words);
  await it.locator("summary").click();
  await it.getByRole("button", { name }).first().click();
}

/** They talk, each on a page that stays open. */
export async function talk(ada, ben) {
  await open(ada, "/groups/court-garden");
  await follow(ada, "Chat");
  await at(ada, CHAT);
  await look(ada, "chat-empty");
  await say(ada, "Good morning, @ben-yilmaz.");
  await sees(ada, message(ada, "Good morning"));
  await open(ben, "/waiting");
  await follow(ben, /Court Garden #/);
  await at(ben, CHAT);
  await sees(ben, "Good morning");
  await say(ada, "Who waters **today**, @ben-yilmaz?");
  await sees(ben, message(ben, "Who waters today"));
  await ben.page.getByLabel(SAY).pressSequentially("Me");
  await sees(ada, "Ben Yilmaz is writing");
  await say(ben, "Me, at six.");
  await sees(ada, message(ada, "Me, at six."));
  await sees(ben, message(ben, "Me, at six."));
  await say(ada, "<img src=x onerror=alert(1)> and a [link](https://example.org)");
  await sees(ben, ben.page.getByRole("link", { name: "link", exact: true }));
  assert.equal(await ben.page.locator(".chat-list img").count(), 0);
}

/** What can be done with a message, and what the other sees of it at once. */
export async function tend(ada, ben) {
  await say(ben, "Meat, at six.");
  await does(ben, "Meat, at six.", "Remove");
  await told(ben, "Done.");
  // What came while the page is open can be used like what was there.
  await say(ada, "The bell rings at noon.");
  await does(ben, "The bell rings at noon.", "👍");
  await told(ben, "Done.");
  await sees(ada, message(ada, "The bell rings at noon.").getByText("👍 1"));
  await open(ben, CHAT);
  await does(ben, "Who waters today", "👍");
  await told(ben, "Done.");
  await sees(ada, message(ada, "Who waters today").getByText("👍 1"));
  await message(ben, "Who waters today").locator("summary").click();
  await message(ben, "Who waters today").getByRole("link", { name: "Answer" }).click();
  await fill(ben, "Answer", "And I bring the hose.");
  await press(ben, "Send");
  await sees(ada, message(ada, "And I bring the hose."));
  await open(ben, CHAT);
  await sees(ben, "1 answer");
  await message(ben, "Me, at six.").locator("summary").click();
  await message(ben, "Me, at six.").getByRole("textbox").fill("Me, at seven.");
  await message(ben, "Me, at six.").getByRole("button", { name: "Mend" }).click();
  await told(ben, "Done.");
  await sees(ada, message(ada, "Me, at seven."));
  await does(ben, "And I bring the hose.", "Remove");
  await told(ben, "Done.");
  await sees(ada, "This message was removed.");
  await misses(ada, "And I bring the hose.");
  await open(ben, CHAT);
  await look(ben, "chat");
  await visit(ben, "/chat", "chat-inbox");
  await visit(ben, `${CHAT}/search`, "chat-search");
  await ben.page.locator("main input[name=q]").fill("from:ada-okafor waters");
  await ben.page.locator("main form").getByRole("button").click();
  await sees(ben, "Who waters");
}

/** A message becomes a post, or a question to the members; what is typed becomes one at once. */
export async function turn(ada, ben) {
  await open(ada, CHAT);
  await message(ada, "Me, at seven.").locator("summary").click();
  await message(ada, "Me, at seven.").getByRole("link", { name: "Make something of it" }).click();
  await look(ada, "chat-turn");
  await follow(ada, "A post");
  await at(ada, "/posts/new");
  await stands(ada, "What do you have to say?", "Me, at seven.");
  await ada.page.goBack();
  await follow(ada, "A question to the members");
  await at(ada, "/decisions/ask");
  await look(ada, "chat-turn-ask");
  await open(ada, CHAT);
  await open(ben, CHAT);
  await say(ada, "/poll Which day? | Friday | Saturday");
  await message(ben, "asks the group: Which day?").getByRole("link", { name: "Which day?" }).click();
  await at(ben, /^\/decisions\//);
  await sees(ben, "Saturday");
  await open(ben, CHAT);
  await say(ada, "/propose We paint the shed green");
  await sees(ben, message(ben, "asks the group: We paint the shed green"));
  await say(ada, "/poll Only a question");
  await sees(ada, ada.page.locator("textarea:invalid"));
}

/** A command pays by the wallet's own rules; a program that knows an address writes along. */
export async function reach(ada, ben) {
  await open(ada, CHAT);
  await open(ben, CHAT);
  await say(ada, "/pay @ben-yilmaz 1 seeds");
  await sees(ben, message(ben, "paid @ben-yilmaz 1 for seeds"));
  await say(ada, "/pay @nobody-here 1 seeds");
  await sees(ada, ada.page.locator("textarea:invalid"));
  await visit(ada, `${CHAT}/history`, "chat-history");
  await visit(ada, `${CHAT}/hooks`, "chat-hooks");
  await fill(ada, "What is the program called?", "Rain gauge");
  await press(ada, "Make an address");
  await sees(ada, "The address is ready");
  await look(ada, "chat-hook-made");
  const address = await ada.page.locator("main code, main .copy-text").first().innerText();
  const answer = await fetch(address, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ text: "4 mm since morning" }) });
  assert.equal(await answer.text(), "ok");
  await sees(ben, message(ben, "4 mm since morning").getByText("Program"));
  await look(ben, "chat-program");
  const wrong = await fetch(new URL("/hooks/nothing", address), { method: "POST", body: "payload={}" });
  assert.ok(wrong.status >= 400);
}
