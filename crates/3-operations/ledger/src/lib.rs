//! The ledger: the only room that moves value. It keeps the books of every currency, and knows neither who may pay nor why.
//!
//! An [`Account`] is what an agent holds of one currency: four counters that only grow (paid out, paid in, and the same
//! for what is put aside) and two limits. A [`Transfer`] moves a positive amount from one account to another of the
//! same currency, under an id that the payer's device made, so that sending it again is harmless. Transfers are never
//! changed or removed; a mistake is mended by another transfer that says so. The model is that of `TigerBeetle`, in SQL.
//!
//! What always holds, and [`audit`] proves at any moment:
//!
//! 1. All balances of a currency together are zero, and so is all that is put aside.
//! 2. One id, one transfer, however often it is sent.
//! 3. Limits hold in the worst case of all open holds. After limits are lowered, an account outside them can only move
//!    towards them.
//! 4. A hold ends exactly once: settled, voided or expired.
//! 5. Time on an account only goes forward. Each movement has a later moment than the one before it on either account,
//!    even where clocks disagree, so sorting all transfers by moment gives an order in which they can be replayed.
//! 6. Replaying them from nothing gives the stored counters and the balance written beside each transfer.
//! 7. Where a currency expires, the lots of an account add up to its balance.
//!
//! Where to begin reading: [`transfer`] is the definition, on one page. [`transfer_many`], [`transfer_chains`] and the sweeps
//! decide a whole batch in memory and write it with a handful of statements; tests hold them equal to it. Acts move value
//! by [`carry`], which also writes into the event what moved. Every function is called within a transaction of the store. A
//! refusal is found before anything is written, so it leaves no trace.

mod account;
mod audit;
mod batch;
mod booking;
mod carry;
mod currency;
mod error;
mod hold;
mod lots;
mod page;
mod pair;
mod statement;
mod sweep;
mod transfer;
mod words;

pub use account::{
    Account, account_of, accounts_of, earned, find_account, open_account, set_closed, set_limits,
    set_soft_limits,
};
pub use audit::{Audit, audit};
pub use batch::{transfer_chains, transfer_linked, transfer_many};
pub use booking::{Booking, find_transfer};
pub use carry::{Levy, aside, carry, club_credit, currency, memo_mark, own_credit, refused, told, with_levy};
pub use currency::{
    Currency, CurrencyKind, NewCurrency, change_limits, create_currency, find_currency, list_currencies,
    set_defaults, set_levy,
};
pub use error::LedgerError;
pub use hold::{Held, Hold, HoldOutcome, expire_due, find_hold, hold, open_holds, settle, void, void_all};
pub use lots::{Lot, lots, lots_of_currency};
pub use statement::{Line, statement};
pub use sweep::{
    Demurrage, FIRST, Swept, WHOLE, close_all, demurrage, expire_lots, lots_ending, settle_rest, wind_down,
};
pub use transfer::{MEMO, Posted, Transfer, TransferKind, transfer};

/// The tables, in the order in which they are made.
pub const MIGRATIONS: &[planet_store::Migration] = &[
    planet_store::Migration { name: "ledger-0001", sql: include_str!("../migrations/ledger-0001.sql") },
    planet_store::Migration { name: "ledger-0002", sql: include_str!("../migrations/ledger-0002.sql") },
    planet_store::Migration { name: "ledger-0003", sql: include_str!("../migrations/ledger-0003.sql") },
];
