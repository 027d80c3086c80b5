//! The second count: the same rules written once more, plainly and slowly, from their definitions. It shares with the first count
//! only the form of the published vote; both have to find the same winners. Nothing is shown by it, and nothing decided.
#![expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::needless_range_loop,
    reason = "every number of an option is checked before the count begins, and plain code is easier to check by eye"
)]

mod budgets;
mod points;
mod ranks;
mod stv;

use crate::vote::{Method, Vote};
use sha2::{Digest, Sha256};

/// Counts a published vote by the second way. Answers the winners in the order in which they won.
///
/// # Errors
/// When a ballot names an option that there is not, or the vote has none.
pub fn count(vote: &Vote) -> Result<Vec<u16>, String> {
    let options = vote.options.len();
    let seats = usize::from(vote.seats);
    if options == 0 || options >= usize::from(u16::MAX) || seats == 0 || seats > options {
        return Err(format!("There are {seats} seats for {options} options."));
    }
    for slip in &vote.ballots {
        if slip.marks.iter().any(|(option, _)| usize::from(*option) >= options) {
            return Err(format!("The ballot {} names an option that there is not.", slip.id));
        }
    }
    let mut ids: Vec<&str> = vote.ballots.iter().map(|slip| slip.id.as_str()).collect();
    ids.sort_unstable();
    for at in 1..ids.len() {
        if ids[at] == ids[at - 1] {
            return Err(format!("The ballot {} is there twice.", ids[at]));
        }
    }
    let lot = lot(vote);
    let winners = match vote.method {
        Method::Approval | Method::Score | Method::Dots { .. } | Method::Quadratic { .. } => {
            points::most(vote, seats, &lot)
        }
        Method::Schulze => vec![ranks::schulze(vote, &lot)],
        Method::Irv => vec![ranks::run_off(vote, &lot)],
        Method::Scottish => stv::scottish(vote, seats, &lot),
        Method::Meek => stv::meek(vote, seats, &lot),
        Method::Greedy { budget } => budgets::greedy(vote, budget),
        Method::EqualShares { budget, unit } => budgets::equal_shares(vote, budget, unit),
        Method::Lot => {
            let mut order: Vec<usize> = (0..options).collect();
            order.sort_by_key(|option| lot[*option]);
            order.truncate(seats);
            order
        }
    };
    Ok(winners.into_iter().map(|winner| winner as u16).collect())
}

/// The seed of the lot, found again: SHA-256 of the vote's id and the root, which is SHA-256 of all ballots' hashes in order.
pub fn seed(vote: &Vote) -> [u8; 32] {
    let mut lines: Vec<[u8; 32]> = Vec::new();
    for slip in &vote.ballots {
        let mut text = slip.id.clone();
        for (option, value) in &slip.marks {
            text = text + "\n" + &option.to_string() + ":" + &value.to_string();
        }
        lines.push(Sha256::digest(text.as_bytes()).into());
    }
    lines.sort_unstable();
    let root: [u8; 32] = Sha256::digest(lines.concat()).into();
    Sha256::digest([vote.id.as_bytes(), &root].concat()).into()
}

/// Where the lot puts each option; the smaller is preferred.
fn lot(vote: &Vote) -> Vec<[u8; 32]> {
    let seed = seed(vote);
    vote.options
        .iter()
        .map(|option| Sha256::digest([&seed, option.title.as_bytes()].concat()).into())
        .collect()
}

/// Whom a ballot ranks, the best first.
fn order(marks: &[(u16, u32)]) -> Vec<usize> {
    let mut marks = marks.to_vec();
    marks.sort_by_key(|(_, rank)| *rank);
    marks.into_iter().map(|(option, _)| usize::from(option)).collect()
}
