//! Small votes whose outcome can be found by hand.

use planet_count::ballot::CountError;
use planet_count::budget::{Greedy, Project, Skipping, equal_shares, greedy};
use planet_count::irv::{Rules, irv};
use planet_count::meek::meek;
use planet_count::schulze::schulze;
use planet_count::scottish::{Action, Tie, scottish};
use planet_count::sums::{Rule, ScoreBy, Unmarked, sums};
use planet_count::{Ballot, Candidate, Lot, Mark, Per};

const A: Candidate = Candidate(0);
const B: Candidate = Candidate(1);
const C: Candidate = Candidate(2);
const D: Candidate = Candidate(3);
const E: Candidate = Candidate(4);

fn ballots(of: &[(u32, &[Candidate])]) -> Vec<Ballot> {
    of.iter().map(|(weight, order)| Ballot::ranking(order.iter().copied()).times(*weight)).collect()
}

/// The example of the method's author: 45 voters, five options, E wins.
#[test]
fn the_published_example_of_schulze_comes_out() {
    let votes = ballots(&[
        (5, &[A, C, B, E, D]),
        (5, &[A, D, E, C, B]),
        (8, &[B, E, D, A, C]),
        (3, &[C, A, B, E, D]),
        (7, &[C, A, E, B, D]),
        (2, &[C, B, A, D, E]),
        (7, &[D, C, E, B, A]),
        (8, &[E, B, A, D, C]),
    ]);
    let lot = Lot::published(5);
    let counted = schulze(5, &votes, &lot).unwrap();
    assert_eq!((counted.winner, counted.unbeaten.as_slice()), (E, [E].as_slice()));
    assert_eq!((counted.prefer[A][B], counted.path[A][B], counted.path[E][D]), (20, 28, 31));
    assert_eq!(counted.ranking(&lot), [E, A, C, B, D]);
}

#[test]
fn a_circle_is_broken_at_its_weakest_link_and_a_perfect_one_by_the_lot() {
    let circle = ballots(&[(4, &[A, B, C]), (3, &[B, C, A]), (2, &[C, A, B])]);
    assert_eq!(schulze(3, &circle, &Lot::published(3)).unwrap().unbeaten, [A]);
    let even = ballots(&[(1, &[A, B, C]), (1, &[B, C, A]), (1, &[C, A, B])]);
    assert_eq!(schulze(3, &even, &Lot::published(3)).unwrap().unbeaten, [A, B, C]);
    assert_eq!(schulze(3, &even, &Lot::published_backwards(3)).unwrap().winner, C);
}

#[test]
fn a_run_off_ends_with_more_than_half_of_the_ballots_that_still_count() {
    let votes = ballots(&[(4, &[A]), (3, &[B, C]), (2, &[C, B])]);
    let counted = irv(3, &votes, Rules::default(), &Lot::published(3)).unwrap();
    assert_eq!((counted.winner, counted.rounds.len()), (B, 2));
    assert_eq!(counted.rounds[0].excluded, [C]);
    assert_eq!(counted.rounds[1].votes, [(A, 4), (B, 5)]);
}

#[test]
fn a_ballot_counts_as_far_as_it_can_be_read() {
    let mark = |rank, candidate| Mark { rank, candidate };
    let votes = vec![
        Ballot::ranking([A]).times(3),
        Ballot::ranking([B]).times(3),
        // One rank skipped is passed over, two are not.
        Ballot::new(1, vec![mark(1, C), mark(3, A)]),
        Ballot::new(1, vec![mark(1, C), mark(4, A)]),
        // Two at one rank, when it is reached.
        Ballot::new(1, vec![mark(1, C), mark(2, A), mark(2, B)]),
        Ballot::new(1, vec![]),
    ];
    let counted = irv(3, &votes, Rules { skip: 1, batch: false }, &Lot::published(3)).unwrap();
    let last = counted.rounds.last().unwrap();
    // With as many first preferences each, the lot decides that B goes; nothing more can be won by then.
    assert_eq!((last.inactive.overvoted, last.inactive.skipped, counted.winner), (1, 1, A));
    assert!(counted.rounds.iter().any(|round| round.by_lot));
}

