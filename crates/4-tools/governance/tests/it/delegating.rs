//! The stories of members who vote for others, on both engines.

use crate::choosing::{DAY, ask, choose, file, open, with};
use crate::story::{
    ADA, BEN, CAM, NOW, by, by_majority, club, code, hall, migrations as rooms, paint, state, vote,
};
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_corridor::look::Viewer;
use planet_corridor::refusal::Fault;
use planet_governance::acts::Vote;
use planet_governance::choice::ask::Ask;
use planet_governance::delegates::acts::{Delegate, Undelegate};
use planet_governance::delegates::rows as delegations;
use planet_governance::delegates::views::{Delegates, DelegatesView};
use planet_governance::views::{Decision, Decisions, Detail};
use planet_kit::testing::new;
use planet_ontology::ids::{AgentId, GroupId, MemberId, ProposalId};
use planet_ontology::roles::{Mode, Role, Standing};
use planet_store::{Error, Migration, Store, both_engines};
use serde_json::json;
use std::time::{Duration, Instant};
use uuid::Uuid;

fn migrations() -> Vec<Migration> {
    [rooms(), planet_identity::rows::MIGRATIONS.to_vec()].concat()
}

fn by_the_end() -> serde_json::Value {
    json!({ "about": "More than half.", "open_for": "72h", "yes_share": { "share": "1/2", "strict": true } })
}

fn one(n: u128) -> MemberId {
    MemberId(Uuid::from_u128(0xd00 + n))
}

/// Members `one-0`, `one-1` and so on.
async fn more(store: &Store, count: u128) {
    store
        .write(move |tx| {
            (0..count).try_for_each(|n| {
                agents::create_member(tx, one(n), &new(&format!("one-{n}"), "One"), Role::Member, None)
            })
        })
        .await
        .unwrap();
}

async fn name_for(corridor: &Corridor, who: MemberId, to: &str, topic: &str) -> Result<(), Fault> {
    let act = Delegate { group: GroupId::CLUB, topic: topic.into(), to: to.into() };
    corridor.act(by(who, NOW), act).await.map(|_| ())
}

async fn take_back(corridor: &Corridor, who: MemberId, topic: &str) -> Result<(), Fault> {
    let act = Undelegate { group: GroupId::CLUB, topic: topic.into(), of: None };
    corridor.act(by(who, NOW), act).await.map(|_| ())
}

async fn detail(corridor: &Corridor, who: MemberId, id: ProposalId) -> Detail {
    let viewer = corridor.viewer(who).await.unwrap();
    corridor.view(&viewer, Decision { id }, NOW.plus_seconds(120)).await.unwrap()
}

async fn delegates(corridor: &Corridor, who: MemberId) -> DelegatesView {
    let viewer = corridor.viewer(who).await.unwrap();
    corridor.view(&viewer, Delegates::default(), NOW).await.unwrap()
}

async fn end(corridor: &Corridor) {
    corridor.perform_due(NOW.plus_seconds(4 * DAY)).await.unwrap();
}

async fn waits(corridor: &Corridor, who: MemberId) -> bool {
    let viewer = corridor.viewer(who).await.unwrap();
    let seen = corridor.view(&viewer, Decisions::default(), NOW.plus_seconds(120)).await.unwrap();
    seen.iter().any(|line| line.to_vote)
}

