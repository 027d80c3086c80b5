//! What waits for a member at the doors of groups.

use crate::rows::arrivals;
use crate::views::AtDoors;
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_kit::waits::{Said, Wait, Waits};
use planet_ontology::ids::MemberId;
use planet_ontology::units::Moment;
use planet_store::Tx;

/// For home and the bell.
pub const WAITS: Waits = Waits { count, list };

fn count(tx: &mut Tx, member: MemberId, _: Moment) -> Result<usize, Fault> {
    Ok(usize::try_from(arrivals::count_waiting(tx, member)?).unwrap_or_default())
}

fn list(look: &mut Look) -> Result<Vec<Wait>, Fault> {
    let doors = AtDoors {}.read(look)?.into_iter();
    Ok(doors
        .map(|it| {
            let note = match it.asking {
                0 => Said::text("groups-you-are-invited"),
                count => Said::text("groups-asking-count").with("count", count),
            };
            Wait::new(it.name, "user-plus", format!("/groups/{}", it.handle)).note(note)
        })
        .collect())
}
