//! Rows about members: suspensions, places they made, what they did for the first time.

use planet_corridor::actor::Actor;
use planet_corridor::event::{Entry, EventRow, Outcome};
use planet_corridor::reactions::Reaction;
use planet_ontology::ids::{MemberId, PlaceId};
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};

record! {
    /// A suspension in force.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Suspension {
        /// When it ends.
        pub until: Moment,
        /// Why.
        pub reason: String,
    }
}

/// Writes a suspension, in place of an earlier one.
pub fn suspend(tx: &mut Tx, member: MemberId, until: Moment, reason: &str, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO suspensions (member_id, until, reason, at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (member_id) DO UPDATE SET until = excluded.until, reason = excluded.reason, at = excluded.at"
        ),
        &[&member, &until, &reason, &now],
    )?;
    Ok(())
}

/// The suspension of a member.
pub fn suspension(tx: &mut Tx, member: MemberId) -> Result<Option<Suspension>, Error> {
    tx.row(sql!("SELECT until, reason FROM suspensions WHERE member_id = ?1"), &[&member])
}

/// Ends a suspension.
pub fn end_suspension(tx: &mut Tx, member: MemberId) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM suspensions WHERE member_id = ?1"), &[&member])?;
    Ok(())
}

/// Takes a member who leaves out of all groups, the club among them.
pub fn leave_groups(tx: &mut Tx, member: MemberId) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM memberships WHERE agent_id = ?1"), &[&member])?;
    Ok(())
}

/// Remembers who added a place.
pub fn add_place(tx: &mut Tx, place: PlaceId, member: MemberId, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!("INSERT INTO places_made (place_id, member_id, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"),
        &[&place, &member, &now],
    )?;
    Ok(())
}

/// How many places a member added since a moment.
pub fn count_places(tx: &mut Tx, member: MemberId, since: Moment) -> Result<i64, Error> {
    let (count,) = tx.one::<(i64,)>(
        sql!("SELECT count(*) FROM places_made WHERE member_id = ?1 AND at > ?2"),
        &[&member, &since],
    )?;
    Ok(count)
}

/// The acts whose first time is remembered.
pub const FIRSTS: [&str; 3] = ["membership.confirm_words", "profiles.set_detail", "feed.post"];

/// Remembers the first time that a member did one of [`FIRSTS`].
pub const REMEMBER_FIRSTS: Reaction =
    Reaction { name: "membership-firsts", acts: &FIRSTS, react: remember_first };

fn remember_first(tx: &mut Tx, _: &EventRow, entry: &Entry) -> Result<(), Error> {
    let name = entry.act.split('@').next().unwrap_or_default();
    if let (Actor::Member(member), Outcome::Done(_)) = (entry.actor, &entry.outcome) {
        tx.exec(
            sql!("INSERT INTO firsts (member_id, act, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"),
            &[&member, &name, &entry.at],
        )?;
    }
    Ok(())
}

/// Which of [`FIRSTS`] a member has done.
pub fn firsts(tx: &mut Tx, member: MemberId) -> Result<Vec<String>, Error> {
    let rows = tx.rows::<(String,)>(sql!("SELECT act FROM firsts WHERE member_id = ?1"), &[&member])?;
    Ok(rows.into_iter().map(|(act,)| act).collect())
}
