//! Shares by lots, and those that are given back.

use planet_ontology::ids::{AudienceId, CurrencyId, MemberId, RepaymentId, ShareLotId, TransferId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Error, Ids, Tx, record, sql};
use schemars::JsonSchema;
use serde::Serialize;

record! {
    /// Shares that were bought at one time.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
    pub struct LotRow {
        /// Its id.
        pub id: ShareLotId,
        /// Who bought them.
        pub member: MemberId,
        /// How many.
        pub number: i64,
        /// How many of them are not repaid.
        pub kept: i64,
        /// How many of those are to be repaid.
        pub asked: i64,
        /// What one cost.
        pub price: Amount,
        /// In which currency.
        pub currency: CurrencyId,
        /// The payment.
        pub transfer: TransferId,
        /// When.
        pub bought: Moment,
    }
}

record! {
    /// Shares of one lot that are given back.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
    pub struct RepaymentRow {
        /// Its id.
        pub id: RepaymentId,
        /// Of which lot.
        pub lot: ShareLotId,
        /// Whose.
        pub member: MemberId,
        /// How many.
        pub number: i64,
        /// What was paid for them.
        pub amount: Amount,
        /// In which currency.
        pub currency: CurrencyId,
        /// `notice`, `paid` or `withdrawn`.
        pub state: String,
        /// When it was asked for.
        pub asked: Moment,
        /// When the notice has passed.
        pub due: Moment,
        /// When it ended.
        pub ended: Option<Moment>,
        /// What of it was set off against what the member owed.
        pub set_off: Amount,
        /// The payment.
        pub transfer: Option<TransferId>,
    }
}

/// Keeps shares that were bought.
pub fn create_lot(tx: &mut Tx, it: &LotRow) -> Result<(), Error> {
    let audience = AudienceId::from(it.member);
    tx.exec(
        sql!(
            "INSERT INTO dues_lots (id, member_id, number, kept, asked, price, currency_id, transfer_id, bought, audience_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
        ),
        &[
            &it.id, &it.member, &it.number, &it.kept, &it.asked, &it.price, &it.currency, &it.transfer, &it.bought,
            &audience,
        ],
    )?;
    Ok(())
}

/// The lots of a member, the oldest first.
pub fn lots(tx: &mut Tx, member: MemberId) -> Result<Vec<LotRow>, Error> {
    tx.rows(
        sql!(
            "SELECT id, member_id, number, kept, asked, price, currency_id, transfer_id, bought
               FROM dues_lots WHERE member_id = ?1 ORDER BY bought, id"
        ),
        &[&member],
    )
}

/// Changes how many of a lot are kept, and how many of them are to be repaid.
pub fn change_lot(tx: &mut Tx, id: ShareLotId, kept: i64, asked: i64) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE dues_lots SET kept = kept + ?2, asked = asked + ?3 WHERE id = ?1"),
        &[&id, &kept, &asked],
    )?;
    Ok(())
}

/// How many shares a member holds.
pub fn held(tx: &mut Tx, member: MemberId) -> Result<i64, Error> {
    let (held,) = tx.one(
        sql!("SELECT CAST(coalesce(sum(kept), 0) AS BIGINT) FROM dues_lots WHERE member_id = ?1"),
        &[&member],
    )?;
    Ok(held)
}

/// How many shares these members hold, and what they paid for them, by member and currency.
pub fn held_by(tx: &mut Tx, members: &[MemberId]) -> Result<Vec<(MemberId, CurrencyId, i64, Amount)>, Error> {
    let ids = Ids(members.iter().map(|id| id.0).collect());
    tx.rows(
        sql!(
            "SELECT member_id, currency_id, CAST(sum(kept) AS BIGINT), CAST(sum(kept * price) AS BIGINT)
               FROM dues_lots WHERE kept > 0 AND member_id IN (SELECT id FROM ids(?1))
              GROUP BY member_id, currency_id ORDER BY member_id, currency_id"
        ),
        &[&ids],
    )
}

