//! Currencies: what is counted, how finely, and the limits that a new account begins with. Nothing moves here.

use planet_ontology::{
    ids::{AgentId, CurrencyId},
    units::{Amount, MINUTES, Moment},
};
use planet_store::{Error, Record, Row, Tx, sql};

use crate::{LedgerError, WHOLE, words::words};

/// The shortest and the longest time that what is issued can be spent, in seconds.
const SHORTEST_LIFE: i64 = 86_400;
const LONGEST_LIFE: i64 = 100 * 366 * 86_400;
const LIFETIME: &str = "What is issued can be spent for a day at least and a hundred years at most.";

words! {
    /// What stands behind a currency. All kinds move by the same rules; they differ in who may go below zero.
    pub enum CurrencyKind, "a kind of currency" {
        /// Members owe each other: everybody may go below zero, within limits. No interest.
        MutualCredit = "mutual-credit",
        /// A promise of its issuer to deliver; only the issuer goes below zero.
        Voucher = "voucher",
        /// Hours, by the rules of mutual credit.
        Time = "time",
        /// A claim on money that somebody named holds at a bank.
        Conventional = "conventional",
        /// A watched copy of what lies on a chain.
        Crypto = "crypto",
    }
}

/// A kind of money.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Currency {
    /// Its id.
    pub id: CurrencyId,
    /// A short name of capitals and digits, such as `ROOTS`; one currency has it.
    pub code: String,
    /// Its full name.
    pub name: String,
    /// What stands beside amounts.
    pub symbol: String,
    /// What stands behind it.
    pub kind: CurrencyKind,
    /// Digits after the point: amounts are counted in units of the last one. [`MINUTES`] for time, which is counted in
    /// minutes and written in hours.
    pub decimals: u8,
    /// Who issued it.
    pub issuer: AgentId,
    /// How far a new account may go down; zero or less.
    pub min: Amount,
    /// How much a new account may gather; zero or more.
    pub max: Amount,
    /// Below this the owner of a new account is warned.
    pub soft_min: Option<Amount>,
    /// Above this the owner of a new account is warned.
    pub soft_max: Option<Amount>,
    /// When it was made.
    pub created: Moment,
    /// How long what is issued can be spent, in seconds; for ever if it is nothing.
    pub lifetime: Option<i64>,
    /// What a payer adds to each payment for the commons, in parts of [`crate::WHOLE`].
    pub levy: i64,
    /// Who keeps the commons: levies and demurrage.
    pub commons: AgentId,
}

impl Currency {
    /// Whether it is being ended: nobody may hold or owe any of it any more, see [`crate::wind_down`].
    pub const fn ending(&self) -> bool {
        self.min.0 == 0 && self.max.0 == 0
    }

    /// An amount of this currency as people write it, without the symbol.
    pub fn show(&self, amount: Amount) -> String {
        amount.show(self.decimals)
    }

    /// The same with the currency's name, as sentences have it: `12.50 acorns`.
    pub fn say(&self, amount: Amount) -> String {
        format!("{} {}", self.show(amount), self.name)
    }
}

impl Record for Currency {
    const COLUMNS: usize = 15;

    fn read(row: &Row<'_>) -> Result<Self, Error> {
        let mut columns = row.columns();
        let (id, code, name, symbol) = (columns.next()?, columns.next()?, columns.next()?, columns.next()?);
        let kind = columns.next()?;
        let decimals = u8::try_from(columns.next::<i64>()?)
            .map_err(|_| Error::Column { found: "a whole number", wanted: "a number of decimals" })?;
        Ok(Self {
            id,
            code,
            name,
            symbol,
            kind,
            decimals: if kind == CurrencyKind::Time { MINUTES } else { decimals },
            issuer: columns.next()?,
            min: columns.next()?,
            max: columns.next()?,
            soft_min: columns.next()?,
            soft_max: columns.next()?,
            created: columns.next()?,
            lifetime: columns.next()?,
            levy: columns.next()?,
            commons: columns.next()?,
        })
    }
}

