//! People who would like to pay less, get more or see what is not theirs, and a club that changes its mind half-way.

use crate::club::*;
use planet_dues::acts::pay::PayDues;
use planet_dues::acts::relief::{AskRelief, Relief};
use planet_dues::acts::shares::{AskRepayment, BuyShares};
use planet_dues::acts::terms::SetTerms;
use planet_dues::rows::shares;
use planet_dues::terms::Terms;
use planet_kit::testing::at;
use planet_ontology::calendar::Every;
use planet_ontology::ids::CurrencyId;
use planet_ontology::roles::Standing;
use planet_ontology::units::Amount;
use planet_store::{Store, both_engines};
use uuid::Uuid;

both_engines! { migrations();

    async fn what_is_owed_stays_as_it_was_when_the_terms_change(store: Store) {
        let corridor = decided(&store).await;
        corridor.perform_due(later(NOW, 7)).await.unwrap();
        // Dearer, in other days: the month that is written down already is not owed again.
        let dear = Terms { dues: Amount(9_000), first: day(NOW, 25), ..terms() };
        decide(&corridor, dear, later(NOW, 8)).await;
        corridor.perform_due(later(NOW, 30)).await.unwrap();
        assert_eq!(owes(&corridor, BEN).await, [(day(NOW, 20), 500, "owed".to_owned())]);
        corridor.perform_due(later(NOW, 50)).await.unwrap();
        let owed = owes(&corridor, BEN).await;
        assert_eq!((owed.len(), owed[1].1), (2, 9_000));
        let yearly = Terms { every: Every::Year, first: day(NOW, 51), ..terms() };
        decide(&corridor, yearly, later(NOW, 50)).await;
        corridor.perform_due(later(NOW, 90)).await.unwrap();
        assert_eq!(owes(&corridor, BEN).await.len(), 2, "the year begins when the months that were charged have passed");
        let line = lines_of(&corridor, BEN).await[1].id;
        corridor.act(at(BEN, later(NOW, 91)), PayDues { line }).await.unwrap();
        assert_eq!(balance(&corridor, BEN).await, -500);
    }

    async fn numbers_from_nowhere_are_refused(store: Store) {
        let corridor = decided(&store).await;
        for number in [0, -1, i64::MIN, i64::MAX, 100_001] {
            let buy = BuyShares { number, price: Amount(2_500_i64.wrapping_mul(number)) };
            assert_eq!(tries(&corridor, BEN, NOW, buy).await, "number_out_of_range", "{number}");
        }
        for (number, why) in [(0, "number_out_of_range"), (i64::MIN, "number_out_of_range"), (i64::MAX, "more_than_held")] {
            assert_eq!(tries(&corridor, BEN, NOW, AskRepayment { number }).await, why, "{number}");
        }
        let relief = |percent, days| AskRelief {
            kind: Relief::Reduce, percent, until: Some(later(NOW, days)), words: String::new(),
        };
        for (ask, why) in [
            (relief(None, 30), "percent_out_of_range"),
            (relief(Some(100), 30), "percent_out_of_range"),
            (relief(Some(50), -1), "until_out_of_range"),
            (relief(Some(50), 4_000), "until_out_of_range"),
            (AskRelief { words: "x".repeat(501), ..relief(Some(50), 30) }, "too_long"),
        ] {
            assert_eq!(tries(&corridor, BEN, NOW, ask).await, why);
        }
    }

    async fn terms_are_for_the_days_to_come_and_in_a_currency_that_lasts(store: Store) {
        let corridor = club(&store).await;
        let set = |terms| SetTerms { terms };
        for (wrong, why) in [
            (Terms { first: day(NOW, -2), ..terms() }, "day_out_of_range"),
            (Terms { first: day(NOW, 800), ..terms() }, "day_out_of_range"),
            (Terms { currency: Some(CurrencyId(Uuid::nil())), ..terms() }, "currency_unusable"),
            (Terms { dues: Amount(i64::MIN), ..terms() }, "amount_out_of_range"),
        ] {
            assert_eq!(tries(&corridor, BEN, NOW, set(wrong)).await, why);
        }
        decide(&corridor, terms(), NOW).await;
        let end = |tx: &mut planet_store::Tx| {
            planet_ledger::change_limits(tx, ACORNS, (Amount(0), Amount(0))).unwrap();
            Ok::<_, planet_store::Error>(())
        };
        store.write(end).await.unwrap();
        assert_eq!(tries(&corridor, BEN, NOW, set(terms())).await, "currency_unusable");
        corridor.perform_due(later(NOW, 30)).await.unwrap();
        assert!(owes(&corridor, BEN).await.is_empty(), "nobody owes what cannot be paid");
    }

    async fn whoever_was_taken_out_gets_their_shares_back_all_the_same(store: Store) {
        let corridor = decided(&store).await;
        corridor.act(at(BEN, NOW), BuyShares { number: 2, price: Amount(5_000) }).await.unwrap();
        stand(&corridor, BEN, Standing::Left).await;
        corridor.perform_due(later(NOW, 1)).await.unwrap();
        let open = store.read(|tx| shares::open_repayments(tx, 10)).await.unwrap();
        assert_eq!(open.iter().map(|it| (it.member, it.number)).collect::<Vec<_>>(), [(BEN, 2)]);
        corridor.perform_due(later(NOW, 40)).await.unwrap();
        assert!(owes(&corridor, BEN).await.is_empty(), "and owes nothing that comes later");
        assert_eq!(store.read(|tx| shares::open_repayments(tx, 10)).await.unwrap().len(), 1);
    }
}
