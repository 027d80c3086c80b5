//! The gazetteer in memory: unpacked once, some eight megabytes, addressed by offsets. Searching is not done here.

use crate::fold::fold;

/// Made by `cargo xtask gazetteer`; data/LICENCE.md says from what.
const DATA: &[u8] = include_bytes!("../../data/gazetteer.tsv.zst");

/// All towns and divisions.
pub struct Index {
    /// The file: the number of leading tabs is the depth (country, region, district, town); divisions are
    /// `code⇥name`, towns are `name⇥size` and further names.
    text: String,
    /// Folded names of towns, each after a line feed, in the order of `names`.
    pub folded: String,
    /// Every name of every town.
    pub names: Vec<Name>,
    /// The countries, districts and regions that hold towns.
    parents: Vec<Parent>,
    /// The folded names of divisions.
    above: String,
    /// Each country's line, and where its names begin in `names`.
    countries: Vec<(u32, u32)>,
}

/// One name of a town.
#[derive(Clone, Copy)]
pub struct Name {
    /// Where it begins in `folded`.
    pub folded: u32,
    /// The line of its town, after the tabs.
    pub line: u32,
    /// What the town lies in.
    pub parent: u16,
    /// How large the town is: four more with each doubling of its people, 0 if unknown.
    pub size: u8,
}

/// What a town lies in: lines of the file.
#[derive(Clone, Copy)]
struct Parent {
    country: u32,
    region: Option<u32>,
    district: Option<u32>,
    above: u32,
}

/// A line of the file that names a division, taken apart.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// `GB`, `ENG` or `M3`.
    pub code: &'a str,
    /// As people write it.
    pub name: &'a str,
}

/// A town with what it lies in.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// As people write it.
    pub name: &'a str,
    /// The second-order division, where it serves as district.
    pub district: Option<Line<'a>>,
    /// The first-order division.
    pub region: Option<Line<'a>>,
    /// The country.
    pub country: Line<'a>,
}

impl Index {
    /// Unpacks the gazetteer.
    pub fn unpack() -> Self {
        #[expect(clippy::expect_used, reason = "the data is part of the program, and tests read all of it")]
        let text =
            zstd::decode_all(DATA).ok().and_then(|bytes| String::from_utf8(bytes).ok()).expect("gazetteer");
        let mut index = Self {
            folded: String::with_capacity(text.len() * 2 / 3),
            names: Vec::with_capacity(180_000),
            parents: Vec::new(),
            above: String::new(),
            countries: Vec::new(),
            text: String::new(),
        };
        let mut parent = Parent { country: 0, region: None, district: None, above: 0 };
        let mut stale = true;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let content = line.trim_start_matches('\t');
            let depth = line.len() - content.len();
            let start = short(at + depth);
            at += line.len();
            match depth {
                0 => {
                    parent = Parent { country: start, region: None, district: None, above: 0 };
                    index.countries.push((start, short(index.names.len())));
                }
                1 => parent = Parent { region: Some(start), district: None, ..parent },
                2 => parent.district = Some(start),
                _ => {
                    if stale {
                        parent.above = short(index.above.len());
                        index.parents.push(parent);
                        for above in
                            [parent.district, parent.region, Some(parent.country)].into_iter().flatten()
                        {
                            index.above.push(' ');
                            index.above.push_str(&fold(line_at(&text, above).name));
                        }
                        index.above.push('\n');
                    }
                    index.town(content.trim_end(), start);
                }
            }
            stale = depth < 3;
        }
        index.text = text;
        index.folded.shrink_to_fit();
        index.names.shrink_to_fit();
        index
    }

    /// Notes the names of a town: `name⇥size` and further names.
    fn town(&mut self, content: &str, line: u32) {
        let mut fields = content.split('\t');
        let name = fields.next().unwrap_or_default();
        let size = fields.next().and_then(|size| size.parse().ok()).unwrap_or(0);
        let parent = u16::try_from(self.parents.len().saturating_sub(1)).unwrap_or(u16::MAX);
        for name in std::iter::once(name).chain(fields) {
            self.names.push(Name { folded: short(self.folded.len()), line, parent, size });
            self.folded.push('\n');
            self.folded.push_str(&fold(name));
        }
    }

    /// The countries, in the order of their codes.
    pub fn countries(&self) -> impl Iterator<Item = Line<'_>> {
        self.countries.iter().map(|(line, _)| line_at(&self.text, *line))
    }

    /// The part of `names` that belongs to a country; nothing for an unknown one.
    pub fn names_of(&self, code: &str) -> std::ops::Range<usize> {
        let Ok(nth) = self.countries.binary_search_by(|(line, _)| line_at(&self.text, *line).code.cmp(code))
        else {
            return 0..0;
        };
        let begin = |nth: usize| self.countries.get(nth).map_or(self.names.len(), |(_, first)| wide(*first));
        begin(nth)..begin(nth + 1)
    }

    /// Where a name begins in `folded`, its line feed included; the end of `folded` for one past the last.
    pub fn begin(&self, nth: usize) -> usize {
        self.names.get(nth).map_or(self.folded.len(), |name| wide(name.folded))
    }

    /// The folded name.
    pub fn folded_name(&self, nth: usize) -> &str {
        self.folded.get(self.begin(nth) + 1..self.begin(nth + 1)).unwrap_or_default()
    }

    /// The folded names of all that a town lies in, each word after a space.
    pub fn folded_above(&self, name: Name) -> &str {
        let above =
            self.parents.get(usize::from(name.parent)).map_or(usize::MAX, |parent| wide(parent.above));
        first_line(self.above.get(above..).unwrap_or_default())
    }

    /// The town that bears a name.
    pub fn entry(&self, name: Name) -> Entry<'_> {
        let parent = self.parents.get(usize::from(name.parent));
        let line = |line: u32| line_at(&self.text, line);
        Entry {
            name: line(name.line).code, // a town's first field is its name
            district: parent.and_then(|parent| parent.district).map(line),
            region: parent.and_then(|parent| parent.region).map(line),
            country: line(parent.map_or(0, |parent| parent.country)),
        }
    }
}

/// The line that begins here.
fn line_at(text: &str, at: u32) -> Line<'_> {
    let line = first_line(text.get(wide(at)..).unwrap_or_default());
    let (code, name) = line.split_once('\t').unwrap_or((line, line));
    Line { code, name }
}

fn first_line(text: &str) -> &str {
    text.split_once('\n').map_or(text, |(line, _)| line)
}

/// The file is far below four gigabytes, and offsets into it take half the room this way.
fn short(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

fn wide(offset: u32) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}
