//! The feed: what members and groups say to each other, with a local relevance that keeps the noise out. Who may see a
//! post is the affair of its audience alone; relevance narrows what lists show and never widens who may see.
//!
//! Acts: post, edit, remove, comment, follow, unfollow. Pages: `/feed`, `/near`, `/posts/…`, `/tags/…`. There is no
//! ranking: lists are in the order of time.

pub mod acts;
mod addressees;
mod checks;
pub mod error;
mod lists;
pub mod pages;
mod rows;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod views;

pub use lists::{Latest, latest};
pub use pages::post_list;
pub use rows::Item;

use planet_corridor::registry::Registry;
use planet_kit::web::Tool;
use planet_store::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { name: "feed-0001", sql: include_str!("../migrations/feed-0001.sql") }];

/// The tool, for the node.
pub const TOOL: Tool = Tool {
    name: "feed",
    migrations: MIGRATIONS,
    register,
    pages: pages::routes,
    texts: ("en", include_str!("../texts/en.ftl")),
    rooms: &[],
};

/// Adds the acts and views of this room.
pub fn register(registry: Registry) -> Registry {
    registry
        .act::<acts::Post>()
        .act::<acts::Edit>()
        .act::<acts::Remove>()
        .act::<acts::Comment>()
        .act::<acts::Follow>()
        .act::<acts::Unfollow>()
        .view::<views::Following>()
        .view::<views::Near>()
        .view::<views::ByAuthor>()
        .view::<views::ByTag>()
        .view::<views::Read>()
        .view::<views::Compose>()
        .view::<views::Follows>()
}
