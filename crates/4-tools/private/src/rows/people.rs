//! The rows of conversations and of who takes part. A group's conversation has the people of the group; there is no second list.

use planet_ontology::ids::{GroupId, MemberId};
use planet_ontology::units::Moment;
use planet_store::{Error, Ids, Tx, record, sql};
use uuid::Uuid;

record! {
    /// A conversation as the node knows it.
    #[derive(Clone, Debug)]
    pub struct Row {
        /// Its id, which is also that of its MLS group.
        pub id: Uuid,
        /// The two people, where it is one of two.
        pub pair: Option<String>,
        /// The group, where it is a group's.
        pub group: Option<GroupId>,
        /// Who began it.
        pub founder: MemberId,
        /// When.
        pub started: Moment,
        /// The epoch in which it is.
        pub epoch: i64,
        /// How many entries its log has.
        pub position: i64,
        /// The hash of the newest.
        pub head: Vec<u8>,
    }
}

/// The name of a conversation of two: theirs, whoever began.
pub fn pair(one: MemberId, other: MemberId) -> String {
    format!("{}:{}", one.min(other), one.max(other))
}

/// Begins a conversation; false where the pair or the group has one.
pub fn begin(
    tx: &mut Tx,
    id: Uuid,
    (pair, group): (Option<&str>, Option<GroupId>),
    founder: MemberId,
    now: Moment,
) -> Result<bool, Error> {
    let made = tx.exec(
        sql!(
            "INSERT INTO private_conversations (id, pair, group_id, founder, started, epoch, position, head)
             VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, ?6) ON CONFLICT DO NOTHING"
        ),
        &[&id, &pair, &group, &founder, &now, &crate::frame::NOTHING_BEFORE],
    )?;
    Ok(made > 0)
}

/// The conversation of this id.
pub fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Row>, Error> {
    tx.row(
        sql!(
            "SELECT id, pair, group_id, founder, started, epoch, position, head FROM private_conversations WHERE id = ?1"
        ),
        &[&id],
    )
}

/// The conversation of two people.
pub fn of_pair(tx: &mut Tx, pair: &str) -> Result<Option<Uuid>, Error> {
    let row = tx.row::<(Uuid,)>(sql!("SELECT id FROM private_conversations WHERE pair = ?1"), &[&pair])?;
    Ok(row.map(|(id,)| id))
}

/// The conversation of a group.
pub fn of_group(tx: &mut Tx, group: GroupId) -> Result<Option<Uuid>, Error> {
    let row =
        tx.row::<(Uuid,)>(sql!("SELECT id FROM private_conversations WHERE group_id = ?1"), &[&group])?;
    Ok(row.map(|(id,)| id))
}

/// Holds a conversation as it is until the transaction ends.
pub fn hold(tx: &mut Tx, id: Uuid) -> Result<(), Error> {
    tx.lock(sql!("SELECT id FROM private_conversations WHERE id = ?1"), &[&id])
}

/// Takes somebody in; who is in already stays in.
pub fn add(tx: &mut Tx, conversation: Uuid, member: MemberId, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO private_people (conversation_id, member_id, since) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"
        ),
        &[&conversation, &member, &now],
    )?;
    Ok(())
}

/// Takes somebody out, with what waits for their devices; false where they were not in.
pub fn remove(tx: &mut Tx, conversation: Uuid, member: MemberId) -> Result<bool, Error> {
    let gone = tx.exec(
        sql!("DELETE FROM private_people WHERE conversation_id = ?1 AND member_id = ?2"),
        &[&conversation, &member],
    )?;
    tx.exec(
        sql!(
            "DELETE FROM private_welcomes WHERE conversation_id = ?1
                AND device_id IN (SELECT id FROM private_devices WHERE member_id = ?2)"
        ),
        &[&conversation, &member],
    )?;
    Ok(gone > 0)
}

record! {
    /// Somebody who takes part.
    #[derive(Clone, Debug)]
    pub struct Part {
        /// Who.
        pub id: MemberId,
        /// Name.
        pub name: String,
        /// Handle.
        pub handle: String,
        /// In which conversation.
        pub conversation: Uuid,
    }
}

/// Who takes part in conversations, by name: those who were named, or the people of the group. Who has left the club does not.
pub fn of(tx: &mut Tx, conversations: &[Uuid]) -> Result<Vec<Part>, Error> {
    tx.rows(
        sql!(
            "SELECT a.id, a.name, a.handle, p.conversation FROM (
                    SELECT member_id AS member, conversation_id AS conversation FROM private_people
                     WHERE conversation_id IN (SELECT id FROM ids(?1))
                     UNION
                    SELECT m.agent_id AS member, c.id AS conversation FROM private_conversations c
                      JOIN memberships m ON m.group_id = c.group_id WHERE c.id IN (SELECT id FROM ids(?1))
               ) p JOIN agents a ON a.id = p.member
              WHERE a.kind = 'member' AND a.standing <> 'left' ORDER BY a.name, a.id"
        ),
        &[&Ids(conversations.to_vec())],
    )
}

/// Whether somebody takes part.
pub fn takes_part(tx: &mut Tx, conversation: Uuid, member: MemberId) -> Result<bool, Error> {
    let (count,) = tx.one::<(i64,)>(
        sql!(
            "SELECT (SELECT count(*) FROM private_people p JOIN agents a ON a.id = p.member_id
                      WHERE p.conversation_id = ?1 AND p.member_id = ?2 AND a.standing <> 'left')
                  + (SELECT count(*) FROM private_conversations c
                       JOIN memberships m ON m.group_id = c.group_id JOIN agents a ON a.id = m.agent_id
                      WHERE c.id = ?1 AND m.agent_id = ?2 AND a.standing <> 'left')"
        ),
        &[&conversation, &member],
    )?;
    Ok(count > 0)
}

record! {
    /// A conversation in a member's list.
    #[derive(Clone, Debug)]
    pub struct Mine {
        /// Which.
        pub id: Uuid,
        /// The group, where it is a group's.
        pub group: Option<GroupId>,
        /// The group's name.
        pub group_name: Option<String>,
        /// Whether it is one of two.
        pub two: bool,
        /// When something last came in.
        pub last: Moment,
        /// How many messages of others the member has not read.
        pub unread: i64,
    }
}

/// The conversations of a member, the newest first.
pub fn mine(tx: &mut Tx, member: MemberId, limit: i64) -> Result<Vec<Mine>, Error> {
    tx.rows(
        sql!(
            "SELECT c.id, c.group_id, g.name, c.pair IS NOT NULL, coalesce(e.sent, c.started) AS last,
                    (SELECT count(*) FROM private_entries n
                      WHERE n.conversation_id = c.id AND n.ends_epoch IS NULL AND n.member_id <> ?1
                        AND n.position > coalesce(r.position, 0))
               FROM private_conversations c
               LEFT JOIN agents g ON g.id = c.group_id
               LEFT JOIN private_entries e ON e.conversation_id = c.id AND e.position = c.position
               LEFT JOIN private_read r ON r.conversation_id = c.id AND r.member_id = ?1
              WHERE c.id IN (SELECT conversation_id FROM private_people WHERE member_id = ?1
                              UNION SELECT o.id FROM private_conversations o
                                      JOIN memberships m ON m.group_id = o.group_id WHERE m.agent_id = ?1)
              ORDER BY last DESC, c.id LIMIT ?2"
        ),
        &[&member, &limit],
    )
}
