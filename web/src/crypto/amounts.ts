//! Amounts of coins as people write and read them: whole numbers of the smallest unit, a point somewhere, and words.

/** Why something is not an amount: what to say is the page's affair. */
export type Fault = "not_a_number" | "too_fine";

/** Reads `12`, `0.5`, `0,5` or `1 000` in a unit of so many decimals, as a whole number of the smallest unit. */
export function read(text: string, decimals: number): bigint | Fault {
  const plain = text.replaceAll(/[\s\u00a0\u202f]/g, "").replace(",", ".");
  const [, whole = "", fraction = ""] = /^(\d*)\.?(\d*)$/.exec(plain) ?? [];
  if (whole === "" && fraction === "") return "not_a_number";
  if (fraction.length > decimals) return "too_fine";
  return BigInt(whole + fraction.padEnd(decimals, "0"));
}

/** Writes an amount with all that counts behind the point and nothing else: `0.5`, `1 234`. */
export function write(amount: bigint, decimals: number): string {
  const digits = amount.toString().padStart(decimals + 1, "0");
  const [whole, fraction] = [digits.slice(0, digits.length - decimals), digits.slice(digits.length - decimals).replace(/0+$/, "")];
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, "\u202f");
  return fraction === "" ? grouped : `${grouped}.${fraction}`;
}

const ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" ");
const TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const SCALES = ["", " thousand", " million", " billion", " trillion", " quadrillion", " quintillion"];

/** A whole number in English words, so that a slip of one digit is heard: `twelve thousand three hundred and five`. */
export function inWords(number: bigint): string {
  if (number === 0n) return "zero";
  const groups: string[] = [];
  for (let rest = number, scale = 0; rest > 0n; rest /= 1000n, scale++) {
    const group = Number(rest % 1000n);
    if (group > 0) groups.unshift(`${hundreds(group, scale === 0 && number > 1000n)}${SCALES[scale] ?? ` times ten to the power of ${scale * 3}`}`);
  }
  return groups.join(" ");
}

function hundreds(number: number, last: boolean): string {
  const [hundred, rest] = [Math.floor(number / 100), number % 100];
  const small = rest < 20 ? ONES[rest] : `${TENS[Math.floor(rest / 10)]}${rest % 10 === 0 ? "" : `-${ONES[rest % 10]}`}`;
  if (hundred === 0) return last ? `and ${small}` : `${small}`;
  return rest === 0 ? `${ONES[hundred]} hundred` : `${ONES[hundred]} hundred and ${small}`;
}
