//! What can be seen of money of the world: one file for each screen. Here is what they share.

pub mod books;
pub mod card;
pub mod desk;
pub mod holding;
pub mod passages;
pub mod waiting;

use crate::rows::holdings::Holding;
use planet_ontology::ids::{AgentId, CurrencyId, GroupId, PayInId, PayOutId};
use planet_ontology::units::{Amount, Moment};
use schemars::JsonSchema;
use serde::Serialize;

use crate::rows::pay_ins::PayInRow;
use crate::rows::pay_outs::PayOutRow;

/// A money and who holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Held {
    /// The ledger's currency.
    pub currency: CurrencyId,
    /// Its code here, for its address.
    pub code: String,
    /// Its code in ISO 4217.
    pub iso: String,
    /// Its name.
    pub name: String,
    /// Its sign.
    pub symbol: String,
    /// Its decimals.
    pub decimals: u8,
    /// Who holds it.
    pub holder: GroupId,
    /// The holder's handle.
    pub holder_handle: String,
    /// The holder's name.
    pub holder_name: String,
    /// When the holder decided to stop.
    pub closing: Option<Moment>,
}

impl From<&Holding> for Held {
    fn from(it: &Holding) -> Self {
        Self {
            currency: it.currency,
            code: it.code.clone(),
            iso: it.iso.clone(),
            name: it.name.clone(),
            symbol: it.symbol.clone(),
            decimals: it.places(),
            holder: it.holder,
            holder_handle: it.holder_handle.clone(),
            holder_name: it.holder_name.clone(),
            closing: it.closing,
        }
    }
}

/// Somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Person {
    /// Who.
    pub id: AgentId,
    /// Their handle.
    pub handle: String,
    /// Their name.
    pub name: String,
}

/// Money on its way in, in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct InLine {
    /// The pay-in.
    pub id: PayInId,
    /// Whose it is.
    pub owner: Person,
    /// `bank`, `cash` or `card`.
    pub how: String,
    /// What was announced.
    pub amount: Amount,
    /// What arrived.
    pub arrived: Option<Amount>,
    /// The reference for the bank.
    pub reference: String,
    /// `waiting`, `arrived` or `withdrawn`.
    pub state: String,
    /// When it was announced.
    pub asked: Moment,
    /// Whether it has not come in the time in which it was expected, or came after it.
    pub late: bool,
}

impl InLine {
    fn of(row: PayInRow, now: Moment) -> Self {
        Self {
            id: row.id,
            owner: Person { id: row.owner, handle: row.owner_handle, name: row.owner_name },
            how: row.how,
            amount: row.amount,
            arrived: row.arrived,
            reference: row.reference,
            late: row.expires < row.ended.unwrap_or(now),
            state: row.state,
            asked: row.asked,
        }
    }
}

/// Money on its way out, in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OutLine {
    /// The pay-out.
    pub id: PayOutId,
    /// Whose it is.
    pub owner: Person,
    /// How much.
    pub amount: Amount,
    /// The reference to write on the transfer.
    pub reference: String,
    /// `asked`, `sending`, `sent`, `refused`, `withdrawn`, or `expired` when it was given back by itself.
    pub state: String,
    /// When it was asked for.
    pub asked: Moment,
    /// The name on the account.
    pub payee: String,
    /// Its last digits.
    pub tail: String,
    /// Whether it goes back to a card.
    pub card: bool,
    /// Whether a statement shows it.
    pub seen: bool,
}

impl OutLine {
    fn of(row: PayOutRow, now: Moment) -> Self {
        let expired = row.state == "asked" && row.expires <= now;
        Self {
            id: row.id,
            owner: Person { id: row.owner, handle: row.owner_handle, name: row.owner_name },
            amount: row.amount,
            reference: row.reference,
            state: if expired { "expired".into() } else { row.state },
            asked: row.asked,
            payee: row.payee,
            tail: row.tail,
            card: row.card_pay_in.is_some(),
            seen: row.line.is_some(),
        }
    }
}
