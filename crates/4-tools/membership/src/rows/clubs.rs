//! The club's own row, and who joined as which number.

use crate::error::MembershipError;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{GroupId, InvitationId, MemberId, PlaceId};
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};

record! {
    /// What the club says of itself.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ClubRow {
        /// Its name.
        pub name: String,
        /// What it is for.
        pub purpose: String,
        /// The word of its colour.
        pub accent: String,
        /// The name of its credit unit.
        pub unit: String,
        /// The symbol of its credit unit.
        pub symbol: String,
        /// The town where it is at home.
        pub place: PlaceId,
        /// When it was founded.
        pub founded: Moment,
        /// How many ever joined.
        pub joined: i64,
    }
}

/// The club, if it has been founded.
pub fn find(tx: &mut Tx) -> Result<Option<ClubRow>, Error> {
    tx.row(
        sql!(
            "SELECT a.name, c.purpose, c.accent, c.unit, c.symbol, c.place_id, c.founded, c.joined
               FROM clubs c JOIN agents a ON a.id = c.id WHERE c.id = ?1"
        ),
        &[&GroupId::CLUB],
    )
}

/// The club; refuses before it is founded.
pub fn founded(tx: &mut Tx) -> Result<ClubRow, Fault> {
    Ok(find(tx)?.ok_or(MembershipError::NotFounded)?)
}

/// Writes the club's row. False if it is there already: of two founders at once, the second waits here and comes too late.
pub fn create(tx: &mut Tx, club: &ClubRow) -> Result<bool, Error> {
    let created = tx.exec(
        sql!(
            "INSERT INTO clubs (id, purpose, accent, unit, symbol, place_id, founded, joined)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO NOTHING"
        ),
        &[
            &GroupId::CLUB,
            &club.purpose,
            &club.accent,
            &club.unit,
            &club.symbol,
            &club.place,
            &club.founded,
            &club.joined,
        ],
    )?;
    Ok(created == 1)
}

/// The number of the next member. Whoever joins at the same moment waits here, so that there is one of each.
pub fn next_number(tx: &mut Tx) -> Result<i64, Fault> {
    if tx.exec(sql!("UPDATE clubs SET joined = joined + 1 WHERE id = ?1"), &[&GroupId::CLUB])? == 0 {
        return Err(MembershipError::NotFounded.into());
    }
    let (number,) = tx.one::<(i64,)>(sql!("SELECT joined FROM clubs WHERE id = ?1"), &[&GroupId::CLUB])?;
    Ok(number)
}

/// Remembers who joined as which number.
pub fn add_joining(
    tx: &mut Tx,
    member: MemberId,
    number: i64,
    invitation: Option<InvitationId>,
    now: Moment,
) -> Result<(), Error> {
    tx.exec(
        sql!("INSERT INTO joinings (member_id, number, invitation_id, at) VALUES (?1, ?2, ?3, ?4)"),
        &[&member, &number, &invitation, &now],
    )?;
    Ok(())
}

/// As which number a member joined; none for members who were put there by other means.
pub fn number_of(tx: &mut Tx, member: MemberId) -> Result<Option<i64>, Error> {
    let row = tx.row::<(i64,)>(sql!("SELECT number FROM joinings WHERE member_id = ?1"), &[&member])?;
    Ok(row.map(|(number,)| number))
}
