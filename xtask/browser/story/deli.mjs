// Deli dollars from their design to the question whether to close them: bought, spent, given back, and what all holders can see.

import assert from "node:assert/strict";
import { at, awaits, fill, follow, look, misses, open, press, select, sees, stands, tick, told, visit } from "./cast.mjs";
import { passDays } from "./clock.mjs";

/** A group of Ada's that trades. */
async function start(ada, name, purpose) {
  await open(ada, "/groups/new");
  await fill(ada, "Name", name);
  await fill(ada, /^What is it for, in your own words/, purpose);
  await tick(ada, /^Trade/);
  await ada.page.getByLabel(/^Anybody in the club may join/).check();
  await press(ada, "Save");
  await told(ada, "The group is there.");
}

/** The shopkeeper's two minutes: kind, fields, words, made. */
export async function design(ada, { lifetime, notice } = {}) {
  await visit(ada, "/currencies", "currencies-empty");
  await start(ada, "Deli", "Bread, cheese and soup.");
  await visit(ada, "/currencies/new", "currency-kinds");
  await tick(ada, /^Prepaid voucher/);
  await select(ada, "Which group makes it?", "Deli");
  await press(ada, "Next");
  await fill(ada, "What is it called?", "Deli dollars");
  await fill(ada, "Sign beside amounts", "D$");
  await fill(ada, "Short name", "GBP");
  await fill(ada, "What do you promise?", "Bread, cheese and soup from our counter, at the prices of the day.");
  await press(ada, "See it in words");
  await sees(ada, "Short names of three letters are kept for the money of countries");
  await fill(ada, "Short name", "DELI");
  await look(ada, "currency-design");
  await press(ada, "See it in words");
  await sees(ada, /cost .*90\.00/);
  await sees(ada, "You promise to deliver to whoever has Deli dollars");
  await look(ada, "currency-preview");
  await press(ada, "Change something");
  await stands(ada, "What is it called?", "Deli dollars");
  await fill(ada, "How much may be out at most?", "500");
  if (lifetime) await fill(ada, "How long can it be spent?", lifetime);
  if (notice) await fill(ada, "How early are holders told before it ends?", notice);
  await press(ada, "See it in words");
  await press(ada, "Make it");
  await told(ada, "It is made.");
  await at(ada, "/currencies/DELI");
  await look(ada, "currency");
}

/** Ben buys a hundred for ninety, spends forty, and gives ten back. */
export async function trade(ada, ben) {
  await visit(ben, "/currencies", "currencies");
  await follow(ben, "Deli dollars");
  await follow(ben, "Buy");
  await fill(ben, "How much?", "600");
  await press(ben, "Buy");
  await sees(ben, /Only 500\.00 more can be issued/);
  await fill(ben, "How much?", "100");
  await look(ben, "currency-buy");
  await press(ben, "Buy");
  await told(ben, "Bought. It is in your wallet.");
  await sees(ben, /can be spent until/);
  await follow(ben, "Spend");
  await fill(ben, "How much?", "1000");
  await press(ben, "Spend");
  await sees(ben, /You have 100\.00 to spend/);
  await fill(ben, "How much?", "40");
  await fill(ben, /^What for/, "Soup for eight");
  await look(ben, "currency-spend");
  await press(ben, "Spend");
  await told(ben, "Spent.");
  await look(ben, "currency-held");
  await press(ben, "Give back");
  await told(ben, "Given back.");
  await open(ben, "/currencies/DELI/buy");
  await fill(ben, "How much?", "50");
  await press(ben, "Buy");
  await told(ben, "Bought.");
  await visit(ben, "/wallet", "wallet-with-vouchers");
  await sees(ben, "What it is for, and its terms");
}

/** What was bought and not spent ends on its day; its holder is told before, and all can read what ended. */
export async function expire(ada, ben, everybody) {
  await open(ben, "/currencies/DELI/buy");
  await fill(ben, "How much?", "100");
  await press(ben, "Buy");
  await told(ben, "Bought. It is in your wallet.");
  await follow(ben, "Spend");
  await fill(ben, "How much?", "40");
  await press(ben, "Spend");
  await told(ben, "Spent.");
  await open(ben, "/waiting");
  await misses(ben, /60\.00.* can be spent until/);
  await passDays(ada, 31, everybody);
  await awaits(ben, "/waiting", /60\.00.* can be spent until/);
  await look(ben, "waiting-expiry");
  await open(ben, "/wallet");
  await sees(ben, /60\.00/);
  await passDays(ada, 10, everybody);
  await awaits(ada, "/currencies/DELI/health", /60\.00\s*D\$\s*ended unspent so far/);
  await look(ada, "currency-expired");
  await open(ben, "/currencies/DELI");
  await misses(ben, /can be spent until/);
  await open(ben, "/waiting");
  await misses(ben, /60\.00.* can be spent until/);
}

