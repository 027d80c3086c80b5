// The browser story: two people found a club, join it, pay each other and are heard, on a node that nobody has used. Every page
// on the way is looked at with axe, and its picture is taken. Usage: story.mjs BASE FOUNDING-LINK PICTURES [CHECKPOINT-FILE]

import { start } from "./chromium.mjs";
import { goOffline, guest, leafThrough, read } from "./story/about.mjs";
import { admit, assume } from "./story/admission.mjs";
import * as deli from "./story/deli.mjs";
import { found, keep, settle } from "./story/founding.mjs";
import { gather } from "./story/groups.mjs";
import { invite, inviteMany, join, meet } from "./story/joining.mjs";
import { comeBack, outAndIn, outEverywhere, secondDevice, takeBack } from "./story/keys.mjs";
import { againAndAgain, counter, list, putAside, split } from "./story/many.mjs";
import { bill, limits, pay } from "./story/money.mjs";
import * as mutual from "./story/mutual.mjs";
import { elsewhere, post, talk } from "./story/posts.mjs";
import { describe, viewAs } from "./story/profiles.mjs";
import { agreeOnRule, askForLimits, signTwice } from "./story/rule.mjs";
import { note, prove, takeAlong } from "./story/statement.mjs";
import { help } from "./story/timebank.mjs";
import { keepMoney } from "./story/treasury.mjs";
import { weigh } from "./story/weight.mjs";

const [base, link, pictures, checkpoint] = process.argv.slice(2);
const stage = { base, pictures, browser: await start(), seen: new Set(), complaints: [] };

/** Tells one chapter and says how long it took. */
async function chapter(title, telling) {
  const begun = performance.now();
  const result = await telling();
  console.log(`${title.padEnd(72)} ${((performance.now() - begun) / 1000).toFixed(1).padStart(5)} s`);
  return result;
}

try {
  const ada = await chapter("Ada opens the founding link and founds the club", () => found(stage, link));
  const { codes, words } = await chapter("She keeps recovery codes and paper words", () => keep(ada));
  await chapter("She says where she lives", () => settle(ada));
  const invitation = await chapter("She invites Ben by a link", () => invite(ada));
  const ben = await chapter("Ben joins on his phone", () => join(stage, invitation));
  await chapter("They find each other", () => meet(ada, ben));
  await chapter("She invites a whole list and prints letters", () => inviteMany(ada));
  await chapter("Ben pays Ada by name and by code", () => pay(ada, ben));
  await chapter("Limits hold, and a repeated payment is paid once", () => limits(ben));
  await chapter("Ada sends a bill, Ben approves it", () => bill(ada, ben));
  const payment = await chapter("She finds a payment again, notes it and keeps its receipt", () => note(ada, ben));
  await chapter("She takes her books along", () => takeAlong(ada));
  await chapter("Ada posts for her town, her street and the world", () => post(ada, ben));
  await chapter("They talk below a post", () => talk(ada, ben));
  const stranger = await guest(stage);
  await chapter("Both can prove the payment", () => prove(ada, ben, stranger, payment));
  await chapter("Ada shows details to different people", () => describe(ada));
  await chapter("Each sees what is meant for them", () => viewAs(ada, ben, stranger));
  await chapter("A group forms, with a wallet", () => gather(ada, ben));
  await chapter("Ada designs Deli dollars for her shop", () => deli.design(ada));
  await chapter("Ben buys a hundred for ninety, spends and gives back", () => deli.trade(ada, ben));
  await chapter("Both see how the Deli stands, and Ben offers a rate", () => deli.know(ada, ben));
  await chapter("The terms change by decision, and closing is asked about", () => deli.change(ada, ben));
  await chapter("A time bank counts hours", () => help(ada, ben));
  await chapter("The group holds euros for its members", () => keepMoney(ada, ben));
  const cleo = await chapter("Cleo applies, the members vote, she joins", () => admit(stage, ada, ben));
  await chapter("Ada pays a list, and ten thousand rows at once", () => list(ada, ben));
  await chapter("She splits a bill and sees who has paid", () => split(ada, ben));
  await chapter("Ben puts a deposit aside, Ada takes a part of it", () => putAside(ada, ben));
  await chapter("Ben pays again and again, until he ends it", () => againAndAgain(ben));
  await chapter("A card for the counter", () => counter(ada, ben));
  await chapter("A group makes a mutual credit", () => mutual.design(ada, ben, cleo));
  await chapter("A week of trade comes to its exact balances", () => mutual.trade(ada, ben, cleo));
  await chapter("They exchange one currency for another", () => mutual.exchange(ada, ben));
  await chapter("The group agrees on how its wallet pays", () => agreeOnRule(ada, ben));
  await chapter("A payment needs a second signature", () => signTwice(ada, ben));
  await chapter("Limits are read, and asked for", () => askForLimits(ada, ben));
  await chapter("She lives elsewhere and sees what reaches her", () => elsewhere(cleo));
  await chapter("Ben adds to what the club assumes", () => assume(ben));
  const phone = await chapter("Ada’s phone comes in by a link", () => secondDevice(stage, ada));
  await chapter("She signs out everywhere, and in again", () => outEverywhere(ada, phone));
  await chapter("She comes back with a recovery code", () => comeBack(stage, codes));
  await chapter("Ben signs out and in", () => outAndIn(ben));
  await chapter("Pages about oneself", () => leafThrough(ada));
  await chapter("Pages about the club", () => read(stranger, checkpoint));
  await chapter("A page for when there is no connection", () => goOffline(stage));
  const heaviest = await chapter("Ordinary pages are light", () => weigh(ada));
  await chapter("Her keys are stolen; her paper words take her identity back", () => takeBack(stage, ada, words));
  console.log(`${stage.seen.size} pages looked at; the heaviest ordinary one is ${heaviest.path}: ${(heaviest.bytes / 1000).toFixed(1)} KB in ${heaviest.requests} requests.`);
} catch (error) {
  stage.complaints.push(error.stack ?? String(error));
} finally {
  await stage.browser.close();
}
if (stage.complaints.length > 0) {
  console.error(`\n${stage.complaints.length} complaints:\n${[...new Set(stage.complaints)].join("\n")}`);
  process.exitCode = 1;
}
