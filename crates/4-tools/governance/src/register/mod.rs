//! The register of decisions: what was decided, how, with how many voices, what was done by it, and its place in the log. For the
//! members of the group that decided. Its page and the table to take along are in `pages`.

pub mod pages;

use crate::choice::rows as questions;
use crate::choice::settle::deeds;
use crate::rows::{self, ProposalRow};
use crate::talk::rows as talk;
use crate::views::Counts;
use planet_corridor::act::{Act, View};
use planet_corridor::event::Entry;
use planet_corridor::look::Look;
use planet_corridor::receipt;
use planet_corridor::refusal::Fault;
use planet_count::vote::BallotFile;
use planet_ontology::ids::{EventId, GroupId, MemberId, ProposalId};
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many decisions a page of the register has.
const PAGE: i64 = 30;
/// How many an export has at most.
const ALL: i64 = 100_000;

/// Look into the register.
#[derive(Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Words of the decision, its reason or its outcome.
    #[serde(default)]
    pub q: Option<String>,
    /// `done`, `not_performed`, `failed` or `withdrawn`; all if it is left out.
    #[serde(default)]
    pub state: Option<String>,
    /// Only what ended before this.
    #[serde(default)]
    pub before: Option<i64>,
    /// All of it, for taking along.
    #[serde(default)]
    pub all: bool,
}

/// A decision as it stands in the register.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Entered {
    /// Its number in its group, from one.
    pub number: i64,
    /// The proposal.
    pub id: ProposalId,
    /// Whose decision it was.
    pub group: GroupId,
    /// Its text.
    pub title: String,
    /// Why, in the words of whoever proposed it.
    pub reason: String,
    /// `proposal`, `question` or `election`.
    pub kind: &'static str,
    /// How it was decided, in a sentence.
    pub procedure: String,
    /// How it was counted between options, in the word of the method; none where it was asked yes or no.
    pub method: Option<String>,
    /// How many could vote and how they did; between options only how many could.
    pub counts: Counts,
    /// How many took part.
    pub voted: u32,
    /// `done`, `not_performed`, `failed` or `withdrawn`.
    pub state: String,
    /// What came of it.
    pub outcome: String,
    /// The acts that it performed; none, if it performed none.
    pub performed: Vec<String>,
    /// When it ended.
    pub ended: Moment,
    /// How it is to be understood, if somebody said so.
    pub statement: Option<String>,
    /// When it is looked at again.
    pub review: Option<Moment>,
    /// Whether that time has come.
    pub review_due: bool,
    /// Where it stands in the log.
    pub proof: Option<Proof>,
}

/// Where a decision stands in the log, for whoever keeps checkpoints.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Proof {
    /// The event by which it ended.
    pub event: EventId,
    /// The event's commitment, in hex.
    pub commitment: String,
    /// Its position, once it is sealed.
    pub position: Option<i64>,
}

impl View for Register {
    const NAME: &'static str = "governance.register";
    const ABOUT: &'static str =
        "What your groups have decided, with what was done by it and its place in the log.";
    type Output = Vec<Entered>;

    fn read(&self, look: &mut Look) -> Result<Vec<Entered>, Fault> {
        let me = look.member()?;
        let limit = if self.all { ALL } else { PAGE };
        let found = ended(look.tx, me, self, limit)?;
        found
            .into_iter()
            .map(|(number, ended, id)| entered(look, number, ended, id))
            .filter_map(Result::transpose)
            .collect()
    }
}

/// What has ended in the groups of a member, the newest first: its number, when it ended, and its id.
fn ended(
    tx: &mut Tx,
    me: MemberId,
    wanted: &Register,
    limit: i64,
) -> Result<Vec<(i64, Moment, ProposalId)>, Error> {
    let words = wanted.q.as_deref().unwrap_or_default().trim().to_lowercase();
    let words = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    tx.rows(
        sql!(
            "SELECT number, ended, id FROM (
               SELECT p.id, p.ended, p.state, p.title, p.reason, p.outcome, s.text AS statement,
                      row_number() OVER (PARTITION BY p.group_id ORDER BY p.ended, p.id) AS number
                 FROM proposals p
                 JOIN memberships m ON m.group_id = p.group_id AND m.agent_id = ?1
                 LEFT JOIN statements s ON s.proposal_id = p.id
                WHERE p.ended IS NOT NULL AND p.state NOT IN ('open', 'passed')) AS closed
              WHERE ended < ?2 AND (?3 = '' OR state = ?3)
                AND (lower(title) LIKE ?4 ESCAPE '\\' OR lower(reason) LIKE ?4 ESCAPE '\\' OR lower(outcome) LIKE ?4 ESCAPE '\\'
                     OR lower(coalesce(statement, '')) LIKE ?4 ESCAPE '\\')
              ORDER BY ended DESC, id DESC LIMIT ?5"
        ),
        &[
            &me,
            &Moment(wanted.before.unwrap_or(i64::MAX)),
            &wanted.state.as_deref().unwrap_or_default(),
            &format!("%{words}%"),
            &limit,
        ],
    )
}

