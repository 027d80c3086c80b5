//! What of payments waits for a member: bills to answer, and standing payments that stopped.

use crate::rows;
use crate::views::stopped;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_kit::components::Unit;
use planet_kit::waits::{Said, Wait, Waits};
use planet_ledger::find_currency;
use planet_ontology::ids::MemberId;
use planet_ontology::units::Moment;
use planet_store::Tx;

/// For home and the bell.
pub const WAITS: Waits = Waits { count, list };

fn count(tx: &mut Tx, member: MemberId, _: Moment) -> Result<usize, Fault> {
    let bills = rows::count_waiting(tx, member.into())?;
    let stopped = rows::standing::count_troubled(tx, member.into())?;
    Ok(usize::try_from(bills.saturating_add(stopped)).unwrap_or_default())
}

fn list(look: &mut Look) -> Result<Vec<Wait>, Fault> {
    let me = look.member()?.into();
    let mut waits = Vec::new();
    for bill in rows::to_answer(look.tx, me)? {
        let Some(currency) = find_currency(look.tx, bill.currency)? else { continue };
        let unit = Unit { symbol: currency.symbol, decimals: currency.decimals };
        let what = Said::text("wallet-bill-from").with("name", bill.payee.as_str());
        let wait = Wait::new(what, "receipt-text", format!("/wallet/requests/{}", bill.id));
        waits.push(wait.note(bill.memo).amount(bill.amount, &unit));
    }
    for it in stopped(look)? {
        let what = Said::text("wallet-standing-stopped").with("name", it.payee.name.as_str());
        waits.push(Wait::new(what, "repeat", "/wallet/standing").note(it.why.unwrap_or_default()));
    }
    Ok(waits)
}
