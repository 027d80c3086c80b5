//! What the browser says about secret ballots.

/** Said while something is under way. */
export const BALLOT = {
  asking: "Asking for your ballot, under your name…",
  casting: "Putting it into the box, under no name…",
  cast: "Your ballot is in the box. You can change it here, in this browser, until the end.",
  receipt: "Your receipt",
  save: "Save the receipt as a file",
  lies: "Your ballot lies in this browser. Cast it here until the end, best at another time and over another connection.",
  file: (page: string, id: string): string =>
    `A secret ballot in ${page}\n\nNumber of the ballot: ${id}\n\nAfter the end, this number stands among the published ballots: ${page}/ballots.json\nWhoever has it can see how you voted.\n`,
  checking: "Looking for your ballot among those that were published…",
  found: "Your ballot is among the published ones, exactly as you cast it.",
  missing: "Your ballot is not among the published ones. Keep your receipt, and tell the others.",
  altered: "Your ballot is among the published ones, but it says something else than you marked. Keep your receipt, and tell the others.",
  otherKey: "Your ballot was made with another key than the one that is published. Keep your receipt, and tell the others.",
};

/** Said when something could not be done. */
export const NO_BALLOT = {
  key: "The club’s answer does not belong to this vote. Your ballot was not cast; reload the page and try again.",
  elsewhere: "You asked for your ballot in another browser. It lies there, and only there can you cast or change it. If it is lost, nobody can give you another; what you cast with it counts.",
  storage: "This browser keeps nothing, so it could not keep your ballot. Use it without private mode.",
  whole: "Write a whole number, or leave it empty.",
};
