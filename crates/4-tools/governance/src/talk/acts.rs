//! Saying something about a proposal, and what follows from it when it is decided.

use super::rows::{self as talk, NewFollowUp, NewRemark};
use crate::acts::proposal_resource;
use crate::error::GovernanceError;
use crate::rows::{self, ProposalRow};
use planet_corridor::act::Act;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::entities::Proposal;
use planet_ontology::ids::{AgentId, ProposalId};
use planet_ontology::roles::Role;
use planet_ontology::units::{Moment, longer_than};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The longest remark and the longest statement, in characters.
pub const MAX_REMARK: u32 = 4_000;
/// The longest text of a follow-up.
pub const MAX_FOLLOW_UP: u32 = 200;
/// The most remarks on one proposal.
const MOST_REMARKS: i64 = 2_000;
/// The most follow-ups of one decision.
const MOST_FOLLOW_UPS: usize = 50;
/// The furthest day ahead: ten years, in seconds.
const FURTHEST: i64 = 3_653 * 86_400;
/// What a remark can be.
pub const KINDS: [&str; 4] = ["remark", "pro", "con", "query"];

/// Text as it is kept: not empty, and not too long.
pub(super) fn kept(text: &str, most: u32) -> Result<String, GovernanceError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(GovernanceError::TextMissing);
    }
    if longer_than(text, most) {
        return Err(GovernanceError::TextTooLong(most));
    }
    Ok(text.to_owned())
}

/// Whether a day is still to come, and near enough to be meant.
fn ahead(day: Moment, now: Moment) -> bool {
    day > now && day <= now.plus_seconds(FURTHEST)
}

/// Say something about a proposal.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// The proposal.
    pub proposal: ProposalId,
    /// What one has to say, in Markdown.
    pub text: String,
    /// `remark`, `pro` (a reason for it), `con` (a reason against it) or `query` (a question).
    pub kind: String,
    /// The remark that it answers.
    #[serde(default)]
    pub answers: Option<Uuid>,
}

impl Act for Remark {
    const NAME: &'static str = "governance.remark";
    const ABOUT: &'static str =
        "Say something about a proposal: a reason for it or against it, a question, an answer.";
    touches!(Proposal, |act, tx, actor| proposal_resource(tx, act.proposal, actor));
    type Output = Uuid;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Uuid, Fault> {
        let proposal = rows::held(tx, self.proposal)?;
        let text = kept(&self.text, MAX_REMARK)?;
        if !KINDS.contains(&self.kind.as_str()) {
            return Err(GovernanceError::RemarkKind.into());
        }
        if talk::count(tx, proposal.id)? >= MOST_REMARKS {
            return Err(GovernanceError::TooManyRemarks.into());
        }
        // Answers stand below what began the thread, however deep they go.
        let answers = match self.answers {
            None => None,
            Some(id) => {
                let (_, above) = talk::remark(tx, proposal.id, id)?.ok_or(GovernanceError::RemarkUnknown)?;
                Some(above.unwrap_or(id))
            }
        };
        let id: Uuid = cx.id();
        let remark = NewRemark { id, answers, agent: cx.agent()?, kind: &self.kind, text: &text, at: cx.now };
        talk::say(tx, proposal.id, &remark)?;
        cx.words_about(id);
        Ok(id)
    }
}

/// Put what one has said in other words.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reword {
    /// The proposal.
    pub proposal: ProposalId,
    /// The remark.
    pub remark: Uuid,
    /// The words, in Markdown.
    pub text: String,
    /// What it is now: `remark`, `pro`, `con` or `query`.
    pub kind: String,
}

impl Act for Reword {
    const NAME: &'static str = "governance.reword";
    const ABOUT: &'static str = "Put what you said about a proposal in other words; it is marked as changed.";
    touches!(Proposal, |act, tx, actor| proposal_resource(tx, act.proposal, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        own(tx, cx, self.proposal, self.remark)?;
        let text = kept(&self.text, MAX_REMARK)?;
        if !KINDS.contains(&self.kind.as_str()) {
            return Err(GovernanceError::RemarkKind.into());
        }
        talk::reword(tx, self.remark, &self.kind, &text, cx.now)?;
        cx.words_about(self.remark);
        Ok(())
    }
}

/// Only whoever said something changes it or takes it back.
fn own(tx: &mut Tx, cx: &Cx, proposal: ProposalId, remark: Uuid) -> Result<(), Fault> {
    let (author, _) = talk::remark(tx, proposal, remark)?.ok_or(GovernanceError::RemarkUnknown)?;
    if author == cx.agent()? { Ok(()) } else { Err(GovernanceError::RemarkOfOthers.into()) }
}

/// Take back what one has said.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unsay {
    /// The proposal.
    pub proposal: ProposalId,
    /// The remark.
    pub remark: Uuid,
}

