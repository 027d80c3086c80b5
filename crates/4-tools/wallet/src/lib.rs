//! The wallet: all accounts of a member or a group in one place. Pay, ask to be paid, read the statement and
//! take it along, prove a payment. Value is moved by `planet-ledger` alone; here are the acts that ask it to.
//!
//! Acts: pay, `pay_many`, hold, settle, release, refund, request, approve, decline, cancel, `set_limits`, annotate, attach, detach;
//! for the house: `create_credit`, open. Pages: `/wallet`.

pub mod acts;
mod commands;
pub mod error;
pub mod export;
pub mod lists;
pub mod pages;
pub mod receipt;
pub mod rows;
pub mod views;
pub mod walk;

use acts::annotate::{Annotate, Attach, Detach};
use acts::exchange::Exchange;
use acts::hold::{ExpireHolds, Hold, Release, Settle};
use acts::home::SetHome;
use acts::limits::SetLimits;
use acts::open::{ChangeCredit, CreateCredit, Open};
use acts::pay::Pay;
use acts::pay_many::PayMany;
use acts::refund::Refund;
use acts::request::{ApproveRequest, CancelRequest, DeclineRequest, Request};
use acts::rule::SetRule;
use acts::split::Split;
use acts::standing::{EndSchedule, PauseSchedule, PayDue, ResumeSchedule, Schedule};
use planet_corridor::registry::Registry;
use planet_kit::web::{Door, Room, Tool};
use planet_ontology::roles::Mode;
use planet_store::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "wallet-0001", sql: include_str!("../migrations/wallet-0001.sql") },
    Migration { name: "wallet-0002-notes", sql: include_str!("../migrations/wallet-0002-notes.sql") },
    Migration { name: "wallet-0004-payments", sql: include_str!("../migrations/wallet-0004-payments.sql") },
];

/// What this tool brings to groups.
const ROOMS: &[Room] = &[Room {
    mode: Mode::Chat,
    title: "wallet-room",
    about: "wallet-room-about",
    icon: "wallet",
    href: |handle| format!("/wallet?of={handle}"),
    door: Door::Members,
    sealed: false,
}];

/// The tool, for the node.
pub const TOOL: Tool = Tool {
    name: "wallet",
    migrations: MIGRATIONS,
    register,
    pages: pages::routes,
    texts: ("en", concat!(include_str!("../texts/en.ftl"), "\n", include_str!("../texts/payments.en.ftl"))),
    rooms: ROOMS,
};

/// Adds the acts and views of this room.
pub fn register(registry: Registry) -> Registry {
    registry
        .command(commands::PAY)
        .act::<Pay>()
        .act::<PayMany>()
        .act::<Hold>()
        .act::<Settle>()
        .act::<Release>()
        .act::<ExpireHolds>()
        .act::<Refund>()
        .act::<SetHome>()
        .act::<Split>()
        .act::<Schedule>()
        .act::<PauseSchedule>()
        .act::<ResumeSchedule>()
        .act::<EndSchedule>()
        .act::<PayDue>()
        .act::<Exchange>()
        .act::<Request>()
        .act::<ApproveRequest>()
        .act::<DeclineRequest>()
        .act::<CancelRequest>()
        .act::<CreateCredit>()
        .act::<ChangeCredit>()
        .act::<Open>()
        .act::<SetLimits>()
        .act::<Annotate>()
        .act::<Attach>()
        .act::<Detach>()
        .act::<SetRule>()
        .view::<views::Wallet>()
        .view::<views::Statement>()
        .view::<views::Transfer>()
        .view::<views::Records>()
        .view::<views::Proof>()
        .view::<views::Payees>()
        .view::<views::Requests>()
        .view::<views::OverviewOf>()
        .view::<views::Holds>()
        .view::<views::Refundable>()
        .view::<views::Quote>()
        .view::<views::WalletRule>()
        .view::<views::Limits>()
        .view::<views::Splits>()
        .view::<views::StandingPayments>()
        .view::<views::Offers>()
        .view::<views::Offer>()
}
