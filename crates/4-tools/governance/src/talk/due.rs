//! What of past decisions waits for somebody: what they have taken on, and decisions that they are to look at again.

use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{MemberId, ProposalId};
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How long before its day something that was taken on begins to wait: a week.
const SOON: i64 = 7 * 86_400;

/// What of past decisions waits for the viewer.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Due {}

/// Something that waits.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Waits {
    /// The decision.
    pub proposal: ProposalId,
    /// `review`, `follow_up` or `hearing`: a proposal that is about the viewer, who has said nothing to it.
    pub kind: &'static str,
    /// What was decided, or what is to be done.
    pub text: String,
    /// Its day.
    pub due: Moment,
}

record! {
    /// Something that waits, with its decision.
    struct DueRow {
        proposal: ProposalId,
        text: String,
        due: Moment,
    }
}

impl View for Due {
    const NAME: &'static str = "governance.due";
    const ABOUT: &'static str =
        "What of past decisions waits for you: what you have taken on, and what you are to look at again.";
    type Output = Vec<Waits>;

    fn read(&self, look: &mut Look) -> Result<Vec<Waits>, Fault> {
        let me = look.member()?;
        Ok(waits(look.tx, me, look.now)?)
    }
}

/// What waits for a member, by its day.
pub fn waits(tx: &mut Tx, me: MemberId, now: Moment) -> Result<Vec<Waits>, Error> {
    let of = |kind| move |row: DueRow| Waits { proposal: row.proposal, kind, text: row.text, due: row.due };
    let mut all: Vec<Waits> = reviews(tx, me, now)?.into_iter().map(of("review")).collect();
    all.extend(hearings(tx, me)?.into_iter().map(of("hearing")));
    all.extend(taken_on(tx, me, now.plus_seconds(SOON))?.into_iter().map(of("follow_up")));
    all.sort_by_key(|it| it.due);
    Ok(all)
}

/// Decisions whose day of review has come, for whoever proposed them or said what came of them, as long as they are in the group.
fn reviews(tx: &mut Tx, me: MemberId, now: Moment) -> Result<Vec<DueRow>, Error> {
    tx.rows(
        sql!(
            "SELECT p.id, p.title, s.review
               FROM statements s
               JOIN proposals p ON p.id = s.proposal_id
               JOIN memberships m ON m.group_id = p.group_id AND m.agent_id = ?1
              WHERE s.review <= ?2 AND (s.agent_id = ?1 OR p.opener_id = ?1)"
        ),
        &[&me, &now],
    )
}

/// Open proposals that are about somebody who has not said anything to them.
fn hearings(tx: &mut Tx, me: MemberId) -> Result<Vec<DueRow>, Error> {
    tx.rows(
        sql!(
            "SELECT p.id, p.title, p.closes
               FROM hearings h
               JOIN proposals p ON p.id = h.proposal_id
               JOIN memberships m ON m.group_id = p.group_id AND m.agent_id = ?1
              WHERE h.agent_id = ?1 AND h.text = '' AND p.state = 'open'"
        ),
        &[&me],
    )
}

fn taken_on(tx: &mut Tx, me: MemberId, until: Moment) -> Result<Vec<DueRow>, Error> {
    tx.rows(
        sql!(
            "SELECT f.proposal_id, f.text, f.due
               FROM follow_ups f
               JOIN proposals p ON p.id = f.proposal_id
               JOIN memberships m ON m.group_id = p.group_id AND m.agent_id = ?1
              WHERE f.owner_id = ?1 AND f.done IS NULL AND f.due <= ?2"
        ),
        &[&me, &until],
    )
}
