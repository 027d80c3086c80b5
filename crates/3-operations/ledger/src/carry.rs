//! The ledger as acts use it: value moves, and the event says what moved. `planet verify` recomputes every balance from
//! that, so no act moves value by any other way.

use planet_corridor::cx::Cx;
use planet_corridor::refusal::{Fault, Refusal, RefusalKind};
use planet_ontology::ids::{AgentId, CurrencyId, GroupId, TransferId};
use planet_store::{Error, Tx};
use serde_json::json;

use crate::{
    Currency, LedgerError, Posted, Transfer, TransferKind, WHOLE, account::narrow, account_of, find_account,
    find_currency, list_currencies, transfer_linked,
};

/// Moves value for an act, all of it or nothing, and writes into the event what moved.
///
/// # Errors
/// The first refusal of the chain, in a sentence with its amounts.
pub fn carry(tx: &mut Tx, cx: &mut Cx, chain: &[Transfer]) -> Result<Vec<Posted>, Fault> {
    let posted = match transfer_linked(tx, chain, cx.now) {
        Ok(posted) => posted,
        Err(error) => return Err(refused_link(tx, chain, error)),
    };
    for (t, posted) in chain.iter().zip(&posted) {
        told(cx, t, posted);
    }
    Ok(posted)
}

/// A payment together with the levy that its currency puts on it: the chain to carry. A levy bears no levy, nor does
/// what is paid to the commons or by it. `id` is for the levy.
pub fn with_levy(
    tx: &mut Tx,
    currency: &Currency,
    payment: Transfer,
    id: TransferId,
) -> Result<Vec<Transfer>, Error> {
    let share = i128::from(payment.amount.0) * i128::from(currency.levy) / i128::from(WHOLE);
    let commons = if share > 0 { account_of(tx, currency.commons, currency.id)? } else { None };
    let levy = commons.filter(|commons| commons.id != payment.debit && commons.id != payment.credit).map(
        |commons| Transfer {
            id,
            debit: payment.debit,
            credit: commons.id,
            amount: narrow(share),
            kind: TransferKind::Levy,
            memo: String::new(),
            reference: Some(payment.id.0),
        },
    );
    Ok([payment].into_iter().chain(levy).collect())
}

/// Writes into the event that this moved. Only for what does not go through [`carry`]: batches, sweeps, settled holds.
pub fn told(cx: &mut Cx, t: &Transfer, posted: &Posted) {
    if posted.fresh {
        cx.effect(json!({ "moved": {
            "transfer": t.id, "debit": t.debit, "credit": t.credit, "amount": t.amount, "at": posted.at,
        } }));
    }
}

/// Tells a refusal of one link in the currency of that link.
fn refused_link(tx: &mut Tx, chain: &[Transfer], error: LedgerError) -> Fault {
    let at = if let LedgerError::Linked { position, .. } = &error { *position } else { 0 };
    let currency = chain.get(at).map(|t| t.debit).map(|account| {
        let account = find_account(tx, account)?;
        account.map_or(Ok(None), |account| find_currency(tx, account.currency))
    });
    match currency {
        Some(Ok(Some(currency))) => refused(error, &currency),
        Some(Err(error)) => Fault::Store(error),
        _ => refused_plainly(error, ToString::to_string),
    }
}

/// The ledger's refusal as an answer to a person, told with its amounts in this currency.
pub fn refused(error: LedgerError, currency: &Currency) -> Fault {
    refused_plainly(error, |error| error.sentence(currency))
}

fn refused_plainly(error: LedgerError, sentence: impl Fn(&LedgerError) -> String) -> Fault {
    let error = match error {
        LedgerError::Linked { because, .. } => *because,
        other => other,
    };
    let (kind, field) = match &error {
        LedgerError::Store(broken) => return Fault::Store(broken.clone()),
        LedgerError::AmountNotPositive | LedgerError::TooLarge => (RefusalKind::Input, Some("amount")),
        LedgerError::ToOneself => (RefusalKind::Input, Some("to")),
        LedgerError::MemoTooLong { .. } => (RefusalKind::Input, Some("memo")),
        LedgerError::OverLowerLimit { .. } | LedgerError::OverUpperLimit { .. } => {
            (RefusalKind::Conflict, Some("amount"))
        }
        _ => (RefusalKind::Conflict, None),
    };
    let code = error.code().replace('-', "_");
    Refusal { kind, code, sentence: sentence(&error), field: field.map(Into::into) }.into()
}

/// The club's own credit: the oldest currency that the club issued.
///
/// # Errors
/// `currency_unknown` before there is one.
pub fn club_credit(tx: &mut Tx) -> Result<Currency, Fault> {
    let club = AgentId::from(GroupId::CLUB);
    let found = list_currencies(tx)?.into_iter().find(|currency| currency.issuer == club);
    Ok(found.ok_or_else(unknown)?)
}

/// The currency that an act names, or the club's own credit where it names none.
///
/// # Errors
/// `currency_unknown` where there is no such currency.
pub fn currency(tx: &mut Tx, wanted: Option<CurrencyId>) -> Result<Currency, Fault> {
    match wanted {
        Some(id) => Ok(find_currency(tx, id)?.ok_or_else(unknown)?),
        None => club_credit(tx),
    }
}

fn unknown() -> Refusal {
    Refusal::input("currency", "currency_unknown", "You do not hold this currency.")
}
