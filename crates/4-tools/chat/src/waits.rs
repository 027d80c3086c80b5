//! What waits for a member in chats: channels in which somebody named them. What was said to nobody in particular does not wait.

use crate::pages::address;
use crate::rows::mine;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_kit::waits::{Said, Wait, Waits};
use planet_ontology::ids::MemberId;
use planet_ontology::units::Moment;
use planet_store::Tx;

/// For home and the bell.
pub const WAITS: Waits = Waits { count, list };

fn count(tx: &mut Tx, member: MemberId, _: Moment) -> Result<usize, Fault> {
    Ok(mine::named_in(tx, member)?.len())
}

fn list(look: &mut Look) -> Result<Vec<Wait>, Fault> {
    let me = look.member()?;
    let channels = mine::named_in(look.tx, me)?.into_iter();
    Ok(channels
        .map(|it| {
            let named = Said::text("chat-named").with("count", it.mentions);
            let place = address(&it.handle, &it.name);
            Wait::new(format!("{} #{}", it.group, it.name), "message-circle", place).note(named)
        })
        .collect())
}
