//! The rows of groups that are part of larger ones.

use planet_ontology::ids::{GroupId, MemberId};
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};

record! {
    /// A group that is part of a larger one, or would like to be.
    #[derive(Clone, Debug)]
    pub struct LinkRow {
        /// The larger one.
        pub parent_id: GroupId,
        /// Who speaks for the smaller one there.
        pub delegate_id: MemberId,
        /// What the delegate is to do, in words.
        pub mandate: String,
        /// Whether the larger one has agreed.
        pub agreed: bool,
    }
}

/// What a group is part of, or would like to be.
pub fn find(tx: &mut Tx, child: GroupId) -> Result<Option<LinkRow>, Error> {
    tx.row(
        sql!("SELECT parent_id, delegate_id, mandate, agreed FROM group_links WHERE child_id = ?1"),
        &[&child],
    )
}

/// Writes down what a group would like to be part of.
pub fn wish(tx: &mut Tx, child: GroupId, link: &LinkRow, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO group_links (child_id, parent_id, delegate_id, mandate, agreed, since)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (child_id) DO UPDATE SET parent_id = excluded.parent_id, delegate_id = excluded.delegate_id,
                mandate = excluded.mandate, agreed = excluded.agreed, since = excluded.since"
        ),
        &[&child, &link.parent_id, &link.delegate_id, &link.mandate, &link.agreed, &now],
    )?;
    Ok(())
}

/// The larger group agrees.
pub fn agree(tx: &mut Tx, child: GroupId, now: Moment) -> Result<(), Error> {
    tx.exec(sql!("UPDATE group_links SET agreed = TRUE, since = ?2 WHERE child_id = ?1"), &[&child, &now])?;
    Ok(())
}

/// A group is no longer part of another.
pub fn part(tx: &mut Tx, child: GroupId) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM group_links WHERE child_id = ?1"), &[&child])?;
    Ok(())
}

/// Whether a group lies within another, however deep, or is it.
pub fn lies_within(tx: &mut Tx, inner: GroupId, outer: GroupId) -> Result<bool, Error> {
    let (count,) = tx.one::<(i64,)>(
        sql!(
            "WITH RECURSIVE up(id) AS (
                 SELECT a.id FROM agents a WHERE a.id = ?1
                 UNION
                 SELECT l.parent_id FROM group_links l JOIN up ON l.child_id = up.id WHERE l.agreed = TRUE
             )
             SELECT count(*) FROM up WHERE id = ?2"
        ),
        &[&inner, &outer],
    )?;
    Ok(count > 0)
}

record! {
    /// A group in the tree, with what it is part of.
    #[derive(Clone, Debug)]
    pub struct NodeRow {
        /// Its id.
        pub id: GroupId,
        /// Its handle.
        pub handle: String,
        /// Its name.
        pub name: String,
        /// The larger group, where there is one that agreed.
        pub parent_id: Option<GroupId>,
        /// The name of its delegate there.
        pub delegate: Option<String>,
        /// What the delegate is to do.
        pub mandate: Option<String>,
    }
}

/// All groups but the club, with what they are part of, by name; at most `limit`.
pub fn all(tx: &mut Tx, limit: i64) -> Result<Vec<NodeRow>, Error> {
    tx.rows(
        sql!(
            "SELECT g.id, g.handle, g.name, l.parent_id, d.name, l.mandate
               FROM agents g LEFT JOIN group_links l ON l.child_id = g.id AND l.agreed = TRUE
               LEFT JOIN agents d ON d.id = l.delegate_id
              WHERE g.kind = 'group' AND g.id <> ?1 ORDER BY g.name, g.id LIMIT ?2"
        ),
        &[&GroupId::CLUB, &limit],
    )
}

record! {
    /// A group that is part of this one or would like to be.
    #[derive(Clone, Debug)]
    pub struct InnerRow {
        /// Its id.
        pub id: GroupId,
        /// Its handle.
        pub handle: String,
        /// Its name.
        pub name: String,
        /// The name of its delegate.
        pub delegate: String,
        /// What the delegate is to do.
        pub mandate: String,
        /// Whether this group agreed.
        pub agreed: bool,
    }
}

/// The groups that are part of a group or would like to be, those that wait first; at most `limit`.
pub fn inner(tx: &mut Tx, parent: GroupId, limit: i64) -> Result<Vec<InnerRow>, Error> {
    tx.rows(
        sql!(
            "SELECT g.id, g.handle, g.name, d.name, l.mandate, l.agreed
               FROM group_links l JOIN agents g ON g.id = l.child_id JOIN agents d ON d.id = l.delegate_id
              WHERE l.parent_id = ?1 ORDER BY l.agreed, g.name, g.id LIMIT ?2"
        ),
        &[&parent, &limit],
    )
}
