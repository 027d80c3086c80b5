// Members talk about a decision, say what came of it, take on what follows, and find it again in the register.

import assert from "node:assert/strict";
import { fill, follow, look, open, press, sees, select, stands, told, visit } from "./cast.mjs";

/** A day to come, as a date box takes it. */
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Reasons and answers below a proposal that is open. */
export async function reason([, ben, cleo], decision) {
  await open(cleo, decision);
  await fill(cleo, "What do you think?", "A smaller debt is easier to **trade back**.");
  await select(cleo, "It is", "a reason for it");
  await press(cleo, "Say it");
  await told(cleo, "It stands below the decision.");
  await open(ben, decision);
  await sees(ben, "One reason for it, 0 against it, 0 questions");
  await ben.page.getByText("Answer", { exact: true }).click();
  await fill(ben, "Your answer", "As long as nobody is below it now.");
  await ben.page.locator("details[open]").getByRole("button", { name: "Say it" }).click();
  await told(ben, "It stands below the decision.");
  await look(ben, "decision-talk");
  await open(cleo, decision);
  await cleo.page.getByText("Change or take back").click();
  await fill(cleo, "In other words", "A smaller debt is sooner **traded back**.");
  await press(cleo, "Change it");
  await told(cleo, "It is changed, and marked as changed.");
  await sees(cleo, "sooner traded back");
}

/** A date is looked for: each says of each day yes, if need be, or no. */
export async function findDate([ada, ben]) {
  await visit(ada, "/decisions/ask?kind=dates", "ask-dates");
  await fill(ada, "What is the date for?", "Spring clean-up");
  await fill(ada, "Option 1", "2027-04-02T10:00");
  await press(ada, "Ask it");
  await sees(ada, "A question needs from two to 40 options.");
  await stands(ada, "Option 1", "2027-04-02T10:00");
  await fill(ada, "Option 2", "2027-04-03T10:00");
  await press(ada, "Ask it");
  await told(ada, "You have asked.");
  const { pathname } = new URL(ada.page.url());
  for (const who of [ada, ben]) {
    await open(who, pathname);
    await who.page.getByRole("group", { name: /^Friday, 2 April/ }).getByLabel("If need be").check();
    await who.page.getByRole("group", { name: /^Saturday, 3 April/ }).getByLabel("Yes").check();
    await press(who, "Vote");
    await told(who, "Your vote counts.");
  }
  await sees(ben, "You have voted.");
  await look(ben, "ballot-dates");
  await press(ada, "Take this back");
}

/** What came of it, and who does what until when. */
export async function followUp([ada, ben], decision) {
  await open(ada, decision);
  await ada.page.getByText("State what came of it").click();
  await fill(ada, /^What came of it/, "From now on 250 is the most that anybody owes.");
  await fill(ada, /^Look at it again on/, inDays(400));
  await press(ada, "State it");
  await told(ada, "It stands with the decision now.");
  await ada.page.getByText("Something follows from it").click();
  await fill(ada, "What is to be done?", "Tell those who were below it");
  await fill(ada, /^Who does it/, "ben-yilmaz");
  await fill(ada, /^Until/, inDays(300));
  await press(ada, "Write it down");
  await told(ada, "It is written down.");
  await open(ben, decision);
  await press(ben, "It is done");
  await told(ben, "Well done.");
  await look(ben, "decision-followed");
}

/** The register knows it by its words, with its place in the record. */
export async function lookUp([ada], decision) {
  await visit(ada, "/decisions", "decisions-register");
  await follow(ada, "Register of decisions");
  await fill(ada, "Words", "−250");
  await press(ada, "Search");
  await sees(ada, ada.page.locator(`main a[href="${decision}"]`));
  await look(ada, "register");
  const found = await ada.page.evaluate(async () => (await fetch("/decisions/register.json")).json());
  const entered = found.find(({ id }) => decision.endsWith(id));
  assert.equal(entered.counts.yes, 5);
  assert.match(entered.proof.commitment, /^[0-9a-f]{64}$/);
  const table = await ada.page.evaluate(async () => (await fetch("/decisions/register.csv")).text());
  assert.equal(table.trim().split("\r\n").length, found.length + 1);
  assert.ok(table.includes(entered.proof.event));
}
