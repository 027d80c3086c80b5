//! What of dues and shares waits for a member.

use crate::views::waiting::{Kind, Task, tasks};
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_kit::waits::{Said, Wait, Waits};
use planet_ontology::ids::MemberId;
use planet_ontology::units::Moment;
use planet_store::Tx;

/// For home and the bell.
pub const WAITS: Waits = Waits { count, list };

fn count(tx: &mut Tx, member: MemberId, now: Moment) -> Result<usize, Fault> {
    Ok(tasks(tx, member, now)?.len())
}

fn list(look: &mut Look) -> Result<Vec<Wait>, Fault> {
    let me = look.member()?;
    Ok(tasks(look.tx, me, look.now)?.into_iter().map(wait).collect())
}

fn wait(task: Task) -> Wait {
    let (key, icon, href) = match task.kind {
        Kind::Dues => ("dues-waits-dues", "receipt-text", "/membership/dues"),
        Kind::Shares => ("dues-waits-shares", "ticket", "/membership/shares"),
        Kind::Reliefs => ("dues-waits-reliefs", "heart", "/membership/desk"),
        Kind::Repayments => ("dues-waits-repayments", "hand-coins", "/membership/desk"),
    };
    Wait::new(Said::text(key).with("count", task.count), icon, href)
}
