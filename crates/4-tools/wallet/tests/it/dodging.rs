//! Those who want to get round the rule of a wallet: by other acts than paying, at the same instant, little by little.

use super::rule::{BAKERY, DAY, Open_, Rules, at, bakery, decided, left, set, spend, spends, step, usual};
use super::story::{ADA, BEN, NOW, call, migrations, pay};
use planet_corridor::act::Act;
use planet_corridor::actor::Actor;
use planet_corridor::agents::{self, NewAgent};
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_corridor::registry::Registry;
use planet_corridor::task::Call;
use planet_ledger::{CurrencyKind, NewCurrency, create_currency, open_account};
use planet_ontology::ids::{AccountId, AgentId, CurrencyId, MemberId, RateId};
use planet_ontology::roles::Role;
use planet_ontology::units::Amount;
use planet_store::{Store, both_engines, sql};
use planet_wallet::acts::exchange::Exchange;
use planet_wallet::acts::hold::Hold;
use planet_wallet::acts::open::Open;
use planet_wallet::acts::pay::Pay;
use planet_wallet::acts::pay_many::{PayMany, Row};
use planet_wallet::acts::refund::Refund;
use planet_wallet::acts::request::{ApproveRequest, Request};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::sync::Arc;
use uuid::Uuid;

/// A way to spend from the bakery's wallet.
#[derive(Clone, Copy, Debug)]
enum Way {
    Pay,
    Bill,
    List,
    Hold,
    Refund,
}

impl Way {
    const ALL: [Self; 5] = [Self::Pay, Self::Bill, Self::List, Self::Hold, Self::Refund];

    /// Spends so much, and answers who decided about it.
    async fn spend(self, corridor: &Corridor, keeper: Call, amount: i64) -> Result<u128, Fault> {
        let (from, amount, memo) = (Some(BAKERY.into()), Amount(amount), String::new());
        match self {
            Self::Pay => corridor.act(keeper, spend(amount.0)).await.map(|done| decided(&done)),
            Self::Bill => {
                // Each from somebody else, because nobody may have many open bills.
                let ask = Request { from: BAKERY.into(), amount, memo, to: None, currency: None };
                let seller = asker(corridor).await;
                let done = corridor.act(Call { now: keeper.now, ..call(Actor::Member(seller)) }, ask).await?;
                let act = ApproveRequest { request: done.output.unwrap() };
                corridor.act(keeper, act).await.map(|done| decided(&done))
            }
            Self::List => {
                let half = amount.0 / 2;
                let row = |amount| Row { to: BEN.into(), amount: Amount(amount), memo: String::new() };
                let rows = if half > 0 { vec![row(half), row(amount.0 - half)] } else { vec![row(amount.0)] };
                corridor.act(keeper, PayMany { rows, from, currency: None }).await.map(|done| decided(&done))
            }
            Self::Hold => {
                let act = Hold { to: BEN.into(), amount, memo, seconds: 60, from, currency: None };
                corridor.act(keeper, act).await.map(|done| decided(&done))
            }
            Self::Refund => {
                let buyer = Call { now: keeper.now, ..call(Actor::Member(BEN)) };
                let bought = Pay { to: BAKERY.into(), ..pay(BEN, amount.0) };
                let transfer = corridor.act(buyer, bought).await?.output.unwrap().transfer;
                corridor.act(keeper, Refund { transfer, amount: None, memo }).await.map(|done| decided(&done))
            }
        }
    }
}

/// Somebody new, with an account that has room.
async fn asker(corridor: &Corridor) -> MemberId {
    let id = MemberId(Uuid::new_v4());
    let handle = format!("m-{}", id.0.simple());
    corridor
        .store()
        .write(move |tx| {
            let new = NewAgent { handle: &handle, name: "Seller", now: NOW };
            agents::create_member(tx, id, &new, Role::Member, None)
        })
        .await
        .unwrap();
    corridor.act(call(Actor::House), Open { owner: id.into() }).await.unwrap();
    id
}

