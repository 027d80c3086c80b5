//! What a change would have done, counted to the unit on a small log.

use super::shop::{OpenShop, club, migrations, opens, policies, seal};
use planet_constitution::acts::{AdoptPolicies, KeepRehearsal, SetProcedure};
use planet_constitution::passages::Fate;
use planet_constitution::rehearsal::{Counted, Difference, Report};
use planet_constitution::trials::Trials;
use planet_constitution::views::{Constitution, Rehearsal, Rehearse};
use planet_corridor::act::Act;
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_kit::testing::{ADA, BEN, CAT, NOW, at, by, code};
use planet_ontology::ids::GroupId;
use planet_ontology::roles::Role;
use planet_ontology::units::Moment;
use planet_store::{Store, both_engines};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

async fn rehearse<A: Act>(corridor: &Corridor, act: &A, now: Moment) -> Report {
    let viewer = corridor.viewer(BEN).await.unwrap();
    let view = Rehearse { act: A::NAME.into(), args: serde_json::to_string(act).unwrap() };
    let trial = corridor.view(&viewer, view, now).await.unwrap();
    assert_eq!(trial.wrong, []);
    trial.report.unwrap()
}

const fn counted(acts: u64, people: u64) -> Counted {
    Counted { acts, people }
}

const NONE: Counted = counted(0, 0);

/// Ada opens the shop three times, Ben twice, Cat once; then Cat, a treasurer now, tries twice in vain, and once there is no shop.
async fn a_year(store: &Store, corridor: &Corridor) {
    for (who, times) in [(ADA, 3), (BEN, 2), (CAT, 1)] {
        for _ in 0..times {
            assert!(opens(corridor, who).await);
        }
    }
    store.write(|tx| agents::set_role(tx, CAT.into(), GroupId::CLUB, Role::Treasurer, NOW)).await.unwrap();
    assert!(!opens(corridor, CAT).await && !opens(corridor, CAT).await);
    assert_eq!(code(corridor.act(by(BEN), OpenShop { there: false }).await), "no_shop");
    seal(corridor).await;
}

