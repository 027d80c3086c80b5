//! What must hold for every vote: ballots have no order and no names, sums come out, and more support never hurts where it must not.

use planet_count::irv::{Rules, irv};
use planet_count::meek::{ONE, meek};
use planet_count::schulze::schulze;
use planet_count::scottish::scottish;
use planet_count::sums::{Rule, ScoreBy, Unmarked, sums};
use planet_count::{Ballot, Candidate, Lot, Mark};
use proptest::prelude::*;

/// How many stand, and ballots with all that people do with a pencil.
fn votes() -> impl Strategy<Value = (usize, Vec<Ballot>)> {
    (2_usize..8).prop_flat_map(|count| {
        let end = u16::try_from(count).unwrap();
        let candidate = prop_oneof![9 => 0..end, 1 => Just(u16::MAX)].prop_map(Candidate);
        let mark = (1_u16..=end + 2, candidate).prop_map(|(rank, candidate)| Mark { rank, candidate });
        let ballot = (1_u32..4, prop::collection::vec(mark, 0..10))
            .prop_map(|(weight, marks)| Ballot::new(weight, marks));
        (Just(count), prop::collection::vec(ballot, 0..40))
    })
}

proptest! {
    #[test]
    fn the_order_of_ballots_makes_no_difference((count, ballots) in votes()) {
        let lot = Lot::published(count);
        let mut backwards = ballots.clone();
        backwards.reverse();
        prop_assert_eq!(schulze(count, &ballots, &lot).unwrap(), schulze(count, &backwards, &lot).unwrap());
        let rules = Rules::default();
        prop_assert_eq!(irv(count, &ballots, rules, &lot).unwrap(), irv(count, &backwards, rules, &lot).unwrap());
        for seats in 1..=count {
            prop_assert_eq!(scottish(count, seats, &ballots, &lot).unwrap(), scottish(count, seats, &backwards, &lot).unwrap());
            prop_assert_eq!(meek(count, seats, &ballots, &lot).unwrap(), meek(count, seats, &backwards, &lot).unwrap());
        }
    }

    #[test]
    fn ballots_alike_count_as_one_of_their_weight((count, ballots) in votes()) {
        let lot = Lot::published(count);
        let apart: Vec<Ballot> = ballots
            .iter()
            .flat_map(|ballot| (0..ballot.weight).map(|_| ballot.clone().times(1)))
            .collect();
        prop_assert_eq!(schulze(count, &ballots, &lot).unwrap(), schulze(count, &apart, &lot).unwrap());
        prop_assert_eq!(scottish(count, 1, &ballots, &lot).unwrap(), scottish(count, 1, &apart, &lot).unwrap());
        prop_assert_eq!(meek(count, 1, &ballots, &lot).unwrap(), meek(count, 1, &apart, &lot).unwrap());
    }

    #[test]
    fn every_seat_is_filled_once_and_no_vote_is_lost((count, ballots) in votes()) {
        let lot = Lot::drawn(&[5; 32], &(0..count).map(|n| n.to_string()).collect::<Vec<_>>());
        for seats in 1..=count {
            let counted = scottish(count, seats, &ballots, &lot).unwrap();
            let mut elected = counted.elected.clone();
            elected.sort();
            elected.dedup();
            prop_assert_eq!(elected.len(), seats);
            let total: Vec<i64> = counted
                .stages
                .iter()
                .map(|stage| {
                    stage.votes.values().iter().map(|votes| votes.0).sum::<i64>()
                        + stage.non_transferable.0
                        + stage.residual.0
                })
                .collect();
            prop_assert!(total.windows(2).all(|pair| pair[0] == pair[1]), "{total:?}");
            prop_assert!(counted.stages.iter().all(|stage| (0..100_000).contains(&stage.residual.0)));
            let counted = meek(count, seats, &ballots, &lot).unwrap();
            let mut elected = counted.elected.clone();
            elected.sort();
            elected.dedup();
            prop_assert_eq!(elected.len(), seats);
            let valid: i128 = ballots.iter().filter(|b| !b.order().is_empty()).map(|b| i128::from(b.weight)).sum();
            for round in &counted.rounds {
                prop_assert_eq!(round.votes.values().iter().sum::<i128>() + round.excess, valid * ONE);
            }
        }
        let counted = irv(count, &ballots, Rules::default(), &lot).unwrap();
        let weight: u64 = ballots.iter().map(|ballot| u64::from(ballot.weight)).sum();
        for round in &counted.rounds {
            let inactive = round.inactive.exhausted + round.inactive.overvoted + round.inactive.skipped;
            prop_assert_eq!(round.votes.iter().map(|(_, votes)| votes).sum::<u64>() + inactive, weight);
        }
    }

    /// Schulze's method is monotonic: to rank the winner higher never costs the win.
    #[test]
    fn to_rank_the_winner_first_never_hurts_under_schulze((count, ballots) in votes(), which in any::<prop::sample::Index>()) {
        prop_assume!(!ballots.is_empty());
        let lot = Lot::published(count);
        let winner = schulze(count, &ballots, &lot).unwrap().winner;
        let mut raised = ballots.clone();
        let ballot = which.get(&ballots);
        let others = ballot.order().into_iter().filter(|candidate| *candidate != winner);
        prop_assume!(ballot.marks.len() == ballot.order().len());
        raised[which.index(ballots.len())] = Ballot::ranking([winner].into_iter().chain(others)).times(ballot.weight);
        let after = schulze(count, &raised, &lot).unwrap();
        prop_assert!(after.unbeaten.contains(&winner));
    }

    #[test]
    fn more_approval_never_hurts(ballots in prop::collection::vec(prop::collection::btree_set(0_u16..5, 0..5), 1..30)) {
        let lot = Lot::published(5);
        let points = |ballots: &[std::collections::BTreeSet<u16>]| -> Vec<_> {
            ballots.iter().map(|set| set.iter().map(|n| (Candidate(*n), 1)).collect()).collect()
        };
        let before = sums(5, 1, &points(&ballots), Rule::Approval, &lot).unwrap();
        let mut more = ballots;
        more[0].insert(before.winners[0].0);
        prop_assert_eq!(sums(5, 1, &points(&more), Rule::Approval, &lot).unwrap().winners, before.winners);
    }

    #[test]
    fn a_median_is_a_score_that_was_given_or_zero(scores in prop::collection::vec(prop::option::of(0_u32..=5), 1..20)) {
        let ballots: Vec<_> = scores.iter().map(|score| score.map(|score| (Candidate(0), score)).into_iter().collect()).collect();
        for unmarked in [Unmarked::Zero, Unmarked::Ignored] {
            let rule = Rule::Score { most: 5, by: ScoreBy::Median, unmarked };
            let counted = sums(1, 1, &ballots, rule, &Lot::published(1)).unwrap();
            let mut all: Vec<u32> = scores.iter().flatten().copied().collect();
            if unmarked == Unmarked::Zero {
                all.resize(scores.len(), 0);
            }
            all.sort_unstable();
            let middle = all.len().checked_sub(1).map(|last| all[last / 2]);
            prop_assert_eq!(counted.standings[Candidate(0)].median, middle);
        }
    }
}
