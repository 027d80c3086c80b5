//! Sends bitcoins: asks the node for coins and fees, builds the payment, shows it, signs it, hands it over.

import { action, fields, go, onSubmit, say } from "../lib/form.ts";
import { get, post, Refusal } from "../lib/http.ts";
import { inWords, read, write } from "../crypto/amounts.ts";
import { account, DUST, isAddress, plan, planAll, publicKey, sign, type Coin, type Network, type Plan } from "../crypto/bitcoin.ts";
import { openSeed } from "../crypto/keys.ts";
import { review, type Fact } from "../crypto/review.ts";
import { COINS, WRONG } from "../crypto/texts.ts";

interface Prepared {
  fees: { [speed: string]: string };
  spendable: { coins: { tx: string; output: number; sats: number; branch: number; position: number }[]; change: number };
}

/** Enhances the form. */
export function mount(form: HTMLFormElement): void {
  onSubmit(form, async (submitter) => {
    const given = fields(form, submitter);
    const text = (name: string): string => String(given[name] ?? "").trim();
    const [to, network] = [text("to"), text("network") as Network];
    if (!isAddress(to, network)) throw new Refusal(WRONG.bitcoinAddress, "address", "to");
    const sats = wanted(text("amount"), text("unit"));
    say(form, COINS.asking);
    const { fees, spendable } = await get<Prepared>(form.dataset["begin"] ?? "");
    // Change further on than other wallets look would be lost from sight.
    if (!Number.isInteger(spendable.change) || spendable.change < 0 || spendable.change > 100_000) throw new Refusal(WRONG.answer, "answer");
    const coins = spendable.coins.map((coin) => ({ ...coin, sats: BigInt(coin.sats) }));
    const ready = build(coins, to, sats, rate(fees[text("speed")]), network);
    say(form, "");
    if (!(await review(form, facts(ready)))) return;
    const key = account(await openSeed(form), network);
    if (publicKey(key) !== text("key")) throw new Refusal(COINS.otherAccount, "other_account");
    say(form, COINS.signing);
    const { hex } = sign(ready, key, network, spendable.change);
    say(form, COINS.sending);
    await post(action(form), { chain: "bitcoin", raw: hex });
    await go("/wallet/crypto/bitcoin");
  });
}

/** What the member wants to send in satoshis, or all of it. */
function wanted(text: string, unit: string): bigint | "all" {
  if (text.toLowerCase() === "all") return "all";
  const sats = read(text, unit === "btc" ? 8 : 0);
  if (sats === "not_a_number") throw new Refusal(WRONG.number, sats, "amount");
  if (sats === "too_fine") throw new Refusal(WRONG.tooFine, sats, "amount");
  if (sats < DUST) throw new Refusal(sats === 0n ? WRONG.nothing : WRONG.dust, "dust", "amount");
  return sats;
}

/** Satoshis for a virtual byte. What no fee ever was is no fee. */
function rate(text: string | undefined): bigint {
  if (text === undefined || !/^\d{1,4}$/.test(text) || text === "0") throw new Refusal(WRONG.answer, "answer");
  return BigInt(text);
}

function build(coins: Coin[], to: string, sats: bigint | "all", rate: bigint, network: Network): Plan {
  const ready = sats === "all" ? planAll(coins, to, rate, network) : plan(coins, to, sats, rate, network);
  if (ready === undefined) throw new Refusal(WRONG.tooMuch, "too_much", "amount");
  if (ready.fee > 100_000n && ready.fee > ready.sats * 10n) throw new Refusal(WRONG.absurd, "absurd");
  return ready;
}

function facts({ to, sats, fee, change }: Plan): Fact[] {
  const amount = (sats: bigint): string => `${write(sats, 0)} sats = ${write(sats, 8)} BTC`;
  const all: Fact[] = [
    [COINS.to, to],
    [COINS.amount, amount(sats)],
    [COINS.inWords, `${inWords(sats)} sats`],
    [COINS.fee, amount(fee)],
    [COINS.total, amount(sats + fee)],
  ];
  return change > 0n ? [...all, [COINS.change, amount(change)]] : all;
}
