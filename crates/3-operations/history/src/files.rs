//! Opening what was brought: lines, or a zip whose names and sizes are not believed. It knows nothing of what the files mean.

use crate::error::{Blown, HistoryError};
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use zip::ZipArchive;

/// The most bytes that are read of an export, unpacked.
const MAX_TOTAL: u64 = 1 << 30;
/// The most bytes of a line.
pub(crate) const MAX_LINE: usize = 16 << 20;
/// The most bytes of one JSON file in a zip.
pub(crate) const MAX_FILE: u64 = 256 << 20;
/// The most files of a zip.
const MAX_ENTRIES: usize = 500_000;
/// The most that anything honest shrinks.
const MAX_RATIO: u64 = 200;
/// What unpacks to less than this is no bomb, whatever its ratio.
const SMALL: u64 = 16 << 20;

/// A file that was opened.
pub(crate) enum Opened {
    /// Lines of text.
    Lines(Box<dyn BufRead>),
    /// A zip.
    Zip(Archive),
}

/// Opens a file: what its first bytes say it is.
pub(crate) fn open(path: &Path) -> Result<Opened, HistoryError> {
    let mut file = File::open(path)?;
    let mut first = Vec::new();
    file.by_ref().take(4).read_to_end(&mut first)?;
    file.seek(SeekFrom::Start(0))?;
    if first.starts_with(b"PK") {
        return Archive::new(file).map(Opened::Zip);
    }
    let size = file.metadata()?.len();
    if size > MAX_TOTAL {
        return Err(HistoryError::TooLarge("a gigabyte of text"));
    }
    Ok(Opened::Lines(Box::new(BufReader::new(file))))
}

/// A zip with names that stay within it.
pub(crate) struct Archive {
    zip: ZipArchive<BufReader<File>>,
    /// The names of its files.
    pub names: Vec<String>,
    left: u64,
}

impl Archive {
    fn new(file: File) -> Result<Self, HistoryError> {
        let zip = ZipArchive::new(BufReader::new(file)).map_err(not_an_export)?;
        if zip.len() > MAX_ENTRIES {
            return Err(HistoryError::TooLarge("500,000 files"));
        }
        let names: Result<Vec<String>, _> = zip.file_names().map(|name| name.map(Cow::into_owned)).collect();
        let names = names.map_err(not_an_export)?;
        if let Some(outside) = names.iter().find(|name| !stays_within(name)) {
            return Err(HistoryError::PathOutside(outside.chars().take(80).collect()));
        }
        Ok(Self { zip, names, left: MAX_TOTAL })
    }

    /// Reads one of its files, a bit at a time.
    pub fn reader(&mut self, name: &str) -> Result<impl BufRead, HistoryError> {
        let left = self.left;
        let entry = self.zip.by_name(name).map_err(not_an_export)?;
        let packed = entry.compressed_size();
        Ok(BufReader::new(Measured { inner: entry, name: name.to_owned(), packed, unpacked: 0, left }))
    }

    /// Reads one of its files whole.
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, HistoryError> {
        let mut bytes = Vec::new();
        self.reader(name)?.take(MAX_FILE + 1).read_to_end(&mut bytes)?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size > MAX_FILE {
            return Err(HistoryError::Bomb(name.to_owned()));
        }
        self.left = self.left.saturating_sub(size);
        Ok(bytes)
    }
}

fn not_an_export(error: zip::result::ZipError) -> HistoryError {
    HistoryError::NotAnExport(error.to_string())
}

/// Whether a file in a zip is of a kind, by the end of its name.
pub(crate) fn is_kind(name: &str, kind: &str) -> bool {
    Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case(kind))
}

/// Whether a name in a zip stays below where it is unpacked. We unpack nothing, and believe nobody who wants us to.
fn stays_within(name: &str) -> bool {
    let parts = || name.split(['/', '\\']);
    let drive = name.as_bytes().get(1) == Some(&b':');
    !name.starts_with(['/', '\\']) && !drive && !name.contains('\0') && !parts().any(|part| part == "..")
}

/// Stops when more comes out than an honest file holds.
struct Measured<R> {
    inner: R,
    name: String,
    packed: u64,
    unpacked: u64,
    left: u64,
}

impl<R: Read> Read for Measured<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.unpacked += u64::try_from(read).unwrap_or(u64::MAX);
        let swollen = self.unpacked > SMALL && self.unpacked / self.packed.max(1) > MAX_RATIO;
        if swollen || self.unpacked > self.left {
            return Err(io::Error::other(Blown(self.name.clone())));
        }
        Ok(read)
    }
}

/// What comes next of some lines.
pub(crate) enum Next {
    /// A line is in the buffer, without its end.
    Line,
    /// A line that is too long was passed over.
    TooLong,
    /// There is no more.
    End,
}

/// Reads the next line into a buffer.
pub(crate) fn next_line(lines: &mut impl BufRead, buffer: &mut Vec<u8>) -> io::Result<Next> {
    buffer.clear();
    let most = u64::try_from(MAX_LINE).unwrap_or(u64::MAX);
    let read = lines.by_ref().take(most + 1).read_until(b'\n', buffer)?;
    if read == 0 {
        return Ok(Next::End);
    }
    if buffer.last() == Some(&b'\n') {
        buffer.pop();
    } else if read > MAX_LINE {
        loop {
            let chunk = lines.fill_buf()?;
            let (size, end) = match chunk.iter().position(|byte| *byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (chunk.len(), chunk.is_empty()),
            };
            lines.consume(size);
            if end {
                buffer.clear();
                return Ok(Next::TooLong);
            }
        }
    }
    Ok(Next::Line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_leave_the_zip_are_seen() {
        for name in ["/etc/passwd", "../x", "a/../../x", "a\\..\\x", "\\x", "C:\\x", "a\0b"] {
            assert!(!stays_within(name), "{name}");
        }
        for name in ["import.jsonl", "data/20260101/a.png", "general/2026-01-01.json", "a..b/c"] {
            assert!(stays_within(name), "{name}");
        }
    }

    #[test]
    fn a_line_without_an_end_does_not_fill_the_memory() {
        let long = "x".repeat(MAX_LINE + 10);
        let text = format!("a\n{long}\nb");
        let (mut lines, mut buffer, mut seen) = (text.as_bytes(), Vec::new(), Vec::new());
        loop {
            match next_line(&mut lines, &mut buffer).unwrap() {
                Next::Line => seen.push(String::from_utf8(buffer.clone()).unwrap()),
                Next::TooLong => seen.push("too long".into()),
                Next::End => break,
            }
        }
        assert_eq!(seen, ["a", "too long", "b"]);
    }
}
