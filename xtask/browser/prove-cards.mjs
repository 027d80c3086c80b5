// Card payments against localstripe, a stand-in for the processor that others wrote: a member pays in by card on a page that loads
// the processor's script, and the processor's messages come well, badly signed, twice and out of order. What the script would send
// to the processor is sent from here, since the stand-in's script can only do the 3-D Secure step.
// Usage: prove-cards.mjs BASE FOUNDING-LINK PROCESSOR WEBHOOK-SECRET

import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import { start } from "./chromium.mjs";
import { proof } from "./proof.mjs";
import { at, fill, look, open, press, sees, tick } from "./story/cast.mjs";
import { found } from "./story/founding.mjs";
import { hold } from "./story/treasury.mjs";

const [base, link, processor, secret] = process.argv.slice(2);
const KEY = "sk_test_planet";
const CARDS = { good: "4242424242424242", declined: "4000000000000341", secure: "4000002500003155" };
const stage = { base, pictures: "", browser: await start(), seen: new Set(), complaints: [] };
const { shows, whole } = proof(stage);

/** Asks the processor, as its script or the club would. */
async function ask(method, path, form) {
  const body = form && new URLSearchParams(form);
  const answer = await fetch(`${processor}${path}`, { method, body, headers: { authorization: `Bearer ${KEY}` } });
  return { status: answer.status, body: await answer.json().catch(() => ({})) };
}

/** Where the processor sends its messages, and about what; nowhere if the list is empty. */
const listen = (events) =>
  fetch(`${processor}/_config/webhooks/club`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ url: `${base}/rails/cards/webhook`, secret, events }),
  });

const ALL = ["payment_intent.succeeded", "payment_intent.payment_failed"];

/** A message as the processor would sign it, with what is to be wrong about it. */
async function message(intent, { id = `evt_${randomUUID().replaceAll("-", "")}`, type = ALL[0], at = Math.floor(Date.now() / 1000), key = secret } = {}) {
  const body = JSON.stringify({ id, type, data: { object: { id: intent } } });
  const signature = createHmac("sha256", key).update(`${at}.${body}`).digest("hex");
  const headers = { "content-type": "application/json", "stripe-signature": `t=${at},v1=${signature}` };
  return (await fetch(`${base}/rails/cards/webhook`, { method: "POST", headers, body })).status;
}

/** Announces a payment by card and gives its page and the processor's id of it. */
async function announce(ada, amount) {
  await open(ada, "/treasury/EUR/in");
  await fill(ada, "Amount", amount);
  await tick(ada, /^Card/);
  await press(ada, "Go on");
  const form = ada.page.locator("form[data-island=card]");
  await form.waitFor();
  const intent = (await form.getAttribute("data-secret")).split("_secret_")[0];
  return { intent, page: new URL(ada.page.url()).pathname, payIn: new URL(ada.page.url()).pathname.replace(/\/card$/, "") };
}

/** What the processor's script does when the payer presses: a card becomes the payment's means, and the payment is confirmed. */
async function confirm(intent, number) {
  const card = { "card[number]": number, "card[exp_month]": "12", "card[exp_year]": "2030", "card[cvc]": "123" };
  const means = await ask("POST", "/v1/payment_methods", { type: "card", ...card });
  assert.equal((await ask("POST", `/v1/payment_intents/${intent}`, { payment_method: means.body.id })).status, 200);
  return ask("POST", `/v1/payment_intents/${intent}/confirm`, {});
}

/** Waits until a page says something. */
async function until(ada, path, what, seconds = 30) {
  for (const begun = Date.now(); ; await ada.page.waitForTimeout(500)) {
    await open(ada, path);
    if (await ada.page.getByText(what).filter({ visible: true }).count()) return;
    assert.ok(Date.now() - begun < seconds * 1000, `${path} does not say ${what} within ${seconds} s`);
  }
}

/** What Ada can claim, in cents. */
async function claim(ada) {
  await open(ada, "/treasury/EUR");
  return Math.round(Number((await ada.page.locator("main .money-balance").first().innerText()).replace(/[^\d.]/g, "")) * 100);
}

/** A fact of the money's page, in cents. */
async function fact(ada, name) {
  await open(ada, "/treasury/EUR");
  const value = await ada.page.locator("dl.facts > div", { hasText: name }).locator("dd").first().innerText();
  return Math.round(Number(value.replace(/[^\d.]/g, "")) * 100);
}

