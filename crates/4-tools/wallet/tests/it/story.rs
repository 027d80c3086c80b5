//! The wallet's stories, on both engines: paying, billing, limits, and what is refused.

use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_corridor::registry::Registry;
use planet_kit::testing::{self, THREE, new};
use planet_ledger::{CurrencyKind, NewCurrency, create_currency};
use planet_ontology::ids::{AgentId, CurrencyId, GroupId, MemberId};
use planet_ontology::roles::{Mode, Role};
use planet_ontology::units::Amount;
use planet_store::{Migration, Store, both_engines};
use planet_wallet::acts::limits::SetLimits;
use planet_wallet::acts::open::{CreateCredit, Open};
use planet_wallet::acts::pay::Pay;
use planet_wallet::acts::request::{ApproveRequest, DeclineRequest, Request};
use planet_wallet::views::{Statement, Wallet};
use std::path::Path;
use uuid::Uuid;

pub(crate) use planet_kit::testing::{ADA, BEN, NOW, by as call};

pub(crate) fn migrations() -> Vec<Migration> {
    crate::town::migrations()
}

pub(crate) fn pay(to: MemberId, amount: i64) -> Pay {
    Pay { to: to.into(), amount: Amount(amount), memo: "bread".into(), from: None, currency: None }
}

/// A club of Ada and Ben, with a credit that goes from −100.00 to 200.00.
pub(crate) async fn club(store: &Store) -> Corridor {
    let corridor = testing::club(store, &THREE, planet_wallet::register(Registry::default())).await;
    let credit = CreateCredit {
        name: "Acorns".into(),
        symbol: "a".into(),
        decimals: 2,
        min: Amount(-10_000),
        max: Amount(20_000),
    };
    corridor.act(call(Actor::House), credit).await.unwrap();
    for owner in [AgentId::from(ADA), AgentId::from(BEN), AgentId::from(GroupId::CLUB)] {
        corridor.act(call(Actor::House), Open { owner }).await.unwrap();
    }
    corridor
}

pub(crate) async fn balances(corridor: &Corridor) -> (i64, i64) {
    let mut both = Vec::new();
    for member in [ADA, BEN] {
        let viewer = corridor.viewer(member).await.unwrap();
        let wallet = corridor.view(&viewer, Wallet::default(), NOW).await.unwrap();
        both.push(wallet.balances[0].balance.0);
    }
    (both[0], both[1])
}

/// Code and sentence of a refusal.
pub(crate) fn refused(result: Result<impl std::fmt::Debug, Fault>) -> (String, String) {
    let refusal = testing::refused(result);
    (refusal.code, refusal.sentence)
}

