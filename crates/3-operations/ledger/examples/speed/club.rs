//! A club of accounts for the measurement, and payments among them that look random and are the same in every run.

use planet_ledger::{
    CurrencyKind, LedgerError, MIGRATIONS, NewCurrency, Transfer, TransferKind, create_currency, open_account,
};
use planet_ontology::{
    ids::{AccountId, AgentId, CurrencyId, TransferId},
    units::{Amount, Moment},
};
use planet_store::Store;
use uuid::Uuid;

const CREDIT: CurrencyId = CurrencyId(Uuid::from_u128(1));

/// Numbers that look random and are the same in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }

    pub fn transfer(&mut self, accounts: u64) -> Transfer {
        let from = self.below(accounts);
        let to = (from + 1 + self.below(accounts - 1)) % accounts;
        Transfer {
            id: TransferId(Uuid::now_v7()),
            debit: account(from),
            credit: account(to),
            amount: Amount(i64::try_from(1 + self.below(1_000)).unwrap_or(1)),
            kind: TransferKind::Payment,
            memo: "bread and cheese, thank you".to_owned(),
            reference: None,
        }
    }
}

/// Accounts have random ids, as they would after years.
pub fn account(n: u64) -> AccountId {
    let mut dice = Dice(n);
    AccountId(Uuid::from_u64_pair(dice.below(u64::MAX), dice.below(u64::MAX)))
}

/// The time.
pub fn now() -> Moment {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Moment(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

/// Makes a currency and this many accounts.
pub async fn furnish(store: &Store, accounts: u64) {
    store.migrate(MIGRATIONS).await.expect("migrated");
    let make = move |tx: &mut planet_store::Tx| {
        let limit = Amount(1 << 40);
        let new = NewCurrency {
            id: CREDIT,
            code: "SUN".to_owned(),
            name: "Sun".to_owned(),
            symbol: "☼".to_owned(),
            kind: CurrencyKind::MutualCredit,
            decimals: 2,
            issuer: AgentId(Uuid::nil()),
            min: Amount(-limit.0),
            max: limit,
            soft_min: None,
            soft_max: None,
            lifetime: None,
        };
        create_currency(tx, &new, Moment(0))?;
        for n in 0..accounts {
            open_account(tx, AgentId(account(n).0), CREDIT, account(n), Moment(0))?;
        }
        Ok::<_, LedgerError>(())
    };
    store.write(make).await.expect("furnished");
}
