//! The first week of a group, under real rules, with all tools, on both engines: made, its rule agreed, people admitted by it,
//! its mode raised twice by decision, a post published, and part of a larger group with a delegate.

use crate::house;
use planet_blog::acts::{Publish, Write};
use planet_blog::views::Blog;
use planet_cedar::kits;
use planet_corridor::act::Act;
use planet_corridor::corridor::Corridor;
use planet_corridor::look::Viewer;
use planet_corridor::rules;
use planet_governance::acts::Vote;
use planet_governance::views::Decision;
use planet_groups::acts::door::{Admit, AskToJoin, Invite, SetDoor};
use planet_groups::acts::links::{JoinGroup, LeaveGroup, TakeInGroup};
use planet_groups::acts::{AddMember, Change, Create, Join, SetMode};
use planet_groups::views::{GroupPage, GroupView, Tree};
use planet_kit::testing::{self, ADA, BEN, CAT, NOW, Somebody, by, code};
use planet_ontology::ids::{GroupId, MemberId, ProposalId};
use planet_ontology::roles::{Role, Visibility};
use planet_ontology::units::Amount;
use planet_store::{Store, both_engines};
use planet_wallet::acts::open::CreateCredit;
use serde_json::json;
use uuid::Uuid;

const DAN: MemberId = MemberId(Uuid::from_u128(0xda0));
const FOUR: [Somebody; 4] = [
    (ADA, "ada", Role::Steward),
    (BEN, "ben", Role::Member),
    (CAT, "cat", Role::Member),
    (DAN, "dan", Role::Member),
];

pub(super) async fn club(store: &Store, kit: &str) -> Corridor {
    let bundle = kits::open(kit).unwrap();
    store
        .write(move |tx| {
            testing::found(tx, &FOUR)?;
            rules::adopt(tx, &bundle, NOW).map(|_| ())
        })
        .await
        .unwrap();
    let corridor = Corridor::open(store.clone(), house::registry(), house::maker()).await.unwrap();
    let (min, max) = (Amount(-50_000), Amount(100_000));
    let credit = CreateCredit { name: "Hours".into(), symbol: "h".into(), decimals: 2, min, max };
    corridor.act(by(planet_corridor::actor::Actor::House), credit).await.unwrap();
    corridor
}

async fn started(corridor: &Corridor, who: MemberId, name: &str, visibility: Visibility) -> GroupId {
    let create = json!({ "name": name, "mode": "chat", "visibility": visibility.word() });
    let create: Create = serde_json::from_value(create).unwrap();
    corridor.act(by(who), create).await.unwrap().output.unwrap().group
}

/// Does what a decision is needed for: it is proposed, these vote for it, and then it is done.
pub(super) async fn decide<A: Act>(corridor: &Corridor, who: MemberId, act: A, yes: &[MemberId]) -> String {
    let done = corridor.act(by(who), act).await.unwrap();
    assert!(done.output.is_none(), "{} is done without a decision", A::NAME);
    let proposal: ProposalId = done.proposal.unwrap();
    for member in yes {
        corridor
            .act(by(*member), Vote { proposal, choice: "yes".into(), reason: String::new() })
            .await
            .unwrap();
    }
    let viewer = corridor.viewer(who).await.unwrap();
    corridor.view(&viewer, Decision { id: proposal }, NOW).await.unwrap().line.state
}

async fn seen(corridor: &Corridor, who: MemberId, handle: &str) -> GroupView {
    let viewer = corridor.viewer(who).await.unwrap();
    corridor.view(&viewer, GroupPage { handle: handle.into() }, NOW).await.unwrap()
}

