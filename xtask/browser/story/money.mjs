// Payments: by name, by QR, by bill; what is refused, and that nothing is paid twice.

import assert from "node:assert/strict";
import { at, choose, fill, follow, look, open, press, sees, stands, told, visit } from "./cast.mjs";

/** The balance that stands on the wallet's first account. */
async function balance(who) {
  await open(who, "/wallet");
  return (await who.page.locator("main .money-balance").first().innerText()).replace(/\s+/g, " ");
}

/** Point 5: Ben pays Ada by her name, and then what her code asks for. */
export async function pay(ada, ben) {
  await visit(ben, "/wallet", "wallet-empty");
  await visit(ben, "/wallet/pay", "pay");
  await choose(ben, "Pay whom?", "Ada", /^Ada Okafor/);
  await fill(ben, /^Amount/, "2.50");
  await fill(ben, /^What for/, "Sharpened two chisels");
  await press(ben, "Pay");
  await told(ben, "Paid. It has arrived.");
  assert.match(await balance(ben), /[-−]2\.50/);

  await open(ada, "/wallet/receive");
  await fill(ada, /^Amount/, "3");
  await fill(ada, /^What for/, "Bench for a day");
  await press(ada, "Make the code");
  await sees(ada, ada.page.getByRole("img", { name: "Receive" }));
  await look(ada, "receive");
  const link = await ada.page.locator(".copy-text").innerText();
  assert.match(link, /\/pay\/[\w-]+\?amount=3&memo=Bench%20for%20a%20day$/);
  await open(ben, link);
  await stands(ben, "Pay whom?", "Ada Okafor");
  await stands(ben, /^Amount/, "3");
  await look(ben, "pay-by-code");
  await press(ben, "Pay");
  await told(ben, "Paid. It has arrived.");
  assert.match(await balance(ben), /[-−]5\.50/);
  await look(ben, "wallet");
}

/** Point 5: above the limit nothing moves, and a payment that is sent three times moves once. */
export async function limits(ben) {
  await open(ben, "/wallet/pay?to=ada-okafor&amount=5000");
  await press(ben, "Pay");
  await sees(ben, "Something needs another look");
  await sees(ben, /You can go down to .1\s000\.00; this payment would take you 4\s005\.50 below that\./);
  await look(ben, "pay-refused");
  assert.match(await balance(ben), /[-−]5\.50/);

  await open(ben, "/wallet/pay?to=ada-okafor&amount=1&memo=Once");
  await ben.page.evaluate(async () => {
    const form = document.querySelector("main form[action='/wallet/pay']");
    const send = () => fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    await Promise.all([send(), send()]);
  });
  await press(ben, "Pay");
  await told(ben, "Paid. It has arrived.");
  assert.match(await balance(ben), /[-−]6\.50/);
}

/** Point 5: a bill, approved from what waits at home. */
export async function bill(ada, ben) {
  await visit(ada, "/wallet/request", "request");
  await choose(ada, "Who should pay?", "Ben", /^Ben Yilmaz/);
  await fill(ada, /^Amount/, "1.50");
  await fill(ada, /^What for/, "Glue and screws");
  await press(ada, "Send a bill");
  await told(ada, "The bill is on its way.");
  await visit(ben, "/waiting", "waiting");
  await open(ben, "/");
  await sees(ben, "Waiting for you");
  await look(ben, "home-waiting");
  await follow(ben, "Ada Okafor asks you");
  await at(ben, /^\/wallet\/requests\//);
  await look(ben, "bill");
  await press(ben, "Pay this bill");
  await told(ben, "Paid. It has arrived.");
  assert.match(await balance(ben), /[-−]8\.00/);
  assert.match(await balance(ada), /(^|[^-−])8\.00/);
  await visit(ada, "/wallet/statement", "statement");
  assert.equal(await ada.page.locator("main .content .list > li").count(), 4);
  await sees(ada, "Glue and screws");
}
