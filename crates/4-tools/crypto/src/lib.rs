//! Coins of chains: Bitcoin, and Ethereum with its like. Keys stay with the member, who derives them in the browser from the
//! vault's seed; the node watches addresses, shows what the chain says, and hands in what the member signed. It holds no coin.
//!
//! Acts: watch, forget, receive, `keep_token`, `drop_token`, broadcast; seen, followed and measured are the house's own.
//! Pages: `/wallet/crypto`, `/wallet/crypto/{chain}`, and below it receive, send, tokens; `/wallet/crypto/words`.

pub mod acts;
pub mod chains;
pub mod error;
pub mod pages;
pub mod rows;
pub mod views;
pub mod watcher;

pub use chains::{Chain, Chains};
pub use watcher::Watcher;

use planet_corridor::registry::Registry;
use planet_kit::web::Tool;
use planet_store::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { name: "crypto-0001", sql: include_str!("../migrations/crypto-0001.sql") }];

/// The tool, for the node.
pub const TOOL: Tool = Tool {
    name: "crypto",
    migrations: MIGRATIONS,
    register,
    pages: pages::routes,
    texts: ("en", include_str!("../texts/en.ftl")),
    rooms: &[],
};

/// Adds the acts and views of this room.
pub fn register(registry: Registry) -> Registry {
    registry
        .act::<acts::Watch>()
        .act::<acts::Forget>()
        .act::<acts::Receive>()
        .act::<acts::KeepToken>()
        .act::<acts::DropToken>()
        .act::<acts::Broadcast>()
        .act::<acts::Seen>()
        .act::<acts::Followed>()
        .act::<acts::Measured>()
        .view::<views::Wallets>()
        .view::<views::Wallet>()
        .view::<views::Spendable>()
        .view::<views::Address>()
}
