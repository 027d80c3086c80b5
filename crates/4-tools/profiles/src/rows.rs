//! The rows of details and circles. [`visible`] is where it is decided which details somebody sees.

use crate::detail::Said;
use planet_corridor::agents::{self, Agent};
use planet_corridor::look::Viewer;
use planet_ontology::ids::{AgentId, AudienceId, CircleId, DetailId, MemberId};
use planet_ontology::units::Moment;
use planet_store::{Bind, Error, Ids, Tx, record, sql};
use schemars::JsonSchema;
use serde::Serialize;

record! {
    /// A detail as it lies in the database.
    #[derive(Clone, Debug)]
    pub struct DetailRow {
        /// Its id.
        pub id: DetailId,
        /// Whose it is.
        pub owner: AgentId,
        /// One of [`crate::detail::KINDS`].
        pub kind: String,
        /// What it is called, where its owner named it.
        pub label: String,
        /// What it says.
        pub value: String,
        /// Who may see it.
        pub audience: AudienceId,
    }
}

/// The details of some agents that a viewer may see: one's own, and those shown to an audience that one belongs to. A
/// detail is shown to an audience only as long as its owner belongs there too: what somebody showed to a group falls back
/// to themselves when they leave it, and who left the club shows nothing.
pub fn visible(tx: &mut Tx, owners: &[AgentId], viewer: &Viewer) -> Result<Vec<DetailRow>, Error> {
    tx.rows(
        sql!(
            "SELECT d.id, d.agent_id, d.kind, d.label, d.value, d.audience_id
               FROM details d JOIN agents a ON a.id = d.agent_id
              WHERE d.agent_id IN (SELECT id FROM ids(?1))
                AND (d.agent_id = ?4
                  OR d.audience_id IN (SELECT id FROM ids(?2)) AND a.standing <> 'left'
                 AND (d.audience_id = ?3 OR a.kind = 'group'
                   OR EXISTS (SELECT 1 FROM memberships m WHERE m.group_id = d.audience_id AND m.agent_id = d.agent_id)
                   OR EXISTS (SELECT 1 FROM circles c WHERE c.id = d.audience_id AND c.owner_id = d.agent_id)))
              ORDER BY d.agent_id, d.position, d.id"
        ),
        &[&ids(owners), &viewer.audience_ids(), &AudienceId::PUBLIC, &viewer.actor.agent()],
    )
}

/// All details of an agent, for those who may change them.
pub fn details(tx: &mut Tx, owner: AgentId) -> Result<Vec<DetailRow>, Error> {
    tx.rows(
        sql!(
            "SELECT id, agent_id, kind, label, value, audience_id FROM details WHERE agent_id = ?1 ORDER BY position, id"
        ),
        &[&owner],
    )
}

/// Whose detail it is.
pub fn detail_owner(tx: &mut Tx, id: DetailId) -> Result<Option<AgentId>, Error> {
    Ok(tx
        .row::<(AgentId,)>(sql!("SELECT agent_id FROM details WHERE id = ?1"), &[&id])?
        .map(|(owner,)| owner))
}

/// How many details an agent has, and the position of the last.
pub fn count_details(tx: &mut Tx, owner: AgentId) -> Result<(i64, i64), Error> {
    tx.one(sql!("SELECT count(*), coalesce(max(position), 0) FROM details WHERE agent_id = ?1"), &[&owner])
}

/// Holds an agent's row, so that two additions at the same moment are counted one after the other.
pub fn lock_owner(tx: &mut Tx, owner: AgentId) -> Result<(), Error> {
    tx.lock(sql!("SELECT id FROM agents WHERE id = ?1"), &[&owner])
}

/// Writes a new detail.
pub fn insert_detail(
    tx: &mut Tx,
    id: DetailId,
    owner: AgentId,
    said: &Said,
    audience: AudienceId,
    position: i64,
    now: Moment,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO details (id, agent_id, kind, label, value, audience_id, position, changed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
        ),
        &[&id, &owner, &said.kind, &said.label, &said.value, &audience, &position, &now],
    )?;
    Ok(())
}

