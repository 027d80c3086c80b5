//! What the measurement prints of itself: rates, and what they cost.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// CPU time of this program since the last call, in microseconds.
pub fn spent() -> u64 {
    static BEFORE: AtomicU64 = AtomicU64::new(0);
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks: u64 = stat.split(' ').skip(13).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    ticks.saturating_sub(BEFORE.swap(ticks, Ordering::Relaxed)) * 10_000
}

/// Prints a rate, and what it cost of all cores since the last [`spent`]: under load that is the better measure.
pub fn print(what: &str, count: u64, took: Duration) {
    let rate = f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / took.as_secs_f64();
    println!("{what:<58} {rate:>9.0} /s   {:>4} µs of CPU each", spent() / count.max(1));
}