/// What a new currency is to be; the fields are those of [`Currency`].
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of `Currency`")]
pub struct NewCurrency {
    pub id: CurrencyId,
    pub code: String,
    pub name: String,
    pub symbol: String,
    pub kind: CurrencyKind,
    pub decimals: u8,
    pub issuer: AgentId,
    pub min: Amount,
    pub max: Amount,
    pub soft_min: Option<Amount>,
    pub soft_max: Option<Amount>,
    #[serde(default)]
    pub lifetime: Option<i64>,
}

impl NewCurrency {
    fn check(&self) -> Result<(), LedgerError> {
        let code = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
        let refuse = |why| Err(LedgerError::CurrencyRefused(why));
        if !(2..=12).contains(&self.code.len()) || !self.code.chars().all(code) {
            return refuse("The short name has 2 to 12 characters: capitals from A to Z and digits.");
        }
        if !(1..=60).contains(&self.name.trim().chars().count()) {
            return refuse("Give the currency a name of up to 60 characters.");
        }
        if !(1..=8).contains(&self.symbol.trim().chars().count()) {
            return refuse("Give the currency a symbol of up to 8 characters.");
        }
        if self.kind == CurrencyKind::Time && self.decimals != MINUTES {
            return refuse("Time is counted in minutes.");
        }
        if self.decimals > 18 && self.kind != CurrencyKind::Time {
            return refuse("A currency has 18 decimals at the most.");
        }
        if self.min.0 == 0 && self.max.0 == 0 {
            return refuse("With these limits nobody could hold any of it.");
        }
        if self.lifetime.is_some_and(|seconds| !(SHORTEST_LIFE..=LONGEST_LIFE).contains(&seconds)) {
            return refuse(LIFETIME);
        }
        if self.lifetime.is_some() && self.min.0 < 0 {
            return refuse("Only a currency whose holders never go below zero can expire.");
        }
        limits_in_order(self.min, self.max, self.soft_min, self.soft_max)
    }
}

/// Whether limits include zero and have the soft ones between them.
pub(crate) fn limits_in_order(
    min: Amount,
    max: Amount,
    soft_min: Option<Amount>,
    soft_max: Option<Amount>,
) -> Result<(), LedgerError> {
    let hard = min..=max;
    let zero = min.0 <= 0 && max.0 >= 0;
    let within = [soft_min, soft_max].into_iter().flatten().all(|soft| hard.contains(&soft));
    let ordered = soft_min.zip(soft_max).is_none_or(|(low, high)| low <= high);
    if zero && within && ordered { Ok(()) } else { Err(LedgerError::LimitsOutOfOrder) }
}

/// Makes a currency. Doing so again with the same contents answers the one that is there.
pub fn create_currency(tx: &mut Tx, new: &NewCurrency, now: Moment) -> Result<Currency, LedgerError> {
    new.check()?;
    tx.exec(
        sql!("INSERT INTO currencies (id, code, name, symbol, kind, decimals, issuer_id, min, max, soft_min, soft_max, created,
                     lifetime)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT DO NOTHING"),
        &[
            &new.id,
            &new.code,
            &new.name,
            &new.symbol,
            &new.kind,
            &i64::from(if new.kind == CurrencyKind::Time { 0 } else { new.decimals }),
            &new.issuer,
            &new.min,
            &new.max,
            &new.soft_min,
            &new.soft_max,
            &now,
            &new.lifetime,
        ],
    )?;
    let there = find_currency(tx, new.id)?;
    there.filter(|there| new.is(there)).ok_or_else(|| LedgerError::CodeTaken { code: new.code.clone() })
}

impl NewCurrency {
    /// Whether this currency is what was asked for.
    fn is(&self, there: &Currency) -> bool {
        let found = there.clone();
        *self
            == Self {
                id: found.id,
                code: found.code,
                name: found.name,
                symbol: found.symbol,
                kind: found.kind,
                decimals: found.decimals,
                issuer: found.issuer,
                min: found.min,
                max: found.max,
                soft_min: found.soft_min,
                soft_max: found.soft_max,
                lifetime: found.lifetime,
            }
    }
}

