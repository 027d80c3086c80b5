//! Every sentence that the browser itself says in a chat.

export const CHAT = {
  gone: "This message was removed.",
  bot: "Program",
  unsent: "This was not sent. Please try again.",
  said: (name: string): string => `${name} says something`,
  typing: (name: string): string => `${name} is writing…`,
};
