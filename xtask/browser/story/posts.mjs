// Posts and whom they reach: by following, by nearness, and not at all.

import assert from "node:assert/strict";
import { at, fill, follow, look, misses, open, press, sees, tick, told, visit } from "./cast.mjs";

const TOWN = "The tool library opens on Saturday";
const STREET = "Who has the long ladder?";
const WORLD = "Plans for a cargo bike, free to use";

async function write(who, title, level, text) {
  await open(who, "/posts/new");
  await fill(who, "Title", title);
  await fill(who, "What do you have to say?", text);
  await fill(who, "Tags", "tools, sharing");
  await tick(who, level);
  await press(who, "Post");
  await told(who, "Your post is there.");
  await at(who, /^\/posts\//);
}

/** Point 4: what Ada writes for the town reaches Ben, by both ways; what she writes for her street does not. */
export async function post(ada, ben) {
  await visit(ada, "/posts/new", "post-new");
  await write(ada, TOWN, /^My town/, "Come by between **ten and four**.\n\n- drills\n- saws\n- a sewing machine");
  await look(ada, "post");
  await write(ada, STREET, /^My street/, "It was leaning on the wall on Tuesday.");
  await write(ada, WORLD, /^The world/, "Drawings and a parts list, for anybody.");

  await visit(ben, "/feed", "feed-empty");
  await misses(ben, TOWN);
  await open(ben, "/near");
  await sees(ben, TOWN);
  await misses(ben, STREET);
  await look(ben, "near");

  await visit(ben, "/people/ada-okafor", "profile-before");
  await press(ben, "Follow");
  await told(ben, "Their posts are in your feed now.");
  await open(ben, "/feed");
  await sees(ben, TOWN);
  await sees(ben, WORLD);
  await misses(ben, STREET);
  await look(ben, "feed");
}

/** Point 4: an answer below a post, a tag, the author's own page, and a correction that shows what was there before. */
export async function talk(ada, ben) {
  await open(ben, "/near");
  await follow(ben, TOWN);
  await at(ben, /^\/posts\//);
  await fill(ben, "Your comment", "I bring the sewing machine back then.");
  await press(ben, "Comment");
  await told(ben, "Your comment is there.");
  await visit(ada, new URL(ben.page.url()).pathname, "post-commented");
  await sees(ada, "I bring the sewing machine back then.");
  await press(ada, "Remove");
  await sees(ada, "Remove this post?");
  await look(ada, "post-remove");
  await press(ada, "Close");
  await follow(ada, "Edit");
  await at(ada, /\/edit$/);
  await fill(ada, "What do you have to say?", "Come by between **nine and four**.");
  await look(ada, "post-edit");
  await press(ada, "Save");
  await told(ada, "Your post is up to date.");
  await visit(ben, "/tags/tools", "tag");
  await sees(ben, TOWN);
  await visit(ben, "/posts/by/ada-okafor", "posts-by");
  await visit(ben, "/", "home");
  await sees(ben, TOWN);
}

/** Point 4: Cleo lives elsewhere. She follows Ada, and sees what is for the world only. */
export async function elsewhere(cleo) {
  await open(cleo, "/people/ada-okafor");
  await press(cleo, "Follow");
  await told(cleo, "Their posts are in your feed now.");
  await open(cleo, "/feed");
  await sees(cleo, WORLD);
  await misses(cleo, TOWN);
  await misses(cleo, STREET);
  await open(cleo, "/near");
  await misses(cleo, TOWN);
  await misses(cleo, STREET);
  assert.equal(await cleo.page.locator("main h1").count(), 1);
}
