//! Private conversations: the node as a blind delivery service for MLS (RFC 9420). It knows who takes part, and hands on bytes in one
//! order that everybody can check; it never makes a commit, and has no key to anything.
//!
//! Acts: devices and what lets them in (`acts::devices`), who takes part (`acts::people`), what is sent (`acts::log`). Pages: `/messages`.
//! What is locked and opened, the browser's part does (`web/src/private`). The formats are in docs/protocols/private.md.

pub mod acts;
pub mod error;
pub mod frame;
pub mod pages;
pub mod rows;
pub mod topics;
pub mod views;

use planet_corridor::registry::Registry;
use planet_kit::web::{Door, Room, Tool};
use planet_ontology::roles::Mode;
use planet_store::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { name: "private-0001", sql: include_str!("../migrations/private-0001.sql") }];

/// What this tool brings to private groups.
const ROOMS: &[Room] = &[Room {
    mode: Mode::Chat,
    title: "private-room",
    about: "private-room-about",
    icon: "lock",
    href: |handle| format!("/messages/group/{handle}"),
    door: Door::Sealed,
    sealed: true,
}];

/// The tool, for the node.
pub const TOOL: Tool = Tool {
    name: "private",
    migrations: MIGRATIONS,
    register,
    pages: pages::routes,
    texts: ("en", include_str!("../texts/en.ftl")),
    rooms: ROOMS,
    waits: None,
    turns: &[],
};

/// Adds the acts and views of this room.
pub fn register(registry: Registry) -> Registry {
    registry
        .act::<acts::devices::AddDevice>()
        .act::<acts::devices::RenameDevice>()
        .act::<acts::devices::RevokeDevice>()
        .act::<acts::devices::OfferPackages>()
        .act::<acts::devices::TakePackages>()
        .act::<acts::people::Start>()
        .act::<acts::people::OpenGroup>()
        .act::<acts::people::AddPerson>()
        .act::<acts::people::RemovePerson>()
        .act::<acts::people::Leave>()
        .act::<acts::log::Commit>()
        .act::<acts::log::Send>()
        .act::<acts::log::Welcomed>()
        .act::<acts::log::ReadUpTo>()
        .act::<acts::log::KeepKeys>()
        .view::<views::Conversations>()
        .view::<views::Conversation>()
        .view::<views::Group>()
        .view::<views::log::Log>()
        .view::<views::log::Welcomes>()
        .view::<views::log::Keys>()
        .view::<views::devices::Devices>()
        .view::<views::devices::Person>()
        .topic(topics::INBOX)
}
