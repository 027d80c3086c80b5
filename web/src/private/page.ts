//! The browser's part of the pages of private conversations: sets this browser up, and shows and sends what is said. What is true of a
//! conversation is worked out in talks.ts; here it is only shown.

import { composes } from "../lib/compose.ts";
import { announce, element } from "../lib/dom.ts";
import { fields, onSubmit, say as status, show as showRefusal } from "../lib/form.ts";
import { explain } from "../lib/explain.ts";
import { fromBase64url } from "../lib/bytes.ts";
import { dailyKey, openOwnVault, settle } from "../identity/member.ts";
import { Live } from "../chat/live.ts";
import { node } from "./delivery.ts";
import { present, setUp, type Device } from "./device.ts";
import { Locked } from "./kept.ts";
import { Lines } from "./lines.ts";
import { behind, safetyNumber } from "./people.ts";
import { giveKey } from "./ring.ts";
import { Talks, type Alone, type Standing } from "./talks.ts";
import { PRIVATE, SORRY_PRIVATE, TROUBLE } from "./texts.ts";

const SHOWN = 200; // lines
const LOOKED_AFTER = 20_000; // milliseconds after which a page that is looked at asks by itself
const TENDED = 20; // conversations
const BACK = 60_000; // milliseconds before now from which on what is live is listened to

/** One page of this browser at a time touches what is kept. */
const alone: Alone = (work) => navigator.locks.request("planet-private", work) as ReturnType<typeof work>;

/** Brings the page to life. */
export function mount(island: HTMLElement): void {
  const { me = "", did = "", conversation } = island.dataset;
  const keep = new Locked(me);
  const begin = (device: Device): void => {
    const talks = new Talks(keep, node, device, alone);
    if (conversation !== undefined) return talk(island, conversation, me, device, talks);
    list(me);
    void tend(talks).catch(() => undefined);
  };
  alone(() => present(keep, node)).then((device) => (device === undefined ? offer(island, keep, did, begin) : begin(device)), (error: unknown) => {
    island.prepend(notice(error instanceof DOMException ? SORRY_PRIVATE.storage : explain(error).message));
  });
}

/** Offers to set this browser up. */
function offer(island: HTMLElement, keep: Locked, did: string, begin: (device: Device) => void): void {
  const place = island.querySelector<HTMLElement>("[data-set-up]");
  const form = place?.querySelector("form");
  if (place === null || form === null || form === undefined) return;
  const name = form.querySelector<HTMLInputElement>("[name=name]");
  if (name !== null && name.value === "") name.value = guess(navigator.userAgent);
  place.hidden = false;
  onSubmit(form, async (submitter) => {
    // The vault has what opens the ring of keys; that it opens is also what shows that the browser is the member's.
    const opened = await openOwnVault(form);
    await settle(opened);
    const key = await dailyKey(form, did, SORRY_PRIVATE.storage);
    status(form, PRIVATE.starting);
    const device = await alone(async () => {
      await giveKey(keep, fromBase64url(opened.contents.seed));
      // Perhaps it was set up in another window meanwhile.
      return (await present(keep, node)) ?? setUp(keep, node, did, String(fields(form, submitter)["name"] ?? ""), key);
    });
    place.hidden = true;
    if (island.dataset["conversation"] === undefined) return location.reload();
    begin(device);
  });
}

