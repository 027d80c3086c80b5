// Somebody asks to come in, and the members decide by the procedure of their kit.

import { at, choose, enter, fill, follow, look, open, press, sees, stands, tick, told, visit } from "./cast.mjs";

/** Point 3: Cleo applies, the members vote, she joins. */
export async function admit(stage, ada, ben) {
  const cleo = await enter(stage, "Cleo", "phone");
  await visit(cleo, "/apply", "apply");
  await fill(cleo, "Your name", "Cleo Martin");
  await fill(cleo, "Why would you like to join?", "I can weld, and would like to learn to sew.");
  await fill(cleo, /^Where do you live/, "Bristol");
  await press(cleo, "Send my application");
  await sees(cleo, "Your application has arrived");
  await look(cleo, "applied");
  const answer = new URL(cleo.page.url()).pathname;

  await visit(ada, "/applications", "applications");
  await sees(ada, "I can weld, and would like to learn to sew.");
  await press(ada, "Admit");
  await told(ada, "The members decide about it: a proposal is open.");
  await at(ada, /^\/decisions\//);
  const decision = new URL(ada.page.url()).pathname;
  await look(ada, "decision-open");
  await vote(ada, decision, "Welders are welcome.");
  await visit(ben, "/", "home-vote");
  await vote(ben, decision, "");
  await sees(ben, "Passed and done");
  await look(ben, "decision-done");
  await visit(ada, "/decisions", "decisions");

  await visit(cleo, answer, "admitted");
  await sees(cleo, "You are admitted");
  await follow(cleo, "Join now");
  await at(cleo, /^\/join\//);
  await stands(cleo, "Your name", "Cleo Martin");
  await choose(cleo, /^Where do you live/, "Bristol", /^Bristol/);
  await press(cleo, "Create my passkey and join");
  await at(cleo, "/welcome");
  await sees(cleo, "You are member number 3.");
  return cleo;
}

/** Somebody votes on what is decided at that path, by the words of a choice, and is told that it counts. */
export async function vote(who, decision, reason = "", choice = /^Yes/) {
  await open(who, decision);
  await tick(who, choice);
  if (reason) await fill(who, /^Your reason/, reason);
  await press(who, "Vote");
  await told(who, "Your vote counts.");
}

/** Any member adds to what the club takes for granted. */
export async function assume(ben) {
  await visit(ben, "/about/assumptions", "assumptions");
  await fill(ben, "Statement", "Whoever mends a thing begins to care for it.");
  await press(ben, "Add a statement");
  await told(ben, "Your statement stands in the register.");
  await sees(ben, "Whoever mends a thing begins to care for it.");
}
