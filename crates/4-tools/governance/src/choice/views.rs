//! What can be seen of a question: its options, what the viewer marked, and once it is over the count, step by step.

use crate::choice::acts::{Choose, Stand};
use crate::choice::method::points_of;
use crate::choice::rows::{self as questions, OptionRow, QuestionRow};
use crate::choice::secret::acts::AskToken;
use crate::choice::secret::rows as secrets;
use crate::error::GovernanceError;
use crate::rows::{self, ProposalRow};
use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_count::vote::{BallotFile, Outcome, Step, Steps};
use planet_identity::rows::did_logs;
use planet_ontology::hex;
use planet_ontology::ids::{AgentId, AudienceId, ProposalId};
use planet_ontology::units::Moment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a question has beyond what all proposals have.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing of its own that the page shows or offers")]
pub struct Question {
    /// `question`, `check` or `election`.
    pub kind: String,
    /// The word of the method.
    pub method: String,
    /// Dots or credits of each ballot.
    pub points: Option<u32>,
    /// The money that there is.
    pub budget: Option<i64>,
    /// How many win.
    pub seats: i64,
    /// The role that an election gives.
    pub role: Option<String>,
    /// When that role ends.
    pub term_ends: Option<Moment>,
    /// When voting begins.
    pub begins: Moment,
    /// Whether it has begun.
    pub begun: bool,
    /// The options.
    pub options: Vec<Offered>,
    /// Whether the viewer has cast a ballot.
    pub voted: bool,
    /// Whether the viewer may mark a ballot now.
    pub may_choose: bool,
    /// Whether the viewer may stand now.
    pub may_stand: bool,
    /// The viewer's statement, who stands.
    pub statement: Option<String>,
    /// How many have to take part, so that it counts.
    pub needed: u32,
    /// How many ballots there are; only their number is told before the end.
    pub ballots: usize,
    /// The count, once it is over.
    pub count: Vec<Counted>,
    /// What a secret vote has; none, if the ballots are open.
    pub secret: Option<Secret>,
}

/// What the viewer's browser needs for a secret ballot.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Secret {
    /// The point that belongs to the vote's key, in hex.
    pub public: String,
    /// Whether the viewer has asked for a token.
    pub asked: bool,
    /// Whether the viewer may ask for one now, and whoever has one may cast it.
    pub voting: bool,
    /// The viewer's identity, whose key signs the request.
    pub did: Option<String>,
}

/// An option.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Offered {
    /// Its number, from zero.
    pub place: i64,
    /// Its name.
    pub title: String,
    /// More about it; a candidate's statement.
    pub about: String,
    /// What it costs.
    pub cost: i64,
    /// The act that it carries.
    pub act: Option<String>,
    /// Who stands.
    pub agent: Option<AgentId>,
    /// Their handle.
    pub handle: Option<String>,
    /// What the viewer gave it.
    pub mine: Option<u32>,
    /// Whether it won.
    pub won: bool,
    /// What it had in the end, once it is counted.
    pub votes: Option<String>,
}

/// A step of the count, with names in place of numbers.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Counted {
    /// `points`, `pairs`, `round`, `surplus`, `exclusion`, `funded`, `drawn` or `rest`.
    pub about: &'static str,
    /// To whom it was done.
    pub of: Vec<String>,
    /// What each has after it.
    pub votes: Vec<Has>,
    /// How much elects.
    pub needed: Option<String>,
    /// Who was chosen by it.
    pub elected: Vec<String>,
    /// Whether the lot broke a tie.
    pub by_lot: bool,
    /// Whether an earlier step broke a tie.
    pub earlier: bool,
}

/// What an option has after a step.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Has {
    /// The option.
    pub title: String,
    /// Points or votes.
    pub votes: String,
}

/// What a proposal asks, for its page; none, if it asks yes or no.
pub fn question(look: &mut Look, proposal: &ProposalRow, ballots: usize) -> Result<Option<Question>, Fault> {
    let Some(row) = questions::find(look.tx, proposal.id)? else { return Ok(None) };
    let me: AgentId = look.member()?.into();
    let options = questions::options(look.tx, proposal.id)?;
    let mine = questions::marks_of(look.tx, proposal.id, me)?;
    let file: Option<BallotFile> = row.result.clone().map(questions::read).transpose()?;
    let method = row.method()?;
    let word = row.word()?.to_owned();
    let stand = Stand { proposal: proposal.id, stands: true, statement: String::new() };
    let choose = Choose { proposal: proposal.id, marks: Vec::new() };
    let nominating = proposal.is_open() && row.kind == "election" && !row.begun && look.now < row.begins;
    let voting = proposal.is_open() && row.begun && look.now < proposal.closes;
    let secret = secret(look, proposal, me, voting)?;
    let statement = options.iter().find(|option| option.agent == Some(me)).map(|option| option.about.clone());
    let mut offered = Vec::with_capacity(options.len());
    for option in &options {
        offered.push(offer(look, option, mine.as_deref().unwrap_or_default(), file.as_ref())?);
    }
    let QuestionRow { kind, seats, role, term_ends, begins, begun, .. } = row;
    Ok(Some(Question {
        method: word,
        points: points_of(method),
        budget: method.budget(),
        may_choose: voting && secret.is_none() && look.may(&choose)?,
        may_stand: nominating && look.may(&stand)?,
        voted: secret.as_ref().map_or(mine.is_some(), |secret| secret.asked),
        count: file.as_ref().map(|file| told(&file.outcome, &options)).unwrap_or_default(),
        options: offered,
        kind,
        seats,
        role,
        term_ends,
        begins,
        begun,
        statement,
        needed: proposal.procedure()?.quorum.needed(proposal.electorate()),
        ballots: match &secret {
            Some(_) => match &file {
                Some(file) => file.vote.ballots.len(),
                None => usize::try_from(secrets::count(look.tx, proposal.id)?).unwrap_or_default(),
            },
            None => ballots,
        },
        secret,
    }))
}

