// Bitcoin, end to end: a member's browser, the club's node, and bcoin in regtest as the chain.
// Usage: bitcoin.mjs BASE FOUNDING-LINK CHAIN-URL PICTURES KEY-OF-BCOIN

import assert from "node:assert/strict";
import { at, fill, look, open, press, sees, select, tick } from "../story/cast.mjs";
import { ask, begin, rows, rpc, text, until } from "./proof.mjs";

const [base, link, url, pictures, key] = process.argv.slice(2);
const chain = rpc(url, `Basic ${Buffer.from(`x:${key}`).toString("base64")}`);
const { ada, show, end } = await begin(base, link, pictures);
const WALLET = "/wallet/crypto/bitcoin";
/** The address of BIP173's example: somebody else's. */
const OTHER = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
/** Where blocks are mined to that concern nobody: the address of another public key of the same proposal. */
const NOBODY = "bcrt1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qzf4jry";
const mine = (blocks, to = NOBODY) => chain("generatetoaddress", blocks, to);
const authorization = `Basic ${Buffer.from(`x:${key}`).toString("base64")}`;
/** What lies at an address, as bcoin's own index has it. */
const lying = async (of) => {
  const coins = await (await fetch(`${url}coin/address/${of}`, { headers: { authorization } })).json();
  return coins.filter(({ height }) => height >= 0).reduce((sum, { value }) => sum + value, 0);
};
const wallet = () => ask(ada, "/api/v1/crypto/wallet?chain=bitcoin");
const addresses = new Set();
let sent = 0;

async function fresh(amount = "", label = "") {
  await open(ada, `${WALLET}/receive`);
  await fill(ada, "Amount in BTC", amount);
  await fill(ada, "What for?", label);
  await press(ada, "Make a fresh address");
  await sees(ada, "Checked: your own keys on this device give this very address.");
  const found = /bcrt1q[a-z0-9]{38}/.exec(await text(ada))[0];
  assert.ok(!addresses.has(found), "an address is handed out twice");
  addresses.add(found);
  return found;
}

async function prepare(to, amount, unit, speed) {
  await open(ada, `${WALLET}/send`);
  await fill(ada, "To which address?", to);
  await fill(ada, "Amount", amount);
  await select(ada, "Unit", unit);
  await tick(ada, new RegExp(`^${speed}`));
  await press(ada, "Look at it once more");
}

/** Sends, and waits until the chain has it. */
async function send(to, amount, unit, speed) {
  await prepare(to, amount, unit, speed);
  await press(ada, "Sign and send");
  await at(ada, WALLET);
  await until(ada, WALLET, async () => /Sent[^]*Unconfirmed/.test((await rows(ada))[0]));
}

await show("a wallet is made from the vault; the node gets the account’s public key and no more", async () => {
  await open(ada, "/wallet/crypto");
  const bodies = [];
  ada.page.on("request", (request) => bodies.push(request.postData() ?? ""));
  await ada.page.locator("[data-island=crypto-set-up][data-chain=bitcoin] button").click();
  await at(ada, WALLET);
  const body = JSON.parse(bodies.find((body) => body.includes("vpub")));
  assert.deepEqual(Object.keys(body).sort(), ["chain", "key", "network"]);
  assert.equal(body.network, "regtest");
  await look(ada, "crypto-bitcoin-empty");
});

await show("each payment gets a fresh address, checked on the device, with amount and label in the code", async () => {
  await fresh();
  await fresh("0.25", "Bread & butter");
  await ada.page.getByText("As a link").click();
  await sees(ada, /bitcoin:bcrt1q[a-z0-9]{38}\?amount=0\.25&label=Bread%20%26%20butter/);
  await look(ada, "crypto-bitcoin-receive");
});

await show("mined coins show at once, and say that they cannot be spent yet", async () => {
  const [first, second] = [...addresses];
  await mine(1, first);
  await mine(1, second);
  await until(ada, WALLET, async () => /Another 100 BTC were mined/.test(await text(ada)));
  const all = await rows(ada);
  assert.equal(all.length, 2);
  for (const row of all) assert.match(row, /Mined[^]*Confirmed [12] of 6[^]*\+50 BTC/);
  await prepare(OTHER, "1000", "sats", "Normal");
  await sees(ada, "There is not that much in your wallet");
});

await show("after a hundred blocks they are final and can be spent", async () => {
  // bcoin’s regtest has segwit from block 432 on only.
  await mine(435);
  await until(ada, WALLET, async () => /^100 BTC$/m.test(await text(ada)), 120);
  for (const row of await rows(ada)) assert.match(row, /Final/);
  await look(ada, "crypto-bitcoin-mined");
});

