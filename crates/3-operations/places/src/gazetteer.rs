//! The gazetteer: the towns of the world by name, with district and country, part of the program. It holds no
//! coordinates, and nothing about people.
//!
//! Names come from GeoNames under CC BY 4.0 ([`ATTRIBUTION`]); data/LICENCE.md says how they were chosen. Ids are
//! derived from codes and names, so that every node gives a town the same id without asking anybody.

use planet_ontology::ids::PlaceId;
use serde::Serialize;
use std::ops::Range;
use std::sync::OnceLock;
use uuid::Uuid;

mod index;

use crate::fold::fold;
use index::{Entry, Index, Line};

/// To be shown wherever the club says what it is made of.
pub const ATTRIBUTION: &str = "Names of towns, districts and countries: GeoNames (https://www.geonames.org), licensed under CC BY 4.0, shortened.";

/// A town that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Town {
    /// The same on every node.
    pub id: PlaceId,
    /// As GeoNames spells it.
    pub name: String,
    /// A few small countries have none.
    pub district: Option<Division>,
    /// The larger part of the country between it and the district, where there is one; shown only, not a place.
    pub region: Option<String>,
    /// Where the district lies.
    pub country: Country,
}

/// A district.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Division {
    /// The same on every node.
    pub id: PlaceId,
    /// As GeoNames spells it.
    pub name: String,
}

/// A country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Country {
    /// The same on every node.
    pub id: PlaceId,
    /// Two letters, after ISO 3166-1.
    pub code: String,
    /// In English.
    pub name: String,
}

impl Town {
    /// What tells this town from others of its name: `Somerset, England, United Kingdom`.
    pub fn whereabouts(&self) -> String {
        let district = self.district.as_ref().map(|district| district.name.as_str());
        let parts = [district, self.region.as_deref(), Some(self.country.name.as_str())];
        let mut parts: Vec<&str> = parts.into_iter().flatten().collect();
        parts.dedup();
        parts.join(", ")
    }

    /// The town as it is offered and as it stands in a field once it was chosen: enough to find it again without its id.
    pub fn label(&self) -> String {
        format!("{}, {}", self.name, self.whereabouts())
    }
}

/// How many towns are looked at for one that a text names.
const LIKELY: usize = 8;

/// The town that a text names: its name alone takes the largest of that name; with what it lies in, the one that fits.
pub fn named(text: &str) -> Option<PlaceId> {
    let wanted = fold(text);
    let towns = search(text, None, LIKELY);
    let whole = towns.iter().find(|town| fold(&town.label()) == wanted);
    whole
        .or_else(|| towns.iter().find(|town| fold(&town.name) == wanted))
        .or_else(|| {
            let first = text.split(',').next().map(fold).filter(|_| text.contains(','))?;
            towns.iter().find(|town| fold(&town.name) == first)
        })
        .map(|town| town.id)
}

/// Towns whose names begin with a text, or have a word that does, the likeliest first: those of exactly this name, then
/// those that begin with it, then the rest, each by the number of people. Words after the first may also name what the
/// town lies in: `london ontario`, `frome, somerset`. A country narrows the search by its two letters. Accents,
/// case and punctuation don't matter. At most `limit` towns; none for an empty text.
pub fn search(text: &str, country: Option<&str>, limit: usize) -> Vec<Town> {
    let index = index();
    let wanted = fold(text);
    let range = country.map_or(0..index.names.len(), |code| index.names_of(&code.to_ascii_uppercase()));
    let mut found = matches(index, &wanted, range);
    // Few of many are shown, so only the best are put in order; a town can be found by two of its names.
    let kept = found.len().min(2 * limit);
    if kept < found.len() {
        found.select_nth_unstable(kept);
        found.truncate(kept);
    }
    found.sort_unstable();
    let mut lines: Vec<u32> = Vec::new();
    let best = found.iter().filter_map(|(_, nth)| index.names.get(*nth)).filter(|name| {
        let new = !lines.contains(&name.line);
        lines.push(name.line);
        new
    });
    best.take(limit).map(|name| town_of(index.entry(*name))).collect()
}

