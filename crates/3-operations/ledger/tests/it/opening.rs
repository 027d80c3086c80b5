//! Currencies are made, accounts opened, limits set, accounts closed.

use planet_ledger::MIGRATIONS;
use planet_ledger::{
    LedgerError, NewCurrency, account_of, accounts_of, create_currency, find_currency, list_currencies,
    open_account, set_closed, set_limits, set_soft_limits, transfer,
};
use planet_ontology::{
    ids::CurrencyId,
    units::{Amount, Moment},
};
use planet_store::{Store, both_engines};
use uuid::Uuid;

use crate::club::{
    CREDIT, START, account, assert_right, balances, books, currency, furnished, limits, owner, pay,
};

const HOURS: CurrencyId = CurrencyId(Uuid::from_u128(0xc1));

both_engines! { MIGRATIONS;
    async fn an_account_starts_at_zero_with_the_limits_of_its_currency(store: Store) {
        furnished(&store, 1, 500).await;
        let again = store.write(|tx| open_account(tx, owner(1), CREDIT, account(77), Moment(START.0 + 5))).await.unwrap();
        assert_eq!(again.id, account(1), "one account for each currency");
        assert_eq!((again.balance(), again.available(), again.room()), (Amount(0), Amount(500), Amount(500)));
        let found = store.read(|tx| account_of(tx, owner(1), CREDIT)).await.unwrap();
        assert_eq!(found, Some(again));
        assert_eq!(store.read(|tx| accounts_of(tx, owner(1))).await.unwrap(), [again]);
        let unknown = store.write(|tx| open_account(tx, owner(1), HOURS, account(2), START)).await;
        assert_eq!(unknown, Err(LedgerError::CurrencyUnknown(HOURS)));
        let taken = store.write(|tx| open_account(tx, owner(2), CREDIT, account(1), START)).await;
        assert_eq!(taken, Err(LedgerError::AccountIdTaken(account(1))));
    }

    async fn a_currency_is_made_once(store: Store) {
        let sun = currency(CREDIT, "SUN", 500);
        let make = |new: NewCurrency| store.write(move |tx| create_currency(tx, &new, START));
        let made = make(sun.clone()).await.unwrap();
        assert_eq!(make(sun.clone()).await.as_ref(), Ok(&made));
        assert_eq!(store.read(|tx| find_currency(tx, CREDIT)).await.unwrap().as_ref(), Some(&made));
        let same_code = make(NewCurrency { id: HOURS, ..sun.clone() }).await;
        assert_eq!(same_code.unwrap_err().to_string(), "There is a currency called SUN already. Choose another short name.");
        let same_id = make(NewCurrency { name: "Moon".into(), ..sun }).await;
        assert_eq!(same_id.unwrap_err().code(), "code-taken");
        assert_eq!(store.read(list_currencies).await.unwrap(), [made]);
    }

    async fn a_currency_that_cannot_be_is_refused_with_a_reason(store: Store) {
        let sun = || currency(CREDIT, "SUN", 500);
        for (new, reason) in [
            (NewCurrency { code: "sun".into(), ..sun() }, "The short name has 2 to 12 characters"),
            (NewCurrency { code: "S".into(), ..sun() }, "The short name has 2 to 12 characters"),
            (NewCurrency { name: "  ".into(), ..sun() }, "Give the currency a name"),
            (NewCurrency { symbol: "123456789".into(), ..sun() }, "Give the currency a symbol"),
            (NewCurrency { decimals: 19, ..sun() }, "A currency has 18 decimals at the most."),
            (NewCurrency { min: Amount(1), ..sun() }, "The lower limit can't be above zero"),
            (NewCurrency { max: Amount(-1), ..sun() }, "The lower limit can't be above zero"),
            (NewCurrency { soft_min: Some(Amount(-501)), ..sun() }, "The lower limit can't be above zero"),
            (NewCurrency { soft_min: Some(Amount(9)), soft_max: Some(Amount(8)), ..sun() }, "The lower limit"),
        ] {
            let refused = store.write(move |tx| create_currency(tx, &new, START)).await.unwrap_err();
            assert!(refused.to_string().starts_with(reason), "{refused}");
        }
        assert_eq!(store.read(list_currencies).await.unwrap(), []);
    }

    async fn an_account_outside_lowered_limits_may_move_towards_them(store: Store) {
        furnished(&store, 3, 1_000).await;
        let send = |n, from, to, amount| {
            let t = pay(n, account(from), account(to), amount);
            store.write(move |tx| transfer(tx, &t, START))
        };
        send(1, 1, 2, 900).await.unwrap();
        limits(&store, 1, -500, 500).await;
        limits(&store, 2, -500, 500).await;
        // Ann stands at -900 and Bob at 900.
        assert_eq!(send(2, 1, 3, 1).await.unwrap_err().code(), "over-lower-limit");
        assert_eq!(send(3, 3, 2, 1).await.unwrap_err().code(), "over-upper-limit");
        send(4, 3, 1, 100).await.unwrap();
        send(5, 2, 3, 300).await.unwrap();
        assert_eq!(balances(&store).await, [-800, 600, 200]);
        assert_right(&store, 3).await;
        assert_eq!(store.snapshot(planet_ledger::audit).await.unwrap().outside_limits, 2);
    }

    async fn an_account_is_closed_at_zero_only_and_then_rests(store: Store) {
        furnished(&store, 2, 1_000).await;
        let send = |n, from, to| {
            let t = pay(n, account(from), account(to), 10);
            store.write(move |tx| transfer(tx, &t, START))
        };
        send(1, 1, 2).await.unwrap();
        let not_empty = store.write(|tx| set_closed(tx, account(1), true)).await;
        assert_eq!(not_empty, Err(LedgerError::AccountNotEmpty(account(1))));
        send(2, 2, 1).await.unwrap();
        store.write(|tx| set_closed(tx, account(1), true)).await.unwrap();
        assert_eq!(send(3, 1, 2).await, Err(LedgerError::AccountClosed(account(1))));
        assert_eq!(send(4, 2, 1).await, Err(LedgerError::AccountClosed(account(1))));
        store.write(|tx| set_closed(tx, account(1), false)).await.unwrap();
        send(5, 1, 2).await.unwrap();
        assert_eq!(balances(&store).await, [-10, 10]);
    }

    async fn limits_that_exclude_zero_are_refused(store: Store) {
        furnished(&store, 1, 1_000).await;
        let before = books(&store).await;
        let set = |n, min, max| store.write(move |tx| set_limits(tx, account(n), Amount(min), Amount(max)));
        assert_eq!(set(1, 1, 5).await, Err(LedgerError::LimitsOutOfOrder));
        assert_eq!(set(1, -5, -1).await, Err(LedgerError::LimitsOutOfOrder));
        assert_eq!(set(9, -5, 5).await, Err(LedgerError::AccountUnknown(account(9))));
        let soft = |n, low, high| {
            store.write(move |tx| set_soft_limits(tx, account(n), Some(Amount(low)), Some(Amount(high))))
        };
        assert_eq!(soft(1, 5, 4).await, Err(LedgerError::LimitsOutOfOrder));
        assert_eq!(soft(9, 4, 5).await, Err(LedgerError::AccountUnknown(account(9))));
        assert_eq!(books(&store).await, before);
    }
}
