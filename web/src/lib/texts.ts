//! Every sentence that the browser itself says. What the node refuses, it says in its own words.

/** Said while something is under way. */
export const WAIT = {
  node: "One moment…",
  passkey: "Follow your device: it asks for your fingerprint, face or PIN.",
  passkeyAgain: "Once more, please: your passkey now locks your keys.",
  unlock: "Confirm that it is you: your device asks for your fingerprint, face or PIN.",
  stretch: "Locking your keys with your passphrase. This takes a few seconds…",
  keys: "Making your keys…",
};

/** Said when something could not be done: what happened, and what to do. */
export const SORRY = {
  offline: "The club could not be reached. Check your connection and try again.",
  answer: "The club gave an answer that this page does not understand. Reload the page and try again.",
  unknown: "That did not work. Reload the page and try again.",
  unsupported: "This browser cannot use passkeys here. Use a current browser, and open the club by its https address.",
  notAllowed: "Your device did not confirm. Either it was cancelled or it took too long. Try again when you are ready.",
  exists: "This device already has a passkey for the club. Sign in with it.",
  security: "Passkeys do not work at this address. Open the club by its own address and try again.",
  constraint: "This device has no screen lock that passkeys need. Set a PIN, fingerprint or face first, or use another device.",
  aborted: "That was interrupted. Try again.",
  code: "That is not a whole recovery code. It has eight groups of four letters and digits.",
  words: (count: number): string => `${count === 1 ? "This is one word" : `These are ${count} words`}, and there should be 24. Write all of them, in the order on your paper.`,
  noWord: (word: string): string => `“${word}” is not one of the words. Look at your paper again.`,
  wordOrder: "Each word is a good one, but together they are not what was written down. Compare their order with your paper.",
  wrap: "This way in does not open your keys. It may belong to another member.",
  passkeyVault: "This passkey does not open your keys on this device. Use the device or passkey with which you joined.",
  link: "This link is not complete. Open it again from the first device, or scan its code once more.",
  noWayIn: "None of your passkeys can open your keys here. Use a recovery code.",
  camera: "The camera could not be used. Scan the code with your phone’s own camera app.",
  noScanner: "This browser cannot scan codes itself. Scan with your phone’s own camera app: it opens the right page.",
  otherClub: "That code does not belong to this club.",
};

/** The passphrase for passkeys that cannot lock a vault. */
export const PASSPHRASE = {
  why: "Your passkey signs you in, but on this device it cannot also lock your keys. Choose a passphrase for that. You need it only on a new device; nobody can reset it.",
  ask: "This passkey cannot open your keys. Enter your passphrase.",
  label: "Passphrase",
  hint: "At least 12 characters. Four words that do not belong together are good.",
  wrong: "That passphrase does not open your keys.",
};

/** Recovery codes, paper words and device links. */
export const KEEP = {
  makeCodes: "Make ten recovery codes",
  codes: "Each code lets you back in once, should you lose every device. Print them or write them down, and keep them where nobody else looks.",
  kept: "I have kept them",
  codesDone: "Your ten codes are ready. Earlier codes no longer work.",
  showWords: "Show my paper words",
  words: "These 24 words can take your identity back from anyone. Write them down on paper, in order. Never type them into a page that you did not open yourself.",
  written: "I have written them down",
  askBack: (number: number): string => `Word number ${number}`,
  wrongWord: "That is not the word. Look at your paper again.",
  wordsDone: "Well done. Your paper words are now the only copy.",
  wordsGone: "You wrote your paper words down before, so there is no copy here any more. That is as it should be.",
  makeLink: "Make a link for another device",
  link: "Open this link on your other device, or scan the code with its camera. It works once, for ten minutes. Give it to nobody.",
  linkLabel: "Link for your other device, as a QR code",
  copy: "Copy",
  copied: "Copied",
  print: "Print",
  download: "Save as a file",
  check: "Check",
};

/** The rest. */
export const SMALL = {
  scan: "Scan a code",
  stop: "Stop the camera",
  noMatch: "Nothing found",
  matches: (count: number): string => (count === 1 ? "One match" : `${count} matches`),
  left: (count: number): string => `${count} characters left`,
  draft: "We put back what you had begun to write.",
  confirm: "Continue",
};
