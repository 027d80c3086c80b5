// A time bank: hours for hours, and what somebody gave is counted for ever.

import { fill, follow, look, open, press, select, sees, tick, told, visit } from "./cast.mjs";

/** Somebody opens an account in the hours. */
async function hold(who) {
  await open(who, "/currencies/NEIGHBOURS");
  await press(who, "Open an account");
  await told(who, "You have an account in it now.");
}

/** Somebody pays hours. */
async function give(who, to, hours, what) {
  await open(who, `/wallet/pay?to=${to}`);
  await tick(who, /^Neighbour hours/);
  await fill(who, /^Amount/, hours);
  await fill(who, /^What for/, what);
  await press(who, "Pay");
  await told(who, "Paid. It has arrived.");
}

/** Ada and Ben help each other; what each gave does not fall when it is spent. */
export async function help(ada, ben) {
  await open(ada, "/currencies/new");
  await tick(ada, /^Time/);
  await select(ada, "Which group makes it?", "Repair Café");
  await press(ada, "Next");
  await fill(ada, "What is it called?", "Neighbour hours");
  await fill(ada, "Sign beside amounts", "h");
  await fill(ada, "Short name", "NEIGHBOURS");
  await look(ada, "time-design");
  await press(ada, "See it in words");
  await sees(ada, "An hour is an hour, whoever gives it.");
  await sees(ada, /Below .10:00.h one is reminded/);
  await look(ada, "time-preview");
  await press(ada, "Make it");
  await told(ada, "It is made.");
  await hold(ada);
  await hold(ben);
  await give(ben, "ada-okafor", "1:30", "Taught me to solder");
  await open(ada, "/wallet");
  await sees(ada, "Given to others since the beginning:");
  await sees(ada, /1:30/);
  await give(ada, "ben-yilmaz", "0.5", "Carried the oven");
  await visit(ada, "/wallet", "wallet-with-hours");
  await sees(ada, /1:00/);
  await follow(ada, "What it is for, and its terms");
  await look(ada, "time-currency");
}
