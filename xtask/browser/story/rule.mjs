// How a group's wallet pays, and how far an account may go: who decides what, and what is said before it is sent.

import { at, choose, fill, follow, look, open, press, select, sees, told, visit } from "./cast.mjs";
import { vote } from "./admission.mjs";

/** Somebody fills in the form of a payment from the group's wallet to Ben. */
async function spend(who, group, amount, what) {
  await open(who, `/wallet/pay?of=${group}`);
  await choose(who, "Pay whom?", "Ben", /^Ben Yilmaz/);
  await fill(who, /^Amount/, amount);
  await fill(who, /^What for/, what);
  await press(who, "Pay");
}

/** Ada's group agrees on a rule: alone up to a little, two signatures up to more, all of it above that. */
export async function agreeOnRule(ada, ben, group) {
  const wallet = `/wallet?of=${group}`;
  await open(ada, `/groups/${group}`);
  await ada.page.getByRole("listitem").filter({ hasText: "Ben Yilmaz" }).getByRole("button", { name: "Make treasurer" }).click();
  await told(ada, "The role is given.");
  await open(ada, wallet);
  await sees(ada, "Its treasurers and stewards alone, however much.");
  await follow(ada, "Change the rule");
  await at(ada, "/wallet/rule");
  await look(ada, "wallet-rule");
  await fill(ada, /^Treasurers and stewards alone, up to/, "1");
  await fill(ada, /^More than that, up to/, "0.50");
  await select(ada, "Who decides this?", "two signatures");
  await select(ada, "Who decides everything above?", "group majority");
  await press(ada, "Propose this rule");
  await sees(ada, "Each line must reach a larger amount than the line before");
  await fill(ada, /^More than that, up to/, "3");
  await press(ada, "Propose this rule");
  await told(ada, "Your rule is now open for votes.");
  await at(ada, /^\/decisions\//);
  const { pathname } = new URL(ada.page.url());
  for (const who of [ada, ben]) await vote(who, pathname);
  await sees(ben, "Passed and done");
  await open(ben, wallet);
  await sees(ben, /Treasurers and stewards alone, each up to 1\.00.* a day\./);
  await sees(ben, /Up to 3\.00.*: two signatures\./);
  await look(ben, "group-wallet-rule");
}

/** A little is paid at once; more needs a second signature, which is said before it is sent. */
export async function signTwice(ada, ben, group, name) {
  await spend(ada, group, "0.75", "Sandpaper");
  await told(ada, "Paid. It has arrived.");
  await sees(ada, /You can still pay 0\.25.* alone today\./);
  await spend(ada, group, "2", "A vice");
  await sees(ada, "This needs a second signature");
  await look(ada, "pay-asks");
  await press(ada, "Ask for it");
  await told(ada, "The rules want others to decide this.");
  await at(ada, /^\/decisions\//);
  await sees(ada, new RegExp(`^Pay 2\\.00 .* to Ben Yilmaz from the wallet of ${name}: A vice`));
  await sees(ada, "Who has signed");
  await look(ada, "decision-signatures");
  const { pathname } = new URL(ada.page.url());
  await open(ben, "/");
  await sees(ben, "Waiting for you");
  await follow(ben, /Pay 2\.00/);
  await at(ben, pathname);
  await vote(ben, pathname, "", /^I sign it/);
  await sees(ben, "Passed and done");
}

/** Limits are there to be read, and are granted by a decision; a balance below zero is explained. */
export async function askForLimits(ada, ben) {
  await visit(ben, "/wallet/about-balance", "about-balance");
  await follow(ben, "Limits");
  await at(ben, "/wallet/limits");
  await sees(ben, "Your limits");
  await look(ben, "limits");
  await open(ada, "/people/ben-yilmaz");
  await follow(ada, "Limits");
  await sees(ada, "Limits of Ben Yilmaz");
  await fill(ada, "Lower limit", "5");
  await press(ada, "Propose these limits");
  await sees(ada, "The lower limit must be zero or below");
  await fill(ada, "Lower limit", "-500");
  await fill(ada, /^Warning below/, "-100");
  await press(ada, "Propose these limits");
  await at(ada, /^\/decisions\//);
  await sees(ada, /Let Ben Yilmaz go down to .500\.00/);
  await visit(ada, "/wallet/limits?of=repair-cafe", "group-limits");
}
