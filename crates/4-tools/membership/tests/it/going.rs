//! Going: for a time, or for good; with everything one has.

use crate::club::{accept, agent, at, call, call_at, counts, invite, migrations, refused, with_bruno};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_membership::acts::{Export, Leave, Reinstate, Suspend};
use planet_membership::views::{Leaving, MyData, MyStanding};
use planet_ontology::ids::{GroupId, MemberId};
use planet_ontology::roles::Role;
use planet_store::{Store, both_engines};

fn suspend(member: MemberId) -> Suspend {
    Suspend { member, name: "Bruno Marek".into(), until: at(7 * 86_400), reason: "Shouting.".into() }
}

both_engines! { migrations();
    async fn a_suspension_ends_by_itself_on_its_day(store: Store) {
        let (corridor, ada, bruno) = with_bruno(&store).await;
        corridor.act(call(Actor::Member(ada)), suspend(bruno)).await.unwrap();
        assert_eq!(agent(&corridor, bruno).await.unwrap().standing, "suspended");
        let viewer = corridor.viewer(bruno).await.unwrap();
        let seen = corridor.view(&viewer, MyStanding { handle: "bruno-marek".into() }, at(0)).await.unwrap();
        assert_eq!((seen.until, seen.reason.as_str()), (Some(at(7 * 86_400)), "Shouting."));
        corridor.perform_due(at(7 * 86_400 - 1)).await.unwrap();
        assert_eq!(agent(&corridor, bruno).await.unwrap().standing, "suspended");
        corridor.perform_due(at(7 * 86_400)).await.unwrap();
        assert_eq!(agent(&corridor, bruno).await.unwrap().standing, "active");
    }

    async fn a_suspension_that_ended_early_does_not_end_the_next_one(store: Store) {
        let (corridor, ada, bruno) = with_bruno(&store).await;
        corridor.act(call(Actor::Member(ada)), suspend(bruno)).await.unwrap();
        let reinstate = Reinstate { member: bruno, name: "Bruno Marek".into() };
        corridor.act(call_at(Actor::Member(ada), at(1)), reinstate.clone()).await.unwrap();
        assert_eq!(refused(corridor.act(call(Actor::Member(ada)), reinstate).await).0, "not_suspended");
        let longer = Suspend { until: at(30 * 86_400), ..suspend(bruno) };
        corridor.act(call_at(Actor::Member(ada), at(2)), longer).await.unwrap();
        corridor.perform_due(at(7 * 86_400)).await.unwrap();
        assert_eq!(agent(&corridor, bruno).await.unwrap().standing, "suspended");
    }

    async fn a_suspension_that_makes_no_sense_is_refused(store: Store) {
        let (corridor, ada, bruno) = with_bruno(&store).await;
        for (wrong, code) in [
            (Suspend { until: at(0), ..suspend(bruno) }, "until_out_of_range"),
            (Suspend { until: at(400 * 86_400), ..suspend(bruno) }, "until_out_of_range"),
            (Suspend { reason: " ".into(), ..suspend(bruno) }, "reason_missing"),
            (Suspend { name: "Somebody else".into(), ..suspend(bruno) }, "name_differs"),
            (Suspend { member: MemberId(GroupId::CLUB.0), ..suspend(bruno) }, "member_unknown"),
        ] {
            assert_eq!(refused(corridor.act(call(Actor::Member(ada)), wrong).await).0, code);
            assert_eq!(agent(&corridor, bruno).await.unwrap().standing, "active");
        }
    }

    async fn the_last_steward_hands_the_club_on_before_leaving(store: Store) {
        let (corridor, ada, bruno) = with_bruno(&store).await;
        let leaving = async |member| {
            let viewer = corridor.viewer(member).await.unwrap();
            let orphans = corridor.view(&viewer, Leaving {}, at(0)).await.unwrap();
            orphans.into_iter().map(|it| it.name).collect::<Vec<_>>()
        };
        assert_eq!((leaving(ada).await, leaving(bruno).await), (vec!["Elm Street Co-op".to_owned()], vec![]));
        let (code, sentence) = refused(corridor.act(call(ada), Leave {}).await);
        assert_eq!(code, "last_steward");
        assert_eq!(sentence, "You are the last steward of Elm Street Co-op. Make somebody else a steward there first, then you can leave.");
        assert_eq!(agent(&corridor, ada).await.unwrap().standing, "active");
        let steward = |member: MemberId, role| store.write(move |tx| agents::set_role(tx, member.into(), GroupId::CLUB, role, at(0)));
        steward(bruno, Role::Steward).await.unwrap();
        corridor.act(call(bruno), suspend(bruno)).await.unwrap();
        assert_eq!(refused(corridor.act(call(ada), Leave {}).await).0, "last_steward", "a suspended steward looks after nothing");
        corridor.act(call(ada), Reinstate { member: bruno, name: "Bruno Marek".into() }).await.unwrap();

        let tasks = [ada, bruno].map(|who| {
            let corridor = corridor.clone();
            tokio::spawn(async move { corridor.act(call(who), Leave {}).await.is_ok() })
        });
        let mut gone = 0;
        for task in tasks {
            gone += usize::from(task.await.unwrap());
        }
        assert_eq!(gone, 2, "whoever is left alone may go, too");
    }

    async fn of_two_stewards_who_leave_at_once_one_stays_with_the_others(store: Store) {
        let (corridor, ada, bruno) = with_bruno(&store).await;
        let (_, token) = invite(&corridor, ada, 2).await;
        accept(&corridor, &token, "Cat", "cat7", at(0)).await.unwrap();
        store.write(move |tx| agents::set_role(tx, bruno.into(), GroupId::CLUB, Role::Steward, at(0))).await.unwrap();
        let tasks = [ada, bruno].map(|who| {
            let corridor = corridor.clone();
            tokio::spawn(async move { corridor.act(call(who), Leave {}).await.is_ok() })
        });
        let mut gone = 0;
        for task in tasks {
            gone += usize::from(task.await.unwrap());
        }
        assert_eq!(gone, 1);
    }

    async fn whoever_leaves_belongs_to_nothing_and_can_still_take_a_copy(store: Store) {
        let (corridor, _, bruno) = with_bruno(&store).await;
        let before = counts(&corridor).await;
        corridor.act(call(Actor::Member(bruno)), Leave {}).await.unwrap();
        assert_eq!(agent(&corridor, bruno).await.unwrap().standing, "left");
        let role = store.read(move |tx| agents::role(tx, bruno.into(), GroupId::CLUB)).await.unwrap();
        assert_eq!(role, Role::None);
        assert_eq!(store.read(move |tx| planet_places::home(tx, bruno.into())).await.unwrap(), None);
        assert_eq!(counts(&corridor).await, before, "identity and account stay");
        corridor.act(call_at(Actor::Member(bruno), at(1)), Export {}).await.unwrap();
        let viewer = corridor.viewer(bruno).await.unwrap();
        let data = corridor.view(&viewer, MyData {}, at(1)).await.unwrap();
        assert_eq!(data["member"]["standing"], "left");
        assert!(data["identity"]["did"].as_str().unwrap().ends_with(":people:bruno7"));
        let acts: Vec<_> = data["acts"].as_array().unwrap().iter().map(|act| act["act"].as_str().unwrap()).collect();
        assert_eq!(acts, ["membership.leave@1"], "that a copy was taken is only counted");
    }
}