/// The share capital by currency: shares, and what was paid for them.
pub fn capital(tx: &mut Tx) -> Result<Vec<(CurrencyId, i64, Amount)>, Error> {
    tx.rows(
        sql!(
            "SELECT currency_id, CAST(sum(kept) AS BIGINT), CAST(sum(kept * price) AS BIGINT)
               FROM dues_lots WHERE kept > 0 GROUP BY currency_id ORDER BY currency_id"
        ),
        &[],
    )
}

/// Keeps a request to be repaid.
pub fn create_repayment(tx: &mut Tx, it: &RepaymentRow) -> Result<(), Error> {
    let audience = AudienceId::from(it.member);
    tx.exec(
        sql!(
            "INSERT INTO dues_repayments (id, lot_id, member_id, number, amount, currency_id, state, asked, due, set_off,
                                          audience_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
        ),
        &[
            &it.id, &it.lot, &it.member, &it.number, &it.amount, &it.currency, &it.state, &it.asked, &it.due,
            &it.set_off, &audience,
        ],
    )?;
    Ok(())
}

/// One repayment.
pub fn find_repayment(tx: &mut Tx, id: RepaymentId) -> Result<Option<RepaymentRow>, Error> {
    tx.row(
        sql!(
            "SELECT id, lot_id, member_id, number, amount, currency_id, state, asked, due, ended, set_off, transfer_id
               FROM dues_repayments WHERE id = ?1"
        ),
        &[&id],
    )
}

/// The repayments of a member, the newest first.
pub fn repayments_of(tx: &mut Tx, member: MemberId, limit: i64) -> Result<Vec<RepaymentRow>, Error> {
    tx.rows(
        sql!(
            "SELECT id, lot_id, member_id, number, amount, currency_id, state, asked, due, ended, set_off, transfer_id
               FROM dues_repayments WHERE member_id = ?1 ORDER BY asked DESC, id DESC LIMIT ?2"
        ),
        &[&member, &limit],
    )
}

/// The repayments that are to come, what is due first comes first.
pub fn open_repayments(tx: &mut Tx, limit: i64) -> Result<Vec<RepaymentRow>, Error> {
    tx.rows(
        sql!(
            "SELECT id, lot_id, member_id, number, amount, currency_id, state, asked, due, ended, set_off, transfer_id
               FROM dues_repayments WHERE state = 'notice' ORDER BY due, id LIMIT ?1"
        ),
        &[&limit],
    )
}

/// How many repayments are due that are not this member's own.
pub fn count_repayable(tx: &mut Tx, but: MemberId, now: Moment) -> Result<i64, Error> {
    let (count,) = tx.one(
        sql!("SELECT count(*) FROM dues_repayments WHERE state = 'notice' AND due <= ?2 AND member_id <> ?1"),
        &[&but, &now],
    )?;
    Ok(count)
}

/// Ends a repayment. False if it had ended.
pub fn end_repayment(tx: &mut Tx, it: &RepaymentRow) -> Result<bool, Error> {
    let ended = tx.exec(
        sql!(
            "UPDATE dues_repayments SET state = ?2, ended = ?3, set_off = ?4, transfer_id = ?5
              WHERE id = ?1 AND state = 'notice'"
        ),
        &[&it.id, &it.state, &it.ended, &it.set_off, &it.transfer],
    )?;
    Ok(ended == 1)
}

/// Shares that were bought since some time, by when, whose and for how much in which currency.
pub fn bought_since(
    tx: &mut Tx,
    since: Moment,
    limit: i64,
) -> Result<Vec<(Moment, CurrencyId, Amount)>, Error> {
    tx.rows(
        sql!("SELECT bought, currency_id, number * price FROM dues_lots WHERE bought >= ?1 ORDER BY bought LIMIT ?2"),
        &[&since, &limit],
    )
}
