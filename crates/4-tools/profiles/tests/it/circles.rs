//! Circles: made, filled, renamed and ended by their owner, and by nobody else.

use crate::club::*;
use planet_corridor::agents::{self, NewAgent};
use planet_corridor::corridor::Corridor;
use planet_ontology::ids::{AudienceId, CircleId, MemberId};
use planet_ontology::roles::Role;
use planet_ontology::roles::Standing;
use planet_profiles::acts::{ChangeCircle, EndCircle, MAX_CIRCLES, MakeCircle};
use planet_profiles::views::Circles;
use planet_store::{Store, both_engines};
use uuid::Uuid;

async fn circles(corridor: &Corridor, member: MemberId) -> Vec<(String, Vec<String>)> {
    let viewer = corridor.viewer(member).await.unwrap();
    let view = corridor.view(&viewer, Circles {}, NOW).await.unwrap();
    view.circles
        .into_iter()
        .map(|it| (it.name, it.people.into_iter().map(|person| person.handle).collect()))
        .collect()
}

fn said(name: &str, people: &[&str]) -> (String, Vec<String>) {
    (name.into(), people.iter().map(|it| (*it).into()).collect())
}

fn change(circle: CircleId) -> ChangeCircle {
    ChangeCircle { circle, name: None, add: Vec::new(), remove: Vec::new() }
}

both_engines! { migrations();

    async fn a_circle_is_made_filled_and_renamed(store: Store) {
        let corridor = club(&store).await;
        let id = circle(&corridor, ADA, " Old   friends ", &[CAT, CAT]).await;
        assert_eq!(circles(&corridor, ADA).await, [said("Old friends", &["cat"])]);
        let act = ChangeCircle { name: Some("Friends".into()), add: vec![BEN, CAT], remove: vec![CAT], ..change(id) };
        corridor.act(by(ADA), act).await.unwrap();
        assert_eq!(circles(&corridor, ADA).await, [said("Friends", &["ben", "cat"])]);
        corridor.act(by(ADA), ChangeCircle { remove: vec![CAT], ..change(id) }).await.unwrap();
        assert!(corridor.viewer(BEN).await.unwrap().may_see(id.into()));
        assert!(!corridor.viewer(CAT).await.unwrap().may_see(id.into()));
        set_standing(&store, BEN, Standing::Left).await;
        assert_eq!(circles(&corridor, ADA).await, [said("Friends", &[])]);
    }

    async fn a_circle_that_ends_leaves_its_details_to_the_owner_alone(store: Store) {
        let corridor = club(&store).await;
        let id = circle(&corridor, ADA, "friends", &[CAT]).await;
        say(&corridor, ADA, detail("phone", "01373 1234", id)).await;
        say(&corridor, ADA, detail("skill", "baking", AudienceId::CLUB)).await;
        assert_eq!(seen(&corridor, Some(CAT), "ada").await.unwrap(), ["01373 1234", "baking"]);
        corridor.act(by(ADA), EndCircle { circle: id }).await.unwrap();
        assert_eq!(seen(&corridor, Some(CAT), "ada").await.unwrap(), ["baking"]);
        assert_eq!(mine(&corridor, ADA).await, [("01373 1234".to_owned(), "me".to_owned()), ("baking".into(), "club".into())]);
        assert_eq!(circles(&corridor, ADA).await, []);
    }

    async fn a_circle_is_its_owners_alone(store: Store) {
        let corridor = club(&store).await;
        let id = circle(&corridor, ADA, "friends", &[CAT]).await;
        for member in [BEN, CAT] {
            assert_eq!(code(corridor.act(by(member), EndCircle { circle: id }).await), "circle_unknown");
            let act = ChangeCircle { add: vec![BEN], ..change(id) };
            assert_eq!(code(corridor.act(by(member), act).await), "circle_unknown");
            assert_eq!(circles(&corridor, member).await, []);
        }
        assert_eq!(code(corridor.act(by(ADA), EndCircle { circle: CircleId(Uuid::from_u128(1)) }).await), "circle_unknown");
        assert_eq!(circles(&corridor, ADA).await, [said("friends", &["cat"])]);
    }

    async fn nonsense_is_refused_and_changes_nothing(store: Store) {
        let corridor = club(&store).await;
        let id = circle(&corridor, ADA, "friends", &[CAT]).await;
        circle(&corridor, ADA, "family", &[]).await;
        let make = |name: &str, members: &[MemberId]| MakeCircle { name: name.into(), members: members.to_vec() };
        assert_eq!(code(corridor.act(by(ADA), make(" ", &[])).await), "circle_name_missing");
        assert_eq!(code(corridor.act(by(ADA), make(&"x".repeat(41), &[])).await), "circle_name_too_long");
        assert_eq!(code(corridor.act(by(ADA), make("FRIENDS", &[])).await), "circle_name_taken");
        assert_eq!(code(corridor.act(by(ADA), make("me", &[ADA])).await), "yourself");
        set_standing(&store, LEE, Standing::Left).await;
        for stranger in [MemberId(Uuid::from_u128(5)), MemberId(BAKERY.0), LEE] {
            assert_eq!(code(corridor.act(by(ADA), make("odd", &[CAT, stranger])).await), "member_unknown");
        }
        let rename = ChangeCircle { name: Some("Family".into()), remove: vec![CAT], ..change(id) };
        assert_eq!(code(corridor.act(by(ADA), rename).await), "circle_name_taken");
        assert_eq!(circles(&corridor, ADA).await, [said("family", &[]), said("friends", &["cat"])]);
    }

    async fn circles_have_limits(store: Store) {
        let corridor = club(&store).await;
        let crowd: Vec<MemberId> = (0..151).map(|n| MemberId(Uuid::from_u128(0x1_0000 + n))).collect();
        let all = crowd.clone();
        store
            .write(move |tx| {
                for member in &all {
                    let handle = format!("m{}", member.0.as_u128());
                    agents::create_member(tx, *member, &NewAgent { handle: &handle, name: &handle, now: NOW }, Role::Member, None)?;
                }
                Ok::<_, planet_store::Error>(())
            })
            .await
            .unwrap();
        let make = |name: &str, members: &[MemberId]| MakeCircle { name: name.into(), members: members.to_vec() };
        assert_eq!(code(corridor.act(by(ADA), make("crowd", &crowd)).await), "circle_full");
        let id = circle(&corridor, ADA, "crowd", &crowd[..150]).await;
        let (code_, sentence) = refused(corridor.act(by(ADA), ChangeCircle { add: crowd[150..].to_vec(), ..change(id) }).await);
        assert_eq!((code_.as_str(), &sentence[..35]), ("circle_full", "A circle has 150 people at the most"));
        assert_eq!(circles(&corridor, ADA).await[0].1.len(), 150);
        for n in 1..MAX_CIRCLES {
            circle(&corridor, ADA, &format!("circle {n}"), &[]).await;
        }
        assert_eq!(code(corridor.act(by(ADA), make("one more", &[])).await), "too_many_circles");
        assert_eq!(circles(&corridor, ADA).await.len(), 20);
    }
}