both_engines! { migrations();

    async fn what_would_have_been_is_counted_to_the_unit(store: Store) {
        let corridor = club(&store).await;
        a_year(&store, &corridor).await;
        let report = rehearse(&corridor, &policies(1, "no shop.open to member"), NOW).await;
        let shop = Difference { act: "shop.open".into(), about: "Open the shop.".into(), refused: counted(3, 2), allowed: counted(2, 1), decided: NONE, at_once: NONE };
        assert_eq!(report.differences, [shop]);
        let comes: Vec<&str> = report.passages.iter().flat_map(|passage| &passage.lines).filter(|line| line.fate == Fate::Comes).map(|line| line.text.as_str()).collect();
        assert_eq!(comes, ["no shop.open to member"]);
        // Ada as a steward, Ben and Cat as members, Cat as a treasurer.
        assert_eq!((report.asked, report.distinct, report.untold, report.erased, report.voters), (8, 3, 1, 0, 0));
    }

    async fn a_policy_that_speaks_of_time_is_asked_about_each_moment(store: Store) {
        let corridor = club(&store).await;
        for hours in [0, 1, 2] {
            corridor.act(at(ADA, NOW.plus_seconds(-hours * 3_600)), OpenShop { there: true }).await.unwrap();
        }
        seal(&corridor).await;
        let distinct = [("no shop.open to member", 1), ("no shop.open to member, from now on", 3)];
        for (text, distinct) in distinct {
            let report = rehearse(&corridor, &policies(1, text), NOW).await;
            assert_eq!((report.asked, report.distinct), (3, distinct), "{text}");
        }
    }

    async fn what_is_older_than_a_year_is_not_asked_about(store: Store) {
        let corridor = club(&store).await;
        a_year(&store, &corridor).await;
        let late = Moment(NOW.0 + 400 * Moment::DAY);
        let report = rehearse(&corridor, &policies(1, "no shop.open to member"), late).await;
        assert_eq!((report.asked, report.untold, report.differences.len()), (0, 0, 0));
    }

    async fn what_others_would_decide_is_counted_too(store: Store) {
        let corridor = club(&store).await;
        a_year(&store, &corridor).await;
        let two = json!({ "about": "Two say yes.", "open_for": "1h", "yes_at_least": 2 });
        let act = SetProcedure { written_for: 1, name: "two".into(), procedure: Some(two), acts: vec!["shop.open".into()], amending: false, rehearsal: None };
        let report = rehearse(&corridor, &act, NOW).await;
        let shop = Difference { act: "shop.open".into(), about: "Open the shop.".into(), refused: NONE, allowed: NONE, decided: counted(6, 3), at_once: NONE };
        assert_eq!(report.differences, [shop]);
    }

    async fn a_trial_goes_on_by_itself_and_the_newest_of_a_member_holds(store: Store) {
        let corridor = club(&store).await;
        a_year(&store, &corridor).await;
        let trials = Trials::default();
        let [ada, ben] = [corridor.viewer(ADA).await.unwrap(), corridor.viewer(BEN).await.unwrap()];
        let view = |text: &str| {
            let args = serde_json::to_string(&policies(1, text)).unwrap();
            Rehearse { act: AdoptPolicies::NAME.into(), args }
        };
        let wait = Duration::from_mins(1);
        let first = trials.begin(&corridor, (&ada, ADA), view("no shop.open to member"), NOW).unwrap();
        let report = first.ready(wait).await.unwrap().unwrap().report.unwrap();
        assert_eq!(report, rehearse(&corridor, &policies(1, "no shop.open to member"), NOW).await);
        let (read, of) = first.progress().unwrap();
        assert!(read == of && of > 0, "all of it was read: {read} of {of}");
        // Whoever comes back finds it; nobody else does, and it is not read again.
        let again = trials.begin(&corridor, (&ada, ADA), view("no shop.open to member"), NOW.plus_seconds(300)).unwrap();
        assert!(Arc::ptr_eq(&first, &again));
        assert!(trials.find(ADA, &first.key).is_some() && trials.find(BEN, &first.key).is_none());
        let second = trials.begin(&corridor, (&ada, ADA), view("no shop.open to steward"), NOW).unwrap();
        assert!(trials.find(ADA, &first.key).is_none(), "one trial of each member");
        let others = trials.begin(&corridor, (&ben, BEN), view("no shop.open to member"), NOW).unwrap();
        assert!(others.ready(wait).await.unwrap().is_ok() && second.ready(wait).await.unwrap().is_ok());
        // What a trial says holds for a while, and as long as the rules are the same.
        let later = trials.begin(&corridor, (&ben, BEN), view("no shop.open to member"), NOW.plus_seconds(601)).unwrap();
        assert!(!Arc::ptr_eq(&others, &later) && later.ready(wait).await.unwrap().is_ok());
        corridor.act(by(ADA), policies(1, "no shop.open to steward")).await.unwrap();
        corridor.reload().await.unwrap();
        let stale = trials.begin(&corridor, (&ben, BEN), view("no shop.open to member"), NOW.plus_seconds(601)).unwrap();
        assert!(stale.ready(wait).await.unwrap().is_err_and(|refusal| refusal.code == "rules_moved"));
    }

    async fn a_change_is_frozen_with_its_own_report(store: Store) {
        let corridor = club(&store).await;
        a_year(&store, &corridor).await;
        let change = policies(1, "no shop.open to member");
        let report = rehearse(&corridor, &change, NOW).await;
        let with = |change: &AdoptPolicies, hash: &str| AdoptPolicies { rehearsal: Some(hash.into()), ..change.clone() };
        assert_eq!(code(corridor.act(by(ADA), with(&change, "00")).await), "rehearsal_unknown");
        let keep = || KeepRehearsal { report: serde_json::to_value(&report).unwrap() };
        let hash = corridor.act(by(Actor::House), keep()).await.unwrap().output.unwrap();
        assert_eq!(corridor.act(by(Actor::House), keep()).await.unwrap().output.unwrap(), hash);
        assert_eq!(code(corridor.act(by(ADA), with(&policies(1, "no shop.open to steward"), &hash)).await), "rehearsal_unknown");
        let viewer = corridor.viewer(BEN).await.unwrap();
        assert_eq!(corridor.view(&viewer, Rehearsal { hash: hash.clone() }, NOW).await.unwrap().report, report);
        let done = corridor.act(by(ADA), with(&change, &hash)).await.unwrap();
        assert_eq!(done.output.unwrap().version, 2);
        assert!(!opens(&corridor, BEN).await);
        let seen = corridor.view(&viewer, Constitution {}, NOW).await.unwrap();
        let versions: Vec<_> = seen.versions.iter().map(|it| (it.version, it.title.as_deref())).collect();
        assert_eq!(versions, [(2, Some("Change the policies in shop.cedar.")), (1, None)]);
        assert_eq!(code(corridor.act(by(ADA), change).await), "rules_moved");
    }
}
