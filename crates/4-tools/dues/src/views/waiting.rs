//! What waits for a member about dues and shares: for home, and for the number at the bell.

use crate::letters::BEFORE;
use crate::rows::terms::in_force;
use crate::rows::{lines, people, reliefs, shares};
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{GroupId, MemberId};
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What waits for the viewer.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiting {}

/// A kind of thing that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Dues that are due soon, or have been.
    Dues,
    /// Shares that a member has to hold.
    Shares,
    /// Members who ask for help.
    Reliefs,
    /// Shares to be repaid.
    Repayments,
}

/// Something that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Task {
    /// What it is.
    pub kind: Kind,
    /// How many there are.
    pub count: i64,
}

impl View for Waiting {
    const NAME: &'static str = "dues.waiting";
    const ABOUT: &'static str = "What waits for you about dues and shares.";
    type Output = Vec<Task>;

    fn read(&self, look: &mut Look) -> Result<Vec<Task>, Fault> {
        let me = look.member()?;
        tasks(look.tx, me, look.now)
    }
}

/// What waits for a member. Whoever has it paid by itself is told when that failed.
pub fn tasks(tx: &mut Tx, member: MemberId, now: Moment) -> Result<Vec<Task>, Fault> {
    let Some(it) = in_force(tx)? else { return Ok(Vec::new()) };
    let near = if people::chosen(tx, member)?.by_itself { now } else { now.plus_seconds(BEFORE * 86_400) };
    let missing = it.terms.least_shares.saturating_sub(shares::held(tx, member)?).max(0);
    let mut counts = vec![(Kind::Dues, lines::count_due(tx, member, near)?), (Kind::Shares, missing)];
    if planet_purse::keeps(tx, member.into(), GroupId::CLUB)? {
        counts.push((Kind::Reliefs, reliefs::count_open(tx, member)?));
        counts.push((Kind::Repayments, shares::count_repayable(tx, member, now)?));
    }
    Ok(counts.into_iter().filter(|(_, count)| *count > 0).map(|(kind, count)| Task { kind, count }).collect())
}
