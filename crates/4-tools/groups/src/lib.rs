//! Groups: members who do something together. A group is an actor: it has a profile, people with roles and a wallet.
//! The club is the first of them. Its tools (chat, documents, trade) are rooms of their own.
//!
//! Acts: create, change, `set_mode`, join, leave, `add_member`, `set_door`, `ask_to_join`, `take_back`, admit, `decline_request`, invite, `accept_invitation`,
//! `join_group`, `take_in_group`, `leave_group`,
//! `set_role`, demote, `remove_member`, seat, `end_term`, recall. Pages: `/groups`, `/groups/tree`, `/groups/{handle}`.

pub mod acts;
pub mod error;
pub mod pages;
pub mod recall;
pub mod rows;
pub mod seat;
pub mod views;

use planet_corridor::registry::Registry;
use planet_kit::web::Tool;
use planet_store::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "groups-0001", sql: include_str!("../migrations/groups-0001.sql") },
    Migration { name: "groups-0002", sql: include_str!("../migrations/groups-0002.sql") },
    Migration { name: "groups-0003", sql: include_str!("../migrations/groups-0003.sql") },
    Migration { name: "groups-0004", sql: include_str!("../migrations/groups-0004.sql") },
];

/// The tool, for the node.
pub const TOOL: Tool = Tool {
    name: "groups",
    migrations: MIGRATIONS,
    register,
    pages: pages::routes,
    texts: ("en", include_str!("../texts/en.ftl")),
    rooms: &[],
};

/// Adds the acts and views of this room.
pub fn register(registry: Registry) -> Registry {
    registry
        .act::<acts::Create>()
        .act::<acts::Change>()
        .act::<acts::SetMode>()
        .act::<acts::links::JoinGroup>()
        .act::<acts::links::TakeInGroup>()
        .act::<acts::links::LeaveGroup>()
        .act::<acts::door::SetDoor>()
        .act::<acts::door::AskToJoin>()
        .act::<acts::door::TakeBack>()
        .act::<acts::door::Admit>()
        .act::<acts::door::DeclineRequest>()
        .act::<acts::door::Invite>()
        .act::<acts::door::AcceptInvitation>()
        .act::<acts::Join>()
        .act::<acts::Leave>()
        .act::<acts::AddMember>()
        .act::<acts::SetRole>()
        .act::<acts::Demote>()
        .act::<acts::RemoveMember>()
        .act::<seat::Seat>()
        .act::<seat::EndTerm>()
        .act::<recall::Recall>()
        .view::<views::Groups>()
        .view::<views::GroupPage>()
        .view::<views::AtDoors>()
        .view::<views::Tree>()
        .view::<views::Within>()
}
