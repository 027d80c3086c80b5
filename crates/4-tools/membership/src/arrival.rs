//! An arrival: what somebody's browser made in the ceremony of joining. It waits as a one-time challenge until the act takes it,
//! so that vault and passkey never enter the event log; the log gets the identifier.

use crate::error::{self, MembershipError};
use crate::rows;
use planet_corridor::agents::{self, NewAgent};
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_identity::IdentityError;
use planet_identity::encoding::{b64u, from_b64u};
use planet_identity::passkeys::NewPasskey;
use planet_identity::rows::{Token, challenges, did_logs, passkeys, vaults};
use planet_identity::webvh::location::Kind;
use planet_identity::webvh::{Location, member};
use planet_ontology::ids::{InvitationId, MemberId};
use planet_ontology::roles::Role;
use planet_ontology::units::Moment;
use planet_store::Tx;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What arrivals wait under.
const PURPOSE: &str = "arrival";

/// A vault as browsers send it; the protocol page has the bytes.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentVault {
    /// Encrypted keys, base64url.
    pub ciphertext: String,
    /// Absent in a first vault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// The ways in.
    pub wraps: Vec<SentWrap>,
}

/// One way into a vault.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentWrap {
    /// `passkey` or `passphrase` here.
    pub kind: String,
    /// The credential id, or how the passphrase was stretched.
    pub reference: String,
    /// 60 bytes, base64url.
    pub wrap: String,
}

/// A passkey that was checked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MadePasskey {
    /// The credential id, base64url.
    pub id: String,
    /// As the identity room stores it.
    pub passkey: Value,
    /// Which device, in words for its owner.
    pub label: String,
}

/// Everything that a ceremony brought. For people who cannot hold keys, the node makes the log and keeps the keys `sealed`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Arrival {
    /// Who it will be.
    pub member: MemberId,
    /// The club's origin.
    pub origin: String,
    /// The path of the identifier's log.
    pub path: String,
    /// The first entry of the log, one line.
    pub did_log: String,
    /// The passkey, for those who have one.
    pub passkey: Option<MadePasskey>,
    /// The vault, for those who hold their keys.
    pub vault: Option<SentVault>,
    /// The keys that the node keeps, encrypted, base64url.
    pub sealed: Option<String>,
    /// The ticket of the ceremony, which is used up together with the arrival.
    pub ticket: Option<(String, String)>,
}

/// Lets an arrival wait for its act, under a token that the act carries.
pub fn wait(tx: &mut Tx, token: &Token, arrival: &Arrival, now: Moment) -> Result<(), Fault> {
    let state = serde_json::to_value(arrival).map_err(|_| MembershipError::CeremonyMalformed)?;
    let agent = Some(arrival.member.into());
    challenges::begin(tx, token, PURPOSE, agent, &state, now, challenges::CEREMONY).map_err(error::identity)
}

/// Takes an arrival, and the ticket of its ceremony: both are good once.
pub fn take(tx: &mut Tx, token: &str, now: Moment) -> Result<Arrival, Fault> {
    let waiting = challenges::take(tx, token, PURPOSE, now).map_err(error::identity)?;
    let arrival: Arrival = serde_json::from_value(waiting.state)
        .map_err(|error| Fault::Damaged(format!("An arrival: {error}.")))?;
    if let Some((ticket, purpose)) = &arrival.ticket {
        challenges::take(tx, ticket, purpose, now).map_err(error::identity)?;
    }
    Ok(arrival)
}

/// How somebody comes in.
pub struct Welcome<'a> {
    /// The name.
    pub name: &'a str,
    /// The role in the club.
    pub role: Role,
    /// Until when founder's powers last.
    pub founder_until: Option<Moment>,
    /// The invitation that was used.
    pub invitation: Option<InvitationId>,
}

impl Arrival {
    /// Makes a member of the person who arrived: agent, identifier, passkey, vault.
    pub fn come_in(&self, tx: &mut Tx, cx: &mut Cx, welcome: &Welcome) -> Result<MemberId, Fault> {
        let (id, now) = (self.member, cx.now);
        let number = rows::clubs::next_number(tx)?;
        let handle = agents::free_handle(tx, welcome.name)?;
        let new = NewAgent { handle: &handle, name: welcome.name, now };
        agents::create_member(tx, id, &new, welcome.role, welcome.founder_until)?;
        rows::clubs::add_joining(tx, id, number, welcome.invitation, now)?;
        let did = self.keep_identity(tx, now).map_err(error::identity)?;
        cx.effect(json!({ "joined": id, "number": number, "did": did }));
        Ok(id)
    }

    fn keep_identity(&self, tx: &mut Tx, now: Moment) -> Result<String, IdentityError> {
        let agent = self.member.into();
        let location = Location::new(&self.origin, Kind::Person, &self.path)?;
        let log = member::first_entry(&self.did_log, &location, now)?;
        let sealed = self.sealed.as_deref().and_then(from_b64u);
        did_logs::host(tx, agent, &location, &log, &self.did_log, sealed.as_deref(), now)?;
        if let Some(made) = &self.passkey {
            passkeys::add(tx, agent, &made.stored()?, &made.label, now)?;
        }
        if let Some(vault) = &self.vault {
            let (kind, wrap) = self.wrap(vault)?;
            let bytes = |text: &str| from_b64u(text).ok_or(IdentityError::VaultMalformed);
            vaults::create(tx, agent, &bytes(&vault.ciphertext)?, now)?;
            vaults::put_wrap(tx, agent, kind, &wrap.reference, &bytes(&wrap.wrap)?, now)?;
        }
        Ok(location.did(log.scid()))
    }

    /// The one way into a first vault: the passkey that was just made, or a passphrase.
    fn wrap<'v>(&self, vault: &'v SentVault) -> Result<(vaults::Kind, &'v SentWrap), IdentityError> {
        let [wrap] = vault.wraps.as_slice() else { return Err(IdentityError::VaultMalformed) };
        let kind = vaults::Kind::parse(&wrap.kind).ok_or(IdentityError::VaultMalformed)?;
        let own = self.passkey.as_ref().is_some_and(|made| made.id == wrap.reference);
        if vault.version.is_some() || (kind == vaults::Kind::Passkey && !own) {
            return Err(IdentityError::VaultMalformed);
        }
        Ok((kind, wrap))
    }
}

impl MadePasskey {
    /// A passkey that was just checked.
    pub fn new(made: &NewPasskey, label: String) -> Self {
        Self { id: b64u(&made.credential_id), passkey: made.passkey.clone(), label }
    }

    fn stored(&self) -> Result<NewPasskey, IdentityError> {
        let credential_id = from_b64u(&self.id).ok_or(IdentityError::PasskeyMalformed)?;
        Ok(NewPasskey { credential_id, passkey: self.passkey.clone() })
    }
}
