//! What can be seen of one group: by everybody if it is open to read, by the club otherwise, and by those in it.

use super::GroupLine;
use crate::acts::door::{AcceptInvitation, Admit, AskToJoin, Invite, SetDoor};
use crate::acts::{AddMember, Change, Demote, Join, Leave, RemoveMember, SetMode, SetRole};
use crate::error::GroupError;
use crate::recall::Recall;
use crate::rows::{self, arrivals};
use planet_corridor::act::View;
use planet_corridor::agents::{self, Agent};
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{AgentId, AudienceId, GroupId, MemberId, PlaceId};
use planet_ontology::relevance::Relevance;
use planet_ontology::roles::{Mode, Role, Shown, Visibility};
use planet_ontology::units::Moment;
use planet_places::PlaceError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many people a group's page shows.
const PEOPLE: i64 = 200;
/// How many of those who ask to join a group's page shows.
const ASKING: i64 = 50;
/// How long newcomers are shown the welcome, in seconds: two weeks.
const NEW: i64 = 14 * 86_400;

/// One group.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupPage {
    /// Its handle.
    pub handle: String,
}

/// Somebody in a group.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Person {
    /// Who.
    pub id: AgentId,
    /// Name.
    pub name: String,
    /// Handle.
    pub handle: String,
    /// `member`, `treasurer` or `steward`.
    pub role: String,
    /// When the term ends for which they hold the role.
    pub until: Option<Moment>,
}

/// Somebody who asks to join.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Arriving {
    /// Who.
    pub id: MemberId,
    /// Name.
    pub name: String,
    /// Handle.
    pub handle: String,
    /// Their answer to the group's question.
    pub answer: String,
    /// When they asked.
    pub at: Moment,
}

/// What there is between the viewer and a group that the viewer is not in.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Mine {
    /// `asked`, `invited` or `declined`.
    pub state: String,
    /// The answer that was given, or what the viewer was told.
    pub words: String,
}

/// One group with its people, and what the viewer may do.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[expect(clippy::struct_excessive_bools, reason = "one for each button of the page")]
pub struct GroupView {
    /// The group.
    pub group: GroupLine,
    /// Where it is, in a line; empty if nowhere in particular.
    pub place: String,
    /// The place, for the form.
    pub place_id: Option<PlaceId>,
    /// What it shows of its people to everybody: `nothing`, `count` or `people`.
    pub shown: String,
    /// Its people, stewards first; none where the viewer is not told.
    pub people: Vec<Person>,
    /// What those are asked who would like to join.
    pub question: String,
    /// What everybody agrees to who comes in.
    pub agreement: String,
    /// What newcomers are told; empty for others.
    pub welcome: String,
    /// The procedure by which people are admitted; empty where stewards do it alone.
    pub admission: String,
    /// Those who ask to join, for those who may admit.
    pub asking: Vec<Arriving>,
    /// What there is between the viewer and the group.
    pub mine: Option<Mine>,
    /// Whether the viewer may join.
    pub may_join: bool,
    /// Whether the viewer may ask to join.
    pub may_ask: bool,
    /// Whether the viewer may accept an invitation.
    pub may_accept: bool,
    /// Whether the viewer may leave.
    pub may_leave: bool,
    /// Whether the viewer may change its profile.
    pub may_change: bool,
    /// Whether the viewer may say how people come in.
    pub may_set_door: bool,
    /// Whether the viewer may ask for another mode.
    pub may_set_mode: bool,
    /// Whether the viewer may admit those who ask.
    pub may_admit: bool,
    /// Whether the viewer may invite.
    pub may_invite: bool,
    /// Whether the viewer may take people in.
    pub may_add: bool,
    /// Whether the viewer may give roles.
    pub may_give_roles: bool,
    /// Whether the viewer may take people out.
    pub may_take_out: bool,
    /// Whether the viewer may ask the members to take a steward's role away.
    pub may_demote: bool,
    /// Whether the viewer may ask the members to recall whom they elected.
    pub may_recall: bool,
}

impl View for GroupPage {
    const NAME: &'static str = "groups.group";
    const ABOUT: &'static str = "One group with its people, as far as the viewer may see it.";
    const OPEN: bool = true;
    type Output = GroupView;

    fn read(&self, look: &mut Look) -> Result<GroupView, Fault> {
        let agent = agents::group_by_handle(look.tx, &self.handle)?;
        let in_club = look.viewer.may_see(AudienceId::CLUB);
        let open = agent.as_ref().is_some_and(|agent| agent.seen() == Visibility::Open);
        if !in_club && !open {
            // Whether there is such a group is nobody's business who may not read it.
            look.member()?;
            return Err(GroupError::GroupUnknown.into());
        }
        let agent = agent.ok_or(GroupError::GroupUnknown)?;
        let mut view = seen(look, agent, in_club)?;
        if let Some(me) = look.viewer.actor.member() {
            for_member(look, &mut view, me)?;
        }
        Ok(view)
    }
}

