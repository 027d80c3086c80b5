//! The outbox: mails that wait to be sent, in the same transaction as whatever they tell of. Sending is the mailer's work.

use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};
use uuid::Uuid;

/// In a mail's text this stands for the club's web address, which acts do not know.
pub const ORIGIN: &str = "{origin}";
/// How often a mail is tried.
pub const TRIES: i64 = 8;
/// After how many seconds a mail that nobody could send is given up: its links have expired by then.
pub const PATIENCE: i64 = 30 * 86_400;

/// A mail to be sent.
#[derive(Clone, Copy, Debug)]
pub struct NewMail<'a> {
    /// Its id.
    pub id: Uuid,
    /// To whom: one address.
    pub to: &'a str,
    /// The subject, one line.
    pub subject: &'a str,
    /// The text; [`ORIGIN`] becomes the club's address.
    pub body: &'a str,
}

record! {
    /// A mail that waits.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Waiting {
        /// Its id.
        pub id: Uuid,
        /// To whom.
        pub to: String,
        /// The subject.
        pub subject: String,
        /// The text.
        pub body: String,
        /// When it was queued.
        pub created: Moment,
        /// How often it was tried.
        pub tries: i64,
    }
}

/// Puts a mail into the outbox.
pub fn queue(tx: &mut Tx, mail: &NewMail, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO mails (id, recipient, subject, body, created, next_try, tries, sent, failed, problem)
             VALUES (?1, ?2, ?3, ?4, ?5, ?5, 0, NULL, NULL, '')"
        ),
        &[&mail.id, &mail.to, &mail.subject, &mail.body, &now],
    )?;
    Ok(())
}

/// The mails whose turn it is, the longest waiting first.
pub fn due(tx: &mut Tx, now: Moment, limit: i64) -> Result<Vec<Waiting>, Error> {
    tx.rows(
        sql!(
            "SELECT id, recipient, subject, body, created, tries FROM mails
              WHERE sent IS NULL AND failed IS NULL AND next_try <= ?1 ORDER BY next_try, id LIMIT ?2"
        ),
        &[&now, &limit],
    )
}

/// Claims a mail for one attempt: nobody else tries it before `next_try`. False if somebody was quicker.
pub fn claim(tx: &mut Tx, mail: &Waiting, next_try: Moment) -> Result<bool, Error> {
    let claimed = tx.exec(
        sql!(
            "UPDATE mails SET tries = tries + 1, next_try = ?3
              WHERE id = ?1 AND tries = ?2 AND sent IS NULL AND failed IS NULL"
        ),
        &[&mail.id, &mail.tries, &next_try],
    )?;
    Ok(claimed == 1)
}

/// Remembers that a mail was sent, and forgets its text.
pub fn sent(tx: &mut Tx, id: Uuid, now: Moment) -> Result<(), Error> {
    tx.exec(sql!("UPDATE mails SET sent = ?2, body = '', problem = '' WHERE id = ?1"), &[&id, &now])?;
    Ok(())
}

/// Remembers why a mail could not be sent; it is tried again later.
pub fn not_sent(tx: &mut Tx, id: Uuid, problem: &str) -> Result<(), Error> {
    tx.exec(sql!("UPDATE mails SET problem = ?2 WHERE id = ?1"), &[&id, &problem])?;
    Ok(())
}

/// Gives a mail up, and forgets its text.
pub fn give_up(tx: &mut Tx, id: Uuid, problem: &str, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE mails SET failed = ?3, body = '', problem = ?2 WHERE id = ?1"),
        &[&id, &problem, &now],
    )?;
    Ok(())
}

/// How many mails wait.
pub fn count_waiting(tx: &mut Tx) -> Result<i64, Error> {
    let (count,) =
        tx.one::<(i64,)>(sql!("SELECT count(*) FROM mails WHERE sent IS NULL AND failed IS NULL"), &[])?;
    Ok(count)
}
