//! The town as a story: the same seed gives the same year, and the books and the log of it are right.

use super::plan::{Deed, For, Plan};
use super::{Folder, build};
use crate::{args, house};
use ed25519_dalek::SigningKey;
use planet_corridor::corridor::Corridor;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_corridor::verify::verify;
use planet_kit::web::Origin;
use planet_ontology::ids::MemberId;
use planet_ontology::relevance::Relevance;
use planet_ontology::units::Moment;
use planet_store::sql;
use std::process::ExitCode;

/// A year that ends in November 2026.
const UNTIL: Moment = Moment(1_795_400_000_000_000);

#[test]
fn the_same_seed_plans_the_same_year() {
    let plan = Plan::new(7, 12, UNTIL);
    assert_eq!(plan, Plan::new(7, 12, UNTIL));
    assert_ne!(plan.deeds, Plan::new(8, 12, UNTIL).deeds);
    assert!(plan.deeds.is_sorted_by_key(|(at, _)| *at));
    assert!(plan.deeds.iter().all(|(at, _)| *at < UNTIL && UNTIL.0 - at.0 <= 366 * Moment::DAY));
}

#[test]
fn a_town_of_forty_trades_and_talks_for_a_year() {
    let plan = Plan::new(1, 40, UNTIL);
    let count = |wanted: fn(&Deed) -> bool| plan.deeds.iter().filter(|(_, deed)| wanted(deed)).count();
    let payments = count(|deed| matches!(deed, Deed::Pay { .. } | Deed::Bill { .. }));
    let posts = count(|deed| matches!(deed, Deed::Post { .. }));
    assert!((1_000..1_500).contains(&payments), "{payments}");
    assert!((300..420).contains(&posts), "{posts}");
    for level in Relevance::ALL {
        let reaches = |deed: &Deed| matches!(deed, Deed::Post { relevance, .. } if *relevance == level);
        assert!(plan.deeds.iter().any(|(_, deed)| reaches(deed)), "nothing for the {}", level.word());
    }
    let local_to_all = |deed: &Deed| matches!(deed, Deed::Post { relevance, to: For::Public, .. } if *relevance < Relevance::Town);
    assert!(!plan.deeds.iter().any(|(_, deed)| local_to_all(deed)), "a street is not shown to everybody");
}

#[test]
fn everybody_in_a_large_town_has_a_name_of_their_own() {
    let mut names: Vec<String> =
        Plan::new(1, 500, UNTIL).people.into_iter().map(|person| person.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 500);
}

#[test]
fn the_same_seed_builds_the_same_town_and_its_record_verifies() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut towns = Vec::new();
        for key in [1, 2] {
            let folder = Folder::make().unwrap();
            let key = SigningKey::from_bytes(&[key; 32]);
            let origin = Origin::parse("http://localhost:7700").unwrap();
            let (node, tally) = build(&folder.0, origin, key.clone(), (7, 12), UNTIL).await.unwrap();
            let store = node.corridor.store();
            let (log, books) = store
                .snapshot(move |tx| {
                    let log = verify(tx, &key.verifying_key(), None, |_| ())?;
                    Ok::<_, Fault>((log, planet_ledger::audit(tx)?))
                })
                .await
                .unwrap();
            assert_eq!((log.problems, books.problems), (vec![], vec![]));
            if towns.is_empty() {
                let waits = what_waits(&node.corridor).await;
                assert!(waits > 12, "{waits}");
                let place = args::Place { data: folder.0.clone(), database: None };
                let verified =
                    crate::verify::verify(args::Verify { place, checkpoint: None, receipt: None, key: None })
                        .await
                        .unwrap();
                assert_eq!(format!("{verified:?}"), format!("{:?}", ExitCode::SUCCESS), "the command agrees");
            }
            assert_eq!((log.unsealed, books.transfers), (0, i64::from(tally.payments)));
            assert!(
                log.events > 500 && log.checkpoints > 20,
                "{} events, {} checkpoints",
                log.events,
                log.checkpoints
            );
            assert!(tally.refused * 50 < u32::try_from(log.entries).unwrap(), "{tally:?}");
            let decided = store
                .read(|tx| {
                    tx.rows::<(String, i64)>(
                        sql!("SELECT state, count(*) FROM proposals GROUP BY state ORDER BY state"),
                        &[],
                    )
                })
                .await
                .unwrap();
            let names = store
                .read(|tx| {
                    tx.rows::<(String, String)>(sql!("SELECT handle, name FROM agents ORDER BY handle"), &[])
                })
                .await
                .unwrap();
            towns.push((tally, decided, names));
        }
        let [one, other] = towns.try_into().unwrap();
        assert_eq!(one, other);
        assert_eq!((one.0.members, one.0.groups), (12, 8));
        assert!(
            one.1.iter().any(|(state, _)| state == "open") && one.1.iter().any(|(state, _)| state == "done")
        );
    });
}

/// How much waits for all members together. What the bell counts is what home lists, for each tool and each member.
async fn what_waits(corridor: &Corridor) -> usize {
    let members = corridor
        .store()
        .read(|tx| tx.rows::<(MemberId,)>(sql!("SELECT id FROM agents WHERE kind = 'member'"), &[]))
        .await
        .unwrap();
    let mut all = 0;
    for (member,) in members {
        let viewer = corridor.viewer(member).await.unwrap();
        let read = move |look: &mut Look| {
            let tools = house::waits().into_iter();
            tools
                .map(|it| Ok(((it.count)(look.tx, member, UNTIL)?, (it.list)(look)?.len())))
                .collect::<Result<Vec<_>, Fault>>()
        };
        for (counted, listed) in corridor.look(&viewer, UNTIL, read).await.unwrap() {
            assert_eq!(counted, listed, "for {member:?}");
            all += listed;
        }
    }
    all
}

#[test]
fn nothing_of_the_town_is_left_when_it_closes() {
    let folder = Folder::make().unwrap();
    let path = folder.0.clone();
    std::fs::write(path.join("planet.db"), "x").unwrap();
    drop(folder);
    assert!(!path.exists());
}
