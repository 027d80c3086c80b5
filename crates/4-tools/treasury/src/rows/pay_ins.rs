//! Money on its way in.

use planet_ontology::ids::{AgentId, BankLineId, CurrencyId, MemberId, PayInId, TransferId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Error, Texts, Tx, record, sql};

record! {
    /// Money that was announced, or has come in.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct PayInRow {
        /// Its id.
        pub id: PayInId,
        /// The currency.
        pub currency: CurrencyId,
        /// For whom.
        pub owner: AgentId,
        /// bank, cash or card.
        pub how: String,
        /// What was announced.
        pub amount: Amount,
        /// The reference for the bank.
        pub reference: String,
        /// waiting, arrived or withdrawn.
        pub state: String,
        /// When it was announced.
        pub asked: Moment,
        /// Until when it is expected.
        pub expires: Moment,
        /// Who is to be handed the cash.
        pub named: Option<MemberId>,
        /// What arrived.
        pub arrived: Option<Amount>,
        /// When it was confirmed or withdrawn.
        pub ended: Option<Moment>,
        /// Who confirmed it.
        pub confirmed_by: Option<AgentId>,
        /// The claim that was issued.
        pub transfer: Option<TransferId>,
        /// The line of a statement that shows it.
        pub line: Option<BankLineId>,
        /// The name of whom it is for.
        pub owner_name: String,
        /// Their handle.
        pub owner_handle: String,
    }
}

/// What is written when somebody announces money.
#[derive(Clone, Debug)]
pub struct NewPayIn<'a> {
    /// Its id.
    pub id: PayInId,
    /// The currency.
    pub currency: CurrencyId,
    /// For whom.
    pub owner: AgentId,
    /// bank, cash or card.
    pub how: &'a str,
    /// How much.
    pub amount: Amount,
    /// The reference for the bank.
    pub reference: &'a str,
    /// Who is to be handed the cash.
    pub named: Option<MemberId>,
    /// When.
    pub now: Moment,
    /// Until when it is expected.
    pub expires: Moment,
}

/// Announces money.
pub fn create(tx: &mut Tx, new: &NewPayIn) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO pay_ins (id, currency_id, owner_id, how, amount, reference, state, asked, expires, named_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'waiting', ?7, ?8, ?9)"
        ),
        &[&new.id, &new.currency, &new.owner, &new.how, &new.amount, &new.reference, &new.now, &new.expires, &new.named],
    )?;
    Ok(())
}

/// What came of it.
#[derive(Clone, Copy, Debug)]
pub struct Arrival {
    /// How much arrived.
    pub amount: Amount,
    /// Who says so; nobody where the card processor does.
    pub by: Option<AgentId>,
    /// The claim that was issued.
    pub transfer: TransferId,
    /// The line of a statement that shows it.
    pub line: Option<BankLineId>,
}

/// Confirms that money arrived, once. What was withdrawn can still arrive.
pub fn arrive(tx: &mut Tx, id: PayInId, arrival: &Arrival, now: Moment) -> Result<bool, Error> {
    let changed = tx.exec(
        sql!(
            "UPDATE pay_ins SET state = 'arrived', arrived = ?2, confirmed_by = ?3, transfer_id = ?4, line_id = ?5, ended = ?6
              WHERE id = ?1 AND state <> 'arrived'"
        ),
        &[&id, &arrival.amount, &arrival.by, &arrival.transfer, &arrival.line, &now],
    )?;
    Ok(changed == 1)
}

/// Takes an announcement back, as long as it waits.
pub fn withdraw(tx: &mut Tx, id: PayInId, now: Moment) -> Result<bool, Error> {
    let changed = tx.exec(
        sql!("UPDATE pay_ins SET state = 'withdrawn', ended = ?2 WHERE id = ?1 AND state = 'waiting'"),
        &[&id, &now],
    )?;
    Ok(changed == 1)
}

/// Notes the line that shows what was confirmed before, once.
pub fn show_on(tx: &mut Tx, id: PayInId, line: BankLineId) -> Result<bool, Error> {
    let changed = tx.exec(
        sql!("UPDATE pay_ins SET line_id = ?2 WHERE id = ?1 AND state = 'arrived' AND line_id IS NULL AND how = 'bank'"),
        &[&id, &line],
    )?;
    Ok(changed == 1)
}

/// A pay-in by its id.
pub fn find(tx: &mut Tx, id: PayInId) -> Result<Option<PayInRow>, Error> {
    tx.row(
        sql!(
            "SELECT p.id, p.currency_id, p.owner_id, p.how, p.amount, p.reference, p.state, p.asked, p.expires, p.named_id, p.arrived,
                    p.ended, p.confirmed_by, p.transfer_id, p.line_id, a.name, a.handle
               FROM pay_ins p JOIN agents a ON a.id = p.owner_id WHERE p.id = ?1"
        ),
        &[&id],
    )
}

/// A pay-in as it stands now, with everybody else waiting who wants to change it.
pub fn find_and_hold(tx: &mut Tx, id: PayInId) -> Result<Option<PayInRow>, Error> {
    tx.lock(sql!("SELECT id FROM pay_ins WHERE id = ?1"), &[&id])?;
    find(tx, id)
}

/// The pay-ins by bank whose references are among these.
pub fn by_references(
    tx: &mut Tx,
    currency: CurrencyId,
    references: Vec<String>,
) -> Result<Vec<PayInRow>, Error> {
    tx.rows(
        sql!(
            "SELECT p.id, p.currency_id, p.owner_id, p.how, p.amount, p.reference, p.state, p.asked, p.expires, p.named_id, p.arrived,
                    p.ended, p.confirmed_by, p.transfer_id, p.line_id, a.name, a.handle
               FROM pay_ins p JOIN agents a ON a.id = p.owner_id
              WHERE p.currency_id = ?1 AND p.how = 'bank' AND p.reference IN (SELECT word FROM texts(?2))"
        ),
        &[&currency, &Texts(references)],
    )
}

