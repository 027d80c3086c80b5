//! What waits for a member of what groups decide: votes to cast, and what of past decisions is due.

use crate::rows;
use crate::talk::due;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_kit::waits::{Said, Wait, Waits};
use planet_ontology::ids::{MemberId, ProposalId};
use planet_ontology::units::Moment;
use planet_store::Tx;

/// For home and the bell.
pub const WAITS: Waits = Waits { count, list };

fn count(tx: &mut Tx, member: MemberId, now: Moment) -> Result<usize, Fault> {
    Ok(rows::waiting(tx, member, now)?.len().saturating_add(due::waits(tx, member, now)?.len()))
}

fn list(look: &mut Look) -> Result<Vec<Wait>, Fault> {
    let me = look.member()?;
    let place = |proposal: ProposalId| format!("/decisions/{proposal}");
    let votes = rows::waiting(look.tx, me, look.now)?.into_iter().map(|it| {
        let closes = Said::text("governance-open-until").with("day", it.closes);
        Wait::new(it.title.trim_end_matches('.'), "vote", place(it.id)).note(closes)
    });
    let due = due::waits(look.tx, me, look.now)?.into_iter().map(|it| {
        let what =
            Said::text(format!("governance-due-{}", it.kind)).with("what", it.text.trim_end_matches('.'));
        let by = Said::text("governance-due-day").with("day", it.due);
        Wait::new(what, "vote", place(it.proposal)).note(by)
    });
    Ok(votes.chain(due).collect())
}
