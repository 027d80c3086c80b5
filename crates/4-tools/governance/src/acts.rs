//! What can be done about proposals: open, vote, withdraw, close, appeal.

use crate::choice;
use crate::error::GovernanceError;
use crate::rows::{self, ProposalRow};
use crate::settle::settle;
use crate::talk::hearing;
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::{Cx, Referral};
use planet_corridor::refusal::{Fault, Refusal};
use planet_corridor::touches;
use planet_ontology::acts::Authority;
use planet_ontology::entities::{Group, Proposal};
use planet_ontology::ids::{GroupId, ProposalId};
use planet_ontology::roles::Role;
use planet_ontology::units::{Moment, longer_than};
use planet_policy::counting::Choice;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The longest reason, in characters.
pub const MAX_REASON: u32 = 2_000;
/// The longest sentence that says what a proposal would do, in characters.
pub const MAX_TITLE: u32 = 300;
/// The longest name of what is appealed against, in characters.
pub const MAX_AGAINST: u32 = 200;
/// How many proposals of one member may be open at a time: each asks something of everybody.
pub const MOST_OPEN: i64 = 50;

/// Put an act to the vote.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Propose {
    /// The act to perform when the proposal passes: `membership.admit`.
    pub act: String,
    /// The act's arguments.
    pub args: Value,
    /// The group whose members decide; the club if it is left out.
    #[serde(default)]
    pub group: Option<GroupId>,
    /// Why, for those who vote.
    #[serde(default)]
    pub reason: String,
}

/// What opening a proposal answers.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Proposed {
    /// The new proposal.
    pub proposal: ProposalId,
}

impl Act for Propose {
    const NAME: &'static str = "governance.propose";
    const ABOUT: &'static str = "Put a question to the members, with what will be done if it passes.";
    touches!(Group, |act, tx, _| group_resource(tx, act.group.unwrap_or(GroupId::CLUB)));
    type Output = Proposed;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Proposed, Fault> {
        check_reason(&self.reason)?;
        let opener = cx.agent()?;
        // Those whom it concerns decide, and the act is asked now what it would be done to: a proposal whose words do not
        // fit what it does, or are too many, is refused before anybody votes on it.
        let Referral { procedure, group, title } = cx.referral(tx, &self.act, &self.args)?;
        if procedure.at_once {
            return Err(GovernanceError::NeedsNoProposal.into());
        }
        if group != self.group.unwrap_or(GroupId::CLUB) {
            return Err(GovernanceError::OtherGroup.into());
        }
        cx.rehearse(tx, group, &self.act, &self.args)?;
        if rows::count_open(tx, opener)? >= MOST_OPEN {
            return Err(GovernanceError::TooManyOpen(MOST_OPEN).into());
        }
        if longer_than(&title, MAX_TITLE) {
            return Err(GovernanceError::TitleTooLong(MAX_TITLE).into());
        }
        let closes = cx.now.plus_seconds(procedure.open_for.0);
        let row = ProposalRow {
            id: cx.id(),
            group,
            opener,
            title,
            reason: self.reason.trim().to_owned(),
            act: self.act.clone(),
            args: self.args.clone(),
            procedure: serde_json::to_value(&procedure).map_err(|error| Fault::Damaged(error.to_string()))?,
            voters: 0,
            opened: cx.now,
            closes,
            state: "open".into(),
            outcome: String::new(),
        };
        rows::create(tx, &row, &procedure)?;
        hearing::open(tx, &row)?;
        cx.later(tx, closes, Close::NAME, &json!({ "proposal": row.id }))?;
        if procedure.opener_agrees && rows::may_vote(tx, &row, opener)? {
            rows::cast(tx, row.id, opener, Choice::Yes, "", cx.now)?;
            // Read again: the size of its electorate was counted when it was made.
            let made = rows::find(tx, row.id)?.ok_or(GovernanceError::ProposalUnknown)?;
            settle(tx, cx, &made)?;
        }
        Ok(Proposed { proposal: row.id })
    }
}

/// Say yes, no, abstain, or object with a reason.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vote {
    /// The proposal.
    pub proposal: ProposalId,
    /// `yes`, `no`, `abstain` or `object`, as far as the procedure offers it.
    pub choice: String,
    /// Why; needed for an objection.
    #[serde(default)]
    pub reason: String,
}