fn entered(look: &mut Look, number: i64, ended: Moment, id: ProposalId) -> Result<Option<Entered>, Fault> {
    let Some(row) = rows::find(look.tx, id)? else { return Ok(None) };
    let counts = rows::tally(look.tx, &row)?.into();
    let (method, voted, performed) = told(look.tx, &row, counts)?;
    let statement = talk::statement(look.tx, id)?;
    let review = statement.as_ref().and_then(|it| it.review);
    let proof = proof(look.tx, &row, ended)?;
    Ok(Some(Entered {
        number,
        id,
        group: row.group,
        kind: row.asks(),
        procedure: row.procedure()?.about,
        title: row.title,
        reason: row.reason,
        method,
        counts,
        voted,
        state: row.state,
        outcome: row.outcome,
        performed,
        ended,
        review_due: review.is_some_and(|review| review <= look.now),
        statement: statement.map(|it| it.text),
        review,
        proof,
    }))
}

/// What there is to say only of a choice between options, or only of yes and no: the method, how many took part, and what was done.
fn told(tx: &mut Tx, row: &ProposalRow, counts: Counts) -> Result<(Option<String>, u32, Vec<String>), Fault> {
    let done = row.state == "done";
    let Some(question) = questions::find(tx, row.id)? else {
        let Counts { yes, no, abstain, objections, .. } = counts;
        let voted = [yes, no, abstain, objections].into_iter().fold(0_u32, u32::saturating_add);
        return Ok((None, voted, if done { vec![row.act.clone()] } else { Vec::new() }));
    };
    let method = question.word()?.to_owned();
    let file: Option<BallotFile> = question.result.clone().map(questions::read).transpose()?;
    let Some(file) = file else { return Ok((Some(method), 0, Vec::new())) };
    let options = questions::options(tx, row.id)?;
    let acts = if done { deeds(row, &question, &options, &file.outcome.winners) } else { Vec::new() };
    let voted = u32::try_from(file.vote.ballots.len()).unwrap_or(u32::MAX);
    Ok((Some(method), voted, acts.into_iter().map(|(act, _)| act).collect()))
}

/// The number of a decision in its group and when it ended; nothing as long as it is not in the register.
pub fn number(tx: &mut Tx, id: ProposalId) -> Result<Option<(i64, Moment)>, Error> {
    tx.row(
        sql!(
            "SELECT (SELECT count(*) FROM proposals o
                      WHERE o.group_id = p.group_id AND o.ended IS NOT NULL AND o.state NOT IN ('open', 'passed')
                        AND (o.ended < p.ended OR (o.ended = p.ended AND o.id <= p.id))), p.ended
               FROM proposals p
              WHERE p.id = ?1 AND p.ended IS NOT NULL AND p.state NOT IN ('open', 'passed')"
        ),
        &[&id],
    )
}

/// The event by which a proposal ended: the vote that settled it, or the clock.
pub(crate) fn proof(tx: &mut Tx, row: &ProposalRow, ended: Moment) -> Result<Option<Proof>, Error> {
    let ends = [
        crate::acts::Vote::NAME,
        crate::acts::Close::NAME,
        crate::acts::Withdraw::NAME,
        crate::acts::Propose::NAME,
    ];
    let fits = |entry: &Entry| entry.act.split('@').next().is_some_and(|act| ends.contains(&act));
    let found = receipt::find(tx, &row.id.to_string(), ended, fits)?;
    Ok(found.map(|(event, _)| Proof {
        event: event.id,
        commitment: planet_ontology::hex::encode(&event.commitment),
        position: event.position,
    }))
}