#[test]
fn a_surplus_goes_on_at_a_part_of_its_value() {
    let votes = ballots(&[(6, &[A, B]), (3, &[A, C]), (2, &[B]), (1, &[C])]);
    let counted = scottish(3, 2, &votes, &Lot::published(3)).unwrap();
    assert_eq!(
        (counted.quota.to_string().as_str(), counted.elected.as_slice()),
        ("5.00000", [A, B].as_slice())
    );
    let second = &counted.stages[1];
    assert!(matches!(second.action, Action::Surplus { of, .. } if of == A));
    // 4 of 9 votes go on: 0.44444 of each, truncated.
    assert_eq!(second.votes[B].to_string(), "4.66664");
    assert_eq!(
        (second.votes[C].to_string().as_str(), second.residual.to_string().as_str()),
        ("2.33332", "0.00004")
    );
}

#[test]
fn ties_go_by_an_earlier_stage_and_only_then_by_lot() {
    let votes = ballots(&[(4, &[A]), (3, &[B]), (2, &[C]), (1, &[D, C])]);
    let counted = scottish(4, 1, &votes, &Lot::published(4)).unwrap();
    let tie = counted.stages.iter().find_map(|stage| match &stage.action {
        Action::Exclusion { of, tie: Some(tie) } => Some((*of, tie.clone())),
        _ => None,
    });
    assert_eq!(tie, Some((C, Tie::EarlierStage(0))));
    let even = ballots(&[(1, &[A]), (1, &[B]), (1, &[C])]);
    let counted = scottish(3, 1, &even, &Lot::published(3)).unwrap();
    assert!(matches!(counted.stages[1].action, Action::Exclusion { of, tie: Some(Tie::Lot) } if of == C));
}

#[test]
fn nobody_votes_and_the_lot_fills_the_seats() {
    let lot = Lot::published_backwards(3);
    assert_eq!(scottish(3, 2, &[], &lot).unwrap().elected, [C, B]);
    assert_eq!(meek(3, 2, &[], &lot).unwrap().elected.len(), 2);
    assert_eq!(schulze(3, &[], &lot).unwrap().winner, C);
    assert_eq!(irv(3, &[], Rules::default(), &lot).unwrap().winner, C);
}

#[test]
fn what_cannot_be_counted_is_refused_in_a_sentence() {
    let lot = Lot::published(2);
    let stranger = [Ballot::ranking([E])];
    assert_eq!(schulze(2, &stranger, &lot), Err(CountError::Stranger(4, 2)));
    assert_eq!(scottish(2, 3, &[], &lot), Err(CountError::Seats { seats: 3, candidates: 2 }));
    assert_eq!(meek(2, 0, &[], &lot).unwrap_err().to_string(), "There are 0 seats for 2 candidates.");
    assert_eq!(irv(0, &[], Rules::default(), &lot), Err(CountError::NoCandidates));
    let many = vec![Ballot::ranking([A]).times(u32::MAX); 2];
    assert_eq!(scottish(2, 1, &many, &lot), Err(CountError::TooManyBallots));
    assert_eq!(sums(2, 1, &[vec![(E, 1)]], Rule::Approval, &lot), Err(CountError::Stranger(4, 2)));
}

