//! Shares: bought at the price of the day, held within the terms, and repaid at the price that was paid.

use crate::club::*;
use planet_corridor::actor::Actor;
use planet_dues::acts::coming::Farewell;
use planet_dues::acts::repay::Repay;
use planet_dues::acts::shares::{AskRepayment, BuyShares, KeepShares};
use planet_dues::rows::shares;
use planet_dues::terms::Terms;
use planet_dues::views::register::EntryPage;
use planet_kit::testing::{at, by};
use planet_ontology::ids::GroupId;
use planet_ontology::roles::Standing;
use planet_ontology::units::Amount;
use planet_store::{Store, both_engines};

fn buy(number: i64) -> BuyShares {
    BuyShares { number, price: Amount(2_500 * number) }
}

both_engines! { migrations();

    async fn shares_are_bought_held_given_back_and_repaid(store: Store) {
        let corridor = decided(&store).await;
        corridor.act(by(BEN), buy(3)).await.unwrap();
        assert_eq!((balance(&corridor, BEN).await, balance(&corridor, GroupId::CLUB).await), (-7_500, 7_500));
        assert_eq!(tries(&corridor, BEN, NOW, buy(2)).await, "over_most");
        assert_eq!(tries(&corridor, BEN, NOW, BuyShares { number: 1, price: Amount(1) }).await, "price_changed");
        assert_eq!(tries(&corridor, BEN, NOW, AskRepayment { number: 4 }).await, "more_than_held");
        assert_eq!(tries(&corridor, BEN, NOW, AskRepayment { number: 3 }).await, "under_least");
        let asked = corridor.act(by(BEN), AskRepayment { number: 2 }).await.unwrap().output.unwrap();
        let [repayment] = asked.as_slice() else { panic!("{asked:?}") };
        let repay = Repay { repayment: *repayment };
        assert_eq!(tries(&corridor, TOM, later(NOW, 89), repay.clone()).await, "notice_runs");
        assert_eq!(tries(&corridor, CAT, later(NOW, 91), repay.clone()).await, "repayment_unknown");
        corridor.act(at(TOM, later(NOW, 91)), repay.clone()).await.unwrap();
        assert_eq!(balance(&corridor, BEN).await, -2_500);
        assert_eq!(tries(&corridor, TOM, later(NOW, 92), repay).await, "repayment_settled");
        assert_eq!(store.read(|tx| shares::held(tx, BEN)).await.unwrap(), 1);
        assert_eq!(store.read(shares::capital).await.unwrap(), [(ACORNS, 1, Amount(2_500))]);
    }

    async fn whoever_thinks_better_of_it_keeps_them(store: Store) {
        let corridor = decided(&store).await;
        corridor.act(by(BEN), buy(2)).await.unwrap();
        let repayment = corridor.act(by(BEN), AskRepayment { number: 1 }).await.unwrap().output.unwrap()[0];
        assert_eq!(tries(&corridor, CAT, NOW, KeepShares { repayment }).await, "repayment_unknown");
        corridor.act(by(BEN), KeepShares { repayment }).await.unwrap();
        assert_eq!(tries(&corridor, BEN, NOW, KeepShares { repayment }).await, "repayment_settled");
        assert_eq!(tries(&corridor, TOM, later(NOW, 91), Repay { repayment }).await, "repayment_settled");
        assert_eq!(store.read(|tx| shares::held(tx, BEN)).await.unwrap(), 2);
    }

    async fn each_lot_is_repaid_at_what_it_cost(store: Store) {
        let corridor = decided(&store).await;
        corridor.act(by(BEN), buy(1)).await.unwrap();
        decide(&corridor, Terms { share_price: Amount(1_000), ..terms() }, later(NOW, 1)).await;
        assert_eq!(tries(&corridor, BEN, later(NOW, 1), buy(1)).await, "price_changed");
        let cheap = BuyShares { number: 2, price: Amount(2_000) };
        corridor.act(at(BEN, later(NOW, 1)), cheap).await.unwrap();
        let asked = corridor.act(at(BEN, later(NOW, 2)), AskRepayment { number: 2 }).await.unwrap().output.unwrap();
        assert_eq!(asked.len(), 2, "one of each lot");
        for repayment in asked {
            corridor.act(at(ADA, later(NOW, 100)), Repay { repayment }).await.unwrap();
        }
        assert_eq!(balance(&corridor, BEN).await, -1_000);
        assert_eq!(store.read(shares::capital).await.unwrap(), [(ACORNS, 1, Amount(1_000))]);
    }

    async fn whoever_leaves_is_repaid_less_what_they_owe(store: Store) {
        let corridor = decided(&store).await;
        corridor.act(by(CAT), buy(1)).await.unwrap();
        corridor.perform_due(later(NOW, 21)).await.unwrap();
        stand(&corridor, CAT, Standing::Left).await;
        corridor.act(at(Actor::House, later(NOW, 22)), Farewell { member: CAT }).await.unwrap();
        corridor.act(at(Actor::House, later(NOW, 23)), Farewell { member: CAT }).await.unwrap();
        let open = store.read(|tx| shares::open_repayments(tx, 10)).await.unwrap();
        let [it] = open.as_slice() else { panic!("{open:?}") };
        assert_eq!((it.amount, it.due), (Amount(2_500), later(NOW, 112)));
        corridor.act(at(TOM, later(NOW, 113)), Repay { repayment: it.id }).await.unwrap();
        assert_eq!(balance(&corridor, CAT).await, -500, "the dues of one month were set off");
        let viewer = corridor.viewer(TOM).await.unwrap();
        let entry = corridor.view(&viewer, EntryPage { handle: "cat".into() }, later(NOW, 114)).await.unwrap();
        let proven: Vec<_> = entry.proven.iter().map(|it| (it.what.as_str(), it.event.is_some())).collect();
        // In this story she was put there, so no event says that she joined.
        assert_eq!(proven, [("joined", false), ("bought", true), ("left", true), ("repaid", true)]);
        assert_eq!(owes(&corridor, CAT).await[0].2, "set_off");
    }

    async fn what_the_wallet_cannot_repay_stays_owed(store: Store) {
        let corridor = decided(&store).await;
        corridor.act(by(BEN), buy(2)).await.unwrap();
        let repayment = corridor.act(by(BEN), AskRepayment { number: 1 }).await.unwrap().output.unwrap()[0];
        store.write(|tx| {
            let account = planet_ledger::account_of(tx, GroupId::CLUB.into(), ACORNS)?.unwrap();
            planet_ledger::set_limits(tx, account.id, Amount(0), Amount(1_000_000)).unwrap();
            Ok::<_, planet_store::Error>(())
        }).await.unwrap();
        corridor.act(at(planet_kit::testing::ADA, later(NOW, 1)), buy(1)).await.unwrap();
        // The club has spent what came in.
        let (club, cat) = (GroupId::CLUB, CAT);
        let spent = serde_json::json!({ "to": cat, "amount": 6_000, "memo": "", "currency": ACORNS });
        let decided = at(the_club(), later(NOW, 2));
        corridor.act_named(decided, "wallet.pay", spent).await.unwrap();
        assert_eq!(balance(&corridor, club).await, 1_500);
        assert_eq!(tries(&corridor, TOM, later(NOW, 91), Repay { repayment }).await, "over_lower_limit");
        assert_eq!(store.read(|tx| shares::count_repayable(tx, TOM, later(NOW, 91))).await.unwrap(), 1, "it waits");
        assert_eq!(store.read(|tx| shares::held(tx, BEN)).await.unwrap(), 2);
    }
}
