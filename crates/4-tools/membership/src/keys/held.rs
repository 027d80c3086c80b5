//! What waits between a browser's answer, which the handler has checked, and the act that uses it. The act carries only a token
//! that is good once: vaults, wraps and passkeys stay out of the event log, which is kept for ever and shown to others.

use super::error::{KeysError, identity};
use crate::arrival::SentWrap;
use crate::door::fresh_token;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_identity::IdentityError;
use planet_identity::encoding::{b64u, from_b64u};
use planet_identity::passkeys::NewPasskey;
use planet_identity::rows::recovery::NewCode;
use planet_identity::rows::vaults::{self, Kind};
use planet_identity::rows::{challenges, passkeys};
use planet_kit::web::Desk;
use planet_ontology::ids::{AgentId, MemberId};
use planet_ontology::units::Moment;
use planet_store::Tx;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What steps are begun for: signing in.
pub const SIGN_IN: &str = "sign-in";
/// Adding a passkey while signed in.
pub const ADD: &str = "passkey-add";
/// Coming back with a recovery code.
pub const RECOVER: &str = "recover";
/// Taking the identity back with the paper words.
pub const WORDS: &str = "words";
/// A program signing in with a key.
pub const KEY: &str = "key";

/// Something that waits for its act.
pub trait Held: Serialize + DeserializeOwned {
    /// Keeps the kinds apart.
    const PURPOSE: &'static str;
}

/// A passkey that was just made, with its way into the vault.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Enrolment {
    ticket: String,
    purpose: String,
    credential: String,
    passkey: Value,
    label: String,
    wrap: SentWrap,
}

/// A session to be opened.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewSession {
    /// SHA-256 of its token, base64url.
    pub token_hash: String,
    /// Which device.
    pub label: String,
}

/// Somebody who comes back with a recovery code.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Comeback {
    /// Which code.
    pub number: i64,
    /// The new passkey.
    pub enrolment: Enrolment,
    /// The session of the device.
    pub session: NewSession,
}

/// Somebody who takes the identity back with the paper words.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TakenBack {
    /// The club's origin.
    pub origin: String,
    /// The recovery key, as multikey.
    pub key: String,
    /// The next entry of the identity's log, one line.
    pub entry: String,
    /// The new vault, base64url.
    pub ciphertext: String,
    /// The new passkey.
    pub enrolment: Enrolment,
    /// The session of the device.
    pub session: NewSession,
}

/// A recovery code as the browser sends it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentCode {
    /// 0 to 9.
    pub index: i64,
    /// SHA-256 of the authenticating half, base64url.
    pub auth: String,
    /// The vault key under the other half, base64url.
    pub wrap: String,
}

/// A vault that replaces the one of `version`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewVault {
    /// The encrypted keys, base64url.
    pub ciphertext: String,
    /// The version that it replaces.
    pub version: i64,
}

/// A link for a second device.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewLink {
    /// SHA-256 of its token, base64url.
    pub token_hash: String,
    /// The vault key under the secret in the link's fragment, base64url.
    pub wrap: String,
}

impl Held for Enrolment {
    const PURPOSE: &'static str = "held-passkey";
}
impl Held for Comeback {
    const PURPOSE: &'static str = "held-comeback";
}
impl Held for TakenBack {
    const PURPOSE: &'static str = "held-taken-back";
}
impl Held for Vec<SentCode> {
    const PURPOSE: &'static str = "held-codes";
}
impl Held for NewVault {
    const PURPOSE: &'static str = "held-vault";
}
impl Held for NewLink {
    const PURPOSE: &'static str = "held-link";
}

/// How long something waits for its act, in seconds: the act follows at once.
const MOMENTS: i64 = 60;

/// Lets something wait, and answers the token for its act.
pub async fn hold<H: Held>(desk: &Desk, member: MemberId, held: &H) -> Result<String, Fault> {
    let state =
        serde_json::to_value(held).map_err(|error| Fault::Damaged(format!("What waits: {error}.")))?;
    begin(desk, H::PURPOSE, Some(member.into()), state, MOMENTS).await
}

/// Remembers a step that was begun, and answers its ticket.
pub async fn begin(
    desk: &Desk,
    purpose: &'static str,
    agent: Option<AgentId>,
    state: Value,
    seconds: i64,
) -> Result<String, Fault> {
    let (token, now) = (fresh_token()?, desk.now());
    let ticket = token.reveal();
    desk.store()
        .write(move |tx| challenges::begin(tx, &token, purpose, agent, &state, now, seconds))
        .await
        .map_err(identity)?;
    Ok(ticket)
}

/// Takes what waits for an act of this member.
pub fn take<H: Held>(tx: &mut Tx, cx: &Cx, token: &str) -> Result<H, Fault> {
    let waiting = challenges::take(tx, token, H::PURPOSE, cx.now).map_err(identity)?;
    if waiting.agent != cx.actor.agent() {
        return Err(KeysError::NotYours.into());
    }
    serde_json::from_value(waiting.state).map_err(|error| Fault::Damaged(format!("What waited: {error}.")))
}

impl Enrolment {
    /// A passkey that was checked, with the wrap that came along. `ticket` is that of the step, used up with it.
    pub fn new(
        made: &NewPasskey,
        wrap: SentWrap,
        label: String,
        ticket: (&str, &str),
    ) -> Result<Self, IdentityError> {
        let credential = b64u(&made.credential_id);
        let fits = match Kind::parse(&wrap.kind) {
            Some(Kind::Passkey) => wrap.reference == credential,
            Some(Kind::Passphrase) => true,
            None => false,
        };
        if !fits {
            return Err(IdentityError::VaultMalformed);
        }
        let (ticket, purpose) = (ticket.0.to_owned(), ticket.1.to_owned());
        Ok(Self { ticket, purpose, credential, passkey: made.passkey.clone(), label, wrap })
    }

    /// The credential id, base64url.
    pub fn credential(&self) -> &str {
        &self.credential
    }

    /// Keeps the passkey and its way into the vault, and uses the step up.
    pub fn keep(&self, tx: &mut Tx, agent: AgentId, now: Moment) -> Result<(), IdentityError> {
        challenges::take(tx, &self.ticket, &self.purpose, now)?;
        let credential_id = from_b64u(&self.credential).ok_or(IdentityError::PasskeyMalformed)?;
        let new = NewPasskey { credential_id, passkey: self.passkey.clone() };
        passkeys::add(tx, agent, &new, &self.label, now)?;
        let kind = Kind::parse(&self.wrap.kind).ok_or(IdentityError::VaultMalformed)?;
        vaults::put_wrap(tx, agent, kind, &self.wrap.reference, &wrapped(&self.wrap.wrap)?, now)
    }
}

impl SentCode {
    /// As the identity room keeps it.
    pub fn stored(&self) -> Result<NewCode, IdentityError> {
        Ok(NewCode { number: self.index, auth_hash: hash(&self.auth)?, wrapped: wrapped(&self.wrap)? })
    }
}

/// A wrapped vault key.
pub fn wrapped(text: &str) -> Result<Vec<u8>, IdentityError> {
    let bytes = from_b64u(text).ok_or(IdentityError::VaultMalformed)?;
    vaults::check_wrap(&bytes)?;
    Ok(bytes)
}

/// A SHA-256 hash.
pub fn hash(text: &str) -> Result<[u8; 32], IdentityError> {
    from_b64u(text).and_then(|bytes| bytes.try_into().ok()).ok_or(IdentityError::VaultMalformed)
}
