//! Who takes part in private conversations: the node's own plain list, by which it hands on and refuses. Whom the others' browsers let in
//! is for their owners to say; a name on this list opens nothing by itself.

use super::{conversation_resource, own_group, part_of};
use crate::error::PrivateError;
use crate::rows::people as rows;
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::acts::Trace;
use planet_ontology::entities::Conversation;
use planet_ontology::ids::{GroupId, MemberId};
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// For how many people a conversation has room that is not a group's.
pub const MOST_NAMED: usize = 50;
/// How many devices are dealt with at once, and how many people a group's conversation may have.
pub const MOST_PEOPLE: usize = 1_000;

/// Begin a private conversation, or come back to that of two.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// With whom.
    pub people: Vec<MemberId>,
}

/// A conversation that was begun, or was there.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Started {
    /// Which.
    pub conversation: Uuid,
}

impl Act for Start {
    const NAME: &'static str = "private.start";
    const ABOUT: &'static str = "Begin a private conversation.";
    const TRACE: Trace = Trace::Counted;
    type Touches = Conversation;
    type Output = Started;

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(Resource::club("new", &Conversation { part: true, own: true }))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Started, Fault> {
        let me = cx.member()?;
        if self.people.len() >= MOST_NAMED {
            return Err(PrivateError::TooManyPeople(MOST_NAMED).into());
        }
        let mut others = self.people.clone();
        others.sort_unstable();
        others.dedup();
        if others.contains(&me) {
            return Err(PrivateError::Yourself.into());
        }
        for other in &others {
            active(tx, *other)?;
        }
        let pair = match others.as_slice() {
            [] => return Err(PrivateError::NobodyChosen.into()),
            [other] => Some(rows::pair(me, *other)),
            _ => None,
        };
        let fresh: Uuid = cx.id();
        if !rows::begin(tx, fresh, (pair.as_deref(), None), me, cx.now)? {
            let known = pair.map(|pair| rows::of_pair(tx, &pair)).transpose()?.flatten();
            let known = known.ok_or(PrivateError::ConversationUnknown)?;
            // Who left comes back by writing again; who was left waits for that.
            rows::add(tx, known, me, cx.now)?;
            return Ok(Started { conversation: known });
        }
        for member in others.into_iter().chain([me]) {
            rows::add(tx, fresh, member, cx.now)?;
        }
        Ok(Started { conversation: fresh })
    }
}

fn active(tx: &mut Tx, member: MemberId) -> Result<(), Fault> {
    let agent = agents::find(tx, member.into())?;
    let agent = agent.filter(|agent| agent.kind == "member" && agent.standing == "active");
    agent.map(|_| ()).ok_or_else(|| PrivateError::MemberUnknown.into())
}

/// Open the private conversation of a group.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenGroup {
    /// The group.
    pub group: GroupId,
}

impl Act for OpenGroup {
    const NAME: &'static str = "private.open_group";
    const ABOUT: &'static str = "Open the private conversation of a group to which one belongs.";
    const TRACE: Trace = Trace::Counted;
    type Output = Started;

    touches!(Conversation, |act, tx, actor| {
        let me = actor.member().ok_or(PrivateError::GroupUnknown)?;
        own_group(tx, me, act.group)?;
        Ok(Resource::of(act.group, act.group, &Conversation { part: true, own: false }))
    });

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Started, Fault> {
        let me = cx.member()?;
        let fresh: Uuid = cx.id();
        if rows::begin(tx, fresh, (None, Some(self.group)), me, cx.now)? {
            return Ok(Started { conversation: fresh });
        }
        let known = rows::of_group(tx, self.group)?.ok_or(PrivateError::ConversationUnknown)?;
        Ok(Started { conversation: known })
    }
}

/// Take somebody into a conversation of several.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddPerson {
    /// The conversation.
    pub conversation: Uuid,
    /// Whom.
    pub member: MemberId,
}

impl Act for AddPerson {
    const NAME: &'static str = "private.add_person";
    const ABOUT: &'static str = "Take somebody into a private conversation.";
    const TRACE: Trace = Trace::Counted;
    touches!(Conversation, |act, tx, actor| conversation_resource(tx, act.conversation, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        named(tx, self.conversation, cx)?;
        active(tx, self.member)?;
        let people = rows::of(tx, &[self.conversation])?;
        if people.iter().any(|part| part.id == self.member) {
            return Err(PrivateError::AlreadyIn.into());
        }
        if people.len() >= MOST_NAMED {
            return Err(PrivateError::TooManyPeople(MOST_NAMED).into());
        }
        Ok(rows::add(tx, self.conversation, self.member, cx.now)?)
    }
}

/// Take somebody out of a conversation that one has begun.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemovePerson {
    /// The conversation.
    pub conversation: Uuid,
    /// Whom.
    pub member: MemberId,
}

impl Act for RemovePerson {
    const NAME: &'static str = "private.remove_person";
    const ABOUT: &'static str = "Take somebody out of a private conversation that one has begun.";
    const TRACE: Trace = Trace::Counted;
    touches!(Conversation, |act, tx, actor| conversation_resource(tx, act.conversation, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let me = named(tx, self.conversation, cx)?;
        if self.member == me {
            return Err(PrivateError::Yourself.into());
        }
        let gone = rows::remove(tx, self.conversation, self.member)?;
        if gone { Ok(()) } else { Err(PrivateError::NotIn.into()) }
    }
}

/// The member who acts on a conversation of several named people, which is held.
fn named(tx: &mut Tx, conversation: Uuid, cx: &Cx) -> Result<MemberId, Fault> {
    rows::hold(tx, conversation)?;
    let (row, me) = part_of(tx, conversation, cx.actor.member())?;
    match (row.group, row.pair) {
        (Some(_), _) => Err(PrivateError::GroupDecides.into()),
        (None, Some(_)) => Err(PrivateError::StaysTwo.into()),
        (None, None) => Ok(me),
    }
}

/// Leave a conversation. One of two ends with it, until whoever left writes again.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Leave {
    /// Which.
    pub conversation: Uuid,
}

impl Act for Leave {
    const NAME: &'static str = "private.leave";
    const ABOUT: &'static str = "Leave a private conversation.";
    const TRACE: Trace = Trace::Counted;
    touches!(Conversation, |act, tx, actor| conversation_resource(tx, act.conversation, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        rows::hold(tx, self.conversation)?;
        let (row, me) = part_of(tx, self.conversation, cx.actor.member())?;
        if row.group.is_some() {
            return Err(PrivateError::GroupDecides.into());
        }
        rows::remove(tx, self.conversation, me)?;
        Ok(())
    }
}
