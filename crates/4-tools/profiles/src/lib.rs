//! Profiles: what members and groups show of themselves. Each detail has an audience of its own: everybody, the club, a
//! group, a circle or only oneself; *view as* shows what somebody else sees. Names, places and posts are kept elsewhere.
//!
//! Acts: `set_detail`, `remove_detail`, `make_circle`, `change_circle`, `end_circle`.
//! Pages: `/people`, `/people/{handle}`, `/me`, `/me/edit`, `/me/circles`, `/me/view-as`, `/settings`.

pub mod acts;
pub mod detail;
pub mod error;
pub mod pages;
pub mod rows;
pub mod views;

use planet_corridor::registry::Registry;
use planet_kit::web::Tool;
use planet_store::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { name: "profiles-0001", sql: include_str!("../migrations/profiles-0001.sql") }];

/// The tool, for the node.
pub const TOOL: Tool = Tool {
    name: "profiles",
    migrations: MIGRATIONS,
    register,
    pages: pages::routes,
    texts: ("en", include_str!("../texts/en.ftl")),
    rooms: &[],
};

/// Adds the acts and views of this room.
pub fn register(registry: Registry) -> Registry {
    registry
        .act::<acts::SetDetail>()
        .act::<acts::RemoveDetail>()
        .act::<acts::MakeCircle>()
        .act::<acts::ChangeCircle>()
        .act::<acts::EndCircle>()
        .view::<views::Person>()
        .view::<views::As>()
        .view::<views::Mine>()
        .view::<views::Circles>()
        .view::<views::People>()
        .view::<views::Suggest>()
}
