//! The ledger as acts use it: value moves, and the event says what moved. `planet verify` recomputes every balance from
//! that, so no act moves value by any other way.

use planet_corridor::cx::Cx;
use planet_corridor::refusal::{Fault, Refusal, RefusalKind};
use planet_ontology::hex;
use planet_ontology::ids::{AccountId, AgentId, CurrencyId, GroupId, TransferId};
use planet_ontology::units::Amount;
use planet_store::{Error, Tx};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::{
    Currency, CurrencyKind, Held, LedgerError, Posted, Transfer, TransferKind, WHOLE, account::narrow,
    account_of, find_account, find_currency, hold, list_currencies, transfer_linked,
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
    let levy = Levy::of(tx, currency)?.and_then(|levy| levy.on(&payment, id));
    Ok([payment].into_iter().chain(levy).collect())
}

/// What a currency adds to each payment for its commons: read once for many payments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Levy {
    share: i64,
    commons: AccountId,
}

impl Levy {
    /// The levy of a currency, where it has one and its commons has an account. Reads nothing where it has none.
    pub fn of(tx: &mut Tx, currency: &Currency) -> Result<Option<Self>, Error> {
        if currency.levy <= 0 {
            return Ok(None);
        }
        let commons = account_of(tx, currency.commons, currency.id)?;
        Ok(commons.map(|commons| Self { share: currency.levy, commons: commons.id }))
    }

    /// What is added to a payment of this amount, unless the commons itself pays or is paid. Rounded down.
    pub fn amount(&self, paid: Amount) -> Amount {
        narrow(i128::from(paid.0) * i128::from(self.share) / i128::from(WHOLE))
    }

    /// The transfer that goes with a payment, under this id.
    pub fn on(&self, payment: &Transfer, id: TransferId) -> Option<Transfer> {
        let amount = self.amount(payment.amount);
        let taken = amount.0 > 0 && self.commons != payment.debit && self.commons != payment.credit;
        taken.then(|| Transfer {
            id,
            debit: payment.debit,
            credit: self.commons,
            amount,
            kind: TransferKind::Levy,
            memo: String::new(),
            reference: Some(payment.id.0),
        })
    }
}

/// Puts an amount aside for an act: [`crate::hold`], said to the corridor, so that an act that spends nothing puts nothing aside.
///
/// # Errors
/// The ledger's refusals.
pub fn aside(tx: &mut Tx, cx: &mut Cx, t: &Transfer, seconds: i64) -> Result<Held, LedgerError> {
    cx.moves();
    hold(tx, t, seconds, cx.now)
}

/// Writes into the event that this moved. Only for what does not go through [`carry`]: batches, sweeps, settled holds.
pub fn told(cx: &mut Cx, t: &Transfer, posted: &Posted) {
    cx.moves();
    if posted.fresh {
        cx.effect(json!({ "moved": {
            "transfer": t.id, "debit": t.debit, "credit": t.credit, "amount": t.amount, "at": posted.at,
            "memo": memo_mark(&t.memo),
        } }));
    }
}

/// What an event says of a note: the first half of its SHA-256, in hex. The note itself stands in the books.
pub fn memo_mark(memo: &str) -> String {
    let hash = Sha256::digest(memo.as_bytes());
    hex::encode(hash.get(..16).unwrap_or_default())
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

/// The club's own credit: the oldest mutual credit that the club issued.
///
/// # Errors
/// `currency_unknown` before there is one.
pub fn club_credit(tx: &mut Tx) -> Result<Currency, Fault> {
    Ok(own_credit(tx)?.ok_or_else(unknown)?)
}

/// [`club_credit`], or nothing before there is one.
pub fn own_credit(tx: &mut Tx) -> Result<Option<Currency>, Error> {
    let club = AgentId::from(GroupId::CLUB);
    Ok(list_currencies(tx)?
        .into_iter()
        .find(|currency| currency.issuer == club && currency.kind == CurrencyKind::MutualCredit))
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
