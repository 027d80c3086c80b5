//! The stories of the register of assumptions, on both engines.

use crate::story::{ADA, BEN, CAM, NOW, by, by_consent, club, code, migrations};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_corridor::look::Viewer;
use planet_governance::TOOL;
use planet_governance::assumptions::acts::{
    LinkAssumption, MergeAssumption, RetireAssumption, SupportAssumption,
};
use planet_governance::assumptions::rows::{Link, seed_id};
use planet_governance::assumptions::views::{OneAssumption, OneView};
use planet_governance::assumptions::{AddAssumption, Assumptions};
use planet_kit::testing::{app, ask as visit, at, new};
use planet_ontology::ids::{AssumptionId, GroupId, MemberId, ProposalId};
use planet_ontology::roles::{Mode, Standing};
use planet_store::{Store, both_engines};
use uuid::Uuid;

async fn add(corridor: &Corridor, statement: &str) -> AssumptionId {
    let act = AddAssumption { section: "people".into(), statement: statement.into() };
    corridor.act(by(BEN, NOW), act).await.unwrap().output.unwrap()
}

async fn one(corridor: &Corridor, member: MemberId, id: AssumptionId) -> OneView {
    let viewer = corridor.viewer(member).await.unwrap();
    corridor.view(&viewer, OneAssumption { id }, NOW).await.unwrap()
}

fn link(assumption: AssumptionId, kind: &str, target: &str, serves: bool) -> LinkAssumption {
    LinkAssumption { assumption, kind: kind.into(), target: target.into(), serves }
}

