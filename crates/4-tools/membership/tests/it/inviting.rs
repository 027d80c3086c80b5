//! Inviting: by whom, as what, how many, and by mail.

use crate::club::{NOW, accept, agent, at, call, call_at, founded, invite, migrations, refused, with_bruno};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_corridor::look::Viewer;
use planet_exchange::outbox;
use planet_identity::rows::Token;
use planet_membership::acts::{Invite, InviteMany, Invitee};
use planet_membership::checks::hash_text;
use planet_membership::views::{InvitationAt, Invitations};
use planet_ontology::ids::{GroupId, MemberId};
use planet_ontology::roles::Role;
use planet_store::{Store, both_engines, sql};

fn hash(nth: u8) -> String {
    hash_text(&Token::new([nth; 32]))
}

fn invitee(nth: u8) -> Invitee {
    Invitee { name: format!("Guest {nth}"), token_hash: hash(nth), ..Invitee::default() }
}

async fn count(corridor: &Corridor) -> (i64, i64, i64) {
    corridor
        .store()
        .read(|tx| {
            tx.one(
                sql!(
                    "SELECT (SELECT count(*) FROM invitations), (SELECT count(*) FROM invitation_links),
                            (SELECT count(*) FROM mails)"
                ),
                &[],
            )
        })
        .await
        .unwrap()
}

async fn states(corridor: &Corridor, member: MemberId, seconds: i64) -> Vec<String> {
    let viewer = corridor.viewer(member).await.unwrap();
    let list = corridor.view(&viewer, Invitations::default(), at(seconds)).await.unwrap();
    list.lines.into_iter().map(|line| line.state).collect()
}

both_engines! { migrations();
    async fn an_invitation_by_mail_has_a_link_of_its_own(store: Store) {
        let (corridor, ada) = founded(&store).await;
        let invitee = Invitee { email: "bruno@example.org".into(), note: "See you!".into(), ..invitee(1) };
        let act = Invite { invitee, role: None, days: 14 };
        corridor.act(call(Actor::Member(ada)), act).await.unwrap();
        assert_eq!(count(&corridor).await, (1, 2, 1));
        let mail = store.read(|tx| outbox::due(tx, NOW, 10)).await.unwrap().pop().unwrap();
        assert_eq!((mail.to.as_str(), mail.subject.as_str()), ("bruno@example.org", "Ada Okafor invites you to join Elm Street Co-op"));
        let token = mail.body.split("{origin}/join/").nth(1).unwrap().lines().next().unwrap();
        let mailed = hash_text(&Token::parse(token).unwrap());
        let seen = corridor.view(&Viewer::guest(), InvitationAt { token_hash: mailed.clone() }, NOW).await.unwrap();
        assert_eq!((seen.inviter.as_str(), seen.note.as_str()), ("Ada Okafor", "See you!"));
        accept(&corridor, &mailed, "Bruno", "bruno7", NOW).await.unwrap();
        assert_eq!(refused(accept(&corridor, &hash(1), "Eve", "eve7", NOW).await).0, "invitation_used", "both links are one invitation");
        let logged = store.read(|tx| tx.rows::<(String,)>(sql!("SELECT body FROM events"), &[])).await.unwrap();
        assert!(!logged.iter().any(|(body,)| body.contains(token)), "the log does not hold the token");
    }

    async fn an_invitation_that_is_wrong_is_refused_with_a_sentence(store: Store) {
        let (corridor, ada) = founded(&store).await;
        let good = Invite { invitee: invitee(1), role: None, days: 14 };
        corridor.act(call(Actor::Member(ada)), good.clone()).await.unwrap();
        let before = count(&corridor).await;
        let with = |invitee| Invite { invitee, ..good.clone() };
        for (wrong, code) in [
            (with(Invitee { name: "x".repeat(81), ..invitee(2) }), "name_too_long"),
            (with(Invitee { email: "nonsense".into(), ..invitee(2) }), "email_wrong"),
            (with(Invitee { note: "x".repeat(501), ..invitee(2) }), "note_too_long"),
            (with(Invitee { token_hash: "short".into(), ..invitee(2) }), "token_malformed"),
            (with(invitee(1)), "token_taken"),
            (Invite { days: 0, ..with(invitee(2)) }, "days_out_of_range"),
            (Invite { days: 91, ..with(invitee(2)) }, "days_out_of_range"),
            (Invite { role: Some(Role::None), ..with(invitee(2)) }, "role_unknown"),
        ] {
            assert_eq!(refused(corridor.act(call(Actor::Member(ada)), wrong).await).0, code);
            assert_eq!(count(&corridor).await, before);
        }
    }

    async fn only_stewards_and_founders_invite_stewards(store: Store) {
        let (corridor, ada, bruno) = with_bruno(&store).await;
        let steward = |nth| Invite { invitee: invitee(nth), role: Some(Role::Steward), days: 14 };
        let (code, sentence) = refused(corridor.act(call(Actor::Member(bruno)), steward(2)).await);
        assert_eq!(code, "role_not_yours");
        assert_eq!(sentence, "Only stewards and founders can invite somebody as treasurer or steward.");
        corridor.act(call(Actor::Member(ada)), steward(2)).await.unwrap();
        let eve = accept(&corridor, &hash(2), "Eve", "eve7", NOW).await.unwrap();
        let role = store.read(move |tx| agents::role(tx, eve.into(), GroupId::CLUB)).await.unwrap();
        assert_eq!(role, Role::Steward);
    }

    async fn a_list_is_invited_whole_or_not_at_all(store: Store) {
        let (corridor, ada) = founded(&store).await;
        let many = |invitees| InviteMany { invitees, mail: true, days: 14 };
        let bad = vec![invitee(1), Invitee { email: "nonsense".into(), ..invitee(2) }, invitee(3)];
        let (code, sentence) = refused(corridor.act(call(Actor::Member(ada)), many(bad)).await);
        assert_eq!(code, "line_wrong");
        assert_eq!(sentence, "Line 2: This does not look like an address for mail. It has the form name@example.org.");
        assert_eq!(refused(corridor.act(call(Actor::Member(ada)), many(vec![])).await).0, "nobody_invited");
        assert_eq!(refused(corridor.act(call(Actor::Member(ada)), many(vec![invitee(1); 1_001])).await).0, "too_many_lines");
        assert_eq!(count(&corridor).await, (0, 0, 0));
        let good = vec![invitee(1), Invitee { email: "eve@example.org".into(), ..invitee(2) }];
        let made = corridor.act(call(Actor::Member(ada)), many(good)).await.unwrap().output.unwrap();
        assert_eq!((made.len(), count(&corridor).await), (2, (2, 3, 1)));
    }

    async fn the_list_tells_what_became_of_each(store: Store) {
        let (corridor, ada, bruno) = with_bruno(&store).await;
        invite(&corridor, ada, 2).await;
        invite(&corridor, bruno, 3).await;
        let mut all = states(&corridor, ada, 0).await;
        all.sort();
        assert_eq!(all, ["open", "open", "used"], "a steward sees all");
        assert_eq!(states(&corridor, bruno, 15 * 86_400).await, ["expired"], "others see their own");
        assert_eq!(agent(&corridor, bruno).await.unwrap().standing, "active");
        let late = Invite { invitee: invitee(4), role: None, days: 7 };
        corridor.act(call_at(Actor::Member(bruno), at(1)), late).await.unwrap();
        assert_eq!(states(&corridor, bruno, 2).await, ["open", "open"]);
    }
}
