//! The keys of the house: signing in and out, devices, recovery, and programs that sign in with a key of their own.
//! Becoming a member is not here; that is the rest of this crate. What a passkey is, only the identity room knows.
//!
//! | file | what it does |
//! |---|---|
//! | [`acts`] | the only place that changes something: thirteen acts |
//! | [`views`] | what a member sees of the own devices, programs and recovery |
//! | [`held`] | what waits between an answer and its act, so that no secret enters the event log |
//! | [`sent`] | the JSON that browsers and programs send, and how they are answered |
//! | [`pages`], [`api`], [`demo`] | the handlers: for people, for programs, for the demonstration |
//! | `known` | whose session a token is |
//! | [`rotation`] | exchanges the token of a session once a day |
//!
//! Invariants: tokens come to an act as hashes only; whoever ends sessions tells `desk.sessions()`.

pub mod acts;
pub mod api;
pub mod demo;
pub mod error;
pub mod held;
mod known;
pub mod label;
pub mod pages;
pub mod rotation;
mod rows;
pub mod sent;
pub mod views;

use axum::Router;
use planet_corridor::registry::Registry;
use planet_kit::web::Desk;

pub use demo::routes as demo_routes;
pub use known::find_session;
pub use rotation::rotate_if_old;

/// The English texts of this module.
pub const TEXTS: &str = include_str!("../../texts/keys.en.ftl");

/// Adds the acts and views of this module.
pub fn register(registry: Registry) -> Registry {
    registry
        .act::<acts::SignIn>()
        .act::<acts::Recover>()
        .act::<acts::TakeBack>()
        .act::<acts::SignOut>()
        .act::<acts::SignOutEverywhere>()
        .act::<acts::AddPasskey>()
        .act::<acts::RemovePasskey>()
        .act::<acts::SaveRecovery>()
        .act::<acts::ConfirmWords>()
        .act::<acts::MakeDeviceLink>()
        .act::<acts::ApproveDevice>()
        .act::<acts::RemoveKey>()
        .act::<acts::Sweep>()
        .view::<views::Devices>()
        .view::<views::DeviceRequest>()
}

/// The routes of this module.
pub fn routes() -> Router<Desk> {
    pages::routes().merge(api::routes())
}
