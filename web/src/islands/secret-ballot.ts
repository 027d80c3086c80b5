//! Casts a secret ballot: asks for its token under the voter's name, then casts it under none. What is marked never travels with the
//! name, and what names never travels with the ballot.

import { action, fields, onSubmit, say, type Fields } from "../lib/form.ts";
import { element } from "../lib/dom.ts";
import { post, postUnnamed, Refusal } from "../lib/http.ts";
import { BALLOT, NO_BALLOT } from "../ballot/texts.ts";
import { keep, recall, type Kept } from "../ballot/kept.ts";
import { newPaper, requestText, unblind, type Answer } from "../ballot/token.ts";
import { dailyKey } from "../identity/member.ts";
import { bytesToHex } from "@noble/curves/utils.js";

/** Enhances the form. */
export function mount(form: HTMLFormElement): void {
  const hidden = (name: string): string => form.querySelector<HTMLInputElement>(`input[type=hidden][name="${name}"]`)?.value ?? "";
  const [proposal, point, asked] = [hidden("proposal"), hidden("point"), hidden("asked") === "yes"];
  form.querySelector("[data-until-script]")?.removeAttribute("disabled");
  const kept = recall(proposal);
  if (kept?.token !== undefined) remind(form, kept);
  onSubmit(form, async (submitter) => {
    const given = fields(form, submitter);
    const later = given["later"] !== undefined;
    const marks = later ? [] : marksOf(given);
    const ballot = await ballotOf(form, proposal, point, asked, hidden("did"));
    if (later) return remind(form, ballot);
    say(form, BALLOT.casting);
    const said = marks.map(([option, value]) => ({ option, value }));
    await postUnnamed(action(form), { proposal, ballot: ballot.id, token: ballot.token, marks: said });
    const cast = { ...ballot, marks };
    keep(proposal, cast);
    remind(form, cast);
  });
}

/** The marks: what stands at `option-NUMBER`. */
function marksOf(given: Fields): [number, number][] {
  const marks: [number, number][] = [];
  for (const [name, value] of Object.entries(given)) {
    // Where one is chosen, its number is sent; no number leaves it to the others.
    if (name === "choice" && value !== "") marks.push([Number(value), 1]);
    const option = /^option-(\d+)$/.exec(name)?.[1];
    const text = String(value).trim();
    if (option === undefined || text === "") continue;
    if (!/^\d{1,9}$/.test(text)) throw new Refusal(NO_BALLOT.whole, "mark_wrong", name);
    marks.push([Number(option), Number(text)]);
  }
  return marks;
}

/** The voter's ballot with its token, which is asked for once. */
async function ballotOf(form: HTMLFormElement, proposal: string, point: string, asked: boolean, did: string): Promise<Kept> {
  const kept = recall(proposal);
  if (kept?.token !== undefined) return kept;
  if (kept === undefined && asked) throw new Refusal(NO_BALLOT.elsewhere, "token_given");
  const paper = kept ?? { ...newPaper(), point };
  try {
    // Before it is asked for: if the answer is lost, the same may be asked again, and nothing else may.
    keep(proposal, paper);
  } catch {
    throw new Refusal(NO_BALLOT.storage, "storage");
  }
  const key = await dailyKey(form, did, NO_BALLOT.storage);
  say(form, BALLOT.asking);
  const signature = bytesToHex(await key.sign(requestText(proposal, paper)));
  const request = { proposal, blinded: paper.blinded, key: key.multikey, signature };
  const { output } = await post<{ output: Answer }>(form.dataset["begin"] ?? "", request);
  const ballot = { ...paper, token: tokenOf(paper, output) };
  keep(proposal, ballot);
  return ballot;
}

function tokenOf(paper: Kept, answer: Answer): string {
  try {
    return unblind(paper, answer, paper.point);
  } catch {
    throw new Refusal(NO_BALLOT.key, "other_key");
  }
}

/** Puts what was marked of an option into its box. */
function put(form: HTMLFormElement, option: number, value: number): void {
  const boxes = form.querySelectorAll<HTMLInputElement>(`[name="option-${option}"], [name="choice"][value="${option}"]`);
  for (const box of boxes) {
    if (box.type === "checkbox") box.checked = true;
    else if (box.type === "radio") box.checked ||= box.name === "choice" || box.value === String(value);
    else box.value = String(value);
  }
}

/** Puts what was marked into the boxes again, and shows the receipt; or says that the ballot waits here. */
function remind(form: HTMLFormElement, { id, marks }: Kept): void {
  for (const [option, value] of marks ?? []) {
    put(form, option, value);
  }
  // There is one ballot, and it is here.
  form.querySelector("[name=later]")?.remove();
  form.querySelector("[data-receipt]")?.remove();
  const said = element("p", { role: "status" }, element("strong", {}, marks === undefined ? BALLOT.lies : BALLOT.cast));
  form.append(element("div", { class: "stack", "data-receipt": "" }, said, ...(marks === undefined ? [] : receipt(id))));
}

/** The receipt, to read and to keep: the number of the ballot and nothing that could cast another. */
function receipt(id: string): HTMLElement[] {
  const page = `${location.origin}${location.pathname}`;
  const file = URL.createObjectURL(new Blob([BALLOT.file(page, id)], { type: "text/plain" }));
  return [
    element("p", { class: "note" }, `${BALLOT.receipt}: `, element("code", {}, id)),
    element("p", {}, element("a", { href: file, download: "planet-ballot.txt", class: "button button-quiet" }, BALLOT.save)),
  ];
}
