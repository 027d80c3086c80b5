//! Groups that talk: rooms of one member each, halls of many, and what was said in those before. Prints `group HANDLE ID` for each.

use crate::{CHUNK, Order, dice, house, id_at, write};
use planet_corridor::agents::{self, NewAgent};
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{AgentId, ChannelId, GroupId, MemberId};
use planet_ontology::roles::{Mode, Role};
use planet_ontology::units::Moment;
use planet_store::{Bind, Tx, sql};
use std::error::Error;

/// Makes the groups that are ordered.
pub async fn furnish(corridor: &Corridor, order: &Order, members: &[MemberId]) -> Result<(), Box<dyn Error>> {
    let number = |n: usize| u64::try_from(n).unwrap_or(0);
    for (n, member) in (0..order.rooms).zip(members.iter().cycle()) {
        group(corridor, n, &format!("room-{n}"), &[*member]).await?;
    }
    for (nth, size) in order.halls.iter().enumerate() {
        let people = members.get(..usize::try_from(*size)?).ok_or("a hall is larger than the club")?;
        let hall = group(corridor, order.rooms + number(nth), &format!("hall-{size}"), people).await?;
        talk(corridor, hall, people, order.messages).await?;
    }
    Ok(())
}

async fn group(
    corridor: &Corridor,
    number: u64,
    handle: &str,
    people: &[MemberId],
) -> Result<GroupId, Fault> {
    let now = house::clock();
    let (id, name) = (GroupId(id_at(now, number ^ 0x6772_6f75_7073)), handle.to_owned());
    println!("group {handle} {id}");
    corridor
        .store()
        .write(move |tx| {
            let new = NewAgent { handle: &name, name: &name, now };
            Ok::<_, Fault>(agents::create_group(tx, id, &new, Mode::Chat, false)?)
        })
        .await?;
    for chunk in people.chunks(usize::try_from(CHUNK).unwrap_or(1)) {
        let chunk: Vec<(GroupId, MemberId)> = chunk.iter().map(|member| (id, *member)).collect();
        write(corridor, chunk, |tx, (group, member)| {
            Ok(agents::set_role(tx, (*member).into(), *group, Role::Member, house::clock())?)
        })
        .await?;
    }
    Ok(id)
}

/// What was said in a hall, a minute apart, by everybody in it.
async fn talk(
    corridor: &Corridor,
    hall: GroupId,
    people: &[MemberId],
    messages: u64,
) -> Result<(), Box<dyn Error>> {
    let (now, said) = (house::clock(), i64::try_from(messages)?);
    let count = u64::try_from(people.len())?;
    let speaker = |n: i64| {
        let nth = dice(n.unsigned_abs()) % count;
        usize::try_from(nth).ok().and_then(|nth| people.get(nth)).map(|member| AgentId::from(*member))
    };
    for begin in (0..said).step_by(usize::try_from(CHUNK)?) {
        let end = said.min(begin + i64::try_from(CHUNK)?);
        let chunk: Vec<(i64, AgentId)> =
            (begin + 1..=end).filter_map(|seq| Some((seq, speaker(seq)?))).collect();
        let latest = move |seq: i64| Moment(now.0 - (said - seq) * 60 * Moment::SECOND);
        corridor.store().write(move |tx| say(tx, ChannelId(hall.0), &chunk, latest)).await?;
    }
    Ok(())
}

fn say(
    tx: &mut Tx,
    channel: ChannelId,
    chunk: &[(i64, AgentId)],
    at: impl Fn(i64) -> Moment,
) -> Result<(), Fault> {
    let Some((last, _)) = chunk.last() else { return Ok(()) };
    let counted = sql!(
        "INSERT INTO channels (id, group_id, name, created, seq, rev) VALUES (?1, ?1, 'general', ?3, ?2, ?2)
         ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, rev = excluded.rev"
    );
    tx.exec(counted, &[&channel, last, &at(0)])?;
    let texts: Vec<(Moment, String)> = chunk
        .iter()
        .map(|(seq, _)| {
            let text = format!(
                "Number {seq}: who takes the **keys** on Friday? The list is at https://example.org/{seq}."
            );
            (at(*seq), text)
        })
        .collect();
    let rows: Vec<Vec<&dyn Bind>> = chunk
        .iter()
        .zip(&texts)
        .map(|((seq, author), (sent, text))| {
            let row: [&dyn Bind; 5] = [&channel, seq, author, sent, text];
            row.to_vec()
        })
        .collect();
    let messages = sql!(
        "INSERT INTO messages (channel_id, seq, rev, author_id, hook, thread, replies, sent, edited, gone, pinned, text)
         VALUES (?1, ?2, ?2, ?3, '', NULL, 0, ?4, NULL, FALSE, FALSE, ?5)"
    );
    tx.exec_many(messages, &rows)?;
    Ok(())
}
