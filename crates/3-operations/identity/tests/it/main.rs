//! Stories about identities, told on both engines; and what a browser and an authenticator really send.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story whose ground is missing has failed, and its helpers are not #[test] functions themselves"
)]

mod authenticator;
mod browser;
mod devices;
mod logs;
mod passkeys;
mod recovery;
mod sessions;
mod statements;
mod vaults;

use planet_ontology::ids::AgentId;
use planet_ontology::units::Moment;

/// When these stories begin.
const NOW: Moment = Moment(1_795_000_000_000_000);

fn at(seconds: i64) -> Moment {
    NOW.plus_seconds(seconds)
}

fn ada() -> AgentId {
    AgentId(uuid::Uuid::from_u128(0xada))
}

fn bob() -> AgentId {
    AgentId(uuid::Uuid::from_u128(0xb0b))
}
