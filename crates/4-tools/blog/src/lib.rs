//! The blog of a group: what it tells those who may read it, now or at a time that was chosen, on pages and as feeds.
//! It is no conversation: there are no comments here.
//!
//! Acts: write, publish, `publish_due`, `take_back`, remove. Pages: `/groups/{handle}/blog`, with `feed.atom`, `feed.rss` and `feed.json`.

pub mod acts;
pub mod error;
mod feeds;
pub mod pages;
mod rows;
pub mod views;

use planet_corridor::registry::Registry;
use planet_kit::web::{Door, Room, Tool};
use planet_ontology::roles::Mode;
use planet_store::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { name: "blog-0001", sql: include_str!("../migrations/blog-0001.sql") }];

/// What this tool brings to groups.
const ROOMS: &[Room] = &[Room {
    mode: Mode::Chat,
    title: "blog-room",
    about: "blog-room-about",
    icon: "pencil-line",
    href: |handle| format!("/groups/{handle}/blog"),
    door: Door::Readers,
    sealed: false,
}];

/// The tool, for the node.
pub const TOOL: Tool = Tool {
    name: "blog",
    migrations: MIGRATIONS,
    register,
    pages: pages::routes,
    texts: ("en", include_str!("../texts/en.ftl")),
    rooms: ROOMS,
};

/// Adds the acts and views of this room.
pub fn register(registry: Registry) -> Registry {
    registry
        .act::<acts::Write>()
        .act::<acts::Publish>()
        .act::<acts::PublishDue>()
        .act::<acts::TakeBack>()
        .act::<acts::Remove>()
        .view::<views::Blog>()
        .view::<views::Read>()
}
