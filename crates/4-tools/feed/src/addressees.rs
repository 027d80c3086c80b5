//! Whom an author may write for, and who is among an audience. The words on the form are the pages' affair.

use planet_corridor::actor::Actor;
use planet_corridor::{agents, audience};
use planet_ontology::ids::{AgentId, AudienceId, GroupId, MemberId};
use planet_store::{Error, Tx, sql};
use schemars::JsonSchema;
use serde::Serialize;

/// Those for whom something is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Addressees {
    /// Their id.
    pub id: AudienceId,
    /// `public`, `club`, `group`, `circle` or `me`.
    pub kind: &'static str,
    /// The name of the group, or of one's own circle.
    pub name: String,
}

impl Addressees {
    fn new(id: impl Into<AudienceId>, kind: &'static str, name: impl Into<String>) -> Self {
        Self { id: id.into(), kind, name: name.into() }
    }
}

/// Whom a member may write for: the club, everybody, own groups and circles, nobody else.
pub fn of_member(tx: &mut Tx, member: MemberId) -> Result<Vec<Addressees>, Error> {
    let mut all = of_anybody();
    let groups = agents::groups_of(tx, member.into())?;
    all.extend(groups.into_iter().map(|(id, _, name, _)| Addressees::new(id, "group", name)));
    let circles = agents::circles(tx, member)?;
    all.extend(circles.into_iter().map(|(id, name)| Addressees::new(id, "circle", name)));
    all.push(Addressees::new(member, "me", ""));
    Ok(all)
}

fn of_anybody() -> Vec<Addressees> {
    vec![Addressees::new(AudienceId::CLUB, "club", ""), Addressees::new(AudienceId::PUBLIC, "public", "")]
}

/// Whether an actor may write for an audience.
pub fn may_address(tx: &mut Tx, actor: &Actor, audience: AudienceId) -> Result<bool, Error> {
    let all = match actor {
        Actor::Member(member) => of_member(tx, *member)?,
        Actor::Group { id, .. } => [of_anybody(), vec![Addressees::new(*id, "group", "")]].concat(),
        Actor::Guest | Actor::House => Vec::new(),
    };
    Ok(all.iter().any(|addressees| addressees.id == audience))
}

/// Whether an actor is among an audience.
pub fn includes(tx: &mut Tx, actor: &Actor, audience: AudienceId) -> Result<bool, Error> {
    Ok(match actor {
        Actor::Member(member) => audience::audiences(tx, *member)?.contains(&audience),
        Actor::Group { id, .. } => [AudienceId::PUBLIC, AudienceId::CLUB, (*id).into()].contains(&audience),
        Actor::Guest => audience == AudienceId::PUBLIC,
        Actor::House => true,
    })
}

/// The group whose affair an audience is: its stewards look after what is said there. All others are the club's.
pub fn group_of(tx: &mut Tx, audience: AudienceId) -> Result<GroupId, Error> {
    let agent = agents::find(tx, AgentId(audience.0))?;
    Ok(agent.filter(|agent| agent.kind == "group").map_or(GroupId::CLUB, |group| GroupId(group.id.0)))
}

/// An audience as a reader may know it: of a circle, only its owner learns the name.
pub fn named(tx: &mut Tx, audience: AudienceId, reader: Option<MemberId>) -> Result<Addressees, Error> {
    if audience == AudienceId::PUBLIC {
        return Ok(Addressees::new(audience, "public", ""));
    }
    if audience == AudienceId::CLUB {
        return Ok(Addressees::new(audience, "club", ""));
    }
    if let Some(agent) = agents::find(tx, AgentId(audience.0))? {
        let group = agent.kind == "group";
        return Ok(if group {
            Addressees::new(audience, "group", agent.name)
        } else {
            Addressees::new(audience, "me", "")
        });
    }
    let own = tx.row::<(String,)>(
        sql!("SELECT name FROM circles WHERE id = ?1 AND owner_id = ?2"),
        &[&audience, &reader],
    )?;
    Ok(Addressees::new(audience, "circle", own.map(|(name,)| name).unwrap_or_default()))
}
