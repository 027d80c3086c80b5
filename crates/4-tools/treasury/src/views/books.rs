//! How what was handed to a holder agrees with where it is: at the bank, with those who take cash, at the card processor. Every
//! holder of a claim may see it.

use crate::acts::entrusted;
use crate::rows::holdings::{self, Holding};
use crate::rows::{lines, pay_ins, pay_outs};
use planet_corridor::refusal::Fault;
use planet_ledger::account_of;
use planet_ontology::units::{Amount, Moment};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::Serialize;

/// What a treasurer saw at the bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SeenView {
    /// The day: `2026-11-27`.
    pub as_of: String,
    /// The balance.
    pub amount: Amount,
    /// When it was told.
    pub told: Moment,
    /// By whom.
    pub by: String,
}

/// The books of a holder, in one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Books {
    /// What all others can claim from the holder.
    pub claimed: Amount,
    /// What was handed to the holder and not handed back.
    pub entrusted: Amount,
    /// What of it is the holder's own, because others paid it with claims.
    pub earned: Amount,
    /// In cash, with those who take it.
    pub in_cash: Amount,
    /// At the card processor.
    pub at_cards: Amount,
    /// What the card processor kept; the holder bears it.
    pub kept: Amount,
    /// What should be at the bank.
    pub expected: Amount,
    /// What was seen there last.
    pub seen: Option<SeenView>,
    /// By how much that differs; zero as long as nobody looked.
    pub difference: Amount,
    /// Of the difference: the holder's own affairs on statements.
    pub own: Amount,
    /// Of the difference: lines that nobody has dealt with.
    pub open: Amount,
    /// Of the difference: sent, and on no statement yet.
    pub under_way: Amount,
    /// Of the difference: confirmed by hand, and on no statement yet.
    pub unseen: Amount,
    /// Of the difference: what was there before, or what somebody should look into.
    pub rest: Amount,
    /// Whether what was seen covers all claims.
    pub covered: bool,
    /// How many pay-ins wait, and how much they are.
    pub ins: (i64, Amount),
    /// How many pay-outs wait, and how much they are.
    pub outs: (i64, Amount),
    /// How many lines nobody has dealt with.
    pub open_lines: i64,
    /// How many pay-ins were confirmed by hand and are on no statement.
    pub unseen_ins: i64,
    /// How many pay-outs were sent and are on no statement.
    pub unseen_outs: i64,
    /// The day of the newest line on a statement; empty before the first.
    pub newest_line: String,
}

/// Adds the books up.
pub(crate) fn books(tx: &mut Tx, it: &Holding) -> Result<Books, Fault> {
    let (came, went, lines) =
        (pay_ins::sums(tx, it.currency)?, pay_outs::sums(tx, it.currency)?, lines::sums(tx, it.currency)?);
    let account = account_of(tx, it.holder.into(), it.currency)?;
    let claimed = sum(&[0], &[account.map_or(0, |account| account.balance().0)]);
    let entrusted = entrusted(tx, it.currency)?;
    let in_cash = sum(&[came.cash.0], &[lines.cash.0]);
    let at_cards = sum(&[came.card.0], &[went.card.0, lines.cards.0, lines.kept.0]);
    let expected = sum(&[entrusted.0], &[in_cash.0, at_cards.0, lines.kept.0]);
    let seen = holdings::seen(tx, it.currency)?;
    let there = seen.as_ref().map_or(expected, |seen| seen.amount);
    let difference = sum(&[there.0], &[expected.0]);
    let rest = if seen.is_some() {
        sum(&[difference.0, came.unseen.0], &[lines.own.0, lines.open.0, went.unseen.0])
    } else {
        Amount(0)
    };
    Ok(Books {
        claimed,
        entrusted,
        earned: sum(&[entrusted.0], &[claimed.0]),
        in_cash,
        at_cards,
        kept: lines.kept,
        expected,
        difference,
        own: lines.own,
        open: lines.open,
        under_way: went.unseen,
        unseen: came.unseen,
        rest,
        covered: sum(&[there.0, in_cash.0, at_cards.0], &[claimed.0]).0 >= 0,
        ins: (came.waiting_count, came.waiting),
        outs: (went.waiting_count, went.waiting),
        open_lines: lines.open_count,
        unseen_ins: came.unseen_count,
        unseen_outs: went.unseen_count,
        newest_line: lines.newest,
        seen: seen.map(|seen| SeenView {
            as_of: seen.as_of,
            amount: seen.amount,
            told: seen.told,
            by: seen.by,
        }),
    })
}

/// What is added less what is taken away; it stops at the ends of the ledger's numbers.
fn sum(add: &[i64], take: &[i64]) -> Amount {
    let added = add.iter().fold(0_i64, |sum, part| sum.saturating_add(*part));
    Amount(take.iter().fold(added, |sum, part| sum.saturating_sub(*part)))
}
