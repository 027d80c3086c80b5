//! Sends ether and tokens: asks the node for number, gas and fees, builds the payment, shows it, signs it, hands it over.

import { action, fields, go, onSubmit, say } from "../lib/form.ts";
import { get, post, Refusal } from "../lib/http.ts";
import { inWords, read, write } from "../crypto/amounts.ts";
import { addressOf, checksum, isAddress, secretKey, sign, transferCall, type Payment } from "../crypto/evm.ts";
import { openSeed } from "../crypto/keys.ts";
import { review, type Fact } from "../crypto/review.ts";
import { COINS, WRONG } from "../crypto/texts.ts";

interface Prepared {
  network: string;
  nonce: number;
  gas: number | null;
  fees: { [speed: string]: string };
  balance: string;
}

/** What is sent: ether, or a token by its contract. */
interface Unit {
  asset: string;
  decimals: number;
  symbol: string;
}

/** Ether alone takes exactly this much gas (yellow paper, appendix G). */
const PLAIN = 21_000n;

/** Enhances the form. */
export function mount(form: HTMLFormElement): void {
  onSubmit(form, async (submitter) => {
    const given = fields(form, submitter);
    const text = (name: string): string => String(given[name] ?? "").trim();
    const to = text("to");
    if (!isAddress(to)) throw new Refusal(WRONG.evmAddress, "address", "to");
    const unit = chosen([given["decimals"] ?? []].flat(), text("unit"));
    const all = text("amount").toLowerCase() === "all";
    const amount = all ? await everything(form, unit) : wanted(text("amount"), unit);
    say(form, COINS.asking);
    const payment = await prepare(form, { to, amount, unit, all, speed: text("speed"), network: text("network") });
    say(form, "");
    if (!(await review(form, facts(to, unit, payment, amount)))) return;
    const secret = secretKey(await openSeed(form));
    if (addressOf(secret) !== text("key")) throw new Refusal(COINS.otherAccount, "other_account");
    say(form, COINS.signing);
    const { hex } = sign(payment, secret);
    say(form, COINS.sending);
    await post(action(form), { chain: "evm", raw: hex });
    await go("/wallet/crypto/evm");
  });
}

function chosen(list: string[], asset: string): Unit {
  const found = list.map((line) => line.split(":")).find(([contract]) => contract === asset);
  if (found === undefined) throw new Refusal(WRONG.answer, "answer");
  return { asset, decimals: Number(found[1]), symbol: found[2] ?? "" };
}

function wanted(text: string, unit: Unit): bigint {
  const amount = read(text, unit.decimals);
  if (amount === "not_a_number") throw new Refusal(WRONG.number, amount, "amount");
  if (amount === "too_fine") throw new Refusal(WRONG.tooFine, amount, "amount");
  if (amount === 0n) throw new Refusal(WRONG.nothing, "nothing", "amount");
  return amount;
}

/** All of a token, as the wallet's page knows it; all ether is only known once the fee is. */
async function everything(form: HTMLFormElement, unit: Unit): Promise<bigint> {
  if (unit.asset === "") return 0n;
  say(form, COINS.asking);
  const wallet = await get<{ holdings: { asset: string; exact: string }[] }>("/api/v1/crypto/wallet?chain=evm");
  const exact = wallet.holdings.find(({ asset }) => asset === unit.asset)?.exact ?? "0";
  if (exact === "0") throw new Refusal(WRONG.tooMuch, "too_much", "amount");
  return whole(exact);
}

interface Wish {
  to: string;
  amount: bigint;
  unit: Unit;
  all: boolean;
  speed: string;
  network: string;
}

async function prepare(form: HTMLFormElement, { to, amount, unit, all, speed, network }: Wish): Promise<Payment> {
  const ether = unit.asset === "";
  const data = ether ? new Uint8Array() : transferCall(to, amount);
  const shown = `0x${[...data].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  const query = new URLSearchParams({ to: ether ? to : unit.asset, value: ether ? `${amount}` : "0", data: shown });
  const answer = await get<Prepared>(`${form.dataset["begin"] ?? ""}?${query}`);
  // The page and the node must mean one chain, or what is signed could be used on another.
  if (answer.network !== network || !Number.isSafeInteger(answer.nonce)) throw new Refusal(WRONG.answer, "answer");
  if (answer.gas === null) throw new Refusal(WRONG.noGas, "no_gas");
  const [base, tip, gas] = [whole(answer.fees["base"]), whole(answer.fees[speed]), BigInt(answer.gas)];
  const most = base * 2n + tip;
  const balance = whole(answer.balance);
  // All but the highest fee; and a contract may take more gas than a person's address.
  const value = ether ? (all ? balance - most * gas : amount) : 0n;
  if (value < 0n || (ether && value === 0n) || value + most * gas > balance) throw new Refusal(WRONG.tooMuch, "too_much", "amount");
  if (gas < PLAIN || gas > 5_000_000n || most * gas > 500_000_000_000_000_000n) throw new Refusal(WRONG.absurd, "absurd");
  return { chain: BigInt(network), nonce: BigInt(answer.nonce), tip, most, gas, to: ether ? to : unit.asset, value, data };
}

function whole(text: string | undefined): bigint {
  if (text === undefined || !/^\d{1,78}$/.test(text)) throw new Refusal(WRONG.answer, "answer");
  return BigInt(text);
}

function facts(to: string, unit: Unit, payment: Payment, wish: bigint): Fact[] {
  const amount = unit.asset === "" ? payment.value : wish;
  const fee = payment.most * payment.gas;
  const [whole, rest] = [amount / 10n ** BigInt(unit.decimals), amount % 10n ** BigInt(unit.decimals)];
  const gwei = unit.asset === "" && rest !== 0n && amount % 10n ** 9n === 0n;
  const words = gwei ? `${inWords(amount / 10n ** 9n)} gwei` : rest === 0n ? `${inWords(whole)} ${unit.symbol}` : `${inWords(whole)} and ${write(rest, unit.decimals)} ${unit.symbol}`;
  const all: Fact[] = [
    [COINS.to, checksum(to)],
    [COINS.amount, `${write(amount, unit.decimals)} ${unit.symbol}`, ...(unit.asset === "" ? [`${write(amount, 9)} gwei`] : [checksum(unit.asset)])],
    [COINS.inWords, words],
    [COINS.fee, COINS.atMost(`${write(fee, 18)} ETH`)],
  ];
  return unit.asset === "" ? [...all, [COINS.total, COINS.atMost(`${write(amount + fee, 18)} ETH`)]] : all;
}
