//! Prints how many published did:webvh answers the verifier gives, for `cargo xtask prove didwebvh`. The judging is in the library.

use planet_identity::vectors;
use planet_ontology::units::Moment;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from).ok_or("name the folder of test vectors")?;
    let now = Moment(i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_micros())?);
    let report = vectors::run(&folder, now)?;
    for line in &report.lines {
        println!("{line}");
    }
    println!("{} of {} right, {} disputed", report.right, report.total, report.disputed);
    Ok(())
}