/// What anybody sees who may see the group at all.
fn seen(look: &mut Look, agent: Agent, in_club: bool) -> Result<GroupView, Fault> {
    let group = GroupId(agent.id.0);
    let profile = rows::profile(look.tx, group)?;
    let shown = Shown::from_word(&profile.shown).unwrap_or(Shown::Count);
    let inside = look.viewer.may_see(group.into());
    let names =
        inside || (in_club && agent.seen() != Visibility::Private) || (!in_club && shown == Shown::People);
    let count = in_club || shown != Shown::Nothing;
    let members = if count { Some(agents::count_members(look.tx, group)?) } else { None };
    let place = match profile.place_id {
        Some(place) => planet_places::ancestors(look.tx, place).map_err(places)?.line(Relevance::Street),
        None => String::new(),
    };
    Ok(GroupView {
        people: if names { people(look, group)? } else { Vec::new() },
        place,
        place_id: profile.place_id,
        shown: shown.word().into(),
        question: String::new(),
        agreement: String::new(),
        welcome: String::new(),
        admission: String::new(),
        asking: Vec::new(),
        mine: None,
        may_join: false,
        may_ask: false,
        may_accept: false,
        may_leave: false,
        may_change: false,
        may_set_door: false,
        may_set_mode: false,
        may_admit: false,
        may_invite: false,
        may_add: false,
        may_give_roles: false,
        may_take_out: false,
        may_demote: false,
        may_recall: false,
        group: GroupLine {
            id: group,
            visibility: agent.seen().word().into(),
            handle: agent.handle,
            name: agent.name,
            mode: agent.mode.unwrap_or_default(),
            open: agent.open,
            purpose: profile.purpose,
            members,
            role: Role::None.word().into(),
        },
    })
}

fn people(look: &mut Look, group: GroupId) -> Result<Vec<Person>, Fault> {
    let terms = rows::terms(look.tx, group, look.now)?;
    let people = agents::members(look.tx, group, PEOPLE)?;
    let until = |id: AgentId, held: &str| {
        terms.iter().find(|(member, role, _)| *member == id && role == held).map(|(.., ends)| *ends)
    };
    Ok(people
        .into_iter()
        .map(|(id, handle, name, role)| Person { until: until(id, &role), id, name, handle, role })
        .collect())
}

/// What a member sees beyond that: how to come in, who asks, and the buttons that work.
fn for_member(look: &mut Look, view: &mut GroupView, me: MemberId) -> Result<(), Fault> {
    let group = view.group.id;
    let door = rows::door(look.tx, group)?;
    view.group.role = agents::role(look.tx, me.into(), group)?.word().into();
    view.mine = arrivals::find(look.tx, (group, me))?.map(|it| Mine { state: it.state, words: it.words });
    let since = arrivals::member_since(look.tx, (group, me))?;
    if since.is_some_and(|since| look.now < since.plus_seconds(NEW))
        || view.group.role == Role::Steward.word()
    {
        view.welcome.clone_from(&door.welcome);
    }
    let name = agents::find(look.tx, me.into())?.map(|agent| agent.name).unwrap_or_default();
    let invited = view.mine.as_ref().is_some_and(|mine| mine.state == "invited");
    view.may_join = look.may(&Join { group, agreed: true })?;
    view.may_ask = !view.may_join && look.may(&AskToJoin { group, answer: String::new(), agreed: true })?;
    view.may_accept = invited && look.may(&AcceptInvitation { group, agreed: true })?;
    view.may_leave = look.may(&Leave { group })?;
    view.may_set_mode = look.may(&SetMode { group, mode: Mode::Chat.word().into() })?;
    let change = Change {
        group,
        name: "?".into(),
        purpose: String::new(),
        mode: None,
        open: false,
        place: None,
        shown: None,
    };
    view.may_change = look.may(&change)?;
    let set_door = SetDoor {
        group,
        question: String::new(),
        agreement: String::new(),
        welcome: String::new(),
        admission: String::new(),
    };
    view.may_set_door = look.may(&set_door)?;
    view.may_admit = look.may(&Admit { group, member: me, name: name.clone() })?;
    view.may_invite = look.may(&Invite { group, member: me, name: name.clone() })?;
    view.may_add = look.may(&AddMember { group, member: me })?;
    view.may_give_roles = look.may(&SetRole { group, member: me, role: "member".into(), until: None })?;
    view.may_take_out = look.may(&RemoveMember { group, member: me })?;
    view.may_demote = look.may(&Demote { group, member: me, name: name.clone(), role: "member".into() })?;
    let recall = Recall { group, member: me, name, role: "treasurer".into(), reason: "?".into() };
    view.may_recall = look.may(&recall)?;
    (view.question, view.agreement, view.admission) = (door.question, door.agreement, door.admission);
    if view.may_admit {
        let asking = arrivals::asked(look.tx, group, ASKING)?.into_iter();
        let asking = asking.map(|it| Arriving {
            id: it.id,
            name: it.name,
            handle: it.handle,
            answer: it.words,
            at: it.at,
        });
        view.asking = asking.collect();
    }
    Ok(())
}

fn places(error: PlaceError) -> Fault {
    match error {
        PlaceError::Store(error) => error.into(),
        _ => GroupError::PlaceUnknown.into(),
    }
}
