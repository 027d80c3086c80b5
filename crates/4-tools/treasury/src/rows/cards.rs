//! What is asked of the card processor, and how it stands there.

use planet_ontology::ids::{PayInId, PayOutId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Error, Tx, record, sql};

record! {
    /// A card payment, with what the worker needs of its pay-in.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct CardRow {
        /// The pay-in.
        pub pay_in: PayInId,
        /// The processor's id; empty until it was asked.
        pub intent: String,
        /// The secret for the payer's browser.
        pub secret: String,
        /// open, paid, ended or odd.
        pub state: String,
        /// How often it was looked at.
        pub tries: i64,
        /// The processor's code of what went wrong last.
        pub problem: String,
        /// How much is asked.
        pub amount: Amount,
        /// The code of the money.
        pub iso: String,
        /// The state of the pay-in: waiting, arrived or withdrawn.
        pub waits: String,
        /// Until when it is expected.
        pub expires: Moment,
    }
}

/// Writes down that the processor is to be asked.
pub fn create(tx: &mut Tx, pay_in: PayInId, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO card_payments (pay_in_id, intent, secret, state, next_try, tries, problem)
             VALUES (?1, '', '', 'open', ?2, 0, '')"
        ),
        &[&pay_in, &now],
    )?;
    Ok(())
}

/// A card payment.
pub fn find(tx: &mut Tx, pay_in: PayInId) -> Result<Option<CardRow>, Error> {
    tx.row(
        sql!(
            "SELECT c.pay_in_id, c.intent, c.secret, c.state, c.tries, c.problem, p.amount, h.iso, p.state, p.expires
               FROM card_payments c JOIN pay_ins p ON p.id = c.pay_in_id JOIN holdings h ON h.currency_id = p.currency_id
              WHERE c.pay_in_id = ?1"
        ),
        &[&pay_in],
    )
}

/// Those whose turn it is, the longest waiting first.
pub fn due(tx: &mut Tx, now: Moment, limit: i64) -> Result<Vec<CardRow>, Error> {
    tx.rows(
        sql!(
            "SELECT c.pay_in_id, c.intent, c.secret, c.state, c.tries, c.problem, p.amount, h.iso, p.state, p.expires
               FROM card_payments c JOIN pay_ins p ON p.id = c.pay_in_id JOIN holdings h ON h.currency_id = p.currency_id
              WHERE c.state = 'open' AND c.next_try <= ?1 ORDER BY c.next_try, c.pay_in_id LIMIT ?2"
        ),
        &[&now, &limit],
    )
}

/// Takes a payment for one look; nobody else looks before `next`. False if somebody was quicker.
pub fn claim(tx: &mut Tx, pay_in: PayInId, tries: i64, next: Moment) -> Result<bool, Error> {
    let claimed = tx.exec(
        sql!(
            "UPDATE card_payments SET tries = tries + 1, next_try = ?3
              WHERE pay_in_id = ?1 AND tries = ?2 AND state = 'open'"
        ),
        &[&pay_in, &tries, &next],
    )?;
    Ok(claimed == 1)
}

/// Notes what the processor calls it, once.
pub fn prepared(tx: &mut Tx, pay_in: PayInId, intent: &str, secret: &str) -> Result<bool, Error> {
    let noted = tx.exec(
        sql!("UPDATE card_payments SET intent = ?2, secret = ?3, tries = 0 WHERE pay_in_id = ?1 AND intent = ''"),
        &[&pay_in, &intent, &secret],
    )?;
    Ok(noted == 1)
}

/// Notes why the last attempt failed.
pub fn failed(tx: &mut Tx, pay_in: PayInId, problem: &str) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE card_payments SET problem = ?2 WHERE pay_in_id = ?1 AND state = 'open'"),
        &[&pay_in, &problem],
    )?;
    Ok(())
}

/// Ends it, once, and forgets the secret.
pub fn end(tx: &mut Tx, pay_in: PayInId, state: &str) -> Result<bool, Error> {
    let ended = tx.exec(
        sql!("UPDATE card_payments SET state = ?2, secret = '' WHERE pay_in_id = ?1 AND state = 'open'"),
        &[&pay_in, &state],
    )?;
    Ok(ended == 1)
}

/// Nobody wants it any more: what the processor was not asked yet it is not asked at all, the rest is given up at once.
pub fn unwanted(tx: &mut Tx, pay_in: PayInId, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!(
            "UPDATE card_payments SET state = 'ended' WHERE pay_in_id = ?1 AND state = 'open' AND intent = ''"
        ),
        &[&pay_in],
    )?;
    tx.exec(
        sql!("UPDATE card_payments SET next_try = ?2, tries = 0 WHERE pay_in_id = ?1 AND state = 'open'"),
        &[&pay_in, &now],
    )?;
    Ok(())
}

/// Hears a message of the processor. False if it was heard before.
pub fn hear(tx: &mut Tx, event: &str, now: Moment) -> Result<bool, Error> {
    let heard = tx.exec(
        sql!("INSERT INTO card_events (id, heard) VALUES (?1, ?2) ON CONFLICT DO NOTHING"),
        &[&event, &now],
    )?;
    Ok(heard == 1)
}

/// Has an intent looked at now.
pub fn look_at(tx: &mut Tx, intent: &str, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE card_payments SET next_try = ?2, tries = 0 WHERE intent = ?1 AND state = 'open'"),
        &[&intent, &now],
    )?;
    Ok(())
}

record! {
    /// Something to be given back to a card.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct RefundRow {
        /// The pay-out.
        pub pay_out: PayOutId,
        /// How often it was tried.
        pub tries: i64,
        /// How much.
        pub amount: Amount,
        /// The processor's id of the payment.
        pub intent: String,
    }
}

/// Writes down that something is to be given back.
pub fn refund(tx: &mut Tx, pay_out: PayOutId, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!("INSERT INTO card_refunds (pay_out_id, next_try, tries, problem) VALUES (?1, ?2, 0, '')"),
        &[&pay_out, &now],
    )?;
    Ok(())
}

/// What is to be given back now.
pub fn refunds_due(tx: &mut Tx, now: Moment, limit: i64) -> Result<Vec<RefundRow>, Error> {
    tx.rows(
        sql!(
            "SELECT r.pay_out_id, r.tries, p.amount, c.intent
               FROM card_refunds r JOIN pay_outs p ON p.id = r.pay_out_id JOIN card_payments c ON c.pay_in_id = p.card_pay_in_id
              WHERE r.next_try <= ?1 ORDER BY r.next_try, r.pay_out_id LIMIT ?2"
        ),
        &[&now, &limit],
    )
}

/// Takes a refund for one attempt. False if somebody was quicker.
pub fn claim_refund(tx: &mut Tx, pay_out: PayOutId, tries: i64, next: Moment) -> Result<bool, Error> {
    let claimed = tx.exec(
        sql!("UPDATE card_refunds SET tries = tries + 1, next_try = ?3 WHERE pay_out_id = ?1 AND tries = ?2"),
        &[&pay_out, &tries, &next],
    )?;
    Ok(claimed == 1)
}

/// Notes that it is done, one way or the other.
pub fn refund_ended(tx: &mut Tx, pay_out: PayOutId) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM card_refunds WHERE pay_out_id = ?1"), &[&pay_out])?;
    Ok(())
}
