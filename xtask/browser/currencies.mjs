// The currencies' story: the worked example of mutual credit, played to its exact balances with real demurrage; vouchers that end
// with notice; a payment that comes again by itself. It wants a node that nobody has used and whose clock can be moved.
// Usage: currencies.mjs BASE FOUNDING-LINK PICTURES

import { tell } from "./stage.mjs";
import * as deli from "./story/deli.mjs";
import { foundCircle } from "./story/founding.mjs";
import { bring } from "./story/joining.mjs";
import { weekAfterWeek } from "./story/many.mjs";
import * as mutual from "./story/mutual.mjs";

const [base, link, pictures] = process.argv.slice(2);

await tell(base, pictures, async (stage, chapter) => {
  const ada = await chapter("Ada founds a club", () => foundCircle(stage, link));
  const [ben, cleo] = await chapter("Ben and Cleo join", () => bring(stage, ada, ["Ben Yilmaz", "Cleo Martin"]));
  await chapter("A group makes a mutual credit", () => mutual.design(ada, ben, cleo));
  await chapter("The club sets how far Ada may go, and where she is warned", () => mutual.limit(ada, ben, cleo));
  await chapter("They trade; what is put aside counts, and ends in time", () => mutual.trade(ada, ben, cleo));
  await chapter("The group agrees on a fee and on demurrage", () => mutual.change(ada));
  await chapter("The fee is paid with the payment or nothing is; limits warn, and refuse", () => mutual.levied(ada, ben, cleo));
  await chapter("The month turns: idle balances give their share", () => mutual.idle(ada, ben, cleo));
  await chapter("They exchange one currency for another", () => mutual.exchange(ada, ben));
  await chapter("Ben pays Ada every week", () => weekAfterWeek(ada, ben));
  await chapter("Ada designs Deli dollars for her shop", () => deli.design(ada, { lifetime: "40", notice: "10" }));
  await chapter("What is not spent ends, with notice", () => deli.expire(ada, ben, [ada, ben, cleo]));
  await chapter("A group's wallet buys and spends them", () => deli.forGroup(ada, ben));
  await chapter("The Deli closes, and what is left is paid", () => deli.close(ada, ben, [ada, ben, cleo]));
});
