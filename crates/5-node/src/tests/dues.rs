//! Dues and shares under real rules and with the real wallet: whoever leaves by the front door is repaid, and it can be proven.

use super::street::{ADA, BEN, NOW, Street, browser, text};
use crate::house;
use planet_corridor::actor::Actor;
use planet_corridor::task::{Call, Done};
use planet_dues::rows::{lines, people, shares};
use planet_dues::views::register::EntryPage;
use planet_ledger::account_of;
use planet_ontology::ids::{ActKey, GroupId, ProposalId};
use planet_ontology::units::Moment;
use planet_store::{Store, both_engines};
use serde_json::{Value, json};
use uuid::Uuid;

async fn does(street: &Street, who: impl Into<Actor>, now: Moment, act: &str, args: Value) -> Done<Value> {
    let call = Call { actor: who.into(), key: ActKey(Uuid::new_v4()), now };
    street.corridor.act_named(call, act, args).await.unwrap_or_else(|fault| panic!("{act}: {fault}"))
}

/// The members have decided.
async fn decided(street: &Street) {
    let terms = json!({ "terms": {
        "joining_fee": 1_000, "dues": 500, "every": "month", "first": "2026-12-01", "share_price": 2_000, "least_shares": 1,
        "most_shares": 3, "notice_days": 30, "keep_years": 10, "hardship": "Ask Ada.",
    } });
    let opened = does(street, BEN, NOW, "dues.set_terms", terms.clone()).await;
    assert!(opened.proposal.is_some() && opened.output.is_none(), "no single member sets what others pay");
    let club = Actor::Group { id: GroupId::CLUB, mandate: ProposalId(Uuid::new_v4()) };
    does(street, club, NOW, "dues.set_terms", terms).await;
    street.corridor.perform_due(NOW).await.unwrap();
}

both_engines! { house::migrations();

    async fn whoever_leaves_by_the_front_door_is_repaid_and_it_can_be_proven(store: Store) {
        let street = Street::new(&store).await;
        decided(&street).await;
        does(&street, Actor::House, NOW, "dues.welcome", json!({ "member": BEN })).await;
        let owed = store.read(|tx| lines::of(tx, BEN, 10)).await.unwrap();
        let kinds: Vec<&str> = owed.iter().map(|it| it.kind.as_str()).collect();
        assert_eq!(kinds, ["joining", "dues"], "what is due first is at the end");
        does(&street, BEN, NOW, "dues.pay", json!({ "line": owed[1].id })).await;
        does(&street, BEN, NOW, "dues.buy_shares", json!({ "number": 2, "price": 4_000 })).await;
        let later = NOW.plus_seconds(35 * 86_400);
        does(&street, BEN, later, "membership.leave", json!({})).await;
        let gone = store.read(|tx| people::chosen(tx, BEN)).await.unwrap();
        assert_eq!(gone.left_at, Some(later));
        let open = store.read(|tx| shares::open_repayments(tx, 10)).await.unwrap();
        let [it] = open.as_slice() else { panic!("{open:?}") };
        assert_eq!((it.number, it.due), (2, later.plus_seconds(30 * 86_400)));
        does(&street, ADA, it.due, "dues.repay", json!({ "repayment": it.id })).await;
        // 500 and 4,000 went to the club; 4,000 less the joining fee came back.
        let currency = it.currency;
        let account = store.read(move |tx| account_of(tx, BEN.into(), currency)).await.unwrap().unwrap();
        assert_eq!(account.balance().0, -500 - 4_000 + 3_000);
        let viewer = street.corridor.viewer(ADA).await.unwrap();
        let entry = street.corridor.view(&viewer, EntryPage { handle: "ben".into() }, it.due).await.unwrap();
        let proven: Vec<_> = entry.proven.iter().map(|it| (it.what.as_str(), it.event.is_some())).collect();
        assert_eq!(proven, [("joined", false), ("bought", true), ("left", true), ("repaid", true)]);
        let audit = store.read(planet_ledger::audit).await.unwrap();
        assert_eq!(audit.problems, Vec::<String>::new());
    }

    async fn what_is_due_waits_and_is_counted_at_the_bell(store: Store) {
        let street = Street::new(&store).await;
        let waits = |tx: &mut planet_store::Tx| house::waiting(tx, ADA, NOW);
        let before = store.read(waits).await.unwrap();
        decided(&street).await;
        let page = text(street.send(browser("GET", "/waiting", None, "")).await).await;
        assert!(page.contains("A share that every member holds"), "{page}");
        // Dues that are due within a week would be there too; these are due in eight days. And the proposal is there to vote on.
        assert!(!page.contains("Dues to be paid"), "{page}");
        let after = store.read(waits).await.unwrap();
        assert_eq!(after - before, 2);
        let soon = store.read(|tx| house::waiting(tx, ADA, NOW.plus_seconds(2 * 86_400))).await.unwrap();
        assert_eq!(soon - after, 1);
    }
}
