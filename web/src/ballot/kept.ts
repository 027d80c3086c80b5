//! The ballots that this browser keeps: whoever clears the browser loses them, and nobody can give them back.

import { type Paper } from "./token.ts";

/** A ballot as it is kept: with its token once that is there, and with what was marked once it was cast. */
export interface Kept extends Paper {
  /** The public point that its token belongs to. */
  point: string;
  token?: string;
  marks?: [option: number, value: number][];
}

const place = (proposal: string): string => `planet-ballot:${proposal}`;

/** The ballot of a vote, if this browser has it. */
export function recall(proposal: string): Kept | undefined {
  const text = localStorage.getItem(place(proposal));
  return text === null ? undefined : (JSON.parse(text) as Kept);
}

/** Keeps it; throws where the browser keeps nothing, before anything is asked for. */
export const keep = (proposal: string, ballot: Kept): void => localStorage.setItem(place(proposal), JSON.stringify(ballot));