both_engines! { house::migrations();

    async fn a_group_grows_by_its_own_decisions(store: Store) {
        let corridor = club(&store, "neighbourhood").await;
        let garden = started(&corridor, ADA, "Garden", Visibility::Open).await;
        corridor.act(by(ADA), Invite { group: garden, member: BEN, name: "Ben".into() }).await.unwrap();
        let invited = planet_groups::acts::door::AcceptInvitation { group: garden, agreed: false };
        corridor.act(by(BEN), invited).await.unwrap();
        assert_eq!(code(corridor.act(by(CAT), Join { group: garden, agreed: false }).await), "not_permitted");

        // From now on its members admit: then its stewards cannot do so alone, nor take that back alone.
        let door = |admission: &str| SetDoor { group: garden, question: "Why?".into(), agreement: String::new(), welcome: "Hello.".into(), admission: admission.into() };
        corridor.act(by(ADA), door("group majority")).await.unwrap();
        corridor.act(by(CAT), AskToJoin { group: garden, answer: "I dig.".into(), agreed: true }).await.unwrap();
        let admit = Admit { group: garden, member: CAT, name: "Cat".into() };
        assert_eq!(code(corridor.act(by(DAN), admit.clone()).await), "not_permitted");
        assert_eq!(decide(&corridor, BEN, admit, &[BEN]).await, "open", "one of two is no majority");
        assert_eq!(seen(&corridor, CAT, "garden").await.group.role, "none");
        let admit = Admit { group: garden, member: CAT, name: "Cat".into() };
        assert_eq!(decide(&corridor, ADA, admit, &[ADA, BEN]).await, "done");
        assert_eq!(seen(&corridor, CAT, "garden").await.welcome, "Hello.");
        assert!(corridor.act(by(ADA), AddMember { group: garden, member: DAN }).await.unwrap().proposal.is_some());
        assert!(corridor.act(by(ADA), door("")).await.unwrap().proposal.is_some());
        let change = |open| Change { group: garden, name: "Garden".into(), purpose: String::new(), mode: None, open, place: None, shown: None };
        assert!(corridor.act(by(ADA), change(true)).await.unwrap().proposal.is_some(), "opening the door is admitting");
        assert!(corridor.act(by(ADA), change(false)).await.unwrap().proposal.is_none());

        // Its mode is raised twice.
        assert_eq!(code(corridor.act(by(DAN), SetMode { group: garden, mode: "working".into() }).await), "not_permitted");
        for mode in ["working", "trading"] {
            assert_eq!(decide(&corridor, CAT, SetMode { group: garden, mode: mode.into() }, &[ADA, CAT]).await, "done");
            assert_eq!(seen(&corridor, DAN, "garden").await.group.mode, mode);
        }

        // It tells everybody.
        let write = Write { group: garden, post: None, title: "First beans".into(), body: "Four of them.".into() };
        assert_eq!(code(corridor.act(by(DAN), write.clone()).await), "not_permitted");
        let post = corridor.act(by(CAT), write).await.unwrap().output.unwrap();
        corridor.act(by(CAT), Publish { post, at: None }).await.unwrap();
        let blog = corridor.view(&Viewer::guest(), Blog { handle: "garden".into(), before: None }, NOW).await.unwrap();
        assert_eq!(blog.posts[0].title, "First beans");

        // It becomes part of a larger group, with a delegate: both decide.
        let yard = started(&corridor, DAN, "Yard", Visibility::Restricted).await;
        let join = JoinGroup { group: garden, into: yard, delegate: CAT, mandate: "Speak for the beans.".into() };
        assert_eq!(decide(&corridor, BEN, join, &[BEN, CAT]).await, "done");
        let take_in = TakeInGroup { group: yard, inner: garden };
        assert_eq!(code(corridor.act(by(CAT), take_in.clone()).await), "not_permitted");
        assert_eq!(decide(&corridor, DAN, take_in, &[DAN]).await, "done");
        let viewer = corridor.viewer(ADA).await.unwrap();
        let tree = corridor.view(&viewer, Tree {}, NOW).await.unwrap();
        let tree: Vec<_> = tree.iter().map(|it| (it.depth, it.name.as_str(), it.delegate.as_str())).collect();
        assert_eq!(tree, [(0, "Yard", ""), (1, "Garden", "Cat")]);
        assert_eq!(decide(&corridor, ADA, LeaveGroup { group: garden, inner: garden }, &[ADA, BEN]).await, "done");
    }

    async fn in_a_consent_circle_silence_lets_a_group_grow(store: Store) {
        let corridor = club(&store, "consent-circle").await;
        let group = started(&corridor, ADA, "Choir", Visibility::Restricted).await;
        assert_eq!(decide(&corridor, ADA, SetMode { group, mode: "working".into() }, &[]).await, "open");
        corridor.perform_due(NOW.plus_seconds(73 * 3_600)).await.unwrap();
        assert_eq!(seen(&corridor, ADA, "choir").await.group.mode, "working");
    }
}
