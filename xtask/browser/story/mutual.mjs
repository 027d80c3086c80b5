// Mutual credit that a group makes: the worked example of the ledger, between three people and their commons, played to its exact
// balances. Then somebody offers to exchange it for the club's credit.

import assert from "node:assert/strict";
import { at, awaits, fill, follow, look, open, press, sees, select, tick, told, visit } from "./cast.mjs";
import { day, pass, passDays } from "./clock.mjs";
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
  await press(ada, "See it in words");
  await press(ada, "Make it");
  for (const who of [ada, ben, cleo]) {
    await open(who, "/currencies/VILLAGE");
    await press(who, "Open an account");
  }
}

/** Somebody's limits in the village's credit, decided by consent of all; of the others' nothing is changed. */
export async function limit(ada, ben, cleo) {
  await open(ada, "/wallet");
  await follow(ada, "Limits");
  await at(ada, "/wallet/limits");
  await follow(ada, CREDIT);
  await sees(ada, ada.page.locator("[aria-current]", { hasText: CREDIT }));
  await look(ada, "limits-several");
  await fill(ada, "Upper limit", "400");
  await fill(ada, /^Warning above/, "300");
  await press(ada, "Propose these limits");
  await at(ada, /^\/decisions\//);
  await sees(ada, /Let Ada Okafor go down to .500\.00 Village credits and up to 400\.00 Village credits, with a warning at 300\.00/);
  const { pathname } = new URL(ada.page.url());
  await consent([ada, ben, cleo], pathname);
  await awaits(ada, pathname, "Passed and done");
}

/** Steps 1 to 11: payments, something put aside that is taken in part, something that nobody takes, and forms that are sent twice. */
export async function trade(ada, ben, cleo) {
  await visit(ben, "/wallet/pay", "pay-several");
  await sentTwice(ben, "ada-okafor", "80", "81");
  await pay(cleo, "ben-yilmaz", "350", "A winter of repairs");
  await told(cleo, "Paid. It has arrived.");
  assert.deepEqual([await has(ben), await has(ada), await has(cleo)], ["270.00", "80.00", "-350.00"]);

  // What is put aside counts: a payment that would fit alone does not fit beside it.
  const deposit = await hold(cleo, "ada-okafor", "100", "86400");
  const again = await refusedOnce(cleo, "ben-yilmaz", "60");
  await open(ada, deposit);
  await fill(ada, "How much do you take?", "70");
  await press(ada, "Take it");
  await told(ada, "It is yours now.");
  assert.deepEqual([await has(ada), await has(cleo)], ["150.00", "-420.00"]);
  // Now it would fit. The form that was refused stays refused: a late second attempt changes nothing.
  await again();
  assert.deepEqual([await has(ben), await has(cleo)], ["270.00", "-420.00"]);

  // What is not taken in time goes back.
  const brief = await hold(cleo, "ben-yilmaz", "50", "60");
  await pass(ada, { minutes: 2 });
  await awaits(ben, brief, "not taken in time, given back");
  await open(cleo, "/wallet");
  assert.deepEqual([await has(ben), await has(cleo)], ["270.00", "-420.00"]);
  ada.deposit = deposit;
}

/** From now on payers add two in a hundred, and idle balances give 1.75 in a hundred each month. */
export async function change(ada) {
  await open(ada, "/currencies/VILLAGE/change");
  await ada.page.locator("summary", { hasText: "Fee, and what idle money gives to the group" }).click();
  await fill(ada, "Fee on each payment", "2");
  await fill(ada, "What idle balances give each month", "1.75");
  await press(ada, "Put it to the group");
  await told(ada, "It is now open for votes.");
  await tick(ada, /^Yes|^I consent/);
  await press(ada, "Vote");
  await visit(ada, "/currencies/VILLAGE", "currency-levied");
  await sees(ada, "Version 2");
}

/** Steps 12 to 15: a payment and its part for the commons come together or not at all; the soft limit warns, the hard one refuses. */
export async function levied(ada, ben, cleo) {
  await pay(ben, "ada-okafor", "200", "Roof");
  await sees(ben, /4\.00/);
  await look(ben, "pay-levied");
  await press(ben, "Pay");
  await told(ben, "Paid. It has arrived.");
  assert.deepEqual([await has(ben), await has(ada), await has(ada, "?of=village-commons")], ["66.00", "350.00", "4.00"]);
  await open(ada, "/wallet");
  await sees(ada, "Nothing is refused yet");
  await sees(ada, /You can gather up to 400\.00/);
  await look(ada, "wallet-warned-high");

  // 75.00 with its fee would fit, and so would what the list says besides; together they do not, so neither happens.
  await payAll(cleo, "@ben-yilmaz;75;Roof\n@village-commons;6;For all of us");
  await sees(cleo, /Nothing was paid\. Row 2 \(Village Commons\) is the reason: You can go down to .500\.00.*2\.50/);
  await look(cleo, "many-refused");
  assert.equal(await has(cleo), "-420.00");

  // Ada cannot gather more than the club lets her.
  await pay(ben, "ada-okafor", "60");
  await press(ben, "Pay");
  await sees(ben, "The receiver's account can't take this much at present.");
  assert.deepEqual([await has(ben), await has(ada)], ["66.00", "350.00"]);

  // Ada gives a part of the deposit back.
  await open(ada, ada.deposit);
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
  assert.deepEqual([await has(ada), await has(cleo)], ["330.00", "-400.00"]);
}

/** Steps 16 and 17: on the first of the month whoever has something gives a share of it, rounded up; whoever owes gives nothing. */
export async function idle(ada, ben, cleo) {
  const [year, month, date] = (await day(ada)).split("-").map(Number);
  await passDays(ada, new Date(Date.UTC(year, month, 0)).getUTCDate() - date + 1, [ada, ben, cleo]);
  await awaits(ben, "/wallet", /64\.84/);
  await awaits(ada, "/wallet", /324\.22/);
  assert.deepEqual(
    [await has(ben), await has(ada), await has(ada, "?of=village-commons"), await has(cleo)],
    ["64.84", "324.22", "10.94", "-400.00"],
  );
  await open(ben, "/currencies/VILLAGE/health");
  await sees(ben, "From idle balances");
  await look(ben, "currency-idled");
}

/** A payment that is refused by the lower limit. Answers how to send the very same form again, which is refused again. */
async function refusedOnce(who, handle, amount) {
  await open(who, `/wallet/pay?to=${handle}&amount=${amount}&currency=VILLAGE`);
  const form = await who.page.evaluate(() => new URLSearchParams(new FormData(document.querySelector("main form[action='/wallet/pay']"))).toString());
  const send = () => who.page.evaluate(async (body) => {
    const answer = await fetch("/wallet/pay", { method: "POST", body: new URLSearchParams(body), redirect: "manual" });
    return [answer.status, await answer.text()];
  }, form);
  const [first, text] = await send();
  assert.equal(first, 409);
  assert.match(text, /You can go down to .500\.00; this payment would take you 10\.00 below that/);
  return async () => assert.equal((await send())[0], 409);
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
