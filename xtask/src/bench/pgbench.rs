//! PostgreSQL's own benchmark as the yardstick: its TPC-B-like transaction, prepared, durable, on our disk. It is not tuned by us.

use std::path::Path;

use crate::postgres::{Durability, Server};
use crate::sh;
use crate::trouble::{OrSay, Outcome};

/// The number of clients, and the scale, where one number is enough: fewer branches than clients would measure waiting for locks.
pub const CLIENTS: usize = 64;

/// Starts a durable server beneath `place` and fills pgbench's tables. The scale must not be below the number of clients.
pub fn prepare(place: &Path, scale: usize) -> Outcome<Server> {
    let server = Server::start(Durability::Durable, place)?;
    server.create_database("pgbench")?;
    let scale = scale.to_string();
    sh::run(
        server
            .client("pgbench")
            .args(["--initialize", "--quiet", "--scale", &scale, "pgbench"])
            .stderr(std::process::Stdio::null()),
    )?;
    Ok(server)
}

/// Transactions per second in this many seconds.
pub fn transactions_per_second(server: &Server, clients: usize, seconds: u32) -> Outcome<f64> {
    let clients = clients.to_string();
    let mut pgbench = server.client("pgbench");
    pgbench.args([
        "--protocol=prepared",
        "--client",
        &clients,
        "--jobs",
        if clients == "1" { "1" } else { "2" },
        "--time",
        &seconds.to_string(),
        "pgbench",
    ]);
    println!("$ {}", sh::spell(&pgbench));
    let said = sh::output(&mut pgbench)?;
    tps_in(&said).or_say(format!("pgbench gave no figure:\n{said}"))
}

/// The figure in `tps = 1234.567890 (without initial connection time)`.
fn tps_in(said: &str) -> Option<f64> {
    said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figure_is_read_from_pgbenchs_report() {
        let said = "number of clients: 64\nlatency average = 18.2 ms\ntps = 3521.500000 (without initial connection time)\n";
        assert_eq!(tps_in(said), Some(3521.5));
    }
}
