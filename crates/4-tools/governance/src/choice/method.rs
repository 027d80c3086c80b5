//! The method of a question by its word, and who supports what by it. How it counts is in `planet_count`.

use crate::error::GovernanceError;
use planet_count::vote::{Mark, Method, Vote};
use planet_policy::counting::Tally;

/// The words of all methods, in the order in which they are offered.
pub const WORDS: [&str; 13] = [
    ONE,
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
    DATES,
];
/// One mark; the most marks win. An approval whose ballots mark one option.
pub const ONE: &str = "one";
/// Dates: 2 for those that suit, 1 for those that do if need be. A score whose ballots go no higher.
pub const DATES: &str = "dates";
/// What a ballot says of a date that suits.
pub const SUITS: u32 = 2;
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
        "approval" | ONE => Method::Approval,
        "score" | DATES => Method::Score,
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

/// What ballots may say where the method would take more: a word of its own, or none.
pub fn shape(word: &str) -> &'static str {
    match word {
        ONE => ONE,
        DATES => DATES,
        _ => "",
    }
}

/// Whether marks keep to a shape.
///
/// # Errors
/// When there are more marks, or higher ones.
pub fn keeps(shape: &str, marks: &[Mark]) -> Result<(), GovernanceError> {
    match shape {
        ONE if marks.len() > 1 => Err(GovernanceError::MarkOne),
        DATES if marks.iter().any(|(_, value)| *value > SUITS) => Err(GovernanceError::MarkDates),
        _ => Ok(()),
    }
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
