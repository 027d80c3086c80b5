//! What can be done with keys and devices: the only place that changes the rows of the identity room after joining.
//!
//! Acts that carry what a browser made take it from where it is [held](super::held). They belong to the house, as do all that give
//! or take a way in: only a handler that has checked the answer, and that a person's browser and no program sent it, may submit them.
//! The actor is always the member whose keys they are.

mod come_in;
mod devices;
mod keep;
mod sweep;
mod take_back;

pub use come_in::{By, Recover, SignIn};
pub use devices::{ApproveDevice, MakeDeviceLink, RemoveKey, SignOut, SignOutEverywhere};
pub use keep::{AddPasskey, ConfirmWords, RemovePasskey, SaveRecovery};
pub use sweep::Sweep;
pub use take_back::TakeBack;

use planet_corridor::act::Resource;
use planet_corridor::actor::Actor;
use planet_corridor::refusal::Fault;
use planet_ontology::entities::Profile;

/// Whoever acts, as what an act touches.
fn own(actor: &Actor) -> Result<Resource, Fault> {
    let agent = actor.agent().ok_or(super::error::KeysError::NotSignedIn)?;
    Ok(Resource::club(agent, &Profile { own: true }))
}
