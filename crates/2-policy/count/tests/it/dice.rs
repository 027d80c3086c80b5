//! Votes that look random and are the same in every run.

use planet_count::{Ballot, Candidate};

pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(end).unwrap()).unwrap()
    }

    /// All candidates in some order, those of a low number more often in front.
    pub fn order(&mut self, count: usize) -> Vec<Candidate> {
        let mut left: Vec<Candidate> = Candidate::all(count).collect();
        let mut order = Vec::new();
        while !left.is_empty() {
            let at = self.below(left.len()).min(self.below(left.len()));
            order.push(left.remove(at));
        }
        order
    }

    /// Ballots that rank everybody, or only some.
    pub fn ballots(&mut self, count: usize, ballots: usize, all: bool) -> Vec<Ballot> {
        (0..ballots)
            .map(|_| {
                let mut order = self.order(count);
                if !all {
                    order.truncate(1 + self.below(count));
                }
                Ballot::ranking(order)
            })
            .collect()
    }
}
