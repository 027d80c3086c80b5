// The members change what rules them: a number by consent, and a policy that they have rehearsed before.

import { at, awaits, fill, follow, look, open, press, sees, told, visit } from "./cast.mjs";
import { vote } from "./admission.mjs";
import { pass } from "./clock.mjs";
import { followUp, lookUp, reason } from "./talk.mjs";

/** Everybody agrees to what is decided at that path, and is told so. */
export async function consent(all, decision) {
  for (const who of all) await vote(who, decision);
}

/** The lowest balance of an account changes by consent; it holds when its delay is over, and not before. */
export async function changeLimit(all) {
  const [ada, ben] = all;
  await visit(ada, "/constitution", "constitution");
  await open(ada, "/constitution/change/numbers");
  await look(ada, "constitution-numbers");
  await fill(ada, "Lowest balance of an account", "-250");
  await press(ada, "Try it out");
  await sees(ada, "What it would have done");
  await look(ada, "constitution-trial");
  await fill(ada, "Why", "Nobody has needed more, and a smaller debt is easier to trade back.");
  await press(ada, "Propose it");
  await told(ada, "It is open for votes now.");
  await at(ada, /^\/decisions\//);
  const { pathname } = new URL(ada.page.url());
  await look(ada, "decision-limit");
  await reason(all, pathname);
  await consent(all, pathname);
  await open(ben, "/constitution");
  await sees(ben, /−500\.00/);
  await pass(ada, { days: 1, minutes: 5 });
  await awaits(ben, pathname, "Passed and done");
  await open(ben, "/constitution");
  await sees(ben, /−250\.00/);
  await followUp(all, pathname);
  await lookUp(all, pathname);
  await visit(ben, "/wallet/limits", "limits-changed");
  await sees(ben, /−250\.00/);
}

const STEWARDS_MAKE_GROUPS = `@id("groups.stewards-alone")
@title("Stewards alone start groups")
@why("Groups are started by the stewards of the club. Ask one of them.")
@for("everybody but stewards of the club")
forbid (principal, action == Action::"groups.create", resource)
unless { context.role == "steward" };
`;

/** What Ben could do yesterday is refused today, in the words of the policy that all have passed. */
export async function forbid(all) {
  const [ada, ben] = all;
  await makeGroup(ben, "Bike kitchen");
  await told(ben, "The group is there.");
  await open(ada, "/constitution/change/policies");
  await fill(ada, "File", "making-groups.cedar");
  await fill(ada, "Policies", STEWARDS_MAKE_GROUPS);
  await look(ada, "constitution-policies");
  await press(ada, "Try it out");
  await sees(ada, "What it would have done");
  await sees(ada, "groups.create");
  await look(ada, "constitution-rehearsal");
  await press(ada, "Propose it");
  await told(ada, "It is open for votes now.");
  await at(ada, /^\/decisions\//);
  const { pathname } = new URL(ada.page.url());
  await consent(all, pathname);
  await pass(ada, { days: 3, minutes: 5 });
  await awaits(ben, pathname, "Passed and done");
  await look(ben, "decision-policy");
  await makeGroup(ben, "Choir");
  await sees(ben, "Groups are started by the stewards of the club. Ask one of them.");
  await look(ben, "group-refused");
}

async function makeGroup(who, name) {
  await open(who, "/groups/new");
  await fill(who, "Name", name);
  await fill(who, /^What is it for, in your own words/, "For those who like it.");
  await press(who, "Save");
}
