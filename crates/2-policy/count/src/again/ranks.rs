//! One winner by ranks, counted the second way: Schulze by asking who can be reached over links of some width, the run-off by
//! excluding one at a time.

use super::order;
use crate::vote::Vote;

/// Whom nobody beats on the strongest paths; of several the one that the lot prefers.
pub fn schulze(vote: &Vote, lot: &[[u8; 32]]) -> usize {
    let n = vote.options.len();
    let mut prefer = vec![vec![0_u64; n]; n];
    for slip in &vote.ballots {
        let mut rank = vec![u32::MAX; n];
        for (option, given) in &slip.marks {
            rank[usize::from(*option)] = *given;
        }
        for one in 0..n {
            for other in 0..n {
                if rank[one] < rank[other] {
                    prefer[one][other] += 1;
                }
            }
        }
    }
    let strength = |from: usize, to: usize| {
        // The widest path: try each width that some link has, the widest first.
        let mut widths: Vec<u64> = prefer.iter().flatten().copied().filter(|width| *width > 0).collect();
        widths.sort_unstable();
        widths.dedup();
        widths.into_iter().rev().find(|width| reaches(&prefer, from, to, *width)).unwrap_or(0)
    };
    let unbeaten =
        |one: usize| (0..n).all(|other| other == one || strength(other, one) <= strength(one, other));
    let mut winner = None;
    for one in (0..n).filter(|one| unbeaten(*one)) {
        if winner.is_none_or(|best: usize| lot[one] < lot[best]) {
            winner = Some(one);
        }
    }
    winner.unwrap_or(0)
}

fn reaches(prefer: &[Vec<u64>], from: usize, to: usize, width: u64) -> bool {
    let mut seen = vec![from];
    let mut next = 0;
    while next < seen.len() {
        let here = seen[next];
        next += 1;
        for there in 0..prefer.len() {
            let wins = prefer[here][there] > prefer[there][here];
            if wins && prefer[here][there] >= width && !seen.contains(&there) {
                seen.push(there);
            }
        }
    }
    seen.contains(&to)
}

/// The last goes, until somebody has more than half of what still counts.
pub fn run_off(vote: &Vote, lot: &[[u8; 32]]) -> usize {
    let orders: Vec<Vec<usize>> = vote.ballots.iter().map(|slip| order(&slip.marks)).collect();
    let mut left: Vec<usize> = (0..vote.options.len()).collect();
    loop {
        let mut votes = vec![0_usize; vote.options.len()];
        for first in orders.iter().filter_map(|order| order.iter().find(|it| left.contains(it))) {
            votes[*first] += 1;
        }
        let active: usize = left.iter().map(|option| votes[*option]).sum();
        if let Some(winner) = left.iter().find(|option| 2 * votes[**option] > active) {
            return *winner;
        }
        let mut last = left[0];
        for option in &left {
            let (here, lowest) = (votes[*option], votes[last]);
            if here < lowest || (here == lowest && lot[*option] > lot[last]) {
                last = *option;
            }
        }
        if left.len() == 1 {
            return left[0];
        }
        left.retain(|option| *option != last);
    }
}
