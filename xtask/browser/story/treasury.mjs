// Money of the world: a group holds euros, members pay in by bank and in cash, are paid out, and the bank's statement agrees.

import assert from "node:assert/strict";
import { at, fill, follow, look, open, press, sees, select, tick, told, visit } from "./cast.mjs";

/** The largest amount on a page, without its thin spaces. */
const claim = async (who) => {
  await open(who, "/treasury/EUR");
  return (await who.page.locator("main .money-balance").first().innerText()).replace(/\s+/g, " ");
};

/** Point 14: the Repair Café holds euros, Ben pays in and is paid out, and all of it is found on the bank's statement. */
export async function keepMoney(ada, ben) {
  await visit(ada, "/treasury", "treasury-empty");
  await hold(ada, ben);
  const { reference, address } = await byBank(ada, ben);
  await inCash(ada, ben);
  await onTheStatement(ada, ben, reference, address);
  await paidOut(ada, ben);
}

/** The group's members decide that it holds euros. */
export async function hold(ada, ...others) {
  await visit(ada, "/treasury/new", "treasury-new");
  if (others.length > 0) await select(ada, "Who holds the money?", "Repair Café");
  await select(ada, "Which money?", "Euros (EUR)");
  await fill(ada, "Name on the account", "Repair Café e.V.");
  await fill(ada, /^IBAN/, "DE89 3704 0044 0532 0130 01");
  await fill(ada, "How quickly is it paid out?", "Within three working days.");
  await fill(ada, "What happens when somebody leaves?", "We pay out everything within two weeks.");
  await fill(ada, "What does it cost?", "Nothing.");
  await fill(ada, "The most that is held, for all together", "2000");
  if (others.length > 0) await fill(ada, /^Who takes cash/, "@ben-yilmaz");
  await press(ada, "Hold this money");
  await sees(ada, "its check digits do not agree");
  if (others.length > 0) await look(ada, "treasury-refused");
  await fill(ada, /^IBAN/, "DE89 3704 0044 0532 0130 00");
  await press(ada, "Hold this money");
  await at(ada, /^\/decisions\//);
  const decision = new URL(ada.page.url()).pathname;
  for (const who of [ada, ...others]) {
    await open(who, decision);
    await tick(who, /^Yes/);
    await press(who, "Vote");
  }
  await open(ada, decision);
  await sees(ada, "Passed and done");
}

/** Ben announces a transfer and gets a reference and a code for his bank's app. */
async function byBank(ada, ben) {
  await visit(ben, "/treasury", "treasury");
  await follow(ben, /^Euros with Repair Café/);
  await at(ben, "/treasury/EUR");
  await sees(ben, "Nobody has looked at the bank yet");
  await look(ben, "treasury-money");
  await visit(ben, "/treasury/EUR/in", "treasury-pay-in");
  await fill(ben, "Amount", "50");
  await tick(ben, /^Bank transfer/);
  await press(ben, "Go on");
  await told(ben, "It is announced.");
  await sees(ben, ben.page.getByRole("img", { name: "Your bank's app can scan this." }));
  await look(ben, "treasury-transfer");
  const reference = await ben.page.locator(".reference .copy-text").innerText();
  assert.match(reference, /^[2-9A-HJKMNP-Z]{4} [2-9A-HJKMNP-Z]{4}$/);
  await open(ada, "/");
  await sees(ada, "1 payment in to look for at the bank");
  return { reference, address: new URL(ben.page.url()).pathname };
}

/** Ada hands cash to Ben, who says so. */
async function inCash(ada, ben) {
  await open(ada, "/treasury/EUR/in");
  await fill(ada, "Amount", "10");
  await tick(ada, /^Cash/);
  await press(ada, "Go on");
  await sees(ada, /Hand the cash to Ben Yilmaz/);
  await look(ada, "treasury-cash");
  await open(ben, "/");
  await follow(ben, "Ada Okafor brings you cash");
  await fill(ben, "What really arrived", "9.50");
  await look(ben, "treasury-cash-asked");
  await press(ben, "Confirm");
  await told(ben, "Confirmed.");
  assert.match(await claim(ada), /9\.50/);
}

/** The bank's statement is uploaded, and what is certain is agreed to with one press. */
async function onTheStatement(ada, ben, reference, address) {
  const day = new Date().toISOString().slice(0, 10);
  const rows = [["Date", "Name", "Reference", "Amount", "Balance"], [day, "B YILMAZ", reference.toLowerCase(), "50.00", "250.00"],
    [day, "Miller", "Flour", "-20.00", "230.00"]];
  const buffer = Buffer.from(rows.map((row) => row.join(";")).join("\n"));
  await visit(ada, "/treasury/EUR/desk", "treasury-desk-empty");
  const upload = async () => {
    await ada.page.getByLabel("The file").setInputFiles({ name: "statement.csv", mimeType: "text/csv", buffer });
    await press(ada, "Upload");
  };
  await upload();
  await told(ada, "The statement is taken over.");
  await sees(ada, "The reference of Ben Yilmaz and the amount agree.");
  await look(ada, "treasury-desk");
  await press(ada, "Agree to the 1 that is certain");
  await told(ada, "Matched.");
  await ada.page.locator("summary", { hasText: "It is something else" }).first().click();
  await press(ada, "The group's own affair");
  await told(ada, "Set aside.");
  await sees(ada, /Everything up to \d{4}-\d\d-\d\d is reconciled/);
  await upload();
  await told(ada, "Every line of this statement was here already.");
  await look(ada, "treasury-desk-done");
  await open(ben, address);
  await sees(ben, "It has arrived");
  assert.match(await claim(ben), /50\.00/);
  await sees(ben, "Every claim is covered by what was seen at the bank");
  await look(ben, "treasury-books");
}

/** A group that has euros is paid out to its bank by whoever keeps its wallet; the holder sends it like any other. */
export async function groupPaidOut(ada, ben) {
  await open(ben, "/wallet/pay?to=deli&amount=8&memo=Soup");
  await tick(ben, /^Euros/);
  await press(ben, "Pay");
  await sees(ben, "They have no account in this money yet.");
  await open(ada, "/treasury/EUR?of=deli");
  await press(ada, "Open an account");
  await told(ada, "You can be paid in this money now.");
  await press(ben, "Pay");
  await told(ben, "Paid. It has arrived.");
  await visit(ada, "/treasury/EUR/out?of=deli", "treasury-out-group");
  await fill(ada, "Amount", "6");
  await fill(ada, "Name on the account", "Deli Ltd");
  await fill(ada, /^IBAN/, "GB29 NWBK 6016 1331 9268 19");
  await press(ada, "Ask for it");
  await told(ada, "Asked. The amount is put aside for you.");
  const address = new URL(ada.page.url()).pathname;
  await open(ada, address);
  await press(ada, "It was sent");
  await told(ada, "Good.");
  await open(ada, "/treasury/EUR?of=deli");
  await sees(ada, /2\.00/);
}

/** Ben wants some of it back at his bank; Ada sends it and refuses a second wish. */
async function paidOut(ada, ben) {
  const ask = async (amount) => {
    await open(ben, "/treasury/EUR/out");
    await fill(ben, "Amount", amount);
    await fill(ben, "Name on the account", "Ben Yilmaz");
    await fill(ben, /^IBAN/, "GB29 NWBK 6016 1331 9268 19");
    await press(ben, "Ask for it");
  };
  await ask("60");
  await sees(ben, "Something needs another look");
  await look(ben, "treasury-pay-out");
  await ask("20");
  await told(ben, "Asked. The amount is put aside for you.");
  await look(ben, "treasury-out-asked");
  const address = new URL(ben.page.url()).pathname;
  assert.match(await claim(ben), /50\.00/);
  await sees(ben, /To be spent at present:\D*30\.00/);
  await visit(ada, "/treasury/EUR/to-send", "treasury-to-send");
  await visit(ada, address, "treasury-send");
  await press(ada, "It was sent");
  await told(ada, "Good.");
  await open(ben, address);
  await sees(ben, "Sent");
  await sees(ben, "account ending in 6819");
  assert.match(await claim(ben), /30\.00/);
  await ask("5");
  const second = new URL(ben.page.url()).pathname;
  await open(ada, second);
  await ada.page.locator("summary", { hasText: "Refuse it" }).click();
  await fill(ada, "Why?", "The bank is closed for the holidays.");
  await press(ada, "Refuse it");
  await told(ada, "Refused.");
  await open(ben, second);
  await sees(ben, /The bank is closed for the holidays/);
  await look(ben, "treasury-out-refused");
}
