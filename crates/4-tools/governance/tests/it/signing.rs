//! Whose voice counts: signatures, and what happens to the voices of those who lose the role that votes, leave, or are
//! suspended in between.

use super::story::{ADA, BEN, CAM, NOW, by, by_majority, club, code, hall, migrations, paint, state, vote};
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_governance::acts::Propose;
use planet_governance::views::{Decision, Decisions, Detail};
use planet_ontology::ids::{GroupId, MemberId, ProposalId};
use planet_ontology::roles::{Role, Standing};
use planet_store::{Store, both_engines};
use serde_json::json;

fn by_two_signatures() -> serde_json::Value {
    json!({ "about": "Two officers sign.", "open_for": "72h", "electorate": { "roles": ["treasurer", "steward"] },
            "yes_at_least": 2, "opener_agrees": true, "early": true })
}

async fn give(store: &Store, member: MemberId, role: Role) {
    store.write(move |tx| agents::set_role(tx, member.into(), GroupId::CLUB, role, NOW)).await.unwrap();
}

async fn stand(store: &Store, member: MemberId, standing: Standing) {
    store.write(move |tx| agents::set_standing(tx, member.into(), standing)).await.unwrap();
}

/// A club whose treasurers are Ada and Ben. Cam is a member.
async fn officers(store: &Store) -> Corridor {
    let corridor = club(store, by_two_signatures()).await;
    for member in [ADA, BEN] {
        give(store, member, Role::Treasurer).await;
    }
    corridor
}

async fn detail(corridor: &Corridor, member: MemberId, id: ProposalId) -> Detail {
    let viewer = corridor.viewer(member).await.unwrap();
    corridor.view(&viewer, Decision { id }, NOW).await.unwrap()
}

async fn waits(corridor: &Corridor, member: MemberId) -> bool {
    let viewer = corridor.viewer(member).await.unwrap();
    corridor.view(&viewer, Decisions::default(), NOW).await.unwrap().iter().any(|line| line.to_vote)
}

both_engines! { migrations();

    async fn whoever_asks_has_signed_and_the_second_signature_does_it(store: Store) {
        let corridor = officers(&store).await;
        let proposal = paint(&corridor, "green").await;
        let seen = detail(&corridor, BEN, proposal).await;
        let signed: Vec<_> = seen.ballots.iter().map(|ballot| (ballot.name.as_str(), ballot.counts)).collect();
        let may: Vec<_> = seen.outstanding.iter().map(|voter| voter.name.as_str()).collect();
        assert_eq!((seen.signed, signed, may), (true, vec![("Ada", true)], vec!["Ben"]));
        assert_eq!(seen.missing.as_deref(), Some("1 more must agree: 1 of 2 have."));
        for (member, expected) in [(ADA, false), (BEN, true), (CAM, false)] {
            assert_eq!(waits(&corridor, member).await, expected, "{member}");
        }
        assert_eq!(code(vote(&corridor, CAM, proposal, "yes", "").await), "no_vote");
        vote(&corridor, BEN, proposal, "yes", "").await.unwrap();
        assert_eq!((state(&corridor, proposal).await.0.as_str(), hall(&corridor).await), ("done", vec!["green".to_owned()]));
    }

    async fn a_treasurer_who_is_removed_between_two_signatures_has_not_signed(store: Store) {
        let corridor = officers(&store).await;
        let proposal = paint(&corridor, "green").await;
        give(&store, ADA, Role::Member).await;
        vote(&corridor, BEN, proposal, "yes", "").await.unwrap();
        assert_eq!((state(&corridor, proposal).await.0.as_str(), hall(&corridor).await.len()), ("open", 0));
        let seen = detail(&corridor, CAM, proposal).await;
        let counts: Vec<_> = seen.ballots.iter().map(|ballot| (ballot.name.as_str(), ballot.counts)).collect();
        assert_eq!(counts, [("Ada", false), ("Ben", true)]);
        assert_eq!((seen.tally.yes, seen.tally.electorate), (1, 2), "the electorate keeps its size");
        assert_eq!(code(vote(&corridor, ADA, proposal, "yes", "").await), "no_vote");
        corridor.perform_due(NOW.plus_seconds(73 * 3600)).await.unwrap();
        assert_eq!(state(&corridor, proposal).await, ("failed".into(), "It needed 2 in favour; 1 agreed.".into()));
    }

    async fn a_treasurer_who_comes_later_does_not_sign_what_was_open(store: Store) {
        let corridor = officers(&store).await;
        let proposal = paint(&corridor, "green").await;
        give(&store, CAM, Role::Treasurer).await;
        assert_eq!(code(vote(&corridor, CAM, proposal, "yes", "").await), "no_vote");
        assert!(!waits(&corridor, CAM).await);
    }

    async fn whoever_left_or_is_suspended_when_it_is_counted_is_not_counted(store: Store) {
        for (gone, back) in [
            (Standing::Suspended, Some(Standing::Active)),
            (Standing::Left, None),
        ] {
            let corridor = officers_again(&store).await;
            let proposal = paint(&corridor, gone.word()).await;
            stand(&store, ADA, gone).await;
            vote(&corridor, BEN, proposal, "yes", "").await.unwrap();
            assert_eq!(state_for(&corridor, BEN, proposal).await, "open", "{gone:?}");
            if let Some(back) = back {
                stand(&store, ADA, back).await;
                vote(&corridor, BEN, proposal, "yes", "").await.unwrap();
                assert_eq!(state_for(&corridor, BEN, proposal).await, "done", "suspended when it is counted, not before");
            }
        }
    }

    async fn whoever_is_taken_out_of_the_group_is_not_counted_in_a_majority_either(store: Store) {
        let corridor = club(&store, by_majority()).await;
        let proposal = paint(&corridor, "blue").await;
        vote(&corridor, ADA, proposal, "yes", "").await.unwrap();
        give(&store, ADA, Role::None).await;
        vote(&corridor, BEN, proposal, "yes", "").await.unwrap();
        let seen = detail(&corridor, BEN, proposal).await;
        assert_eq!((seen.line.state.as_str(), seen.tally.yes, seen.tally.electorate), ("open", 1, 3));
        assert_eq!(code(vote(&corridor, ADA, proposal, "no", "").await), "proposal_unknown");
        vote(&corridor, CAM, proposal, "yes", "").await.unwrap();
        assert_eq!(state_for(&corridor, BEN, proposal).await, "done");
    }

    async fn whoever_proposes_it_by_hand_has_signed_only_if_they_may(store: Store) {
        let corridor = officers(&store).await;
        let propose = || Propose { act: "hall.paint".into(), args: json!({ "colour": "red" }), group: None, reason: String::new() };
        for (member, signatures) in [(CAM, 0), (BEN, 1)] {
            let proposal = corridor.act(by(member, NOW), propose()).await.unwrap().output.unwrap().proposal;
            assert_eq!(detail(&corridor, member, proposal).await.tally.yes, signatures);
        }
    }
}

async fn state_for(corridor: &Corridor, member: MemberId, id: ProposalId) -> String {
    detail(corridor, member, id).await.line.state
}

/// The officers, where the club may be there already.
async fn officers_again(store: &Store) -> Corridor {
    let there = store.read(|tx| agents::find(tx, ADA.into())).await.unwrap().is_some();
    if !there {
        return officers(store).await;
    }
    super::story::open(store, by_two_signatures()).await
}
