//! Changing one of the club's numbers and choices.

use super::amends;
use crate::amend::Amendment;
use crate::error::ConstitutionError;
use planet_corridor::act::Act;
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ontology::roles::Role;
use planet_ontology::units::Amount;
use planet_policy::{Admission, Bundle, Limits};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The widest limit of an account, in minor units.
const WIDEST: i64 = 1_000_000_000_000;

/// How far an account may go, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// The lowest balance: zero or less.
    pub min: Amount,
    /// The highest balance: zero or more.
    pub max: Amount,
}

/// How people become members, other than by accepting an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AdmissionWay {
    /// Not at all.
    Invitation,
    /// By applying.
    Application,
}

/// One of the club's numbers and choices, with its new value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "key", content = "value", rename_all = "snake_case", deny_unknown_fields)]
pub enum Setting {
    /// How far accounts in the club's credit may go that have no limits of their own.
    Credit(Range),
    /// How people become members. The policies have to say the same.
    Admission(AdmissionWay),
    /// The roles that may invite. The policies have to say the same.
    Inviters(Vec<Role>),
    /// How many days a founder's powers last, for those who become founders.
    FounderDays(u32),
}

impl Setting {
    /// Puts the value into the rules.
    pub(crate) fn apply(&self, bundle: &mut Bundle) -> Result<(), ConstitutionError> {
        let parameters = &mut bundle.parameters;
        match self {
            Self::Credit(Range { min, max }) => {
                if min.0 > 0 || min.0 < -WIDEST || max.0 < 0 || max.0 > WIDEST {
                    return Err(ConstitutionError::OutOfBounds(
                        "a lower limit of zero or below and an upper limit of zero or above, neither of them boundless",
                    ));
                }
                parameters.credit = Limits { min: *min, max: *max };
            }
            Self::Admission(AdmissionWay::Invitation) => parameters.admission = Admission::Invitation,
            Self::Admission(AdmissionWay::Application) => parameters.admission = Admission::Application,
            Self::Inviters(roles) => {
                if roles.len() > Role::ALL.len() {
                    return Err(ConstitutionError::OutOfBounds("each role once"));
                }
                parameters.inviters.clone_from(roles);
            }
            Self::FounderDays(days) => parameters.founder_days = *days,
        }
        Ok(())
    }

    /// What it does, in a sentence.
    fn in_words(&self, show: impl Fn(Amount) -> String) -> String {
        match self {
            Self::Credit(Range { min, max }) => format!(
                "Let accounts in the club\u{2019}s credit go down to {} and up to {}, unless they have limits of their own.",
                show(*min),
                show(*max)
            ),
            Self::Admission(AdmissionWay::Invitation) => "Take in people by invitation only.".into(),
            Self::Admission(AdmissionWay::Application) => "Let people apply to become members.".into(),
            Self::Inviters(roles) => {
                let words: Vec<&str> = roles.iter().map(|role| role.word()).collect();
                format!("Let these roles invite: {}.", super::some_of(&words))
            }
            Self::FounderDays(days) => format!("Let a founder\u{2019}s powers last {days} days."),
        }
    }
}

/// Change one of the club's numbers and choices.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetParameter {
    /// The version of the rules that it is written for.
    pub written_for: i64,
    /// Which one, and its new value.
    pub setting: Setting,
    /// The hash of the report of what it would have done, if it was tried out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rehearsal: Option<String>,
}

impl Amendment for SetParameter {
    fn written_for(&self) -> i64 {
        self.written_for
    }

    fn rehearsal(&self) -> Option<&str> {
        self.rehearsal.as_deref()
    }

    fn apply(&self, bundle: &mut Bundle) -> Result<(), ConstitutionError> {
        self.setting.apply(bundle)
    }

    fn may_touch_own(&self, _: &Bundle) -> bool {
        false
    }

    /// The limits hold for accounts that are there, too, unless they have some of their own.
    fn follow(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        if let Setting::Credit(Range { min, max }) = self.setting {
            cx.call_as(tx, Actor::House, "wallet.change_credit", json!({ "min": min, "max": max }))?;
        }
        Ok(())
    }
}

impl Act for SetParameter {
    const NAME: &'static str = "constitution.set_parameter";
    const ABOUT: &'static str = "Change one of the club's numbers and choices, such as the limits of credit.";
    amends!();

    fn summary(&self) -> String {
        self.setting.in_words(|amount| amount.0.to_string())
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        Ok(match planet_ledger::currency(tx, None) {
            Ok(credit) => {
                self.setting.in_words(|amount| format!("{} {}", credit.show(amount), credit.symbol))
            }
            Err(Fault::Refused(_)) => self.summary(),
            Err(fault) => return Err(fault),
        })
    }
}
