//! Stories of exchanging at posted rates and of bills that are split, on both engines.

use crate::town::*;
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_ontology::ids::{AgentId, CurrencyId, MemberId, RateId};
use planet_ontology::roles::Standing;
use planet_ontology::units::{Amount, Moment};
use planet_store::{Store, both_engines, sql};
use planet_wallet::acts::exchange::Exchange;
use planet_wallet::acts::home::SetHome;
use planet_wallet::acts::request::{ApproveRequest, DeclineRequest};
use planet_wallet::acts::split::{Share, Split, equal_parts};
use planet_wallet::views::{OverviewOf, Splits};
use uuid::Uuid;

/// A rate as the room of currencies keeps it: `give` of one for `get` of the other.
struct Posted {
    from: CurrencyId,
    to: CurrencyId,
    give: i64,
    get: i64,
    agent: Option<AgentId>,
    origin: &'static str,
    at: Moment,
    until: Option<Moment>,
}

async fn post(corridor: &Corridor, rate: Posted) -> RateId {
    let id = RateId(Uuid::new_v4());
    let insert = corridor.store().write(move |tx| {
        tx.exec(
            sql!(
                "INSERT INTO rates (id, from_id, to_id, give, get, agent_id, origin, at, until)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
            ),
            &[
                &id,
                &rate.from,
                &rate.to,
                &rate.give,
                &rate.get,
                &rate.agent,
                &rate.origin,
                &rate.at,
                &rate.until,
            ],
        )
    });
    insert.await.unwrap();
    id
}

/// Ada gives 3 of the club's credit for 2 coins.
async fn adas(corridor: &Corridor) -> Posted {
    Posted {
        from: credit(corridor).await,
        to: COINS,
        give: 3,
        get: 2,
        agent: Some(ADA.into()),
        origin: "posted",
        at: NOW,
        until: None,
    }
}

async fn credit(corridor: &Corridor) -> CurrencyId {
    corridor.store().read(|tx| planet_ledger::club_credit(tx).map(|it| it.id)).await.unwrap()
}

fn exchange(rate: RateId, give: i64) -> Exchange {
    Exchange { rate, give: Amount(give), from: None }
}

fn shares(shares: &[(MemberId, i64)]) -> Split {
    let shares = shares.iter().map(|(who, amount)| Share { from: (*who).into(), amount: Amount(*amount) });
    Split { shares: shares.collect(), memo: "dinner".into(), own: Amount(0), to: None, currency: None }
}