both_engines! { migrations();

    async fn whatever_spends_from_the_wallet_goes_by_its_rule(store: Store) {
        let corridor = bakery(&store).await;
        set(&corridor, usual()).await.unwrap();
        for way in Way::ALL {
            for (amount, expected) in [(1_001, 2), (5_001, 3), (170, 1)] {
                assert_eq!(way.spend(&corridor, at(ADA, 0), amount).await.unwrap(), expected, "{way:?} {amount}");
            }
        }
        assert_eq!(left(&corridor, ADA).await, Some(1_000 - 5 * 170));
    }

    async fn what_is_exchanged_is_spent_too(store: Store) {
        let corridor = bakery(&store).await;
        set(&corridor, usual()).await.unwrap();
        let (coins, rate) = (CurrencyId(Uuid::from_u128(0xc01)), RateId(Uuid::from_u128(0xca7)));
        store
            .write(move |tx| {
                let new = NewCurrency {
                    id: coins,
                    code: "COINS".into(),
                    name: "Coins".into(),
                    symbol: "c".into(),
                    kind: CurrencyKind::MutualCredit,
                    decimals: 2,
                    issuer: BEN.into(),
                    min: Amount(-100_000),
                    max: Amount(100_000),
                    soft_min: None,
                    soft_max: None,
                    lifetime: None,
                };
                create_currency(tx, &new, NOW).unwrap();
                for (owner, account) in [(BAKERY.into(), 0xba), (AgentId::from(BEN), 0xbe)] {
                    open_account(tx, owner, coins, AccountId(Uuid::from_u128(account)), NOW).unwrap();
                }
                let credit = planet_ledger::club_credit(tx).unwrap().id;
                tx.exec(
                    sql!(
                        "INSERT INTO rates (id, from_id, to_id, give, get, agent_id, origin, at, until)
                         VALUES (?1, ?2, ?3, 1, 1, ?4, 'posted', ?5, NULL)"
                    ),
                    &[&rate, &credit, &coins, &AgentId::from(BEN), &NOW],
                )
            })
            .await
            .unwrap();
        for (give, expected) in [(700, 1), (301, 2), (300, 1), (1, 2)] {
            let act = Exchange { rate, give: Amount(give), from: Some(BAKERY.into()) };
            assert_eq!(decided(&corridor.act(at(ADA, 0), act).await.unwrap()), expected, "{give}");
        }
    }

    async fn payments_sent_at_the_same_instant_count_together(store: Store) {
        let corridor = bakery(&store).await;
        set(&corridor, usual()).await.unwrap();
        // Two doors to the same club, as two nodes on one database are: nothing but the database keeps them apart.
        let other = {
            let registry = planet_wallet::register(Registry::default()).act::<Open_>().opener(<Open_ as Act>::NAME);
            Corridor::open(store.clone(), registry, Box::new(|_, _| Ok(Arc::new(Rules::new())))).await.unwrap()
        };
        let tasks: Vec<_> = (0..40)
            .map(|n| {
                let corridor = if n % 2 == 0 { corridor.clone() } else { other.clone() };
                tokio::spawn(async move { spends(&corridor, at(ADA, 0), 90).await })
            })
            .collect();
        let mut alone = 0;
        for task in tasks {
            alone += usize::from(task.await.unwrap() == 1);
        }
        assert_eq!(alone, 11, "11 × 90 is the most that fits into 1000");
    }

    async fn no_sequence_of_a_keepers_acts_spends_more_alone_within_a_day(store: Store) {
        let corridor = bakery(&store).await;
        let mut runner = TestRunner::deterministic();
        let amounts = prop_oneof![1_i64..400, 400_i64..1_200, -5_i64..1];
        let deeds = (0_i64..3 * 3600, amounts, proptest::sample::select(Way::ALL.to_vec()), 0_u8..12);
        let programs = proptest::collection::vec(deeds, 60);
        let mut start = 0;
        for _ in 0..3 {
            let mut seconds = start;
            let mut alone: Vec<(i64, i64)> = Vec::new();
            let mut limit = 1_000;
            set(&corridor, usual()).await.unwrap();
            for (pause, amount, way, change) in programs.new_tree(&mut runner).unwrap().current() {
                seconds += pause;
                if change == 0 {
                    limit = if limit == 1_000 { 700 } else { 1_000 };
                    let steps = vec![step(Some(limit), "at once"), step(Some(5_000), "two"), step(None, "all")];
                    set(&corridor, steps).await.unwrap();
                }
                let within_a_day: i64 = alone.iter().filter(|(at, _)| *at > seconds - DAY).map(|(_, amount)| amount).sum();
                let done = way.spend(&corridor, at(ADA, seconds), amount).await;
                let fits = within_a_day + amount <= limit;
                match done {
                    Ok(done) => {
                        assert_eq!(done == 1, fits, "{amount} on top of {within_a_day}, limit {limit}");
                        if fits {
                            alone.push((seconds, amount));
                        }
                    }
                    Err(_) => assert!(amount <= 0, "{amount}"),
                }
            }
            assert!(alone.len() > 5, "the program did something");
            start = seconds + 2 * DAY;
        }
    }
}