/// What the viewer's browser needs, if the vote is secret.
fn secret(
    look: &mut Look,
    proposal: &ProposalRow,
    me: AgentId,
    voting: bool,
) -> Result<Option<Secret>, Fault> {
    let Some(key) = secrets::key(look.tx, proposal.id)? else { return Ok(None) };
    let ask = AskToken {
        proposal: proposal.id,
        blinded: String::new(),
        key: String::new(),
        signature: String::new(),
    };
    let identity = did_logs::of(look.tx, me).map_err(|error| Fault::Damaged(error.to_string()))?;
    Ok(Some(Secret {
        public: hex::encode(&key.public()),
        asked: secrets::asked(look.tx, proposal.id, me)?.is_some(),
        voting: voting && look.may(&ask)?,
        did: identity.map(|hosted| hosted.did),
    }))
}

fn offer(
    look: &mut Look,
    option: &OptionRow,
    mine: &[(u16, u32)],
    file: Option<&BallotFile>,
) -> Result<Offered, Fault> {
    let agent = option.agent.map(|agent| agents::find(look.tx, agent)).transpose()?.flatten();
    let mine = mine.iter().find(|(place, _)| i64::from(*place) == option.place).map(|(_, value)| *value);
    Ok(Offered {
        place: option.place,
        title: option.title.clone(),
        about: option.about.clone(),
        cost: option.cost,
        act: option.act.clone(),
        agent: option.agent,
        handle: agent.map(|agent| agent.handle),
        mine,
        votes: file.and_then(|file| last(&file.outcome, option.place)),
        won: file.is_some_and(|file| file.outcome.winners.iter().any(|won| i64::from(*won) == option.place)),
    })
}

/// What an option had at the last step that names it.
fn last(outcome: &Outcome, place: i64) -> Option<String> {
    let of = |step: &Step| {
        step.votes.iter().find(|tally| i64::from(tally.option) == place).map(|tally| plain(&tally.votes))
    };
    outcome.steps.iter().rev().find_map(of)
}

fn told(outcome: &Outcome, options: &[OptionRow]) -> Vec<Counted> {
    let title = |place: &u16| options.get(usize::from(*place)).map(|it| it.title.clone()).unwrap_or_default();
    let step = |step: &Step| Counted {
        about: word(step.about),
        of: step.of.iter().map(title).collect(),
        votes: step
            .votes
            .iter()
            .map(|tally| Has { title: title(&tally.option), votes: plain(&tally.votes) })
            .collect(),
        needed: step.needed.as_deref().map(plain),
        elected: step.elected.iter().map(title).collect(),
        by_lot: step.by_lot,
        earlier: step.earlier,
    };
    outcome.steps.iter().map(step).collect()
}

/// Without zeros that say nothing: rules that carry fractions write five of them.
fn plain(votes: &str) -> String {
    let short = if votes.contains('.') { votes.trim_end_matches('0').trim_end_matches('.') } else { votes };
    short.to_owned()
}

const fn word(step: Steps) -> &'static str {
    match step {
        Steps::Points => "points",
        Steps::Pairs => "pairs",
        Steps::Round => "round",
        Steps::Surplus => "surplus",
        Steps::Exclusion => "exclusion",
        Steps::Funded => "funded",
        Steps::Drawn => "drawn",
        Steps::Rest => "rest",
    }
}

/// All that the count of a question needs, once it is over.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ballots {
    /// The question.
    pub id: ProposalId,
}

impl View for Ballots {
    const NAME: &'static str = "governance.ballots";
    const ABOUT: &'static str =
        "All that the count of a question needs, and its outcome, for `planet recount`.";
    type Output = Value;

    fn read(&self, look: &mut Look) -> Result<Value, Fault> {
        let row = rows::find(look.tx, self.id)?
            .filter(|row| look.viewer.may_see(AudienceId::from(row.group)))
            .ok_or(GovernanceError::ProposalUnknown)?;
        let question = questions::find(look.tx, row.id)?.ok_or(GovernanceError::NoQuestion)?;
        Ok(question.result.ok_or(GovernanceError::NotCounted)?)
    }
}
