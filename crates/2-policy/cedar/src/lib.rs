//! The policy engine: Cedar behind [`planet_policy::Engine`], and the starter kits. Only the node links this crate,
//! so that nothing else pays for building Cedar.
//!
//! - [`engine`]: rules in force; answers questions. An evaluation error is a no.
//! - [`policies`]: reads and checks a bundle's policies: strict types, annotations, whom they name.
//! - [`rights`]: what no rules may take from a member, tried out on every bundle before it comes into force.
//! - [`kits`]: the bundles that clubs begin with, in Cedar that members can read.

pub mod engine;
pub mod kits;
pub mod policies;
mod reasons;
pub mod rights;
mod subjects;
mod untaken;

pub use engine::CedarEngine;
pub use kits::{KitError, KitTitle};
