//! Stories about keys, told through the pages' own routes on both engines: signing in and out, devices, recovery, programs.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story whose ground is missing has failed, and its helpers are not #[test] functions themselves"
)]

// The authenticator of the identity room's own stories.
#[path = "../../../../3-operations/identity/tests/it/authenticator.rs"]
mod authenticator;
mod devices;
mod house;
mod programs;
mod recovery;
mod signing_in;
mod words;
