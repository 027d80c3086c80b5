//! The method of a question by its word, and who supports what by it. How it counts is in `planet_count`.

use crate::error::GovernanceError;
use planet_count::vote::{Method, Vote};
use planet_policy::counting::Tally;

/// The words of all methods, in the order in which they are offered.
pub const WORDS: [&str; 11] = [
    "approval",
    "score",
    "dots",
    "quadratic",
    "schulze",
    "irv",
    "scottish",
    "meek",
    "greedy",
    "equal_shares",
    "lot",
];
/// The most dots or credits of a ballot.
pub const MOST_POINTS: u32 = 1_000;
/// The largest budget, in minor units.
pub const MOST_BUDGET: i64 = 1_000_000_000_000;
/// Equal shares are raised in steps of this part of the budget.
const STEPS: i64 = 100;

/// The method of a word, with what it needs: dots or credits, or a budget.
///
/// # Errors
/// When the word is none, or what it needs is missing or too much.
pub fn of_word(word: &str, points: u32, budget: i64) -> Result<Method, GovernanceError> {
    let method = match word {
        "approval" => Method::Approval,
        "score" => Method::Score,
        "dots" => Method::Dots { dots: points },
        "quadratic" => Method::Quadratic { credits: points },
        "schulze" => Method::Schulze,
        "irv" => Method::Irv,
        "scottish" => Method::Scottish,
        "meek" => Method::Meek,
        "greedy" => Method::Greedy { budget },
        "equal_shares" => Method::EqualShares { budget, unit: (budget / STEPS).max(1) },
        "lot" => Method::Lot,
        _ => return Err(GovernanceError::MethodUnknown),
    };
    if points > MOST_POINTS || points_of(method) == Some(0) {
        return Err(GovernanceError::PointsWrong(MOST_POINTS));
    }
    if !(0..=MOST_BUDGET).contains(&budget) || method.budget() == Some(0) {
        return Err(GovernanceError::BudgetWrong);
    }
    Ok(method)
}

/// The word of a method.
pub const fn word(method: Method) -> &'static str {
    match method {
        Method::Approval => "approval",
        Method::Score => "score",
        Method::Dots { .. } => "dots",
        Method::Quadratic { .. } => "quadratic",
        Method::Schulze => "schulze",
        Method::Irv => "irv",
        Method::Scottish => "scottish",
        Method::Meek => "meek",
        Method::Greedy { .. } => "greedy",
        Method::EqualShares { .. } => "equal_shares",
        Method::Lot => "lot",
    }
}

/// The dots or credits of a ballot, where there are such.
pub const fn points_of(method: Method) -> Option<u32> {
    match method {
        Method::Dots { dots } => Some(dots),
        Method::Quadratic { credits } => Some(credits),
        _ => None,
    }
}

/// How an option stands as if it had been proposed by itself: whoever gives it anything agrees to it, whoever gives something to others only
/// is against it, and an empty ballot leaves it to the others.
pub fn support(vote: &Vote, option: u16, electorate: u32) -> Tally {
    vote.ballots.iter().fold(Tally { electorate, ..Tally::default() }, |mut tally, slip| {
        let given = slip.marks.iter().any(|(marked, value)| *marked == option && *value > 0);
        let count = match (slip.marks.is_empty(), given) {
            (true, _) => &mut tally.abstain,
            (_, true) => &mut tally.yes,
            (_, false) => &mut tally.no,
        };
        *count = count.saturating_add(1);
        tally
    })
}
