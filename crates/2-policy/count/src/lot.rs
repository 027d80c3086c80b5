//! The lot: an order that nobody chose and everybody can repeat. It breaks ties and draws people.

use crate::ballot::{Candidate, Per};
use sha2::{Digest, Sha256};

/// An order of all candidates, for ties that nothing else breaks: the first of it is preferred.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot(Per<usize>);

impl Lot {
    /// By the published order: who stands first is preferred.
    pub fn published(count: usize) -> Self {
        Self(Per::new((0..count).collect()))
    }

    /// By the published order from its end: who stands last is preferred, so who stands first goes first.
    pub fn published_backwards(count: usize) -> Self {
        Self(Per::new((0..count).rev().collect()))
    }

    /// By a seed: candidates in the order of SHA-256 over the seed and their names. The seed of a vote is
    /// SHA-256 over the proposal's id and the root of all ballots, so that it is known only when all have voted.
    pub fn drawn(seed: &[u8; 32], names: &[String]) -> Self {
        let mut order: Vec<([u8; 32], Candidate)> = Candidate::all(names.len())
            .zip(names)
            .map(|(candidate, name)| (hash(seed, name), candidate))
            .collect();
        order.sort_unstable();
        let mut places = Per::every(names.len(), 0);
        for (place, (_, candidate)) in order.into_iter().enumerate() {
            places[candidate] = place;
        }
        Self(places)
    }

    /// Where a candidate stands in the order; the smaller is preferred.
    pub fn place(&self, candidate: Candidate) -> usize {
        self.0[candidate]
    }

    /// Of some candidates the one whom the lot prefers.
    pub fn first(&self, among: impl IntoIterator<Item = Candidate>) -> Option<Candidate> {
        among.into_iter().min_by_key(|candidate| self.place(*candidate))
    }

    /// Of some candidates the one whom the lot likes least.
    pub fn last(&self, among: impl IntoIterator<Item = Candidate>) -> Option<Candidate> {
        among.into_iter().max_by_key(|candidate| self.place(*candidate))
    }
}

/// Draws so many of these names by a seed: a jury, a panel of appeal. Whoever has the names and the seed can draw again.
pub fn draw<'n>(seed: &[u8; 32], names: &'n [String], count: usize) -> Vec<&'n str> {
    let mut order: Vec<([u8; 32], &str)> =
        names.iter().map(|name| (hash(seed, name), name.as_str())).collect();
    order.sort_unstable();
    order.dedup();
    order.into_iter().take(count).map(|(_, name)| name).collect()
}

fn hash(seed: &[u8; 32], name: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(seed);
    hash.update(name.as_bytes());
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(count: usize) -> Vec<String> {
        (0..count).map(|n| format!("candidate {n}")).collect()
    }

    #[test]
    fn the_same_seed_draws_the_same_and_another_seed_something_else() {
        let names = names(40);
        let drawn = draw(&[1; 32], &names, 7);
        assert_eq!(drawn.len(), 7);
        assert_eq!(drawn, draw(&[1; 32], &names, 7));
        assert_ne!(drawn, draw(&[2; 32], &names, 7));
        let mut backwards = names.clone();
        backwards.reverse();
        assert_eq!(drawn, draw(&[1; 32], &backwards, 7), "the order of the list makes no difference");
    }

    #[test]
    fn nobody_is_drawn_twice_and_asking_for_more_gives_all() {
        let twice: Vec<String> = names(3).into_iter().chain(names(3)).collect();
        assert_eq!(draw(&[3; 32], &twice, 9).len(), 3);
        assert_eq!(draw(&[3; 32], &[], 9), Vec::<&str>::new());
    }
}
