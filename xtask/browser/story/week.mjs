// The first week of a group, from its making to the larger group that it joins.

import assert from "node:assert/strict";
import { at, choose, fill, follow, look, open, press, sees, select, tick, told, visit } from "./cast.mjs";
import { vote } from "./admission.mjs";

const GARDEN = "/groups/court-garden";

/** The path where somebody is. */
const here = (who) => new URL(who.page.url()).pathname;

/** Everybody agrees to what was just put to the members. */
async function agree(all, decision) {
  for (const who of all) await vote(who, decision);
  await sees(all.at(-1), "Passed and done");
}

/** Name, purpose, place, who may read it, what it is for: that is all. */
export async function make(ada) {
  await visit(ada, "/groups/new", "week-new");
  await fill(ada, "Name", "Court Garden");
  await fill(ada, /^What is it for, in your own words/, "We grow vegetables behind the house.");
  await fill(ada, /^Where is it/, "Frome");
  await tick(ada, /^Everybody/);
  await press(ada, "Save");
  await told(ada, "The group is there.");
  await at(ada, GARDEN);
  await sees(ada, "Three steps to begin with");
  await sees(ada, /Frome/);
  await look(ada, "week-alone");
}

/** What those agree to who come in; then Ben is invited, and agrees. */
export async function invite(ada, ben) {
  await visit(ada, `${GARDEN}/door`, "week-door");
  await fill(ada, /^A question/, "What would you like to grow?");
  await fill(ada, /^What everybody agrees to/, "We water when it is our turn.");
  await fill(ada, /^What newcomers should know/, "The tools are in the shed.");
  await press(ada, "Save");
  await told(ada, "Changed.");
  await choose(ada, "Whom?", "Ben", /^Ben Yilmaz/);
  await press(ada, "Invite somebody");
  await told(ada, "They are invited.");
  await open(ben, "/waiting");
  await follow(ben, "Court Garden");
  await sees(ben, "You are invited to this group");
  await look(ben, "week-invited");
  await ben.page.getByLabel("I have read this and agree to it").check();
  await press(ben, "Join");
  await told(ben, "You are in.");
  await sees(ben, "The tools are in the shed.");
}

/** From now on the members admit; Cleo answers the question and is admitted by both. */
export async function admit(ada, ben, cleo) {
  await open(ada, `${GARDEN}/door`);
  await tick(ada, /^group majority/);
  await press(ada, "Save");
  await told(ada, "Changed.");
  await open(cleo, GARDEN);
  await follow(cleo, "Ask to join");
  await look(cleo, "week-ask");
  await fill(cleo, "What would you like to grow?", "Beans, and flowers for the bees.");
  await cleo.page.getByLabel("I have read this and agree to it").check();
  await press(cleo, "Ask");
  await told(cleo, "You have asked to join.");
  await open(ben, GARDEN);
  await sees(ben, "Beans, and flowers for the bees.");
  await look(ben, "week-asked");
  await press(ben, "Put it to the members");
  await at(ben, /^\/decisions\//);
  await agree([ada, ben], here(ben));
  await open(cleo, GARDEN);
  await sees(cleo, "The tools are in the shed.");
}

/** What each mode brings is said before; the members decide, and it holds at once. */
export async function raise(all) {
  const [ada] = all;
  await visit(ada, `${GARDEN}/mode`, "week-mode");
  for (const name of ["Work", "Trade"]) {
    await open(ada, `${GARDEN}/mode`);
    const part = ada.page.locator("section").filter({ has: ada.page.getByRole("heading", { name, exact: true }) });
    await part.getByRole("button", { name: "Ask the members for it" }).click();
    await at(ada, /^\/decisions\//);
    await agree(all, here(ada));
    await open(ada, GARDEN);
    await sees(ada, ada.page.locator("header.profile-head").getByText(name));
  }
  await look(ada, "week-group");
}

/** A draft, then a post; a reader without an account reads it, as a page and as a feed. */
export async function publish(ada, cleo) {
  await open(cleo, GARDEN);
  await follow(cleo, "Blog");
  await look(cleo, "week-blog-empty");
  await follow(cleo, "Write a post");
  await look(cleo, "week-blog-form");
  await fill(cleo, "Title", "First beans");
  await fill(cleo, /^Text/, "Four of them, and **more** to come.");
  await press(cleo, "Save");
  await told(cleo, "Saved.");
  await look(cleo, "week-blog-draft");
  await press(cleo, "Publish");
  await told(cleo, "It is published.");
  const post = here(cleo);
  await visit(ada, `${GARDEN}/blog`, "week-blog");
  await sees(ada, "First beans");
  const { base } = ada.stage;
  const read = (path, headers = {}) => fetch(new URL(path, base), { headers });
  for (const form of ["atom", "rss", "json"]) {
    const answer = await read(`${GARDEN}/blog/feed.${form}`);
    assert.equal(answer.status, 200);
    const text = await answer.text();
    assert.ok(text.includes("First beans") && text.includes(`urn:uuid:${post.split("/").at(-1)}`), text);
    const again = await read(`${GARDEN}/blog/feed.${form}`, { "if-none-match": answer.headers.get("etag") });
    assert.equal(again.status, 304);
  }
  const page = await read(post);
  assert.ok((await page.text()).includes("more</strong> to come"));
}

/** The garden becomes part of the yard: its members decide, then the yard does. */
export async function link(ada, ben, cleo) {
  await open(ben, "/groups/new");
  await fill(ben, "Name", "The Yard");
  await press(ben, "Save");
  await told(ben, "The group is there.");
  await visit(ada, `${GARDEN}/within`, "week-within");
  await fill(ada, /^Which group/, "The Yard");
  await select(ada, "Who speaks for you there?", "Cleo Martin");
  await fill(ada, /^What are they to do there/, "Speak for the beans, and ask us before anything is spent.");
  await press(ada, "Ask the members for it");
  await at(ada, /^\/decisions\//);
  await agree([ada, ben, cleo], here(ada));
  await open(ben, "/groups/the-yard/within");
  await sees(ben, "Court Garden");
  await press(ben, "Put it to the members");
  await at(ben, /^\/decisions\//);
  await agree([ben], here(ben));
  await visit(cleo, "/groups/tree", "week-tree");
  await sees(cleo, "Cleo Martin speaks for it.");
}
