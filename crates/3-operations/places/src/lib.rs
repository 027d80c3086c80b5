//! Places: the tree of countries, districts, towns, neighbourhoods and streets, and which of them is whose home.
//! No coordinates and no distances: nobody can be looked for by how near they are.
//!
//! - [`gazetteer`] knows the towns of the world and is part of the program. It needs no database.
//! - [`tree`] is the places in use: a town enters the database when somebody chooses it, and members add
//!   neighbourhoods and streets below it.
//! - [`homes`] says where an agent lives, and how much of that others may see.
//! - [`local`] says whom something of a local relevance reaches. It narrows what is shown; who may see a thing at all is
//!   the affair of audiences.
//!
//! The kinds of places are the levels of [`Relevance`](planet_ontology::relevance::Relevance) below *world*.

pub mod error;
pub mod fold;
pub mod gazetteer;
pub mod homes;
pub mod local;
pub mod tree;

pub use error::PlaceError;
pub use fold::fold;
pub use gazetteer::{Country, Division, Town};
pub use homes::{Home, clear_home, home, reach, set_home, shown};
pub use local::{Resolved, reaches, resolve};
pub use tree::{
    Ancestors, Place, add, ancestors, children, ensure_country, ensure_town, find, merge, take_into_use,
};

use planet_store::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { name: "places-0001", sql: include_str!("../migrations/0001.sql") }];
