//! What a member sees of the own keys and devices. Nobody sees those of others. The vault is no view: programs can't have it.

use super::acts::ConfirmWords;
use super::error::identity;
use super::rows;
use planet_corridor::act::{Act, View};
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_identity::encoding::b64u;
use planet_identity::rows::vaults::{Vault, Wrap};
use planet_identity::rows::{device_keys, did_logs, passkeys, recovery, sessions, vaults};
use planet_ontology::ids::{AgentId, SessionId};
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Your passkeys, signed-in devices, programs, and what you have for the day you lose them.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Devices {}

/// A member's ways in.
#[derive(Serialize, JsonSchema)]
pub struct DeviceList {
    /// Passkeys, oldest first.
    pub passkeys: Vec<PasskeyLine>,
    /// Signed-in devices, last used first.
    pub sessions: Vec<SessionLine>,
    /// Programs that may sign in, oldest first.
    pub programs: Vec<ProgramLine>,
    /// What there is for the day on which a passkey is lost.
    pub recovery: RecoveryStatus,
}

/// A passkey.
#[derive(Serialize, JsonSchema)]
pub struct PasskeyLine {
    /// The credential id, base64url.
    pub id: String,
    /// What its owner calls it.
    pub label: String,
    /// Since when, in microseconds.
    pub created: Moment,
    /// When it last signed in.
    pub last_used: Option<Moment>,
}

/// A signed-in device.
#[derive(Serialize, JsonSchema)]
pub struct SessionLine {
    /// The session.
    pub id: SessionId,
    /// Which device.
    pub label: String,
    /// Since when.
    pub created: Moment,
    /// When it was last in use.
    pub last_seen: Moment,
}

/// A program that may sign in.
#[derive(Serialize, JsonSchema)]
pub struct ProgramLine {
    /// Its `did:key`.
    pub key: String,
    /// What it calls itself.
    pub label: String,
    /// Since when.
    pub created: Moment,
    /// When it last signed in.
    pub last_used: Option<Moment>,
}

/// How ready somebody is for a lost passkey.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct RecoveryStatus {
    /// Unspent recovery codes.
    pub codes_left: i64,
    /// Whether the paper words were confirmed.
    pub words_confirmed: bool,
    /// Whether there is a vault at all: the node holds the keys of those who have none.
    pub has_vault: bool,
}

impl RecoveryStatus {
    /// Whether nothing is left to do. Those whose keys the node holds come back by asking a steward.
    pub const fn ready(self) -> bool {
        !self.has_vault || (self.codes_left > 0 && self.words_confirmed)
    }
}

impl View for Devices {
    const NAME: &'static str = "membership.devices";
    const ABOUT: &'static str =
        "Your passkeys, devices and programs, and what you have for the day you lose them.";
    type Output = DeviceList;

    fn read(&self, look: &mut Look) -> Result<DeviceList, Fault> {
        let (agent, now): (AgentId, _) = (look.member()?.into(), look.now);
        let passkeys = passkeys::of(look.tx, agent).map_err(identity)?;
        let sessions = sessions::of(look.tx, agent, now).map_err(identity)?;
        let programs = device_keys::of(look.tx, agent).map_err(identity)?;
        Ok(DeviceList {
            passkeys: passkeys
                .into_iter()
                .map(|it| PasskeyLine {
                    id: b64u(&it.credential_id),
                    label: it.label,
                    created: it.created,
                    last_used: it.last_used,
                })
                .collect(),
            sessions: sessions
                .into_iter()
                .map(|it| SessionLine {
                    id: it.id,
                    label: it.label,
                    created: it.created,
                    last_seen: it.last_seen,
                })
                .collect(),
            programs: programs
                .into_iter()
                .map(|it| ProgramLine {
                    key: it.did_key,
                    label: it.label,
                    created: it.created,
                    last_used: it.last_used,
                })
                .collect(),
            recovery: recovery_status(look.tx, agent)?,
        })
    }
}

/// How ready somebody is for a lost passkey; also for the page that greets newcomers.
pub fn recovery_status(tx: &mut Tx, agent: AgentId) -> Result<RecoveryStatus, Fault> {
    Ok(RecoveryStatus {
        codes_left: recovery::left(tx, agent).map_err(identity)?,
        words_confirmed: rows::has_done(tx, agent, ConfirmWords::NAME)?,
        has_vault: vaults::of(tx, agent).is_ok(),
    })
}

/// A vault with its ways in.
#[derive(Serialize)]
pub struct SealedVault {
    /// The identifier whose keys it holds.
    pub did: Option<String>,
    /// The vault.
    pub vault: VaultParts,
}

/// The parts of a vault; the protocol page on identity has the bytes.
#[derive(Serialize)]
pub struct VaultParts {
    /// The encrypted keys, base64url.
    pub ciphertext: String,
    /// Which version it is.
    pub version: i64,
    /// The ways in.
    pub wraps: Vec<WrapLine>,
}

/// One way into a vault.
#[derive(Serialize)]
pub struct WrapLine {
    /// `passkey`, `passphrase`, `recovery` or `device-link`.
    pub kind: String,
    /// The credential id, or how the passphrase was stretched.
    pub reference: String,
    /// The wrapped vault key, base64url.
    pub wrap: String,
}

impl From<Wrap> for WrapLine {
    fn from(wrap: Wrap) -> Self {
        Self { kind: wrap.kind, reference: wrap.reference, wrap: b64u(&wrap.wrapped) }
    }
}

impl SealedVault {
    /// The vault of somebody, with all ways in by passkey or passphrase.
    pub fn of(tx: &mut Tx, agent: AgentId) -> Result<Self, Fault> {
        let wraps = vaults::wraps(tx, agent).map_err(identity)?;
        Self::with(tx, agent, wraps.into_iter().map(WrapLine::from).collect())
    }

    /// The vault of somebody, with these ways in.
    pub fn with(tx: &mut Tx, agent: AgentId, wraps: Vec<WrapLine>) -> Result<Self, Fault> {
        let Vault { version, ciphertext } = vaults::of(tx, agent).map_err(identity)?;
        let did = did_logs::of(tx, agent).map_err(identity)?.map(|hosted| hosted.did);
        Ok(Self { did, vault: VaultParts { ciphertext: b64u(&ciphertext), version, wraps } })
    }
}

/// The program that waits under a code.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeviceRequest {
    /// The code that the program shows.
    pub code: String,
}

/// A program that asks to act as somebody.
#[derive(Serialize, JsonSchema)]
pub struct Requested {
    /// What it calls itself.
    pub label: String,
    /// Its `did:key`.
    pub key: String,
    /// Whether it was approved already.
    pub approved: bool,
}

impl View for DeviceRequest {
    const NAME: &'static str = "membership.device_request";
    const ABOUT: &'static str = "The program that shows a code and waits for your approval.";
    type Output = Requested;

    fn read(&self, look: &mut Look) -> Result<Requested, Fault> {
        look.member()?;
        let grant = device_keys::waiting(look.tx, &self.code, look.now).map_err(identity)?;
        Ok(Requested { label: grant.label, key: grant.did_key, approved: grant.approved_by.is_some() })
    }
}
