//! Taking an identity back with the paper words, from whoever has the keys now.

use super::{ConfirmWords, own};
use crate::checks;
use crate::keys::error::identity;
use crate::keys::held::{self, TakenBack};
use crate::keys::rows;
use planet_corridor::act::Act;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_identity::IdentityError;
use planet_identity::encoding::from_b64u;
use planet_identity::rows::{challenges, did_logs, passkeys, recovery, sessions, vaults};
use planet_identity::webvh::location::Kind;
use planet_identity::webvh::{Location, member};
use planet_ontology::acts::Authority;
use planet_ontology::entities::Profile;
use planet_ontology::ids::AgentId;
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Take the identity back with the paper words: its log goes on with the recovery key's own entry, the vault is a new one with new
/// keys, and every other way in ends, whoever had it.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeBack {
    /// The token of what the browser made; good once.
    pub held: String,
}

impl Act for TakeBack {
    const NAME: &'static str = "membership.take_back";
    const ABOUT: &'static str = "Take your identity back with your paper words; every other way in ends.";
    touches!(Profile, |_, _, actor| own(actor));
    type Output = ();
    const AUTHORITY: Authority = Authority::House;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let (agent, now) = (cx.agent()?, cx.now);
        let back: TakenBack = held::take(tx, cx, &self.held)?;
        let version = append(tx, agent, &back, now).map_err(identity)?;
        end_all(tx, agent)?;
        renew(tx, agent, &back, now).map_err(identity)?;
        let hash = checks::hash(&back.session.token_hash)?;
        sessions::open_hashed(tx, cx.id(), agent, &hash, &back.session.label, now).map_err(identity)?;
        cx.effect(json!({ "took_back": agent, "version": version }));
        Ok(())
    }
}

/// Lets the log go on with the recovery key's entry, and answers its number.
fn append(tx: &mut Tx, agent: AgentId, back: &TakenBack, now: Moment) -> Result<i64, IdentityError> {
    let hosted = did_logs::of(tx, agent)?.ok_or(IdentityError::DidUnknown)?;
    let log = did_logs::text_of(tx, agent)?.ok_or(IdentityError::DidUnknown)?;
    let path = hosted.place.strip_prefix("people/").ok_or(IdentityError::DidUnknown)?;
    let location = Location::new(&back.origin, Kind::Person, path)?;
    let grown = member::taken_back(&log, &back.entry, &location, &back.key, now)?;
    did_logs::append(tx, agent, hosted.version, &grown, &back.entry, now)?;
    Ok(hosted.version + 1)
}

/// Ends whatever whoever had the keys could come in by.
fn end_all(tx: &mut Tx, agent: AgentId) -> Result<(), Fault> {
    passkeys::forget_all(tx, agent).map_err(identity)?;
    recovery::forget_all(tx, agent).map_err(identity)?;
    sessions::end_all(tx, agent, None).map_err(identity)?;
    rows::end_other_ways(tx, agent)?;
    rows::words_not_confirmed(tx, agent, ConfirmWords::NAME)?;
    Ok(())
}

/// Puts the new vault and the new passkey in their places. Steps that others have begun for this member end.
fn renew(tx: &mut Tx, agent: AgentId, back: &TakenBack, now: Moment) -> Result<(), IdentityError> {
    let ciphertext = from_b64u(&back.ciphertext).ok_or(IdentityError::VaultMalformed)?;
    vaults::renew(tx, agent, &ciphertext, now)?;
    back.enrolment.keep(tx, agent, now)?;
    challenges::forget_all(tx, agent)
}
