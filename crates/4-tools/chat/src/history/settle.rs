//! Saying who somebody of elsewhere is here: their messages, signs and mentions are that member's from then on, or again nobody's.

use super::rows::people::{self, PersonRow};
use crate::error::ChatError;
use crate::rows::mine;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_history::mentions::relink;
use planet_ontology::ids::{AgentId, GroupId, MemberId};
use planet_ontology::roles::Role;
use planet_store::Tx;

/// Says that a person is a member of the group, or nobody here.
pub(super) fn settle(
    tx: &mut Tx,
    cx: &Cx,
    group: GroupId,
    person: &PersonRow,
    member: Option<MemberId>,
) -> Result<(), Fault> {
    if member == person.member {
        return Ok(());
    }
    let handle = match member {
        Some(member) => Some(handle_in(tx, cx, group, member)?),
        None => None,
    };
    let author = member.map_or(AgentId::from(group), AgentId::from);
    people::settle(tx, person.id, member, author)?;
    people::settle_signs(tx, person.id, person.member, member)?;
    if let Some(before) = person.member {
        people::unmention(tx, person.id, before)?;
        mine::move_inbox(tx, before)?;
    }
    let mut named = Vec::new();
    for (channel, seq, text) in people::naming(tx, person.id)? {
        let relinked = rename(&text, person, handle.as_deref());
        people::reword(tx, (channel, seq), &relinked)?;
        named.extend(member.map(|member| (member, channel, seq)));
    }
    mine::mention(tx, &named)?;
    if let Some(member) = member {
        mine::move_inbox(tx, member)?;
    }
    Ok(())
}

/// The handle of a member of the group.
fn handle_in(tx: &mut Tx, cx: &Cx, group: GroupId, member: MemberId) -> Result<String, Fault> {
    if cx.role(tx, member.into(), group)? == Role::None {
        return Err(ChatError::NotInGroup.into());
    }
    let agent = planet_corridor::agents::find(tx, member.into())?.ok_or(ChatError::NotInGroup)?;
    Ok(agent.handle)
}

/// A text that named somebody, with who that is now.
fn rename(text: &str, person: &PersonRow, handle: Option<&str>) -> String {
    relink(text, |name, is_mention| {
        let was = match &person.member_handle {
            Some(handle) => is_mention && name.eq_ignore_ascii_case(handle),
            None => !is_mention && name.eq_ignore_ascii_case(&person.handle),
        };
        match (was, handle) {
            (true, Some(handle)) => (handle.to_owned(), true),
            (true, None) => (person.handle.clone(), false),
            (false, _) => (name.to_owned(), is_mention),
        }
    })
}
