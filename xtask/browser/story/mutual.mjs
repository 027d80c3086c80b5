// Mutual credit that a group makes: a month of trade between three people and their commons, the worked example of the ledger played
// step by step to its exact balances, with demurrage at the turn of the month. Then somebody offers to exchange it for the club's
// credit. It wants a clock that can be moved.

import assert from "node:assert/strict";
import { at, awaits, fill, follow, look, open, press, sees, select, tick, told, visit } from "./cast.mjs";
import { pass, passToNextMonth } from "./clock.mjs";
import { consent } from "./constitution.mjs";

const CREDIT = "Village credits";

/** What somebody has of the village's credit: the figure on the card of that account. */
async function has(who, of = "") {
  await open(who, `/wallet${of}`);
  const card = who.page.locator("main .card", { hasText: CREDIT }).filter({ has: who.page.locator(".money-balance") }).filter({ hasNotText: "All of it together" });
  const text = await card.first().locator(".money-balance").innerText();
  return text.replace("−", "-").replaceAll(/[^\d.-]/g, "");
}

/** Pays somebody by the form, in the village's credit. */
async function pay(who, handle, amount, memo = "") {
  await open(who, `/wallet/pay?to=${handle}&amount=${amount}&memo=${encodeURIComponent(memo)}&currency=VILLAGE`);
  await press(who, "Pay");
}

/** Pays a list in one step, or nobody on it. */
async function payAll(who, list) {
  await open(who, "/wallet/many");
  await tick(who, new RegExp(`^${CREDIT}`));
  await fill(who, /^Or the list itself/, list);
  await press(who, "Look at it");
  await press(who, "Pay all 2 rows");
}

/** Puts something aside for somebody, for some seconds. */
async function hold(who, handle, amount, seconds) {
  await open(who, "/wallet/hold");
  await tick(who, new RegExp(`^${CREDIT}`));
  await fill(who, "For whom?", `@${handle}`);
  await fill(who, /^Amount/, amount);
  await who.page.locator("select[name=seconds] option").first().evaluate((option, value) => { option.value = value; }, seconds);
  await who.page.locator("select[name=seconds]").selectOption(seconds);
  await press(who, "Put aside");
  await told(who, "It is put aside. They can take it now.");
  return new URL(who.page.url()).pathname;
}

/** Ada’s group makes the credit, and everybody opens an account. */
export async function design(ada, ben, cleo) {
  await open(ada, "/groups/new");
  await fill(ada, "Name", "Village Commons");
  await fill(ada, /^What is it for, in your own words/, "We keep what the village shares.");
  await tick(ada, /^Trade/);
  await ada.page.getByLabel(/^Anybody in the club may join/).check();
  await press(ada, "Save");
  await told(ada, "The group is there.");
  await open(ada, "/currencies/new?kind=mutual-credit&group=village-commons");
  await fill(ada, "What is it called?", CREDIT);
  await fill(ada, "Sign beside amounts", "V");
  await fill(ada, "Short name", "VILLAGE");
  await fill(ada, "How far may somebody go below zero?", "-500");
  await fill(ada, "From where on are they reminded?", "");
  await fill(ada, "How much may somebody gather?", "500");
  await ada.page.getByText("Fee, and what idle money gives to the group").click();
  await fill(ada, /^What idle balances give each month/, "1.75");
  await press(ada, "See it in words");
  await press(ada, "Make it");
  for (const who of [ada, ben, cleo]) {
    await open(who, "/currencies/VILLAGE");
    await press(who, "Open an account");
  }
}

