//! Who holds which money, on what terms, who takes cash for them, and what they saw at the bank.

use crate::bank::csv::CsvShape;
use crate::bank::details::BankDetails;
use planet_ontology::ids::{AgentId, CurrencyId, GroupId, MemberId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Error, Tx, record, sql};
use serde_json::Value;
use uuid::Uuid;

record! {
    /// A money of the world and who holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Holding {
        /// The ledger's currency.
        pub currency: CurrencyId,
        /// The club or group that holds the money.
        pub holder: GroupId,
        /// Its code in ISO 4217.
        pub iso: String,
        /// The name on the bank account.
        pub account_name: String,
        /// Its IBAN.
        pub iban: String,
        /// The bank's BIC.
        pub bic: String,
        /// Its sort code.
        pub sort_code: String,
        /// Its number.
        pub account_number: String,
        /// What happens when somebody leaves.
        pub leaving: String,
        /// How quickly it is paid out.
        pub pace: String,
        /// What it costs.
        pub fees: String,
        /// The most that may be held.
        pub cap: Amount,
        /// Since when.
        pub opened: Moment,
        /// When the holder decided to stop.
        pub closing: Option<Moment>,
        /// The ledger's code of the currency.
        pub code: String,
        /// Its name.
        pub name: String,
        /// Its sign.
        pub symbol: String,
        /// Its decimals.
        pub decimals: i64,
        /// The holder's handle.
        pub holder_handle: String,
        /// The holder's name.
        pub holder_name: String,
    }
}

impl Holding {
    /// The holder's account at its bank.
    pub fn bank(&self) -> BankDetails {
        BankDetails {
            account_name: self.account_name.clone(),
            iban: self.iban.clone(),
            bic: self.bic.clone(),
            sort_code: self.sort_code.clone(),
            account_number: self.account_number.clone(),
        }
    }

    /// Digits after the point.
    pub fn places(&self) -> u8 {
        u8::try_from(self.decimals).unwrap_or(2)
    }
}

/// What a holder tells about itself.
#[derive(Clone, Debug)]
pub struct NewHolding<'a> {
    /// The ledger's currency.
    pub currency: CurrencyId,
    /// Who holds the money.
    pub holder: GroupId,
    /// Its code in ISO 4217.
    pub iso: &'a str,
    /// The holder's account at its bank.
    pub bank: &'a BankDetails,
    /// What happens when somebody leaves, how quickly it is paid out, what it costs.
    pub terms: [&'a str; 3],
    /// The most that may be held.
    pub cap: Amount,
    /// When.
    pub now: Moment,
}

/// Writes down who holds a money, or what changed about it.
pub fn save(tx: &mut Tx, new: &NewHolding) -> Result<(), Error> {
    let [leaving, pace, fees] = new.terms;
    let bank = new.bank;
    tx.exec(
        sql!(
            "INSERT INTO holdings (currency_id, holder_id, iso, account_name, iban, bic, sort_code, account_number, leaving, pace,
                    fees, cap, opened)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
             ON CONFLICT (currency_id) DO UPDATE
                SET account_name = excluded.account_name, iban = excluded.iban, bic = excluded.bic,
                    sort_code = excluded.sort_code, account_number = excluded.account_number, leaving = excluded.leaving,
                    pace = excluded.pace, fees = excluded.fees, cap = excluded.cap"
        ),
        &[
            &new.currency,
            &new.holder,
            &new.iso,
            &bank.account_name,
            &bank.iban,
            &bank.bic,
            &bank.sort_code,
            &bank.account_number,
            &leaving,
            &pace,
            &fees,
            &new.cap,
            &new.now,
        ],
    )?;
    Ok(())
}

/// Who takes cash, in place of whoever did before.
pub fn set_cash(tx: &mut Tx, currency: CurrencyId, people: &[MemberId]) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM holding_cash WHERE currency_id = ?1"), &[&currency])?;
    for member in people {
        tx.exec(
            sql!("INSERT INTO holding_cash (currency_id, member_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING"),
            &[&currency, member],
        )?;
    }
    Ok(())
}

/// Who takes cash: id, handle and name of those who are active, by name.
pub fn cash_people(tx: &mut Tx, currency: CurrencyId) -> Result<Vec<(MemberId, String, String)>, Error> {
    tx.rows(
        sql!(
            "SELECT a.id, a.handle, a.name FROM holding_cash c JOIN agents a ON a.id = c.member_id
              WHERE c.currency_id = ?1 AND a.standing = 'active' ORDER BY a.name, a.id"
        ),
        &[&currency],
    )
}

/// Begins to stop. False if it had begun before.
pub fn close(tx: &mut Tx, currency: CurrencyId, now: Moment) -> Result<bool, Error> {
    let closed = tx.exec(
        sql!("UPDATE holdings SET closing = ?2 WHERE currency_id = ?1 AND closing IS NULL"),
        &[&currency, &now],
    )?;
    Ok(closed == 1)
}

/// A holding by its currency.
pub fn find(tx: &mut Tx, currency: CurrencyId) -> Result<Option<Holding>, Error> {
    tx.row(
        sql!(
            "SELECT h.currency_id, h.holder_id, h.iso, h.account_name, h.iban, h.bic, h.sort_code, h.account_number, h.leaving,
                    h.pace, h.fees, h.cap, h.opened, h.closing, c.code, c.name, c.symbol, c.decimals, a.handle, a.name
               FROM holdings h JOIN currencies c ON c.id = h.currency_id JOIN agents a ON a.id = h.holder_id
              WHERE h.currency_id = ?1"
        ),
        &[&currency],
    )
}

