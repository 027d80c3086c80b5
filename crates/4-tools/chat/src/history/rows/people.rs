//! The rows of people of elsewhere: who they are here, which signs they gave, where they were named.

use super::row;
use planet_history::{Person, Source};
use planet_ontology::ids::{AgentId, ChannelId, GroupId, MemberId, PersonId};
use planet_store::{Bind, Error, Tx, record, sql};
use std::collections::HashMap;

record! {
    /// Somebody of elsewhere.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct PersonRow {
        pub id: PersonId,
        pub key: String,
        pub handle: String,
        pub name: String,
        pub member: Option<MemberId>,
        pub member_handle: Option<String>,
    }
}

/// The people of one program whom a group knows, by their keys.
pub fn all(tx: &mut Tx, group: GroupId, source: Source) -> Result<HashMap<String, PersonRow>, Error> {
    let rows = tx.rows::<PersonRow>(
        sql!(
            "SELECT p.id, p.key, p.handle, p.name, p.member_id, a.handle
               FROM chat_people p LEFT JOIN agents a ON a.id = p.member_id
              WHERE p.group_id = ?1 AND p.source = ?2"
        ),
        &[&group, &source.word()],
    )?;
    Ok(rows.into_iter().map(|row| (row.key.clone(), row)).collect())
}

/// One of them, with the group that knows them, held until the transaction ends.
pub fn hold(tx: &mut Tx, id: PersonId) -> Result<Option<(GroupId, PersonRow)>, Error> {
    tx.lock(sql!("SELECT 1 FROM chat_people WHERE id = ?1"), &[&id])?;
    find(tx, id)
}

/// One of them, with the group that knows them.
pub fn find(tx: &mut Tx, id: PersonId) -> Result<Option<(GroupId, PersonRow)>, Error> {
    let group = tx.row::<(GroupId,)>(sql!("SELECT group_id FROM chat_people WHERE id = ?1"), &[&id])?;
    let row = tx.row::<PersonRow>(
        sql!(
            "SELECT p.id, p.key, p.handle, p.name, p.member_id, a.handle
               FROM chat_people p LEFT JOIN agents a ON a.id = p.member_id WHERE p.id = ?1"
        ),
        &[&id],
    )?;
    Ok(group.zip(row).map(|((group,), row)| (group, row)))
}

/// Who said a message elsewhere.
pub fn of_message(tx: &mut Tx, channel: ChannelId, seq: i64) -> Result<Option<PersonId>, Error> {
    let row = tx.row::<(Option<PersonId>,)>(
        sql!("SELECT person_id FROM messages WHERE channel_id = ?1 AND seq = ?2"),
        &[&channel, &seq],
    )?;
    Ok(row.and_then(|(person,)| person))
}

/// Notes somebody, or what they are called now.
pub fn name(tx: &mut Tx, id: PersonId, group: GroupId, source: Source, person: &Person) -> Result<(), Error> {
    let name = format!("{} ({})", person.name, source.title());
    tx.exec(
        sql!(
            "INSERT INTO chat_people (id, group_id, source, key, handle, name, member_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL)
             ON CONFLICT (group_id, source, key) DO UPDATE SET handle = excluded.handle, name = excluded.name"
        ),
        &[&id, &group, &source.word(), &person.key, &person.handle, &name],
    )?;
    Ok(())
}

/// How many people of elsewhere a group knows.
pub fn count(tx: &mut Tx, group: GroupId) -> Result<i64, Error> {
    Ok(tx.one::<(i64,)>(sql!("SELECT count(*) FROM chat_people WHERE group_id = ?1"), &[&group])?.0)
}

/// Says who somebody is here: what they said is by `author` from now on.
pub fn settle(tx: &mut Tx, id: PersonId, member: Option<MemberId>, author: AgentId) -> Result<(), Error> {
    tx.exec(sql!("UPDATE chat_people SET member_id = ?2 WHERE id = ?1"), &[&id, &member])?;
    tx.exec(sql!("UPDATE messages SET author_id = ?2 WHERE person_id = ?1"), &[&id, &author])?;
    Ok(())
}

/// Keeps who gave which sign there.
pub fn sign(tx: &mut Tx, channel: ChannelId, signs: &[(i64, String, PersonId)]) -> Result<(), Error> {
    let rows: Vec<Vec<&dyn Bind>> =
        signs.iter().map(|(seq, sign, person)| row([&channel, seq, sign, person])).collect();
    tx.exec_many(
        sql!("INSERT INTO chat_person_signs (channel_id, seq, sign, person_id) VALUES (?1, ?2, ?3, ?4)"),
        &rows,
    )?;
    Ok(())
}

/// Keeps signs of members, and how many there are of each sign.
pub fn sign_here(
    tx: &mut Tx,
    channel: ChannelId,
    members: &[(i64, String, MemberId)],
    counts: &[(i64, String, i64)],
) -> Result<(), Error> {
    let rows: Vec<Vec<&dyn Bind>> =
        members.iter().map(|(seq, sign, member)| row([&channel, seq, sign, member])).collect();
    tx.exec_many(
        sql!("INSERT INTO reactions (channel_id, seq, sign, member_id) VALUES (?1, ?2, ?3, ?4)"),
        &rows,
    )?;
    let rows: Vec<Vec<&dyn Bind>> =
        counts.iter().map(|(seq, sign, n)| row([&channel, seq, sign, n])).collect();
    tx.exec_many(
        sql!("INSERT INTO reaction_counts (channel_id, seq, sign, n) VALUES (?1, ?2, ?3, ?4)"),
        &rows,
    )?;
    Ok(())
}

