//! Secret ballots: what the voter's side makes of the node's answer, and what becomes of a ballot.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fromUtf8 } from "../src/lib/bytes.ts";
import { newPaper, requestText, unblind } from "../src/ballot/token.ts";
import { BALLOT } from "../src/ballot/texts.ts";
import { became } from "../src/islands/ballot-check.ts";

/** RFC 9497, appendix A.1.2, first vector. */
const POINT = "c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e";
const PAPER = {
  id: "00",
  blind: "64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706",
  blinded: "863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945",
};
const ANSWER = {
  evaluated: "aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e",
  proof: "ddef93772692e535d1a53903db24367355cc2cc78de93b3be5a8ffcc6985dd066d4346421d17bf5117a2a1ff0fcb2a759f58a539dfbe857a40bce4cf49ec600d",
};
const TOKEN = "b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7da4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c";

test("the answer of the RFC gives its token", () => {
  assert.equal(unblind(PAPER, ANSWER, POINT), TOKEN);
});

test("an answer under another key gives none", () => {
  const other = { ...ANSWER, proof: ANSWER.proof.replace(/^dd/, "dc") };
  assert.throws(() => unblind(PAPER, other, POINT));
});

test("a request names the vote and what is blinded, and no ballot", () => {
  const paper = newPaper();
  const text = fromUtf8(requestText("vote", paper));
  assert.equal(text, `planet ballot request v1\nvote\n${paper.blinded}\n`);
  assert.ok(!text.includes(paper.id));
  assert.notEqual(newPaper().id, paper.id);
});

test("a voter is told what became of the ballot", () => {
  const kept = { ...PAPER, point: POINT, token: TOKEN, marks: [[0, 2], [1, 5]] as [number, number][] };
  const file = (marks: [number, number][], point = POINT) => ({ vote: { ballots: [{ id: "00", marks }] }, secret: { public: point } });
  assert.equal(became(kept, file([[0, 1], [1, 2]])), BALLOT.found, "ranks are closed up");
  assert.equal(became(kept, file([[0, 2], [1, 1]])), BALLOT.altered);
  assert.equal(became(kept, { vote: { ballots: [] } }), BALLOT.missing);
  assert.equal(became(kept, file([[0, 1], [1, 2]], "ab")), BALLOT.otherKey);
});
