//! What a member has used of the day's allowance. Only sums: not what for, nor when within the day.

use planet_ontology::ids::MemberId;
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, sql};

/// Adds to what was used of something today, and answers the day's sum. The days before yesterday are forgotten.
pub fn spend(tx: &mut Tx, member: MemberId, what: &str, amount: i64, now: Moment) -> Result<i64, Error> {
    let day = now.0.div_euclid(Moment::SECOND * 86_400);
    tx.exec(
        sql!(
            "INSERT INTO private_use (member_id, day, what, amount) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (member_id, day, what) DO UPDATE SET amount = private_use.amount + excluded.amount"
        ),
        &[&member, &day, &what, &amount],
    )?;
    tx.exec(sql!("DELETE FROM private_use WHERE member_id = ?1 AND day < ?2"), &[&member, &(day - 1)])?;
    let (sum,) = tx.one::<(i64,)>(
        sql!("SELECT amount FROM private_use WHERE member_id = ?1 AND day = ?2 AND what = ?3"),
        &[&member, &day, &what],
    )?;
    Ok(sum)
}
