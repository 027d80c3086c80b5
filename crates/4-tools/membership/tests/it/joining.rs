//! Joining: an invitation lets one person in, once, with keys that are theirs.

use crate::club::{
    NOW, accept, agent, at, call, counts, founded, frome, invite, migrations, person, refused, wait,
};
use planet_corridor::actor::Actor;
use planet_membership::acts::{Accept, WithdrawInvitation};
use planet_membership::rows::{clubs, invitations};
use planet_ontology::ids::PlaceId;
use planet_store::{Store, both_engines};

both_engines! { migrations();
    async fn an_invitation_lets_one_person_in(store: Store) {
        let (corridor, ada) = founded(&store).await;
        let (_, token) = invite(&corridor, ada, 1).await;
        let bruno = accept(&corridor, &token, " Bruno  Marek ", "bruno7", NOW).await.unwrap();
        let member = agent(&corridor, bruno).await.unwrap();
        assert_eq!((member.name.as_str(), member.handle.as_str(), member.founder_until), ("Bruno Marek", "bruno-marek", None));
        assert_eq!(store.read(move |tx| clubs::number_of(tx, bruno)).await.unwrap(), Some(2));
        let home = store.read(move |tx| planet_places::home(tx, bruno.into())).await.unwrap().unwrap();
        assert_eq!(home.place, frome());
        let before = counts(&corridor).await;
        assert_eq!(before, (2, 2, 3));

        let (code, sentence) = refused(accept(&corridor, &token, "Eve", "eve7", at(1)).await);
        assert_eq!(code, "invitation_used");
        assert_eq!(sentence, "This invitation has been used already. If it was you, sign in; otherwise ask for a new one.");
        assert_eq!(counts(&corridor).await, before);
    }

    async fn of_two_who_come_at_once_one_is_let_in(store: Store) {
        let (corridor, ada) = founded(&store).await;
        let (_, token) = invite(&corridor, ada, 1).await;
        let tasks: Vec<_> = ["bruno7", "eve7"].map(|path| {
            let (corridor, token) = (corridor.clone(), token.clone());
            tokio::spawn(async move { accept(&corridor, &token, "Somebody", path, NOW).await })
        }).into();
        let mut outcomes = Vec::new();
        for task in tasks {
            outcomes.push(task.await.unwrap().map_or_else(|fault| refused::<()>(Err(fault)).0, |_| "in".into()));
        }
        outcomes.sort();
        assert_eq!(outcomes, ["in", "invitation_used"]);
        assert_eq!(counts(&corridor).await, (2, 2, 3));
    }

    async fn an_invitation_that_is_no_longer_open_lets_nobody_in(store: Store) {
        let (corridor, ada) = founded(&store).await;
        let (_, late) = invite(&corridor, ada, 1).await;
        let (id, withdrawn) = invite(&corridor, ada, 2).await;
        corridor.act(call(Actor::Member(ada)), WithdrawInvitation { invitation: id }).await.unwrap();
        let unused = store.read(move |tx| invitations::count_unused(tx, ada.into(), NOW)).await.unwrap();
        assert_eq!(unused, 2, "inviting and taking back does not send mails without end");
        let again = corridor.act(call(Actor::Member(ada)), WithdrawInvitation { invitation: id }).await;
        assert_eq!(refused(again).0, "invitation_closed");
        let before = counts(&corridor).await;
        for (token, seconds, code, sentence) in [
            (late.as_str(), 14 * 86_400, "invitation_expired", "This invitation has expired. Ask whoever sent it for a new one."),
            (withdrawn.as_str(), 1, "invitation_withdrawn", "This invitation was withdrawn. Ask whoever sent it."),
            ("AAAA", 1, "invitation_unknown", "This invitation is not known here. Check that you have the whole link, or ask for a new one."),
        ] {
            assert_eq!(refused(accept(&corridor, token, "Eve", "eve7", at(seconds)).await), (code.into(), sentence.into()));
            assert_eq!(counts(&corridor).await, before);
        }
        // One second before its time is over it is still good.
        accept(&corridor, &late, "Bruno", "bruno7", at(14 * 86_400 - 1)).await.unwrap();
    }

    async fn whoever_is_refused_at_the_door_may_mend_it_and_come_in(store: Store) {
        let (corridor, ada) = founded(&store).await;
        let (_, token_hash) = invite(&corridor, ada, 1).await;
        let arrival = wait(&corridor, person("bruno7", NOW), NOW).await;
        let good = Accept { token_hash, name: "Bruno".into(), place: None, arrival };
        let before = counts(&corridor).await;
        for (wrong, code) in [
            (Accept { name: " ".into(), ..good.clone() }, "name_missing"),
            (Accept { name: "B".repeat(81), ..good.clone() }, "name_too_long"),
            (Accept { place: Some(PlaceId(uuid::Uuid::nil())), ..good.clone() }, "place_unknown"),
        ] {
            assert_eq!(refused(corridor.act(call(Actor::Guest), wrong).await).0, code);
            assert_eq!(counts(&corridor).await, before);
        }
        corridor.act(call(Actor::Guest), good.clone()).await.unwrap();
        assert_eq!(counts(&corridor).await.0, 2);
        let (_, second) = invite(&corridor, ada, 2).await;
        let replay = Accept { token_hash: second, ..good };
        assert_eq!(refused(corridor.act(call(Actor::Guest), replay).await).0, "challenge_used");
        assert_eq!(counts(&corridor).await.0, 2);
    }

    async fn an_identity_that_was_made_for_another_place_or_by_another_is_refused(store: Store) {
        let (corridor, ada) = founded(&store).await;
        let (_, token_hash) = invite(&corridor, ada, 1).await;
        let before = counts(&corridor).await;
        let mut elsewhere = person("bruno7", NOW);
        elsewhere.path = "bruno8".into();
        let mut forged = person("bruno7", NOW);
        forged.did_log = forged.did_log.replace("\"portable\":true", "\"portable\":false");
        let mut spent = person("bruno7", NOW);
        if let Some(vault) = &mut spent.vault {
            vault.wraps.clear();
        }
        for (arrival, code) in [(elsewhere, "did_log_invalid"), (forged, "did_log_invalid"), (spent, "vault_malformed")] {
            let arrival = wait(&corridor, arrival, NOW).await;
            let act = Accept { token_hash: token_hash.clone(), name: "Bruno".into(), place: None, arrival };
            assert_eq!(refused(corridor.act(call(Actor::Guest), act).await).0, code);
            assert_eq!(counts(&corridor).await, before);
        }
        assert!(accept(&corridor, &token_hash, "Bruno", "bruno9", NOW).await.is_ok(), "the invitation is still good");
    }
}