/// What waits to be confirmed for a holder, the oldest first.
pub fn waiting(tx: &mut Tx, currency: CurrencyId, limit: i64) -> Result<Vec<PayInRow>, Error> {
    tx.rows(
        sql!(
            "SELECT p.id, p.currency_id, p.owner_id, p.how, p.amount, p.reference, p.state, p.asked, p.expires, p.named_id, p.arrived,
                    p.ended, p.confirmed_by, p.transfer_id, p.line_id, a.name, a.handle
               FROM pay_ins p JOIN agents a ON a.id = p.owner_id
              WHERE p.currency_id = ?1 AND p.state = 'waiting' ORDER BY p.asked, p.id LIMIT ?2"
        ),
        &[&currency, &limit],
    )
}

/// Cash that waits for this member to say that it was handed over.
pub fn cash_for(tx: &mut Tx, member: MemberId, limit: i64) -> Result<Vec<PayInRow>, Error> {
    tx.rows(
        sql!(
            "SELECT p.id, p.currency_id, p.owner_id, p.how, p.amount, p.reference, p.state, p.asked, p.expires, p.named_id, p.arrived,
                    p.ended, p.confirmed_by, p.transfer_id, p.line_id, a.name, a.handle
               FROM pay_ins p JOIN agents a ON a.id = p.owner_id
              WHERE p.named_id = ?1 AND p.state = 'waiting' AND p.how = 'cash' ORDER BY p.asked, p.id LIMIT ?2"
        ),
        &[&member, &limit],
    )
}

/// The newest pay-ins of an owner in a currency.
pub fn of(tx: &mut Tx, owner: AgentId, currency: CurrencyId, limit: i64) -> Result<Vec<PayInRow>, Error> {
    tx.rows(
        sql!(
            "SELECT p.id, p.currency_id, p.owner_id, p.how, p.amount, p.reference, p.state, p.asked, p.expires, p.named_id, p.arrived,
                    p.ended, p.confirmed_by, p.transfer_id, p.line_id, a.name, a.handle
               FROM pay_ins p JOIN agents a ON a.id = p.owner_id
              WHERE p.owner_id = ?1 AND p.currency_id = ?2 ORDER BY p.asked DESC, p.id DESC LIMIT ?3"
        ),
        &[&owner, &currency, &limit],
    )
}

/// How many announcements of somebody wait.
pub fn count_waiting_of(tx: &mut Tx, owner: AgentId) -> Result<i64, Error> {
    let (count,) = tx.one::<(i64,)>(
        sql!("SELECT count(*) FROM pay_ins WHERE owner_id = ?1 AND state = 'waiting'"),
        &[&owner],
    )?;
    Ok(count)
}

/// How many transfers to a holder's bank wait.
pub fn count_waiting_bank(tx: &mut Tx, currency: CurrencyId) -> Result<i64, Error> {
    let (count,) = tx.one::<(i64,)>(
        sql!("SELECT count(*) FROM pay_ins WHERE currency_id = ?1 AND state = 'waiting' AND how = 'bank'"),
        &[&currency],
    )?;
    Ok(count)
}

record! {
    /// How much came in by which way, and how much of it no statement shows yet.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct CameIn {
        /// Through the bank.
        pub bank: Amount,
        /// In cash.
        pub cash: Amount,
        /// By card.
        pub card: Amount,
        /// Through the bank, and on no statement yet.
        pub unseen: Amount,
        /// How many of those there are.
        pub unseen_count: i64,
        /// How many are announced and wait.
        pub waiting_count: i64,
        /// What is announced and waits.
        pub waiting: Amount,
    }
}

/// What came in altogether.
pub fn sums(tx: &mut Tx, currency: CurrencyId) -> Result<CameIn, Error> {
    tx.one(
        sql!(
            "SELECT CAST(coalesce(sum(CASE WHEN how = 'bank' THEN coalesce(arrived, 0) ELSE 0 END), 0) AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN how = 'cash' THEN coalesce(arrived, 0) ELSE 0 END), 0) AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN how = 'card' THEN coalesce(arrived, 0) ELSE 0 END), 0) AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN how = 'bank' AND line_id IS NULL THEN coalesce(arrived, 0) ELSE 0 END), 0) AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN how = 'bank' AND line_id IS NULL AND state = 'arrived' THEN 1 ELSE 0 END), 0) AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END), 0) AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN state = 'waiting' THEN amount ELSE 0 END), 0) AS BIGINT)
               FROM pay_ins WHERE currency_id = ?1"
        ),
        &[&currency],
    )
}

/// What was confirmed by hand and is on no statement yet, the oldest first.
pub fn unseen(tx: &mut Tx, currency: CurrencyId, limit: i64) -> Result<Vec<PayInRow>, Error> {
    tx.rows(
        sql!(
            "SELECT p.id, p.currency_id, p.owner_id, p.how, p.amount, p.reference, p.state, p.asked, p.expires, p.named_id, p.arrived,
                    p.ended, p.confirmed_by, p.transfer_id, p.line_id, a.name, a.handle
               FROM pay_ins p JOIN agents a ON a.id = p.owner_id
              WHERE p.currency_id = ?1 AND p.state = 'arrived' AND p.how = 'bank' AND p.line_id IS NULL
              ORDER BY p.asked, p.id LIMIT ?2"
        ),
        &[&currency, &limit],
    )
}