/// A currency by its id.
pub fn find_currency(tx: &mut Tx, id: CurrencyId) -> Result<Option<Currency>, Error> {
    tx.row(
        sql!(
            "SELECT id, code, name, symbol, kind, decimals, issuer_id, min, max, soft_min, soft_max, created,
                    lifetime, levy, coalesce(commons_id, issuer_id)
                FROM currencies WHERE id = ?1"
        ),
        &[&id],
    )
}

/// All currencies, the oldest first.
pub fn list_currencies(tx: &mut Tx) -> Result<Vec<Currency>, Error> {
    tx.rows(
        sql!(
            "SELECT id, code, name, symbol, kind, decimals, issuer_id, min, max, soft_min, soft_max, created,
                    lifetime, levy, coalesce(commons_id, issuer_id)
                FROM currencies ORDER BY created, id"
        ),
        &[],
    )
}

/// Sets what payers add for the commons, in parts of [`crate::WHOLE`], and who keeps it. Holds from the next payment on.
pub fn set_levy(tx: &mut Tx, currency: CurrencyId, levy: i64, commons: AgentId) -> Result<(), LedgerError> {
    if !(0..=WHOLE).contains(&levy) {
        return Err(LedgerError::CurrencyRefused("A levy lies between nothing and the whole payment."));
    }
    let set = tx.exec(
        sql!("UPDATE currencies SET levy = ?2, commons_id = ?3 WHERE id = ?1"),
        &[&currency, &levy, &commons],
    )?;
    if set == 1 { Ok(()) } else { Err(LedgerError::CurrencyUnknown(currency)) }
}

/// Sets how far the accounts of a currency go that have no limits of their own: those that are opened from now on, and those
/// whose limits are the ones that they began with.
pub fn change_limits(
    tx: &mut Tx,
    currency: CurrencyId,
    (min, max): (Amount, Amount),
) -> Result<(), LedgerError> {
    let before = find_currency(tx, currency)?.ok_or(LedgerError::CurrencyUnknown(currency))?;
    limits_in_order(min, max, before.soft_min, before.soft_max)?;
    tx.exec(sql!("UPDATE currencies SET min = ?2, max = ?3 WHERE id = ?1"), &[&currency, &min, &max])?;
    tx.exec(
        sql!(
            "UPDATE accounts SET min = ?2, max = ?3, limits_since = latest
              WHERE currency_id = ?1 AND min = ?4 AND max = ?5"
        ),
        &[&currency, &min, &max, &before.min, &before.max],
    )?;
    Ok(())
}

/// Sets what accounts that are opened from now on begin with, and how long what is issued from now on can be spent. What is
/// out keeps its dates. Whether a currency expires at all cannot be changed: accounts are opened with lots or without.
pub fn set_defaults(
    tx: &mut Tx,
    currency: CurrencyId,
    (min, max): (Amount, Amount),
    (soft_min, soft_max): (Option<Amount>, Option<Amount>),
    lifetime: Option<i64>,
) -> Result<(), LedgerError> {
    limits_in_order(min, max, soft_min, soft_max)?;
    if lifetime.is_some_and(|seconds| !(SHORTEST_LIFE..=LONGEST_LIFE).contains(&seconds)) {
        return Err(LedgerError::CurrencyRefused(LIFETIME));
    }
    let set = tx.exec(
        sql!(
            "UPDATE currencies SET min = ?2, max = ?3, soft_min = ?4, soft_max = ?5, lifetime = ?6
              WHERE id = ?1 AND (lifetime IS NULL) = (CAST(?6 AS BIGINT) IS NULL)"
        ),
        &[&currency, &min, &max, &soft_min, &soft_max, &lifetime],
    )?;
    if set == 1 {
        Ok(())
    } else {
        Err(LedgerError::CurrencyRefused("Whether a currency expires cannot be changed after it was made."))
    }
}
