//! What currencies tell their holders: what ends soon, that one is being closed, what is owed.

use crate::pages::{path_of, unit};
use crate::rows::notices;
use crate::views::{Told, WaitingHere};
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_kit::waits::{Said, Wait, Waits, Word};
use planet_ontology::ids::MemberId;
use planet_ontology::units::Moment;
use planet_store::Tx;

/// For home and the bell.
pub const WAITS: Waits = Waits { count, list };

fn count(tx: &mut Tx, member: MemberId, now: Moment) -> Result<usize, Fault> {
    Ok(notices::waiting(tx, member.into(), now)?.len())
}

fn list(look: &mut Look) -> Result<Vec<Wait>, Fault> {
    let told = WaitingHere::default().read(look)?;
    Ok(told.into_iter().map(|it| wait(&it)).collect())
}

fn wait(it: &Told) -> Wait {
    let (key, money) = (format!("currencies-told-{}", it.kind), &it.money);
    let what = Said::text(&key)
        .with("name", money.name.as_str())
        .with("amount", Word::money(it.amount, &unit(money)))
        // The day is told by its end.
        .with("date", Moment(it.day.0.saturating_sub(1)));
    Wait::new(what, "hourglass", path_of(money)).note(Said::text(format!("{key}-note")))
}
