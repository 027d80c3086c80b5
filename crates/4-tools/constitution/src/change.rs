//! A change of the rules whose kind is found by the name of its act: for trying it out before it is proposed. Also how changes
//! and reports are hashed: SHA-256 over their canonical JSON (RFC 8785).

use crate::acts::{AdoptPolicies, SetParameter, SetProcedure, TakeUp};
use crate::amend::{self, Amendment};
use crate::error::ConstitutionError;
use crate::rehearsal::Report;
use crate::rows;
use planet_corridor::act::Act;
use planet_corridor::look::Look;
use planet_corridor::refusal::{Fault, Refusal};
use planet_ontology::hex;
use planet_policy::{Bundle, Procedure};
use planet_store::Tx;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// An amendment of any kind.
#[derive(Clone, Debug)]
pub enum Change {
    /// Of a number or choice.
    Parameter(SetParameter),
    /// Of a procedure.
    Procedure(SetProcedure),
    /// Of policies.
    Policies(AdoptPolicies),
    /// By taking up what is new.
    TakeUp(TakeUp),
}

/// Does the same with an amendment of whatever kind.
macro_rules! each {
    ($change:expr, $act:ident => $do:expr) => {
        match $change {
            Change::Parameter($act) => $do,
            Change::Procedure($act) => $do,
            Change::Policies($act) => $do,
            Change::TakeUp($act) => $do,
        }
    };
}

impl Change {
    /// The amendment of this act with these arguments.
    ///
    /// # Errors
    /// When there is no such amendment, or its arguments do not fit.
    pub fn read(act: &str, args: Value) -> Result<Self, Refusal> {
        match act {
            SetParameter::NAME => Ok(Self::Parameter(decode(args)?)),
            SetProcedure::NAME => Ok(Self::Procedure(decode(args)?)),
            AdoptPolicies::NAME => Ok(Self::Policies(decode(args)?)),
            TakeUp::NAME => Ok(Self::TakeUp(decode(args)?)),
            _ => Err(ConstitutionError::ActUnknown.into()),
        }
    }

    /// The name of its act.
    pub fn act(&self) -> &'static str {
        each!(self, act => name_of(act))
    }

    /// Its arguments.
    pub fn args(&self) -> Value {
        each!(self, act => serde_json::to_value(act).unwrap_or_default())
    }

    /// The hash of what it changes, whatever report it names.
    ///
    /// # Errors
    /// When it cannot be written down.
    pub fn hash(&self) -> Result<String, Refusal> {
        each!(self, act => change_hash(act))
    }

    /// The rules as they would be.
    ///
    /// # Errors
    /// What is wrong with its own words.
    pub fn candidate(&self, bundle: &Bundle) -> Result<Bundle, ConstitutionError> {
        each!(self, act => amend::candidate(act, bundle))
    }

    /// Whether it may touch the way in which rules are changed.
    pub fn may_touch_own(&self, bundle: &Bundle) -> bool {
        each!(self, act => act.may_touch_own(bundle))
    }

    /// How it would be decided if the viewer proposed it now, and what it does in a sentence.
    ///
    /// # Errors
    /// As the rules say.
    pub fn prospects(&self, look: &mut Look) -> Result<(Procedure, String), Fault> {
        each!(self, act => Ok((look.procedure_for(act)?, act.title(look.tx)?)))
    }
}

const fn name_of<A: Act>(_: &A) -> &'static str {
    A::NAME
}

fn decode<A: DeserializeOwned>(args: Value) -> Result<A, Refusal> {
    serde_json::from_value(args).map_err(|error| {
        let told: String = error.to_string().chars().take(200).collect();
        Refusal::input("args", "malformed", format!("This could not be understood: {told}."))
    })
}

/// SHA-256 over canonical JSON, in hex.
pub(crate) fn hash_of(value: &Value) -> Result<String, Refusal> {
    let canonical = serde_json_canonicalizer::to_vec(value)
        .map_err(|error| Refusal::input("", "malformed", format!("This cannot be written down: {error}.")))?;
    let hash: [u8; 32] = Sha256::digest(&canonical).into();
    Ok(hex::encode(&hash))
}

/// The hash of what an amendment changes, whatever report it names.
fn change_hash<A: Act>(act: &A) -> Result<String, Refusal> {
    let mut args = serde_json::to_value(act).unwrap_or_default();
    if let Some(fields) = args.as_object_mut() {
        fields.remove("rehearsal");
    }
    hash_of(&json!({ "act": A::NAME, "args": args }))
}

/// Refuses a report that is not there, or that is about another change.
pub(crate) fn check_rehearsal(tx: &mut Tx, hash: &str, act: &impl Amendment) -> Result<(), Fault> {
    let report = rows::report(tx, hash)?.and_then(|report| serde_json::from_value::<Report>(report).ok());
    let about = report.map(|report| report.change);
    if about == Some(change_hash(act)?) { Ok(()) } else { Err(ConstitutionError::RehearsalUnknown.into()) }
}
