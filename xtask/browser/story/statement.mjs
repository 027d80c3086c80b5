// What one finds again: the statement searched, a payment with a note and its receipt, files for other programs, proof of payment.

import assert from "node:assert/strict";
import { at, fill, follow, look, misses, open, press, sees, stands, told, visit } from "./cast.mjs";

/** The first bytes of a photograph, and some more. */
const PHOTO = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(5000, 7)]);

/** Ada looks for a payment, notes what it was and keeps the till receipt with it; nobody else sees either. */
export async function note(ada, ben) {
  await open(ada, "/wallet/statement");
  // Not the search of the whole club, which stands above.
  await ada.page.locator("main").getByLabel("Search").first().fill("chisels");
  await ada.page.locator("main").getByRole("button", { name: "Search", exact: true }).click();
  await sees(ada, "Sharpened two chisels");
  await misses(ada, "Glue and screws");
  await look(ada, "statement-search");
  await ada.page.locator(".content .list a.cover").first().click();
  await at(ada, /^\/wallet\/transfers\//);
  const { pathname } = new URL(ada.page.url());
  await look(ada, "transfer");
  await fill(ada, /^Category/, "tools");
  await fill(ada, /^Note/, "Second set this year");
  await press(ada, "Save");
  await told(ada, "Saved.");
  await stands(ada, /^Category/, "tools");

  const choose = (name, mimeType, buffer) => ada.page.getByLabel("Photograph or PDF").setInputFiles({ name, mimeType, buffer });
  await choose("till.jpg", "image/jpeg", Buffer.from("<html><script>alert(1)</script>"));
  await press(ada, "Attach");
  await sees(ada, /This is not a photograph/);
  await look(ada, "transfer-wrong-file");
  await choose("till.jpg", "image/jpeg", PHOTO);
  await press(ada, "Attach");
  await told(ada, "Attached.");
  await look(ada, "transfer-noted");
  const file = await ada.page.locator("a.item-title").first().getAttribute("href");
  const kept = await ada.context.request.get(new URL(file, ada.stage.base).href);
  assert.deepEqual(await kept.body(), PHOTO);
  assert.equal(kept.headers()["content-security-policy"], "default-src 'none'; sandbox");
  assert.match(kept.headers()["content-disposition"], /^attachment;/);
  assert.equal((await ben.context.request.get(new URL(file, ben.stage.base).href)).status(), 404);
  await open(ben, pathname);
  await misses(ben, "Second set this year");

  await visit(ada, "/wallet/statement?category=tools", "statement-category");
  await sees(ada, "Sharpened two chisels");
  await visit(ada, "/wallet/statement?q=nothing+like+this", "statement-nothing");
  return pathname;
}

/** Both keep the proof of it; whoever holds the paper can ask the club; what was altered is told. */
export async function prove(ada, ben, stranger, payment) {
  await open(ben, payment);
  await follow(ben, "Proof of payment");
  await at(ben, `${payment}/proof`);
  await sees(ben, "Included");
  await look(ben, "proof");
  for (const [who, line] of [[ada, false], [ben, false], [ben, true]]) {
    const answer = await who.context.request.get(new URL(`${payment}/receipt.json${line ? "?line=yes" : ""}`, who.stage.base).href);
    const { credentialSubject: said, proof } = await answer.json();
    assert.deepEqual([said.payer.name, said.payee.name, said.amount, proof.cryptosuite], ["Ben Yilmaz", "Ada Okafor", "2.50", "eddsa-jcs-2022"]);
    assert.equal("opened" in said.inclusion.entry, line, "the line of the log is for Ben, when he asks for it");
  }
  await open(stranger, "/receipts?paid=e30&signed=AAAA", 422);
  await sees(stranger, "This receipt is not genuine");
  await look(stranger, "receipt-wrong");
}

/** She takes her books along in every form. */
export async function takeAlong(ada) {
  for (const [format, beginning] of [["csv", "\ufeffdate,"], ["ledger", "; The wallet of Ada Okafor"], ["hledger", "; The wallet"], ["beancount", "option \"title\""], ["ofx", "<?xml"]]) {
    const answer = await ada.context.request.get(new URL(`/wallet/export?format=${format}`, ada.stage.base).href);
    const text = await answer.text();
    assert.ok(answer.ok() && text.startsWith(beginning), `${format}: ${text.slice(0, 80)}`);
    assert.match(text, /Sharpened two chisels/);
  }
  assert.equal((await ada.context.request.get(new URL("/wallet/export?format=docx", ada.stage.base).href)).status(), 422);
}
