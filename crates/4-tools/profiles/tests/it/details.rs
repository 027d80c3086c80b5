//! Saying things about oneself: whose profile is whose, which audiences one can choose, and what is refused.

use crate::club::*;
use planet_corridor::agents;
use planet_ontology::ids::{AgentId, AudienceId, DetailId, GroupId};
use planet_ontology::roles::Role;
use planet_profiles::acts::{MAX_DETAILS, RemoveDetail, SetDetail};
use planet_profiles::views::Mine;
use planet_store::{Store, both_engines};
use uuid::Uuid;

both_engines! { migrations();

    async fn a_detail_is_said_changed_and_removed(store: Store) {
        let corridor = club(&store).await;
        let id = say(&corridor, ADA, detail("skill", " baking ", AudienceId::CLUB)).await;
        say(&corridor, ADA, detail("phone", "01373 1234", ADA)).await;
        assert_eq!(seen(&corridor, Some(BEN), "ada").await.unwrap(), ["baking"]);
        let change = SetDetail { id: Some(id), ..detail("offer", "bread", AudienceId::PUBLIC) };
        assert_eq!(say(&corridor, ADA, change).await, id);
        assert_eq!(seen(&corridor, None, "ada").await.unwrap(), ["bread"]);
        corridor.act(by(ADA), RemoveDetail { id }).await.unwrap();
        assert_eq!(mine(&corridor, ADA).await, [("01373 1234".to_owned(), "me".to_owned())]);
        assert_eq!(code(corridor.act(by(ADA), RemoveDetail { id }).await), "detail_unknown");
    }

    async fn nobody_changes_anothers_profile_whatever_the_rules_say(store: Store) {
        let corridor = club(&store).await;
        let id = say(&corridor, ADA, detail("skill", "baking", AudienceId::CLUB)).await;
        let of = |of: AgentId| SetDetail { of: Some(of), ..detail("skill", "lying", AudienceId::CLUB) };
        assert_eq!(code(corridor.act(by(BEN), of(ADA.into())).await), "profile_unknown");
        assert_eq!(code(corridor.act(by(BEN), SetDetail { id: Some(id), ..of(ADA.into()) }).await), "detail_unknown");
        assert_eq!(code(corridor.act(by(BEN), SetDetail { id: Some(id), ..of(BEN.into()) }).await), "detail_unknown");
        let plain = SetDetail { id: Some(id), ..detail("skill", "lying", AudienceId::CLUB) };
        assert_eq!(code(corridor.act(by(BEN), plain).await), "detail_unknown");
        assert_eq!(code(corridor.act(by(BEN), RemoveDetail { id }).await), "detail_unknown");
        let never = RemoveDetail { id: DetailId(Uuid::from_u128(7)) };
        assert_eq!(code(corridor.act(by(BEN), never).await), "detail_unknown");
        assert_eq!(seen(&corridor, Some(BEN), "ada").await.unwrap(), ["baking"]);
    }

    async fn an_audience_is_one_that_the_owner_belongs_to(store: Store) {
        let corridor = club(&store).await;
        let theirs = circle(&corridor, BEN, "friends", &[ADA]).await;
        let mine_ = circle(&corridor, ADA, "friends", &[]).await;
        for audience in [AudienceId::PUBLIC, AudienceId::CLUB, BAKERY.into(), mine_.into(), ADA.into()] {
            say(&corridor, ADA, detail("skill", "baking", audience)).await;
        }
        let strange: [AudienceId; 4] =
            [theirs.into(), BEN.into(), AudienceId(Uuid::from_u128(9)), GroupId(Uuid::from_u128(8)).into()];
        for audience in strange {
            let (code, sentence) = refused(corridor.act(by(ADA), detail("skill", "baking", audience)).await);
            assert_eq!(code, "audience_unknown");
            assert!(sentence.starts_with("Choose who may see this"), "{sentence}");
        }
        assert_eq!(code(corridor.act(by(BEN), detail("skill", "baking", BAKERY)).await), "audience_unknown");
        assert_eq!((mine(&corridor, ADA).await.len(), mine(&corridor, BEN).await.len()), (5, 0));
    }

    async fn a_group_shows_itself_to_all_to_the_club_or_to_its_own(store: Store) {
        let corridor = club(&store).await;
        let of = |act: SetDetail| SetDetail { of: Some(BAKERY.into()), ..act };
        let id = say(&corridor, GIL, of(detail("website", "bakery.example", BAKERY))).await;
        let friends = circle(&corridor, GIL, "friends", &[]).await;
        for audience in [AudienceId::from(friends), GIL.into()] {
            assert_eq!(code(corridor.act(by(GIL), of(detail("skill", "bread", audience))).await), "audience_unknown");
        }
        let gil = corridor.viewer(GIL).await.unwrap();
        let view = corridor.view(&gil, Mine { of: Some("bakery".into()) }, NOW).await.unwrap();
        let offers: Vec<&str> = view.audiences.iter().map(|offer| offer.kind.as_str()).collect();
        assert_eq!((view.own, offers), (false, vec!["public", "club", "group"]));
        assert_eq!(view.details[0].value, "https://bakery.example");
        corridor.act(by(GIL), RemoveDetail { id }).await.unwrap();
        assert_eq!(seen(&corridor, Some(GIL), "bakery").await, Ok(vec![]));
    }

    async fn what_was_shown_to_a_group_one_left_only_oneself_sees(store: Store) {
        let corridor = club(&store).await;
        say(&corridor, ADA, detail("phone", "01373 1234", BAKERY)).await;
        assert_eq!(seen(&corridor, Some(GIL), "ada").await.unwrap(), ["01373 1234"]);
        store.write(|tx| agents::set_role(tx, ADA.into(), BAKERY, Role::None, NOW)).await.unwrap();
        assert_eq!(seen(&corridor, Some(GIL), "ada").await.unwrap(), Vec::<String>::new());
        assert_eq!(mine(&corridor, ADA).await, [("01373 1234".to_owned(), "me".to_owned())]);
    }

    async fn a_profile_has_room_for_so_much(store: Store) {
        let corridor = club(&store).await;
        for n in 0..MAX_DETAILS {
            say(&corridor, ADA, detail("skill", &format!("skill {n}"), AudienceId::CLUB)).await;
        }
        let (code, sentence) = refused(corridor.act(by(ADA), detail("skill", "one more", AudienceId::CLUB)).await);
        assert_eq!((code.as_str(), sentence.as_str()), ("too_many_details", "A profile has 60 details at the most. Remove one first."));
        assert_eq!(mine(&corridor, ADA).await.len(), 60);
    }

    async fn nonsense_is_refused_with_a_sentence_and_changes_nothing(store: Store) {
        let corridor = club(&store).await;
        let long = "x".repeat(301);
        for (kind, value, wrong, begins) in [
            ("skill", " ", "value_missing", "Write something"),
            ("skill", long.as_str(), "value_too_long", "Please keep this to 300"),
            ("horoscope", "x", "kind_unknown", "Choose what this detail is"),
            ("other", "x", "label_missing", "Say in a word or two"),
            ("email", "ada", "email_unclear", "This does not look like an email"),
            ("phone", "none", "phone_unclear", "This does not look like a phone"),
            ("website", "javascript:alert(1)", "website_unclear", "Write the address of a web page"),
        ] {
            let (code, sentence) = refused(corridor.act(by(ADA), detail(kind, value, AudienceId::CLUB)).await);
            assert_eq!(code, wrong);
            assert!(sentence.starts_with(begins), "{sentence}");
        }
        let odd = serde_json::json!({ "kind": "skill", "value": "x", "audience": AudienceId::CLUB, "colour": "red" });
        assert_eq!(code(corridor.act_named(by(ADA), "profiles.set_detail", odd).await), "malformed");
        assert_eq!(mine(&corridor, ADA).await, []);
    }
}
