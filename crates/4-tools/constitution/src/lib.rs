//! The constitution: the rules that the club is under, for its members to read, to try out and to change. The rules
//! themselves are kept by the corridor, and judged by the policy engine; this room is where they are amended.
//!
//! Acts: `set_parameter`, `set_procedure`, `adopt_policies`, `take_up`; `keep_rehearsal` for the node. Each amendment names the
//! version of the rules that it was written for. Pages: `/constitution` and what lies below it.

pub mod acts;
pub mod amend;
pub mod change;
pub mod error;
pub mod guard;
pub mod pages;
pub mod passages;
pub mod rehearsal;
pub mod rows;
pub mod trials;
pub mod views;

use planet_corridor::registry::Registry;
use planet_kit::web::Tool;
use planet_store::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { name: "constitution-0001", sql: include_str!("../migrations/constitution-0001.sql") }];

/// The tool, for the node.
pub const TOOL: Tool = Tool {
    name: "constitution",
    migrations: MIGRATIONS,
    register,
    pages: pages::routes,
    texts: ("en", include_str!("../texts/en.ftl")),
    rooms: &[],
    waits: None,
    turns: &[],
};

/// Adds the acts and views of this room.
pub fn register(registry: Registry) -> Registry {
    registry
        .act::<acts::SetParameter>()
        .act::<acts::SetProcedure>()
        .act::<acts::AdoptPolicies>()
        .act::<acts::TakeUp>()
        .act::<acts::KeepRehearsal>()
        .view::<views::Constitution>()
        .view::<views::WhatIf>()
        .view::<views::Untaken>()
        .view::<views::Rehearse>()
        .view::<views::Rehearsal>()
}
