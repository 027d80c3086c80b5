//! Currencies that groups make themselves: what each is for (its terms), its life from the first unit to its end, the rates
//! at which people exchange, and how each one is doing. Value is moved by `planet-ledger` alone.

use planet_corridor::registry::Registry;
use planet_kit::web::Tool;
use planet_store::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { name: "currencies-0001", sql: include_str!("../migrations/currencies-0001.sql") }];

/// The tool, for the node.
pub const TOOL: Tool = Tool {
    name: "currencies",
    migrations: MIGRATIONS,
    register,
    pages: axum::Router::new,
    texts: ("en", include_str!("../texts/en.ftl")),
};

/// Adds the acts and views of this room.
pub fn register(registry: Registry) -> Registry {
    registry
}
