//! Points, counted the second way: add up, and take the most again and again.

use crate::vote::Vote;

/// The options with the most points; of equal ones the one that the lot prefers.
pub fn most(vote: &Vote, seats: usize, lot: &[[u8; 32]]) -> Vec<usize> {
    let mut sums = vec![0_u128; vote.options.len()];
    for (option, value) in vote.ballots.iter().flat_map(|slip| &slip.marks) {
        sums[usize::from(*option)] += u128::from(*value);
    }
    let mut winners: Vec<usize> = Vec::new();
    while winners.len() < seats {
        let mut best: Option<usize> = None;
        for option in (0..sums.len()).filter(|option| !winners.contains(option)) {
            let better = best.is_none_or(|best| {
                sums[option] > sums[best] || (sums[option] == sums[best] && lot[option] < lot[best])
            });
            if better {
                best = Some(option);
            }
        }
        winners.extend(best);
    }
    winners
}
