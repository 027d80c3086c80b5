//! The stories of planet-policy: how votes are counted and how procedures are read. No engine is involved.

mod counting;
mod delegating;
mod reading;
