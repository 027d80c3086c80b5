//! The rows of agents, memberships and circles: who there is and who belongs to what. Every room may read them and
//! join on them; only acts change them.

use planet_ontology::entities::Group;
use planet_ontology::ids::{AgentId, AudienceId, CircleId, GroupId, MemberId};
use planet_ontology::roles::{Mode, Role, Standing, Visibility};
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};
use schemars::JsonSchema;
use serde::Serialize;

record! {
    /// A member or a group, as others see them.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
    pub struct Agent {
        /// Its id.
        pub id: AgentId,
        /// `member` or `group`.
        pub kind: String,
        /// Short unique name for @mentions and addresses.
        pub handle: String,
        /// The name shown.
        pub name: String,
        /// `active`, `suspended` or `left`.
        pub standing: String,
        /// Since when, in microseconds.
        pub since: Moment,
        /// Until when founder's powers are in force, if they ever were.
        pub founder_until: Option<Moment>,
        /// A group's mode.
        pub mode: Option<String>,
        /// Whether anybody in the club may join the group.
        pub open: bool,
        /// Who may read what is in the group: `open`, `restricted` or `private`.
        pub visibility: Option<String>,
    }
}

impl Agent {
    /// This group as policies see it. There is no second way to say it: where a group acts on itself it is named twice in one
    /// question, and policies refuse to hear two different things of it.
    pub fn facts(&self) -> Group {
        group_facts(self.id, self.mode.as_deref(), self.open)
    }

    /// Who may read what is in this group; its members, if nothing else was said.
    pub fn seen(&self) -> Visibility {
        self.visibility.as_deref().and_then(Visibility::from_word).unwrap_or(Visibility::Restricted)
    }

    /// The audience of what is shown in this group's rooms: everybody for an open group, its own members for any other.
    pub fn readers(&self) -> AudienceId {
        match self.seen() {
            Visibility::Open => AudienceId::PUBLIC,
            Visibility::Restricted | Visibility::Private => GroupId(self.id.0).into(),
        }
    }
}

/// A group as policies see it, from its columns.
pub(crate) fn group_facts(id: AgentId, mode: Option<&str>, open: bool) -> Group {
    let mode = mode.unwrap_or(Mode::Chat.word()).to_owned();
    Group { mode, open, club: id == GroupId::CLUB.into() }
}

/// What is needed to create an agent.
pub struct NewAgent<'a> {
    /// Short unique name.
    pub handle: &'a str,
    /// The name shown.
    pub name: &'a str,
    /// When.
    pub now: Moment,
}

/// Creates a member, who belongs to the club from now on.
pub fn create_member(
    tx: &mut Tx,
    id: MemberId,
    new: &NewAgent,
    role: Role,
    founder_until: Option<Moment>,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO agents (id, kind, handle, name, standing, since, founder_until, mode, open)
             VALUES (?1, 'member', ?2, ?3, 'active', ?4, ?5, NULL, FALSE)"
        ),
        &[&id, &new.handle, &new.name, &new.now, &founder_until],
    )?;
    put_role(tx, id.into(), GroupId::CLUB, role, new.now)
}

/// Creates a group without members that is read by those in it.
pub fn create_group(tx: &mut Tx, id: GroupId, new: &NewAgent, mode: Mode, open: bool) -> Result<(), Error> {
    create_group_seen_by(tx, id, new, (mode, open), Visibility::Restricted)
}

/// Creates a group without members: its mode, whether anybody in the club may join, and who may read it for ever.
pub fn create_group_seen_by(
    tx: &mut Tx,
    id: GroupId,
    new: &NewAgent,
    (mode, open): (Mode, bool),
    visibility: Visibility,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO agents (id, kind, handle, name, standing, since, founder_until, mode, open, visibility)
             VALUES (?1, 'group', ?2, ?3, 'active', ?4, NULL, ?5, ?6, ?7)"
        ),
        &[&id, &new.handle, &new.name, &new.now, &mode.word(), &open, &visibility.word()],
    )?;
    Ok(())
}

/// Changes a group's name and openness.
pub fn change_group(tx: &mut Tx, id: GroupId, name: &str, open: bool) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE agents SET name = ?2, open = ?3 WHERE id = ?1 AND kind = 'group'"),
        &[&id, &name, &open],
    )?;
    Ok(())
}

/// Changes what a group is for.
pub fn set_mode(tx: &mut Tx, id: GroupId, mode: Mode) -> Result<(), Error> {
    tx.exec(sql!("UPDATE agents SET mode = ?2 WHERE id = ?1 AND kind = 'group'"), &[&id, &mode.word()])?;
    Ok(())
}

/// Changes the name that is shown.
pub fn rename(tx: &mut Tx, id: AgentId, name: &str) -> Result<(), Error> {
    tx.exec(sql!("UPDATE agents SET name = ?2 WHERE id = ?1"), &[&id, &name])?;
    Ok(())
}

