//! The stories of planet-cedar: what the starter kits permit, and what is said about rules that cannot be. The store
//! and the corridor are not involved.

mod acts;
mod asking;
mod checker;
mod kits;
mod payments;
mod rights;
mod split;
