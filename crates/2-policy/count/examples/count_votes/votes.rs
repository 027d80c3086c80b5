//! A large vote that looks real and is the same in every run: thirty options of which some are liked more than others, ballots of very
//! different lengths.

use planet_count::vote::{Choice, Mark, Method, Slip, Vote};

/// How many options there are.
pub const OPTIONS: u16 = 30;
/// How many seats are filled, where a method fills several.
pub const SEATS: u16 = 7;

struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }
}

/// So many ballots.
pub fn vote(ballots: usize, method: Method) -> Vote {
    let mut dice = Dice(20_261_127);
    Vote {
        id: "0192f0c1-6e8a-7c3e-9b1d-3f2a5c7d9e11".into(),
        method,
        seats: SEATS,
        options: (1..=OPTIONS).map(|n| Choice { title: format!("Option {n}"), cost: 0 }).collect(),
        ballots: (0..ballots)
            .map(|_| {
                let (high, low) = (dice.next(), dice.next());
                Slip { id: format!("{high:016x}{low:016x}"), marks: marks(&mut dice) }
            })
            .collect(),
    }
}

/// One ballot: one in six names one option only, three in five name two to six, some more, one in twenty all.
fn marks(dice: &mut Dice) -> Vec<Mark> {
    let length = match dice.below(60) {
        0..10 => 1,
        10..46 => 2 + dice.below(5),
        46..57 => 7 + dice.below(9),
        _ => u64::from(OPTIONS),
    };
    let mut left: Vec<u16> = (0..OPTIONS).collect();
    let mut marks: Vec<Mark> = (1..)
        .take(usize::try_from(length).unwrap_or(1))
        .map(|rank| {
            let count = u64::try_from(left.len()).unwrap_or(1);
            let at = dice.below(count).min(dice.below(count));
            (left.remove(usize::try_from(at).unwrap_or(0)), rank)
        })
        .collect();
    // Their one form has the options in order.
    marks.sort_unstable();
    marks
}