/** Such as “Firefox on Linux”. */
function guess(agent: string): string {
  const first = (names: [string, RegExp][]): string | undefined => names.find(([, pattern]) => pattern.test(agent))?.[0];
  const browser = first([["Firefox", /Firefox/], ["Edge", /Edg\//], ["Chrome", /Chrom/], ["Safari", /Safari/]]) ?? "Browser";
  const system = first([["Android", /Android/], ["iPhone", /iPhone/], ["iPad", /iPad/], ["Windows", /Windows/], ["Mac", /Mac OS/], ["Linux", /Linux/]]);
  return system === undefined ? browser : `${browser} on ${system}`;
}

/** Lets devices in and out of the newest conversations, so that one that was lost is out of them soon. */
async function tend(talks: Talks): Promise<void> {
  for (const { id } of (await node.conversations()).slice(0, TENDED)) await talks.bring(id);
}

/** The list renews itself when something comes in. */
function list(me: string): void {
  if (document.querySelector("[data-private-list]") === null) return;
  new Live().hear(`private.inbox:${me}`, since(), () => void renew().catch(() => undefined));
}

async function renew(): Promise<void> {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const fresh = page.querySelector("[data-private-list]");
  if (fresh !== null) document.querySelector("[data-private-list]")?.replaceWith(fresh);
}

/** Places of an inbox are moments, in millionths of a second. */
const since = (): number => (Date.now() - BACK) * 1000;

const notice = (text: string): HTMLElement => element("div", { class: "notice tone-warn", role: "alert" }, element("div", { class: "notice-text" }, element("p", {}, text)));

function talk(island: HTMLElement, id: string, me: string, device: Device, talks: Talks): void {
  const place = island.querySelector<HTMLElement>("[data-talk]")!;
  const form = place.querySelector("form")!;
  const lines = new Lines(place.querySelector("ol")!, device.did);
  let read = 0;
  place.hidden = false;
  const show = async (standing: Standing): Promise<void> => {
    const said = await talks.lines(id, SHOWN);
    lines.show(said, standing.talk.waiting, standing.known, (name) => announce(PRIVATE.said(name)));
    place.querySelector("[data-notices]")!.replaceChildren(...told(standing).map(notice));
    place.dataset["epoch"] = String(standing.view.epoch);
    place.dataset["is"] = standing.is;
    await safety(standing, me, device.did);
    if (standing.is !== "in" || document.visibilityState !== "visible" || standing.talk.position <= read) return;
    read = standing.talk.position;
    await node.readUpTo(id, read);
  };
  let again = Promise.resolve();
  const bring = (): void => {
    again = again.then(() => talks.bring(id).then(show)).catch((error: unknown) => {
      const refusal = explain(error);
      // Taken out, or this browser was: the page as it is now says so.
      if (refusal.code === "conversation_unknown" || refusal.code === "device_unknown") return location.reload();
      if (refusal.code !== "offline") place.querySelector("[data-notices]")!.replaceChildren(notice(refusal.message));
    });
  };
  bring();
  new Live().hear(`private.inbox:${me}`, since(), (frame) => {
    const moved = frame.note as { conversation?: string } | undefined;
    if (frame.resync === true || moved?.conversation === id) bring();
  });
  setInterval(() => document.visibilityState === "visible" && bring(), LOOKED_AFTER);
  for (const [target, event] of [[document, "visibilitychange"], [window, "online"]] as const) target.addEventListener(event, bring);
  const send = async (text: string): Promise<void> => {
    status(form, PRIVATE.sending);
    await talks.say(id, text).then(show).finally(() => status(form, ""));
  };
  composes(form, send, (_, error) => showRefusal(form, explain(error)));
}

/** What has to be said about how things stand. */
function told({ is, talk, known, changed, refused, view }: Standing): string[] {
  const names = (ids: string[]): string => ids.map((id) => known[id]?.name ?? view.people.find((person) => person.id === id)?.name ?? PRIVATE.somebody).join(", ");
  return [
    ...(is === "troubled" && talk.trouble !== undefined ? [TROUBLE[talk.trouble]] : []),
    ...(is === "outside" ? [PRIVATE.outside] : []),
    ...(changed.length > 0 ? [PRIVATE.changed(names(changed))] : []),
    ...(refused.length > 0 ? [PRIVATE.refused(names(refused))] : []),
  ];
}

/** The numbers to compare, in a conversation of two. */
async function safety({ view, known }: Standing, me: string, own: string): Promise<void> {
  const place = document.querySelector<HTMLElement>("[data-safety]");
  const other = view.people.find(({ id }) => id !== me);
  const met = other && known[other.id];
  if (place === null || met === undefined || behind(known, met.did) === undefined) return;
  place.querySelector("[data-numbers]")!.textContent = (await safetyNumber(own, met.did)).join(" ");
  place.hidden = false;
}
