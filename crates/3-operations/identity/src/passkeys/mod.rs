//! Passkeys behind a trait of ours, so that the library can be exchanged. What is remembered between two steps, and the
//! passkey itself, are opaque JSON to everybody else. Each state is answered once: see `rows::challenges`.

mod webauthn;

pub use webauthn::WebauthnPasskeys;

use crate::error::IdentityError;
use planet_ontology::ids::AgentId;
use serde_json::Value;

/// Whose passkey it will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Written into the passkey, so that signing in needs no name.
    pub agent: AgentId,
    /// What the device shows in its list.
    pub name: String,
}

/// A ceremony has begun.
#[derive(Clone, Debug, PartialEq)]
pub struct Begun {
    /// For the browser: `{"publicKey": {…}}`.
    pub options: Value,
    /// For the node, until the answer comes.
    pub state: Value,
}

/// A passkey just made.
#[derive(Clone, Debug, PartialEq)]
pub struct NewPasskey {
    /// How the authenticator calls it.
    pub credential_id: Vec<u8>,
    /// To be stored as it is.
    pub passkey: Value,
}

/// Who an answer claims to be, before anything was checked: enough to look up the passkey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Whose passkey it says it is.
    pub agent: AgentId,
    /// Which passkey it says it used.
    pub credential_id: Vec<u8>,
}

/// Somebody has shown that they hold a passkey and unlocked it.
#[derive(Clone, Debug, PartialEq)]
pub struct SignedIn {
    /// The passkey as it is to be stored from now on.
    pub passkey: Value,
    /// The authenticator's counter; 0 when it keeps none.
    pub counter: i64,
}

/// Registers passkeys and signs in with them. Always discoverable, always with user verification.
pub trait Passkeys: Send + Sync {
    /// Begins to make a passkey; `existing` are those that the person has already.
    fn begin_registration(&self, person: &Person, existing: &[Vec<u8>]) -> Result<Begun, IdentityError>;
    /// Checks the answer to [`Passkeys::begin_registration`].
    fn finish_registration(&self, state: &Value, answer: &Value) -> Result<NewPasskey, IdentityError>;
    /// Begins to sign in, without a name.
    fn begin_sign_in(&self) -> Result<Begun, IdentityError>;
    /// Reads who an answer claims to be.
    fn claim(&self, answer: &Value) -> Result<Claim, IdentityError>;
    /// Checks the answer to [`Passkeys::begin_sign_in`] against the stored passkey.
    fn finish_sign_in(
        &self,
        state: &Value,
        answer: &Value,
        passkey: &Value,
    ) -> Result<SignedIn, IdentityError>;
}
