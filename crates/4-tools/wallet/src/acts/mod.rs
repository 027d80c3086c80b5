//! What can be done with money: one file per use case.

pub mod annotate;
pub mod exchange;
pub mod hold;
pub mod home;
pub mod limits;
pub mod open;
pub mod pay;
pub mod pay_many;
pub mod refund;
pub mod request;
pub mod rule;
pub mod split;
pub mod standing;
pub(crate) mod wallets;

use planet_corridor::agents;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::AgentId;
use planet_ontology::units::longer_than;
use planet_store::Tx;

use crate::error::WalletError;

/// The longest note on a payment or a bill, in characters.
pub const MAX_MEMO: u32 = 280;

/// The note without blanks around it, if it is short enough.
pub(crate) fn checked_memo(memo: &str) -> Result<String, WalletError> {
    if longer_than(memo, MAX_MEMO) { Err(WalletError::MemoTooLong) } else { Ok(memo.trim().to_owned()) }
}

/// How much of the note the title of a proposal has room for, in characters.
const MEMO_IN_TITLE: usize = 100;

/// What a payment would do, in a sentence for those who decide it: how much, to or for whom, from which wallet, what for.
pub(crate) fn sentence(
    tx: &mut Tx,
    verb: &str,
    toward: &str,
    (from, to): (Option<AgentId>, AgentId),
    amount: &str,
    memo: &str,
) -> Result<String, Fault> {
    let name = |tx: &mut Tx, id: AgentId, wrong: WalletError| {
        Ok::<_, Fault>(agents::find(tx, id)?.ok_or(wrong)?.name)
    };
    let to = name(tx, to, WalletError::PayeeUnknown)?;
    let from = match from {
        Some(from) => format!(" from the wallet of {}", name(tx, from, WalletError::PayerUnknown)?),
        None => String::new(),
    };
    let memo = memo.trim();
    let (short, long) = (memo.chars().take(MEMO_IN_TITLE), memo.chars().count() > MEMO_IN_TITLE);
    let what = if memo.is_empty() {
        String::new()
    } else {
        format!(": {}{}", short.collect::<String>(), if long { "\u{2026}" } else { "" })
    };
    Ok(format!("{verb} {amount} {toward} {to}{from}{what}"))
}
