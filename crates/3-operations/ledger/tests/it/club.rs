//! What the stories share: a small club with accounts, payments and a look at its books. It tells no story itself.

use planet_ledger::{
    Account, Booking, CurrencyKind, Hold, LedgerError, NewCurrency, Transfer, TransferKind, audit,
    create_currency, open_account, set_limits,
};
use planet_ontology::{
    ids::{AccountId, AgentId, CurrencyId, TransferId},
    units::{Amount, Moment},
};
use planet_store::{Error, Store, Tx, sql};
use uuid::Uuid;

/// When the stories begin.
pub(crate) const START: Moment = Moment(1_790_000_000_000_000);
/// The currency of most stories, with two decimals.
pub(crate) const CREDIT: CurrencyId = CurrencyId(Uuid::from_u128(0xc0));

pub(crate) const fn account(n: u128) -> AccountId {
    AccountId(Uuid::from_u128(0xacc_0000 + n))
}

pub(crate) const fn owner(n: u128) -> AgentId {
    AgentId(Uuid::from_u128(0xa9e_0000 + n))
}

pub(crate) const fn id(n: u128) -> TransferId {
    TransferId(Uuid::from_u128(0x7f0_0000 + n))
}

pub(crate) fn pay(n: u128, debit: AccountId, credit: AccountId, amount: i64) -> Transfer {
    let memo = "für Brot und Käse 🧀".to_owned();
    Transfer {
        id: id(n),
        debit,
        credit,
        amount: Amount(amount),
        kind: TransferKind::Payment,
        memo,
        reference: None,
    }
}

pub(crate) fn currency(id: CurrencyId, code: &str, limit: i64) -> NewCurrency {
    NewCurrency {
        id,
        code: code.to_owned(),
        name: "Stroud Credit".to_owned(),
        symbol: "☼".to_owned(),
        kind: CurrencyKind::MutualCredit,
        decimals: 2,
        issuer: owner(0),
        min: Amount(-limit),
        max: Amount(limit),
        soft_min: None,
        soft_max: None,
        lifetime: None,
    }
}

/// Opens accounts 1 to `count` with these limits.
pub(crate) fn furnish(tx: &mut Tx, count: u128, limit: i64) -> Result<(), LedgerError> {
    create_currency(tx, &currency(CREDIT, "SUN", limit), START)?;
    for n in 1..=count {
        open_account(tx, owner(n), CREDIT, account(n), START)?;
    }
    Ok(())
}

pub(crate) async fn furnished(store: &Store, count: u128, limit: i64) {
    store.write(move |tx| furnish(tx, count, limit)).await.unwrap();
}

pub(crate) async fn limits(store: &Store, n: u128, min: i64, max: i64) {
    store.write(move |tx| set_limits(tx, account(n), Amount(min), Amount(max))).await.unwrap();
}

/// Everything in the books.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Books {
    pub accounts: Vec<Account>,
    pub transfers: Vec<Booking>,
    pub holds: Vec<Hold>,
}

pub(crate) async fn books(store: &Store) -> Books {
    let read = |tx: &mut Tx| {
        Ok::<_, Error>(Books {
            accounts: tx.rows(
                sql!("SELECT id, owner_id, currency_id, debits_posted, credits_posted, debits_pending, credits_pending,
                             min, max, soft_min, soft_max, closed, latest, last_id, limits_since, dated
                        FROM accounts ORDER BY id"),
                &[],
            )?,
            transfers: tx.rows(
                sql!("SELECT id, debit_id, credit_id, amount, kind, memo, reference, hold_id, at, debit_balance,
                             credit_balance, debit_previous, credit_previous FROM transfers ORDER BY at, id"),
                &[],
            )?,
            holds: tx.rows(
                sql!("SELECT id, debit_id, credit_id, amount, kind, memo, reference, at, expires, outcome, ended
                        FROM holds ORDER BY at, id"),
                &[],
            )?,
        })
    };
    store.snapshot(read).await.unwrap()
}

pub(crate) async fn balances(store: &Store) -> Vec<i64> {
    books(store).await.accounts.iter().map(|account| account.balance().0).collect()
}

/// Goes through the books, and counts: an audit of empty books proves nothing.
pub(crate) async fn assert_right(store: &Store, transfers: usize) {
    let found = store.snapshot(audit).await.unwrap();
    assert_eq!(found.problems, Vec::<String>::new());
    assert_eq!(usize::try_from(found.transfers), Ok(transfers));
    assert!(found.currencies.iter().all(|(_, sum)| *sum == Amount(0)));
}

/// What became of a transfer, in the words of the worked example.
pub(crate) fn outcome<T>(result: &Result<T, LedgerError>, fresh: impl Fn(&T) -> bool) -> String {
    match result {
        Ok(done) if fresh(done) => "created".to_owned(),
        Ok(_) => "exists".to_owned(),
        Err(LedgerError::OverLowerLimit { by, .. }) => format!("refused lower limit by {}", by.0),
        Err(LedgerError::OverUpperLimit { by, .. }) => format!("refused upper limit by {}", by.0),
        Err(LedgerError::SameIdOtherTransfer { field }) => format!("refused exists with different {field}"),
        Err(LedgerError::HoldEnded { outcome }) => format!("refused pending {outcome}"),
        Err(other) => format!("refused {}", other.code()),
    }
}

/// Numbers that look random and are the same in every run.
pub(crate) struct Dice(pub u64);

impl Dice {
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }

    pub(crate) fn pick<'t, T>(&mut self, among: &'t [T]) -> &'t T {
        let end = u64::try_from(among.len()).unwrap();
        &among[usize::try_from(self.below(end)).unwrap()]
    }

    pub(crate) fn amount(&mut self, end: u64) -> i64 {
        i64::try_from(self.below(end)).unwrap()
    }
}

/// A position as part of an id.
pub(crate) fn nth(position: usize) -> u128 {
    u128::try_from(position).unwrap()
}
