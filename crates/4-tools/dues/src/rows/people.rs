//! Who there is: what each has chosen about paying, who owes for a due day, and the register of members.

use planet_ontology::ids::{AgentId, MemberId};
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};
use schemars::JsonSchema;
use serde::Serialize;

record! {
    /// What a member has chosen, and when the member left.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Chosen {
        /// Whether dues are paid by themselves on their day.
        pub by_itself: bool,
        /// Where reminders go; nowhere if it is empty.
        pub email: String,
        /// When the member left.
        pub left_at: Option<Moment>,
    }
}

record! {
    /// A line of the register.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
    pub struct Entry {
        /// Who.
        pub id: MemberId,
        /// The handle.
        pub handle: String,
        /// The name.
        pub name: String,
        /// `active`, `suspended` or `left`.
        pub standing: String,
        /// Since when a member.
        pub since: Moment,
        /// Until when.
        pub left_at: Option<Moment>,
    }
}

/// Sees to it that there is a row for a member, and holds it until the transaction ends: whoever changes what is between a member and
/// the club holds this first.
pub fn hold(tx: &mut Tx, member: MemberId) -> Result<Chosen, Error> {
    tx.exec(
        sql!(
            "INSERT INTO dues_members (member_id, by_itself, email, left_at) VALUES (?1, FALSE, '', NULL)
             ON CONFLICT (member_id) DO NOTHING"
        ),
        &[&member],
    )?;
    let rows = tx.lock_rows(
        sql!("SELECT by_itself, email, left_at FROM dues_members WHERE member_id = ?1"),
        &[&member],
    )?;
    rows.into_iter().next().ok_or(Error::NoRow)
}

/// What a member has chosen; nothing before they chose anything.
pub fn chosen(tx: &mut Tx, member: MemberId) -> Result<Chosen, Error> {
    let row =
        tx.row(sql!("SELECT by_itself, email, left_at FROM dues_members WHERE member_id = ?1"), &[&member])?;
    Ok(row.unwrap_or_default())
}

/// Writes what a member has chosen.
pub fn choose(tx: &mut Tx, member: MemberId, it: &Chosen) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE dues_members SET by_itself = ?2, email = ?3, left_at = ?4 WHERE member_id = ?1"),
        &[&member, &it.by_itself, &it.email, &it.left_at],
    )?;
    Ok(())
}

/// Active members who had joined by some time, behind one: a piece at a time, in order of their ids.
pub fn active_since(
    tx: &mut Tx,
    joined: Moment,
    after: Option<MemberId>,
    limit: i64,
) -> Result<Vec<MemberId>, Error> {
    let after = after.unwrap_or(MemberId(uuid::Uuid::nil()));
    let rows = tx.rows::<(MemberId,)>(
        sql!(
            "SELECT id FROM agents
              WHERE kind = 'member' AND standing = 'active' AND since <= ?1 AND id > ?2 ORDER BY id LIMIT ?3"
        ),
        &[&joined, &after, &limit],
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Those who are not members any more and of whom that was not seen yet.
pub fn gone(tx: &mut Tx, limit: i64) -> Result<Vec<MemberId>, Error> {
    let rows = tx.rows::<(MemberId,)>(
        sql!(
            "SELECT a.id FROM agents a LEFT JOIN dues_members d ON d.member_id = a.id
              WHERE a.kind = 'member' AND a.standing = 'left' AND d.left_at IS NULL ORDER BY a.id LIMIT ?1"
        ),
        &[&limit],
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// A page of the register: members, or members of the past who left after some time, by name; of those whose name or handle has a
/// text in it, behind a name and id.
pub fn register(
    tx: &mut Tx,
    search: &str,
    past: bool,
    left_after: Moment,
    after: &(String, MemberId),
    limit: i64,
) -> Result<Vec<Entry>, Error> {
    let text: String = search.to_lowercase().chars().take(60).collect();
    let pattern = format!("%{}%", text.replace(['%', '_', '\\'], ""));
    tx.rows(
        sql!(
            "SELECT a.id, a.handle, a.name, a.standing, a.since, d.left_at
               FROM agents a LEFT JOIN dues_members d ON d.member_id = a.id
              WHERE a.kind = 'member' AND (lower(a.name) LIKE ?1 OR a.handle LIKE ?1)
                AND ((?2 = FALSE AND a.standing <> 'left')
                     OR (?2 = TRUE AND a.standing = 'left' AND coalesce(d.left_at, ?3) >= ?3))
                AND (a.name > ?4 OR (a.name = ?4 AND a.id > ?5))
              ORDER BY a.name, a.id LIMIT ?6"
        ),
        &[&pattern, &past, &left_after, &after.0, &after.1, &limit],
    )
}

/// One entry of the register.
pub fn entry(tx: &mut Tx, handle: &str) -> Result<Option<Entry>, Error> {
    tx.row(
        sql!(
            "SELECT a.id, a.handle, a.name, a.standing, a.since, d.left_at
               FROM agents a LEFT JOIN dues_members d ON d.member_id = a.id
              WHERE a.kind = 'member' AND a.handle = ?1"
        ),
        &[&handle],
    )
}

/// The members and members of the past, counted.
pub fn counts(tx: &mut Tx, left_after: Moment) -> Result<(i64, i64), Error> {
    tx.one(
        sql!(
            "SELECT CAST(coalesce(sum(CASE WHEN a.standing <> 'left' THEN 1 ELSE 0 END), 0) AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN a.standing = 'left' AND coalesce(d.left_at, ?1) >= ?1 THEN 1 ELSE 0 END), 0)
                         AS BIGINT)
               FROM agents a LEFT JOIN dues_members d ON d.member_id = a.id WHERE a.kind = 'member'"
        ),
        &[&left_after],
    )
}

/// Name and handle of somebody.
pub fn name_of(tx: &mut Tx, id: AgentId) -> Result<Option<(String, String)>, Error> {
    tx.row(sql!("SELECT name, handle FROM agents WHERE id = ?1"), &[&id])
}
