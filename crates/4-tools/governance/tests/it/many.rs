//! A vote of many: what its page tells, page by page, and that whoever lapsed in between is counted as the rules say, on both engines.

use crate::story::{ADA, NOW, by, club, code, migrations, paint, vote};
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_governance::acts::Vote;
use planet_governance::views::{Decision, Detail};
use planet_governance::voices::{BALLOTS, Ballot, Voices};
use planet_kit::testing::new;
use planet_ontology::ids::{AgentId, GroupId, MemberId, ProposalId};
use planet_ontology::roles::{Role, Standing};
use planet_store::{Error, Store, Tx, both_engines};
use serde_json::json;
use uuid::Uuid;

const MANY: u128 = 120;

fn one(n: u128) -> MemberId {
    MemberId(Uuid::from_u128(0xf00 + n))
}

async fn many(store: &Store) {
    store
        .write(move |tx| {
            (0..MANY).try_for_each(|n| {
                agents::create_member(tx, one(n), &new(&format!("one-{n}"), "One"), Role::Member, None)
            })
        })
        .await
        .unwrap();
}

async fn detail(corridor: &Corridor, id: ProposalId) -> Detail {
    let viewer = corridor.viewer(ADA).await.unwrap();
    corridor.view(&viewer, Decision { id }, NOW).await.unwrap()
}

/// All ballots as they are read page by page.
async fn all(corridor: &Corridor, id: ProposalId) -> Vec<Ballot> {
    let viewer = corridor.viewer(ADA).await.unwrap();
    let (mut ballots, mut from) = (Vec::new(), (None, None));
    loop {
        let page = corridor.view(&viewer, Voices { id, after: from.0, whose: from.1 }, NOW).await.unwrap();
        assert!(page.ballots.len() <= BALLOTS);
        ballots.extend(page.ballots);
        let Some((at, whose)) = page.next else { return ballots };
        from = (Some(at), Some(whose));
    }
}

fn by_the_end() -> serde_json::Value {
    json!({ "about": "More than half.", "open_for": "72h", "electorate": { "roles": ["member", "treasurer"] },
            "yes_share": { "share": "1/2", "strict": true } })
}

fn role(tx: &mut Tx, n: u128, role: Role) -> Result<(), Error> {
    agents::set_role(tx, one(n).into(), GroupId::CLUB, role, NOW)
}

both_engines! { migrations();

    async fn whoever_lapsed_since_is_not_counted_and_whoever_is_back_is(store: Store) {
        let corridor = club(&store, by_the_end()).await;
        many(&store).await;
        let id = paint(&corridor, "green").await;
        for n in 0..MANY {
            // Every sixth has not voted; some vote in the same moment.
            let choice = ["yes", "no", "yes", "abstain", "yes", ""][usize::try_from(n % 6).unwrap()];
            if !choice.is_empty() {
                let act = Vote { proposal: id, choice: choice.into(), reason: String::new() };
                corridor.act(by(one(n), NOW.plus_seconds(i64::try_from(n / 4).unwrap())), act).await.unwrap();
            }
        }
        let seen = detail(&corridor, id).await;
        assert_eq!((seen.tally.yes, seen.tally.no, seen.tally.abstain), (60, 20, 20));
        assert_eq!((seen.voted, seen.ballots.len(), seen.tally.electorate), (100, BALLOTS, 123));

        store.write(move |tx| {
            agents::set_standing(tx, one(0).into(), Standing::Suspended)?;
            agents::set_standing(tx, one(1).into(), Standing::Left)?;
            role(tx, 2, Role::None)?;
            // One role that votes after another, one that does not, and two who went and are back.
            role(tx, 4, Role::Treasurer)?;
            role(tx, 6, Role::Steward)?;
            role(tx, 8, Role::None)?;
            role(tx, 8, Role::Member)?;
            agents::set_standing(tx, one(10).into(), Standing::Suspended)?;
            agents::set_standing(tx, one(10).into(), Standing::Active)
        }).await.unwrap();
        let seen = detail(&corridor, id).await;
        assert_eq!((seen.tally.yes, seen.tally.no, seen.tally.abstain), (57, 19, 20), "three who agreed and one who did not");
        assert_eq!((seen.voted, seen.tally.electorate), (100, 123), "what was said is still there to be read");
        let said = all(&corridor, id).await;
        let mut voters: Vec<AgentId> = said.iter().map(|it| it.agent).collect();
        voters.sort_unstable();
        voters.dedup();
        assert_eq!((said.len(), voters.len()), (100, 100), "each ballot stands on one page");
        let counted = |choice: &str| said.iter().filter(|it| it.counts && it.choice == choice).count();
        assert_eq!((counted("yes"), counted("no"), counted("abstain")), (57, 19, 20));
        assert_eq!(code(vote(&corridor, one(2), id, "no", "").await), "proposal_unknown");
    }
}
