// The members' story: five people whose club decides by consent trade for a month, change a limit, elect a treasurer in secret, pass a
// policy that then refuses, and count again themselves. It wants a node that nobody has used and whose clock can be moved.
// Usage: members.mjs BASE FOUNDING-LINK PICTURES, with the program in PLANET_PROGRAM.

import { tell } from "./stage.mjs";
import { passTo } from "./story/clock.mjs";
import { changeLimit, forbid } from "./story/constitution.mjs";
import { elect, recount } from "./story/election.mjs";
import { foundCircle } from "./story/founding.mjs";
import { bring } from "./story/joining.mjs";
import { signIn } from "./story/keys.mjs";
import * as mutual from "./story/mutual.mjs";

const [base, link, pictures] = process.argv.slice(2);

await tell(base, pictures, async (stage, chapter) => {
  const ada = await chapter("Ada founds a club that decides by consent", () => foundCircle(stage, link));
  const others = await chapter("Four others join", () => bring(stage, ada, ["Ben Yilmaz", "Cleo Martin", "Dele Brandt", "Eve Kowal"]));
  const all = [ada, ...others];
  // Late in a month, so that it turns soon. Whoever was signed in before is not any more.
  await passTo(ada, 24);
  for (const who of all) await signIn(who);
  const [ben, cleo] = others;
  await chapter("A group makes a mutual credit", () => mutual.design(ada, ben, cleo));
  await chapter("All decide how much Ada may gather", () => mutual.grant(all));
  await chapter("A month of trade comes to its exact balances", () => mutual.trade(ada, ben, cleo));
  await chapter("They exchange one currency for another", () => mutual.exchange(ada, ben));
  await chapter("Five members change a limit of credit by consent", () => changeLimit(all));
  const election = await chapter("They elect a treasurer by STV, in secret", () => elect(all));
  await chapter("Every one of them counts again", () => recount(all, election));
  await chapter("They rehearse a policy and pass it; it refuses what it used to allow", () => forbid(all));
});
