//! The rows of devices and of what lets them into conversations.

use planet_ontology::ids::MemberId;
use planet_ontology::units::Moment;
use planet_store::{Error, Ids, Tx, record, sql};
use uuid::Uuid;

record! {
    /// A browser in which a member reads private messages.
    #[derive(Clone, Debug)]
    pub struct Device {
        /// Its id, made by itself.
        pub id: Uuid,
        /// Whose it is.
        pub member: MemberId,
        /// What its owner calls it.
        pub name: String,
        /// What proves that it is theirs: docs/protocols/private.md, section 2.
        pub credential: String,
        /// Since when.
        pub added: Moment,
        /// When it was taken out of use.
        pub revoked: Option<Moment>,
        /// How many key packages are left, without the last resort.
        pub packages: i64,
    }
}

/// Writes a device down; false where its id is taken.
pub fn add(
    tx: &mut Tx,
    id: Uuid,
    member: MemberId,
    name: &str,
    credential: &str,
    now: Moment,
) -> Result<bool, Error> {
    let added = tx.exec(
        sql!(
            "INSERT INTO private_devices (id, member_id, name, credential, added, revoked)
             VALUES (?1, ?2, ?3, ?4, ?5, NULL) ON CONFLICT DO NOTHING"
        ),
        &[&id, &member, &name, &credential, &now],
    )?;
    Ok(added > 0)
}

/// The device of this id.
pub fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Device>, Error> {
    tx.row(
        sql!("SELECT id, member_id, name, credential, added, revoked, CAST(0 AS BIGINT) FROM private_devices WHERE id = ?1"),
        &[&id],
    )
}

/// All devices of a member, those in use first, with what is left for others.
pub fn of(tx: &mut Tx, member: MemberId, now: Moment) -> Result<Vec<Device>, Error> {
    tx.rows(
        sql!(
            "SELECT d.id, d.member_id, d.name, d.credential, d.added, d.revoked,
                    (SELECT count(*) FROM private_packages p
                      WHERE p.device_id = d.id AND p.last_resort = FALSE AND p.expires > ?2)
               FROM private_devices d WHERE d.member_id = ?1
              ORDER BY CASE WHEN d.revoked IS NULL THEN 0 ELSE 1 END, d.added, d.id"
        ),
        &[&member, &now],
    )
}

/// The devices in use of several members.
pub fn in_use(tx: &mut Tx, members: &[MemberId]) -> Result<Vec<Device>, Error> {
    let members = Ids(members.iter().map(|member| member.0).collect());
    tx.rows(
        sql!(
            "SELECT id, member_id, name, credential, added, revoked, CAST(0 AS BIGINT) FROM private_devices
              WHERE revoked IS NULL AND member_id IN (SELECT id FROM ids(?1)) ORDER BY added, id"
        ),
        &[&members],
    )
}

/// Gives a device another name.
pub fn rename(tx: &mut Tx, id: Uuid, name: &str) -> Result<(), Error> {
    tx.exec(sql!("UPDATE private_devices SET name = ?2 WHERE id = ?1"), &[&id, &name])?;
    Ok(())
}

/// Takes a device out of use: nobody takes it in any more, and nothing waits for it.
pub fn revoke(tx: &mut Tx, id: Uuid, now: Moment) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM private_packages WHERE device_id = ?1"), &[&id])?;
    tx.exec(sql!("DELETE FROM private_welcomes WHERE device_id = ?1"), &[&id])?;
    tx.exec(sql!("UPDATE private_devices SET revoked = ?2 WHERE id = ?1 AND revoked IS NULL"), &[&id, &now])?;
    Ok(())
}

/// Keeps a key package. The same one again changes nothing.
pub fn offer(
    tx: &mut Tx,
    device: Uuid,
    hash: &[u8; 32],
    body: &[u8],
    last_resort: bool,
    expires: Moment,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO private_packages (hash, device_id, body, last_resort, expires)
             VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING"
        ),
        &[hash, &device, &body, &last_resort, &expires],
    )?;
    Ok(())
}

/// Forgets the last resort of a device, before another is kept, and what nobody may use any more.
pub fn forget_old(tx: &mut Tx, device: Uuid, last_resort: bool, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM private_packages WHERE device_id = ?1 AND (expires <= ?2 OR (last_resort AND ?3))"),
        &[&device, &now, &last_resort],
    )?;
    Ok(())
}

/// How many one-time packages of a device are kept.
pub fn count_offered(tx: &mut Tx, device: Uuid) -> Result<i64, Error> {
    let (count,) = tx.one::<(i64,)>(
        sql!("SELECT count(*) FROM private_packages WHERE device_id = ?1 AND last_resort = FALSE"),
        &[&device],
    )?;
    Ok(count)
}

/// Takes one package of a device: one that is then gone, or the last resort where no other is left.
pub fn take(tx: &mut Tx, device: Uuid, now: Moment) -> Result<Option<Vec<u8>>, Error> {
    tx.lock(sql!("SELECT id FROM private_devices WHERE id = ?1"), &[&device])?;
    let found = tx.row::<(Vec<u8>, Vec<u8>, bool)>(
        sql!(
            "SELECT hash, body, last_resort FROM private_packages WHERE device_id = ?1 AND expires > ?2
              ORDER BY last_resort, expires, hash LIMIT 1"
        ),
        &[&device, &now],
    )?;
    let Some((hash, body, last_resort)) = found else { return Ok(None) };
    if !last_resort {
        tx.exec(sql!("DELETE FROM private_packages WHERE hash = ?1"), &[&hash])?;
    }
    Ok(Some(body))
}