/** A group's wallet buys for its group, and spends; whoever keeps it chooses it in the same forms. */
export async function forGroup(ada, ben) {
  await open(ben, "/wallet/pay?to=village-commons&amount=90&memo=Lunches");
  await press(ben, "Pay");
  await told(ben, "Paid. It has arrived.");
  await open(ada, "/currencies/DELI/buy");
  await select(ada, "Whose wallet?", "Village Commons (0.00\u{a0}D$)");
  await fill(ada, "How much?", "100");
  await look(ada, "currency-buy-for-group");
  await press(ada, "Buy");
  await told(ada, "Bought. It is in your wallet.");
  await follow(ada, "Spend");
  await select(ada, "Whose wallet?", "Village Commons (100.00\u{a0}D$)");
  await fill(ada, "How much?", "70");
  await press(ada, "Spend");
  await told(ada, "Spent.");
  await open(ada, "/wallet?of=village-commons");
  await sees(ada, /30\.00/);
}

/** The Deli closes: everybody is told and has a month, what is left is settled, and what is owed for it is paid. */
export async function close(ada, ben, everybody) {
  await open(ben, "/currencies/DELI/buy");
  await fill(ben, "How much?", "20");
  await press(ben, "Buy");
  await told(ben, "Bought.");
  await open(ada, "/currencies/DELI/close");
  await fill(ada, "How long does everybody have?", "30");
  await fill(ada, "Why?", "We move away.");
  await press(ada, "Put it to the group");
  await told(ada, "It is now open for votes.");
  await tick(ada, /^Yes|^I consent/);
  await press(ada, "Vote");
  await awaits(ben, "/waiting", "Deli dollars is being closed until");
  await open(ben, "/currencies/DELI");
  await sees(ben, /Being closed: until/);
  await misses(ben, /^Buy$/);
  await look(ben, "currency-closing");
  await follow(ben, "Spend");
  await fill(ben, "How much?", "5");
  await press(ben, "Spend");
  await told(ben, "Spent.");
  await passDays(ada, 31, everybody);
  await awaits(ben, "/currencies/DELI", "Still owed");
  await sees(ben, /15\.00\s*D\$ were left/);
  await sees(ben, /13\.50/);
  await look(ben, "currency-closed");
  await open(ada, "/currencies/DELI");
  await sees(ada, /30\.00\s*D\$ were left/);
  await ada.page.getByRole("listitem").filter({ hasText: "Ben Yilmaz" }).getByRole("button", { name: "Pay" }).click();
  await told(ada, "Paid. It is off the list.");
  await open(ben, "/wallet");
  await sees(ben, /13\.50/);
}

/** What holders see at all times, and what the Deli's keeper does. */
export async function know(ada, ben) {
  await visit(ben, "/currencies/DELI/health", "currency-health");
  await sees(ben, "With fewer than five holders nothing is said");
  await open(ada, "/currencies/DELI");
  await sees(ada, /owes its holders goods worth .*50\.00/);
  await follow(ada, "Hand out");
  await fill(ada, "To whom?", "ben-yilmaz");
  await fill(ada, "How much?", "5");
  await fill(ada, "Why?", "Thanks for carrying the tables");
  await look(ada, "currency-issue");
  await press(ada, "Hand out");
  await told(ada, "Handed out.");
  await visit(ben, "/rates", "rates-empty");
  await fill(ben, /^Whoever gives me/, "95");
  await fill(ben, /gets from me/, "100");
  await press(ben, "Offer it");
  await told(ben, "Your rate is there.");
  await look(ben, "rates");
}

/** The terms change by a decision of the group, and the old ones can still be read. */
export async function change(ada, ben) {
  await open(ada, "/currencies/DELI/change");
  await fill(ada, /^How long can it be given back/, "0");
  await look(ada, "currency-change");
  await press(ada, "Put it to the group");
  await told(ada, "It is now open for votes.");
  await ada.page.getByRole("radio", { name: /^Yes/ }).check().catch(() => {});
  await press(ada, "Vote");
  await visit(ben, "/currencies/DELI", "currency-changed");
  await sees(ben, "Version 2");
  await follow(ben, "Version 1");
  await at(ben, "/currencies/DELI/terms/1");
  await sees(ben, "These terms are no longer in force");
  await look(ben, "currency-terms");
  await misses(ben, "What was bought cannot be given back.");
  await visit(ada, "/currencies/DELI/close", "currency-close");
  await fill(ada, "How long does everybody have?", "10");
  await fill(ada, "Why?", "We move away.");
  await press(ada, "Put it to the group");
  await sees(ada, "Give holders 30 days at least");
  assert.match(ada.page.url(), /\/close$/);
}