/// A holding by the code of its currency.
pub fn find_by_code(tx: &mut Tx, code: &str) -> Result<Option<Holding>, Error> {
    tx.row(
        sql!(
            "SELECT h.currency_id, h.holder_id, h.iso, h.account_name, h.iban, h.bic, h.sort_code, h.account_number, h.leaving,
                    h.pace, h.fees, h.cap, h.opened, h.closing, c.code, c.name, c.symbol, c.decimals, a.handle, a.name
               FROM holdings h JOIN currencies c ON c.id = h.currency_id JOIN agents a ON a.id = h.holder_id
              WHERE c.code = ?1"
        ),
        &[&code],
    )
}

/// Keeps a holding as it is read until the transaction ends, and others waiting who want to change its sums.
pub fn lock(tx: &mut Tx, currency: CurrencyId) -> Result<(), Error> {
    tx.lock(sql!("SELECT currency_id FROM holdings WHERE currency_id = ?1"), &[&currency])
}

/// All holdings, the oldest first.
pub fn list(tx: &mut Tx) -> Result<Vec<Holding>, Error> {
    tx.rows(
        sql!(
            "SELECT h.currency_id, h.holder_id, h.iso, h.account_name, h.iban, h.bic, h.sort_code, h.account_number, h.leaving,
                    h.pace, h.fees, h.cap, h.opened, h.closing, c.code, c.name, c.symbol, c.decimals, a.handle, a.name
               FROM holdings h JOIN currencies c ON c.id = h.currency_id JOIN agents a ON a.id = h.holder_id
              ORDER BY h.opened, h.currency_id"
        ),
        &[],
    )
}

/// The holdings whose books a member keeps: as treasurer or steward of their holder.
pub fn kept_by(tx: &mut Tx, member: MemberId) -> Result<Vec<Holding>, Error> {
    tx.rows(
        sql!(
            "SELECT h.currency_id, h.holder_id, h.iso, h.account_name, h.iban, h.bic, h.sort_code, h.account_number, h.leaving,
                    h.pace, h.fees, h.cap, h.opened, h.closing, c.code, c.name, c.symbol, c.decimals, a.handle, a.name
               FROM holdings h JOIN currencies c ON c.id = h.currency_id JOIN agents a ON a.id = h.holder_id
               JOIN memberships m ON m.group_id = h.holder_id
              WHERE m.agent_id = ?1 AND m.role IN ('treasurer', 'steward') ORDER BY h.opened, h.currency_id"
        ),
        &[&member],
    )
}

/// Whether a holder holds this money already.
pub fn holds(tx: &mut Tx, holder: GroupId, iso: &str) -> Result<bool, Error> {
    let (count,) = tx.one::<(i64,)>(
        sql!("SELECT count(*) FROM holdings WHERE holder_id = ?1 AND iso = ?2 AND closing IS NULL"),
        &[&holder, &iso],
    )?;
    Ok(count > 0)
}

/// Everybody who has an account in a currency.
pub fn account_holders(tx: &mut Tx, currency: CurrencyId) -> Result<Vec<AgentId>, Error> {
    let rows: Vec<(AgentId,)> =
        tx.rows(sql!("SELECT owner_id FROM accounts WHERE currency_id = ?1 ORDER BY id"), &[&currency])?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// What was seen at the bank: the day, the balance, when it was told and by whom.
pub fn tell_balance(
    tx: &mut Tx,
    id: Uuid,
    currency: CurrencyId,
    seen: (&str, Amount),
    by: AgentId,
    now: Moment,
) -> Result<(), Error> {
    let (as_of, amount) = seen;
    tx.exec(
        sql!("INSERT INTO bank_balances (id, currency_id, as_of, amount, told, told_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
        &[&id, &currency, &as_of, &amount, &now, &by],
    )?;
    Ok(())
}

record! {
    /// What somebody saw at the bank.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Seen {
        /// The day: `2026-11-27`.
        pub as_of: String,
        /// The balance.
        pub amount: Amount,
        /// When it was told.
        pub told: Moment,
        /// Who told it.
        pub by: String,
    }
}

/// The newest balance that was seen at the bank.
pub fn seen(tx: &mut Tx, currency: CurrencyId) -> Result<Option<Seen>, Error> {
    tx.row(
        sql!(
            "SELECT b.as_of, b.amount, b.told, a.name FROM bank_balances b JOIN agents a ON a.id = b.told_by
              WHERE b.currency_id = ?1 ORDER BY b.as_of DESC, b.told DESC LIMIT 1"
        ),
        &[&currency],
    )
}

/// How the holder's bank writes its CSV, as far as it was told.
pub fn shape(tx: &mut Tx, currency: CurrencyId) -> Result<CsvShape, Error> {
    let row =
        tx.row::<(Value,)>(sql!("SELECT shape FROM csv_shapes WHERE currency_id = ?1"), &[&currency])?;
    Ok(row.and_then(|(value,)| serde_json::from_value(value).ok()).unwrap_or_default())
}

/// Remembers how the holder's bank writes its CSV.
pub fn set_shape(tx: &mut Tx, currency: CurrencyId, shape: &Value) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO csv_shapes (currency_id, shape) VALUES (?1, ?2)
             ON CONFLICT (currency_id) DO UPDATE SET shape = excluded.shape"
        ),
        &[&currency, shape],
    )?;
    Ok(())
}
