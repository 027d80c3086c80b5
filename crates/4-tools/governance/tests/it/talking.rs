//! The stories of what surrounds a decision, on both engines: talk, what came of it, what follows, and the register.

use crate::choosing::{DAY, ask, choose, open, with};
use crate::story::{ADA, BEN, CAM, NOW, by, by_majority, code, migrations, paint, paint_of, state, vote};
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_corridor::look::Viewer;
use planet_governance::choice::ask::Ask;
use planet_governance::choice::views::Ballots;
use planet_governance::register::{Entered, Register};
use planet_governance::talk::acts::{FollowUp, FollowUpDone, Remark, Reword, StateOutcome, Unsay};
use planet_governance::talk::due::Due;
use planet_governance::talk::hearing::Respond;
use planet_governance::talk::views::Talk;
use planet_governance::views::Decision;
use planet_kit::testing::new;
use planet_ontology::ids::{GroupId, MemberId, ProposalId};
use planet_ontology::roles::{Mode, Role};
use planet_ontology::units::Moment;
use planet_store::{Store, both_engines, sql};
use uuid::Uuid;

fn remark(proposal: ProposalId, text: &str, kind: &str, answers: Option<Uuid>) -> Remark {
    Remark { proposal, text: text.into(), kind: kind.into(), answers }
}

async fn talk(corridor: &Corridor, member: MemberId, id: ProposalId, at: i64) -> Talk {
    let viewer = corridor.viewer(member).await.unwrap();
    corridor.view(&viewer, Decision { id }, NOW.plus_seconds(at)).await.unwrap().talk
}

async fn register(corridor: &Corridor, member: MemberId, wanted: Register) -> Vec<Entered> {
    let viewer = corridor.viewer(member).await.unwrap();
    corridor.view(&viewer, wanted, NOW.plus_seconds(100 * DAY)).await.unwrap()
}

fn words(q: &str) -> Register {
    Register { q: Some(q.into()), ..Register::default() }
}

/// A painting that both others agreed to.
async fn painted(corridor: &Corridor, colour: &str) -> ProposalId {
    let id = paint(corridor, colour).await;
    for member in [ADA, BEN] {
        vote(corridor, member, id, "yes", "").await.unwrap();
    }
    id
}

