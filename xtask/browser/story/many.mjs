// Payments that are more than one transfer: a list, a bill that is split, something put aside, a payment given back, a standing
// payment, a card for the counter.

import assert from "node:assert/strict";
import { at, choose, fill, follow, look, misses, open, press, select, sees, told, visit } from "./cast.mjs";
import { day, passDays } from "./clock.mjs";

/** What the page of the wallet says of somebody's balance. */
async function balance(who) {
  await open(who, "/wallet");
  return (await who.page.locator("main .money-balance").first().innerText()).replace(/[^\d.,−-]/g, "").replace("−", "-");
}

/** A number of the club's credit, as balances write it. */
const number = (text) => Number(text.replaceAll(/[^\d.-]/g, ""));

/** Ada pays a list with one wrong row: nothing is paid, the row is mended where it stands, and then everybody is paid at once. */
export async function list(ada, ben) {
  const [before, his] = [number(await balance(ada)), number(await balance(ben))];
  await visit(ada, "/wallet/many", "many");
  await fill(ada, /^Or the list itself/, "to;amount;note\n@ben-yilmaz;1,50;Flour\nCleo Martin;0,50;Yeast\nBob Nobody;2,00;Salt");
  await press(ada, "Look at it");
  await sees(ada, "One row needs another look");
  await sees(ada, "Row 4");
  await sees(ada, "Nobody here has this name or handle. Look it up under People.");
  await look(ada, "many-bad");
  assert.equal(number(await balance(ada)), before);
  await open(ada, "/wallet/many");
  await fill(ada, /^Or the list itself/, "to;amount;note\n@ben-yilmaz;1,50;Flour\nCleo Martin;0,50;Yeast\nBob Nobody;2,00;Salt");
  await press(ada, "Look at it");
  await fill(ada, "Who", "Cleo Martin");
  await press(ada, "Look again");
  await sees(ada, "3 rows. Nothing is paid yet.");
  await look(ada, "many-check");
  await press(ada, "Pay all 3 rows");
  await told(ada, "Everybody on the list is paid.");
  assert.equal(number(await balance(ada)).toFixed(2), (before - 4).toFixed(2));
  assert.equal(number(await balance(ben)).toFixed(2), (his + 1.5).toFixed(2));

  // A file with ten thousand rows, as a spreadsheet saves it.
  const rows = Array.from({ length: 10_000 }, (_, row) => `@${row % 2 ? "ben-yilmaz" : "cleo-martin"};0,01;Row ${row + 2}`);
  rows[6_999] = "@cleo-martin;nothing;Row 7001";
  const file = { name: "wages.csv", mimeType: "text/csv", buffer: Buffer.from(`\ufeffto;amount;note\r\n${rows.join("\r\n")}\r\n`) };
  await open(ada, "/wallet/many");
  await ada.page.getByLabel("A file").setInputFiles(file);
  await press(ada, "Look at it");
  await sees(ada, "Row 7001");
  await fill(ada, "Amount", "0,01");
  await press(ada, "Look again");
  await press(ada, "Pay all 10000 rows");
  await told(ada, "Everybody on the list is paid.");
  assert.equal(number(await balance(ada)).toFixed(2), (before - 104).toFixed(2));
}

