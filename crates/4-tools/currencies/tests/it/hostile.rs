//! What people try: more than the cap, with too little, one's own, what is not for them, under old terms, alone.

use crate::cast::*;
use planet_currencies::acts::change::ChangeTerms;
use planet_currencies::acts::design::Design;
use planet_currencies::acts::ending::{Close, Retire};
use planet_currencies::acts::hold::{Ask, Hold};
use planet_currencies::acts::issue::Issue;
use planet_currencies::acts::trade::{Buy, Redeem};
use planet_currencies::rows;
use planet_currencies::terms::{Holders, Price, Terms};
use planet_ledger::{CurrencyKind, set_limits};
use planet_ontology::ids::{AgentId, CurrencyId};
use planet_ontology::units::Amount;
use planet_store::{Store, both_engines};

fn buy(currency: CurrencyId, amount: i64) -> Buy {
    Buy { currency, amount: Amount(amount), version: 1, from: None }
}

fn issue(currency: CurrencyId, to: impl Into<AgentId>, amount: i64) -> Issue {
    Issue { currency, to: to.into(), amount: Amount(amount), reason: "A gift.".into() }
}

both_engines! { migrations();

    async fn nobody_issues_more_than_the_cap(store: Store) {
        let corridor = club(&store).await;
        let dollars = design(&corridor, deli_dollars(deli_terms())).await;
        corridor.act(by(ADA), issue(dollars, DORA, 95_000)).await.unwrap();
        let refusal = refused(corridor.act(by(BEN), buy(dollars, 5_001)).await);
        assert_eq!((refusal.code.as_str(), refusal.sentence.contains("50.00")), ("over_cap", true), "{refusal}");
        assert_eq!(refused(corridor.act(by(ADA), issue(dollars, BEN, 5_001)).await).code, "over_cap");
        corridor.act(by(BEN), buy(dollars, 5_000)).await.unwrap();
        // What comes back can be issued again.
        let spend = Redeem { currency: dollars, amount: Amount(5_000), memo: String::new(), from: None };
        corridor.act(by(BEN), spend).await.unwrap();
        corridor.act(by(ADA), issue(dollars, BEN, 5_000)).await.unwrap();
        books_are_right(&store).await;
    }

    async fn a_purchase_is_paid_in_full_or_not_made(store: Store) {
        let corridor = club(&store).await;
        let dollars = design(&corridor, deli_dollars(deli_terms())).await;
        // Ben can go down to −200.00: 222.23 would cost 200.01.
        let refusal = refused(corridor.act(by(BEN), buy(dollars, 22_223)).await);
        assert_eq!((refusal.code.as_str(), refusal.sentence.contains("0.01")), ("over_lower_limit", true), "{refusal}");
        assert_eq!((has(&store, BEN, ACORNS).await, has(&store, BEN, dollars).await), (Some(0), None));
        for amount in [0, -100] {
            assert_eq!(refused(corridor.act(by(BEN), buy(dollars, amount)).await).code, "amount_not_positive");
        }
        assert_eq!(refused(corridor.act(by(BEN), buy(dollars, i64::MAX)).await).code, "over_cap");
        corridor.act(by(BEN), buy(dollars, 22_222)).await.unwrap();
        // The issuer's till may be full: then nothing is sold either.
        let full = store.write(|tx| {
            let till = planet_ledger::account_of(tx, DELI.into(), ACORNS)?.unwrap();
            set_limits(tx, till.id, Amount(0), till.balance()).unwrap();
            Ok::<_, planet_store::Error>(())
        });
        full.await.unwrap();
        assert_eq!(refused(corridor.act(by(DORA), buy(dollars, 100)).await).code, "over_upper_limit");
        assert_eq!(has(&store, DORA, dollars).await, None);
        books_are_right(&store).await;
    }

    async fn the_issuer_neither_buys_nor_holds_its_own(store: Store) {
        let corridor = club(&store).await;
        let dollars = design(&corridor, deli_dollars(deli_terms())).await;
        let own = Buy { from: Some(DELI.into()), ..buy(dollars, 100) };
        assert_eq!(refused(corridor.act(by(ADA), own).await).code, "own_voucher");
        assert_eq!(refused(corridor.act(by(ADA), issue(dollars, DELI, 100)).await).code, "own_voucher");
        let itself = Price { currency: dollars, give: Amount(1), get: Amount(1) };
        let terms = Terms { price: Some(itself), ..deli_terms() };
        let change = ChangeTerms { currency: dollars, terms };
        assert_eq!(refused(corridor.act(deli(NOW), change).await).code, "price_currency_unknown");
    }

    async fn only_those_hold_it_whom_the_terms_permit(store: Store) {
        let corridor = club(&store).await;
        let inner = design(&corridor, deli_dollars(Terms { holders: Holders::Group, ..deli_terms() })).await;
        let refusal = refused(corridor.act(by(BEN), buy(inner, 100)).await);
        assert_eq!(refusal.code, "may_not_hold");
        assert_eq!(refusal.sentence, "Deli dollars is for members of Deli. Ben cannot hold it.");
        assert_eq!(refused(corridor.act(by(BEN), Hold { currency: inner, owner: None }).await).code, "may_not_hold");
        assert_eq!(refused(corridor.act(by(ADA), issue(inner, BEN, 100)).await).code, "may_not_hold");
        corridor.act(by(CLEO), buy(inner, 100)).await.unwrap();
        let asked = Design { code: "FRIENDS".into(), ..deli_dollars(Terms { holders: Holders::Asked, ..deli_terms() }) };
        let asked = design(&corridor, asked).await;
        assert_eq!(refused(corridor.act(by(CLEO), buy(asked, 100)).await).code, "may_not_hold");
        corridor.act(by(ADA), Ask { currency: asked, to: BEN.into() }).await.unwrap();
        corridor.act(by(BEN), buy(asked, 100)).await.unwrap();
        books_are_right(&store).await;
    }

    async fn whoever_read_old_terms_reads_again(store: Store) {
        let corridor = club(&store).await;
        let dollars = design(&corridor, deli_dollars(deli_terms())).await;
        corridor.act(by(BEN), buy(dollars, 1_000)).await.unwrap();
        let dear = Terms { price: Some(Price { currency: ACORNS, give: Amount(9_900), get: Amount(10_000) }), lifetime: Some(100), refund: 0, ..deli_terms() };
        corridor.act(deli(day(1)), ChangeTerms { currency: dollars, terms: dear.clone() }).await.unwrap();
        let refusal = refused(corridor.act(by(BEN), buy(dollars, 1_000)).await);
        assert_eq!(refusal.code, "terms_changed");
        let now = at(planet_corridor::actor::Actor::Member(BEN), day(1));
        corridor.act(now, Buy { version: 2, ..buy(dollars, 1_000) }).await.unwrap();
        // What was sold under others keeps its date, its price, and the time to give it back.
        let lots = store.read(move |tx| planet_ledger::lots_of_currency(tx, dollars)).await.unwrap();
        let days: Vec<i64> = lots.iter().map(|lot| (lot.expires.0 - NOW.0) / planet_ontology::units::Moment::DAY).collect();
        assert_eq!(days, [101, 365]);
        let versions = store.read(move |tx| rows::versions(tx, dollars).map_err(|_| planet_store::Error::Rule("versions".into()))).await.unwrap();
        assert_eq!(versions.iter().map(|it| (it.version, it.terms.refund)).collect::<Vec<_>>(), [(2, 0), (1, 14)]);
        // A currency that expires always does, and one that does not never will.
        let for_ever = ChangeTerms { currency: dollars, terms: Terms { lifetime: None, notice: 0, ..dear } };
        refused(corridor.act(deli(day(2)), for_ever).await);
    }

    async fn nobody_changes_alone_what_others_rely_on(store: Store) {
        let corridor = club(&store).await;
        let dollars = design(&corridor, deli_dollars(deli_terms())).await;
        let terms = Terms { refund: 0, ..deli_terms() };
        let close = Close { currency: dollars, days: 60, reason: "Away.".into() };
        assert_eq!(refused(corridor.act(by(ADA), ChangeTerms { currency: dollars, terms }).await).code, "by_decision_only");
        assert_eq!(refused(corridor.act(by(ADA), Retire { currency: dollars }).await).code, "by_decision_only");
        assert_eq!(refused(corridor.act(by(ADA), close).await).code, "by_decision_only");
    }

    async fn a_design_that_deceives_or_makes_no_sense_is_refused(store: Store) {
        let corridor = club(&store).await;
        design(&corridor, deli_dollars(deli_terms())).await;
        let other = || Design { code: "OTHER".into(), ..deli_dollars(deli_terms()) };
        let with = |terms: Terms| Design { terms, ..other() };
        let credit = |terms: Terms| Design { kind: CurrencyKind::MutualCredit, ..with(terms) };
        let plain = Terms { price: None, cap: None, lifetime: None, refund: 0, ..deli_terms() };
        let price = |give, get| Some(Price { currency: ACORNS, give: Amount(give), get: Amount(get) });
        for (wrong, code) in [
            (Design { code: "deli".into(), ..other() }, "code_taken"),
            (Design { code: "GBP".into(), ..other() }, "code_reserved"),
            (Design { code: "D!".into(), ..other() }, "code_wrong"),
            (Design { symbol: "£".into(), ..other() }, "symbol_reserved"),
            (Design { symbol: "\u{202e}$D".into(), ..other() }, "symbol_wrong"),
            (Design { name: " \n ".into(), ..other() }, "name_wrong"),
            (Design { decimals: 7, ..other() }, "decimals_wrong"),
            (Design { kind: CurrencyKind::Conventional, ..other() }, "kind_elsewhere"),
            (with(Terms { cap: Some(Amount(0)), ..deli_terms() }), "cap_wrong"),
            (with(Terms { cap: None, ..deli_terms() }), "cap_wrong"),
            (with(Terms { price: price(0, 100), ..deli_terms() }), "price_wrong"),
            (with(Terms { backing: " ".into(), ..deli_terms() }), "backing_missing"),
            (with(Terms { levy: 250_001, ..deli_terms() }), "levy_wrong"),
            (with(Terms { demurrage: -1, ..deli_terms() }), "demurrage_wrong"),
            (with(Terms { lifetime: Some(30), ..deli_terms() }), "days_wrong"),
            (with(Terms { issuers: Vec::new(), ..deli_terms() }), "issuers_missing"),
            (credit(Terms { min: Amount(-1), max: Amount(1), ..deli_terms() }), "not_for_this_kind"),
            (credit(Terms { min: Amount(0), max: Amount(1), ..plain.clone() }), "nobody_may_owe"),
            (credit(Terms { min: Amount(-1), max: Amount(0), ..plain.clone() }), "limits_wrong"),
            (credit(Terms { min: Amount(-1), max: Amount(1), soft_min: Some(Amount(-2)), ..plain }), "soft_wrong"),
        ] {
            let tried = format!("{wrong:?}");
            assert_eq!(refused(corridor.act(by(ADA), wrong).await).code, code, "{tried}");
        }
    }
}