#[test]
fn points_add_up_and_ballots_that_give_too_much_are_spoiled() {
    let lot = Lot::published(3);
    let dots = vec![vec![(A, 3), (B, 2)], vec![(B, 5)], vec![(C, 6)], vec![(A, 1), (A, 1)]];
    let counted = sums(3, 1, &dots, Rule::Dots { budget: 5 }, &lot).unwrap();
    assert_eq!((counted.winners.as_slice(), counted.spoiled), ([B].as_slice(), 2));
    // Three votes for one cost nine credits, so ten are enough for three and one.
    let squares = vec![vec![(A, 3), (B, 1)], vec![(B, 2), (C, 2)], vec![(C, 4)]];
    let counted = sums(3, 1, &squares, Rule::Quadratic { credits: 10 }, &lot).unwrap();
    assert_eq!((counted.winners.as_slice(), counted.spoiled, counted.by_lot), ([A].as_slice(), 1, true));
    let worst = vec![vec![(A, u32::MAX)], vec![(B, 1)]];
    assert_eq!(sums(3, 1, &worst, Rule::Quadratic { credits: u32::MAX }, &lot).unwrap().spoiled, 1);
}

#[test]
fn scores_are_decided_by_what_the_club_says() {
    let lot = Lot::published(2);
    let given = vec![vec![(A, 5), (B, 3)], vec![(A, 0), (B, 3)], vec![(A, 5)]];
    let decide =
        |by, unmarked| sums(2, 1, &given, Rule::Score { most: 5, by, unmarked }, &lot).unwrap().winners;
    assert_eq!(decide(ScoreBy::Mean, Unmarked::Zero), [A]);
    assert_eq!(decide(ScoreBy::Median, Unmarked::Zero), [A]);
    // Of those who gave one: B has 3 and 3, A has 5, 0 and 5.
    assert_eq!(decide(ScoreBy::Mean, Unmarked::Ignored), [A]);
    let low = vec![vec![(A, 5), (B, 3)], vec![(A, 0), (B, 3)], vec![(A, 0), (B, 2)]];
    let by = |by| {
        let rule = Rule::Score { most: 5, by, unmarked: Unmarked::Zero };
        sums(2, 1, &low, rule, &lot).unwrap().winners
    };
    assert_eq!((by(ScoreBy::Median), by(ScoreBy::Mean)), (vec![B], vec![B]));
}

fn projects(costs: &[i64]) -> Per<Project> {
    let project = |(n, cost): (usize, &i64)| Project { id: n.to_string(), cost: *cost };
    Per::new(costs.iter().enumerate().map(project).collect())
}

#[test]
fn greedy_takes_what_fits_and_differs_in_what_does_not() {
    let projects = projects(&[60, 50, 40]);
    let ballots = vec![vec![(A, 1), (B, 1)], vec![(A, 1), (B, 1)], vec![(A, 1), (C, 1)]];
    let by = |skipping| greedy(&projects, &ballots, 100, Greedy { threshold: 0, skipping });
    assert_eq!(by(Skipping::Skip), [A, C]);
    assert_eq!(by(Skipping::Stop), [A]);
    assert_eq!(by(Skipping::Reserve { percent: 80 }), [A, B]);
    assert_eq!(by(Skipping::Reserve { percent: 81 }), [A]);
    let few = greedy(&projects, &ballots, 100, Greedy { threshold: 2, skipping: Skipping::Skip });
    assert_eq!(few, [A]);
}

/// Two thirds of the voters want the dear projects, one third the cheap one: a greedy budget gives that third nothing.
#[test]
fn equal_shares_leave_a_minority_its_part() {
    let projects = projects(&[30, 30, 30, 25]);
    let majority = vec![(A, 1), (B, 1), (C, 1)];
    let ballots: Vec<_> = (0..6).map(|_| majority.clone()).chain((0..3).map(|_| vec![(D, 1)])).collect();
    assert_eq!(greedy(&projects, &ballots, 90, Greedy { threshold: 0, skipping: Skipping::Skip }), [A, B, C]);
    let shares = equal_shares(&projects, &ballots, 90, 1);
    assert_eq!(shares.base.chosen, [A, B, D]);
    assert_eq!(shares.last.cost, 85);
    let none = equal_shares(&projects, &[], 90, 1);
    assert_eq!(none.last.chosen, Vec::<Candidate>::new());
}
