//! What a tool hands to the node at start-up. All tools have this shape, so who has seen one has seen all.

use super::desk::Desk;
use crate::waits::Waits;
use axum::Router;
use planet_corridor::registry::Registry;
use planet_ontology::roles::Mode;
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
    /// What it brings to groups: rooms that a group has as soon as its mode does, without setting anything up.
    pub rooms: &'static [Room],
    /// What it knows to wait for members, for home and the bell.
    pub waits: Option<Waits>,
    /// What it can make of words that were said elsewhere.
    pub turns: &'static [Turn],
}

/// What a tool can make of words that were said in another: a message of a chat becomes a post, or a proposal. Whoever chooses it
/// lands in the tool's own form, with the words filled in; nothing is done yet.
#[derive(Clone, Copy, Debug)]
pub struct Turn {
    /// The key of its name.
    pub title: &'static str,
    /// Its icon, of those in `web/icons.json`.
    pub icon: &'static str,
    /// The form, for the group of this handle and these words.
    pub href: fn(&str, &str) -> String,
}

/// What a tool brings to groups. The page of a group lists the rooms of its mode, whichever tools they are of.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// The least mode that has it; every mode has the rooms of those before it.
    pub mode: Mode,
    /// The key of its name.
    pub title: &'static str,
    /// The key of a sentence that says what it is good for.
    pub about: &'static str,
    /// Its icon, of those in `web/icons.json`.
    pub icon: &'static str,
    /// Where it is, for the group of this handle.
    pub href: fn(&str) -> String,
    /// Who is shown the way.
    pub door: Door,
    /// Whether, in a private group, only the devices of its members can read what is in the room. Of other rooms the page of
    /// such a group says that the node can read them.
    pub sealed: bool,
}

/// Who is shown the way to a room. What the room then shows is its own affair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Whoever may read the group.
    Readers,
    /// Those who belong to the group.
    Members,
    /// Those who belong to the group, where it is private; other groups do not have the room.
    Sealed,
}