/// The names in a range that fit, with how well.
fn matches(index: &Index, wanted: &str, range: Range<usize>) -> Vec<(Rank, usize)> {
    let Some(first) = wanted.split(' ').next().filter(|word| !word.is_empty()) else { return Vec::new() };
    let begin = index.begin(range.start);
    let folded = index.folded.get(begin..index.begin(range.end)).unwrap_or_default();
    let mut found = Vec::new();
    let mut nth = range.start;
    for (place, _) in folded.match_indices(first) {
        let before = place.checked_sub(1).and_then(|before| folded.as_bytes().get(before));
        if !matches!(before, Some(b'\n' | b' ')) || begin + place < index.begin(nth) {
            continue; // within a word, or in a name that was looked at already
        }
        while index.begin(nth + 1) < begin + place {
            nth += 1;
        }
        found.extend(rank(index, nth, wanted, first).map(|rank| (rank, nth)));
        nth += 1;
    }
    found
}

/// The town of an id. The first call takes a tenth of a second, since it puts all towns in the order of their ids.
pub fn town(id: PlaceId) -> Option<Town> {
    static ORDER: OnceLock<Vec<u32>> = OnceLock::new();
    let index = index();
    let entry = |nth: u32| index.names.get(usize::try_from(nth).ok()?).map(|name| index.entry(*name));
    let id_of = |nth: &u32| entry(*nth).map(town_id);
    let order = ORDER.get_or_init(|| {
        let mut order: Vec<u32> = (0..).zip(&index.names).map(|(nth, _)| nth).collect();
        order.sort_by_cached_key(id_of);
        order
    });
    let found = order.binary_search_by_key(&Some(id), id_of).ok()?;
    order.get(found).and_then(|nth| entry(*nth)).map(town_of)
}

/// All countries that have a town, by name.
pub fn countries() -> Vec<Country> {
    let mut countries: Vec<Country> = index().countries().map(country_of).collect();
    countries.sort_by_cached_key(|country| fold(&country.name));
    countries
}

/// How well a name fits: smaller is better. First the kind of match, then the size of the town upside down.
type Rank = (u8, u8);

/// How well a name of which some word begins with `first` fits all that was asked; `None` if it doesn't.
fn rank(index: &Index, nth: usize, wanted: &str, first: &str) -> Option<Rank> {
    let name = index.names.get(nth)?;
    let folded = index.folded_name(nth);
    let kind = if folded == wanted {
        0
    } else if folded.starts_with(wanted) {
        1
    } else {
        let begins_a_word = |text: &str, word: &str| {
            text.match_indices(word).any(|(at, _)| at == 0 || text.as_bytes().get(at - 1) == Some(&b' '))
        };
        let fits = |word| begins_a_word(folded, word) || begins_a_word(index.folded_above(*name), word);
        if !wanted.split(' ').skip(1).all(fits) {
            return None;
        }
        let whole = wanted.strip_prefix(folded).is_some_and(|rest| rest.starts_with(' '));
        if whole { 0 } else { 2 + u8::from(!folded.starts_with(first)) }
    };
    Some((kind, u8::MAX - name.size))
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(Index::unpack)
}

/// The id of a path of codes (UUID version 5, RFC 9562 section 5.5).
fn derived(path: &[&str]) -> PlaceId {
    PlaceId(Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("geonames:{}", path.join("/")).as_bytes()))
}

/// `geonames:GB/ENG/M3/Frome`; codes that a town lacks are left empty.
fn town_id(entry: Entry<'_>) -> PlaceId {
    let code = |line: Option<Line<'_>>| line.map_or("", |line| line.code).to_owned();
    derived(&[entry.country.code, &code(entry.region), &code(entry.district), entry.name])
}

fn country_of(line: Line<'_>) -> Country {
    Country { id: derived(&[line.code]), code: line.code.to_owned(), name: line.name.to_owned() }
}

fn town_of(entry: Entry<'_>) -> Town {
    let country = entry.country;
    let district = match (entry.region, entry.district) {
        (Some(region), Some(district)) => {
            Some((derived(&[country.code, region.code, district.code]), district))
        }
        (Some(region), None) => Some((derived(&[country.code, region.code]), region)),
        (None, _) => None,
    };
    Town {
        id: town_id(entry),
        name: entry.name.to_owned(),
        region: entry.district.and(entry.region).map(|region| region.name.to_owned()),
        district: district.map(|(id, line)| Division { id, name: line.name.to_owned() }),
        country: country_of(country),
    }
}

#[cfg(test)]
mod tests;
