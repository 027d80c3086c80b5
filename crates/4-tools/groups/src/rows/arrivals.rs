//! The rows of those who are about to come into a group, and of what people agreed to when they came.

use planet_ontology::ids::{AgentId, GroupId, MemberId};
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};

record! {
    /// Somebody who asked, was invited, or was told no.
    #[derive(Clone, Debug)]
    pub struct ArrivalRow {
        /// `asked`, `invited` or `declined`.
        pub state: String,
        /// Their answer, or what they were told.
        pub words: String,
        /// Since when.
        pub at: Moment,
    }
}

/// What there is between somebody and a group that they are not in.
pub fn find(tx: &mut Tx, at: (GroupId, MemberId)) -> Result<Option<ArrivalRow>, Error> {
    tx.row(
        sql!("SELECT state, words, at FROM group_arrivals WHERE group_id = ?1 AND member_id = ?2"),
        &[&at.0, &at.1],
    )
}

/// Writes it down, in place of what was before.
pub fn put(
    tx: &mut Tx,
    at: (GroupId, MemberId),
    (state, words): (&str, &str),
    by: AgentId,
    now: Moment,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO group_arrivals (group_id, member_id, state, words, by_id, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (group_id, member_id) DO UPDATE
                SET state = excluded.state, words = excluded.words, by_id = excluded.by_id, at = excluded.at"
        ),
        &[&at.0, &at.1, &state, &words, &by, &now],
    )?;
    Ok(())
}

/// Forgets it.
pub fn remove(tx: &mut Tx, at: (GroupId, MemberId)) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM group_arrivals WHERE group_id = ?1 AND member_id = ?2"), &[&at.0, &at.1])?;
    Ok(())
}

record! {
    /// Somebody who asked to join.
    #[derive(Clone, Debug)]
    pub struct AskedRow {
        /// Who.
        pub id: MemberId,
        /// Their handle.
        pub handle: String,
        /// Their name.
        pub name: String,
        /// Their answer.
        pub words: String,
        /// When they asked.
        pub at: Moment,
    }
}

/// Those who asked and wait for an answer, the oldest first, at most `limit`.
pub fn asked(tx: &mut Tx, group: GroupId, limit: i64) -> Result<Vec<AskedRow>, Error> {
    tx.rows(
        sql!(
            "SELECT a.id, a.handle, a.name, r.words, r.at FROM group_arrivals r JOIN agents a ON a.id = r.member_id
              WHERE r.group_id = ?1 AND r.state = 'asked' AND a.standing = 'active' ORDER BY r.at, a.id LIMIT ?2"
        ),
        &[&group, &limit],
    )
}

/// The groups into which a member was invited: handle and name, by name.
pub fn invited(tx: &mut Tx, member: MemberId) -> Result<Vec<(String, String)>, Error> {
    tx.rows(
        sql!(
            "SELECT g.handle, g.name FROM group_arrivals r JOIN agents g ON g.id = r.group_id
              WHERE r.member_id = ?1 AND r.state = 'invited' ORDER BY g.name, g.id"
        ),
        &[&member],
    )
}

/// How many invitations wait for a member, and how many who ask wait for a steward.
pub fn count_waiting(tx: &mut Tx, member: MemberId) -> Result<i64, Error> {
    let (count,) = tx.one::<(i64,)>(
        sql!(
            "SELECT (SELECT count(*) FROM group_arrivals WHERE member_id = ?1 AND state = 'invited')
                  + (SELECT count(*) FROM group_arrivals r JOIN memberships m ON m.group_id = r.group_id
                      WHERE m.agent_id = ?1 AND m.role = 'steward' AND r.state = 'asked')"
        ),
        &[&member],
    )?;
    Ok(count)
}

/// Writes down what somebody agreed to.
pub fn agreed(tx: &mut Tx, at: (GroupId, MemberId), text: &str, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO group_agreements (group_id, member_id, text, at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (group_id, member_id) DO UPDATE SET text = excluded.text, at = excluded.at"
        ),
        &[&at.0, &at.1, &text, &now],
    )?;
    Ok(())
}

/// Since when somebody is in a group.
pub fn member_since(tx: &mut Tx, at: (GroupId, MemberId)) -> Result<Option<Moment>, Error> {
    let sql = sql!("SELECT since FROM memberships WHERE group_id = ?1 AND agent_id = ?2");
    Ok(tx.row::<(Moment,)>(sql, &[&at.0, &at.1])?.map(|(since,)| since))
}

/// What waits for a member at the doors of groups: handle, name, and how many who ask where the member is a steward (none where
/// the member is invited).
pub fn waiting(tx: &mut Tx, member: MemberId) -> Result<Vec<(String, String, i64)>, Error> {
    tx.rows(
        sql!(
            "SELECT g.handle, g.name, CAST(0 AS BIGINT) FROM group_arrivals r JOIN agents g ON g.id = r.group_id
              WHERE r.member_id = ?1 AND r.state = 'invited'
             UNION ALL
             SELECT g.handle, g.name, count(*) FROM group_arrivals r
               JOIN memberships m ON m.group_id = r.group_id JOIN agents g ON g.id = r.group_id
              WHERE m.agent_id = ?1 AND m.role = 'steward' AND r.state = 'asked' GROUP BY g.handle, g.name"
        ),
        &[&member],
    )
}