async function prove(ada) {
  let first;
  await shows("the page for paying by card loads the processor's script, and no other page may", async () => {
    first = await announce(ada, "50");
    await ada.page.locator("[data-fields] input").first().waitFor();
    await look(ada, "treasury-card");
    const policy = async (path) => (await ada.page.goto(new URL(path, base).href)).headers()["content-security-policy"];
    assert.ok((await policy(first.page)).includes(`script-src 'self' ${processor};`));
    assert.ok(!(await policy("/treasury/EUR")).includes(processor));
  });
  await shows("a good card is booked on the processor's message", async () => {
    assert.equal((await confirm(first.intent, CARDS.good)).body.status, "succeeded");
    await until(ada, first.payIn, "It has arrived");
    assert.equal(await claim(ada), 5_000);
  });
  await shows("a message with a bad signature, of another time, or about nothing of ours changes nothing", async () => {
    assert.equal(await message(first.intent, { key: "whsec_of_somebody_else" }), 400);
    assert.equal(await message(first.intent, { at: Math.floor(Date.now() / 1000) - 301 }), 400);
    assert.equal(await message("pi_nobody"), 200);
    assert.equal((await fetch(`${base}/rails/cards/webhook`, { method: "POST", body: "{}" })).status, 400);
    assert.equal(await claim(ada), 5_000);
  });
  await shows("a message that comes again, and one that comes out of order, book nothing", async () => {
    const id = "evt_repeated";
    for (let time = 0; time < 3; time += 1) assert.equal(await message(first.intent, { id }), 200);
    assert.equal(await message(first.intent, { type: ALL[1] }), 200);
    await ada.page.waitForTimeout(2_000);
    assert.equal(await claim(ada), 5_000);
  });
  await shows("a payment of another club that shares the account is none of ours", async () => {
    const form = { amount: "7000", currency: "eur", "metadata[planet_order]": randomUUID(), "metadata[planet_club]": "https://other.example" };
    const other = await ask("POST", "/v1/payment_intents", form);
    assert.equal((await confirm(other.body.id, CARDS.good)).body.status, "succeeded");
    assert.equal(await message(other.body.id), 200);
    await ada.page.waitForTimeout(2_000);
    assert.equal(await claim(ada), 5_000);
    await ask("POST", "/v1/refunds", { payment_intent: other.body.id });
  });
  await shows("a card that is declined takes nothing, and the payer is told", async () => {
    const { intent, page } = await announce(ada, "30");
    assert.equal((await confirm(intent, CARDS.declined)).status, 402);
    await until(ada, page, "The last attempt did not go through");
    assert.equal(await claim(ada), 5_000);
  });
  await shows("what is taken back is given up at the processor", async () => {
    const { intent, payIn } = await announce(ada, "31");
    await open(ada, payIn);
    await press(ada, "Take it back");
    for (const begun = Date.now(); (await ask("GET", `/v1/payment_intents/${intent}`)).body.status !== "canceled"; ) {
      assert.ok(Date.now() - begun < 30_000, "it can still be paid");
      await ada.page.waitForTimeout(500);
    }
  });
  for (const [agrees, answer] of [[true, "Complete authentication"], [false, "Fail authentication"]]) {
    await shows(`3-D Secure in the browser: the payer ${agrees ? "agrees" : "does not agree"}`, async () => {
      const before = await claim(ada);
      const { intent, page, payIn } = await announce(ada, "20");
      assert.equal((await confirm(intent, CARDS.secure)).body.status, "requires_action");
      await open(ada, page);
      await ada.page.locator("[data-fields] input").first().waitFor();
      await press(ada, "Pay now");
      await ada.page.getByRole("button", { name: answer }).click();
      if (agrees) {
        await at(ada, payIn);
        await until(ada, payIn, "It has arrived");
      } else {
        await sees(ada, "That did not work. Nothing was taken from your card.");
      }
      assert.equal(await claim(ada), before + (agrees ? 2_000 : 0));
    });
  }
  await shows("a payment whose message never comes is found all the same", async () => {
    await listen([]);
    const before = await claim(ada);
    const { intent, payIn } = await announce(ada, "12.34");
    assert.equal((await confirm(intent, CARDS.good)).body.status, "succeeded");
    await until(ada, payIn, "It has arrived", 90);
    assert.equal(await claim(ada), before + 1_234);
    await listen(ALL);
  });
  await shows("what was paid by card goes back to it, once", async () => {
    const before = await claim(ada);
    await open(ada, first.payIn);
    await ada.page.locator("summary", { hasText: "Give it back to the card" }).click();
    await ada.page.getByLabel("Amount").fill("15");
    await press(ada, "Give it back to the card");
    await ada.page.waitForURL(/pay-outs/);
    const out = new URL(ada.page.url()).pathname;
    await press(ada, "Give it back to the card");
    await until(ada, out, "It is on its way to the bank account, or there already.");
    assert.equal(await claim(ada), before - 1_500);
    const { body } = await ask("GET", `/v1/refunds?payment_intent=${first.intent}`);
    assert.deepEqual(body.data.map(({ amount }) => amount), [1_500]);
  });
  await shows("the clearing agrees with the processor's movements to the cent", async () => {
    const { body } = await ask("GET", "/v1/balance_transactions?limit=100");
    const there = body.data.reduce((sum, { amount, fee }) => sum + amount - fee, 0);
    assert.equal(await fact(ada, "Of it at the card processor"), there);
    assert.equal(await claim(ada), there);
  });
}

await whole(async () => {
  assert.equal((await listen(ALL)).status, 200);
  const ada = await found(stage, link);
  await hold(ada);
  await prove(ada);
  await shows("no page complains", () => assert.deepEqual(stage.complaints, []));
});