/// Changes how a member stands with the club. Whoever lapses is remembered: who counts what the many said in a group looks again at
/// those few only (see the table `lapses`; a lapse in the club concerns all groups).
pub fn set_standing(tx: &mut Tx, id: AgentId, standing: Standing) -> Result<(), Error> {
    tx.exec(sql!("UPDATE agents SET standing = ?2 WHERE id = ?1"), &[&id, &standing.word()])?;
    tx.exec(
        sql!("INSERT INTO lapses (group_id, agent_id) VALUES (?1, ?2) ON CONFLICT (group_id, agent_id) DO NOTHING"),
        &[&GroupId::CLUB, &id],
    )?;
    Ok(())
}

/// Gives an agent a role in a group; [`Role::None`] takes it out of the group. Who had another role there has lapsed, as above.
pub fn set_role(tx: &mut Tx, agent: AgentId, group: GroupId, role: Role, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO lapses (group_id, agent_id)
             SELECT group_id, agent_id FROM memberships WHERE group_id = ?1 AND agent_id = ?2 AND role <> ?3
             ON CONFLICT (group_id, agent_id) DO NOTHING"
        ),
        &[&group, &agent, &role.word()],
    )?;
    if role == Role::None {
        tx.exec(sql!("DELETE FROM memberships WHERE group_id = ?1 AND agent_id = ?2"), &[&group, &agent])?;
        return Ok(());
    }
    put_role(tx, agent, group, role, now)
}

fn put_role(tx: &mut Tx, agent: AgentId, group: GroupId, role: Role, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO memberships (group_id, agent_id, role, since) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (group_id, agent_id) DO UPDATE SET role = excluded.role"
        ),
        &[&group, &agent, &role.word(), &now],
    )?;
    Ok(())
}

/// The role of an agent in a group.
pub fn role(tx: &mut Tx, agent: AgentId, group: GroupId) -> Result<Role, Error> {
    let word = tx.row::<(String,)>(
        sql!("SELECT role FROM memberships WHERE group_id = ?1 AND agent_id = ?2"),
        &[&group, &agent],
    )?;
    Ok(word.and_then(|(word,)| Role::from_word(&word)).unwrap_or(Role::None))
}

/// Holds a group as it is until the transaction ends: whoever else changes its people waits.
pub fn hold_group(tx: &mut Tx, group: GroupId) -> Result<(), Error> {
    tx.lock(sql!("SELECT id FROM agents WHERE id = ?1"), &[&group])
}

/// Whether there are people in a group, and none in good standing who looks after it.
pub fn lacks_steward(tx: &mut Tx, group: GroupId) -> Result<bool, Error> {
    let (people, stewards) = tx.one::<(i64, i64)>(
        sql!(
            "SELECT count(*),
                    CAST(coalesce(sum(CASE WHEN m.role = 'steward' AND a.standing = 'active' THEN 1 ELSE 0 END), 0) AS BIGINT)
               FROM memberships m JOIN agents a ON a.id = m.agent_id
              WHERE m.group_id = ?1 AND a.standing <> 'left'"
        ),
        &[&group],
    )?;
    Ok(people > 0 && stewards == 0)
}

/// Holds the groups that a member looks after until the transaction ends.
pub fn hold_looked_after(tx: &mut Tx, member: MemberId) -> Result<(), Error> {
    tx.lock(
        sql!(
            "SELECT id FROM agents
              WHERE id IN (SELECT group_id FROM memberships WHERE agent_id = ?1 AND role = 'steward') ORDER BY id"
        ),
        &[&member],
    )
}

/// The groups with other people in them that nobody in good standing would look after without this member: id, handle and
/// name, the club first.
pub fn only_steward_of(tx: &mut Tx, member: MemberId) -> Result<Vec<(GroupId, String, String)>, Error> {
    tx.rows(
        sql!(
            "SELECT g.id, g.handle, g.name FROM memberships mine JOIN agents g ON g.id = mine.group_id
              WHERE mine.agent_id = ?1 AND mine.role = 'steward'
                AND EXISTS (SELECT 1 FROM memberships m JOIN agents a ON a.id = m.agent_id
                             WHERE m.group_id = g.id AND m.agent_id <> ?1 AND a.standing <> 'left')
                AND NOT EXISTS (SELECT 1 FROM memberships m JOIN agents a ON a.id = m.agent_id
                                 WHERE m.group_id = g.id AND m.agent_id <> ?1 AND m.role = 'steward'
                                   AND a.standing = 'active')
              ORDER BY CASE WHEN g.id = ?2 THEN 0 ELSE 1 END, g.name, g.id"
        ),
        &[&member, &GroupId::CLUB],
    )
}

/// The agent with this id.
pub fn find(tx: &mut Tx, id: AgentId) -> Result<Option<Agent>, Error> {
    tx.row(
        sql!(
            "SELECT id, kind, handle, name, standing, since, founder_until, mode, open, visibility FROM agents WHERE id = ?1"
        ),
        &[&id],
    )
}

