//! Coming in: by a passkey, a key, a link from another device, or a recovery code.

use super::own;
use crate::checks;
use crate::keys::error::identity;
use crate::keys::held::{self, Comeback};
use planet_corridor::act::Act;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_identity::IdentityError;
use planet_identity::encoding::from_b64u;
use planet_identity::passkeys::{Claim, SignedIn};
use planet_identity::rows::{challenges, device_keys, device_links, passkeys, recovery, sessions};
use planet_ontology::acts::{Authority, Trace};
use planet_ontology::entities::Profile;
use planet_ontology::ids::{AgentId, SessionId};
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Sign in on a device.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// SHA-256 of the session's token, base64url. The token itself goes to the device and nowhere else.
    pub token_hash: String,
    /// Which device, in words for its owner.
    pub label: String,
    /// By what.
    pub by: By,
}

/// What opens the door. The handler has checked signatures; whether it is still good is decided here.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum By {
    /// A passkey.
    Passkey {
        /// The ticket of the step; good once.
        ticket: String,
        /// The credential id, base64url.
        credential: String,
        /// The passkey as it is to be stored from now on.
        passkey: Value,
        /// The authenticator's counter.
        counter: i64,
    },
    /// The key of a program.
    Key {
        /// Its `did:key`.
        key: String,
    },
    /// A link that another device made; good once.
    Link {
        /// Its token.
        token: String,
    },
    /// Nothing but a click: in the furnished town of `planet demo`, whose routes are not part of a club's node.
    Demonstration {},
}

impl Act for SignIn {
    const NAME: &'static str = "membership.sign_in";
    const ABOUT: &'static str = "Sign in on a device.";
    touches!(Profile, |_, _, actor| own(actor));
    type Output = SessionId;
    const TRACE: Trace = Trace::Counted;
    const AUTHORITY: Authority = Authority::House;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<SessionId, Fault> {
        let agent = cx.agent()?;
        self.by.open(tx, agent, cx.now).map_err(identity)?;
        let id = cx.id();
        let hash = checks::hash(&self.token_hash)?;
        sessions::open_hashed(tx, id, agent, &hash, &self.label, cx.now).map_err(identity)?;
        Ok(id)
    }
}

impl By {
    fn open(&self, tx: &mut Tx, agent: AgentId, now: Moment) -> Result<(), IdentityError> {
        match self {
            Self::Passkey { ticket, credential, passkey, counter } => {
                challenges::take(tx, ticket, held::SIGN_IN, now)?;
                let credential_id = from_b64u(credential).ok_or(IdentityError::PasskeyMalformed)?;
                let claim = Claim { agent, credential_id };
                passkeys::claimed(tx, &claim)?;
                let signed_in = SignedIn { passkey: passkey.clone(), counter: *counter };
                passkeys::used(tx, &claim.credential_id, &signed_in, now)
            }
            Self::Key { key } => {
                let known = device_keys::sign_in(tx, key, now)?;
                if known.agent == agent { Ok(()) } else { Err(IdentityError::DeviceKeyUnknown) }
            }
            Self::Link { token } => {
                let link = device_links::redeem(tx, token, now)?;
                if link.agent == agent { Ok(()) } else { Err(IdentityError::DeviceLinkInvalid) }
            }
            Self::Demonstration {} => Ok(()),
        }
    }
}

/// Come back with a recovery code: the code is spent, a new passkey is kept, and the device is signed in.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recover {
    /// The token of what the browser made; good once.
    pub held: String,
}

impl Act for Recover {
    const NAME: &'static str = "membership.recover";
    const ABOUT: &'static str = "Come back in with a recovery code and a new passkey.";
    touches!(Profile, |_, _, actor| own(actor));
    type Output = ();
    const AUTHORITY: Authority = Authority::House;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let agent = cx.agent()?;
        let comeback: Comeback = held::take(tx, cx, &self.held)?;
        recovery::spend(tx, agent, comeback.number, cx.now).map_err(identity)?;
        comeback.enrolment.keep(tx, agent, cx.now).map_err(identity)?;
        let hash = checks::hash(&comeback.session.token_hash)?;
        sessions::open_hashed(tx, cx.id(), agent, &hash, &comeback.session.label, cx.now).map_err(identity)
    }
}
