//! The one implementation of [`Passkeys`]: webauthn-rs 0.6, with its challenges adjusted to what our pages need.

use super::{Begun, Claim, NewPasskey, Passkeys, Person, SignedIn};
use crate::error::IdentityError;
use planet_ontology::ids::AgentId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use webauthn_rs::WebauthnBuilder;
use webauthn_rs::prelude::{
    CredentialID, DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Webauthn, WebauthnError,
};
use webauthn_rs_proto::ResidentKeyRequirement;

/// Passkeys for one club: they are bound to its domain and to its origin.
pub struct WebauthnPasskeys(Webauthn);

impl WebauthnPasskeys {
    /// For a club at `origin`, like `https://club.example` or `http://localhost:7700`. `rp_id` is its host or a parent domain;
    /// `club` is what the browser shows.
    pub fn new(origin: &str, rp_id: &str, club: &str) -> Result<Self, IdentityError> {
        let origin = url::Url::parse(origin).map_err(|_| IdentityError::OriginInvalid)?;
        let webauthn = WebauthnBuilder::new(rp_id, &origin).and_then(|builder| builder.rp_name(club).build());
        webauthn.map(Self).map_err(|_| IdentityError::OriginInvalid)
    }
}

impl Passkeys for WebauthnPasskeys {
    fn begin_registration(&self, person: &Person, existing: &[Vec<u8>]) -> Result<Begun, IdentityError> {
        let existing = existing.iter().map(|id| CredentialID::from(id.clone())).collect();
        let begun =
            self.0.start_passkey_registration(person.agent.0, &person.name, &person.name, Some(existing));
        let (mut options, state) = begun.map_err(refused)?;
        // The library only prefers discoverable passkeys; signing in without a name needs them.
        if let Some(selection) = &mut options.public_key.authenticator_selection {
            selection.resident_key = Some(ResidentKeyRequirement::Required);
            selection.require_resident_key = true;
        }
        Ok(Begun { options: to_json(&options)?, state: to_json(&state)? })
    }

    fn finish_registration(&self, state: &Value, answer: &Value) -> Result<NewPasskey, IdentityError> {
        refuse_secrets(answer)?;
        let answer: RegisterPublicKeyCredential = from_json(answer)?;
        let state: PasskeyRegistration = from_json(state)?;
        let passkey = self.0.finish_passkey_registration(&answer, &state).map_err(refused)?;
        Ok(NewPasskey { credential_id: Vec::from(passkey.cred_id().as_slice()), passkey: to_json(&passkey)? })
    }

    fn begin_sign_in(&self) -> Result<Begun, IdentityError> {
        let (mut options, state) = self.0.start_discoverable_authentication().map_err(refused)?;
        // The library forces autofill; our pages have a plain button.
        options.mediation = None;
        Ok(Begun { options: to_json(&options)?, state: to_json(&state)? })
    }

    fn claim(&self, answer: &Value) -> Result<Claim, IdentityError> {
        let answer: PublicKeyCredential = from_json(answer)?;
        let (agent, id) = self.0.identify_discoverable_authentication(&answer).map_err(refused)?;
        Ok(Claim { agent: AgentId(agent), credential_id: id.to_vec() })
    }

    fn finish_sign_in(
        &self,
        state: &Value,
        answer: &Value,
        passkey: &Value,
    ) -> Result<SignedIn, IdentityError> {
        refuse_secrets(answer)?;
        let answer: PublicKeyCredential = from_json(answer)?;
        let state: DiscoverableAuthentication = from_json(state)?;
        let mut passkey: Passkey = from_json(passkey)?;
        let result =
            self.0.finish_discoverable_authentication_v2(&answer, state, &passkey).map_err(refused)?;
        if !result.user_verified() {
            return Err(IdentityError::PasskeyRefused);
        }
        passkey.update_credential(&result);
        Ok(SignedIn { passkey: to_json(&passkey)?, counter: i64::from(result.counter()) })
    }
}

/// A browser that sends the result of the PRF extension has given away the secret that wraps the member's keys. The library
/// would drop it silently; we refuse, so that the mistake is seen.
fn refuse_secrets(answer: &Value) -> Result<(), IdentityError> {
    let results = ["clientExtensionResults", "extensions"].iter().filter_map(|name| answer.get(name));
    for result in results {
        let prf = result.pointer("/prf/results").is_some_and(|value| !value.is_null());
        let hmac = ["hmacGetSecret", "hmac_get_secret"]
            .iter()
            .any(|name| result.get(name).is_some_and(|v| !v.is_null()));
        if prf || hmac {
            return Err(IdentityError::PrfSecretSent);
        }
    }
    Ok(())
}

fn to_json(value: &impl Serialize) -> Result<Value, IdentityError> {
    serde_json::to_value(value).map_err(|_| IdentityError::PasskeyMalformed)
}

fn from_json<T: DeserializeOwned>(value: &Value) -> Result<T, IdentityError> {
    T::deserialize(value).map_err(|_| IdentityError::PasskeyMalformed)
}

fn refused(error: WebauthnError) -> IdentityError {
    match error {
        WebauthnError::CredentialPossibleCompromise => IdentityError::PasskeyCloned,
        WebauthnError::ParseBase64Failure(_)
        | WebauthnError::ParseCBORFailure(_)
        | WebauthnError::ParseJSONFailure(_) => IdentityError::PasskeyMalformed,
        WebauthnError::CredentialNotFound | WebauthnError::InvalidUserUniqueId => {
            IdentityError::PasskeyUnknown
        }
        _ => IdentityError::PasskeyRefused,
    }
}
