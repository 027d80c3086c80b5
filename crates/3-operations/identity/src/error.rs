//! What can go wrong with somebody's identity, as sentences for that person. Nothing here tells an attacker which half was right.

use crate::webvh::Refusal;
use planet_store::MaybeRetry;

/// Why the identity room refused.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// The log of an identifier does not hold; the refusal says which entry and why.
    #[error("This identity can't be accepted: {0}. Nothing was changed.")]
    DidLogInvalid(#[from] Refusal),
    /// The place or the identifier has an owner already.
    #[error("This address is already taken by another identity. Choose another one.")]
    DidTaken,
    /// No log is kept here for that agent or place.
    #[error("There is no identity here under that address.")]
    DidUnknown,
    /// Somebody else appended an entry in the meantime.
    #[error("Your identity was changed on another device a moment ago. Reload the page and try again.")]
    DidLogMoved,
    /// A path for a log is letters, digits and hyphens.
    #[error(
        "An address may have 1 to 64 small letters, digits and hyphens, with a letter or digit at both ends."
    )]
    PathInvalid,
    /// The club's origin cannot carry identities.
    #[error("The club's web address must look like https://club.example, without a path.")]
    OriginInvalid,
    /// A key file or key text cannot be read.
    #[error("This key can't be read. It may be damaged or of another kind.")]
    KeyUnreadable,
    /// What was sealed was altered, or sealed under another key.
    #[error("These kept keys can't be opened with this node's key.")]
    SealBroken,
    /// Not a vault, wrap or hash of the sizes in the protocol page.
    #[error(
        "The encrypted keys your browser sent are not in the expected form. Reload the page and try again."
    )]
    VaultMalformed,
    /// Another device saved the vault first.
    #[error("Your keys were saved by another device a moment ago. Reload the page and try again.")]
    VaultMoved,
    /// No vault is kept for that agent.
    #[error("There is no vault here for you yet.")]
    VaultUnknown,
    /// The page sent what only the browser may know.
    #[error(
        "Your browser sent a secret that must stay on your device, so we refused it. Reload the page and try again."
    )]
    PrfSecretSent,
    /// The answer of the authenticator is not one.
    #[error("Your device's answer could not be read. Try again.")]
    PasskeyMalformed,
    /// No such passkey here.
    #[error("We don't know this passkey. Use another one, or a recovery code.")]
    PasskeyUnknown,
    /// The credential is registered already.
    #[error("This passkey is already registered. Sign in with it instead.")]
    PasskeyTaken,
    /// Signature, challenge, origin or user verification do not match.
    #[error("The passkey could not be confirmed. Try again and unlock your device when it asks.")]
    PasskeyRefused,
    /// The counter went backwards: maybe a copy of the authenticator exists.
    #[error(
        "This passkey may have been copied, so it is not accepted. Use another passkey or a recovery code, then remove it."
    )]
    PasskeyCloned,
    /// Taking away the last way in would lock the member out.
    #[error("This is your only way in. Add another passkey before you remove it.")]
    PasskeyLast,
    /// No such challenge was given out.
    #[error("This step was not begun here. Start again.")]
    ChallengeUnknown,
    /// Answered once already.
    #[error("This step was already completed once. Start again.")]
    ChallengeUsed,
    /// Answered too late.
    #[error("This step took too long. Start again.")]
    ChallengeExpired,
    /// No such session, or it has ended.
    #[error("You are signed out. Sign in again.")]
    SessionUnknown,
    /// Wrong, spent or replaced. One sentence for all three, so that nobody learns which.
    #[error("This recovery code is not valid. It may be mistyped, already used, or replaced by newer codes.")]
    RecoveryCodeInvalid,
    /// The message, nonce or signature of a key sign-in does not match.
    #[error("This key could not sign in. The message must be signed for this club and within a minute.")]
    KeySignInRefused,
    /// Not a key registered for the command line.
    #[error("This key is not registered here. Run `planet login` and approve it in your browser.")]
    DeviceKeyUnknown,
    /// The key belongs to somebody already.
    #[error("This key is already registered. Make a new one with `planet login`.")]
    DeviceKeyTaken,
    /// Wrong, used or timed-out user code.
    #[error("This code is not valid any more. Start again on the other device.")]
    DeviceGrantInvalid,
    /// Wrong, used or timed-out link.
    #[error("This link is not valid any more. Make a new one on your first device.")]
    DeviceLinkInvalid,
    /// The database refused or failed.
    #[error(transparent)]
    Store(#[from] planet_store::Error),
}

impl IdentityError {
    /// A stable code for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::DidLogInvalid(_) => "did_log_invalid",
            Self::DidTaken => "did_taken",
            Self::DidUnknown => "did_unknown",
            Self::DidLogMoved => "did_log_moved",
            Self::PathInvalid => "path_invalid",
            Self::OriginInvalid => "origin_invalid",
            Self::KeyUnreadable => "key_unreadable",
            Self::SealBroken => "seal_broken",
            Self::VaultMalformed => "vault_malformed",
            Self::VaultMoved => "vault_moved",
            Self::VaultUnknown => "vault_unknown",
            Self::PrfSecretSent => "prf_secret_sent",
            Self::PasskeyMalformed => "passkey_malformed",
            Self::PasskeyUnknown => "passkey_unknown",
            Self::PasskeyTaken => "passkey_taken",
            Self::PasskeyRefused => "passkey_refused",
            Self::PasskeyCloned => "passkey_cloned",
            Self::PasskeyLast => "passkey_last",
            Self::ChallengeUnknown => "challenge_unknown",
            Self::ChallengeUsed => "challenge_used",
            Self::ChallengeExpired => "challenge_expired",
            Self::SessionUnknown => "session_unknown",
            Self::RecoveryCodeInvalid => "recovery_code_invalid",
            Self::KeySignInRefused => "key_sign_in_refused",
            Self::DeviceKeyUnknown => "device_key_unknown",
            Self::DeviceKeyTaken => "device_key_taken",
            Self::DeviceGrantInvalid => "device_grant_invalid",
            Self::DeviceLinkInvalid => "device_link_invalid",
            Self::Store(_) => "store",
        }
    }
}

impl MaybeRetry for IdentityError {
    fn store_error(&self) -> Option<&planet_store::Error> {
        match self {
            Self::Store(error) => Some(error),
            _ => None,
        }
    }
}