both_engines! { migrations();

    async fn a_payment_moves_what_it_says_and_once(store: Store) {
        let corridor = club(&store).await;
        let attempt = call(ADA);
        let first = corridor.act(attempt, pay(BEN, 2_500)).await.unwrap();
        let again = corridor.act(attempt, pay(BEN, 2_500)).await.unwrap();
        assert_eq!(first, again);
        assert_eq!(balances(&corridor).await, (-2_500, 2_500));
        let viewer = corridor.viewer(BEN).await.unwrap();
        let statement = corridor.view(&viewer, Statement::default(), NOW).await.unwrap();
        let lines: Vec<_> = statement.movements.iter().map(|it| (it.other.name.as_str(), it.amount.0, it.memo.as_str())).collect();
        assert_eq!(lines, [("Ada", 2_500, "bread")]);
    }

    async fn impossible_payments_are_refused_and_change_nothing(store: Store) {
        let corridor = club(&store).await;
        let (stranger, cones, nothing) = (MemberId(Uuid::from_u128(9)), CurrencyId(Uuid::from_u128(7)), CurrencyId(Uuid::from_u128(8)));
        let new = NewCurrency {
            id: cones,
            code: "PINES".into(),
            name: "Pine cones".into(),
            symbol: "p".into(),
            kind: CurrencyKind::Voucher,
            decimals: 2,
            issuer: BEN.into(),
            min: Amount(0),
            max: Amount(1_000),
            soft_min: None,
            soft_max: None,
            lifetime: None,
        };
        store.write(move |tx| create_currency(tx, &new, NOW)).await.unwrap();
        let in_currency = |currency| Pay { currency: Some(currency), ..pay(BEN, 5) };
        for (act, code, sentence) in [
            (pay(BEN, 0), "amount_not_positive", "The amount must be more than zero."),
            (pay(BEN, -5), "amount_not_positive", "The amount must be more than zero."),
            (pay(BEN, 10_001), "over_lower_limit", "You can go down to \u{2212}100.00; this payment would take you 0.01 below that."),
            (pay(ADA, 100), "to_oneself", "You can't pay yourself. Choose somebody else."),
            (pay(stranger, 100), "payee_unknown", "There is nobody here by that name who can be paid."),
            (in_currency(cones), "currency_unknown", "You do not hold this currency."),
            (in_currency(nothing), "currency_unknown", "You do not hold this currency."),
            (Pay { memo: "x".repeat(281), ..pay(BEN, 5) }, "memo_too_long", "Please keep the note to 280 characters."),
        ] {
            assert_eq!(refused(corridor.act(call(ADA), act).await), (code.into(), sentence.into()));
            assert_eq!(balances(&corridor).await, (0, 0));
        }
        let bill = |amount| Request { from: BEN.into(), amount: Amount(amount), memo: "lamp".into(), to: None, currency: None };
        for (act, code) in [(bill(0), "amount_not_positive"), (bill(30_001), "amount_too_large"), (Request { from: ADA.into(), ..bill(5) }, "to_oneself")] {
            assert_eq!(refused(corridor.act(call(ADA), act).await).0, code);
        }
        corridor.act(call(ADA), bill(30_000)).await.unwrap();
        assert_eq!(store.read(planet_ledger::audit).await.unwrap().transfers, 0);
    }

    async fn the_upper_limit_holds_too(store: Store) {
        let corridor = club(&store).await;
        let limits = SetLimits { owner: BEN.into(), currency: None, min: Amount(0), max: Amount(1_000), soft: None };
        corridor.act(call(Actor::House), limits.clone()).await.unwrap_err();
        corridor.act(call(ADA), limits).await.unwrap();
        assert_eq!(refused(corridor.act(call(ADA), pay(BEN, 1_001)).await).0, "over_upper_limit");
        corridor.act(call(ADA), pay(BEN, 1_000)).await.unwrap();
        assert_eq!(balances(&corridor).await, (-1_000, 1_000));
    }

    async fn a_bill_is_paid_once_or_declined(store: Store) {
        let corridor = club(&store).await;
        let ask = Request { from: BEN.into(), amount: Amount(700), memo: "lamp".into(), to: None, currency: None };
        let first = corridor.act(call(ADA), ask.clone()).await.unwrap().output.unwrap();
        let second = corridor.act(call(ADA), ask).await.unwrap().output.unwrap();
        corridor.act(call(BEN), ApproveRequest { request: first }).await.unwrap();
        let again = corridor.act(call(BEN), ApproveRequest { request: first }).await;
        assert_eq!(refused(again).0, "request_ended");
        corridor.act(call(BEN), DeclineRequest { request: second }).await.unwrap();
        assert_eq!(balances(&corridor).await, (700, -700));
        let stranger = call(Actor::Guest);
        assert_eq!(refused(corridor.act(stranger, ApproveRequest { request: second }).await).0, "not_signed_in");
    }

    async fn nobody_is_flooded_with_bills(store: Store) {
        let corridor = club(&store).await;
        let ask = |from: AgentId| Request { from, amount: Amount(1), memo: "hello?".into(), to: None, currency: None };
        for _ in 0..20 {
            corridor.act(call(ADA), ask(BEN.into())).await.unwrap();
        }
        assert_eq!(refused(corridor.act(call(ADA), ask(BEN.into())).await).0, "too_many_bills");
        corridor.act(call(ADA), ask(GroupId::CLUB.into())).await.unwrap();
    }

    async fn starting_a_group_gives_nobody_more_credit(store: Store) {
        let corridor = club(&store).await;
        let bakery = GroupId(Uuid::from_u128(0xbac));
        store
            .write(move |tx| {
                agents::create_group(tx, bakery, &new("bakery", "Bakery"), Mode::Trading, true)?;
                agents::set_role(tx, ADA.into(), bakery, Role::Steward, NOW)
            })
            .await
            .unwrap();
        corridor.act(call(Actor::House), Open { owner: bakery.into() }).await.unwrap();
        let spend = Pay { from: Some(bakery.into()), ..pay(BEN, 1) };
        assert_eq!(refused(corridor.act(call(ADA), spend.clone()).await).0, "over_lower_limit");
        let income = Pay { to: bakery.into(), ..pay(BEN, 500) };
        corridor.act(call(BEN), income).await.unwrap();
        corridor.act(call(ADA), spend).await.unwrap();
        assert_eq!(balances(&corridor).await, (0, -499));
        let credit = SetLimits { owner: bakery.into(), currency: None, min: Amount(-100), max: Amount(20_000), soft: None };
        corridor.act(call(ADA), credit).await.unwrap();
        corridor.act(call(Actor::House), Open { owner: bakery.into() }).await.unwrap();
        let deeper = Pay { from: Some(bakery.into()), ..pay(BEN, 599) };
        corridor.act(call(ADA), deeper).await.unwrap();
        assert_eq!(balances(&corridor).await, (0, 100));
    }

    async fn many_payments_at_once_keep_limits_and_sum_to_zero(store: Store) {
        let corridor = club(&store).await;
        let tasks: Vec<_> = (0..60)
            .map(|n| {
                let corridor = corridor.clone();
                let (from, to) = if n % 3 == 0 { (BEN, ADA) } else { (ADA, BEN) };
                tokio::spawn(async move { corridor.act(call(from), pay(to, 900)).await.is_ok() })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let (ada, ben) = balances(&corridor).await;
        assert_eq!(ada + ben, 0);
        assert!(ada >= -10_000 && ben <= 20_000, "{ada} {ben}");
        let audit = store.read(planet_ledger::audit).await.unwrap();
        assert_eq!(audit.problems, Vec::<String>::new());
        assert!(audit.transfers > 0);
    }
}

#[test]
fn every_text_that_is_used_is_written_and_no_other() {
    let texts = [include_str!("../../texts/en.ftl"), include_str!("../../texts/payments.en.ftl")];
    let src = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    assert_eq!(planet_kit::texts::missing(&texts, src), planet_kit::texts::TextFaults::default());
}
