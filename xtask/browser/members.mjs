// The members' story: five people whose club decides by consent change a limit, elect a treasurer in secret, pass a
// policy that then refuses, and count again themselves. It wants a node that nobody has used and whose clock can be moved.
// Usage: members.mjs BASE FOUNDING-LINK PICTURES, with the program in PLANET_PROGRAM.

import { tell } from "./stage.mjs";
import { changeLimit, forbid } from "./story/constitution.mjs";
import { own } from "./story/dues.mjs";
import { elect, recount } from "./story/election.mjs";
import { foundCircle } from "./story/founding.mjs";
import { bring } from "./story/joining.mjs";
import { findDate } from "./story/talk.mjs";

const [base, link, pictures] = process.argv.slice(2);

await tell(base, pictures, async (stage, chapter) => {
  const ada = await chapter("Ada founds a club that decides by consent", () => foundCircle(stage, link));
  const others = await chapter("Four others join", () => bring(stage, ada, ["Ben Yilmaz", "Cleo Martin", "Dele Brandt", "Eve Kowal"]));
  const all = [ada, ...others];
  await chapter("Five members change a limit of credit by consent", () => changeLimit(all));
  await chapter("They look for a date", () => findDate(all));
  await chapter("They decide what membership costs, and own their club", () => own(all));
  const election = await chapter("They elect a treasurer by STV, in secret", () => elect(all));
  await chapter("Every one of them counts again", () => recount(all, election));
  await chapter("They rehearse a policy and pass it; it refuses what it used to allow", () => forbid(all));
});