impl Act for Unsay {
    const NAME: &'static str = "governance.unsay";
    const ABOUT: &'static str = "Take back what you said about a proposal; its words are gone everywhere.";
    touches!(Proposal, |act, tx, actor| proposal_resource(tx, act.proposal, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        own(tx, cx, self.proposal, self.remark)?;
        talk::unsay(tx, self.remark)?;
        cx.erase_words(tx, self.remark)?;
        Ok(())
    }
}

/// State how a decision is to be understood, and when it is looked at again.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StateOutcome {
    /// The decision.
    pub proposal: ProposalId,
    /// How it is to be understood, in Markdown.
    pub text: String,
    /// When it is looked at again.
    #[serde(default)]
    pub review: Option<Moment>,
}

impl Act for StateOutcome {
    const NAME: &'static str = "governance.state_outcome";
    const ABOUT: &'static str = "State what came of a decision, and when it is looked at again.";
    touches!(Proposal, |act, tx, actor| proposal_resource(tx, act.proposal, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let proposal = rows::held(tx, self.proposal)?;
        if proposal.is_open() {
            return Err(GovernanceError::StillOpen.into());
        }
        let text = kept(&self.text, MAX_REMARK)?;
        if self.review.is_some_and(|review| !ahead(review, cx.now)) {
            return Err(GovernanceError::ReviewPast.into());
        }
        Ok(talk::state(tx, proposal.id, cx.agent()?, &text, self.review, cx.now)?)
    }
}

/// Give what follows from a decision to somebody.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// The decision.
    pub proposal: ProposalId,
    /// What is to be done.
    pub text: String,
    /// The handle of who does it; oneself if it is left out.
    #[serde(default)]
    pub owner: Option<String>,
    /// Until when.
    pub due: Moment,
}

impl Act for FollowUp {
    const NAME: &'static str = "governance.follow_up";
    const ABOUT: &'static str = "Write down what follows from a decision, who does it, and until when.";
    touches!(Proposal, |act, tx, actor| proposal_resource(tx, act.proposal, actor));
    type Output = Uuid;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Uuid, Fault> {
        let proposal = rows::held(tx, self.proposal)?;
        if proposal.is_open() {
            return Err(GovernanceError::StillOpen.into());
        }
        let text = kept(&self.text, MAX_FOLLOW_UP)?;
        if !ahead(self.due, cx.now) {
            return Err(GovernanceError::DuePast.into());
        }
        if talk::follow_ups(tx, proposal.id)?.len() >= MOST_FOLLOW_UPS {
            return Err(GovernanceError::TooManyFollowUps(MOST_FOLLOW_UPS).into());
        }
        let id: Uuid = cx.id();
        let owner = self.whose(tx, cx, &proposal)?;
        let it = NewFollowUp { id, owner, text: &text, due: self.due };
        talk::take_on(tx, proposal.id, &it)?;
        Ok(id)
    }
}

impl FollowUp {
    /// Somebody who is in the group.
    fn whose(&self, tx: &mut Tx, cx: &Cx, proposal: &ProposalRow) -> Result<AgentId, Fault> {
        let Some(handle) =
            self.owner.as_deref().map(|it| it.trim().trim_start_matches('@')).filter(|it| !it.is_empty())
        else {
            return Ok(cx.agent()?);
        };
        let owner = agents::find_by_handle(tx, handle)?.ok_or(GovernanceError::OwnerUnknown)?.id;
        if agents::role(tx, owner, proposal.group)? == Role::None {
            return Err(GovernanceError::OwnerUnknown.into());
        }
        Ok(owner)
    }
}

/// Say that what followed from a decision is done, or is not after all.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FollowUpDone {
    /// The decision.
    pub proposal: ProposalId,
    /// What was taken on.
    pub follow_up: Uuid,
    /// Whether it is done.
    pub done: bool,
}

impl Act for FollowUpDone {
    const NAME: &'static str = "governance.follow_up_done";
    const ABOUT: &'static str = "Say that what followed from a decision is done, or is not after all.";
    touches!(Proposal, |act, tx, actor| proposal_resource(tx, act.proposal, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        talk::owner(tx, self.proposal, self.follow_up)?.ok_or(GovernanceError::FollowUpUnknown)?;
        Ok(talk::set_done(tx, self.follow_up, self.done.then_some(cx.now))?)
    }
}
