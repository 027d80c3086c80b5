//! Applying: openly, within limits; answered once, and then an invitation or a kind word.

use crate::club::{NOW, accept, at, call, call_at, counts, founded, migrations, refused};
use planet_corridor::actor::Actor;
use planet_corridor::corridor::Corridor;
use planet_corridor::look::Viewer;
use planet_corridor::refusal::Fault;
use planet_exchange::outbox;
use planet_identity::rows::Token;
use planet_membership::acts::{Admit, Apply, DeclineApplication, PER_DAY};
use planet_membership::checks::hash_text;
use planet_membership::rows::applications;
use planet_membership::views::ApplicationAt;
use planet_ontology::ids::{ApplicationId, GroupId, ProposalId};
use planet_store::{Store, both_engines};

fn secret(nth: u8) -> String {
    hash_text(&Token::new([nth; 32]))
}

fn application(nth: u8) -> Apply {
    Apply {
        name: "Bruno Marek".into(),
        email: format!("bruno{nth}@example.org"),
        place: "Frome".into(),
        why: "I bake.".into(),
        secret_hash: secret(nth),
    }
}

async fn apply(corridor: &Corridor, act: Apply) -> Result<ApplicationId, Fault> {
    corridor.act(call(Actor::Guest), act).await.map(|done| done.output.unwrap())
}

async fn state(corridor: &Corridor, nth: u8) -> (String, String) {
    let view = ApplicationAt { secret_hash: secret(nth) };
    let seen = corridor.view(&Viewer::guest(), view, NOW).await.unwrap();
    (seen.state, seen.answer)
}

fn club() -> Actor {
    Actor::Group { id: GroupId::CLUB, mandate: ProposalId(uuid::Uuid::nil()) }
}

both_engines! { migrations();
    async fn a_decision_of_the_club_admits_and_the_applicant_comes_in(store: Store) {
        let (corridor, _) = founded(&store).await;
        let id = apply(&corridor, application(1)).await.unwrap();
        assert_eq!(state(&corridor, 1).await, ("waiting".into(), String::new()));
        let act = Admit { application: id, name: "Bruno Marek".into() };
        assert_eq!(planet_corridor::act::Act::summary(&act), "Admit Bruno Marek to the club.");
        corridor.act(call(club()), act.clone()).await.unwrap();
        assert_eq!(state(&corridor, 1).await.0, "admitted");
        let mail = store.read(|tx| outbox::due(tx, NOW, 10)).await.unwrap().pop().unwrap();
        assert!(mail.subject == "You are admitted to Elm Street Co-op" && mail.body.contains("{origin}/join/"));
        assert_eq!(refused(corridor.act(call(club()), act).await).0, "application_answered");
        accept(&corridor, &secret(1), "Bruno Marek", "bruno7", at(29 * 86_400)).await.unwrap();
        assert_eq!((state(&corridor, 1).await.0.as_str(), counts(&corridor).await.0), ("joined", 2));
    }

    async fn an_application_that_is_declined_opens_nothing(store: Store) {
        let (corridor, ada) = founded(&store).await;
        let id = apply(&corridor, application(1)).await.unwrap();
        let act = DeclineApplication { application: id, reason: "We are full this year.".into() };
        corridor.act(call(Actor::Member(ada)), act.clone()).await.unwrap();
        assert_eq!(state(&corridor, 1).await, ("declined".into(), "We are full this year.".into()));
        assert_eq!(refused(corridor.act(call(Actor::Member(ada)), act).await).0, "application_answered");
        let admit = Admit { application: id, name: "Bruno Marek".into() };
        assert_eq!(refused(corridor.act(call(club()), admit).await).0, "application_answered");
        assert_eq!(refused(accept(&corridor, &secret(1), "Bruno", "bruno7", NOW).await).0, "invitation_unknown");
        assert_eq!(counts(&corridor).await.0, 1);
        let mail = store.read(|tx| outbox::due(tx, NOW, 10)).await.unwrap().pop().unwrap();
        assert!(mail.body.contains("We are full this year."));
    }

    async fn those_who_decide_read_the_right_name(store: Store) {
        let (corridor, ada) = founded(&store).await;
        let id = apply(&corridor, application(1)).await.unwrap();
        let misleading = Admit { application: id, name: "Somebody you like".into() };
        assert_eq!(refused(corridor.act(call(Actor::Member(ada)), misleading).await).0, "name_differs");
        assert_eq!(state(&corridor, 1).await.0, "waiting");
    }

    async fn an_application_that_is_wrong_is_refused_with_a_sentence(store: Store) {
        let (corridor, _) = founded(&store).await;
        apply(&corridor, application(1)).await.unwrap();
        let good = application(2);
        for (wrong, code) in [
            (Apply { name: " ".into(), ..good.clone() }, "name_missing"),
            (Apply { name: "x".repeat(81), ..good.clone() }, "name_too_long"),
            (Apply { why: String::new(), ..good.clone() }, "why_missing"),
            (Apply { why: "x".repeat(2_001), ..good.clone() }, "why_too_long"),
            (Apply { email: "nonsense".into(), ..good.clone() }, "email_wrong"),
            (Apply { email: "bruno1@example.org".into(), ..good.clone() }, "applied_already"),
            (Apply { secret_hash: secret(1), ..good.clone() }, "token_taken"),
        ] {
            assert_eq!(refused(apply(&corridor, wrong).await).0, code);
            assert_eq!(store.read(applications::count_waiting).await.unwrap(), 1);
        }
    }

    async fn a_flood_of_applications_is_stopped_until_tomorrow(store: Store) {
        let (corridor, _) = founded(&store).await;
        for nth in 0..u8::try_from(PER_DAY).unwrap() {
            apply(&corridor, application(nth)).await.unwrap();
        }
        let (code, sentence) = refused(apply(&corridor, application(200)).await);
        assert_eq!((code.as_str(), sentence.as_str()), ("too_many_applications", "The club has had many applications today. Please try again tomorrow."));
        assert_eq!(store.read(applications::count_waiting).await.unwrap(), PER_DAY);
        let tomorrow = corridor.act(call_at(Actor::Guest, at(86_400)), application(201)).await;
        assert!(tomorrow.is_ok());
    }
}