/// Changes a detail; it stays where it is.
pub fn update_detail(
    tx: &mut Tx,
    id: DetailId,
    said: &Said,
    audience: AudienceId,
    now: Moment,
) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE details SET kind = ?2, label = ?3, value = ?4, audience_id = ?5, changed = ?6 WHERE id = ?1"),
        &[&id, &said.kind, &said.label, &said.value, &audience, &now],
    )?;
    Ok(())
}

/// Removes a detail.
pub fn delete_detail(tx: &mut Tx, id: DetailId) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM details WHERE id = ?1"), &[&id])?;
    Ok(())
}

/// What was shown to a circle is shown only to its owner from now on.
pub fn hide_from(tx: &mut Tx, owner: MemberId, circle: CircleId) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE details SET audience_id = ?1 WHERE agent_id = ?1 AND audience_id = ?2"),
        &[&owner, &circle],
    )?;
    Ok(())
}

/// An audience that an owner can choose for a detail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Offer {
    /// The audience.
    pub id: AudienceId,
    /// `public`, `club`, `group`, `circle` or `me`.
    pub kind: String,
    /// The name of the group or circle; empty for others.
    pub name: String,
}

/// The audiences that an agent can choose from. A group shows itself to everybody, to the club or to its own members.
pub fn offered(tx: &mut Tx, agent: &Agent) -> Result<Vec<Offer>, Error> {
    let offer = |id, kind: &str, name: &str| Offer { id, kind: kind.into(), name: name.into() };
    let mut offers = vec![offer(AudienceId::PUBLIC, "public", ""), offer(AudienceId::CLUB, "club", "")];
    let own = AudienceId(agent.id.0);
    if agent.kind == "group" {
        if own != AudienceId::CLUB {
            offers.push(offer(own, "group", &agent.name));
        }
        return Ok(offers);
    }
    let groups = agents::groups_of(tx, agent.id)?;
    offers.extend(groups.iter().map(|(id, _, name, _)| offer((*id).into(), "group", name)));
    let circles = agents::circles(tx, MemberId(agent.id.0))?;
    offers.extend(circles.iter().map(|(id, name)| offer((*id).into(), "circle", name)));
    offers.push(offer(own, "me", ""));
    Ok(offers)
}

/// Members by name from a point on, of whose name, handle or visible skills, offers and wants some part is like a
/// pattern. The condition on details is that of [`visible`].
pub fn people(
    tx: &mut Tx,
    after: (&str, &str),
    pattern: &str,
    viewer: &Viewer,
    limit: i64,
) -> Result<Vec<(AgentId, String, String)>, Error> {
    tx.rows(
        sql!(
            "SELECT a.id, a.handle, a.name FROM agents a
              WHERE a.kind = 'member' AND a.standing = 'active' AND (a.name, a.handle) > (?1, ?2)
                AND (lower(a.name) LIKE ?3 OR a.handle LIKE ?3 OR EXISTS (
                  SELECT 1 FROM details d
                   WHERE d.agent_id = a.id AND d.kind IN ('skill', 'offer', 'want') AND lower(d.value) LIKE ?3
                     AND (d.agent_id = ?7
                       OR d.audience_id IN (SELECT id FROM ids(?4))
                      AND (d.audience_id = ?5
                        OR EXISTS (SELECT 1 FROM memberships m WHERE m.group_id = d.audience_id AND m.agent_id = d.agent_id)
                        OR EXISTS (SELECT 1 FROM circles c WHERE c.id = d.audience_id AND c.owner_id = d.agent_id)))))
              ORDER BY a.name, a.handle LIMIT ?6"
        ),
        &[
            &after.0,
            &after.1,
            &pattern,
            &viewer.audience_ids(),
            &AudienceId::PUBLIC,
            &limit,
            &viewer.actor.agent(),
        ],
    )
}

