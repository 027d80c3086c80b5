//! The token of a secret ballot, on the voter's side: blinded before it is asked for, unblinded afterwards (RFC 9497, mode VOPRF,
//! ristretto255-SHA512). docs/design/007-secret-ballots.md says what that is good for.

import { ristretto255_oprf } from "@noble/curves/ed25519.js";
import { bytesToHex, hexToBytes } from "@noble/curves/utils.js";
import { concat, randomBytes, utf8, type Bytes } from "../lib/bytes.ts";

const { voprf } = ristretto255_oprf;

/** A ballot before its token is there: its id, what hides it, and what the node sees. All in hex. */
export interface Paper {
  id: string;
  blind: string;
  blinded: string;
}

/** The node's answer, in hex. */
export interface Answer {
  evaluated: string;
  proof: string;
}

/** A fresh ballot with an id that nobody can guess. */
export function newPaper(): Paper {
  const id = randomBytes(32);
  const { blind, blinded } = voprf.blind(id);
  return { id: bytesToHex(id), blind: bytesToHex(blind), blinded: bytesToHex(blinded) };
}

/** What the voter signs who asks for the token. */
export const requestText = (proposal: string, { blinded }: Paper): Bytes => utf8(`planet ballot request v1\n${proposal}\n${blinded}\n`);

/** The token; throws when the answer was not given with the key of that public point, which all voters see. */
export function unblind({ id, blind, blinded }: Paper, { evaluated, proof }: Answer, publicPoint: string): string {
  const [input, hidden, seen, answer, point, proved] = [id, blind, blinded, evaluated, publicPoint, proof].map((text) => concat(hexToBytes(text)));
  if (!input || !hidden || !seen || !answer || !point || !proved) throw new RangeError("not a token");
  return bytesToHex(voprf.finalize(input, hidden, answer, seen, point, proved));
}
