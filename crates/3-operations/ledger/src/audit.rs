//! The audit: proves from the rows alone that the books are right. It mends nothing.

use planet_ontology::{
    ids::{AccountId, CurrencyId, TransferId},
    units::Amount,
};
use planet_store::{Error, Sql, Tx, sql};

/// How many examples of one kind of problem are told.
const EXAMPLES: usize = 5;

/// What the audit found. A right audit has counted something: compare `transfers` with what was acknowledged, since an
/// empty ledger has no problems either.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Audit {
    /// The sum of all balances of each currency: zero.
    pub currencies: Vec<(CurrencyId, Amount)>,
    /// How many accounts there are.
    pub accounts: i64,
    /// How many transfers there are.
    pub transfers: i64,
    /// Accounts that are outside their limits, because these were lowered since. Not a problem.
    pub outside_limits: i64,
    /// What is wrong, in sentences. Empty when the books are right.
    pub problems: Vec<String>,
}

impl Audit {
    /// Whether the books are right.
    pub const fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }

    fn report<T: std::fmt::Display>(&mut self, what: &str, found: Vec<(T,)>) {
        let (examples, more) = found.split_at(found.len().min(EXAMPLES));
        self.problems.extend(examples.iter().map(|(id,)| format!("{what}: {id}")));
        if !more.is_empty() {
            self.problems.push(format!("{what}: {} more", more.len()));
        }
    }
}

