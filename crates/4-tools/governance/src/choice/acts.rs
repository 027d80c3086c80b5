//! What members do in a question: stand, mark a ballot; and the clock, which begins the voting of an election.

use crate::acts::proposal_resource;
use crate::choice::ask::{MAX_ABOUT, MOST_OPTIONS};
use crate::choice::method::keeps;
use crate::choice::rows::{self as questions, OptionRow, QuestionRow};
use crate::choice::secret::SECRET;
use crate::error::GovernanceError;
use crate::rows::{self, ProposalRow};
use planet_corridor::act::Act;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_count::vote::Mark;
use planet_ontology::acts::Authority;
use planet_ontology::entities::Proposal;
use planet_ontology::ids::ProposalId;
use planet_ontology::units::longer_than;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The question of a proposal, held as it is.
pub(crate) fn held(tx: &mut Tx, id: ProposalId) -> Result<(ProposalRow, QuestionRow), Fault> {
    let proposal = rows::held(tx, id)?;
    let question = questions::find(tx, id)?.ok_or(GovernanceError::NoQuestion)?;
    Ok((proposal, question))
}

/// Stand in an election, or stand down.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stand {
    /// The election.
    pub proposal: ProposalId,
    /// Whether one stands.
    pub stands: bool,
    /// What one would do, for those who vote.
    #[serde(default)]
    pub statement: String,
}

impl Act for Stand {
    const NAME: &'static str = "governance.stand";
    const ABOUT: &'static str = "Stand in an election, or stand down, until the voting begins.";
    touches!(Proposal, |act, tx, actor| proposal_resource(tx, act.proposal, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let (proposal, question) = held(tx, self.proposal)?;
        if question.kind != "election" {
            return Err(GovernanceError::NoElection.into());
        }
        if !proposal.is_open() || question.begun || cx.now >= question.begins {
            return Err(GovernanceError::NominationsClosed.into());
        }
        if longer_than(&self.statement, MAX_ABOUT) {
            return Err(GovernanceError::StatementTooLong(MAX_ABOUT).into());
        }
        let me = cx.agent()?;
        let options = questions::options(tx, proposal.id)?;
        let mine = options.iter().find(|option| option.agent == Some(me)).map(|option| option.place);
        questions::stand_down(tx, proposal.id, me)?;
        if !self.stands {
            return Ok(());
        }
        if mine.is_none() && options.len() >= MOST_OPTIONS {
            return Err(GovernanceError::OptionsWrong(MOST_OPTIONS).into());
        }
        let agent = agents::find(tx, me)?.ok_or(GovernanceError::NoVote)?;
        let next = options.iter().map(|option| option.place + 1).max().unwrap_or(0);
        let option = OptionRow {
            place: mine.unwrap_or(next),
            // Names may be alike; with the handle no two are.
            title: format!("{} (@{})", agent.name, agent.handle),
            about: self.statement.trim().to_owned(),
            cost: 0,
            act: None,
            args: None,
            agent: Some(me),
        };
        Ok(questions::add_option(tx, proposal.id, &option)?)
    }
}

/// Begin the voting of an election.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Begin {
    /// The election.
    pub proposal: ProposalId,
}

impl Act for Begin {
    const NAME: &'static str = "governance.begin";
    const ABOUT: &'static str = "End the nominations and begin the voting.";
    const AUTHORITY: Authority = Authority::House;
    touches!(Proposal, |act, tx, actor| proposal_resource(tx, act.proposal, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let (proposal, question) = held(tx, self.proposal)?;
        if !proposal.is_open() || question.begun || cx.now < question.begins {
            return Ok(());
        }
        // From here on candidates are numbered without gaps, as the ballots name them.
        let options = questions::options(tx, proposal.id)?;
        if options.is_empty() {
            return Ok(rows::set_state(tx, proposal.id, "failed", "Nobody stood.", cx.now)?);
        }
        for (place, option) in (0..).zip(options).filter(|(place, option)| *place != option.place) {
            questions::drop_option(tx, proposal.id, option.place)?;
            questions::add_option(tx, proposal.id, &OptionRow { place, ..option })?;
        }
        Ok(questions::begin(tx, proposal.id)?)
    }
}

/// Choose between the options of a question.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choose {
    /// The question.
    pub proposal: ProposalId,
    /// What is said of options. No marks: one takes part and leaves it to the others.
    pub marks: Vec<Marked>,
}

/// What is said of one option.
#[derive(Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Marked {
    /// Its number, from zero.
    pub option: u16,
    /// 1, points, or a rank, as the method wants it.
    pub value: u32,
}

impl Act for Choose {
    const NAME: &'static str = "governance.choose";
    const ABOUT: &'static str =
        "Choose between the options of a question. A later ballot replaces an earlier one.";
    touches!(Proposal, |act, tx, actor| proposal_resource(tx, act.proposal, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let (proposal, question) = held(tx, self.proposal)?;
        question.takes_ballots(&proposal, cx.now)?;
        if question.ballot == SECRET {
            return Err(GovernanceError::BallotsSecret.into());
        }
        let voter = cx.agent()?;
        if !rows::may_vote(tx, &proposal, voter)? {
            return Err(GovernanceError::NoVote.into());
        }
        let marks = marked(tx, &proposal, &question, &self.marks)?;
        Ok(questions::cast(tx, proposal.id, voter, &marks, cx.now)?)
    }
}

/// The marks of a ballot in their one form, if the method takes them.
pub(crate) fn marked(
    tx: &mut Tx,
    proposal: &ProposalRow,
    question: &QuestionRow,
    marks: &[Marked],
) -> Result<Vec<Mark>, Fault> {
    if marks.len() > MOST_OPTIONS {
        return Err(GovernanceError::OptionsWrong(MOST_OPTIONS).into());
    }
    let options = questions::options(tx, proposal.id)?.len();
    let marks: Vec<Mark> = marks.iter().map(|mark| (mark.option, mark.value)).collect();
    let marks = question.method()?.read(options, &marks).map_err(GovernanceError::Ballot)?;
    keeps(&question.shape, &marks)?;
    Ok(marks)
}