both_engines! { migrations();

    async fn a_vote_waits_for_nobody_whose_ballot_is_cast_by_whom_they_named(store: Store) {
        let corridor = club(&store, by_the_end()).await;
        name_for(&corridor, ADA, "ben", "").await.unwrap();
        let id = paint(&corridor, "green").await;
        assert!(waits(&corridor, ADA).await, "Ben may forget it");
        vote(&corridor, BEN, id, "yes", "").await.unwrap();
        assert!(!waits(&corridor, ADA).await && waits(&corridor, CAM).await);
        take_back(&corridor, ADA, "").await.unwrap();
        assert!(waits(&corridor, ADA).await);
    }

    async fn whoever_does_not_vote_has_their_ballot_cast_by_whom_they_named(store: Store) {
        let corridor = club(&store, by_the_end()).await;
        name_for(&corridor, ADA, "ben", "").await.unwrap();
        let id = paint(&corridor, "green").await;
        vote(&corridor, CAM, id, "no", "").await.unwrap();
        assert!(detail(&corridor, ADA, id).await.delegation.by.is_some_and(|by| !by.cast && by.handle == "ben"));
        vote(&corridor, BEN, id, "yes", "It is fresh.").await.unwrap();
        let seen = detail(&corridor, ADA, id).await;
        // One member, one vote: three ballots, each with a name beside it, and nowhere a two.
        assert_eq!((seen.tally.yes, seen.tally.no, seen.ballots.len()), (2, 1, 3));
        let mine = seen.ballots.iter().find(|it| it.agent == ADA.into()).unwrap();
        assert_eq!((mine.choice.as_str(), mine.reason.as_str()), ("yes", ""));
        assert_eq!(mine.via.as_ref().unwrap().handle, "ben");
        assert_eq!(seen.mine, None);
        let by = seen.delegation.by.unwrap();
        assert!(by.cast && by.choice.as_deref() == Some("yes"));
        let people: Vec<String> = detail(&corridor, BEN, id).await.delegation.people.into_iter().map(|it| it.handle).collect();
        assert_eq!(people, ["ada"]);
        end(&corridor).await;
        assert_eq!((state(&corridor, id).await.0.as_str(), hall(&corridor).await), ("done", vec!["green".to_owned()]));
        let after = detail(&corridor, ADA, id).await;
        assert_eq!((after.tally.yes, after.tally.no), (2, 1));
        assert_eq!(after.ballots.iter().find(|it| it.agent == ADA.into()).unwrap().via.as_ref().unwrap().handle, "ben");
        // What comes later does not reach back.
        take_back(&corridor, ADA, "").await.unwrap();
        assert_eq!(detail(&corridor, ADA, id).await.tally.yes, 2);
    }

    async fn ones_own_vote_goes_before_and_taking_back_holds_at_once(store: Store) {
        let corridor = club(&store, by_the_end()).await;
        name_for(&corridor, ADA, "@Ben", "").await.unwrap();
        name_for(&corridor, CAM, "ben", "").await.unwrap();
        let id = paint(&corridor, "green").await;
        vote(&corridor, BEN, id, "yes", "").await.unwrap();
        vote(&corridor, ADA, id, "no", "").await.unwrap();
        let tally = detail(&corridor, CAM, id).await.tally;
        assert_eq!((tally.yes, tally.no), (2, 1));
        take_back(&corridor, CAM, "").await.unwrap();
        assert_eq!(code(take_back(&corridor, CAM, "").await), "delegate_none");
        let tally = detail(&corridor, CAM, id).await.tally;
        assert_eq!((tally.yes, tally.no), (1, 1));
        end(&corridor).await;
        assert_eq!(state(&corridor, id).await.0, "failed");
    }

    async fn whoever_is_named_may_decline_and_nobody_takes_back_the_word_of_others(store: Store) {
        let corridor = club(&store, by_the_end()).await;
        name_for(&corridor, ADA, "ben", "money").await.unwrap();
        let decline = |who, topic: &str| {
            let act = Undelegate { group: GroupId::CLUB, topic: topic.into(), of: Some("ada".into()) };
            let corridor = corridor.clone();
            async move { corridor.act(by(who, NOW), act).await.map(|_| ()) }
        };
        assert_eq!(code(decline(CAM, "money").await), "delegate_none");
        assert_eq!(code(decline(BEN, "rules").await), "delegate_none");
        decline(BEN, "money").await.unwrap();
        assert!(delegates(&corridor, ADA).await.mine.is_empty());
    }

    async fn a_topic_goes_before_everything(store: Store) {
        let corridor = club(&store, by_the_end()).await;
        name_for(&corridor, ADA, "ben", "").await.unwrap();
        name_for(&corridor, ADA, "cam", "other").await.unwrap();
        let id = paint(&corridor, "green").await;
        vote(&corridor, BEN, id, "yes", "").await.unwrap();
        assert_eq!(detail(&corridor, ADA, id).await.tally.yes, 1, "painting is something else, and Cam has not voted");
        vote(&corridor, CAM, id, "no", "").await.unwrap();
        assert_eq!(detail(&corridor, ADA, id).await.tally.no, 2);
        take_back(&corridor, ADA, "other").await.unwrap();
        assert_eq!(detail(&corridor, ADA, id).await.tally.yes, 2);
        let seen = delegates(&corridor, CAM).await;
        let told: Vec<(&str, usize, usize)> =
            seen.speakers.iter().map(|it| (it.handle.as_str(), it.people.len(), it.people[0].topics.len())).collect();
        assert_eq!(told, [("ben", 1, 4)]);
    }

    async fn names_go_on_and_never_round(store: Store) {
        let corridor = club(&store, by_the_end()).await;
        name_for(&corridor, ADA, "ben", "").await.unwrap();
        name_for(&corridor, BEN, "cam", "").await.unwrap();
        assert_eq!(code(name_for(&corridor, CAM, "ada", "").await), "delegate_loop");
        assert_eq!(code(name_for(&corridor, CAM, "ada", "rules").await), "delegate_loop");
        assert_eq!(code(name_for(&corridor, CAM, "cam", "").await), "delegate_self");
        assert_eq!(code(name_for(&corridor, CAM, "nobody", "").await), "delegate_unknown");
        assert_eq!(code(name_for(&corridor, CAM, "ada", "weather").await), "topic_unknown");
        let seen = delegates(&corridor, ADA).await;
        assert_eq!(seen.mine[0].goes_on_to.as_ref().unwrap().handle, "cam");
        assert_eq!((seen.speakers.len(), seen.speakers[0].people.len()), (1, 2));
        let id = paint(&corridor, "green").await;
        vote(&corridor, CAM, id, "yes", "").await.unwrap();
        assert_eq!(detail(&corridor, ADA, id).await.tally.yes, 3);
        // Taking one topic back can close a circle that nobody named: then nothing is cast for those in it.
        take_back(&corridor, BEN, "").await.unwrap();
        name_for(&corridor, BEN, "cam", "other").await.unwrap();
        name_for(&corridor, BEN, "cam", "").await.unwrap();
        name_for(&corridor, CAM, "ada", "rules").await.unwrap_err();
        take_back(&corridor, BEN, "").await.unwrap();
        name_for(&corridor, CAM, "ada", "rules").await.unwrap();
        name_for(&corridor, BEN, "cam", "people").await.unwrap();
        assert_eq!(code(name_for(&corridor, BEN, "cam", "rules").await), "delegate_loop");
    }

    async fn a_chain_and_a_circle_of_a_thousand_are_read_in_a_moment(store: Store) {
        let corridor = club(&store, by_the_end()).await;
        more(&store, 1_000).await;
        store
            .write(|tx| {
                // Names of a time in which nobody capped them, each newer than the one before.
                (0..999_u128).try_for_each(|n| {
                    let at = NOW.plus_seconds(i64::try_from(n).unwrap() - 2_000);
                    delegations::name(tx, (GroupId::CLUB, one(n).into()), "", one(n + 1).into(), at)
                })?;
                Ok::<_, Error>(())
            })
            .await
            .unwrap();
        let begun = Instant::now();
        assert_eq!(code(name_for(&corridor, one(999), "one-0", "").await), "delegate_loop");
        assert_eq!(code(name_for(&corridor, one(999), "cam", "").await), "delegate_full");
        let id = paint(&corridor, "green").await;
        vote(&corridor, one(999), id, "yes", "").await.unwrap();
        // Whoever ends the chain votes for ten, and not for a thousand.
        assert_eq!(detail(&corridor, ADA, id).await.tally.yes, 11);
        let last = detail(&corridor, one(998), id).await.delegation.by.unwrap();
        assert!(!last.cast && last.crowded_out);
        end(&corridor).await;
        assert_eq!(state(&corridor, id).await.0, "done");
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    }

    async fn nobody_gathers_more_than_a_few(store: Store) {
        let corridor = club(&store, by_the_end()).await;
        more(&store, 2).await;
        name_for(&corridor, BEN, "ada", "").await.unwrap();
        name_for(&corridor, CAM, "ben", "").await.unwrap();
        assert_eq!(code(name_for(&corridor, one(0), "ada", "").await), "delegate_full");
        assert_eq!(code(name_for(&corridor, one(0), "cam", "money").await), "delegate_full", "by way of others too");
        name_for(&corridor, one(0), "one-1", "").await.unwrap();
        assert_eq!(code(name_for(&corridor, one(1), "ada", "").await), "delegate_full", "nor with those who named one");
        assert_eq!(delegates(&corridor, ADA).await.speakers[0].people.len(), 2);
    }

    async fn only_those_who_voted_themselves_settle_a_vote_early(store: Store) {
        let corridor = club(&store, by_majority()).await;
        name_for(&corridor, ADA, "ben", "").await.unwrap();
        let id = paint(&corridor, "green").await;
        vote(&corridor, BEN, id, "yes", "").await.unwrap();
        assert_eq!(state(&corridor, id).await.0, "open", "Ada can still say no herself");
        vote(&corridor, ADA, id, "no", "").await.unwrap();
        vote(&corridor, CAM, id, "no", "").await.unwrap();
        assert_eq!(state(&corridor, id).await.0, "failed");
    }

    async fn who_may_not_vote_any_more_votes_for_nobody(store: Store) {
        let corridor = club(&store, by_the_end()).await;
        more(&store, 2).await;
        name_for(&corridor, ADA, "ben", "").await.unwrap();
        name_for(&corridor, one(0), "cam", "").await.unwrap();
        let id = paint(&corridor, "green").await;
        vote(&corridor, BEN, id, "yes", "").await.unwrap();
        vote(&corridor, CAM, id, "yes", "").await.unwrap();
        assert_eq!(detail(&corridor, ADA, id).await.tally.yes, 4);
        store.write(|tx| agents::set_standing(tx, BEN.into(), Standing::Suspended)).await.unwrap();
        store.write(|tx| agents::set_role(tx, CAM.into(), GroupId::CLUB, Role::None, NOW)).await.unwrap();
        assert_eq!(detail(&corridor, ADA, id).await.tally.yes, 0);
        assert_eq!(code(name_for(&corridor, one(1), "ben", "").await), "delegate_unknown");
        assert_eq!(code(name_for(&corridor, one(1), "cam", "").await), "delegate_unknown");
        end(&corridor).await;
        assert_eq!(state(&corridor, id).await, ("failed".into(), "Nobody spoke in favour.".into()));
    }

    async fn a_name_ends_after_a_year(store: Store) {
        let corridor = club(&store, by_the_end()).await;
        store
            .write(|tx| {
                delegations::name(tx, (GroupId::CLUB, ADA.into()), "", BEN.into(), NOW.plus_seconds(-366 * DAY))?;
                delegations::name(tx, (GroupId::CLUB, CAM.into()), "", BEN.into(), NOW.plus_seconds(-363 * DAY))
            })
            .await
            .unwrap();
        let id = paint(&corridor, "green").await;
        vote(&corridor, BEN, id, "yes", "").await.unwrap();
        assert_eq!(detail(&corridor, ADA, id).await.tally.yes, 2);
        // The day of the count decides.
        end(&corridor).await;
        assert_eq!(detail(&corridor, ADA, id).await.tally.yes, 1);
    }

    async fn a_question_is_answered_for_others_and_the_file_says_for_whom(store: Store) {
        let corridor = with(&store, by_majority()).await;
        name_for(&corridor, ADA, "ben", "").await.unwrap();
        let id = open(&corridor, ask("schulze", &["red", "green"])).await;
        choose(&corridor, BEN, id, &[(1, 1), (0, 2)]).await;
        choose(&corridor, CAM, id, &[(0, 1)]).await;
        let by = detail(&corridor, ADA, id).await.delegation.by.unwrap();
        assert_eq!(by.marks, [("red".to_owned(), 2), ("green".to_owned(), 1)]);
        let cam = detail(&corridor, CAM, id).await;
        assert!(cam.delegation.by.is_none() && cam.ballots.is_empty(), "others see nothing before the end");
        assert_eq!(cam.question.unwrap().ballots, 3);
        end(&corridor).await;
        let mut file = file(&corridor, id).await;
        assert_eq!((file.vote.ballots.len(), file.outcome.winners.as_slice()), (3, [1].as_slice()));
        assert_eq!(file.through.get("ada").map(String::as_str), Some("ben"));
        assert_eq!(file.check_through(), Ok(1));
        assert_eq!(planet_count::again::count(&file.vote).unwrap(), file.outcome.winners);
        // Whoever alters what was cast for others is found out.
        file.through.insert("cam".into(), "ben".into());
        assert!(file.check_through().unwrap_err().contains("says something else"));
        file.through.insert("cam".into(), "ada".into());
        assert!(file.check_through().unwrap_err().contains("did not vote in person"));
        file.through.insert("cam".into(), "dora".into());
        assert!(file.check_through().unwrap_err().contains("not there"));
    }

    async fn in_secret_and_with_signatures_everybody_speaks_for_themself(store: Store) {
        let corridor = with(&store, json!({ "about": "Two sign.", "open_for": "72h", "yes_at_least": 2 })).await;
        name_for(&corridor, ADA, "ben", "").await.unwrap();
        let secret = open(&corridor, Ask { ballot: Some("secret".into()), ..ask("approval", &["red", "green"]) }).await;
        for who in [ADA, BEN] {
            let seen = detail(&corridor, who, secret).await.delegation;
            assert!(seen.by.is_none() && seen.people.is_empty());
        }
        let signed = paint(&corridor, "green").await;
        corridor.act(by(BEN, NOW), Vote { proposal: signed, choice: "yes".into(), reason: String::new() }).await.unwrap();
        assert_eq!(detail(&corridor, ADA, signed).await.tally.yes, 1);
        end(&corridor).await;
        assert_eq!(state(&corridor, signed).await.0, "failed");
    }

    async fn who_speaks_for_whom_is_open_in_the_group_and_nowhere_else(store: Store) {
        let corridor = club(&store, by_the_end()).await;
        let circle = GroupId(Uuid::from_u128(0xc1));
        store
            .write(move |tx| {
                agents::create_group(tx, circle, &new("circle", "Circle"), Mode::Chat, false)?;
                agents::set_role(tx, ADA.into(), circle, Role::Member, NOW)?;
                agents::set_role(tx, BEN.into(), circle, Role::Member, NOW)
            })
            .await
            .unwrap();
        let name = Delegate { group: circle, topic: String::new(), to: "ben".into() };
        corridor.act(by(ADA, NOW), name.clone()).await.unwrap();
        assert_eq!(code(corridor.act(by(CAM, NOW), name).await), "delegate_outsider");
        let to_cam = Delegate { group: circle, topic: String::new(), to: AgentId::from(CAM).to_string() };
        assert_eq!(code(corridor.act(by(BEN, NOW), to_cam).await), "delegate_unknown");
        let of = || Delegates { of: Some("circle".into()) };
        let (ada, ben, cam) =
            (corridor.viewer(ADA).await.unwrap(), corridor.viewer(BEN).await.unwrap(), corridor.viewer(CAM).await.unwrap());
        assert_eq!(corridor.view(&ada, of(), NOW).await.unwrap().mine.len(), 1);
        assert_eq!(corridor.view(&ben, of(), NOW).await.unwrap().of_me.len(), 1);
        for (viewer, told) in [(&cam, "proposal_unknown"), (&Viewer::guest(), "not_signed_in")] {
            assert_eq!(code(corridor.view(viewer, of(), NOW).await), told);
        }
        // In the club it means nothing.
        assert!(delegates(&corridor, CAM).await.speakers.is_empty());
        let id = paint(&corridor, "green").await;
        vote(&corridor, BEN, id, "yes", "").await.unwrap();
        assert_eq!(detail(&corridor, ADA, id).await.tally.yes, 1);
    }
}
