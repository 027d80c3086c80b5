//! What can be seen of decisions: the list and one proposal.

use crate::acts::{Vote, Withdraw};
use crate::choice::views::{Question, question};
use crate::delegates::cast::{Standing as Delegation, standing};
use crate::delegates::views::{By, InThisVote, in_this_vote};
use crate::error::GovernanceError;
use crate::register::{self, Proof};
use crate::rows::{self, ProposalRow};
use crate::talk::views::{Talk, talk};
use crate::voices::{Ballot, ballot, first_ballots, with};
use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{AudienceId, GroupId, ProposalId};
use planet_ontology::units::Moment;
use planet_policy::counting::{Choice, Tally, missing};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How many proposals a page of the list has.
pub const PAGE: i64 = 30;
/// How many of those who may still sign a proposal's page names.
const VOTERS: i64 = 20;

/// The proposals of the viewer's groups, open ones first.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decisions {
    /// Only those opened before this moment, in microseconds.
    #[serde(default)]
    pub before: Option<i64>,
}

/// A proposal in a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Line {
    /// Its id.
    pub id: ProposalId,
    /// What would be done.
    pub title: String,
    /// Where it stands.
    pub state: String,
    /// When it opened.
    pub opened: Moment,
    /// When it closes.
    pub closes: Moment,
    /// `proposal`, `question` or `election`.
    pub kind: &'static str,
    /// Whether it waits for the viewer's vote.
    pub to_vote: bool,
}

impl Line {
    fn new(row: ProposalRow, waiting: &[rows::ToVote]) -> Self {
        let to_vote = waiting.iter().any(|it| it.id == row.id);
        Self {
            id: row.id,
            kind: row.asks(),
            title: row.title,
            state: row.state,
            opened: row.opened,
            closes: row.closes,
            to_vote,
        }
    }
}

impl View for Decisions {
    const NAME: &'static str = "governance.decisions";
    const ABOUT: &'static str = "The proposals of your groups, open ones first.";
    type Output = Vec<Line>;

    fn read(&self, look: &mut Look) -> Result<Vec<Line>, Fault> {
        let before = Moment(self.before.unwrap_or(i64::MAX));
        let member = look.member()?;
        let waiting = rows::waiting(look.tx, member, look.now)?;
        let rows = rows::list(look.tx, member, before, PAGE)?;
        Ok(rows.into_iter().map(|row| Line::new(row, &waiting)).collect())
    }
}

/// Whom the viewer can ask something: the club and the groups that they are in.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Asking {}

/// One of them.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Room {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// Its handle.
    pub handle: String,
}

impl View for Asking {
    const NAME: &'static str = "governance.asking";
    const ABOUT: &'static str = "Whom you can ask something: the club and the groups that you are in.";
    type Output = Vec<Room>;

    fn read(&self, look: &mut Look) -> Result<Vec<Room>, Fault> {
        let me = look.member()?;
        let club = agents::find(look.tx, GroupId::CLUB.into())?;
        let mut rooms: Vec<Room> = club
            .into_iter()
            .map(|club| Room { id: GroupId::CLUB, name: club.name, handle: club.handle })
            .collect();
        let groups = agents::groups_of(look.tx, me.into())?;
        rooms.extend(groups.into_iter().map(|(id, handle, name, _)| Room { id, name, handle }));
        Ok(rooms)
    }
}

/// One proposal.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Its id.
    pub id: ProposalId,
}

/// Somebody who may vote.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Voter {
    /// Name.
    pub name: String,
    /// Handle.
    pub handle: String,
}

/// One proposal, with all that is known of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Detail {
    /// The proposal.
    pub line: Line,
    /// The name of the group that decides.
    pub group: String,
    /// What became of it so far.
    pub history: History,
    /// Why, in the opener's words.
    pub reason: String,
    /// Who opened it.
    pub opener: String,
    /// The opener's handle.
    pub opener_handle: String,
    /// The act's name.
    pub act: String,
    /// The act's arguments.
    pub args: Value,
    /// The procedure's name.
    pub procedure: String,
    /// The procedure, in a sentence.
    pub procedure_about: String,
    /// How many may vote, and what they said.
    pub tally: Counts,
    /// What it still needs, if it is open.
    pub missing: Option<String>,
    /// What came of it.
    pub outcome: String,
    /// The choices that are offered.
    pub choices: Vec<String>,
    /// Whether what it needs is signatures: so many of a few who agree.
    pub signed: bool,
    /// The first ballots; they are open. All of them are in `governance.voices`.
    pub ballots: Vec<Ballot>,
    /// How many ballots there are, with those that would be cast for others if it ended now.
    pub voted: usize,
    /// Where it needs signatures: those who may still sign, by name. Elsewhere nobody is told who has not voted yet.
    pub outstanding: Vec<Voter>,
    /// Who votes for the viewer here, and for whom the viewer does.
    pub delegation: InThisVote,
    /// What the viewer said.
    pub mine: Option<String>,
    /// What it asks, if it is a choice between options.
    pub question: Option<Question>,
    /// What was said about it and what follows from it.
    pub talk: Talk,
    /// Whether the viewer may vote now.
    pub may_vote: bool,
    /// Whether the viewer may take it back.
    pub may_withdraw: bool,
}

