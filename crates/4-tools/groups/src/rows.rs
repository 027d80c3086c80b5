//! The rows of groups' profiles, and lists of groups.

pub mod arrivals;
pub mod links;

use planet_ontology::ids::{AgentId, GroupId, MemberId, PlaceId, ProposalId};
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};

/// Writes what a group says of itself.
pub fn set_profile(
    tx: &mut Tx,
    group: GroupId,
    purpose: &str,
    by: AgentId,
    now: Moment,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO group_profiles (group_id, purpose, founder, changed) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (group_id) DO UPDATE SET purpose = excluded.purpose, changed = excluded.changed"
        ),
        &[&group, &purpose, &by, &now],
    )?;
    Ok(())
}

/// Where a group is, and what it shows of its people to everybody.
pub fn set_shown(tx: &mut Tx, group: GroupId, place: Option<PlaceId>, shown: &str) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE group_profiles SET place_id = ?2, shown = ?3 WHERE group_id = ?1"),
        &[&group, &place, &shown],
    )?;
    Ok(())
}

/// How people come in.
pub fn set_door(tx: &mut Tx, group: GroupId, door: &Door) -> Result<(), Error> {
    tx.exec(
        sql!(
            "UPDATE group_profiles SET question = ?2, agreement = ?3, welcome = ?4, admission = ?5 WHERE group_id = ?1"
        ),
        &[&group, &door.question, &door.agreement, &door.welcome, &door.admission],
    )?;
    Ok(())
}

record! {
    /// What a group says of itself.
    #[derive(Clone, Debug, Default)]
    pub struct Profile {
        /// What it is for.
        pub purpose: String,
        /// Where it is.
        pub place_id: Option<PlaceId>,
        /// What it shows of its people to everybody: `nothing`, `count` or `people`.
        pub shown: String,
    }
}

/// What a group says of itself; empty if it never said anything.
pub fn profile(tx: &mut Tx, group: GroupId) -> Result<Profile, Error> {
    let sql = sql!("SELECT purpose, place_id, shown FROM group_profiles WHERE group_id = ?1");
    Ok(tx.row(sql, &[&group])?.unwrap_or_default())
}

record! {
    /// How people come into a group.
    #[derive(Clone, Debug, Default)]
    pub struct Door {
        /// What those are asked who would like to join.
        pub question: String,
        /// What everybody agrees to who comes in.
        pub agreement: String,
        /// What newcomers are told first.
        pub welcome: String,
        /// The procedure by which they are admitted; empty where stewards do it alone.
        pub admission: String,
    }
}

/// How people come into a group.
pub fn door(tx: &mut Tx, group: GroupId) -> Result<Door, Error> {
    let sql = sql!("SELECT question, agreement, welcome, admission FROM group_profiles WHERE group_id = ?1");
    Ok(tx.row(sql, &[&group])?.unwrap_or_default())
}

record! {
    /// A group in a list.
    #[derive(Clone, Debug)]
    pub struct GroupRow {
        /// Its id.
        pub id: GroupId,
        /// Its handle.
        pub handle: String,
        /// Its name.
        pub name: String,
        /// `chat`, `working` or `trading`.
        pub mode: Option<String>,
        /// Whether anybody in the club may join.
        pub open: bool,
        /// `open`, `restricted` or `private`.
        pub visibility: Option<String>,
        /// What it says of itself.
        pub purpose: Option<String>,
        /// How many belong to it.
        pub members: i64,
        /// The viewer's role in it.
        pub role: Option<String>,
    }
}

/// The groups of the club by name, after a name; those of the viewer carry the viewer's role.
pub fn list(tx: &mut Tx, viewer: AgentId, after: &str, limit: i64) -> Result<Vec<GroupRow>, Error> {
    tx.rows(
        sql!(
            "SELECT g.id, g.handle, g.name, g.mode, g.open, g.visibility, p.purpose,
                    (SELECT count(*) FROM memberships n WHERE n.group_id = g.id),
                    (SELECT m.role FROM memberships m WHERE m.group_id = g.id AND m.agent_id = ?1)
               FROM agents g LEFT JOIN group_profiles p ON p.group_id = g.id
              WHERE g.kind = 'group' AND g.id <> ?4 AND g.name > ?2 ORDER BY g.name, g.id LIMIT ?3"
        ),
        &[&viewer, &after, &limit, &GroupId::CLUB],
    )
}

record! {
    /// A role that somebody holds for a term.
    #[derive(Clone, Debug)]
    pub struct Term {
        /// The role.
        pub role: String,
        /// When it ends.
        pub term_ends: Moment,
        /// The decision that gave it.
        pub mandate: ProposalId,
    }
}

/// Writes a term down, in place of an earlier one.
pub fn set_term(tx: &mut Tx, at: (GroupId, MemberId), term: &Term, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO terms (group_id, agent_id, role, since, term_ends, mandate) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (group_id, agent_id) DO UPDATE
                SET role = excluded.role, since = excluded.since, term_ends = excluded.term_ends, mandate = excluded.mandate"
        ),
        &[&at.0, &at.1, &term.role, &now, &term.term_ends, &term.mandate],
    )?;
    Ok(())
}

/// The term that somebody holds a role for.
pub fn term(tx: &mut Tx, at: (GroupId, MemberId)) -> Result<Option<Term>, Error> {
    tx.row(
        sql!("SELECT role, term_ends, mandate FROM terms WHERE group_id = ?1 AND agent_id = ?2"),
        &[&at.0, &at.1],
    )
}

/// The terms in a group that are not over, with who holds them.
pub fn terms(tx: &mut Tx, group: GroupId, now: Moment) -> Result<Vec<(AgentId, String, Moment)>, Error> {
    tx.rows(
        sql!("SELECT agent_id, role, term_ends FROM terms WHERE group_id = ?1 AND term_ends > ?2"),
        &[&group, &now],
    )
}

/// Ends a term.
pub fn end_term(tx: &mut Tx, at: (GroupId, MemberId)) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM terms WHERE group_id = ?1 AND agent_id = ?2"), &[&at.0, &at.1])?;
    Ok(())
}