both_engines! { migrations();

    async fn members_give_reasons_and_answer_each_other(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let id = paint(&corridor, "red").await;
        let say = |member, remark: Remark| {
            let corridor = corridor.clone();
            let now = if member == CAM { NOW } else { NOW.plus_seconds(60) };
            async move { corridor.act(by(member, now), remark).await.map(|done| done.output.unwrap()) }
        };
        let first = say(BEN, remark(id, " Red is warm. ", "pro", None)).await.unwrap();
        let answer = say(CAM, remark(id, "And loud.", "con", Some(first))).await.unwrap();
        // However deep answers go, they stand below what began the thread.
        say(BEN, remark(id, "Loud is fine.", "remark", Some(answer))).await.unwrap();
        let shown = talk(&corridor, ADA, id, 0).await;
        assert_eq!((shown.said.len(), shown.said[0].text.as_str(), shown.said[0].kind.as_str()), (1, "Red is warm.", "pro"));
        let answers: Vec<&str> = shown.said[0].answers.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(answers, ["And loud.", "Loud is fine."]);
        assert!(!shown.said[0].own && talk(&corridor, BEN, id, 0).await.said[0].own);
        for (wrong, why) in [
            (remark(id, " ", "pro", None), "text_missing"),
            (remark(id, &"x".repeat(4_001), "pro", None), "text_too_long"),
            (remark(id, "Hm.", "shout", None), "remark_kind"),
            (remark(id, "Hm.", "remark", Some(Uuid::from_u128(7))), "remark_unknown"),
        ] {
            assert_eq!(code(say(BEN, wrong).await), why);
        }
        let other = paint(&corridor, "blue").await;
        assert_eq!(code(say(BEN, remark(other, "Hm.", "remark", Some(first))).await), "remark_unknown");
    }

    async fn whoever_takes_back_what_they_said_is_not_quoted_anywhere(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let id = paint(&corridor, "red").await;
        let said = corridor.act(by(BEN, NOW), remark(id, "A secret about Cam.", "remark", None)).await.unwrap().output.unwrap();
        assert_eq!(code(corridor.act(by(CAM, NOW), Unsay { proposal: id, remark: said }).await), "remark_of_others");
        corridor.act(by(BEN, NOW), Unsay { proposal: id, remark: said }).await.unwrap();
        assert_eq!(talk(&corridor, ADA, id, 0).await.said[0].text, "");
        let bodies = store.read(|tx| tx.rows::<(String,)>(sql!("SELECT body FROM events"), &[])).await.unwrap();
        assert!(bodies.iter().all(|(body,)| !body.contains("A secret about Cam")));
    }

    async fn who_said_something_can_put_it_in_other_words_that_are_marked(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let id = paint(&corridor, "red").await;
        let said = corridor.act(by(BEN, NOW), remark(id, "Red is worm.", "remark", None)).await.unwrap().output.unwrap();
        let again = |text: &str, kind: &str| Reword { proposal: id, remark: said, text: text.into(), kind: kind.into() };
        assert_eq!(code(corridor.act(by(CAM, NOW), again("Red is cold.", "con")).await), "remark_of_others");
        for (text, kind, why) in [(" ", "pro", "text_missing"), ("Hm.", "shout", "remark_kind")] {
            assert_eq!(code(corridor.act(by(BEN, NOW), again(text, kind)).await), why);
        }
        assert!(!talk(&corridor, ADA, id, 0).await.said[0].edited);
        corridor.act(by(BEN, NOW), again("Red is warm.", "pro")).await.unwrap();
        let shown = &talk(&corridor, ADA, id, 0).await.said[0];
        assert_eq!((shown.text.as_str(), shown.kind.as_str(), shown.edited), ("Red is warm.", "pro", true));
        // Taking it back takes both wordings out of the log.
        corridor.act(by(BEN, NOW), Unsay { proposal: id, remark: said }).await.unwrap();
        let bodies = store.read(|tx| tx.rows::<(String,)>(sql!("SELECT body FROM events"), &[])).await.unwrap();
        assert!(bodies.iter().all(|(body,)| !body.contains("Red is w")));
    }

    async fn whoever_it_is_about_is_told_and_heard(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let id = paint_of(&corridor, BEN).await;
        let respond = |text: &str| Respond { proposal: id, text: text.into() };
        let due = |member| {
            let corridor = corridor.clone();
            async move {
                let viewer = corridor.viewer(member).await.unwrap();
                corridor.view(&viewer, Due {}, NOW).await.unwrap().into_iter().map(|it| it.kind).collect::<Vec<_>>()
            }
        };
        assert_eq!((due(BEN).await, due(CAM).await), (vec!["hearing"], vec![]));
        assert_eq!(code(corridor.act(by(CAM, NOW), respond("Paint it.")).await), "not_about_you");
        assert_eq!(code(corridor.act(by(BEN, NOW), respond(&"x".repeat(4_001))).await), "text_too_long");
        corridor.act(by(BEN, NOW), respond(" My wall stays white. ")).await.unwrap();
        assert!(due(BEN).await.is_empty());
        let heard = talk(&corridor, CAM, id, 0).await.hearing.unwrap();
        assert_eq!((heard.who.text.as_str(), heard.who.handle.as_str(), heard.may_respond), ("My wall stays white.", "ben", false));
        assert!(talk(&corridor, BEN, id, 0).await.hearing.unwrap().may_respond);
        // Taken back, it is gone from the log as well.
        corridor.act(by(BEN, NOW), respond("")).await.unwrap();
        let bodies = store.read(|tx| tx.rows::<(String,)>(sql!("SELECT body FROM events"), &[])).await.unwrap();
        assert!(bodies.iter().all(|(body,)| !body.contains("stays white")));
        for member in [ADA, CAM] {
            vote(&corridor, member, id, "no", "").await.unwrap();
        }
        assert_eq!(code(corridor.act(by(BEN, NOW), respond("Thanks.")).await), "proposal_closed");
        let other = paint(&corridor, "blue").await;
        assert!(talk(&corridor, BEN, other, 0).await.hearing.is_none());
    }

    async fn what_is_due_waits_for_those_whom_it_concerns_until_it_is_seen_to(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let id = painted(&corridor, "green").await;
        let stated = |review| StateOutcome { proposal: id, text: "We painted it.".into(), review };
        corridor.act(by(BEN, NOW), stated(Some(NOW.plus_seconds(30 * DAY)))).await.unwrap();
        let due = NOW.plus_seconds(20 * DAY);
        let task = FollowUp { proposal: id, text: "Buy paint.".into(), owner: Some("cam".into()), due };
        let taken = corridor.act(by(ADA, NOW), task).await.unwrap().output.unwrap();
        let waits = |member, day: i64| {
            let corridor = corridor.clone();
            async move {
                let viewer = corridor.viewer(member).await.unwrap();
                let due = corridor.view(&viewer, Due {}, NOW.plus_seconds(day * DAY)).await.unwrap();
                due.into_iter().map(|it| it.kind).collect::<Vec<_>>()
            }
        };
        assert!(waits(CAM, 12).await.is_empty(), "more than a week before");
        assert_eq!(waits(CAM, 14).await, ["follow_up"]);
        assert!(waits(ADA, 29).await.is_empty());
        // Ada proposed it and Ben said what came of it; Cam does something else.
        for (member, kinds) in [(ADA, vec!["review"]), (BEN, vec!["review"]), (CAM, vec!["follow_up"])] {
            assert_eq!(waits(member, 30).await, kinds);
        }
        corridor.act(by(CAM, NOW), FollowUpDone { proposal: id, follow_up: taken, done: true }).await.unwrap();
        assert!(waits(CAM, 30).await.is_empty());
        corridor.act(by(ADA, NOW.plus_seconds(30 * DAY)), stated(None)).await.unwrap();
        assert!(waits(ADA, 31).await.is_empty() && waits(BEN, 31).await.is_empty());
    }

    async fn what_came_of_it_and_what_follows_is_said_when_it_is_decided(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let open = paint(&corridor, "red").await;
        let statement = |proposal, review| StateOutcome { proposal, text: "We painted it.".into(), review };
        let task = |proposal, due| FollowUp { proposal, text: "Buy paint.".into(), owner: Some("@cam".into()), due };
        let soon = NOW.plus_seconds(DAY);
        assert_eq!(code(corridor.act(by(ADA, NOW), statement(open, None)).await), "still_open");
        assert_eq!(code(corridor.act(by(ADA, NOW), task(open, soon)).await), "still_open");
        let id = painted(&corridor, "green").await;
        assert_eq!(code(corridor.act(by(ADA, NOW), statement(id, Some(NOW))).await), "review_past");
        assert_eq!(code(corridor.act(by(ADA, NOW), task(id, NOW)).await), "due_past");
        let nobody = FollowUp { owner: Some("dora".into()), ..task(id, soon) };
        assert_eq!(code(corridor.act(by(ADA, NOW), nobody).await), "owner_unknown");
        corridor.act(by(ADA, NOW), statement(id, Some(soon))).await.unwrap();
        let taken = corridor.act(by(ADA, NOW), task(id, soon)).await.unwrap().output.unwrap();
        let shown = talk(&corridor, BEN, id, 2 * DAY).await;
        assert_eq!(shown.statement.unwrap().text, "We painted it.");
        assert_eq!((shown.follow_ups[0].handle.as_str(), shown.follow_ups[0].late), ("cam", true));
        corridor.act(by(CAM, NOW), FollowUpDone { proposal: id, follow_up: taken, done: true }).await.unwrap();
        assert!(!talk(&corridor, BEN, id, 2 * DAY).await.follow_ups[0].late);
        let entered = register(&corridor, BEN, Register::default()).await;
        assert_eq!((entered[0].statement.as_deref(), entered[0].review_due), (Some("We painted it."), true));
    }

    async fn the_register_has_every_decision_with_its_number_and_its_place_in_the_log(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let green = painted(&corridor, "green").await;
        let question = open(&corridor, ask("approval", &["red", "50% grey"])).await;
        choose(&corridor, ADA, question, &[(1, 1)]).await;
        corridor.perform_due(NOW.plus_seconds(DAY)).await.unwrap();
        assert_eq!(state(&corridor, question).await.0, "done");
        paint(&corridor, "blue").await;
        let all = register(&corridor, CAM, Register::default()).await;
        let told: Vec<(i64, ProposalId, &str)> = all.iter().map(|it| (it.number, it.id, it.state.as_str())).collect();
        assert_eq!(told, [(2, question, "done"), (1, green, "done")], "what is open is not in it");
        assert_eq!((all[1].counts.yes, all[1].voted, all[1].counts.electorate), (2, 2, 3));
        assert_eq!((&all[1].method, all[1].performed.as_slice()), (&None, ["hall.paint".to_owned()].as_slice()));
        assert_eq!((all[0].method.as_deref(), all[0].voted, all[0].performed.len()), (Some("approval"), 1, 0));
        let viewer = corridor.viewer(CAM).await.unwrap();
        let history = corridor.view(&viewer, Decision { id: question }, NOW.plus_seconds(DAY)).await.unwrap().history;
        assert_eq!((history.number, history.ended), (Some(2), Some(all[0].ended)));
        assert_eq!(history.proof.unwrap().commitment, all[0].proof.as_ref().unwrap().commitment);
        let proof = all[1].proof.clone().unwrap();
        let (commitment,) = store
            .read(move |tx| tx.one::<([u8; 32],)>(sql!("SELECT commitment FROM events WHERE id = ?1"), &[&proof.event]))
            .await
            .unwrap();
        assert_eq!(planet_ontology::hex::encode(&commitment), proof.commitment);
        assert!(all[0].proof.is_some());
        for (q, found) in [("GREEN", 1), ("50%", 1), ("%", 1), ("_", 0), ("hall is grey", 1), ("purple", 0)] {
            assert_eq!(register(&corridor, CAM, words(q)).await.len(), found, "{q}");
        }
        let failed = Register { state: Some("failed".into()), ..Register::default() };
        assert!(register(&corridor, CAM, failed).await.is_empty());
        let early = Register { before: Some(all[0].ended.0), ..Register::default() };
        assert_eq!(register(&corridor, CAM, early).await.len(), 1);
    }

    async fn who_is_not_in_the_group_hears_nothing_of_it(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let id = painted(&corridor, "green").await;
        let said = corridor.act(by(BEN, NOW), remark(id, "Fresh.", "pro", None)).await.unwrap().output.unwrap();
        store.write(|tx| agents::set_role(tx, CAM.into(), GroupId::CLUB, Role::None, NOW)).await.unwrap();
        assert!(register(&corridor, CAM, Register { all: true, ..Register::default() }).await.is_empty());
        let viewer = corridor.viewer(CAM).await.unwrap();
        assert_eq!(code(corridor.view(&viewer, Decision { id }, NOW).await), "proposal_unknown");
        assert_eq!(code(corridor.act(by(CAM, NOW), remark(id, "Hm.", "remark", Some(said))).await), "proposal_unknown");
        let due = Moment(NOW.0 + 1);
        let task = FollowUp { proposal: id, text: "Listen.".into(), owner: None, due };
        assert_eq!(code(corridor.act(by(CAM, NOW), task).await), "proposal_unknown");
        let owner = FollowUp { proposal: id, text: "Listen.".into(), owner: Some("cam".into()), due };
        assert_eq!(code(corridor.act(by(ADA, NOW), owner).await), "owner_unknown");
    }

    async fn neither_other_members_nor_strangers_see_what_a_closed_group_says_and_decides(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let circle = GroupId(Uuid::from_u128(0xc1));
        store
            .write(move |tx| {
                agents::create_group(tx, circle, &new("circle", "Circle"), Mode::Chat, false)?;
                agents::set_role(tx, ADA.into(), circle, Role::Member, NOW)?;
                agents::set_role(tx, BEN.into(), circle, Role::Member, NOW)
            })
            .await
            .unwrap();
        let id = open(&corridor, Ask { group: circle, ..ask("one", &["tea", "coffee"]) }).await;
        let said = corridor.act(by(BEN, NOW), remark(id, "Tea.", "pro", None)).await.unwrap().output.unwrap();
        choose(&corridor, BEN, id, &[(0, 1)]).await;
        corridor.perform_due(NOW.plus_seconds(DAY)).await.unwrap();
        let stated = StateOutcome { proposal: id, text: "Tea it is.".into(), review: Some(NOW.plus_seconds(2 * DAY)) };
        corridor.act(by(ADA, NOW.plus_seconds(DAY)), stated).await.unwrap();
        assert_eq!(register(&corridor, BEN, words("tea it is")).await.len(), 1);
        let later = NOW.plus_seconds(3 * DAY);
        let cam = corridor.viewer(CAM).await.unwrap();
        for (viewer, told) in [(&cam, "proposal_unknown"), (&Viewer::guest(), "not_signed_in")] {
            assert_eq!(code(corridor.view(viewer, Decision { id }, later).await), told);
            assert_eq!(code(corridor.view(viewer, Ballots { id }, later).await), told);
        }
        assert!(register(&corridor, CAM, words("")).await.is_empty());
        assert!(corridor.view(&cam, Due {}, later).await.unwrap().is_empty());
        assert_eq!(code(corridor.view(&Viewer::guest(), Register::default(), later).await), "not_signed_in");
        assert_eq!(code(corridor.view(&Viewer::guest(), Due {}, later).await), "not_signed_in");
        let reword = Reword { proposal: id, remark: said, text: "Coffee.".into(), kind: "pro".into() };
        assert_eq!(code(corridor.act(by(CAM, NOW), reword).await), "proposal_unknown");
        // Whoever leaves the group has nothing of it waiting any more.
        assert_eq!(corridor.view(&corridor.viewer(ADA).await.unwrap(), Due {}, later).await.unwrap().len(), 1);
        store.write(move |tx| agents::set_role(tx, ADA.into(), circle, Role::None, NOW)).await.unwrap();
        assert!(corridor.view(&corridor.viewer(ADA).await.unwrap(), Due {}, later).await.unwrap().is_empty());
    }
}
