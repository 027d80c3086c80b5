//! What somebody can do wrong with keys and devices, beyond what the identity room refuses; and its refusals as answers.

use crate::error::Text;
use planet_corridor::refusal::{Fault, Refusal, RefusalKind};
use planet_identity::IdentityError;

/// The label of a device or program.
pub const LABEL: Text = Text {
    field: "label",
    what: "the name of the device",
    most: 60,
    missing: "label_missing",
    too_long: "label_too_long",
};

/// Why a step with keys is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeysError {
    /// Asked without being signed in.
    #[error("Please sign in first.")]
    NotSignedIn,
    /// An answer to somebody else's step.
    #[error("This step was begun by somebody else. Please start again.")]
    NotYours,
    /// Words that were not confirmed.
    #[error("Please type the two words that the page asks for, then they are saved.")]
    WordsNotConfirmed,
    /// Words to which no identity here is promised.
    #[error(
        "No identity in this club answers to these words. Compare them with your paper; if you wrote words down more than once, take the newest."
    )]
    WordsUnknown,
    /// A proof that does not hold.
    #[error("The proof that these words are yours does not hold. Reload the page and try again.")]
    WordsUnproven,
    /// A program that reaches for keys.
    #[error("Programs can't see or change your keys. Please do this in your browser.")]
    NotForPrograms,
    /// More programs wait than a club has use for.
    #[error("Many programs are waiting to be approved at the moment. Please try again in ten minutes.")]
    TooManyWaiting,
    /// Nobody of this id in the demonstration.
    #[error("There is nobody of that name in this town.")]
    NobodyThere,
}

impl KeysError {
    /// A stable word for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotSignedIn => "not_signed_in",
            Self::NotYours => "challenge_unknown",
            Self::WordsNotConfirmed => "words_not_confirmed",
            Self::WordsUnknown => "words_unknown",
            Self::WordsUnproven => "words_unproven",
            Self::NotForPrograms => "not_for_programs",
            Self::TooManyWaiting => "too_many_waiting",
            Self::NobodyThere => "member_unknown",
        }
    }

    /// What kind of answer it is.
    pub const fn kind(&self) -> RefusalKind {
        match self {
            Self::NotSignedIn | Self::NotForPrograms => RefusalKind::NotAllowed,
            Self::NotYours | Self::TooManyWaiting => RefusalKind::Conflict,
            Self::WordsNotConfirmed | Self::WordsUnknown | Self::WordsUnproven => RefusalKind::Input,
            Self::NobodyThere => RefusalKind::NotFound,
        }
    }

    /// The form field that is wrong.
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::WordsUnknown => Some("words"),
            _ => None,
        }
    }
}

planet_corridor::refuses!(KeysError);

/// What the identity room refused, as an answer to the person. Unlike at the front door, codes that were typed name their field,
/// and a step that is over says in what way.
pub fn identity(error: IdentityError) -> Fault {
    let (kind, field) = match &error {
        IdentityError::Store(store) => return store.clone().into(),
        IdentityError::RecoveryCodeInvalid | IdentityError::DeviceGrantInvalid => {
            (RefusalKind::Input, Some("code"))
        }
        IdentityError::ChallengeExpired
        | IdentityError::ChallengeUnknown
        | IdentityError::ChallengeUsed
        | IdentityError::PasskeyTaken
        | IdentityError::PasskeyLast
        | IdentityError::DeviceKeyTaken
        | IdentityError::DidLogMoved
        | IdentityError::VaultMoved => (RefusalKind::Conflict, None),
        IdentityError::DeviceLinkInvalid | IdentityError::VaultUnknown | IdentityError::SessionUnknown => {
            (RefusalKind::NotFound, None)
        }
        IdentityError::PasskeyCloned | IdentityError::DeviceKeyUnknown | IdentityError::KeySignInRefused => {
            (RefusalKind::NotAllowed, None)
        }
        _ => (RefusalKind::Input, None),
    };
    let (code, sentence) = (error.code().into(), error.to_string());
    Refusal { kind, code, sentence, field: field.map(str::to_owned) }.into()
}
