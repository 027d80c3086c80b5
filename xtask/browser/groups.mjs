// The groups' story: a group's first week. Made, people invited and admitted by its rule, its mode raised twice by decision, its blog
// read as a feed, its talk heard at once, joined to a larger group with a delegate. It wants a node that nobody has used.
// Usage: groups.mjs BASE FOUNDING-LINK PICTURES

import { tell } from "./stage.mjs";
import { foundCircle } from "./story/founding.mjs";
import { bring } from "./story/joining.mjs";
import * as chat from "./story/chat.mjs";
import * as week from "./story/week.mjs";

const [base, link, pictures] = process.argv.slice(2);

await tell(base, pictures, async (stage, chapter) => {
  const ada = await chapter("Ada founds a club that decides by consent", () => foundCircle(stage, link));
  const [ben, cleo] = await chapter("Ben and Cleo join", () => bring(stage, ada, ["Ben Yilmaz", "Cleo Martin"]));
  await chapter("Ada makes a group in half a minute", () => week.make(ada));
  await chapter("Ben is invited, and comes in by agreeing", () => week.invite(ada, ben));
  await chapter("Its members admit from now on: Cleo asks, and both agree", () => week.admit(ada, ben, cleo));
  await chapter("Its mode is raised twice, by decision", () => week.raise([ada, ben, cleo]));
  await chapter("It tells everybody, and a feed reader hears it", () => week.publish(ada, cleo));
  await chapter("Its members talk, and hear each other at once", () => chat.talk(ada, ben));
  await chapter("Signs, answers, mending, removing, searching", () => chat.tend(ada, ben));
  await chapter("A command pays, and a program writes along", () => chat.reach(ada, ben));
  await chapter("It becomes part of a larger group, with a delegate", () => week.link(ada, ben, cleo));
});
