//! Who casts whose ballot: a pure function of who named whom and who has voted. It gives nobody a weight: its answer is a list of
//! ballots to cast, one for each member who named somebody, and those are counted like all others.
//!
//! Source: the project's notes on governance, chapter 3 (delegation): own votes override, loops cast nothing, a cap for everybody.

use std::collections::{BTreeMap, BTreeSet};

/// Who named somebody, and whom.
pub type Link<K> = (K, K);

/// The most for whom one person casts ballots: one in twenty of those who may vote and ten at the most, but always two, as the law of
/// co-operatives commonly lets a proxy speak for (in Germany § 43 of the `GenG`).
pub fn most(electorate: u32) -> usize {
    usize::try_from(electorate / 20).unwrap_or(usize::MAX).clamp(2, 10)
}

/// Whose ballot is cast by whom: pairs of one who has not voted and the first on the way from them who has. The links are in order of
/// their age; where somebody would cast more than `most`, the older ones hold. A way that leads nowhere or in a circle casts nothing.
/// Takes as long as there are links, whatever their shape.
pub fn cast<K: Copy + Ord>(links: &[Link<K>], voted: &BTreeSet<K>, most: usize) -> Vec<(K, K)> {
    let next = heads(links);
    let ends = ends(&next, |who| voted.contains(&who));
    let mut carried: BTreeMap<K, usize> = BTreeMap::new();
    let mut cast = Vec::new();
    for who in first_of_each(links) {
        let Some(Some(by)) = ends.get(&who).copied() else { continue };
        let count = carried.entry(by).or_default();
        if *count < most && by != who {
            *count += 1;
            cast.push((who, by));
        }
    }
    cast
}

/// For whom each would speak if nobody voted but those at the ends: pairs of one who named somebody and the last on the way from them.
pub fn speakers<K: Copy + Ord>(links: &[Link<K>]) -> Vec<(K, K)> {
    let next = heads(links);
    let ends = ends(&next, |who| !next.contains_key(&who));
    first_of_each(links).filter_map(|who| Some((who, ends.get(&who).copied()??))).collect()
}

/// Whether the way from `to` leads back to `from`, or round in any circle.
pub fn loops<K: Copy + Ord>(links: &[Link<K>], from: K, to: K) -> bool {
    let next = heads(links);
    let mut seen = BTreeSet::from([from]);
    let mut at = to;
    while seen.insert(at) {
        match next.get(&at) {
            Some(further) => at = *further,
            None => return false,
        }
    }
    true
}

/// Whom each named; the first link of each counts.
fn heads<K: Copy + Ord>(links: &[Link<K>]) -> BTreeMap<K, K> {
    links.iter().rev().copied().collect()
}

/// Those who named somebody, each once, in the order of their links.
fn first_of_each<K: Copy + Ord>(links: &[Link<K>]) -> impl Iterator<Item = K> {
    let mut seen = BTreeSet::new();
    links.iter().map(|(who, _)| *who).filter(move |who| seen.insert(*who))
}

/// Where the way from each ends: at the first who stops it, or nowhere. Each step is walked once.
fn ends<K: Copy + Ord>(next: &BTreeMap<K, K>, stops: impl Fn(K) -> bool) -> BTreeMap<K, Option<K>> {
    let mut ends: BTreeMap<K, Option<K>> = BTreeMap::new();
    for start in next.keys() {
        let mut way = Vec::new();
        let mut on_it = BTreeSet::new();
        let mut at = *start;
        let end = loop {
            if stops(at) {
                break Some(at);
            }
            if let Some(known) = ends.get(&at) {
                break *known;
            }
            if !on_it.insert(at) {
                break None;
            }
            way.push(at);
            match next.get(&at) {
                Some(further) => at = *further,
                None => break None,
            }
        };
        ends.extend(way.into_iter().map(|who| (who, end)));
    }
    ends
}
