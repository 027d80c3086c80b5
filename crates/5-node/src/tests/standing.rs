//! Standing payments under real rules: whoever is suspended on the day does not pay, and finds out why.

use super::street::{ADA, BEN, NOW, Street, browser, by, text};
use crate::house;
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_ontology::calendar::{Every, day_of};
use planet_ontology::roles::Standing;
use planet_ontology::units::{Amount, Moment};
use planet_store::{Store, both_engines};
use planet_wallet::acts::standing::Schedule;
use planet_wallet::rows::standing;
use planet_wallet::views::Wallet;

const DAY: i64 = 86_400;

/// What Ben has.
async fn bens(street: &Street, now: Moment) -> Amount {
    let viewer = street.corridor.viewer(BEN).await.unwrap();
    street.corridor.view(&viewer, Wallet::default(), now).await.unwrap().balances[0].balance
}

both_engines! { house::migrations();

    async fn whoever_is_suspended_on_the_day_does_not_pay_and_finds_out_why(store: Store) {
        let street = Street::new(&store).await;
        let act = Schedule {
            to: BEN.into(),
            amount: Amount(500),
            memo: "rent".into(),
            every: Every::Week,
            first: day_of(NOW.plus_seconds(DAY)).to_string(),
            last: None,
            from: None,
            currency: None,
        };
        let id = street.corridor.act(by(Actor::Member(ADA)), act).await.unwrap().output.unwrap();
        let standing_of = |standing| store.write(move |tx| agents::set_standing(tx, ADA.into(), standing));
        let before = bens(&street, NOW).await;
        standing_of(Standing::Suspended).await.unwrap();
        for day in 2..8 {
            street.corridor.perform_due(NOW.plus_seconds(day * DAY)).await.unwrap();
        }
        assert_eq!(bens(&street, NOW).await, before);
        let row = store.read(move |tx| standing::find(tx, id)).await.unwrap().unwrap();
        assert_eq!((row.state.as_str(), row.refusals, row.number), ("paused", 4, 0));
        assert!(row.why.unwrap().starts_with("You are suspended for the time being."));
        standing_of(Standing::Active).await.unwrap();
        let page = text(street.send(browser("GET", "/waiting", None, "")).await).await;
        assert!(page.contains("Your standing payment to Ben"), "{page}");
    }
}
