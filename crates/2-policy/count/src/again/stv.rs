//! Several seats in proportion, counted the second way: every ballot is a paper of its own that carries its value.

use super::order;
use crate::vote::Vote;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Is {
    In,
    Elected,
    Out,
}

/// A paper: its order, where it lies (none: with nobody any more), and its value in hundred-thousandths.
struct Paper {
    order: Vec<usize>,
    lies: Option<usize>,
    value: i128,
}

/// One vote in hundred-thousandths.
const ONE: i128 = 100_000;

/// Scottish STV by its seven steps.
pub fn scottish(vote: &Vote, seats: usize, lot: &[[u8; 32]]) -> Vec<usize> {
    let n = vote.options.len();
    let mut papers: Vec<Paper> = Vec::new();
    for order in vote.ballots.iter().map(|slip| order(&slip.marks)).filter(|order| !order.is_empty()) {
        papers.push(Paper { lies: order.first().copied(), order, value: ONE });
    }
    let quota = (papers.len() as i128 / (seats as i128 + 1) + 1) * ONE;
    let mut is = vec![Is::In; n];
    // What was found by hand stays: an elected candidate whose surplus went on keeps exactly the quota.
    let mut done = vec![false; n];
    let mut history: Vec<Vec<i128>> = Vec::new();
    let mut elected: Vec<usize> = Vec::new();
    loop {
        let mut votes = vec![0_i128; n];
        for paper in &papers {
            if let Some(lies) = paper.lies {
                votes[lies] += paper.value;
            }
        }
        for option in 0..n {
            if done[option] {
                votes[option] = quota;
            }
        }
        loop {
            let reached = (0..n).filter(|option| is[*option] == Is::In && votes[*option] >= quota).collect();
            let Some(next) = pick(reached, &votes, &history, 1, lot) else { break };
            is[next] = Is::Elected;
            elected.push(next);
        }
        history.push(votes.clone());
        if elected.len() >= seats {
            return elected;
        }
        let hopeful: Vec<usize> = (0..n).filter(|option| is[*option] == Is::In).collect();
        if elected.len() + hopeful.len() <= seats {
            let mut rest = hopeful;
            while let Some(next) = pick(rest.clone(), &votes, &history, 1, lot) {
                rest.retain(|option| *option != next);
                elected.push(next);
            }
            return elected;
        }
        let surplus = (0..n).filter(|option| is[*option] == Is::Elected && !done[*option]).collect();
        let from = if let Some(from) = pick(surplus, &votes, &history, 1, lot) {
            done[from] = true;
            let over = votes[from] - quota;
            for paper in papers.iter_mut().filter(|paper| paper.lies == Some(from)) {
                paper.value = paper.value * over / votes[from];
            }
            from
        } else {
            let Some(last) = pick(hopeful, &votes, &history, -1, lot) else { return elected };
            is[last] = Is::Out;
            last
        };
        for paper in papers.iter_mut().filter(|paper| paper.lies == Some(from)) {
            let at = paper.order.iter().position(|option| *option == from).unwrap_or(0);
            paper.lies = paper.order.iter().skip(at + 1).copied().find(|option| is[*option] == Is::In);
        }
    }
}

/// Who has most (sign 1) or least (sign −1); if several, who had at the latest earlier stage at which they differ; then the lot.
fn pick(
    mut among: Vec<usize>,
    votes: &[i128],
    history: &[Vec<i128>],
    sign: i128,
    lot: &[[u8; 32]],
) -> Option<usize> {
    for stage in std::iter::once(votes).chain(history.iter().rev().map(Vec::as_slice)) {
        let top = among.iter().map(|option| sign * stage[*option]).max()?;
        among.retain(|option| sign * stage[*option] == top);
    }
    among.sort_by_key(|option| lot[*option]);
    if sign > 0 { among.first().copied() } else { among.last().copied() }
}

/// One vote of Meek's count: twelve decimals.
const FINE: i128 = 1_000_000_000_000;

/// Meek's rule: who is elected keeps a part of each ballot, and the parts are found again and again.
pub fn meek(vote: &Vote, seats: usize, lot: &[[u8; 32]]) -> Vec<usize> {
    let n = vote.options.len();
    let orders: Vec<Vec<usize>> =
        vote.ballots.iter().map(|slip| order(&slip.marks)).filter(|order| !order.is_empty()).collect();
    let mut keep = vec![FINE; n];
    let mut is = vec![Is::In; n];
    let mut elected: Vec<usize> = Vec::new();
    let (mut before, mut turns) = (i128::MAX, 0);
    while elected.len() < seats {
        let hopeful: Vec<usize> = (0..n).filter(|option| is[*option] == Is::In).collect();
        if elected.len() + hopeful.len() <= seats {
            elected.extend(hopeful);
            break;
        }
        let mut votes = vec![0_i128; n];
        let mut given = 0;
        for order in &orders {
            let mut rest = FINE;
            for option in order {
                let part = rest * keep[*option] / FINE;
                votes[*option] += part;
                given += part;
                rest -= part;
            }
        }
        let quota = given / (seats as i128 + 1) + 1;
        let surplus: i128 = elected.iter().map(|option| (votes[*option] - quota).max(0)).sum();
        let mut reached: Vec<usize> =
            hopeful.iter().copied().filter(|option| votes[*option] >= quota).collect();
        // Small enough, or no longer falling, or going on for ever: somebody has to go.
        let stuck = surplus < FINE / 1_000_000 || surplus >= before;
        if turns < 1_000 && !reached.is_empty() {
            reached.sort_by_key(|option| (-votes[*option], lot[*option]));
            for option in reached {
                is[option] = Is::Elected;
                elected.push(option);
            }
            (before, turns) = (i128::MAX, 0);
        } else if turns < 1_000 && !stuck {
            before = surplus;
            turns += 1;
            for option in &elected {
                let had = votes[*option].max(1);
                keep[*option] = ((keep[*option] * quota + had - 1) / had).min(FINE);
            }
        } else {
            let Some(last) = hopeful.into_iter().max_by_key(|option| (-votes[*option], lot[*option])) else {
                break;
            };
            is[last] = Is::Out;
            keep[last] = 0;
            (before, turns) = (i128::MAX, 0);
        }
    }
    elected
}
