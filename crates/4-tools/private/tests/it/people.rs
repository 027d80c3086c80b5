//! Who takes part: conversations of two, of several and of groups.

use crate::browsers::*;
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_kit::testing::new;
use planet_ontology::ids::{GroupId, MemberId};
use planet_ontology::roles::{Mode, Role, Standing, Visibility};
use planet_private::acts::people::{AddPerson, Leave, OpenGroup, RemovePerson, Start};
use planet_private::views::{Conversation, Conversations};
use planet_store::{Store, both_engines};
use uuid::Uuid;

/// A group of Ada and Ben.
const CHOIR: GroupId = GroupId(Uuid::from_u128(0xc401));

async fn others(corridor: &Corridor, who: MemberId) -> Vec<String> {
    let viewer = corridor.viewer(who).await.unwrap();
    let lines = corridor.view(&viewer, Conversations {}, NOW).await.unwrap();
    lines
        .iter()
        .map(|line| line.others.iter().map(|part| part.name.clone()).collect::<Vec<_>>().join("+"))
        .collect()
}

both_engines! { migrations();

    async fn two_have_one_conversation_whoever_begins(store: Store) {
        let corridor = club(&store).await;
        let first = start(&corridor, ADA, &[BEN]).await;
        assert_eq!(start(&corridor, BEN, &[ADA, ADA]).await, first);
        assert_ne!(start(&corridor, ADA, &[CAT]).await, first);
        assert_eq!(others(&corridor, BEN).await, ["Ada"]);
        let add = AddPerson { conversation: first, member: CAT };
        assert_eq!(code(corridor.act(by(ADA), add).await), "stays_two");
    }

    async fn who_leaves_a_conversation_of_two_is_left_alone_until_they_write_again(store: Store) {
        let corridor = club(&store).await;
        let talk = start(&corridor, ADA, &[BEN]).await;
        corridor.act(by(BEN), Leave { conversation: talk }).await.unwrap();
        assert_eq!(start(&corridor, ADA, &[BEN]).await, talk);
        assert!(others(&corridor, BEN).await.is_empty(), "Ada cannot bring Ben back");
        assert_eq!(others(&corridor, ADA).await, [""]);
        assert_eq!(start(&corridor, BEN, &[ADA]).await, talk);
        assert_eq!(others(&corridor, ADA).await, ["Ben"]);
    }

    async fn several_take_others_in_and_who_began_takes_out(store: Store) {
        let corridor = club(&store).await;
        let talk = start(&corridor, ADA, &[BEN, CAT]).await;
        assert_eq!(others(&corridor, CAT).await, ["Ada+Ben"]);
        corridor.act(by(BEN), AddPerson { conversation: talk, member: EVE }).await.unwrap();
        assert_eq!(code(corridor.act(by(BEN), AddPerson { conversation: talk, member: EVE }).await), "already_in");
        corridor.act(by(ADA), RemovePerson { conversation: talk, member: CAT }).await.unwrap();
        assert_eq!(code(corridor.act(by(ADA), RemovePerson { conversation: talk, member: CAT }).await), "not_in");
        assert_eq!(code(corridor.act(by(ADA), RemovePerson { conversation: talk, member: ADA }).await), "yourself");
        assert!(others(&corridor, CAT).await.is_empty());
        assert_eq!(code(corridor.act(by(CAT), Leave { conversation: talk }).await), "conversation_unknown");
    }

    async fn a_conversation_is_begun_with_somebody_who_is_there(store: Store) {
        let corridor = club(&store).await;
        let start = |people: Vec<MemberId>| Start { people };
        let nobody = MemberId(Uuid::from_u128(1));
        store.write(|tx| agents::set_standing(tx, EVE.into(), Standing::Suspended)).await.unwrap();
        for (people, expected) in [
            (vec![], "nobody_chosen"),
            (vec![ADA], "yourself"),
            (vec![nobody], "member_unknown"),
            (vec![EVE], "member_unknown"),
            ((0..60).map(|n| MemberId(Uuid::from_u128(n))).collect(), "too_many_people"),
        ] {
            assert_eq!(code(corridor.act(by(ADA), start(people)).await), expected);
        }
    }

    async fn a_groups_conversation_has_the_groups_people_and_no_others(store: Store) {
        let corridor = club(&store).await;
        store
            .write(|tx| {
                agents::create_group_seen_by(tx, CHOIR, &new("choir", "Choir"), (Mode::Chat, false), Visibility::Private)?;
                agents::set_role(tx, ADA.into(), CHOIR, Role::Steward, NOW)?;
                agents::set_role(tx, BEN.into(), CHOIR, Role::Member, NOW)
            })
            .await
            .unwrap();
        assert_eq!(code(corridor.act(by(CAT), OpenGroup { group: CHOIR }).await), "group_unknown");
        assert_eq!(code(corridor.act(by(ADA), OpenGroup { group: GroupId::CLUB }).await), "group_unknown");
        let open = GroupId(Uuid::from_u128(0xba4e));
        store
            .write(move |tx| {
                agents::create_group(tx, open, &new("bakers", "Bakers"), Mode::Chat, true)?;
                agents::set_role(tx, ADA.into(), open, Role::Member, NOW)
            })
            .await
            .unwrap();
        assert_eq!(code(corridor.act(by(ADA), OpenGroup { group: open }).await), "group_not_private");
        let talk = corridor.act(by(ADA), OpenGroup { group: CHOIR }).await.unwrap().output.unwrap().conversation;
        assert_eq!(corridor.act(by(BEN), OpenGroup { group: CHOIR }).await.unwrap().output.unwrap().conversation, talk);
        assert_eq!(others(&corridor, BEN).await, ["Ada"]);
        assert_eq!(code(corridor.act(by(BEN), Leave { conversation: talk }).await), "group_decides");
        store.write(|tx| agents::set_role(tx, BEN.into(), CHOIR, Role::None, NOW)).await.unwrap();
        store.write(|tx| agents::set_role(tx, CAT.into(), CHOIR, Role::Member, NOW)).await.unwrap();
        assert!(others(&corridor, BEN).await.is_empty());
        let cat = corridor.viewer(CAT).await.unwrap();
        let view = corridor.view(&cat, Conversation { id: talk }, NOW).await.unwrap();
        assert_eq!(view.people.iter().map(|part| part.handle.as_str()).collect::<Vec<_>>(), ["ada", "cat"]);
    }
}