/// Somebody's signs are a member's from now on, and no longer those of whom they were thought to be. Each sign is counted anew.
pub fn settle_signs(
    tx: &mut Tx,
    id: PersonId,
    before: Option<MemberId>,
    now: Option<MemberId>,
) -> Result<(), Error> {
    if let Some(before) = before {
        tx.exec(
            sql!(
                "DELETE FROM reactions WHERE member_id = ?2 AND EXISTS (
                    SELECT 1 FROM chat_person_signs s WHERE s.person_id = ?1 AND s.channel_id = reactions.channel_id
                       AND s.seq = reactions.seq AND s.sign = reactions.sign)"
            ),
            &[&id, &before],
        )?;
    }
    if let Some(now) = now {
        tx.exec(
            sql!(
                "INSERT INTO reactions (channel_id, seq, sign, member_id)
                 SELECT s.channel_id, s.seq, s.sign, ?2 FROM chat_person_signs s JOIN messages m
                     ON m.channel_id = s.channel_id AND m.seq = s.seq
                  WHERE s.person_id = ?1 AND m.gone = FALSE
                 ON CONFLICT (channel_id, seq, sign, member_id) DO NOTHING"
            ),
            &[&id, &now],
        )?;
    }
    tx.exec(
        sql!(
            "UPDATE reaction_counts SET n =
                (SELECT count(*) FROM reactions r WHERE r.channel_id = reaction_counts.channel_id
                    AND r.seq = reaction_counts.seq AND r.sign = reaction_counts.sign) +
                (SELECT count(*) FROM chat_person_signs s JOIN chat_people p ON p.id = s.person_id
                  WHERE s.channel_id = reaction_counts.channel_id AND s.seq = reaction_counts.seq
                    AND s.sign = reaction_counts.sign AND p.member_id IS NULL)
              WHERE EXISTS (SELECT 1 FROM chat_person_signs o WHERE o.person_id = ?1
                AND o.channel_id = reaction_counts.channel_id AND o.seq = reaction_counts.seq AND o.sign = reaction_counts.sign)"
        ),
        &[&id],
    )?;
    Ok(())
}

/// Keeps where somebody was named.
pub fn mention(tx: &mut Tx, channel: ChannelId, mentions: &[(PersonId, i64)]) -> Result<(), Error> {
    let rows: Vec<Vec<&dyn Bind>> =
        mentions.iter().map(|(person, seq)| row([person, &channel, seq])).collect();
    tx.exec_many(
        sql!("INSERT INTO chat_person_mentions (person_id, channel_id, seq) VALUES (?1, ?2, ?3)"),
        &rows,
    )?;
    Ok(())
}

/// The messages that name somebody and have words.
pub fn naming(tx: &mut Tx, id: PersonId) -> Result<Vec<(ChannelId, i64, String)>, Error> {
    tx.rows(
        sql!(
            "SELECT n.channel_id, n.seq, m.text FROM chat_person_mentions n
               JOIN messages m ON m.channel_id = n.channel_id AND m.seq = n.seq
              WHERE n.person_id = ?1 AND m.gone = FALSE ORDER BY n.channel_id, n.seq"
        ),
        &[&id],
    )
}

/// Gives a message the words in which somebody is named as they are named now.
pub fn reword(tx: &mut Tx, (channel, seq): (ChannelId, i64), text: &str) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE messages SET text = ?3 WHERE channel_id = ?1 AND seq = ?2"),
        &[&channel, &seq, &text],
    )?;
    Ok(())
}

/// A member is no longer named in the messages that name somebody of elsewhere.
pub fn unmention(tx: &mut Tx, id: PersonId, member: MemberId) -> Result<(), Error> {
    tx.exec(
        sql!(
            "DELETE FROM mentions WHERE member_id = ?2 AND EXISTS (
                SELECT 1 FROM chat_person_mentions n WHERE n.person_id = ?1 AND n.channel_id = mentions.channel_id
                   AND n.seq = mentions.seq)"
        ),
        &[&id, &member],
    )?;
    Ok(())
}

/// Somebody of elsewhere as a line of a list: id, program, handle, name there, member's handle and name, how many messages.
pub type Line = (PersonId, String, String, String, Option<String>, Option<String>, i64);

/// The people of elsewhere, first those of whom nobody has said who they are, and of these who said the most.
pub fn lines(tx: &mut Tx, group: GroupId, most: i64) -> Result<Vec<Line>, Error> {
    tx.rows(
        sql!(
            "SELECT p.id, p.source, p.handle, p.name, a.handle, a.name,
                    (SELECT count(*) FROM messages m WHERE m.person_id = p.id AND m.person_id IS NOT NULL) AS said
               FROM chat_people p LEFT JOIN agents a ON a.id = p.member_id WHERE p.group_id = ?1
              ORDER BY CASE WHEN p.member_id IS NULL THEN 0 ELSE 1 END, said DESC, p.name LIMIT ?2"
        ),
        &[&group, &most],
    )
}
