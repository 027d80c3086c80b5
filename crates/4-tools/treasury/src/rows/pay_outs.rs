//! Money on its way out.

use planet_ontology::ids::{AgentId, BankAccountId, BankLineId, CurrencyId, PayInId, PayOutId, TransferId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Error, Texts, Tx, record, sql};

record! {
    /// Money that is to go out, or has gone.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct PayOutRow {
        /// Its id.
        pub id: PayOutId,
        /// The currency.
        pub currency: CurrencyId,
        /// Whose claim it is.
        pub owner: AgentId,
        /// How much.
        pub amount: Amount,
        /// The reference to write on the transfer.
        pub reference: String,
        /// asked, sending, sent, refused or withdrawn.
        pub state: String,
        /// When it was asked for.
        pub asked: Moment,
        /// What was put aside in the ledger.
        pub hold: TransferId,
        /// When it is given back by itself.
        pub expires: Moment,
        /// Where to; nothing once it is forgotten.
        pub account: Option<BankAccountId>,
        /// The name on the account.
        pub payee: String,
        /// Its last digits.
        pub tail: String,
        /// The pay-in by card that this gives back.
        pub card_pay_in: Option<PayInId>,
        /// When it ended.
        pub ended: Option<Moment>,
        /// The day on which it was sent.
        pub sent_on: String,
        /// The bank's own reference.
        pub bank_reference: String,
        /// Why it was refused.
        pub reason: String,
        /// The claim that was taken back.
        pub transfer: Option<TransferId>,
        /// The line of a statement that shows it.
        pub line: Option<BankLineId>,
        /// The name of whose claim it is.
        pub owner_name: String,
        /// Their handle.
        pub owner_handle: String,
    }
}

/// What is written when somebody asks to be paid out.
#[derive(Clone, Debug)]
pub struct NewPayOut<'a> {
    /// Its id.
    pub id: PayOutId,
    /// The currency.
    pub currency: CurrencyId,
    /// Whose claim it is.
    pub owner: AgentId,
    /// How much.
    pub amount: Amount,
    /// The reference to write on the transfer.
    pub reference: &'a str,
    /// What was put aside in the ledger, and until when.
    pub hold: (TransferId, Moment),
    /// Where to.
    pub account: Option<BankAccountId>,
    /// The name on the account and its last digits.
    pub payee: (&'a str, &'a str),
    /// The pay-in by card that this gives back.
    pub card_pay_in: Option<PayInId>,
    /// When.
    pub now: Moment,
}

/// Asks to be paid out.
pub fn create(tx: &mut Tx, new: &NewPayOut) -> Result<(), Error> {
    let ((hold, expires), (payee, tail)) = (new.hold, new.payee);
    tx.exec(
        sql!(
            "INSERT INTO pay_outs (id, currency_id, owner_id, amount, reference, state, asked, hold_id, expires, account_id, payee,
                    tail, card_pay_in_id, sent_on, bank_reference, reason)
             VALUES (?1, ?2, ?3, ?4, ?5, 'asked', ?6, ?7, ?8, ?9, ?10, ?11, ?12, '', '', '')"
        ),
        &[
            &new.id,
            &new.currency,
            &new.owner,
            &new.amount,
            &new.reference,
            &new.now,
            &hold,
            &expires,
            &new.account,
            &payee,
            &tail,
            &new.card_pay_in,
        ],
    )?;
    Ok(())
}

/// How a pay-out ends.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ending<'a> {
    /// sent, refused or withdrawn.
    pub state: &'a str,
    /// Who ended it; nobody where the card processor did.
    pub by: Option<AgentId>,
    /// The day on which it was sent, and the bank's reference.
    pub sent: (&'a str, &'a str),
    /// Why it was refused.
    pub reason: &'a str,
    /// The claim that was taken back.
    pub transfer: Option<TransferId>,
    /// The line of a statement that shows it.
    pub line: Option<BankLineId>,
}

/// Ends a pay-out, once, and forgets where it was to go.
pub fn end(tx: &mut Tx, id: PayOutId, ending: &Ending, now: Moment) -> Result<bool, Error> {
    let (sent_on, bank_reference) = ending.sent;
    let changed = tx.exec(
        sql!(
            "UPDATE pay_outs SET state = ?2, ended_by = ?3, sent_on = ?4, bank_reference = ?5, reason = ?6, transfer_id = ?7,
                    line_id = ?8, ended = ?9, account_id = NULL
              WHERE id = ?1 AND state IN ('asked', 'sending')"
        ),
        &[
            &id,
            &ending.state,
            &ending.by,
            &sent_on,
            &bank_reference,
            &ending.reason,
            &ending.transfer,
            &ending.line,
            &now,
        ],
    )?;
    Ok(changed == 1)
}

/// Notes that it is being given back to the card.
pub fn sending(tx: &mut Tx, id: PayOutId) -> Result<bool, Error> {
    let changed =
        tx.exec(sql!("UPDATE pay_outs SET state = 'sending' WHERE id = ?1 AND state = 'asked'"), &[&id])?;
    Ok(changed == 1)
}

/// Notes the line that shows what was sent before, once.
pub fn show_on(tx: &mut Tx, id: PayOutId, line: BankLineId) -> Result<bool, Error> {
    let changed = tx.exec(
        sql!(
            "UPDATE pay_outs SET line_id = ?2
              WHERE id = ?1 AND state = 'sent' AND line_id IS NULL AND card_pay_in_id IS NULL"
        ),
        &[&id, &line],
    )?;
    Ok(changed == 1)
}

