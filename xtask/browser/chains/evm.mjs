// Ether and a token, end to end: a member's browser, the club's node, and anvil as the chain.
// Usage: evm.mjs BASE FOUNDING-LINK CHAIN-URL PICTURES PROGRAM-OF-ANVIL

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { at, fill, look, open, press, sees, select, tick, told } from "../story/cast.mjs";
import { ask, begin, rows, rpc, text, until } from "./proof.mjs";
import { balanceOf, creation, transfer } from "./token.mjs";

const [base, link, url, pictures, anvil] = process.argv.slice(2);
const chain = rpc(url);
const { ada, show, end } = await begin(base, link, pictures);
const [rich, other] = await chain("eth_accounts");
const WALLET = "/wallet/crypto/evm";
const ETHER = 10n ** 18n;
const hex = (number) => `0x${number.toString(16)}`;
const give = (to, value) => chain("eth_sendTransaction", { from: rich, to, value: hex(value) });
const balance = async (of) => BigInt(await chain("eth_getBalance", of, "latest"));
const tokens = async (of) => BigInt(await chain("eth_call", { to: token, data: balanceOf(of) }, "latest"));
let address, token;

/** Fills in the form for sending and looks at it once more. */
async function prepare(to, amount, unit, speed) {
  await open(ada, `${WALLET}/send`);
  await fill(ada, "To which address?", to);
  await fill(ada, "Amount", amount);
  await select(ada, "Unit", unit);
  await tick(ada, new RegExp(`^${speed}`));
  await press(ada, "Look at it once more");
}

async function send(to, amount, unit, speed) {
  await prepare(to, amount, unit, speed);
  await sees(ada, "Look closely, then sign");
  await press(ada, "Sign and send");
  await at(ada, WALLET);
}

await show("the wallet leads to coins, and says that the node watches no Bitcoin", async () => {
  await open(ada, "/wallet");
  await ada.page.getByRole("link", { name: /Coins on chains/ }).click();
  await at(ada, "/wallet/crypto");
  await sees(ada, "This club’s node watches no such chain");
  await look(ada, "crypto-begin");
});

await show("a wallet is made from the vault, with nothing but the passkey", async () => {
  const secrets = [];
  ada.page.on("request", (request) => secrets.push(request.postData() ?? ""));
  await ada.page.locator("[data-island=crypto-set-up][data-chain=evm] button").click();
  await at(ada, WALLET);
  await look(ada, "crypto-evm-empty");
  const sent = secrets.find((body) => body.includes("0x"));
  assert.deepEqual(Object.keys(JSON.parse(sent)).sort(), ["chain", "key", "network"]);
  address = JSON.parse(sent).key;
});

await show("the address is checked on the device, and its code asks for an amount", async () => {
  await open(ada, `${WALLET}/receive`);
  await fill(ada, "Amount in ETH", "0.5");
  await press(ada, "Make the code");
  await sees(ada, "Checked: your own keys on this device give this very address.");
  await ada.page.getByText("As a link").click();
  await sees(ada, `ethereum:${address}@31337?value=500000000000000000`);
  await look(ada, "crypto-evm-receive");
});

