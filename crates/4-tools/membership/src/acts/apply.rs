//! Applying to join, for people whom nobody has invited.

use super::club;
use crate::checks;
use crate::error::MembershipError;
use crate::rows::applications::{self, ApplicationRow};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ontology::acts::Authority;
use planet_ontology::entities::Group;
use planet_ontology::ids::ApplicationId;
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many applications a club takes in 24 hours: visitors need no account, so something has to stop a flood.
pub const PER_DAY: i64 = 50;

/// Apply to join.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Apply {
    /// Who wants to join.
    pub name: String,
    /// Where mail reaches them. May be empty.
    #[serde(default)]
    pub email: String,
    /// Where they live, in words. May be empty.
    #[serde(default)]
    pub place: String,
    /// Why they would like to join. Those who decide read it.
    pub why: String,
    /// SHA-256 of a secret of 32 random bytes, base64url. The answer appears at `/apply/` and the secret in base64url.
    pub secret_hash: String,
}

impl Act for Apply {
    const NAME: &'static str = "membership.apply";
    const ABOUT: &'static str = "Apply to join the club.";
    const AUTHORITY: Authority = Authority::Nobody;
    type Touches = Group;
    type Output = ApplicationId;

    fn resource(&self, tx: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        club(tx)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<ApplicationId, Fault> {
        let row = ApplicationRow {
            id: cx.id(),
            secret_hash: checks::hash(&self.secret_hash)?,
            name: checks::name(&self.name, checks::NAME)?,
            email: checks::email(&self.email)?,
            place: checks::within(&self.place, checks::PLACE)?,
            why: checks::needed(&self.why, checks::WHY)?,
            state: "waiting".into(),
            answer: String::new(),
            created: cx.now,
        };
        if applications::count_since(tx, cx.now.plus_seconds(-86_400))? >= PER_DAY {
            return Err(MembershipError::TooManyApplications.into());
        }
        if !row.email.is_empty() && applications::waits(tx, &row.email)? {
            return Err(MembershipError::AppliedAlready.into());
        }
        if !applications::create(tx, &row)? {
            return Err(MembershipError::TokenTaken.into());
        }
        Ok(row.id)
    }
}
