//! A program that runs beside a task and never outlives it, however the task ends. It does not know what the program is.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::sh;
use crate::trouble::{OrSay, Outcome};

/// Ends the program when its own input closes, which happens even when the task is killed; then removes the folder.
const KEEPER: &str = r#"signal=$1 folder=$2; shift 2
"$@" </dev/null & program=$!
exec >/dev/null 2>&1
cat
kill -s "$signal" $program
(sleep 20; kill -s KILL $program) & dog=$!
wait $program; code=$?
kill $dog
[ -z "$folder" ] || rm -rf "$folder"
exit $code"#;

/// How a program is to be ended, and what it leaves behind.
pub struct Terms<'a> {
    /// The signal that it takes as a friendly request to end: `TERM`.
    pub signal: &'a str,
    /// A folder that goes with it.
    pub folder: Option<&'a Path>,
    /// The file to which it writes its errors, or all it says when `output` is not asked for.
    pub log: &'a Path,
}

/// A running program; dropping it ends it and waits until it has ended.
pub struct Kept {
    keeper: Child,
    leash: Option<ChildStdin>,
}

impl Kept {
    /// Starts a program and hands over what it prints.
    pub fn start_and_listen(command: &Command, terms: &Terms<'_>) -> Outcome<(Self, ChildStdout)> {
        let mut kept = Self::launch(command, terms, Stdio::piped())?;
        let printed = kept.keeper.stdout.take().or_say("cannot listen to the program")?;
        Ok((kept, printed))
    }

    /// Starts a program; what it prints goes to its log.
    pub fn start(command: &Command, terms: &Terms<'_>) -> Outcome<Self> {
        let log = open(terms.log)?;
        Self::launch(command, terms, log.into())
    }

    fn launch(command: &Command, terms: &Terms<'_>, stdout: Stdio) -> Outcome<Self> {
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "keeper", terms.signal]).arg(terms.folder.unwrap_or(Path::new("")));
        keeper.arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            if let Some(value) = value {
                keeper.env(name, value);
            }
        }
        if let Some(folder) = command.get_current_dir() {
            keeper.current_dir(folder);
        }
        // A Ctrl-C in the terminal is for the task; the program ends when the task has.
        keeper.process_group(0);
        keeper.stdin(Stdio::piped()).stdout(stdout).stderr(open(terms.log)?);
        let mut keeper = keeper.spawn().or_say(format!("cannot start `{}`", sh::spell(command)))?;
        let leash = keeper.stdin.take();
        Ok(Self { keeper, leash })
    }

    /// The processes of the program and what keeps it, by number.
    pub fn processes(&self) -> Vec<u32> {
        let keeper = self.keeper.id();
        let children =
            std::fs::read_to_string(format!("/proc/{keeper}/task/{keeper}/children")).unwrap_or_default();
        children.split_whitespace().filter_map(|number| number.parse().ok()).collect()
    }

    /// The memory that the one of these with this name occupies, in megabytes.
    pub fn megabytes(&self, name: &str) -> Outcome<f64> {
        let status = self.processes().into_iter().find_map(|process| {
            let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
            status.starts_with(&format!("Name:\t{name}\n")).then_some(status)
        });
        let status = status.or_say(format!("cannot find `{name}` among the processes"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
        let kilobytes: f64 = line
            .trim()
            .trim_end_matches(" kB")
            .parse()
            .or_say(format!("cannot read the memory of `{name}`"))?;
        Ok(kilobytes * 1024.0 / 1e6)
    }
}

fn open(log: &Path) -> Outcome<File> {
    File::options().create(true).append(true).open(log).or_say(format!("cannot write {}", log.display()))
}

impl Drop for Kept {
    fn drop(&mut self) {
        drop(self.leash.take());
        // The keeper ends by itself once its input is closed; there is nobody left to tell if it does not.
        let _ = self.keeper.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader};

    #[test]
    fn a_kept_program_is_heard_and_ends_with_its_keeper() {
        let log = std::env::temp_dir().join(format!("planet-keep-{}", std::process::id()));
        let program = sh::command("sh", ["-c", "echo ready; exec sleep 60"]);
        let terms = Terms { signal: "TERM", folder: None, log: &log };
        let (kept, printed) = Kept::start_and_listen(&program, &terms).unwrap();
        let mut lines = BufReader::new(printed).lines();
        assert_eq!(lines.next().unwrap().unwrap(), "ready");
        drop(kept);
        assert!(lines.next().is_none(), "its output closes when it ends");
        std::fs::remove_file(&log).unwrap();
    }
}