/** What Ada may gather is decided by all: 400, with a reminder from 300. */
export async function grant(all) {
  const [ada] = all;
  await open(ada, "/wallet/limits");
  await follow(ada, CREDIT);
  await look(ada, "limits-several");
  await fill(ada, "Warning above", "300");
  await fill(ada, "Upper limit", "400");
  await press(ada, "Propose these limits");
  await at(ada, /^\/decisions\//);
  const { pathname } = new URL(ada.page.url());
  await sees(ada, /Let Ada Okafor go down to .500\.00 .* and up to 400\.00 .* with a warning at 300\.00/);
  await consent(all, pathname);
  await awaits(ada, pathname, "Passed and done");
}

/** The month: Ben is paid and pays, Ada takes what was put aside and gives a part back, Cleo owes; the commons gets its share. */
export async function trade(ada, ben, cleo) {
  await visit(ben, "/wallet/pay", "pay-several");
  await sentTwice(ben, "ada-okafor", "80", "81");
  await pay(cleo, "ben-yilmaz", "350", "A winter of repairs");
  await told(cleo, "Paid. It has arrived.");
  assert.deepEqual([await has(ben), await has(ada), await has(cleo)], ["270.00", "80.00", "-350.00"]);

  // What is put aside counts: a payment that would fit alone does not fit beside it.
  const deposit = await hold(cleo, "ada-okafor", "100", "86400");
  await pay(cleo, "ben-yilmaz", "60");
  await sees(cleo, /You can go down to .500\.00.*10\.00/);
  await open(ada, deposit);
  await fill(ada, "How much do you take?", "70");
  await press(ada, "Take it");
  await told(ada, "It is yours now.");
  assert.deepEqual([await has(ada), await has(cleo)], ["150.00", "-420.00"]);

  // What is not taken in time goes back.
  const brief = await hold(cleo, "ben-yilmaz", "50", "60");
  await open(ben, brief);
  await pass(ada, { minutes: 1 });
  await press(ben, "Take it");
  await sees(ben, "What was put aside was not used in time and has been given back.");
  await open(cleo, brief);
  await sees(cleo, "not taken in time, given back");

  // A payment and its part for the commons: both, or neither.
  await payAll(ben, "@ada-okafor;200;Roof\n@village-commons;4;For all of us");
  await told(ben, "Everybody on the list is paid.");
  assert.deepEqual([await has(ben), await has(ada), await has(ada, "?of=village-commons")], ["66.00", "350.00", "4.00"]);
  // Beyond a soft limit one is reminded, and nothing is refused; beyond the hard one it is.
  await open(ada, "/wallet");
  await sees(ada, /You have given much more than you took\. You can gather up to 400\.00/);
  await look(ada, "wallet-warned");
  await payAll(cleo, "@ben-yilmaz;75;Roof\n@village-commons;7.50;For all of us");
  await sees(cleo, /Nothing was paid\. Row 2 \(Village Commons\) is the reason: You can go down to .500\.00.*2\.50/);
  await look(cleo, "many-refused");
  assert.equal(await has(cleo), "-420.00");
  await pay(ben, "ada-okafor", "60");
  await sees(ben, "The receiver's account can't take this much at present.");
  await look(ben, "pay-too-much-for-them");
  assert.deepEqual([await has(ben), await has(ada)], ["66.00", "350.00"]);

  // Ada gives a part of the deposit back.
  await open(ada, deposit);
  await follow(ada, "Give back");
  await at(ada, /^\/wallet\/refund\//);
  await fill(ada, "How much do you give back?", "70.01");
  await press(ada, "Give back");
  await sees(ada, "Of this payment 70.00 are left to be given back.");
  await fill(ada, "How much do you give back?", "20");
  await fill(ada, /^Why/, "It was less work");
  await look(ada, "refund");
  await press(ada, "Give back");
  await told(ada, "Given back. It has arrived.");

  // The month turns: what lies idle gives its share, whoever owes gives none, and the commons pays none to itself.
  await passToNextMonth(ada);
  await awaits(ben, "/wallet", /64\.84/);
  await awaits(ada, "/wallet", /324\.22/);
  assert.deepEqual(
    [await has(ben), await has(ada), await has(ada, "?of=village-commons"), await has(cleo)],
    ["64.84", "324.22", "10.94", "-400.00"],
  );
}

/** A form that is sent again pays once; with another amount it is refused. */
async function sentTwice(who, handle, amount, other) {
  await open(who, `/wallet/pay?to=${handle}&amount=${amount}&currency=VILLAGE`);
  const answers = await who.page.evaluate(async ([first, second]) => {
    const form = document.querySelector("main form[action='/wallet/pay']");
    const send = async (wanted) => {
      const fields = new URLSearchParams(new FormData(form));
      fields.set("amount", wanted);
      const answer = await fetch(form.action, { method: "POST", body: fields, redirect: "manual" });
      return [answer.type, answer.status, await answer.text()];
    };
    return [await send(first), await send(first), await send(second)];
  }, [amount, other]);
  assert.deepEqual(answers.slice(0, 2).map(([type]) => type), ["opaqueredirect", "opaqueredirect"]);
  assert.equal(answers[2][1], 409);
  assert.match(answers[2][2], /This was already sent with other content/);
}

/** Ada offers to exchange, Ben does, and sees before what he gets. */
export async function exchange(ada, ben) {
  await open(ada, "/rates");
  await fill(ada, "Whoever gives me ...", "3");
  await ada.page.locator("select[name=from]").selectOption({ label: `${CREDIT} (V)` });
  await fill(ada, "... gets from me", "2");
  await ada.page.locator("select[name=to] option").first().evaluate((option) => { option.selected = true; });
  await press(ada, "Offer it");
  await told(ada, "Your rate is there.");
  const before = await has(ben);
  await open(ben, "/wallet");
  await sees(ben, "All of it together");
  await look(ben, "wallet-several");
  await follow(ben, "Exchange");
  await at(ben, "/wallet/exchange");
  await look(ben, "exchange");
  await ben.page.locator("main .list a").first().click();
  await fill(ben, "How much do you give?", "10");
  await press(ben, "See what you get");
  await sees(ben, "Rounded down to what the currency can count, in favour of whoever offers the rate.");
  await look(ben, "exchange-check");
  await press(ben, "Exchange");
  await told(ben, "Exchanged.");
  assert.equal((Number(before) - Number(await has(ben))).toFixed(2), "10.00");
  await open(ben, "/wallet");
  await ben.page.getByText("Show the total in another currency").click();
  await select(ben, "Currency of the total", CREDIT);
  await press(ben, "Show the total in this");
  await told(ben, "The total is shown in this currency now.");
}
