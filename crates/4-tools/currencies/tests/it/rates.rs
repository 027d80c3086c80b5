//! Rates: posted by those who exchange, referred to by the club, kept for ever.

use crate::cast::*;
use planet_corridor::actor::Actor;
use planet_currencies::acts::ending::Close;
use planet_currencies::acts::hold::Hold;
use planet_currencies::acts::rates::{PostGroupRate, PostRate, SetReference, WithdrawRate};
use planet_currencies::views::Rates;
use planet_ontology::ids::{CurrencyId, GroupId, ProposalId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Store, both_engines};

fn rate(to: CurrencyId, give: i64, get: i64) -> PostRate {
    PostRate { from: ACORNS, to, give: Amount(give), get: Amount(get), until: None }
}

both_engines! { migrations();

    async fn the_best_rate_comes_first_and_a_new_one_replaces_the_old(store: Store) {
        let corridor = club(&store).await;
        let dollars = design(&corridor, deli_dollars(deli_terms())).await;
        assert_eq!(refused(corridor.act(by(BEN), rate(dollars, 95, 100)).await).code, "rate_not_held");
        for member in [BEN, DORA] {
            corridor.act(by(member), Hold { currency: dollars, owner: None }).await.unwrap();
        }
        corridor.act(by(BEN), rate(dollars, 95, 100)).await.unwrap();
        corridor.act(by(DORA), PostRate { until: Some(day(2)), ..rate(dollars, 93, 100) }).await.unwrap();
        let posted = corridor.act(at(Actor::Member(BEN), day(1)), rate(dollars, 94, 100)).await.unwrap();
        let seen = async |query: Rates, now: Moment| {
            let viewer = corridor.viewer(BEN).await.unwrap();
            let view = corridor.view(&viewer, query, now).await.unwrap();
            view.rates.iter().map(|it| it.give.0).collect::<Vec<_>>()
        };
        assert_eq!(seen(Rates::default(), day(1)).await, [93, 94]);
        assert_eq!(seen(Rates::default(), day(3)).await, [94], "Dora's ended");
        let pair = || Rates { from: Some(ACORNS), to: Some(dollars) };
        assert_eq!(seen(pair(), day(3)).await.len(), 3, "the course is kept");
        let withdraw = WithdrawRate { rate: posted.output.unwrap() };
        corridor.act(at(Actor::Member(BEN), day(3)), withdraw.clone()).await.unwrap();
        assert_eq!(refused(corridor.act(at(Actor::Member(BEN), day(4)), withdraw).await).code, "rate_unknown");
        assert_eq!(seen(Rates::default(), day(4)).await, [0; 0]);
    }

    async fn a_rate_of_nothing_or_one_that_cannot_be_meant_is_refused(store: Store) {
        let corridor = club(&store).await;
        let dollars = design(&corridor, deli_dollars(deli_terms())).await;
        corridor.act(by(BEN), Hold { currency: dollars, owner: None }).await.unwrap();
        for (give, get) in [(0, 100), (100, 0), (-1, 1), (1, 1_000_000_001), (i64::MAX, i64::MAX)] {
            assert_eq!(refused(corridor.act(by(BEN), rate(dollars, give, get)).await).code, "rate_wrong", "{give} {get}");
        }
        assert_eq!(refused(corridor.act(by(BEN), rate(ACORNS, 1, 1)).await).code, "rate_itself");
        for until in [NOW, day(-1), day(400)] {
            let wrong = PostRate { until: Some(until), ..rate(dollars, 95, 100) };
            assert_eq!(refused(corridor.act(by(BEN), wrong).await).code, "rate_ended");
        }
        corridor.act(by(BEN), rate(dollars, 95, 100)).await.unwrap();
        // With the currency its rates end.
        corridor.act(deli(day(1)), Close { currency: dollars, days: 30, reason: "Away.".into() }).await.unwrap();
        let viewer = corridor.viewer(BEN).await.unwrap();
        assert!(corridor.view(&viewer, Rates::default(), day(1)).await.unwrap().rates.is_empty());
        let late = corridor.act(at(Actor::Member(BEN), day(1)), rate(dollars, 95, 100)).await;
        assert_eq!(refused(late).code, "currency_closing");
    }

    async fn a_group_exchanges_at_what_its_members_decide(store: Store) {
        let corridor = club(&store).await;
        let dollars = design(&corridor, deli_dollars(deli_terms())).await;
        let offer = PostGroupRate { group: DELI, from: ACORNS, to: dollars, give: Amount(1), get: Amount(1_000), until: None };
        assert_eq!(refused(corridor.act(by(ADA), offer.clone()).await).code, "by_decision_only");
        corridor.act(deli(NOW), offer).await.unwrap();
        let viewer = corridor.viewer(DORA).await.unwrap();
        let view = corridor.view(&viewer, Rates::default(), NOW).await.unwrap();
        assert_eq!(view.rates.iter().filter_map(|it| it.by.as_ref()).map(|it| it.name.as_str()).collect::<Vec<_>>(), ["Deli"]);
    }

    async fn the_club_refers_to_a_rate_by_decision(store: Store) {
        let corridor = club(&store).await;
        let dollars = design(&corridor, deli_dollars(deli_terms())).await;
        let refer = SetReference { from: ACORNS, to: dollars, give: Amount(1), get: Amount(1) };
        assert_eq!(refused(corridor.act(by(ADA), refer.clone()).await).code, "by_decision_only");
        let club = Actor::Group { id: GroupId::CLUB, mandate: ProposalId(uuid::Uuid::from_u128(2)) };
        corridor.act(at(club, NOW), refer).await.unwrap();
        let viewer = corridor.viewer(DORA).await.unwrap();
        let view = corridor.view(&viewer, Rates::default(), NOW).await.unwrap();
        assert_eq!(view.rates.iter().map(|it| it.origin.as_str()).collect::<Vec<_>>(), ["reference"]);
    }
}
