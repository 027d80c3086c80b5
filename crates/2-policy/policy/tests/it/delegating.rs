//! Who casts whose ballot: chains and circles of any length, caps, and the rule said a second time as plainly as can be.

use planet_policy::delegation::{Link, cast, loops, most, speakers};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

const MANY: u32 = 1_000;

fn chain(length: u32) -> Vec<Link<u32>> {
    (0..length).map(|who| (who, who + 1)).collect()
}

#[test]
fn a_chain_of_a_thousand_ends_with_the_first_who_has_voted() {
    let links = chain(MANY);
    let all = cast(&links, &BTreeSet::from([MANY]), usize::MAX);
    assert_eq!(all.len(), 1_000);
    assert!(all.iter().all(|(_, by)| *by == MANY));
    // Whoever votes in the middle votes for those before, and not for themself once more.
    let split = cast(&links, &BTreeSet::from([500, MANY]), usize::MAX);
    assert_eq!(split.iter().filter(|(_, by)| *by == 500).count(), 500);
    assert_eq!(split.iter().filter(|(_, by)| *by == MANY).count(), 499);
    assert!(split.iter().all(|(who, _)| *who != 500));
}

#[test]
fn a_circle_of_a_thousand_is_seen_before_it_is_closed_and_casts_nothing() {
    let mut links = chain(MANY - 1);
    assert!(loops(&links, MANY - 1, 0), "the last would close it");
    assert!(!loops(&links, MANY - 1, MANY), "naming somebody else does not");
    links.push((MANY - 1, 0));
    assert_eq!(cast(&links, &BTreeSet::new(), usize::MAX), []);
    assert_eq!(speakers(&links), []);
    // As soon as one of them votes, the circle is open there.
    assert_eq!(cast(&links, &BTreeSet::from([7]), usize::MAX).len(), 999);
}

#[test]
fn it_takes_as_long_as_there_are_links_and_no_longer() {
    let took = |length| {
        let links = chain(length);
        let begun = Instant::now();
        assert_eq!(cast(&links, &BTreeSet::from([length]), usize::MAX).len(), links.len());
        begun.elapsed()
    };
    // Ten times as many links, and far from a hundred times as long.
    let (short, long) = (took(10_000), took(100_000));
    assert!(long < short.max(Duration::from_millis(2)) * 60, "{short:?} and {long:?}");
}

#[test]
fn nobody_casts_more_than_the_cap_and_the_oldest_hold() {
    let links: Vec<Link<u32>> = [30, 10, 20].map(|who| (who, 0)).into();
    assert_eq!(cast(&links, &BTreeSet::from([0]), 2), [(30, 0), (10, 0)]);
    let caps = [1, 39, 40, 60, 199, 200, 10_000].map(most);
    assert_eq!(caps, [2, 2, 2, 3, 9, 10, 10]);
}

/// The rule in its plainest words: walk from each until somebody has voted; give up after as many steps as there are people.
fn plainly(links: &[Link<u32>], voted: &BTreeSet<u32>, most: usize) -> Vec<(u32, u32)> {
    let named = |who: u32| links.iter().find(|(from, _)| *from == who).map(|(_, to)| *to);
    let mut cast: Vec<(u32, u32)> = Vec::new();
    let mut asked = Vec::new();
    for (who, _) in links {
        if asked.contains(who) || voted.contains(who) {
            continue;
        }
        asked.push(*who);
        let mut at = *who;
        for _ in 0..=links.len() {
            let Some(further) = named(at) else { break };
            at = further;
            if voted.contains(&at) {
                if cast.iter().filter(|(_, by)| *by == at).count() < most {
                    cast.push((*who, at));
                }
                break;
            }
        }
    }
    cast
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_web_of_names_is_read_by_the_rule(
        links in proptest::collection::vec((0_u32..12, 0_u32..12), 0..20),
        voted in proptest::collection::btree_set(0_u32..12, 0..6),
        most in 0_usize..4,
    ) {
        let found = cast(&links, &voted, most);
        prop_assert_eq!(&found, &plainly(&links, &voted, most));
        // One member, one ballot: nobody is cast for twice, and nobody who has voted is.
        let cast_for: BTreeSet<u32> = found.iter().map(|(who, _)| *who).collect();
        prop_assert_eq!(cast_for.len(), found.len());
        prop_assert!(cast_for.is_disjoint(&voted));
    }

    #[test]
    fn whoever_is_refused_a_loop_would_have_made_one(
        links in proptest::collection::btree_map(0_u32..10, 0_u32..10, 0..10),
        to in 0_u32..10,
    ) {
        let links: Vec<Link<u32>> = links.into_iter().filter(|(who, named)| *who != 0 && who != named).collect();
        let with: Vec<Link<u32>> = links.iter().copied().chain([(0, to)]).collect();
        let reaches_an_end = speakers(&with).iter().any(|(who, _)| *who == 0);
        prop_assert_eq!(loops(&links, 0, to), !reaches_an_end);
    }
}
