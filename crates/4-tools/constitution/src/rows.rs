//! The rows of this room: which decision made which version of the rules, and what was tried out. Also how many people hold
//! which role in the club.

use planet_corridor::actor::Actor;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{AgentId, GroupId, ProposalId};
use planet_ontology::roles::Role;
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};
use serde_json::Value;
use std::collections::BTreeMap;

record! {
    /// What made a version of the rules so.
    #[derive(Clone, Debug)]
    pub struct AmendmentRow {
        /// The version.
        pub version: i64,
        /// The act.
        pub act: String,
        /// What it did, in a sentence.
        pub title: String,
        /// The decision, where there was one.
        pub mandate: Option<ProposalId>,
    }
}

/// Notes what made a version.
pub fn note(tx: &mut Tx, version: i64, act: &str, title: &str, actor: &Actor) -> Result<(), Error> {
    let mandate = match actor {
        Actor::Group { mandate, .. } => Some(*mandate),
        _ => None,
    };
    tx.exec(
        sql!("INSERT INTO amendments (version, act, title, mandate) VALUES (?1, ?2, ?3, ?4)"),
        &[&version, &act, &title, &mandate],
    )?;
    Ok(())
}

/// What made the versions from one on.
pub fn amendments(tx: &mut Tx, from: i64) -> Result<Vec<AmendmentRow>, Error> {
    tx.rows(
        sql!("SELECT version, act, title, mandate FROM amendments WHERE version >= ?1 ORDER BY version DESC"),
        &[&from],
    )
}

/// Keeps a report under its hash.
pub fn keep(tx: &mut Tx, hash: &str, report: &Value, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!("INSERT INTO rehearsals (hash, report, made) VALUES (?1, ?2, ?3) ON CONFLICT (hash) DO NOTHING"),
        &[&hash, report, &now],
    )?;
    Ok(())
}

/// The report of this hash.
pub fn report(tx: &mut Tx, hash: &str) -> Result<Option<Value>, Error> {
    let row = tx.row::<(Value,)>(sql!("SELECT report FROM rehearsals WHERE hash = ?1"), &[&hash])?;
    Ok(row.map(|(report,)| report))
}

/// How many active members hold which role in the club.
pub fn people(tx: &mut Tx) -> Result<BTreeMap<Role, u32>, Fault> {
    let rows = tx.rows::<(String, i64)>(
        sql!(
            "SELECT m.role, count(*) FROM memberships m JOIN agents a ON a.id = m.agent_id
              WHERE m.group_id = ?1 AND a.standing = 'active' GROUP BY m.role"
        ),
        &[&GroupId::CLUB],
    )?;
    let read = |(word, count): (String, i64)| Some((Role::from_word(&word)?, u32::try_from(count).ok()?));
    Ok(rows.into_iter().filter_map(read).collect())
}

record! {
    /// Somebody who holds a role in the club.
    #[derive(Clone, Debug)]
    pub struct HolderRow {
        /// Who.
        pub id: AgentId,
        /// Name.
        pub name: String,
        /// Handle.
        pub handle: String,
        /// `treasurer` or `steward`.
        pub role: String,
        /// Since when.
        pub since: Moment,
        /// Until when founder's powers last, for founders.
        pub founder_until: Option<Moment>,
    }
}

/// Those who hold more than a member's role in the club, and founders, by role and name; at most `limit`.
pub fn holders(tx: &mut Tx, now: Moment, limit: i64) -> Result<Vec<HolderRow>, Error> {
    tx.rows(
        sql!(
            "SELECT a.id, a.name, a.handle, m.role, m.since, a.founder_until
               FROM memberships m JOIN agents a ON a.id = m.agent_id
              WHERE m.group_id = ?1 AND a.standing = 'active' AND (m.role <> 'member' OR a.founder_until > ?2)
              ORDER BY m.role, a.name, a.id LIMIT ?3"
        ),
        &[&GroupId::CLUB, &now, &limit],
    )
}