impl Act for Vote {
    const NAME: &'static str = "governance.vote";
    const ABOUT: &'static str = "Vote on a proposal. A later vote replaces an earlier one.";
    touches!(Proposal, |act, tx, actor| proposal_resource(tx, act.proposal, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        check_reason(&self.reason)?;
        let proposal = rows::held(tx, self.proposal)?;
        if !proposal.is_open() || cx.now >= proposal.closes {
            return Err(GovernanceError::ProposalClosed.into());
        }
        if choice::rows::find(tx, proposal.id)?.is_some() {
            return Err(GovernanceError::ChoiceUnknown.into());
        }
        let choice = Choice::from_word(&self.choice)
            .filter(|choice| proposal.procedure().is_ok_and(|procedure| procedure.choices().contains(choice)))
            .ok_or(GovernanceError::ChoiceUnknown)?;
        let reason = self.reason.trim();
        if choice == Choice::Object && reason.is_empty() {
            return Err(GovernanceError::ReasonMissing.into());
        }
        let voter = cx.agent()?;
        if !rows::may_vote(tx, &proposal, voter)? {
            return Err(GovernanceError::NoVote.into());
        }
        rows::cast(tx, proposal.id, voter, choice, reason, cx.now)?;
        settle(tx, cx, &proposal)
    }
}

/// Take a proposal back.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// The proposal.
    pub proposal: ProposalId,
}

impl Act for Withdraw {
    const NAME: &'static str = "governance.withdraw";
    const ABOUT: &'static str = "Take a proposal back that you opened.";
    touches!(Proposal, |act, tx, actor| proposal_resource(tx, act.proposal, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let proposal = rows::held(tx, self.proposal)?;
        if !proposal.is_open() {
            return Err(GovernanceError::ProposalClosed.into());
        }
        // Nobody opens this box any more.
        choice::secret::rows::empty(tx, proposal.id)?;
        Ok(rows::set_state(tx, proposal.id, "withdrawn", "", cx.now)?)
    }
}

/// Close a vote whose time is over, and do what was decided.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Close {
    /// The proposal.
    pub proposal: ProposalId,
}

impl Act for Close {
    const NAME: &'static str = "governance.close";
    const ABOUT: &'static str = "Close a vote whose time is over, and do what was decided.";
    const AUTHORITY: Authority = Authority::House;
    touches!(Proposal, |act, tx, actor| proposal_resource(tx, act.proposal, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let proposal = rows::held(tx, self.proposal)?;
        if matches!(proposal.state.as_str(), "open" | "passed") { settle(tx, cx, &proposal) } else { Ok(()) }
    }
}

/// Ask for a decision to be looked at again. It is written down for all to see.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Appeal {
    /// The event or proposal that is appealed against.
    pub against: String,
    /// Why.
    pub reason: String,
}

impl Act for Appeal {
    const NAME: &'static str = "governance.appeal";
    const ABOUT: &'static str = "Ask for a decision to be looked at again.";
    type Touches = Group;
    type Output = ();

    fn resource(&self, tx: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        group_resource(tx, GroupId::CLUB)
    }

    fn perform(&self, _: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        check_reason(&self.reason)?;
        if self.reason.trim().is_empty() {
            return Err(GovernanceError::ReasonMissing.into());
        }
        if longer_than(&self.against, MAX_AGAINST) {
            return Err(GovernanceError::AgainstTooLong(MAX_AGAINST).into());
        }
        cx.effect(json!({ "appeal": self.against }));
        Ok(())
    }
}

/// A group as policies see it.
pub(crate) fn group_resource(tx: &mut Tx, id: GroupId) -> Result<Resource, Fault> {
    Ok(Resource::group(&agents::group(tx, id)?.ok_or(GovernanceError::ProposalUnknown)?))
}

pub(crate) fn check_reason(reason: &str) -> Result<(), Refusal> {
    if longer_than(reason, MAX_REASON) {
        return Err(GovernanceError::TooLong(MAX_REASON).into());
    }
    Ok(())
}

/// A proposal as policies see it. Members of its group may know of it, others may not.
pub(crate) fn proposal_resource(tx: &mut Tx, id: ProposalId, actor: &Actor) -> Result<Resource, Fault> {
    let proposal = rows::find(tx, id)?.ok_or(GovernanceError::ProposalUnknown)?;
    let (electorate, own) = match actor.agent() {
        Some(agent) => {
            if agents::role(tx, agent, proposal.group)? == Role::None {
                return Err(GovernanceError::ProposalUnknown.into());
            }
            (rows::may_vote(tx, &proposal, agent)?, proposal.opener == agent)
        }
        None => (false, false),
    };
    Ok(Resource::of(proposal.group, id, &Proposal { electorate, own, open: proposal.is_open() }))
}
