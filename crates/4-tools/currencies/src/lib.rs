//! Currencies that groups make themselves: what each is for (its terms), its life from the first unit to its end, the rates
//! at which people exchange, and how each one is doing. Value is moved by `planet-ledger` alone.

pub mod acts;
pub mod error;
pub mod pages;
pub mod rows;
pub mod terms;
pub mod views;

use acts::change::ChangeTerms;
use acts::design::Design;
use acts::ending::{Close, Retire};
use acts::hold::{Ask, Hold};
use acts::issue::Issue;
use acts::owed::PayOwed;
use acts::rates::{PostGroupRate, PostRate, SetReference, WithdrawRate};
use acts::refund::Refund;
use acts::tend::Tend;
use acts::trade::{Buy, Redeem};
use planet_corridor::registry::Registry;
use planet_kit::web::Tool;
use planet_store::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "currencies-0001", sql: include_str!("../migrations/currencies-0001.sql") },
    Migration { name: "currencies-0002", sql: include_str!("../migrations/currencies-0002.sql") },
];

/// The tool, for the node.
pub const TOOL: Tool = Tool {
    name: "currencies",
    migrations: MIGRATIONS,
    register,
    pages: pages::routes,
    texts: ("en", include_str!("../texts/en.ftl")),
    rooms: &[],
};

/// Adds the acts and views of this room.
pub fn register(registry: Registry) -> Registry {
    registry
        .act::<Design>()
        .act::<ChangeTerms>()
        .act::<Ask>()
        .act::<Hold>()
        .act::<Buy>()
        .act::<Redeem>()
        .act::<Issue>()
        .act::<Refund>()
        .act::<Retire>()
        .act::<Close>()
        .act::<PayOwed>()
        .act::<Tend>()
        .act::<PostRate>()
        .act::<PostGroupRate>()
        .act::<WithdrawRate>()
        .act::<SetReference>()
        .view::<views::Currencies>()
        .view::<views::CurrencyPage>()
        .view::<views::Health>()
        .view::<views::Rates>()
        .view::<views::Service>()
        .view::<views::WaitingHere>()
}
