//! Chat: where a group talks. Every group that is not private has a first channel at once, and as many more as it opens. Private
//! groups have none: what this tool keeps, the node can read.
//!
//! Acts: send, edit, delete, react, pin, save, read, channels, commands, webhooks, bringing a history along (`history`). Pages: `/chat`, `/groups/{handle}/chat`.
//! Messages are *counted*: the log has their number for the day and not their words.

pub mod acts;
pub mod checks;
pub mod error;
pub mod history;
pub mod pages;
pub mod rows;
pub mod topics;
pub mod views;
mod waits;

use planet_corridor::registry::Registry;
use planet_kit::web::{Door, Room, Tool};
use planet_ontology::roles::Mode;
use planet_store::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "chat-0001", sql: include_str!("../migrations/chat-0001.sql") },
    Migration { name: "chat-history-0001", sql: include_str!("../migrations/chat-history-0001.sql") },
];

/// What this tool brings to groups.
const ROOMS: &[Room] = &[Room {
    mode: Mode::Chat,
    title: "chat-room",
    about: "chat-room-about",
    icon: "message-circle",
    href: |handle| format!("/groups/{handle}/chat"),
    door: Door::Readers,
    sealed: false,
}];

/// The tool, for the node.
pub const TOOL: Tool = Tool {
    name: "chat",
    migrations: MIGRATIONS,
    register,
    pages: pages::routes,
    texts: ("en", include_str!("../texts/en.ftl")),
    rooms: ROOMS,
    waits: Some(waits::WAITS),
    turns: &[],
};

/// Adds the acts, views and topics of this room.
pub fn register(registry: Registry) -> Registry {
    registry
        .act::<acts::Send>()
        .act::<acts::Edit>()
        .act::<acts::Delete>()
        .act::<acts::React>()
        .act::<acts::Pin>()
        .act::<acts::Save>()
        .act::<acts::MarkRead>()
        .act::<acts::OpenChannel>()
        .act::<acts::Command>()
        .act::<acts::MakeHook>()
        .act::<acts::RevokeHook>()
        .act::<acts::PostByHook>()
        .act::<history::acts::NamePeople>()
        .act::<history::acts::MatchPerson>()
        .act::<history::acts::NotMine>()
        .act::<history::acts::LayHistory>()
        .act::<history::bring::BringIn>()
        .view::<history::views::History>()
        .view::<views::Room>()
        .view::<views::Search>()
        .view::<views::Inbox>()
        .view::<views::Hooks>()
        .topic(topics::CHANNEL)
        .topic(topics::INBOX)
}
