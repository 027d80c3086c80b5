//! What the browser says about coins. Loaded with the islands that handle them, so that other pages do not carry it.

/** Sentences of the islands for coins. */
export const COINS = {
  make: "Make my wallet",
  making: "Making your wallet…",
  asking: "Asking the chain…",
  signing: "Signing…",
  sending: "Handing it to the club’s node…",
  showWords: "Show my 24 words",
  words: "In this order. Where another wallet asks for a passphrase besides, leave it empty.",
  hideWords: "Hide them",
  checked: "Checked: your own keys on this device give this very address.",
  checkWithKeys: "Check with my keys",
  notChecked: "This device has not yet checked that the address is yours.",
  forged: "Do not use this address! Your own keys give another one. The club’s node is broken or means ill. Tell whoever runs it, and be paid elsewhere until this is cleared up.",
  otherAccount: "The club’s node watches another wallet than the one that your keys make. Nothing was signed. Tell whoever runs it.",
  review: "Look closely, then sign",
  to: "To",
  amount: "Amount",
  inWords: "In words",
  fee: "Fee",
  total: "Together",
  change: "Change, back to yourself",
  sign: "Sign and send",
  back: "Change something",
  sent: "Signed and on its way.",
  atMost: (text: string): string => `${text} at the most`,
};

/** What can be wrong with a payment. */
export const WRONG = {
  bitcoinAddress: "This is not a Bitcoin address of this network. Copy it again.",
  evmAddress: "This is not an address, or one letter of it is wrong. Copy it again.",
  number: "This is not an amount. Write a number such as 0.5, or the word “all”.",
  tooFine: "There are fewer digits behind the point in this unit.",
  nothing: "Send more than nothing.",
  dust: "This is too little for the chain to carry: 294 sats at the least.",
  tooMuch: "There is not that much in your wallet, once the fee is paid.",
  noGas: "The chain would not carry this out. Is there enough, with some ether for the fee?",
  absurd: "The fee would be more than the amount itself by far. Send more at once, or wait until fees are lower.",
  answer: "The club’s node gave an answer that makes no sense. Nothing was signed.",
};