both_engines! { migrations();

    async fn each_member_stands_behind_a_statement_once_and_can_take_that_back(store: Store) {
        let corridor = club(&store, by_consent()).await;
        let id = add(&corridor, "Trust grows by use").await;
        let support = |assumption, supports| SupportAssumption { assumption, supports };
        for (member, supports) in [(ADA, true), (ADA, true), (BEN, true), (CAM, true), (CAM, false), (CAM, false)] {
            corridor.act(by(member, NOW), support(id, supports)).await.unwrap();
        }
        let seen = one(&corridor, ADA, id).await;
        assert_eq!((seen.statement.supporters, seen.may.unwrap().support), (2, Some(true)));
        assert_eq!(one(&corridor, CAM, id).await.may.unwrap().support, Some(false));
        // The statements that every club starts with are supported like any other.
        corridor.act(by(ADA, NOW), support(seed_id(1), true)).await.unwrap();
        assert_eq!(one(&corridor, ADA, seed_id(1)).await.statement.supporters, 1);
        assert_eq!(code(corridor.act(by(ADA, NOW), support(AssumptionId(Uuid::from_u128(99)), true)).await), "assumption_unknown");
        // Whoever is suspended does not count as long as they are.
        store.write(|tx| agents::set_standing(tx, BEN.into(), Standing::Suspended)).await.unwrap();
        assert_eq!(one(&corridor, ADA, id).await.statement.supporters, 1);
        let guest = corridor.view(&Viewer::guest(), OneAssumption { id }, NOW).await.unwrap();
        assert!(guest.may.is_none(), "strangers read, and do nothing");
    }

    async fn what_serves_a_statement_is_said_by_members_and_stands_in_its_history(store: Store) {
        let corridor = club(&store, by_consent()).await;
        let id = add(&corridor, "Trust grows by use").await;
        for (wrong, why) in [
            (link(id, "word", "wallets", true), "target_unknown"),
            (link(id, "rule", "hall.burn", true), "target_unknown"),
            (link(id, "poem", "wallet", true), "target_unknown"),
            (link(id, "word", "wallet", false), "target_unknown"),
        ] {
            assert_eq!(code(corridor.act(by(CAM, NOW), wrong).await), why);
        }
        corridor.act(by(CAM, NOW), link(id, "word", "wallet", true)).await.unwrap();
        corridor.act(by(CAM, NOW), link(id, "word", "wallet", true)).await.unwrap();
        corridor.act(by(ADA, NOW.plus_seconds(1)), link(id, "rule", "hall.paint", true)).await.unwrap();
        corridor.act(by(ADA, NOW.plus_seconds(2)), link(id, "word", "wallet", false)).await.unwrap();
        let seen = one(&corridor, BEN, id).await;
        assert_eq!(seen.links, [Link { kind: "rule".into(), target: "hall.paint".into() }]);
        let told: Vec<(&str, &str, &str)> = seen
            .steps
            .iter()
            .map(|it| (it.step.as_str(), it.about.as_str(), it.name.as_deref().unwrap_or_default()))
            .collect();
        assert_eq!(told, [("linked", "wallet", "Cam"), ("linked", "hall.paint", "Ada"), ("unlinked", "wallet", "Ada")]);
    }

    async fn the_members_together_merge_and_retire_and_nobody_alone(store: Store) {
        let corridor = club(&store, by_consent()).await;
        let (trust, use_it) = ("Trust grows by use", "Who is trusted trusts");
        let (first, second) = (add(&corridor, trust).await, add(&corridor, use_it).await);
        corridor.act(by(CAM, NOW), link(first, "word", "wallet", true)).await.unwrap();
        let merge = |from: (AssumptionId, &str), into: (AssumptionId, &str)| MergeAssumption {
            assumption: from.0,
            statement: from.1.into(),
            heir: into.0,
            into: into.1.into(),
        };
        let decided = || at(Actor::Group { id: GroupId::CLUB, mandate: ProposalId(Uuid::from_u128(1)) }, NOW);
        assert_eq!(code(corridor.act(by(ADA, NOW), merge((first, trust), (second, use_it))).await), "not_decided");
        let other = GroupId(Uuid::from_u128(5));
        store.write(move |tx| agents::create_group(tx, other, &new("circle", "Circle"), Mode::Chat, false)).await.unwrap();
        let circle = at(Actor::Group { id: other, mandate: ProposalId(Uuid::from_u128(1)) }, NOW);
        assert_eq!(code(corridor.act(circle, merge((first, trust), (second, use_it))).await), "not_decided");
        assert_eq!(code(corridor.act(decided(), merge((first, trust), (first, trust))).await), "assumption_itself");
        // Whoever votes reads the words that it is about, and no others.
        assert_eq!(code(corridor.act(decided(), merge((first, "Peace"), (second, use_it))).await), "assumption_unknown");
        corridor.act(decided(), merge((first, trust), (second, use_it))).await.unwrap();
        let merged = one(&corridor, ADA, first).await;
        assert_eq!(merged.heir.as_ref().unwrap().id, second);
        assert!(merged.statement.settled && merged.may.is_none() && merged.links.is_empty());
        let heir = one(&corridor, ADA, second).await;
        assert_eq!((heir.links.len(), heir.steps[0].step.as_str(), heir.steps[0].about.as_str()), (1, "took_over", trust));
        for again in [merge((first, trust), (second, use_it)), merge((second, use_it), (first, trust))] {
            assert_eq!(code(corridor.act(decided(), again).await), "assumption_settled");
        }
        assert_eq!(code(corridor.act(by(ADA, NOW), SupportAssumption { assumption: first, supports: true }).await), "assumption_settled");
        let retire = || RetireAssumption { assumption: second, statement: use_it.into() };
        assert_eq!(planet_corridor::act::Act::summary(&retire()), format!("Retire the assumption “{use_it}”."));
        assert_eq!(code(corridor.act(by(ADA, NOW), retire()).await), "not_decided");
        corridor.act(decided(), retire()).await.unwrap();
        let retired = one(&corridor, ADA, second).await;
        assert!(retired.statement.settled && retired.heir.is_none());
        let viewer = corridor.viewer(ADA).await.unwrap();
        let register = corridor.view(&viewer, Assumptions {}, NOW).await.unwrap();
        assert_eq!(register.statements.iter().filter(|it| it.settled).count(), 2);
    }

    async fn all_of_it_works_with_forms_alone(store: Store) {
        let corridor = club(&store, by_consent()).await;
        let id = add(&corridor, "Trust grows by use").await;
        let app = app(&corridor, &TOOL);
        let page = format!("/about/assumptions/{id}");
        let (status, _, shown) = visit(&app, "cam", &page, None).await;
        assert_eq!(status, 200);
        assert!(shown.contains("Trust grows by use") && shown.contains("Ben added it."), "{shown}");
        for (verb, form, then) in [
            ("support", "supports=yes", "One member stands behind it"),
            ("link", "target=word+wallet&serves=yes", "Cam said that it is served by: wallet"),
            ("link", "target=word+wallet&serves=no", "Cam said that it is not served by: wallet"),
            ("support", "supports=no", "Nobody has said yet"),
        ] {
            let (status, goes, shown) = visit(&app, "cam", &format!("{page}/{verb}"), Some(form)).await;
            assert_eq!((status.as_u16(), goes.as_str()), (303, page.as_str()), "{shown}");
            let (_, _, shown) = visit(&app, "cam", &page, None).await;
            assert!(shown.contains(then), "{verb}: {shown}");
        }
        let (status, ..) = visit(&app, "cam", &format!("{page}/link"), Some("target=word+nothing&serves=yes")).await;
        assert_eq!(status, 422);
        let (_, _, shown) = visit(&app, "cam", "/decisions/delegates", None).await;
        assert!(shown.contains("Who votes for you?") && shown.contains("Everybody speaks for themselves."), "{shown}");
        let named = format!("group={}&topic=money&to=ben&to_id=", GroupId::CLUB);
        let (status, goes, shown) = visit(&app, "cam", "/decisions/delegates", Some(&named)).await;
        assert_eq!(status, 303, "{shown}");
        let (_, _, shown) = visit(&app, "cam", &goes, None).await;
        assert!(shown.contains("Ben speaks for one person") && shown.contains("Cam (Money)"), "{shown}");
        let (status, _, shown) = visit(&app, "ben", "/decisions/delegates", Some(&named.replace("to=ben", "to=cam"))).await;
        assert_eq!(status, 409);
        assert!(shown.contains("round in a circle"), "{shown}");
    }
}
