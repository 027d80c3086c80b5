//! Applications: those that wait, for members who decide; and one, for whoever applied.

use super::PAGE;
use crate::acts::{Admit, DeclineApplication};
use crate::checks;
use crate::error::MembershipError;
use crate::rows::{applications, invitations};
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::ApplicationId;
use planet_ontology::units::Moment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The applications that wait and that the viewer has a say in, the oldest first.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Applications {
    /// Only those made after this one.
    #[serde(default)]
    pub after: Option<ApplicationId>,
}

/// An application in a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ApplicationLine {
    /// Its id.
    pub id: ApplicationId,
    /// Who wants to join.
    pub name: String,
    /// Where they live, in words.
    pub place: String,
    /// Why they want to join.
    pub why: String,
    /// When they applied.
    pub created: Moment,
    /// Whether the viewer may admit them, or ask the members to.
    pub may_admit: bool,
    /// Whether the viewer may decline.
    pub may_decline: bool,
}

/// A page of applications.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ApplicationList {
    /// The oldest first.
    pub lines: Vec<ApplicationLine>,
    /// Where the next page begins.
    pub newer: Option<ApplicationId>,
    /// How members decide about admission, in a sentence.
    pub procedure: String,
}

impl View for Applications {
    const NAME: &'static str = "membership.applications";
    const ABOUT: &'static str = "The applications to join that wait for an answer.";
    type Output = ApplicationList;

    fn read(&self, look: &mut Look) -> Result<ApplicationList, Fault> {
        look.member()?;
        let after = match self.after {
            Some(id) => applications::find(look.tx, id)?.map(|row| (row.created, row.id)),
            None => None,
        };
        let after = after.unwrap_or((Moment(i64::MIN), ApplicationId(uuid::Uuid::nil())));
        let rows = applications::waiting(look.tx, after, PAGE + 1)?;
        let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let newer = if rows.len() > page { rows.get(page - 1).map(|row| row.id) } else { None };
        let mut lines = Vec::new();
        for row in rows.into_iter().take(page) {
            let may_admit = look.may(&Admit { application: row.id, name: row.name.clone() })?;
            let may_decline = look.may(&DeclineApplication { application: row.id, reason: String::new() })?;
            // Whoever has no say in it has no business reading it.
            if may_admit || may_decline {
                let (id, name, place, why, created) = (row.id, row.name, row.place, row.why, row.created);
                lines.push(ApplicationLine { id, name, place, why, created, may_admit, may_decline });
            }
        }
        let procedure = look.procedure(<Admit as planet_corridor::act::Act>::NAME).about;
        Ok(ApplicationList { lines, newer, procedure })
    }
}

/// An application, for whoever made it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicationAt {
    /// SHA-256 of the applicant's secret, base64url.
    pub secret_hash: String,
}

/// An application, as the applicant sees it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Applied {
    /// Who applied.
    pub name: String,
    /// `waiting`, `admitted`, `declined`, or `joined` once the invitation was used.
    pub state: String,
    /// What the applicant is told.
    pub answer: String,
    /// When they applied.
    pub created: Moment,
    /// How members decide about admission, in a sentence.
    pub procedure: String,
}

impl View for ApplicationAt {
    const NAME: &'static str = "membership.application";
    const ABOUT: &'static str = "How an application stands, for whoever made it.";
    const OPEN: bool = true;
    type Output = Applied;

    fn read(&self, look: &mut Look) -> Result<Applied, Fault> {
        let hash = checks::hash(&self.secret_hash).map_err(|_| MembershipError::ApplicationUnknown)?;
        let row = applications::find_by_secret(look.tx, &hash)?.ok_or(MembershipError::ApplicationUnknown)?;
        let invitation = invitations::find_by_link(look.tx, &hash)?;
        let joined = invitation.is_some_and(|invitation| invitation.used.is_some());
        Ok(Applied {
            state: if joined { "joined".into() } else { row.state },
            procedure: look.procedure(<Admit as planet_corridor::act::Act>::NAME).about,
            name: row.name,
            answer: row.answer,
            created: row.created,
        })
    }
}
