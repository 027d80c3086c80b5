//! Makes files for the tests and reads them.

use planet_history::{Export, HistoryError, Source, read};
use planet_ontology::units::Moment;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// When it is read: 27 November 2026.
pub const NOW: Moment = Moment(1_795_737_600 * Moment::SECOND);

/// The files written by hand.
pub fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

/// A file of its own for each caller, gone when it is dropped.
pub struct Temporary(pub PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

pub fn temporary() -> Temporary {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("planet-history-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    Temporary(std::env::temp_dir().join(name))
}

/// A zip of some files.
pub fn zipped(files: &[(&str, &[u8])]) -> Temporary {
    let place = temporary();
    let mut zip = ZipWriter::new(File::create(&place.0).unwrap());
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
    place
}

/// A zip of the folder of Slack's files.
pub fn slack() -> Temporary {
    let (root, mut files) = (data().join("slack"), Vec::new());
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
                files.push((name, fs::read(path).unwrap()));
            }
        }
    }
    let files: Vec<_> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    zipped(&files)
}

/// Reads lines as a bulk export, with the line of its version before them.
pub fn lines(lines: &[String]) -> Result<Export, HistoryError> {
    let place = temporary();
    let head = [r#"{"type":"version","version":1}"#, CHANNEL].join("\n");
    fs::write(&place.0, format!("{head}\n{}", lines.join("\n"))).unwrap();
    read(Source::Mattermost, &place.0, NOW)
}

/// The channel of [`lines`].
const CHANNEL: &str = r#"{"type":"channel","channel":{"team":"t","name":"c","display_name":"C","type":"O"}}"#;
