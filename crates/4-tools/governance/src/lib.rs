//! Governance: members decide together, and what they decide is done in the group's name. A proposal carries an act;
//! when it passes, the act goes down the corridor with the group as actor. Also here: the register of assumptions.
//!
//! Acts: propose, vote, withdraw, close, appeal, `add_assumption`, `support_assumption`, `link_assumption`, `merge_assumption`, `retire_assumption`; between options: ask, stand, begin, choose, `ask_token`, `cast_secret`; for others: delegate, undelegate; around a decision: remark, reword, unsay, respond,
//! `state_outcome`, `follow_up`, `follow_up_done`. Pages: `/decisions`,
//! `/decisions/delegates`, `/about/assumptions`.
//! Counting is not done here: see `planet_policy::counting` and `planet_count`.

pub mod acts;
pub mod assumptions;
pub mod choice;
mod commands;
pub mod delegates;
pub mod error;
pub mod pages;
pub mod register;
pub mod rows;
mod settle;
pub mod talk;
pub mod views;
pub mod voices;
mod waits;

use planet_corridor::registry::Registry;
use planet_kit::web::{Door, Room, Tool, Turn, in_query};
use planet_ontology::roles::Mode;
use planet_store::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "governance-0001", sql: include_str!("../migrations/governance-0001.sql") },
    Migration { name: "governance-0002", sql: include_str!("../migrations/governance-0002.sql") },
    Migration { name: "governance-0003", sql: include_str!("../migrations/governance-0003.sql") },
    Migration { name: "governance-0004", sql: include_str!("../migrations/governance-0004.sql") },
    Migration { name: "governance-0005", sql: include_str!("../migrations/governance-0005.sql") },
    Migration { name: "governance-0006", sql: include_str!("../migrations/governance-0006.sql") },
    Migration { name: "governance-0007", sql: include_str!("../migrations/governance-0007.sql") },
    Migration { name: "governance-0008", sql: include_str!("../migrations/governance-0008.sql") },
    Migration { name: "governance-0009", sql: include_str!("../migrations/governance-0009.sql") },
];

/// What this tool brings to groups.
const ROOMS: &[Room] = &[Room {
    mode: Mode::Chat,
    title: "governance-room",
    about: "governance-room-about",
    icon: "vote",
    href: |handle| format!("/decisions/ask?of={handle}"),
    door: Door::Members,
    sealed: false,
}];

/// The tool, for the node.
const TURNS: &[Turn] = &[Turn {
    title: "governance-turn",
    icon: "vote",
    href: |group, text| format!("/decisions/ask?kind=check&of={}&text={}", in_query(group), in_query(text)),
}];

/// This room, for the node.
pub const TOOL: Tool = Tool {
    name: "governance",
    migrations: MIGRATIONS,
    register,
    pages: pages::routes,
    texts: ("en", include_str!("../texts/en.ftl")),
    rooms: ROOMS,
    waits: Some(waits::WAITS),
    turns: TURNS,
};

/// Adds the acts and views of this room.
pub fn register(registry: Registry) -> Registry {
    registry
        .command(commands::POLL)
        .command(commands::PROPOSE)
        .act::<acts::Propose>()
        .act::<acts::Vote>()
        .act::<acts::Withdraw>()
        .act::<acts::Close>()
        .act::<acts::Appeal>()
        .act::<choice::ask::Ask>()
        .act::<choice::acts::Stand>()
        .act::<choice::acts::Begin>()
        .act::<choice::acts::Choose>()
        .act::<choice::secret::acts::AskToken>()
        .act::<choice::secret::acts::CastSecret>()
        .act::<talk::acts::Remark>()
        .act::<talk::acts::Reword>()
        .act::<talk::acts::Unsay>()
        .act::<talk::hearing::Respond>()
        .act::<talk::acts::StateOutcome>()
        .act::<talk::acts::FollowUp>()
        .act::<talk::acts::FollowUpDone>()
        .act::<delegates::acts::Delegate>()
        .act::<delegates::acts::Undelegate>()
        .act::<assumptions::AddAssumption>()
        .act::<assumptions::acts::SupportAssumption>()
        .act::<assumptions::acts::LinkAssumption>()
        .act::<assumptions::acts::MergeAssumption>()
        .act::<assumptions::acts::RetireAssumption>()
        .view::<views::Decisions>()
        .view::<views::Decision>()
        .view::<views::Asking>()
        .view::<voices::Voices>()
        .view::<register::Register>()
        .view::<talk::due::Due>()
        .view::<choice::views::Ballots>()
        .view::<delegates::views::Delegates>()
        .view::<assumptions::Assumptions>()
        .view::<assumptions::views::OneAssumption>()
        .opener(<acts::Propose as planet_corridor::act::Act>::NAME)
}
