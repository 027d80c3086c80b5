//! After the end: whether the ballot that this browser keeps is among the published ones, as it was cast.

import { element } from "../lib/dom.ts";
import { get } from "../lib/http.ts";
import { BALLOT } from "../ballot/texts.ts";
import { recall, type Kept } from "../ballot/kept.ts";

interface Published {
  vote: { ballots: { id: string; marks: [number, number][] }[] };
  secret?: { public: string };
}

/** Tells whoever cast a ballot here what became of it; nobody else sees anything. */
export function mount(place: HTMLElement): void {
  const kept = recall(place.dataset["proposal"] ?? "");
  if (kept?.marks === undefined) return;
  void look(place, kept);
}

async function look(place: HTMLElement, kept: Kept): Promise<void> {
  const line = element("p", { role: "status" }, BALLOT.checking);
  place.replaceChildren(line, element("p", { class: "note" }, `${BALLOT.receipt}: `, element("code", {}, kept.id)));
  const file = await get<Published>(place.dataset["file"] ?? "");
  line.textContent = became(kept, file);
}

/** What became of a ballot, in a sentence. */
export function became(kept: Kept, file: Published): string {
  const found = file.vote.ballots.find(({ id }) => id === kept.id);
  if (file.secret !== undefined && file.secret.public !== kept.point) return BALLOT.otherKey;
  if (found === undefined) return BALLOT.missing;
  // Ranks may have been closed up, so only what stands for the same order is compared.
  return said(found.marks) === said(kept.marks ?? []) ? BALLOT.found : BALLOT.altered;
}

/** Marks in one form: nothing for nothing, in the order of options, ranks and points by their order. */
function said(marks: [number, number][]): string {
  const given = marks.filter(([, value]) => value > 0).sort(([a], [b]) => a - b);
  const steps = [...new Set(given.map(([, value]) => value))].sort((a, b) => a - b);
  return given.map(([option, value]) => `${option}:${steps.indexOf(value)}`).join(" ");
}