/** Ada splits a bill with Ben and Cleo; Ben pays his share, and she sees it. */
export async function split(ada, ben) {
  await open(ada, "/wallet/split");
  await look(ada, "split");
  await fill(ada, /^Amount/, "10");
  await fill(ada, "Who shares it?", "Ben Yilmaz, Cleo Martin");
  await fill(ada, /^What for/, "Dinner for three");
  await press(ada, "See the shares");
  await sees(ada, "It does not come out even: some bear the smallest unit more than others, you first.");
  assert.deepEqual((await ada.page.locator("main .list .money").allInnerTexts()).map(number), [3.34, 3.33, 3.33]);
  await look(ada, "split-check");
  await press(ada, "Send 2 bills");
  await told(ada, "The bills are on their way.");
  await at(ada, /^\/wallet\/splits\//);
  const { pathname } = new URL(ada.page.url());
  await open(ben, "/waiting");
  await follow(ben, "Ada Okafor asks you");
  await press(ben, "Pay this bill");
  await told(ben, "Paid. It has arrived.");
  await visit(ada, pathname, "split-one");
  assert.equal(await ada.page.getByText("waits for an answer").count(), 1);
  await open(ada, "/wallet");
  await sees(ada, "1 of 2 have paid");
}

/** Ben puts a deposit aside for Ada; she takes a part of it, and the rest is his again. */
export async function putAside(ada, ben) {
  const [before, his] = [number(await balance(ada)), number(await balance(ben))];
  await visit(ben, "/wallet/hold", "hold");
  await choose(ben, "For whom?", "Ada", /^Ada Okafor/);
  await fill(ben, /^Amount/, "5");
  await select(ben, "For how long?", "One day");
  await fill(ben, /^What for/, "Deposit for the cargo bike");
  await press(ben, "Put aside");
  await told(ben, "It is put aside. They can take it now.");
  await look(ben, "hold-payer");
  assert.equal(number(await balance(ben)), his);
  await open(ada, "/wallet");
  await follow(ada, "For you from Ben Yilmaz");
  await at(ada, /^\/wallet\/holds\//);
  await look(ada, "hold-payee");
  const { pathname } = new URL(ada.page.url());
  await fill(ada, "How much do you take?", "6");
  await press(ada, "Take it");
  await sees(ada, /This is more than the 5\.00 that were put aside/);
  await fill(ada, "How much do you take?", "2");
  await press(ada, "Take it");
  await told(ada, "It is yours now.");
  assert.equal(number(await balance(ada)).toFixed(2), (before + 2).toFixed(2));
  assert.equal(number(await balance(ben)).toFixed(2), (his - 2).toFixed(2));
  await open(ben, pathname);
  await sees(ben, /taken/);
  await misses(ben, "Take it back");
}

/** Ben pays Ada again and again, pauses it, and ends it. */
export async function againAndAgain(ben) {
  await visit(ben, "/wallet/standing", "standing-new");
  await choose(ben, "Pay whom?", "Ada", /^Ada Okafor/);
  await fill(ben, /^Amount/, "1");
  await select(ben, "How often?", "every month");
  await fill(ben, "First day", new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10));
  await fill(ben, /^What for/, "Carrots every month");
  await press(ben, "Set it up");
  await told(ben, "It is set up.");
  await sees(ben, /Carrots every month/);
  await look(ben, "standing-payments");
  await press(ben, "Pause");
  await told(ben, "It is paused.");
  await sees(ben, "paused");
  await press(ben, "Go on");
  await told(ben, "It goes on with its next day.");
  await press(ben, "End");
  await told(ben, "It has ended.");
  await misses(ben, "Carrots every month");
}

/** Ben pays Ada every week: set up once, it is paid on three days, without anybody doing anything. */
export async function weekAfterWeek(ada, ben) {
  const before = number(await balance(ada));
  await open(ben, "/wallet/standing");
  await choose(ben, "Pay whom?", "Ada", /^Ada Okafor/);
  await fill(ben, /^Amount/, "1.50");
  await select(ben, "How often?", "every week");
  await fill(ben, "First day", await day(ada, 1));
  await fill(ben, /^What for/, "A box of vegetables");
  await press(ben, "Set it up");
  await told(ben, "It is set up.");
  await passDays(ada, 16, [ada, ben]);
  const after = (before + 4.5).toFixed(2);
  for (let tries = 0; tries < 20 && number(await balance(ada)).toFixed(2) !== after; tries += 1) await ada.page.waitForTimeout(500);
  assert.equal(number(await balance(ada)).toFixed(2), after);
  await open(ada, "/wallet/statement");
  assert.equal(await ada.page.locator("main").getByText(/A box of vegetables/).count(), 3);
  await look(ada, "statement-standing");
  await open(ben, "/wallet/standing");
  await press(ben, "End");
  await told(ben, "It has ended.");
}

/** Ada prints a card for her counter; Ben scans it. */
export async function counter(ada, ben) {
  await open(ada, "/wallet/receive");
  await follow(ada, "A card for the counter");
  await sees(ada, "Scan the code with your phone’s camera.");
  await look(ada, "counter-card");
  await open(ben, "/pay/ada-okafor");
  await at(ben, "/wallet/pay");
}
