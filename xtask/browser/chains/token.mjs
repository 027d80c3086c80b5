// A token of the smallest kind (ERC-20: balanceOf, transfer, symbol, decimals), put together by hand, so that no compiler is
// needed. Its maker gets all of it.

const OPS = {
  ADD: 0x01, SUB: 0x03, LT: 0x10, EQ: 0x14, SHR: 0x1c, CALLER: 0x33, CALLDATALOAD: 0x35, CODECOPY: 0x39, MSTORE: 0x52, SLOAD: 0x54,
  SSTORE: 0x55, JUMPI: 0x57, JUMPDEST: 0x5b, DUP1: 0x80, DUP2: 0x81, LOG3: 0xa3, RETURN: 0xf3, REVERT: 0xfd,
};

/** Code out of words: names of instructions, numbers to push (as hex), `:label` to stand at, `@label` to push. */
function assemble(text) {
  const words = text.trim().split(/\s+/);
  const push = (hex) => [0x5f + hex.length / 2, ...hex.match(/../g).map((pair) => parseInt(pair, 16))];
  const size = (word) => (word.startsWith("@") ? 3 : word.startsWith(":") || word in OPS ? 1 : push(word).length);
  const labels = {};
  words.reduce((at, word) => {
    if (word.startsWith(":")) labels[word.slice(1)] = at;
    return at + size(word);
  }, 0);
  return words.flatMap((word) => {
    if (word.startsWith(":")) return [OPS.JUMPDEST];
    if (word.startsWith("@")) return push(labels[word.slice(1)].toString(16).padStart(4, "0"));
    return word in OPS ? [OPS[word]] : push(word);
  });
}

const RUNTIME = assemble(`
  00 CALLDATALOAD e0 SHR
  DUP1 70a08231 EQ @balance JUMPI
  DUP1 a9059cbb EQ @transfer JUMPI
  DUP1 313ce567 EQ @decimals JUMPI
  DUP1 95d89b41 EQ @symbol JUMPI
  :no 00 00 REVERT
  :balance 04 CALLDATALOAD SLOAD 00 MSTORE 20 00 RETURN
  :decimals 02 00 MSTORE 20 00 RETURN
  :symbol 20 00 MSTORE 04 20 MSTORE 5045415200000000000000000000000000000000000000000000000000000000 40 MSTORE 60 00 RETURN
  :transfer 24 CALLDATALOAD CALLER SLOAD LT @no JUMPI
  24 CALLDATALOAD CALLER SLOAD SUB CALLER SSTORE
  24 CALLDATALOAD 04 CALLDATALOAD SLOAD ADD 04 CALLDATALOAD SSTORE
  24 CALLDATALOAD 00 MSTORE
  04 CALLDATALOAD CALLER ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef 20 00 LOG3
  01 00 MSTORE 20 00 RETURN`);

const hex = (bytes) => bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** What makes the token, with as much of it as `supply`, in its smallest unit. */
export function creation(supply) {
  const length = RUNTIME.length.toString(16).padStart(4, "0");
  // What comes before the code itself is as long whatever the numbers are.
  const head = (at) => assemble(`${supply.toString(16).padStart(16, "0")} CALLER SSTORE ${length} ${at} 00 CODECOPY ${length} 00 RETURN`);
  const at = head("0000").length.toString(16).padStart(4, "0");
  return `0x${hex([...head(at), ...RUNTIME])}`;
}

const word = (value) => value.toString(16).replace(/^0x/, "").toLowerCase().padStart(64, "0");

/** Calls of its functions. */
export const transfer = (to, amount) => `0xa9059cbb${word(to)}${word(BigInt(amount))}`;
export const balanceOf = (owner) => `0x70a08231${word(owner)}`;
