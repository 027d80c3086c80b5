//! What waits for a member because they keep money for others.

use crate::views::waiting::{Kind, Task, tasks};
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_kit::waits::{Said, Wait, Waits};
use planet_ontology::ids::MemberId;
use planet_ontology::units::Moment;
use planet_store::Tx;

/// For home and the bell.
pub const WAITS: Waits = Waits { count, list };

fn count(tx: &mut Tx, member: MemberId, _: Moment) -> Result<usize, Fault> {
    Ok(tasks(tx, member)?.len())
}

fn list(look: &mut Look) -> Result<Vec<Wait>, Fault> {
    let me = look.member()?;
    Ok(tasks(look.tx, me)?.iter().map(wait).collect())
}

fn wait(task: &Task) -> Wait {
    let desk = format!("/treasury/{}/desk", task.held.code);
    let counted = |key: &str| Said::text(key).with("count", task.count);
    let (what, icon, href) = match task.kind {
        Kind::Ins => (counted("treasury-waits-ins"), "inbox", desk),
        Kind::Outs => (counted("treasury-waits-outs"), "upload", desk),
        Kind::Lines => (counted("treasury-waits-lines"), "receipt-text", desk),
        Kind::Cash(id) => {
            let what = Said::text("treasury-waits-cash").with("name", task.name.as_str());
            (what, "hand-coins", format!("/treasury/pay-ins/{id}"))
        }
    };
    Wait::new(what, icon, href).note(format!("{} \u{b7} {}", task.held.name, task.held.holder_name))
}