/// A pay-out by its id.
pub fn find(tx: &mut Tx, id: PayOutId) -> Result<Option<PayOutRow>, Error> {
    tx.row(
        sql!(
            "SELECT p.id, p.currency_id, p.owner_id, p.amount, p.reference, p.state, p.asked, p.hold_id, p.expires, p.account_id,
                    p.payee, p.tail, p.card_pay_in_id, p.ended, p.sent_on, p.bank_reference, p.reason, p.transfer_id, p.line_id,
                    a.name, a.handle
               FROM pay_outs p JOIN agents a ON a.id = p.owner_id WHERE p.id = ?1"
        ),
        &[&id],
    )
}

/// A pay-out as it stands now, with everybody else waiting who wants to change it.
pub fn find_and_hold(tx: &mut Tx, id: PayOutId) -> Result<Option<PayOutRow>, Error> {
    tx.lock(sql!("SELECT id FROM pay_outs WHERE id = ?1"), &[&id])?;
    find(tx, id)
}

/// What waits to be sent, or was sent and is on no statement yet, the oldest first.
pub fn open(tx: &mut Tx, currency: CurrencyId, limit: i64) -> Result<Vec<PayOutRow>, Error> {
    tx.rows(
        sql!(
            "SELECT p.id, p.currency_id, p.owner_id, p.amount, p.reference, p.state, p.asked, p.hold_id, p.expires, p.account_id,
                    p.payee, p.tail, p.card_pay_in_id, p.ended, p.sent_on, p.bank_reference, p.reason, p.transfer_id, p.line_id,
                    a.name, a.handle
               FROM pay_outs p JOIN agents a ON a.id = p.owner_id
              WHERE p.currency_id = ?1
                AND (p.state IN ('asked', 'sending') OR (p.state = 'sent' AND p.line_id IS NULL AND p.card_pay_in_id IS NULL))
              ORDER BY p.asked, p.id LIMIT ?2"
        ),
        &[&currency, &limit],
    )
}

/// The pay-outs whose references are among these.
pub fn by_references(
    tx: &mut Tx,
    currency: CurrencyId,
    references: Vec<String>,
) -> Result<Vec<PayOutRow>, Error> {
    tx.rows(
        sql!(
            "SELECT p.id, p.currency_id, p.owner_id, p.amount, p.reference, p.state, p.asked, p.hold_id, p.expires, p.account_id,
                    p.payee, p.tail, p.card_pay_in_id, p.ended, p.sent_on, p.bank_reference, p.reason, p.transfer_id, p.line_id,
                    a.name, a.handle
               FROM pay_outs p JOIN agents a ON a.id = p.owner_id
              WHERE p.currency_id = ?1 AND p.card_pay_in_id IS NULL AND p.reference IN (SELECT word FROM texts(?2))"
        ),
        &[&currency, &Texts(references)],
    )
}

/// The newest pay-outs of an owner in a currency.
pub fn of(tx: &mut Tx, owner: AgentId, currency: CurrencyId, limit: i64) -> Result<Vec<PayOutRow>, Error> {
    tx.rows(
        sql!(
            "SELECT p.id, p.currency_id, p.owner_id, p.amount, p.reference, p.state, p.asked, p.hold_id, p.expires, p.account_id,
                    p.payee, p.tail, p.card_pay_in_id, p.ended, p.sent_on, p.bank_reference, p.reason, p.transfer_id, p.line_id,
                    a.name, a.handle
               FROM pay_outs p JOIN agents a ON a.id = p.owner_id
              WHERE p.owner_id = ?1 AND p.currency_id = ?2 ORDER BY p.asked DESC, p.id DESC LIMIT ?3"
        ),
        &[&owner, &currency, &limit],
    )
}

/// How many pay-outs of somebody are open.
pub fn count_open_of(tx: &mut Tx, owner: AgentId) -> Result<i64, Error> {
    let (count,) = tx.one::<(i64,)>(
        sql!("SELECT count(*) FROM pay_outs WHERE owner_id = ?1 AND state IN ('asked', 'sending')"),
        &[&owner],
    )?;
    Ok(count)
}

record! {
    /// How much went out by which way, and how much of it no statement shows yet.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct WentOut {
        /// Through the bank.
        pub bank: Amount,
        /// Back to cards.
        pub card: Amount,
        /// Through the bank, and on no statement yet.
        pub unseen: Amount,
        /// How many of those there are.
        pub unseen_count: i64,
        /// How many wait to be sent.
        pub waiting_count: i64,
        /// What waits to be sent.
        pub waiting: Amount,
    }
}

/// What went out altogether.
pub fn sums(tx: &mut Tx, currency: CurrencyId) -> Result<WentOut, Error> {
    tx.one(
        sql!(
            "SELECT CAST(coalesce(sum(CASE WHEN state = 'sent' AND card_pay_in_id IS NULL THEN amount ELSE 0 END), 0) AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN state = 'sent' AND card_pay_in_id IS NOT NULL THEN amount ELSE 0 END), 0) AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN state = 'sent' AND card_pay_in_id IS NULL AND line_id IS NULL THEN amount ELSE 0 END), 0) AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN state = 'sent' AND card_pay_in_id IS NULL AND line_id IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN state IN ('asked', 'sending') THEN 1 ELSE 0 END), 0) AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN state IN ('asked', 'sending') THEN amount ELSE 0 END), 0) AS BIGINT)
               FROM pay_outs WHERE currency_id = ?1"
        ),
        &[&currency],
    )
}

/// What of a pay-in by card was given back, or is about to be.
pub fn given_back(tx: &mut Tx, pay_in: PayInId) -> Result<Amount, Error> {
    let (sum,) = tx.one::<(Amount,)>(
        sql!(
            "SELECT CAST(coalesce(sum(amount), 0) AS BIGINT) FROM pay_outs
              WHERE card_pay_in_id = ?1 AND state IN ('asked', 'sending', 'sent')"
        ),
        &[&pay_in],
    )?;
    Ok(sum)
}
