//! How bytes and values are written: base58, canonical JSON, base64url.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase58, toBase58 } from "../src/identity/base58.ts";
import { canonical, type Json } from "../src/identity/jcs.ts";
import { fromBase64url, toBase64url, utf8 } from "../src/lib/bytes.ts";

test("base58 agrees with the examples of its draft, leading zeros included", () => {
  for (const [hex, text] of [
    [Buffer.from("Hello World!").toString("hex"), "2NEpo7TZRRrLZSi2U"],
    ["0000287fb4cd", "11233QC4"],
    ["", ""],
    ["00", "1"],
  ] as const) {
    assert.equal(toBase58(Buffer.from(hex, "hex")), text);
    assert.equal(Buffer.from(fromBase58(text)).toString("hex"), hex);
  }
  assert.throws(() => fromBase58("0OIl"), RangeError);
});

test("a value is written as RFC 8785 writes it", () => {
  const value = JSON.parse(
    '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
  ) as Json;
  const expected =
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}';
  assert.equal(canonical(value), expected);
});

test("members are sorted by UTF-16 code units, not by code points", () => {
  const value = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\u{1f600}": 5, "\u0080": 6, "\u00f6": 7 };
  assert.equal([...canonical(value).matchAll(/:(\d)/g)].map(([, digit]) => digit).join(""), "2467153");
});

test("half a character is refused instead of hashed as something else", () => {
  assert.throws(() => canonical({ text: "\ud800" }), RangeError);
  assert.throws(() => canonical([Number.NaN]), RangeError);
});

test("base64url has no padding and reads what it wrote", () => {
  assert.equal(toBase64url(new Uint8Array([0xfb, 0xff, 0xfe])), "-__-");
  assert.equal(toBase64url(utf8("ä")), "w6Q");
  for (let length = 0; length < 40; length++) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 37) % 256);
    assert.deepEqual(fromBase64url(toBase64url(bytes)), bytes);
  }
});
