//! What there is: the types, words, ids and units that every floor shares. No I/O, no clock, no randomness.
//!
//! Cedar's schema, the JSON-LD context and the page of words are generated from what is defined here, so that
//! a thing has one definition and one name everywhere.

pub mod acts;
pub mod assumptions;
pub mod audience;
pub mod calendar;
pub mod entities;
pub mod generate;
pub mod hex;
pub mod ids;
pub mod relevance;
pub mod roles;
pub mod units;
pub mod words;
