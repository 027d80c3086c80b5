//! Both counts find the same winners, whatever the method and the ballots, and files that were tampered with are found out.

use crate::dice::Dice;
use planet_count::again;
use planet_count::vote::{Choice, Method, Slip, Vote, VoteError};

fn methods(dice: &mut Dice) -> [Method; 11] {
    let budget = 50 + i64::try_from(dice.below(200)).unwrap();
    [
        Method::Approval,
        Method::Score,
        Method::Dots { dots: 10 },
        Method::Quadratic { credits: 25 },
        Method::Schulze,
        Method::Irv,
        Method::Scottish,
        Method::Meek,
        Method::Greedy { budget },
        Method::EqualShares { budget, unit: 1 },
        Method::Lot,
    ]
}

/// A vote of random people, few enough for ties to be common.
fn vote(dice: &mut Dice, method: Method, turn: u32) -> Vote {
    let options = 2 + dice.below(6);
    let mut ballots = Vec::new();
    for person in 0..=dice.below(14) {
        let mut marks = Vec::new();
        let mut ranks: Vec<usize> = (1..=options).collect();
        for option in 0..options {
            let rank = ranks.remove(dice.below(ranks.len()));
            let value = match method {
                Method::Score => dice.below(6),
                Method::Dots { .. } | Method::Quadratic { .. } => dice.below(2),
                Method::Schulze => 1 + dice.below(options),
                Method::Irv | Method::Scottish | Method::Meek => rank,
                _ => 1,
            };
            if dice.below(3) > 0 {
                marks.push((u16::try_from(option).unwrap(), u32::try_from(value).unwrap()));
            }
        }
        let marks = method.read(options, &marks).unwrap();
        ballots.push(Slip { id: format!("person {person}"), marks });
    }
    let seats = if method.one_seat() { 1 } else { 1 + dice.below(options) };
    let choice =
        |option| Choice { title: format!("option {option}"), cost: 10 + i64::from(option * 37 % 90) };
    let options = (0..u32::try_from(options).unwrap()).map(choice).collect();
    Vote { id: format!("vote {turn}"), method, seats: u16::try_from(seats).unwrap(), options, ballots }
}

#[test]
fn both_counts_find_the_same_winners() {
    let mut dice = Dice(7);
    for turn in 0..400 {
        for method in methods(&mut dice) {
            let vote = vote(&mut dice, method, turn);
            let first = vote.count().unwrap();
            assert_eq!(Ok(first.winners), again::count(&vote), "{vote:?}");
            assert_eq!(vote.seed(), again::seed(&vote));
        }
    }
}

#[test]
fn the_order_in_which_ballots_come_makes_no_difference() {
    let mut dice = Dice(11);
    for method in methods(&mut dice) {
        let one = vote(&mut dice, method, 0);
        let mut other = one.clone();
        other.ballots.reverse();
        assert_eq!(one.seed(), other.seed());
        assert_eq!(one.count().unwrap().winners, other.count().unwrap().winners, "{method:?}");
    }
}

#[test]
fn a_ballot_that_nobody_should_have_taken_stops_the_count() {
    let mut dice = Dice(13);
    let mut vote = vote(&mut dice, Method::Approval, 0);
    vote.ballots[0].marks = vec![(0, 1), (0, 1)];
    assert_eq!(vote.count(), Err(VoteError::Ballot("person 0".into())));
    vote.ballots[0].marks = vec![(99, 1)];
    assert!(vote.count().is_err() && again::count(&vote).is_err());
    vote.ballots[0].marks = vec![(0, 7)];
    assert!(vote.count().is_err());
    vote.ballots[0].marks = vec![(0, 1)];
    assert!(vote.count().is_ok() && again::count(&vote).is_ok());
    vote.ballots[1].id = vote.ballots[0].id.clone();
    assert_eq!(vote.count(), Err(VoteError::Twice("person 0".into())), "everybody has one ballot");
    assert!(again::count(&vote).unwrap_err().contains("person 0 is there twice"));
    vote.ballots.clear();
    vote.seats = 0;
    assert!(vote.count().is_err() && again::count(&vote).is_err());
}
