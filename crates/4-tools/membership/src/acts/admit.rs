//! Answering an application. Admitting goes by the kit's procedure; performed, it turns the application into an invitation.

use super::club;
use crate::checks;
use crate::error::MembershipError;
use crate::letters;
use crate::rows::applications::{self, ApplicationRow};
use crate::rows::clubs;
use crate::rows::invitations::{self, NewInvitation};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ontology::entities::Group;
use planet_ontology::ids::{ApplicationId, InvitationId};
use planet_ontology::roles::Role;
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many days an admitted applicant has to come in.
const DAYS: i64 = 30;

/// Admit an applicant.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Admit {
    /// The application.
    pub application: ApplicationId,
    /// The applicant's name, so that those who decide read whom they admit.
    pub name: String,
}

impl Act for Admit {
    const NAME: &'static str = "membership.admit";
    const ABOUT: &'static str = "Admit an applicant to the club.";
    type Touches = Group;
    type Output = InvitationId;

    fn resource(&self, tx: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        let row = waiting(tx, self.application)?;
        if row.name != self.name {
            return Err(MembershipError::NameDiffers.into());
        }
        club(tx)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<InvitationId, Fault> {
        let row = waiting(tx, self.application)?;
        let new = NewInvitation {
            id: cx.id(),
            inviter: cx.agent()?,
            application: Some(row.id),
            batch: None,
            name: &row.name,
            email: &row.email,
            place: &row.place,
            note: "",
            role: Role::Member.word(),
            expires: cx.now.plus_seconds(DAYS * 86_400),
        };
        if !applications::answer(tx, row.id, "admitted", "", cx.now)? {
            return Err(MembershipError::ApplicationAnswered.into());
        }
        invitations::create(tx, &new, cx.now)?;
        // The applicant's own secret opens the door: their page shows the link, whether a mail arrives or not.
        invitations::add_link(tx, &row.secret_hash, new.id)?;
        if !row.email.is_empty() {
            let club = clubs::founded(tx)?.name;
            letters::mail_admission(tx, cx, &new, &club)?;
        }
        Ok(new.id)
    }

    fn summary(&self) -> String {
        format!("Admit {} to the club.", self.name)
    }
}

/// Decline an application.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclineApplication {
    /// The application.
    pub application: ApplicationId,
    /// What the applicant is told. May be empty.
    #[serde(default)]
    pub reason: String,
}

impl Act for DeclineApplication {
    const NAME: &'static str = "membership.decline_application";
    const ABOUT: &'static str = "Decline an application to join.";
    type Touches = Group;
    type Output = ();

    fn resource(&self, tx: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        waiting(tx, self.application)?;
        club(tx)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let reason = checks::within(&self.reason, checks::REASON)?;
        let row = waiting(tx, self.application)?;
        if !applications::answer(tx, row.id, "declined", &reason, cx.now)? {
            return Err(MembershipError::ApplicationAnswered.into());
        }
        if !row.email.is_empty() {
            let club = clubs::founded(tx)?.name;
            letters::mail_decline(tx, cx, &row, &club, &reason)?;
        }
        Ok(())
    }
}

/// The application, if it waits for an answer.
fn waiting(tx: &mut Tx, id: ApplicationId) -> Result<ApplicationRow, Fault> {
    let row = applications::find(tx, id)?.ok_or(MembershipError::ApplicationUnknown)?;
    if row.state == "waiting" { Ok(row) } else { Err(MembershipError::ApplicationAnswered.into()) }
}
