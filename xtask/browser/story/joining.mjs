// Ada invites: one person by a link, a list by letters. Ben comes by the link, on his phone.

import assert from "node:assert/strict";
import { at, begin, choose, enter, fill, look, open, press, sees, visit } from "./cast.mjs";

/** Point 3: an invitation by link and QR. Gives the link. */
export async function invite(ada) {
  await visit(ada, "/invite", "invite");
  await fill(ada, /^For whom/, "Ben Yilmaz");
  await fill(ada, /^A word to them/, "Come and mend with us on Saturdays.");
  await press(ada, "Invite");
  await sees(ada, "The invitation for Ben Yilmaz is ready");
  await sees(ada, ada.page.getByRole("img", { name: "QR code of the invitation" }));
  await press(ada, "Copy");
  const link = await ada.page.evaluate(() => navigator.clipboard.readText());
  assert.match(link, /^http:\/\/localhost:\d+\/join\/[\w-]{43}$/);
  await look(ada, "invitation-made");
  return link;
}

/** Point 3: name, place, passkey, done. */
export async function join(stage, link) {
  const ben = await enter(stage, "Ben", "phone");
  await visit(ben, "/", "door");
  await visit(ben, link, "join");
  await sees(ben, "Ada Okafor");
  await sees(ben, "Come and mend with us on Saturdays.");
  await begin(ben, /^Where do you live/, "From", /^Frome/);
  await look(ben, "join-place", ["phone"]);
  await choose(ben, /^Where do you live/, "From", /^Frome/);
  await press(ben, "Create my passkey and join");
  await at(ben, "/welcome");
  await sees(ben, "You are member number 2.");
  await look(ben, "welcome-member");
  await visit(ben, link, "join-spent", 409);
  await visit(ben, "/", "home-empty");
  return ben;
}

/** Both find each other. */
export async function meet(ada, ben) {
  for (const [who, other, name] of [[ada, "Ben Yilmaz", "people"], [ben, "Ada Okafor", "people-searched"]]) {
    await open(who, who === ada ? "/people" : "/people?q=ada");
    await sees(who, who.page.getByRole("link", { name: other }));
    await look(who, name);
  }
  await press(ben, "More");
  await sees(ben, ben.page.getByRole("link", { name: "Decisions" }));
  await look(ben, "more-sections", ["phone"]);
}

/** Point 3: a whole list, looked at line by line, and its letters. */
export async function inviteMany(ada) {
  await visit(ada, "/invite/many", "invite-many");
  await fill(ada, /^Or paste the lines here/, "name,email,place\nDele Brandt,dele@example.org,Frome\nEve,nonsense,\nFay Lindqvist,,Frome");
  await press(ada, "Look at the list");
  await sees(ada, "2 people will be invited.");
  await sees(ada, "This does not look like an address for mail.");
  await look(ada, "invite-preview");
  await press(ada, "Invite 2 people");
  await sees(ada, "2 letters");
  await sees(ada, "Dear Dele Brandt,");
  assert.equal(await ada.page.locator(".letter .qr").count(), 2);
  await look(ada, "letters");
  await open(ada, "/invite");
  await sees(ada, "Fay Lindqvist");
  await look(ada, "invitations");
}

/** Invites several people by their names and has each of them join, in turn on a phone and at a desk. */
export async function bring(stage, ada, names) {
  const people = [];
  for (const [nth, name] of names.entries()) {
    await open(ada, "/invite");
    await fill(ada, /^For whom/, name);
    await press(ada, "Invite");
    await sees(ada, `The invitation for ${name} is ready`);
    await press(ada, "Copy");
    const link = await ada.page.evaluate(() => navigator.clipboard.readText());
    const who = await enter(stage, name.split(" ")[0], nth % 2 === 0 ? "phone" : "desktop");
    await open(who, link);
    await choose(who, /^Where do you live/, "From", /^Frome/);
    await press(who, "Create my passkey and join");
    await at(who, "/welcome");
    people.push(who);
  }
  return people;
}
