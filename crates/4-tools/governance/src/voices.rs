//! The open ballots of a proposal: the first of them for its page, all of them page by page, and what they add up to with those that
//! would be cast for others. It decides nothing and counts no question between options.

use crate::delegates::cast::Standing as Delegation;
use crate::delegates::views::voter;
use crate::error::GovernanceError;
use crate::rows::{self, BallotRow, ProposalRow};
use crate::views::Voter;
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{AgentId, AudienceId, ProposalId};
use planet_ontology::roles::{Role, Standing};
use planet_ontology::units::Moment;
use planet_policy::counting::{Choice, Tally};
use planet_policy::procedure::Procedure;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many ballots the page of a proposal shows, and each page of all of them.
pub const BALLOTS: usize = 50;

/// One ballot.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Ballot {
    /// Who.
    pub agent: AgentId,
    /// Name.
    pub name: String,
    /// Handle.
    pub handle: String,
    /// What they said.
    pub choice: String,
    /// Why.
    pub reason: String,
    /// Who cast it for them, if they did not themself; as long as the vote is open, who would.
    pub via: Option<Voter>,
    /// Whether it counts: whoever lost the role that votes, left the group or is suspended is not counted.
    pub counts: bool,
}

/// All ballots of a proposal that is answered with yes or no, page by page. Between options they are published when they are counted.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Voices {
    /// The proposal.
    pub id: ProposalId,
    /// Only those cast after this moment, in microseconds; or in it, by somebody after `whose`.
    #[serde(default)]
    pub after: Option<i64>,
    /// The last voter of the page before.
    #[serde(default)]
    pub whose: Option<AgentId>,
}

/// A page of ballots.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct VoicesPage {
    /// What it is about.
    pub title: String,
    /// The ballots, oldest first.
    pub ballots: Vec<Ballot>,
    /// Where the next page begins: `after` and `whose`.
    pub next: Option<(i64, AgentId)>,
}

impl View for Voices {
    const NAME: &'static str = "governance.voices";
    const ABOUT: &'static str = "All open ballots of a proposal, page by page, the oldest first.";
    type Output = VoicesPage;

    fn read(&self, look: &mut Look) -> Result<VoicesPage, Fault> {
        let row = rows::find(look.tx, self.id)?
            .filter(|row| look.viewer.may_see(AudienceId::from(row.group)))
            .ok_or(GovernanceError::ProposalUnknown)?;
        if crate::choice::rows::find(look.tx, row.id)?.is_some() {
            return Err(GovernanceError::NotCounted.into());
        }
        let (first, whose) = rows::BEGINNING;
        let after = (self.after.map_or(first, Moment), self.whose.unwrap_or(whose));
        let ballots = page_of_ballots(look.tx, &row, after)?;
        let full = ballots.len() == BALLOTS;
        let next = ballots.last().filter(|_| full).map(|(at, ballot)| (at.0, ballot.agent));
        Ok(VoicesPage { title: row.title, ballots: ballots.into_iter().map(|(_, it)| it).collect(), next })
    }
}

/// The first ballots for the page of a proposal: those that were cast, and as far as there is room those that would be cast for others.
pub(crate) fn first_ballots(
    tx: &mut Tx,
    row: &ProposalRow,
    standing: Option<&Delegation>,
    for_others: &[(AgentId, AgentId)],
) -> Result<Vec<Ballot>, Fault> {
    let cast = page_of_ballots(tx, row, rows::BEGINNING)?;
    let mut ballots: Vec<Ballot> = cast.into_iter().map(|(_, ballot)| ballot).collect();
    let room = BALLOTS.saturating_sub(ballots.len());
    let copy = |standing: &Delegation, (of, by): (AgentId, AgentId)| {
        let named = standing.named_by(of)?;
        Some(Ballot {
            agent: of,
            name: named.name.clone(),
            handle: named.handle.clone(),
            choice: standing.said.get(&by)?.clone(),
            reason: String::new(),
            via: Some(voter(&standing.named, by)?),
            counts: true,
        })
    };
    let copies = standing.into_iter().flat_map(|it| for_others.iter().filter_map(|pair| copy(it, *pair)));
    ballots.extend(copies.take(room));
    Ok(ballots)
}

/// Ballots as the page shows them, from one on, each with its moment.
fn page_of_ballots(
    tx: &mut Tx,
    row: &ProposalRow,
    after: (Moment, AgentId),
) -> Result<Vec<(Moment, Ballot)>, Fault> {
    let procedure = row.procedure()?;
    let limit = i64::try_from(BALLOTS).unwrap_or(i64::MAX);
    let cast = rows::ballots(tx, row, after, limit)?;
    Ok(cast.into_iter().map(|it| (it.at, ballot(&procedure, it))).collect())
}

/// A tally with the ballots that would be cast for others if the vote ended now.
pub(crate) fn with(tally: Tally, standing: &Delegation, for_others: &[(AgentId, AgentId)]) -> Tally {
    let choices = for_others.iter().filter_map(|(_, by)| Choice::from_word(standing.said.get(by)?));
    let more = Tally::of(tally.electorate, choices);
    Tally {
        electorate: tally.electorate,
        yes: tally.yes.saturating_add(more.yes),
        no: tally.no.saturating_add(more.no),
        abstain: tally.abstain.saturating_add(more.abstain),
        objections: tally.objections.saturating_add(more.objections),
    }
}

/// A ballot as it is told.
pub(crate) fn ballot(procedure: &Procedure, it: BallotRow) -> Ballot {
    Ballot {
        counts: counts(procedure, &it.standing, it.role.as_deref()),
        agent: it.agent,
        name: it.name,
        handle: it.handle,
        choice: it.choice,
        reason: it.reason,
        via: it.via.zip(it.via_handle).map(|(name, handle)| Voter { name, handle }),
    }
}

/// Whether a ballot of somebody who stands like this, in this role, is counted.
fn counts(procedure: &Procedure, standing: &str, role: Option<&str>) -> bool {
    let role = role.and_then(Role::from_word);
    standing == Standing::Active.word() && role.is_some_and(|role| procedure.electorate.includes(role))
}
