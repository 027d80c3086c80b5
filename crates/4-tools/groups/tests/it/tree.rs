//! Groups within groups, on both engines.

use crate::story::{club, migrations, new_group};
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_groups::acts::Create;
use planet_groups::acts::links::{JoinGroup, LeaveGroup, TakeInGroup};
use planet_groups::rows::links::{self, LinkRow};
use planet_groups::views::{Tree, Within};
use planet_kit::testing::{self, ADA, BEN, NOW, ask, by, code, new};
use planet_ontology::ids::GroupId;
use planet_ontology::roles::Mode;
use planet_store::{Store, both_engines};
use uuid::Uuid;

async fn made(corridor: &Corridor, name: &str) -> GroupId {
    let create = Create { name: name.into(), ..new_group() };
    corridor.act(by(ADA), create).await.unwrap().output.unwrap().group
}

fn joins(group: GroupId, into: GroupId) -> JoinGroup {
    JoinGroup { group, into, delegate: ADA, mandate: "Speak for us.".into() }
}

both_engines! { migrations();

    async fn a_group_becomes_part_of_another_when_both_have_decided(store: Store) {
        let corridor = club(&store).await;
        let (yard, garden) = (made(&corridor, "Yard").await, made(&corridor, "Garden").await);
        assert_eq!(code(corridor.act(by(ADA), TakeInGroup { group: yard, inner: garden }).await), "no_wish");
        assert_eq!(code(corridor.act(by(ADA), JoinGroup { mandate: " ".into(), ..joins(garden, yard) }).await), "mandate_missing");
        assert_eq!(code(corridor.act(by(ADA), JoinGroup { delegate: BEN, ..joins(garden, yard) }).await), "delegate_outside");
        assert_eq!(code(corridor.act(by(ADA), joins(garden, GroupId::CLUB)).await), "club_is_all");
        assert_eq!(code(corridor.act(by(ADA), joins(garden, garden)).await), "circular");
        corridor.act(by(ADA), joins(garden, yard)).await.unwrap();
        let viewer = corridor.viewer(BEN).await.unwrap();
        let tree = || async { corridor.view(&viewer, Tree {}, NOW).await.unwrap().into_iter().map(|it| (it.depth, it.name)).collect::<Vec<_>>() };
        let said = |rows: &[(usize, &str)]| rows.iter().map(|(depth, name)| (*depth, (*name).to_owned())).collect::<Vec<_>>();
        assert_eq!(tree().await, said(&[(0, "Garden"), (0, "Yard")]), "the other has not agreed yet");
        corridor.act(by(ADA), TakeInGroup { group: yard, inner: garden }).await.unwrap();
        assert_eq!(tree().await, said(&[(0, "Yard"), (1, "Garden")]));
        assert_eq!(code(corridor.act(by(ADA), joins(garden, made(&corridor, "Alley").await)).await), "part_already");
        let within = corridor.view(&viewer, Within { handle: "garden".into() }, NOW).await.unwrap().larger.unwrap();
        assert_eq!((within.name.as_str(), within.delegate.as_str(), within.mandate.as_str()), ("Yard", "Ada", "Speak for us."));
        assert_eq!(code(corridor.act(by(ADA), LeaveGroup { group: made(&corridor, "Lane").await, inner: garden }).await), "not_part");
        corridor.act(by(ADA), LeaveGroup { group: yard, inner: garden }).await.unwrap();
        assert_eq!(code(corridor.act(by(ADA), LeaveGroup { group: garden, inner: garden }).await), "not_part");
    }

    async fn no_group_lies_within_itself_however_deep(store: Store) {
        const DEEP: u128 = 1_000;
        let corridor = club(&store).await;
        let id = |n: u128| GroupId(Uuid::from_u128(0x6000 + n));
        store.write(move |tx| {
            for n in 0..DEEP {
                let name = format!("Group {n:04}");
                agents::create_group(tx, id(n), &new(&format!("g-{n}"), &name), Mode::Chat, true)?;
                agents::set_role(tx, ADA.into(), id(n), planet_ontology::roles::Role::Steward, NOW)?;
            }
            for n in 1..DEEP {
                let link = LinkRow { parent_id: id(n - 1), delegate_id: ADA, mandate: "Speak.".into(), agreed: true };
                links::wish(tx, id(n), &link, NOW)?;
            }
            Ok::<_, planet_store::Error>(())
        }).await.unwrap();
        assert_eq!(code(corridor.act(by(ADA), joins(id(0), id(DEEP - 1))).await), "circular");
        // A wish from before the circle could close is refused when it is agreed to.
        let other = made(&corridor, "Other").await;
        corridor.act(by(ADA), joins(other, id(DEEP - 1))).await.unwrap();
        corridor.act(by(ADA), joins(id(0), other)).await.unwrap();
        corridor.act(by(ADA), TakeInGroup { group: id(DEEP - 1), inner: other }).await.unwrap();
        assert_eq!(code(corridor.act(by(ADA), TakeInGroup { group: other, inner: id(0) }).await), "circular");
        let viewer = corridor.viewer(ADA).await.unwrap();
        let tree = corridor.view(&viewer, Tree {}, NOW).await.unwrap();
        assert_eq!((tree.len(), tree.last().map(|it| it.depth)), (1_001, Some(1_000)));
        let app = testing::app(&corridor, &planet_groups::TOOL);
        let (status, _, page) = ask(&app, "ada", "/groups/tree", None).await;
        assert!(status.is_success() && page.contains("Group 0999") && page.matches("<ul class=\"tree\">").count() == 9);
    }
}