/// Transfers that break a rule by themselves or beside the one before them.
const TRANSFERS: &[(&str, Sql)] = &[
    (
        "A transfer does not join two accounts of one currency",
        sql!("SELECT t.id FROM transfers t
                LEFT JOIN accounts d ON d.id = t.debit_id LEFT JOIN accounts c ON c.id = t.credit_id
               WHERE d.currency_id IS DISTINCT FROM c.currency_id OR d.id IS NULL OR d.id = c.id OR t.amount <= 0"),
    ),
    (
        "A transfer does not follow from the one before it on the account that paid",
        sql!("SELECT t.id FROM transfers t LEFT JOIN transfers p ON p.id = t.debit_previous
               WHERE p.at >= t.at OR t.debit_balance + t.amount IS DISTINCT FROM
                     CASE WHEN t.debit_previous IS NULL THEN 0
                          WHEN p.debit_id = t.debit_id THEN p.debit_balance
                          WHEN p.credit_id = t.debit_id THEN p.credit_balance END"),
    ),
    (
        "A transfer does not follow from the one before it on the account that received",
        sql!("SELECT t.id FROM transfers t LEFT JOIN transfers p ON p.id = t.credit_previous
               WHERE p.at >= t.at OR t.credit_balance - t.amount IS DISTINCT FROM
                     CASE WHEN t.credit_previous IS NULL THEN 0
                          WHEN p.debit_id = t.credit_id THEN p.debit_balance
                          WHEN p.credit_id = t.credit_id THEN p.credit_balance END"),
    ),
    (
        "A transfer settles a hold that does not allow it",
        sql!("SELECT t.id FROM transfers t LEFT JOIN holds h ON h.id = t.hold_id
               WHERE t.hold_id IS NOT NULL AND (h.outcome IS DISTINCT FROM 'settled' OR h.amount < t.amount
                     OR h.debit_id <> t.debit_id OR h.credit_id <> t.credit_id)"),
    ),
    (
        "A hold is settled without a transfer, or with several",
        sql!("SELECT h.id FROM holds h LEFT JOIN transfers t ON t.hold_id = h.id
               WHERE h.outcome = 'settled' GROUP BY h.id HAVING count(t.id) <> 1"),
    ),
];

/// Accounts whose counters are not what the transfers and holds add up to, or that broke their limits.
const ACCOUNTS: &[(&str, Sql)] = &[
    (
        "The transfers of an account do not add up to its counters",
        sql!("SELECT a.id FROM accounts a
                LEFT JOIN (SELECT debit_id AS id, CAST(sum(amount) AS BIGINT) AS total
                             FROM transfers GROUP BY debit_id) d ON d.id = a.id
                LEFT JOIN (SELECT credit_id AS id, CAST(sum(amount) AS BIGINT) AS total
                             FROM transfers GROUP BY credit_id) c ON c.id = a.id
               WHERE a.debits_posted <> coalesce(d.total, 0) OR a.credits_posted <> coalesce(c.total, 0)"),
    ),
    (
        "The open holds of an account do not add up to its pending counters",
        sql!("SELECT a.id FROM accounts a
                LEFT JOIN (SELECT debit_id AS id, CAST(sum(amount) AS BIGINT) AS total
                             FROM holds WHERE outcome IS NULL GROUP BY debit_id) d ON d.id = a.id
                LEFT JOIN (SELECT credit_id AS id, CAST(sum(amount) AS BIGINT) AS total
                             FROM holds WHERE outcome IS NULL GROUP BY credit_id) c ON c.id = a.id
               WHERE a.debits_pending <> coalesce(d.total, 0) OR a.credits_pending <> coalesce(c.total, 0)"),
    ),
    (
        "What ends on an account, and when, does not add up to its balance",
        sql!("SELECT a.id FROM accounts a
                LEFT JOIN (SELECT account_id AS id, CAST(sum(amount) AS BIGINT) AS total
                             FROM lots GROUP BY account_id) l ON l.id = a.id
               WHERE (a.dated AND a.credits_posted - a.debits_posted <> coalesce(l.total, 0))
                     OR (NOT a.dated AND l.total IS NOT NULL)"),
    ),
    (
        "The newest transfer of an account does not leave its balance",
        sql!("SELECT a.id FROM accounts a LEFT JOIN transfers t ON t.id = a.last_id
               WHERE t.at > a.latest OR a.credits_posted - a.debits_posted IS DISTINCT FROM
                     CASE WHEN a.last_id IS NULL THEN 0
                          WHEN t.debit_id = a.id THEN t.debit_balance
                          WHEN t.credit_id = a.id THEN t.credit_balance END"),
    ),
    (
        "An account went below its lower limit",
        sql!("SELECT a.id FROM transfers t JOIN accounts a ON a.id = t.debit_id
               WHERE t.at > a.limits_since AND t.hold_id IS NULL
                     AND a.credits_posted - a.debits_posted - a.debits_pending < a.min
              UNION
              SELECT a.id FROM holds h JOIN accounts a ON a.id = h.debit_id
               WHERE h.at > a.limits_since AND a.credits_posted - a.debits_posted - a.debits_pending < a.min"),
    ),
    (
        "An account went above its upper limit",
        sql!("SELECT a.id FROM transfers t JOIN accounts a ON a.id = t.credit_id
               WHERE t.at > a.limits_since AND t.hold_id IS NULL
                     AND a.credits_posted - a.debits_posted + a.credits_pending > a.max
              UNION
              SELECT a.id FROM holds h JOIN accounts a ON a.id = h.credit_id
               WHERE h.at > a.limits_since AND a.credits_posted - a.debits_posted + a.credits_pending > a.max"),
    ),
];

/// Goes through all books. Call it in `store.snapshot(…)`, so that every sum is of the same moment.
pub fn audit(tx: &mut Tx) -> Result<Audit, Error> {
    let mut audit = Audit::default();
    let sums: Vec<(CurrencyId, Amount, Amount)> = tx.rows(
        sql!(
            "SELECT c.id, CAST(coalesce(sum(a.credits_posted - a.debits_posted), 0) AS BIGINT),
                     CAST(coalesce(sum(a.credits_pending - a.debits_pending), 0) AS BIGINT)
                FROM currencies c LEFT JOIN accounts a ON a.currency_id = c.id
               GROUP BY c.id ORDER BY c.id"
        ),
        &[],
    )?;
    for (currency, posted, pending) in sums {
        if (posted, pending) != (Amount(0), Amount(0)) {
            audit.problems.push(format!(
                "The balances of currency {currency} add up to {} and what is put aside to {}, in place of zero",
                posted.0, pending.0
            ));
        }
        audit.currencies.push((currency, posted));
    }
    (audit.accounts, audit.outside_limits) = tx.one(
        sql!("SELECT count(*), CAST(coalesce(sum(CASE WHEN credits_posted - debits_posted - debits_pending < min
                                      OR credits_posted - debits_posted + credits_pending > max
                                    THEN 1 ELSE 0 END), 0) AS BIGINT) FROM accounts"),
        &[],
    )?;
    (audit.transfers,) = tx.one(sql!("SELECT count(*) FROM transfers"), &[])?;
    for (what, sql) in TRANSFERS {
        let found: Vec<(TransferId,)> = tx.rows(*sql, &[])?;
        audit.report(what, found);
    }
    for (what, sql) in ACCOUNTS {
        let found: Vec<(AccountId,)> = tx.rows(*sql, &[])?;
        audit.report(what, found);
    }
    Ok(audit)
}