/// Whose circle it is.
pub fn circle_owner(tx: &mut Tx, circle: CircleId) -> Result<Option<MemberId>, Error> {
    let owner = tx.row::<(MemberId,)>(sql!("SELECT owner_id FROM circles WHERE id = ?1"), &[&circle])?;
    Ok(owner.map(|(owner,)| owner))
}

/// Writes a new circle.
pub fn insert_circle(tx: &mut Tx, id: CircleId, owner: MemberId, name: &str) -> Result<(), Error> {
    tx.exec(sql!("INSERT INTO circles (id, owner_id, name) VALUES (?1, ?2, ?3)"), &[&id, &owner, &name])?;
    Ok(())
}

/// Gives a circle another name.
pub fn rename_circle(tx: &mut Tx, id: CircleId, name: &str) -> Result<(), Error> {
    tx.exec(sql!("UPDATE circles SET name = ?2 WHERE id = ?1"), &[&id, &name])?;
    Ok(())
}

/// Removes a circle and its people.
pub fn delete_circle(tx: &mut Tx, id: CircleId) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM circle_members WHERE circle_id = ?1"), &[&id])?;
    tx.exec(sql!("DELETE FROM circles WHERE id = ?1"), &[&id])?;
    Ok(())
}

/// Puts people into a circle, unless they are in it.
pub fn put_in(tx: &mut Tx, circle: CircleId, members: &[MemberId]) -> Result<(), Error> {
    let rows: Vec<Vec<&dyn Bind>> = members
        .iter()
        .map(|member| {
            let row: [&dyn Bind; 2] = [&circle, member];
            row.to_vec()
        })
        .collect();
    tx.exec_many(
        sql!("INSERT INTO circle_members (circle_id, agent_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING"),
        &rows,
    )?;
    Ok(())
}

/// Takes people out of a circle.
pub fn take_out(tx: &mut Tx, circle: CircleId, members: &[MemberId]) -> Result<(), Error> {
    let members = Ids(members.iter().map(|member| member.0).collect());
    tx.exec(
        sql!("DELETE FROM circle_members WHERE circle_id = ?1 AND agent_id IN (SELECT id FROM ids(?2))"),
        &[&circle, &members],
    )?;
    Ok(())
}

/// How many people are in a circle.
pub fn count_in_circle(tx: &mut Tx, circle: CircleId) -> Result<i64, Error> {
    let (count,) =
        tx.one::<(i64,)>(sql!("SELECT count(*) FROM circle_members WHERE circle_id = ?1"), &[&circle])?;
    Ok(count)
}

/// How many of these are active members.
pub fn count_active(tx: &mut Tx, members: &[MemberId]) -> Result<i64, Error> {
    let members = Ids(members.iter().map(|member| member.0).collect());
    let (count,) = tx.one::<(i64,)>(
        sql!(
            "SELECT count(*) FROM agents
              WHERE id IN (SELECT id FROM ids(?1)) AND kind = 'member' AND standing = 'active'"
        ),
        &[&members],
    )?;
    Ok(count)
}

/// Everybody in the circles of a member, by circle and name; those who left the club are left out.
pub fn people_in_circles(
    tx: &mut Tx,
    owner: MemberId,
) -> Result<Vec<(CircleId, MemberId, String, String)>, Error> {
    tx.rows(
        sql!(
            "SELECT c.id, a.id, a.handle, a.name
               FROM circles c JOIN circle_members m ON m.circle_id = c.id JOIN agents a ON a.id = m.agent_id
              WHERE c.owner_id = ?1 AND a.standing <> 'left' ORDER BY a.name, a.id"
        ),
        &[&owner],
    )
}

fn ids(agents: &[AgentId]) -> Ids {
    Ids(agents.iter().map(|agent| agent.0).collect())
}