/// The agent with this handle.
pub fn find_by_handle(tx: &mut Tx, handle: &str) -> Result<Option<Agent>, Error> {
    tx.row(
        sql!(
            "SELECT id, kind, handle, name, standing, since, founder_until, mode, open, visibility FROM agents WHERE handle = ?1"
        ),
        &[&handle],
    )
}

/// The group of this id.
pub fn group(tx: &mut Tx, id: GroupId) -> Result<Option<Agent>, Error> {
    Ok(find(tx, id.into())?.filter(|agent| agent.kind == "group"))
}

/// The group with this handle.
pub fn group_by_handle(tx: &mut Tx, handle: &str) -> Result<Option<Agent>, Error> {
    Ok(find_by_handle(tx, handle)?.filter(|agent| agent.kind == "group"))
}

/// The members of a group with their roles, stewards first, at most `limit`.
pub fn members(
    tx: &mut Tx,
    group: GroupId,
    limit: i64,
) -> Result<Vec<(AgentId, String, String, String)>, Error> {
    tx.rows(
        sql!(
            "SELECT a.id, a.handle, a.name, m.role
               FROM memberships m JOIN agents a ON a.id = m.agent_id
              WHERE m.group_id = ?1 AND a.standing <> 'left'
              ORDER BY CASE m.role WHEN 'steward' THEN 0 WHEN 'treasurer' THEN 1 ELSE 2 END, a.name, a.id
              LIMIT ?2"
        ),
        &[&group, &limit],
    )
}

/// How many active members a group has.
pub fn count_members(tx: &mut Tx, group: GroupId) -> Result<i64, Error> {
    let (count,) = tx.one::<(i64,)>(
        sql!(
            "SELECT count(*) FROM memberships m JOIN agents a ON a.id = m.agent_id
              WHERE m.group_id = ?1 AND a.standing = 'active'"
        ),
        &[&group],
    )?;
    Ok(count)
}

/// The groups an agent belongs to, the club left out, with the agent's role in each.
pub fn groups_of(tx: &mut Tx, agent: AgentId) -> Result<Vec<(GroupId, String, String, String)>, Error> {
    tx.rows(
        sql!(
            "SELECT g.id, g.handle, g.name, m.role
               FROM memberships m JOIN agents g ON g.id = m.group_id
              WHERE m.agent_id = ?1 AND g.id <> ?2 ORDER BY g.name, g.id"
        ),
        &[&agent, &GroupId::CLUB],
    )
}

/// How many characters of a text are searched for.
const LONGEST_SEARCH: usize = 60;

/// Agents whose name or handle begins like this, for type-ahead: at most `limit`, in order of name.
pub fn search(tx: &mut Tx, kind: &str, text: &str, limit: i64) -> Result<Vec<Agent>, Error> {
    let text: String = text.to_lowercase().chars().take(LONGEST_SEARCH).collect();
    let pattern = format!("%{}%", text.replace(['%', '_', '\\'], ""));
    tx.rows(
        sql!(
            "SELECT id, kind, handle, name, standing, since, founder_until, mode, open, visibility FROM agents
              WHERE kind = ?1 AND standing = 'active' AND (lower(name) LIKE ?2 OR handle LIKE ?2)
              ORDER BY name, id LIMIT ?3"
        ),
        &[&kind, &pattern, &limit],
    )
}

/// A handle that nobody has yet, made from a name: letters and digits, a number behind it where needed.
pub fn free_handle(tx: &mut Tx, name: &str) -> Result<String, Error> {
    let mut stem: String = name
        .to_lowercase()
        .chars()
        .map(|c| match c {
            'a'..='z' | '0'..='9' => c,
            'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => 'a',
            'è' | 'é' | 'ê' | 'ë' => 'e',
            'ì' | 'í' | 'î' | 'ï' => 'i',
            'ò' | 'ó' | 'ô' | 'ö' | 'õ' | 'ø' => 'o',
            'ù' | 'ú' | 'û' | 'ü' => 'u',
            'ñ' => 'n',
            'ç' => 'c',
            _ => '-',
        })
        .collect::<String>()
        .split('-')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    stem.truncate(24);
    if stem.is_empty() {
        stem = "member".into();
    }
    for number in 1.. {
        let handle = if number == 1 { stem.clone() } else { format!("{stem}-{number}") };
        if find_by_handle(tx, &handle)?.is_none() {
            return Ok(handle);
        }
    }
    Ok(stem)
}

/// The circles of a member: id and name, by name.
pub fn circles(tx: &mut Tx, owner: MemberId) -> Result<Vec<(CircleId, String)>, Error> {
    tx.rows(sql!("SELECT id, name FROM circles WHERE owner_id = ?1 ORDER BY name"), &[&owner])
}
