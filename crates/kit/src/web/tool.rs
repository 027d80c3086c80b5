//! What a tool hands to the node at start-up. All tools have this shape, so who has seen one has seen all.

use super::desk::Desk;
use axum::Router;
use planet_corridor::registry::Registry;
use planet_store::Migration;

/// A tool of the house.
#[derive(Clone, Copy)]
pub struct Tool {
    /// Its name, the first part of its acts' names.
    pub name: &'static str,
    /// Its tables.
    pub migrations: &'static [Migration],
    /// Adds its acts, views and reactions.
    pub register: fn(Registry) -> Registry,
    /// Its pages.
    pub pages: fn() -> Router<Desk>,
    /// Its texts: language and Fluent source.
    pub texts: (&'static str, &'static str),
}
