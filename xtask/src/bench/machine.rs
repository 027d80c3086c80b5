//! What the figures were measured on, and where: the disk that both sides share. It judges no machine.

use std::fs::{self, File};
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::sh;
use crate::trouble::{OrSay, Outcome};

/// A folder on disk that PostgreSQL's user can reach as well as we, so that both write to the same disk.
pub fn place() -> Outcome<PathBuf> {
    let below = sh::target().join("bench");
    fs::create_dir_all(&below).or_say("cannot make the folder for measurements")?;
    if is_open_to_all(&below) {
        return Ok(below);
    }
    let elsewhere = PathBuf::from("/var/tmp/planet-bench");
    fs::create_dir_all(&elsewhere).or_say("cannot make the folder for measurements")?;
    Ok(elsewhere)
}

fn is_open_to_all(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    folder.ancestors().all(|dir| fs::metadata(dir).is_ok_and(|about| about.permissions().mode() & 0o001 != 0))
}

/// One paragraph: processor, memory, kernel, and how quickly the disk says that something is safe.
pub fn describe(place: &Path) -> Outcome<String> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let about = |file: &str, key: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_default();
        line.split_once(':').map_or_else(String::new, |(_, value)| value.trim().to_owned())
    };
    let processor = about("/proc/cpuinfo", "model name");
    let kilobytes: u64 =
        about("/proc/meminfo", "MemTotal").split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0);
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let kernel = release.split('.').take(2).collect::<Vec<_>>().join(".");
    let syncs = syncs_per_second(place)?;
    let day = sh::output(&mut sh::command("date", ["-u", "+%-d %B %Y"]))?;
    Ok(format!(
        "Measured on {}: {cores} cores ({processor}), {} GB of memory, Linux {}; the disk makes 8 kB durable (fdatasync) {syncs:.0} times a second. \
         The load generator, the node and PostgreSQL share these cores. Read ratios, not digits: runs differ by a fifth.",
        day.trim(),
        (kilobytes + 512 * 1024) / (1024 * 1024),
        kernel.trim(),
    ))
}

/// How often 8 kB can be written and made durable, one after the other.
fn syncs_per_second(place: &Path) -> Outcome<f64> {
    let path = place.join("fsync-probe");
    let probe = || -> std::io::Result<f64> {
        let mut file = File::create(&path)?;
        let page = [7_u8; 8192];
        let begun = Instant::now();
        let mut count = 0.0;
        while begun.elapsed() < Duration::from_secs(2) {
            file.rewind()?;
            file.write_all(&page)?;
            file.sync_data()?;
            count += 1.0;
        }
        fs::remove_file(&path)?;
        Ok(count / begun.elapsed().as_secs_f64())
    };
    probe().or_say("cannot write to the disk that is to be measured")
}