/// A tally, for pages and programs.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Counts {
    /// How many may vote.
    pub electorate: u32,
    /// In favour.
    pub yes: u32,
    /// Against.
    pub no: u32,
    /// Without a preference.
    pub abstain: u32,
    /// Objections.
    pub objections: u32,
}

impl From<Tally> for Counts {
    fn from(tally: Tally) -> Self {
        let Tally { electorate, yes, no, abstain, objections } = tally;
        Self { electorate, yes, no, abstain, objections }
    }
}

/// What became of a proposal so far, for its page.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct History {
    /// When it opened.
    pub opened: Moment,
    /// When it ended.
    pub ended: Option<Moment>,
    /// The number of the decision in its group, where it stands in the register.
    pub number: Option<i64>,
    /// Where its end stands in the log.
    pub proof: Option<Proof>,
}

impl History {
    fn read(tx: &mut Tx, row: &ProposalRow) -> Result<Self, Fault> {
        let entered = register::number(tx, row.id)?;
        let (number, ended) = entered.unzip();
        let proof = ended.map(|ended| register::proof(tx, row, ended)).transpose()?.flatten();
        Ok(Self { opened: row.opened, ended, number, proof })
    }
}

impl View for Decision {
    const NAME: &'static str = "governance.decision";
    const ABOUT: &'static str = "One proposal with its ballots.";
    type Output = Detail;

    fn read(&self, look: &mut Look) -> Result<Detail, Fault> {
        let row = rows::find(look.tx, self.id)?
            .filter(|row| look.viewer.may_see(AudienceId::from(row.group)))
            .ok_or(GovernanceError::ProposalUnknown)?;
        let member = look.member()?;
        let procedure = row.procedure()?;
        let standing = if row.is_open() { standing(look.tx, &row, look.now)? } else { None };
        let for_others = standing.as_ref().map(Delegation::cast).unwrap_or_default();
        let own = rows::ballot_of(look.tx, &row, member.into())?.map(|it| ballot(&procedure, it));
        let voted = rows::count_ballots(look.tx, row.id)? + for_others.len();
        let mut tally = rows::tally(look.tx, &row)?;
        let delegation = match &standing {
            Some(standing) => {
                tally = with(tally, standing, &for_others);
                in_this_vote(look, &row, standing)?
            }
            None => InThisVote { by: own.as_ref().and_then(voted_for), people: Vec::new() },
        };
        let mine = own.filter(|it| it.via.is_none()).map(|it| it.choice);
        let waiting = rows::waiting(look.tx, member, look.now)?;
        let to_sign = row.is_open() && procedure.is_signed();
        let outstanding = if to_sign { rows::outstanding(look.tx, &row, VOTERS)? } else { Vec::new() };
        let opener = agents::find(look.tx, row.opener)?;
        let group = agents::find(look.tx, row.group.into())?;
        let question = question(look, &row, voted)?;
        let ballots = match (&question, &standing) {
            // Between options only the number of ballots is told before the end.
            (Some(_), _) => Vec::new(),
            (None, standing) => first_ballots(look.tx, &row, standing.as_ref(), &for_others)?,
        };
        let talk = talk(look, &row)?;
        let plain = question.is_none();
        let probe = Vote { proposal: row.id, choice: String::new(), reason: String::new() };
        Ok(Detail {
            may_vote: plain && look.may(&probe)? && look.now < row.closes,
            may_withdraw: look.may(&Withdraw { proposal: row.id })?,
            group: group.map(|agent| agent.name).unwrap_or_default(),
            history: History::read(look.tx, &row)?,
            reason: reason(&row),
            opener: opener.as_ref().map(|agent| agent.name.clone()).unwrap_or_default(),
            opener_handle: opener.map(|agent| agent.handle).unwrap_or_default(),
            act: row.act.clone(),
            args: row.args.clone(),
            choices: procedure.choices().iter().map(|choice| choice.word().to_owned()).collect(),
            missing: (plain && row.is_open()).then(|| missing(&procedure, &tally)).flatten(),
            signed: procedure.is_signed(),
            outstanding: outstanding.into_iter().map(|(handle, name)| Voter { name, handle }).collect(),
            procedure: procedure.name,
            procedure_about: procedure.about,
            tally: tally.into(),
            outcome: row.outcome.clone(),
            ballots,
            voted,
            question,
            talk,
            delegation,
            mine,
            line: Line::new(row, &waiting),
        })
    }
}

/// Why, in the opener's words: beside the act, or where the act itself has a place for it.
fn reason(row: &ProposalRow) -> String {
    let inner = row.args.get("reason").and_then(Value::as_str).unwrap_or_default();
    if row.reason.is_empty() { inner.to_owned() } else { row.reason.clone() }
}

/// Who cast this ballot for whose it is, in a vote that is over.
fn voted_for(ballot: &Ballot) -> Option<By> {
    let Voter { name, handle } = ballot.via.clone()?;
    let choice = Choice::from_word(&ballot.choice).map(|choice| choice.word().to_owned());
    Some(By { name, handle, cast: true, crowded_out: false, choice, marks: Vec::new() })
}
