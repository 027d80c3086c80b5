//! Keys, addresses and payments of coins, against the values that the proposals themselves publish.

import assert from "node:assert/strict";
import { test } from "node:test";
import { HDKey } from "@scure/bip32";
import { Transaction } from "@scure/btc-signer";
import { inWords, read, write } from "../src/crypto/amounts.ts";
import * as bitcoin from "../src/crypto/bitcoin.ts";
import * as evm from "../src/crypto/evm.ts";
import { seedOf, wordsOf } from "../src/crypto/words.ts";

const abandon = `${"abandon ".repeat(11)}about`.split(" ");

test("an account, its addresses and its zpub are those of BIP84's own test vectors", async () => {
  const account = bitcoin.account(await seedOf(abandon), "main");
  const zpub = "zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs";
  assert.equal(bitcoin.publicKey(account), zpub);
  for (const key of [account, bitcoin.readPublicKey(zpub, "main")]) {
    assert.equal(bitcoin.addressAt(key, "main", bitcoin.RECEIVE, 0), "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu");
    assert.equal(bitcoin.addressAt(key, "main", bitcoin.RECEIVE, 1), "bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g");
    assert.equal(bitcoin.addressAt(key, "main", bitcoin.CHANGE, 0), "bc1q8c6fshw2dlwun7ekn9qwf37cu2rn755upcp6el");
  }
});

test("keys are derived as in BIP32's first test vector", () => {
  const root = HDKey.fromMasterSeed(Uint8Array.from(Buffer.from("000102030405060708090a0b0c0d0e0f", "hex")));
  assert.equal(root.publicExtendedKey, "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8");
  assert.equal(
    root.derive("m/0'/1/2'").publicExtendedKey,
    "xpub6D4BDPcP2GT577Vvch3R8wDkScZWzQzMMUm3PWbmWvVJrZwQY4VUNgqFJPMM3No2dFDFGTsxxpG5uJh7n7epu4trkrX7x7DogT5Uv6fcLW5",
  );
});

test("the words are their own, always the same for one vault, and no key of the identity", async () => {
  const seed = new Uint8Array(32).fill(7);
  const words = await wordsOf(seed);
  assert.equal(words.length, 24);
  assert.deepEqual(await wordsOf(seed), words);
  assert.notDeepEqual(await wordsOf(new Uint8Array(32).fill(8)), words);
});

