//! Keeping keys safe: passkeys, recovery codes, paper words.

use super::own;
use crate::keys::error::identity;
use crate::keys::held::{self, Enrolment, NewVault, SentCode};
use crate::keys::rows;
use planet_corridor::act::Act;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_identity::IdentityError;
use planet_identity::encoding::from_b64u;
use planet_identity::rows::{passkeys, recovery, vaults};
use planet_ontology::acts::Authority;
use planet_ontology::entities::Profile;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Declares acts that take what a browser made from where it is held.
macro_rules! held_acts {
    ($($(#[$doc:meta])* $name:ident = $act:literal, $about:literal, |$tx:ident, $cx:ident, $held:ident: $kind:ty| $body:block)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// The token of what the browser made; good once.
            pub held: String,
        }

        impl Act for $name {
            const NAME: &'static str = $act;
            const ABOUT: &'static str = $about;
            type Output = ();
            const AUTHORITY: Authority = Authority::House;

            touches!(Profile, |_, _, actor| own(actor));

            fn perform(&self, $tx: &mut Tx, $cx: &mut Cx) -> Result<(), Fault> {
                let $held: $kind = held::take($tx, $cx, &self.held)?;
                $body
            }
        }
    )+};
}

held_acts! {
    /// Add a passkey, and with it a way into the vault.
    AddPasskey = "membership.add_passkey", "Add a passkey to sign in with.",
    |tx, cx, enrolment: Enrolment| {
        enrolment.keep(tx, cx.agent()?, cx.now).map_err(identity)
    }

    /// Replace all recovery codes by ten new ones.
    SaveRecovery = "membership.save_recovery", "Keep ten new recovery codes; older ones end.",
    |tx, cx, codes: Vec<SentCode>| {
        let codes: Result<Vec<_>, IdentityError> = codes.iter().map(SentCode::stored).collect();
        recovery::replace(tx, cx.agent()?, &codes.map_err(identity)?, cx.now).map_err(identity)
    }

    /// Say that the paper words are written down: the vault keeps no copy of them from now on.
    ConfirmWords = "membership.confirm_words", "Confirm that the paper words are written down.",
    |tx, cx, vault: NewVault| {
        let agent = cx.agent()?;
        let ciphertext = from_b64u(&vault.ciphertext).ok_or(IdentityError::VaultMalformed).map_err(identity)?;
        vaults::replace(tx, agent, vault.version, &ciphertext, cx.now).map_err(identity)?;
        rows::words_confirmed(tx, agent, Self::NAME, cx.now)?;
        Ok(())
    }
}

/// Remove a passkey, and with it its way into the vault. The last one stays.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemovePasskey {
    /// The credential id, base64url.
    pub passkey: String,
}

impl Act for RemovePasskey {
    const NAME: &'static str = "membership.remove_passkey";
    const ABOUT: &'static str = "Remove one of your passkeys.";
    touches!(Profile, |_, _, actor| own(actor));
    type Output = ();
    const AUTHORITY: Authority = Authority::House;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let id = from_b64u(&self.passkey).ok_or(IdentityError::PasskeyUnknown).map_err(identity)?;
        passkeys::remove(tx, cx.agent()?, &id).map_err(identity)
    }
}