for (const [speed, amount, unit, sats, words] of [
  ["Slow", "1 234 567", "sats", 1_234_567, "one million two hundred and thirty-four thousand five hundred and sixty-seven sats"],
  ["Normal", "0.5", "BTC", 50_000_000, "fifty million sats"],
  ["Fast", "10", "BTC", 1_000_000_000, "one billion sats"],
]) {
  await show(`bitcoins are sent at the fee “${speed}”: shown, signed here, seen unconfirmed, confirmed`, async () => {
    const before = await lying(OTHER);
    await prepare(OTHER, amount, unit, speed);
    await sees(ada, words);
    await look(ada, `crypto-bitcoin-review-${speed.toLowerCase()}`);
    await press(ada, "Sign and send");
    await at(ada, WALLET);
    await until(ada, WALLET, async () => /Sent[^]*Unconfirmed/.test((await rows(ada))[0]));
    assert.equal((await chain("getrawmempool")).length, 1, "the chain has it");
    await mine(1);
    await until(ada, WALLET, async () => /Confirmed 1 of 6/.test((await rows(ada))[0]));
    assert.equal((await lying(OTHER)) - before, sats);
    sent += sats;
  });
}

await show("confirmations grow with each block until it is final", async () => {
  for (let count = 2; count <= 5; count++) {
    await mine(1);
    await until(ada, WALLET, async () => new RegExp(`Confirmed ${count} of 6`).test((await rows(ada))[0]));
  }
  await mine(1);
  await until(ada, WALLET, async () => /Final/.test((await rows(ada))[0]));
  await look(ada, "crypto-bitcoin");
});

await show("balance, history, fees and the chain agree to the last satoshi", async () => {
  const { holdings, lines } = await wallet();
  const moved = lines.flatMap(({ moves }) => moves).reduce((sum, { booked }) => sum + booked, 0);
  const fees = lines.reduce((sum, { fee }) => sum + Number(fee || 0), 0);
  assert.equal(moved, Number(holdings[0].exact));
  assert.equal(10_000_000_000 - sent - fees, Number(holdings[0].exact));
  assert.ok(fees > 0);
});

await show("what one pays to oneself costs the fee and nothing else", async () => {
  const own = await fresh();
  const before = Number((await wallet()).holdings[0].exact);
  await send(own, "5000000", "sats", "Normal");
  await mine(1);
  await until(ada, WALLET, async () => /Confirmed 1 of 6/.test((await rows(ada))[0]));
  const { holdings, lines } = await wallet();
  assert.equal(Number(holdings[0].exact), before - Number(lines[0].fee));
});

await show("a reorganisation of six blocks undoes what it undid", async () => {
  const before = Number((await wallet()).holdings[0].exact);
  const [first] = await mine(1, await fresh());
  await until(ada, WALLET, async () => /Mined[^]*Confirmed 1 of 6/.test((await rows(ada))[0]));
  await send(OTHER, "777777", "sats", "Fast");
  await mine(5);
  await until(ada, WALLET, async () => /Sent[^]*Confirmed 5 of 6/.test((await rows(ada))[0]));
  await until(ada, WALLET, async () => /Mined[^]*Final/.test((await rows(ada))[1]));
  await chain("invalidateblock", first);
  // The mined coin went with its block; the payment waits again.
  await until(ada, WALLET, async () => /The chain took it back/.test((await rows(ada))[1]));
  assert.match((await rows(ada))[0], /Unconfirmed/);
  assert.match(await text(ada), /are on their way and not yet confirmed/);
  await look(ada, "crypto-bitcoin-undone");
  await mine(8);
  await until(ada, WALLET, async () => /Sent[^]*(Final|Confirmed)/.test((await rows(ada))[0]));
  assert.match((await rows(ada))[1], /The chain took it back/);
  const { holdings, lines } = await wallet();
  assert.equal(Number(holdings[0].exact), before - 777_777 - Number(lines[0].fee));
});

await show("an address of another network, dust, and more than there is are refused before anything is signed", async () => {
  await prepare("bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu", "1000", "sats", "Normal");
  await sees(ada, "This is not a Bitcoin address of this network.");
  await prepare(OTHER, "100", "sats", "Normal");
  await sees(ada, "This is too little for the chain to carry");
  await prepare(OTHER, "1000", "BTC", "Normal");
  await sees(ada, "There is not that much in your wallet");
});

await show("all is sent: nothing remains", async () => {
  await send(OTHER, "all", "sats", "Slow");
  await mine(1);
  await until(ada, WALLET, async () => /^0 BTC$/m.test(await text(ada)));
});

await show("a node that shows another’s address is caught by the device", async () => {
  // The other way about, which is the same to the device: it remembers another account than the node watches.
  await ada.page.evaluate((other) => {
    const place = Object.keys(localStorage).find((name) => name.startsWith("coins:"));
    localStorage.setItem(place, other);
  }, "vpub5Y6cjg78GGuNLsaPhmYsiw4gYX3HoQiRBiSwDaBXKUafCt9bNwWQiitDk5VZ5BVxYnQdwoTyXSs2JHRPAgjAvtbBrf8ZhDYe2jWAqvZVnsc");
  await open(ada, `${WALLET}/receive/0`);
  await sees(ada, "Do not use this address!");
  assert.equal(await ada.page.locator("main .qr").count(), 0);
  await look(ada, "crypto-forged");
});

await end();