test("ether's address of well-known words is the one that every wallet shows for them", async () => {
  // The words that anvil and Hardhat start with, and their first account.
  const words = `${"test ".repeat(11)}junk`.split(" ");
  assert.equal(evm.addressOf(evm.secretKey(await seedOf(words))), "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
});

test("checksums of addresses are those of EIP-55's examples, and a slip is noticed", () => {
  for (const address of [
    "0x52908400098527886E0F7030069857D2E4169EE7", "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
    "0xde709f2102306220921060314715629080e2fb77", "0x27b1fdb04752bbc536007a920d24acb045561c26",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
  ]) {
    assert.equal(evm.checksum(address.toLowerCase()), address);
    assert.ok(evm.isAddress(address));
  }
  assert.ok(!evm.isAddress("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed"));
  for (const wrong of ["", "0x", "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", `0x${"g".repeat(40)}`]) assert.ok(!evm.isAddress(wrong));
});

test("payments of EIP-1559 are signed byte for byte as Besu's published vectors have them", () => {
  const secret = evm.fromHex("8f2a55949038a9610f50fb23b5883af3b4ecb3c3bb792cbcefbd1542c692be63");
  const common = { chain: 7822n, to: "0x000000000000000000000000000000000000aaaa", data: new Uint8Array() };
  for (const [payment, signed] of [
    [
      { nonce: 819n, value: 43203529n, gas: 35552n, tip: 75853n, most: 121212n },
      "0x02f870821e8e8203338301284d8301d97c828ae094000000000000000000000000000000000000aaaa8402933bc980c080a0d067f2167008c59219652f91cbf8788dbca5f771f6e91e2b7657e85b78b472e0a01d305af9fe81fdba43f0dfcd400ed24dcace0a7e30d4e85701dcaaf484cd079e",
    ],
    [
      { nonce: 353n, value: 61901619n, gas: 32593n, tip: 38850n, most: 136295n },
      "0x02f86f821e8e8201618297c283021467827f5194000000000000000000000000000000000000aaaa8403b08b3380c001a004205678f13fc1d7b10feea6513dfa76e24418b6e08097d95c6f93a3b64e536da01d45ad61bfece43862de2cce7d2575a8c1d08c26c87f3cb5f26d7b0be54a91b2",
    ],
  ] as const) {
    assert.equal(evm.sign({ ...common, ...payment }, secret).hex, signed);
  }
});

test("a payment of a token is a call that another library encodes and signs alike", () => {
  // Made with micro-eth-signer 0.20.1 from the same values.
  const secret = evm.fromHex("8f2a55949038a9610f50fb23b5883af3b4ecb3c3bb792cbcefbd1542c692be63");
  const to = "0x1f8f6c0e8d8f9d2f0d0b0a4b1c4a3f0c1d2e3f40";
  const signed = evm.sign({ chain: 1n, nonce: 0n, tip: 0n, most: 30_000_000_000n, gas: 65_000n, to, value: 0n, data: evm.transferCall(to, 1000n) }, secret);
  assert.equal(signed.id, "0xbd8626821065373ce798932da713356d65866d65d8bdef8df695eaf722a1df60");
  assert.throws(() => evm.transferCall(to, 1n << 256n), RangeError);
});

const coin = (sats: bigint, position = 0): bitcoin.Coin => ({ tx: "11".repeat(32), output: position, sats, branch: 0, position });

test("a payment spends enough, pays what was shown, and gives the change back to the account itself", async () => {
  const key = bitcoin.account(await seedOf(abandon), "regtest");
  const to = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
  const plan = bitcoin.plan([coin(40_000n, 0), coin(70_000n, 1), coin(500n, 2)], to, 90_000n, 5n, "regtest");
  assert.ok(plan !== undefined);
  assert.deepEqual(plan.coins.map(({ sats }) => sats), [70_000n, 40_000n]);
  assert.equal(plan.sats + plan.fee + plan.change, 110_000n);
  const { hex, id } = bitcoin.sign(plan, key, "regtest", 3);
  const tx = Transaction.fromRaw(Buffer.from(hex, "hex"), { allowUnknownOutputs: true });
  assert.equal(tx.id, id);
  assert.equal(tx.getOutputAddress(0, bitcoin.writing("regtest")), to);
  assert.equal(tx.getOutput(0).amount, 90_000n);
  assert.equal(tx.getOutputAddress(1, bitcoin.writing("regtest")), bitcoin.addressAt(key, "regtest", bitcoin.CHANGE, 3));
  assert.equal(tx.getOutput(1).amount, plan.change);
  assert.ok(plan.fee >= BigInt(tx.vsize) * 5n && plan.fee <= BigInt(tx.vsize + 4) * 5n, `${plan.fee} for ${tx.vsize} vB`);
});

test("what is too small to come back goes to the fee, and what is not there is not spent", () => {
  const to = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
  const exact = bitcoin.plan([coin(10_000n)], to, 9_600n, 2n, "regtest");
  assert.deepEqual([exact?.change, exact?.fee], [0n, 400n]);
  assert.equal(bitcoin.plan([coin(10_000n)], to, 9_900n, 2n, "regtest"), undefined);
  assert.equal(bitcoin.plan([], to, 1n, 1n, "regtest"), undefined);
  const all = bitcoin.planAll([coin(10_000n), coin(5_000n, 1)], to, 1n, "regtest");
  assert.equal((all?.sats ?? 0n) + (all?.fee ?? 0n), 15_000n);
});

test("an account that pretends a coin is worth more or less than it is cannot be spent: the signature commits to it", async () => {
  const key = bitcoin.account(await seedOf(abandon), "regtest");
  const to = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
  const signed = (sats: bigint): string => bitcoin.sign({ to, sats: 1_000n, fee: sats - 1_000n, change: 0n, coins: [coin(sats)] }, key, "regtest", 0).hex;
  assert.notEqual(signed(1_500n).slice(-220), signed(1_600n).slice(-220));
});

test("addresses of another network are no addresses here", () => {
  assert.ok(bitcoin.isAddress("bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu", "main"));
  assert.ok(!bitcoin.isAddress("bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu", "regtest"));
  assert.ok(!bitcoin.isAddress("bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyv", "main"));
});

test("links carry address, amount and label as BIP21 and EIP-681 write them", () => {
  assert.equal(bitcoin.uri("bc1qx", undefined, ""), "bitcoin:bc1qx");
  assert.equal(bitcoin.uri("bc1qx", 2_030_000_000n, "Luke & Leia"), "bitcoin:bc1qx?amount=20.3&label=Luke%20%26%20Leia");
  assert.equal(bitcoin.uri("bc1qx", 100_000_000n, ""), "bitcoin:bc1qx?amount=1");
  assert.equal(bitcoin.uri("bc1qx", 1_000_000_000n, ""), "bitcoin:bc1qx?amount=10");
  assert.equal(evm.uri("0xabc", 1n, 2014000000000000000n), "ethereum:0xabc@1?value=2014000000000000000");
  assert.equal(evm.uri("0xabc", 1n, 1n, "0xdef"), "ethereum:0xdef@1/transfer?address=0xabc&uint256=1");
});

test("amounts are read as people write them, and a digit too many is refused", () => {
  assert.equal(read("0.5", 8), 50_000_000n);
  assert.equal(read(" 1 000,25", 2), 100_025n);
  assert.equal(read(".1", 18), 100_000_000_000_000_000n);
  for (const wrong of ["", ".", "1.2.3", "-1", "ten", "1e5", "0x10"]) assert.equal(read(wrong, 8), "not_a_number");
  assert.equal(read("0.123", 2), "too_fine");
  assert.equal(write(50_000_000n, 8), "0.5");
  assert.equal(write(123_456_700n, 2), "1\u202f234\u202f567");
  assert.equal(write(1n, 18), "0.000000000000000001");
});

test("amounts are said in words", () => {
  for (const [number, words] of [
    [0n, "zero"], [5n, "five"], [21n, "twenty-one"], [100n, "one hundred"], [1_005n, "one thousand and five"],
    [12_345n, "twelve thousand three hundred and forty-five"], [5_000_000_000n, "five billion"],
  ] as const) assert.equal(inWords(number), words);
});
