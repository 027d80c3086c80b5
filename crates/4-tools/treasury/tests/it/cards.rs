//! Card payments as the house hears of them: booked once, on what the processor answers, and only if it is what was asked.

use crate::club::{BEN, CLEO, NOW, TOM, announce, at, by, claim, club, migrations, page, refused};
use planet_corridor::actor::Actor;
use planet_corridor::corridor::Corridor;
use planet_corridor::task::Call;
use planet_ontology::ids::{ActKey, CurrencyId, PayInId};
use planet_ontology::units::Amount;
use planet_store::{Store, both_engines, sql};
use planet_treasury::acts::cards::{
    AskCardBack, CardHint, CardLook, CardPrepared, CardTold, RefundTold, SendCardBack,
};
use planet_treasury::acts::pay_in::{ConfirmPayIn, WithdrawPayIn};
use planet_treasury::acts::pay_out::SendPayOut;
use planet_treasury::rows::cards;
use planet_treasury::views::card::CardPage;
use planet_treasury::views::passages::PayInPage;
use uuid::Uuid;

fn house() -> Call {
    Call { actor: Actor::House, key: ActKey(Uuid::new_v4()), now: NOW }
}

/// What the processor answers when all is well.
fn told(pay_in: PayInId, status: &str, amount: i64) -> CardTold {
    CardTold {
        pay_in,
        intent: "pi_1".into(),
        status: status.into(),
        amount: Amount(amount),
        iso: "EUR".into(),
        ours: true,
        problem: String::new(),
    }
}

async fn tell(corridor: &Corridor, told: CardTold) -> String {
    corridor.act(house(), told).await.unwrap().output.unwrap()
}

/// Ben announces 50.00 by card, and the worker has asked the processor.
async fn prepared(corridor: &Corridor, euro: CurrencyId) -> PayInId {
    let (pay_in, _) = announce(corridor, BEN, euro, 5_000, "card").await;
    let prepared = CardPrepared { pay_in, intent: "pi_1".into(), secret: "pi_1_secret_2".into() };
    assert_eq!(corridor.act(house(), prepared.clone()).await.unwrap().output, Some(true));
    let other = CardPrepared { intent: "pi_2".into(), ..prepared };
    assert_eq!(corridor.act(house(), other).await.unwrap().output, Some(false), "one payment, one intent");
    pay_in
}