both_engines! { migrations();

    async fn both_halves_of_an_exchange_happen_or_neither(store: Store) {
        let corridor = town(&store).await;
        let rate = post(&corridor, adas(&corridor).await).await;
        let made = done(&corridor, by(BEN), exchange(rate, 1_000)).await;
        // 666.67 rounded down, in favour of Ada; and no levy, which is for payments.
        assert_eq!((made.gave, made.got), (Amount(1_000), Amount(666)));
        assert_eq!((has(&corridor, BEN, None).await, has(&corridor, BEN, Some(COINS)).await), (-1_000, 666));
        assert_eq!((has(&corridor, ADA, None).await, has(&corridor, ADA, Some(COINS)).await), (1_000, 9_334));
        assert_eq!(refused(&corridor, by(BEN), exchange(rate, 9_001)).await.0, "over_lower_limit");
        // Ada has 93.34 coins: Cleo would need more, and does not learn how many there are.
        let rich = planet_wallet::acts::limits::SetLimits { owner: CLEO.into(), currency: None, min: Amount(-100_000), max: Amount(100_000), soft: None };
        done(&corridor, by(ADA), rich).await;
        let (code, sentence) = refused(&corridor, by(CLEO), exchange(rate, 18_000)).await;
        assert_eq!((code.as_str(), sentence.as_str()), ("cannot_exchange", "They cannot exchange this much at present. Try a smaller amount, or ask them."));
        assert_eq!(has(&corridor, CLEO, None).await, 0);
        for (give, code) in [(0, "amount_not_positive"), (-1, "amount_not_positive"), (1, "too_little_to_exchange")] {
            assert_eq!(refused(&corridor, by(BEN), exchange(rate, give)).await.0, code);
        }
        assert_eq!(refused(&corridor, by(DAN), exchange(rate, 100)).await.0, "may_not_hold");
        assert_eq!(refused(&corridor, by(ADA), exchange(rate, 100)).await.0, "own_rate");
        the_books_are_in_order(&corridor).await;
    }

    async fn only_the_rate_that_was_seen_and_still_holds_is_exchanged_at(store: Store) {
        let corridor = town(&store).await;
        let adas = async || adas(&corridor).await;
        let old = post(&corridor, adas().await).await;
        let ended = post(&corridor, Posted { from: COINS, to: credit(&corridor).await, until: Some(NOW), ..adas().await }).await;
        let reference = post(&corridor, Posted { origin: "reference", ..adas().await }).await;
        let source = post(&corridor, Posted { origin: "source: a bank", agent: None, ..adas().await }).await;
        let newer = post(&corridor, Posted { get: 1, at: NOW.plus_seconds(60), ..adas().await }).await;
        let later = NOW.plus_seconds(60);
        done(&corridor, by(BEN), exchange(old, 30)).await;
        for (rate, code) in [(old, "rate_changed"), (ended, "rate_ended"), (reference, "rate_for_totals"), (source, "rate_for_totals"), (RateId(Uuid::nil()), "rate_unknown")] {
            assert_eq!(refused(&corridor, at(BEN, later), exchange(rate, 30)).await.0, code);
        }
        assert_eq!(refused(&corridor, by(BEN), exchange(newer, 30)).await.0, "rate_ended");
        assert_eq!(done(&corridor, at(BEN, later), exchange(newer, 30)).await.got, Amount(10));
        store.write(|tx| agents::set_standing(tx, ADA.into(), Standing::Suspended)).await.unwrap();
        assert_eq!(refused(&corridor, at(BEN, later), exchange(newer, 30)).await.0, "rate_ended");
        assert_eq!(has(&corridor, BEN, Some(COINS)).await, 30);
    }

    async fn rates_at_the_ends_of_the_numbers_move_nothing(store: Store) {
        let corridor = town(&store).await;
        let base = adas(&corridor).await;
        let rate = post(&corridor, Posted { give: 1, get: i64::MAX, ..base }).await;
        assert_eq!(refused(&corridor, by(BEN), exchange(rate, 2)).await.0, "sum_too_large");
        assert_eq!(refused(&corridor, by(BEN), exchange(rate, 1)).await.0, "cannot_exchange");
        assert_eq!(refused(&corridor, by(BEN), exchange(rate, i64::MAX)).await.0, "sum_too_large");
        let base = adas(&corridor).await;
        let rate = post(&corridor, Posted { give: i64::MAX, get: 1, at: NOW.plus_seconds(1), ..base }).await;
        assert_eq!(refused(&corridor, at(BEN, NOW.plus_seconds(1)), exchange(rate, i64::MAX - 1)).await.0, "too_little_to_exchange");
        the_books_are_in_order(&corridor).await;
    }

    async fn a_total_counts_by_rates_and_says_what_has_none(store: Store) {
        let corridor = town(&store).await;
        let overview = async |who: MemberId| {
            let viewer = corridor.viewer(who).await.unwrap();
            corridor.view(&viewer, OverviewOf::default(), NOW).await.unwrap().worth
        };
        assert!(overview(BEN).await.is_none(), "one account needs no total");
        let worth = overview(ADA).await.unwrap();
        assert_eq!((worth.home.name.as_str(), worth.total), ("Acorns", Amount(0)));
        assert!(worth.parts[1].worth.is_none() && worth.parts[1].rate.is_none());
        // There is no rate for coins, only one the other way round; a reference counts for totals.
        post(&corridor, Posted { origin: "reference", agent: None, ..adas(&corridor).await }).await;
        let worth = overview(ADA).await.unwrap();
        assert_eq!((worth.total, worth.parts[1].worth), (Amount(15_000), Some(Amount(15_000))));
        let rate = worth.parts[1].rate.clone().unwrap();
        assert_eq!((rate.origin.as_str(), rate.by.is_none()), ("reference", true));
        done(&corridor, by(ADA), SetHome { currency: COINS }).await;
        paid(&corridor, ADA, pay(BEN, 100)).await;
        let worth = overview(ADA).await.unwrap();
        // −1.00 is −66.67 cents of a coin, rounded down: a debt is never made smaller.
        assert_eq!((worth.home.name.as_str(), worth.total), ("Coins", Amount(10_000 - 67)));
        let nowhere = CurrencyId(Uuid::from_u128(77));
        assert_eq!(refused(&corridor, by(ADA), SetHome { currency: nowhere }).await.0, "currency_unknown");
    }

    async fn a_bill_is_split_and_whoever_asked_sees_who_has_paid(store: Store) {
        let corridor = town(&store).await;
        let parts = equal_parts(Amount(1_000), 3);
        let split = Split { own: parts[2], ..shares(&[(BEN, parts[0].0), (CLEO, parts[1].0)]) };
        let made = done(&corridor, by(ADA), split).await;
        done(&corridor, by(BEN), ApproveRequest { request: made.bills[0] }).await;
        done(&corridor, by(CLEO), DeclineRequest { request: made.bills[1] }).await;
        let seen = async |who: MemberId| {
            let viewer = corridor.viewer(who).await.unwrap();
            corridor.view(&viewer, Splits { of: None, id: Some(made.split) }, NOW).await
        };
        let split = seen(ADA).await.unwrap().pop().unwrap();
        assert_eq!((split.total, split.paid, split.own), (Amount(1_000), Amount(334), Amount(333)));
        let states: Vec<_> = split.bills.iter().map(|bill| (bill.payer.name.as_str(), bill.amount.0, bill.state.as_str())).collect();
        assert_eq!(states, [("Ben", 334, "paid"), ("Cleo", 333, "declined")]);
        assert!(seen(BEN).await.is_err() && seen(DAN).await.is_err());
        the_books_are_in_order(&corridor).await;
    }

    async fn a_bill_that_cannot_be_split_asks_nobody(store: Store) {
        let corridor = town(&store).await;
        for (split, code) in [
            (shares(&[]), "nobody_listed"),
            (shares(&[(BEN, 100), (BEN, 100)]), "asked_twice"),
            (shares(&[(BEN, 100), (ADA, 100)]), "to_oneself"),
            (shares(&[(BEN, 100), (CLEO, 0)]), "amount_not_positive"),
            (shares(&[(BEN, i64::MAX), (CLEO, 1)]), "sum_too_large"),
            (Split { own: Amount(-1), ..shares(&[(BEN, 100)]) }, "amount_not_positive"),
            (shares(&[(BEN, 100), (MemberId(Uuid::from_u128(9)), 100)]), "payee_unknown"),
            (Split { shares: vec![Share { from: BEN.into(), amount: Amount(1) }; 101], ..shares(&[]) }, "too_many_shares"),
        ] {
            assert_eq!(refused(&corridor, by(ADA), split).await.0, code);
        }
        let (_, sentence) = refused(&corridor, by(ADA), shares(&[(BEN, 100), (CLEO, 0)])).await;
        assert_eq!(sentence, "Cleo: The amount must be more than zero.");
        let viewer = corridor.viewer(ADA).await.unwrap();
        assert!(corridor.view(&viewer, Splits::default(), NOW).await.unwrap().is_empty());
    }
}
