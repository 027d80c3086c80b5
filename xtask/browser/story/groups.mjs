// A group with people, roles and a wallet of its own.

import { at, fill, follow, look, open, press, sees, tick, told, visit } from "./cast.mjs";

/** Point 8: Ada makes a group, Ben joins it and pays it. */
export async function gather(ada, ben) {
  await visit(ada, "/groups", "groups-empty");
  await visit(ada, "/groups/new", "group-new");
  await fill(ada, "Name", "Repair Café");
  await fill(ada, /^What is it for, in your own words/, "Every second Saturday we mend what people bring.");
  await tick(ada, /^Trade/);
  await ada.page.getByLabel(/^Anybody in the club may join/).check();
  await press(ada, "Save");
  await told(ada, "The group is there.");
  const { pathname } = new URL(ada.page.url());

  await visit(ben, "/groups", "groups");
  await follow(ben, "Repair Café");
  await at(ben, pathname);
  await look(ben, "group-outside");
  await press(ben, "Join");
  await told(ben, "You are in.");
  await follow(ben, "Pay");
  await at(ben, "/wallet/pay");
  await fill(ben, /^Amount/, "4");
  await press(ben, "Pay");
  await told(ben, "Paid. It has arrived.");

  await visit(ada, pathname, "group");
  await sees(ada, "Ben Yilmaz");
  await visit(ada, `${pathname}/change`, "group-change");
  await open(ada, pathname);
  await follow(ada, "Wallet");
  await sees(ada, "Wallet of Repair Café");
  await sees(ada, /4\.00/);
  await look(ada, "group-wallet");
}
