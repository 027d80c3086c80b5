// Details with audiences, a circle, and the profile through the eyes of others.

import { at, choose, fill, look, misses, open, press, sees, select, told, visit } from "./cast.mjs";

async function detail(who, kind, value, audience) {
  await open(who, "/me/edit");
  await select(who, "What is it?", kind);
  await fill(who, "What do you want to say?", value);
  await select(who, "Who may see it?", audience);
  await press(who, "Save");
  await told(who, "Saved.");
}

/** Point 6: a circle with Ben in it, and three details for three audiences. */
export async function describe(ada) {
  await visit(ada, "/me", "profile-bare");
  await visit(ada, "/me/circles", "circles-empty");
  await press(ada, "Friends");
  await told(ada, "The circle is there.");
  await choose(ada, "Whom?", "Ben", /^Ben Yilmaz/);
  await press(ada, "Add somebody");
  await told(ada, "They are in.");
  await sees(ada, "Ben Yilmaz");
  await look(ada, "circle");
  await detail(ada, "About", "I mend what others throw away.", "Everybody, also outside the club");
  await detail(ada, "Skill", "Joinery", "The club");
  await detail(ada, "Phone", "01373 000 111", "My circle Friends");
  await look(ada, "profile-edit");
  await visit(ada, "/me/circles", "circles");
  await visit(ada, "/me", "profile-own");
}

/** Point 6: the same profile through three pairs of eyes, and then truly by Ben and by a guest. */
export async function viewAs(ada, ben, guest) {
  await open(ada, "/me/view-as?as=guest");
  await sees(ada, "I mend what others throw away.");
  await misses(ada, "Joinery");
  await look(ada, "view-as-guest");
  await open(ada, "/me/view-as?as=club+member");
  await sees(ada, "Joinery");
  await misses(ada, "01373 000 111");
  await choose(ada, "Or through whose eyes?", "Ben", /^Ben Yilmaz/);
  await press(ada, "Look");
  await at(ada, "/me/view-as");
  await sees(ada, "01373 000 111");
  await look(ada, "view-as-friend");
  await visit(ben, "/people/ada-okafor", "profile");
  await sees(ben, "01373 000 111");
  await visit(guest, "/people/ada-okafor", "profile-public");
  await sees(guest, "I mend what others throw away.");
  await misses(guest, "Joinery");
}