both_engines! { migrations();

    async fn a_card_payment_is_booked_once_however_often_and_in_whatever_order_it_is_told(store: Store) {
        let (corridor, euro) = club(&store).await;
        let pay_in = prepared(&corridor, euro).await;
        assert_eq!(tell(&corridor, told(pay_in, "requires_action", 5_000)).await, "open");
        assert_eq!(tell(&corridor, CardTold { problem: "card_declined".into(), ..told(pay_in, "requires_payment_method", 5_000) }).await, "open");
        let viewer = corridor.viewer(BEN).await.unwrap();
        let seen = corridor.view(&viewer, CardPage { id: pay_in }, NOW).await.unwrap();
        assert_eq!((seen.problem.as_str(), seen.secret.as_str()), ("card_declined", "pi_1_secret_2"));
        assert_eq!(claim(&corridor, BEN, euro).await, None);
        for status in ["succeeded", "succeeded", "processing", "canceled", "requires_payment_method"] {
            assert_eq!(tell(&corridor, told(pay_in, status, 5_000)).await, "paid", "{status}");
        }
        assert_eq!(claim(&corridor, BEN, euro).await, Some((5_000, 5_000)));
        let books = page(&corridor, BEN).await.books;
        assert_eq!((books.at_cards, books.expected), (Amount(5_000), Amount(0)));
        assert_eq!(corridor.view(&viewer, CardPage { id: pay_in }, NOW).await.unwrap().secret, "", "and the secret is forgotten");
    }

    async fn what_was_not_asked_is_not_booked_but_looked_at(store: Store) {
        let (corridor, euro) = club(&store).await;
        for wrong in [
            |told: CardTold| CardTold { amount: Amount(4_999), ..told },
            |told: CardTold| CardTold { amount: Amount(i64::MAX), ..told },
            |told: CardTold| CardTold { iso: "GBP".into(), ..told },
            |told: CardTold| CardTold { ours: false, ..told },
        ] {
            let pay_in = prepared(&corridor, euro).await;
            assert_eq!(tell(&corridor, wrong(told(pay_in, "succeeded", 5_000))).await, "odd");
            let viewer = corridor.viewer(BEN).await.unwrap();
            assert!(corridor.view(&viewer, PayInPage { id: pay_in }, NOW).await.unwrap().odd);
        }
        let pay_in = prepared(&corridor, euro).await;
        assert_eq!(tell(&corridor, CardTold { intent: "pi_9".into(), ..told(pay_in, "succeeded", 5_000) }).await, "open", "of another payment");
        assert_eq!(claim(&corridor, BEN, euro).await, None);
        assert_eq!(refused(&corridor, by(TOM), ConfirmPayIn { pay_in, arrived: Amount(5_000) }).await, "other_way");
    }

    async fn a_message_counts_once_and_only_makes_us_look(store: Store) {
        let (corridor, euro) = club(&store).await;
        let pay_in = prepared(&corridor, euro).await;
        let look = CardLook { pay_in, tries: 0, next: NOW.plus_seconds(60) };
        assert_eq!(corridor.act(house(), look.clone()).await.unwrap().output, Some(true));
        assert_eq!(corridor.act(house(), look).await.unwrap().output, Some(false), "one worker at a time");
        let due = || store.read(|tx| cards::due(tx, NOW, 10));
        assert_eq!(due().await.unwrap(), []);
        let hint = |event: &str, intent: &str| CardHint { event: event.into(), intent: intent.into() };
        assert_eq!(corridor.act(house(), hint("evt_1", "pi_nobody")).await.unwrap().output, Some(true));
        assert_eq!(due().await.unwrap(), []);
        assert_eq!(corridor.act(house(), hint("evt_2", "pi_1")).await.unwrap().output, Some(true));
        assert_eq!(due().await.unwrap().len(), 1);
        assert_eq!(corridor.act(house(), hint("evt_2", "pi_1")).await.unwrap().output, Some(false));
        assert_eq!(claim(&corridor, BEN, euro).await, None, "a hint books nothing");
        let bodies: Vec<(String,)> = store.read(|tx| tx.rows(sql!("SELECT body FROM events"), &[])).await.unwrap();
        assert!(bodies.iter().all(|(body,)| !body.contains("secret_2")), "the secret is on no record");
    }

    async fn what_is_taken_back_before_the_processor_was_asked_is_never_asked(store: Store) {
        let (corridor, euro) = club(&store).await;
        let (early, _) = announce(&corridor, BEN, euro, 5_000, "card").await;
        corridor.act(by(BEN), WithdrawPayIn { pay_in: early }).await.unwrap();
        assert_eq!(store.read(|tx| cards::due(tx, NOW, 10)).await.unwrap(), []);
        let pay_in = prepared(&corridor, euro).await;
        corridor.act(by(BEN), WithdrawPayIn { pay_in }).await.unwrap();
        assert_eq!(store.read(|tx| cards::due(tx, NOW, 10)).await.unwrap().len(), 1, "it has to be given up");
        assert_eq!(tell(&corridor, told(pay_in, "succeeded", 5_000)).await, "paid", "he was quicker: it is his money");
        assert_eq!(claim(&corridor, BEN, euro).await, Some((5_000, 5_000)));
    }

    async fn what_was_paid_by_card_goes_back_as_a_transfer_of_its_own(store: Store) {
        let (corridor, euro) = club(&store).await;
        let pay_in = prepared(&corridor, euro).await;
        let back = |amount| AskCardBack { pay_in, amount: Amount(amount) };
        assert_eq!(refused(&corridor, by(BEN), back(100)).await, "other_way", "nothing has come yet");
        tell(&corridor, told(pay_in, "succeeded", 5_000)).await;
        assert_eq!(refused(&corridor, by(CLEO), back(100)).await, "pay_in_unknown");
        assert_eq!(refused(&corridor, by(BEN), back(5_001)).await, "more_than_paid");
        assert_eq!(refused(&corridor, by(BEN), back(i64::MAX)).await, "more_than_paid");
        let first = corridor.act(by(BEN), back(3_000)).await.unwrap().output.unwrap();
        assert_eq!(refused(&corridor, by(BEN), back(2_001)).await, "more_than_paid");
        let sent = SendPayOut { pay_out: first, sent_on: "2026-11-27".into(), bank_reference: String::new() };
        assert_eq!(refused(&corridor, by(TOM), sent).await, "other_way");
        corridor.act(by(TOM), SendCardBack { pay_out: first }).await.unwrap();
        assert_eq!(refused(&corridor, at(TOM, NOW), SendCardBack { pay_out: first }).await, "ended");
        assert_eq!(store.read(|tx| cards::refunds_due(tx, NOW, 10)).await.unwrap().len(), 1);
        let done = RefundTold { pay_out: first, refund: "re_1".into(), problem: String::new() };
        corridor.act(house(), done.clone()).await.unwrap();
        assert_eq!(refused(&corridor, house(), done).await, "ended");
        assert_eq!(claim(&corridor, BEN, euro).await, Some((2_000, 2_000)));
        let second = corridor.act(by(BEN), back(2_000)).await.unwrap().output.unwrap();
        corridor.act(by(TOM), SendCardBack { pay_out: second }).await.unwrap();
        let no = RefundTold { pay_out: second, refund: String::new(), problem: "charge_disputed".into() };
        corridor.act(house(), no).await.unwrap();
        assert_eq!(claim(&corridor, BEN, euro).await, Some((2_000, 2_000)), "refused, and given back");
        let books = page(&corridor, BEN).await.books;
        assert_eq!((books.at_cards, books.entrusted), (Amount(2_000), Amount(2_000)));
        assert_eq!(store.read(|tx| cards::refunds_due(tx, NOW, 10)).await.unwrap(), []);
    }
}
