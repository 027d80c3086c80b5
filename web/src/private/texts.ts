//! Every sentence that the browser itself says in private conversations.

import type { Trouble } from "./talk.ts";

export const SORRY_PRIVATE = {
  long: "This message is too long. Please send it in parts.",
  outside: "This browser has not been let into this conversation yet. That happens when one of you opens it in a browser that is in it.",
  troubled: "Nothing is sent here any more, since this conversation cannot be trusted. Read above what happened.",
  nobody: "They have to open their private messages once before you can write to them.",
  noKeys: "Private messages need keys that you hold yourself. The club still holds yours, so nobody could be sure that a message is private.",
  storage: "This browser keeps nothing for this page, so it cannot read private messages. A private window is often the reason.",
};

/** What the club did, or what happened to it, that makes a conversation stop here. */
export const TROUBLE: { [trouble in Trouble]: string } = {
  rolled_back: "The club shows less of this conversation than it did before. Something was taken back, perhaps when an old copy of the club was restored. Start a new conversation.",
  gap: "Something was left out of this conversation or changed on its way. Nothing after it is shown. Start a new conversation, and tell the others.",
  forked: "The club shows you and the others different conversations. Nothing after that is shown. Talk to each other in another way.",
  replayed: "An old message was put into this conversation once more. Nothing after it is shown. Start a new conversation, and tell the others.",
  broken: "What came cannot be read with the keys of this browser. Nothing after it is shown. Start a new conversation.",
  stranger: "Somebody was put into this conversation who does not belong here. Nothing after that is shown. Tell the others.",
};

export const PRIVATE = {
  ready: "Only the browsers of those who take part can read this.",
  starting: "Getting your keys…",
  sending: "Sending…",
  waiting: "Waits until the club can be reached",
  you: "You",
  somebody: "Somebody whom this browser has not met",
  came: (names: string): string => `${names} came in. They read what is said from here on.`,
  left: (names: string): string => `${names} is out. They read nothing that is said from here on.`,
  unreadable: "A message that this browser cannot read.",
  said: (name: string): string => `${name} says something`,
  fresh: "Nothing was said yet. What you write is locked before it leaves this browser.",
  outside: SORRY_PRIVATE.outside,
  changed: (names: string): string => `${names} shows another identity than before. That happens when somebody begins anew, or when somebody pretends to be them. Ask them in another way; until then nothing is sent to their browsers.`,
  refused: (names: string): string => `A browser that is said to belong to ${names} could not prove it, so it was not let in.`,
  safety: "Compare these numbers with theirs, by telephone or face to face. If all are the same, nobody stands between you.",
};
