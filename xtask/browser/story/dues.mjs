// Membership that is owned: what it costs is decided by all; one pays and buys a share, one asks for help, the books are kept.

import { awaits, fill, follow, look, open, press, sees, told, tick, visit } from "./cast.mjs";
import { day, pass } from "./clock.mjs";
import { consent } from "./constitution.mjs";

/** Ada proposes what membership costs, all agree, and each has their part in it. */
export async function own(all) {
  const [ada, ben, cleo] = all;
  await visit(ada, "/membership/dues", "dues-none");
  await follow(ada, "Propose what membership costs");
  await look(ada, "dues-propose");
  await fill(ada, "Joining fee", "10");
  await fill(ada, /^Dues/, "5");
  await fill(ada, "First due day", await day(ada, 10));
  await fill(ada, "Price of a share", "25");
  await fill(ada, "Shares at the least", "1");
  await fill(ada, "Shares at the most", "10");
  await fill(ada, "If somebody cannot pay", "Ask Ada. Nobody has to say why.");
  await press(ada, "Propose it");
  await told(ada, "Proposed. The members decide now.");
  const { pathname } = new URL(ada.page.url());
  await sees(ada, "Membership costs 10.00");
  await consent(all, pathname);
  await pass(ada, { days: 1, minutes: 5 });
  await awaits(ben, pathname, "Passed and done");
  await awaits(ben, "/membership/dues", "Pay now");
  await sees(ben, "Every member holds shares; you still need one.");
  await look(ben, "dues-mine");
  await press(ben, "Pay now");
  await told(ben, "Paid. Thank you!");
  await visit(ben, "/membership/shares", "shares-none");
  await fill(ben, "How many", "2");
  await press(ben, "Buy");
  await told(ben, "Bought. The club is yours a little more.");
  await look(ben, "shares-held");
  await fill(ben, "How many go back", "1");
  await press(ben, "Give back");
  await told(ben, "Given back. You see below when they are repaid.");
  await visit(ben, "/membership/shares/certificate", "shares-certificate");
  await follow(ben, "What proves it");
  await sees(ben, "Bought 2 shares");
  await sees(ben, /event \d+ of the log/);
  await look(ben, "register-entry");
  await help(cleo, ada);
  await visit(ada, "/membership/desk", "dues-desk");
  await press(ada, "Repay");
  await told(ada, "Repaid.");
  await visit(ada, "/membership/register", "members-register");
  await visit(cleo, "/membership/register", "register-for-members");
}

/** Who cannot pay asks, and is answered. */
async function help(cleo, ada) {
  await open(cleo, "/membership/dues");
  await follow(cleo, "Ask to pay less, or later");
  await look(cleo, "dues-ask");
  await tick(cleo, /^Waiving what is open/);
  await press(cleo, "Ask");
  await told(cleo, "Asked. You will find the answer here.");
  await open(ada, "/waiting");
  await sees(ada, "Somebody asks to owe less");
  await visit(ada, "/membership/desk", "dues-desk-asked");
  await tick(ada, /^Yes/);
  await press(ada, "Answer");
  await told(ada, "Answered.");
  await open(cleo, "/membership/dues");
  await sees(cleo, "You owe the club nothing at present.");
  await look(cleo, "dues-helped");
}