await show("the 24 words, typed into anvil, give the same first account", async () => {
  await open(ada, "/wallet/crypto/words");
  await press(ada, "Show my 24 words");
  await ada.page.locator(".secret-list li").nth(23).waitFor();
  const words = await ada.page.locator(".secret-list code").allInnerTexts();
  await look(ada, "crypto-words");
  const port = Number(new URL(url).port) + 1;
  const judge = spawn(anvil, ["--mnemonic", words.join(" "), "--port", `${port}`, "--accounts", "1", "--silent"]);
  try {
    const second = rpc(`http://127.0.0.1:${port}`);
    for (let tries = 0; tries < 50; tries++) {
      const accounts = await second("eth_accounts").catch(() => undefined);
      if (accounts !== undefined) return assert.equal(accounts[0].toLowerCase(), address.toLowerCase());
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    assert.fail("anvil did not start");
  } finally {
    judge.kill();
  }
});

await show("ether that arrives shows in balance and history, with its confirmations", async () => {
  await give(address, 2n * ETHER);
  await until(ada, WALLET, async () => /^2 ETH$/m.test(await text(ada)));
  const [first] = await rows(ada);
  assert.match(first, /Received/);
  assert.match(first, /\+2 ETH/);
  assert.match(first, /Confirmed 1 of 6/);
});

await show("after six blocks it is final", async () => {
  await chain("anvil_mine", "0x5");
  await until(ada, WALLET, async () => /Final/.test((await rows(ada))[0]));
  await look(ada, "crypto-evm-received");
});

await show("a token shows once it is in the list, under the name that its contract says", async () => {
  const made = await chain("eth_sendTransaction", { from: rich, data: creation(1_000_000), gas: "0x100000" });
  ({ contractAddress: token } = await chain("eth_getTransactionReceipt", made));
  await open(ada, `${WALLET}/tokens`);
  await look(ada, "crypto-tokens-none");
  await fill(ada, "Address of its contract", token);
  await press(ada, "Add a token");
  await told(ada, "The token is in your list.");
  await sees(ada, "PEAR");
  await look(ada, "crypto-tokens");
  await chain("eth_sendTransaction", { from: rich, to: token, data: transfer(address, 100_000), gas: "0x20000" });
  await until(ada, WALLET, async () => /^1 000 PEAR$/m.test(await text(ada)));
  assert.match((await rows(ada))[0], /\+1 000 PEAR/);
});

await show("what is no contract of a token is refused with a sentence", async () => {
  await open(ada, `${WALLET}/tokens`);
  await fill(ada, "Address of its contract", other);
  await press(ada, "Add a token");
  await sees(ada, "This does not look like a token");
});

for (const [speed, amount, words] of [["Slow", "0.5", "five hundred million gwei"], ["Normal", "0.25", "two hundred and fifty million gwei"], ["Fast", "1", "one ETH"]]) {
  await show(`ether is sent at the fee “${speed}”: shown, signed here, and arrived to the wei`, async () => {
    const before = await balance(other);
    await prepare(other, amount, "ETH", speed);
    await sees(ada, words);
    assert.match(await text(ada), new RegExp(other, "i"));
    await look(ada, `crypto-evm-review-${speed.toLowerCase()}`);
    await press(ada, "Sign and send");
    await at(ada, WALLET);
    await until(ada, WALLET, async () => /Confirmed 1 of 6/.test((await rows(ada))[0]));
    assert.equal((await balance(other)) - before, BigInt(Number(amount) * 100) * (ETHER / 100n));
    assert.match((await rows(ada))[0], new RegExp(`\u2212${amount} ETH`));
  });
}

await show("tokens are sent, and the chain agrees", async () => {
  await send(other, "250", "PEAR", "Normal");
  await until(ada, WALLET, async () => /^750 PEAR$/m.test(await text(ada)));
  assert.deepEqual([await tokens(other), await tokens(address)], [25_000n, 75_000n]);
  await look(ada, "crypto-evm");
});

await show("balance and history agree with the chain to the last wei", async () => {
  const there = await balance(address);
  await until(ada, WALLET, async () => (await ask(ada, "/api/v1/crypto/wallet?chain=evm")).holdings[0].exact === there.toString());
  const { lines } = await ask(ada, "/api/v1/crypto/wallet?chain=evm");
  const moved = lines.flatMap(({ moves }) => moves).filter(({ amount }) => amount.asset === "");
  const sum = moved.reduce((sum, { amount }) => sum + BigInt(amount.exact), 0n);
  const fees = lines.reduce((sum, { fee }) => sum + BigInt(fee || "0"), 0n);
  assert.equal(sum - fees, there);
  for (const { amount, booked } of moved) assert.equal(BigInt(booked), BigInt(amount.exact) / 10n ** 9n);
});

await show("an address with one wrong letter, too much, and nothing are refused before anything is signed", async () => {
  const slip = address.replace(/[a-f]/, (letter) => letter.toUpperCase());
  await prepare(slip === address ? `${address.slice(0, -1)}x` : slip, "0.1", "ETH", "Normal");
  await sees(ada, "one letter of it is wrong");
  await prepare(other, "1000", "ETH", "Normal");
  await sees(ada, /The chain would not carry this out|There is not that much/);
  await prepare(other, "0", "ETH", "Normal");
  await sees(ada, "Send more than nothing.");
  await prepare(other, "0.001", "PEAR", "Normal");
  await sees(ada, "There are fewer digits");
});

await show("all is sent, and nothing but what the fee left over remains", async () => {
  await send(other, "all", "PEAR", "Slow");
  await until(ada, WALLET, async () => /^0 PEAR$/m.test(await text(ada)));
  assert.equal(await tokens(address), 0n);
});

await show("a reorganisation of six blocks undoes what it undid", async () => {
  await give(address, 3n * ETHER);
  await chain("anvil_mine", "0x5");
  await until(ada, WALLET, async () => /Final/.test((await rows(ada))[0]) && /\+3 ETH/.test((await rows(ada))[0]));
  const before = await balance(address);
  await chain("anvil_rollback", 6);
  await chain("anvil_mine", "0x8");
  assert.equal(await balance(address), before - 3n * ETHER);
  await until(ada, WALLET, async () => /The chain took it back|Unconfirmed/.test((await rows(ada))[0]));
  await until(ada, WALLET, async () => (await ask(ada, "/api/v1/crypto/wallet?chain=evm")).holdings[0].exact === (before - 3n * ETHER).toString());
  await look(ada, "crypto-evm-undone");
});

await show("after the reorganisation things go on", async () => {
  await give(address, ETHER);
  await until(ada, WALLET, async () => /\+1 ETH/.test((await rows(ada))[0]));
});

await show("a wallet is forgotten and made again: the same address", async () => {
  await open(ada, `${WALLET}/forget`);
  await press(ada, "Forget it");
  await told(ada, "The node has forgotten this wallet.");
  await ada.page.locator("[data-island=crypto-set-up][data-chain=evm] button").click();
  await at(ada, WALLET);
  assert.equal((await ask(ada, "/api/v1/crypto/wallet?chain=evm")).key, address);
});

await end();
