//! The SQL of this room, by what it is about. Plain functions over a transaction; acts decide, these keep.

pub mod lines;
pub mod people;
pub mod reliefs;
pub mod shares;
pub mod terms;
