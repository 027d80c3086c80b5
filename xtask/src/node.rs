//! A node of ours started for a test or a measurement: found, watched, stopped, verified. It does not know what is asked of it.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::http;
use crate::keep::{Kept, Terms};
use crate::sh;
use crate::trouble::{OrSay, Outcome, Trouble};

const PATIENCE: Duration = Duration::from_secs(30);

/// Where a node keeps its club.
#[derive(Clone, Debug)]
pub struct Home {
    /// The `planet` program.
    pub program: PathBuf,
    /// Its folder, with the embedded database unless there is another.
    pub data: PathBuf,
    /// The address of a PostgreSQL database, when it is to use one.
    pub database: Option<String>,
    /// The port that it listens on, the same at every start, since a club stays at its origin.
    pub port: u16,
}

/// A node that answers; dropping it stops it.
pub struct Node {
    kept: Kept,
    /// The port it listens on, at 127.0.0.1.
    pub port: u16,
    /// How long it took from the start until it was ready.
    pub started_in: Duration,
    lines: mpsc::Receiver<String>,
    log: PathBuf,
}

impl Home {
    /// The options that name this home, the same for every command.
    pub fn options(&self) -> Vec<String> {
        let mut options = vec!["--data".to_owned(), self.data.to_string_lossy().into_owned()];
        options.extend(self.database.iter().flat_map(|url| ["--database".to_owned(), url.clone()]));
        options
    }

    /// Starts `planet serve` and waits until it is ready.
    pub fn serve(&self) -> Outcome<Node> {
        self.serve_with(&[])
    }

    /// The same with further options, such as the chains to watch.
    pub fn serve_with(&self, more: &[&str]) -> Outcome<Node> {
        fs::create_dir_all(&self.data).or_say(format!("cannot make {}", self.data.display()))?;
        let port = self.port;
        let mut command = sh::command(&self.program.to_string_lossy(), ["serve"]);
        command.args([
            "--listen",
            &format!("127.0.0.1:{port}"),
            "--origin",
            &format!("http://localhost:{port}"),
        ]);
        command.args(self.options()).args(more);
        let log = self.data.with_extension("log");
        println!("$ {}", sh::spell(&command));
        let begun = Instant::now();
        let (kept, printed) =
            Kept::start_and_listen(&command, &Terms { signal: "TERM", folder: None, log: &log })?;
        let lines = follow(printed, &log)?;
        let mut node = Node { kept, port, started_in: Duration::ZERO, lines, log };
        node.wait_until_ready(begun)?;
        Ok(node)
    }

    /// Runs `planet verify`, which must find nothing wrong, not even beside a checkpoint that was kept elsewhere.
    pub fn verify(&self, checkpoint: Option<&Path>) -> Outcome<()> {
        let mut verify = sh::command(&self.program.to_string_lossy(), ["verify"]);
        verify.args(self.options());
        if let Some(kept) = checkpoint {
            verify.arg("--checkpoint").arg(kept);
        }
        sh::run(&mut verify)
    }
}

/// Copies what the node prints into its log and hands over line by line.
fn follow(printed: std::process::ChildStdout, log: &Path) -> Outcome<mpsc::Receiver<String>> {
    let mut file = fs::File::options().append(true).open(log).or_say("cannot write the node's log")?;
    let (sender, lines) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(printed).lines().map_while(Result::ok) {
            // Neither the log nor a listener is needed for the node to go on.
            let _ = writeln!(file, "{line}");
            let _ = sender.send(line);
        }
    });
    Ok(lines)
}

impl Node {
    /// The address that a browser uses.
    pub fn base(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// The memory that it occupies, in megabytes.
    pub fn megabytes(&self) -> Outcome<f64> {
        self.kept.megabytes("planet")
    }

    fn wait_until_ready(&mut self, begun: Instant) -> Outcome<()> {
        while begun.elapsed() < PATIENCE {
            if http::get(self.port, "/healthz", "").is_ok_and(|answer| answer.status == 200) {
                self.started_in = begun.elapsed();
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Err(self.complaint("the node was not ready within 30 seconds"))
    }

    /// The link with which a fresh club is founded, as the node printed it.
    pub fn founding_link(&self) -> Outcome<String> {
        let begun = Instant::now();
        while let Some(left) = PATIENCE.checked_sub(begun.elapsed()) {
            match self.lines.recv_timeout(left) {
                Ok(line) => {
                    if let Some(link) = link_in(&line) {
                        return Ok(link.to_owned());
                    }
                }
                Err(_) => break,
            }
        }
        Err(self.complaint("the node printed no founding link"))
    }

    fn complaint(&self, what: &str) -> Trouble {
        let said = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = said.lines().collect();
        let last = lines.get(lines.len().saturating_sub(20)..).unwrap_or_default().join("\n");
        Trouble::new(format!("{what}. Its log ({}) ends with:\n{last}", self.log.display()))
    }
}

/// The founding link in a line, whatever words stand around it.
fn link_in(line: &str) -> Option<&str> {
    line.split_whitespace().find(|word| word.starts_with("http") && word.contains("/found?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_founding_link_is_found_among_words() {
        assert_eq!(
            link_in("Found your club: http://localhost:7700/found?k=a-b_c (once)"),
            Some("http://localhost:7700/found?k=a-b_c")
        );
        assert_eq!(link_in("PLANET listens on http://localhost:7700"), None);
    }
}
