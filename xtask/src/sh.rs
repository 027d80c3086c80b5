//! Running other programs: each is printed before it runs, and its failure names it. It knows no particular program.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::trouble::{OrSay, Outcome, Trouble};

/// The folder of the repository, wherever the task was started from.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The ignored folder in which everything made or fetched by a task is kept.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Whether this runs unattended.
pub fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

/// A command that starts in the repository's folder.
pub fn command<S: AsRef<OsStr>>(program: &str, arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}

/// The cargo that started this task, without incremental leftovers when nobody will build a second time.
pub fn cargo(arguments: &[&str]) -> Command {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = command(&cargo, arguments);
    if in_ci() {
        command.env("CARGO_INCREMENTAL", "0").env("CARGO_TERM_COLOR", "never");
    }
    command
}

/// How a person would have typed it.
pub fn spell(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = if program.is_absolute() {
        program.file_name().unwrap_or(command.get_program())
    } else {
        program.as_os_str()
    };
    let words = std::iter::once(name).chain(command.get_args());
    words.map(|word| quoted(&word.to_string_lossy())).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_=./:,@%+".contains(c);
    if !word.is_empty() && word.chars().all(plain) { word.to_owned() } else { format!("'{word}'") }
}

/// Runs a command with this terminal's output.
pub fn run(command: &mut Command) -> Outcome<()> {
    println!("$ {}", spell(command));
    let status = command.status().or_say(format!("cannot start `{}`", spell(command)))?;
    if status.success() { Ok(()) } else { Err(failed(command, status)) }
}

/// Runs a command silently and gives what it printed; when it fails, what it said against it.
pub fn output(command: &mut Command) -> Outcome<String> {
    let output = command.output().or_say(format!("cannot start `{}`", spell(command)))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(Trouble::new(format!("{}\n{said}", failed(command, output.status))))
    }
}

/// Runs a command, prints its lines and shows each to `listen` as well. True when it ended well.
pub fn overhear(command: &mut Command, mut listen: impl FnMut(&str)) -> Outcome<bool> {
    println!("$ {}", spell(command));
    let mut child =
        command.stdout(Stdio::piped()).spawn().or_say(format!("cannot start `{}`", spell(command)))?;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line.or_say("cannot read what the program prints")?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            listen(&line);
        }
    }
    Ok(child.wait().or_say("cannot wait for the program")?.success())
}

fn failed(command: &Command, status: std::process::ExitStatus) -> Trouble {
    Trouble::new(format!("`{}` failed ({status})", spell(command)))
}

/// Where a program lies: on PATH, or in one of these folders.
pub fn find(program: &str, also: &[PathBuf]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(also.iter().cloned())
        .map(|dir| dir.join(program))
        .find(|file| file.is_file())
}

/// Copies a folder without what is built or fetched; files that did not change keep their time.
pub fn copy_folder(from: &Path, to: &Path) -> Outcome<()> {
    std::fs::create_dir_all(to).or_say(format!("cannot make {}", to.display()))?;
    for entry in std::fs::read_dir(from).or_say(format!("cannot read {}", from.display()))? {
        let entry = entry.or_say(format!("cannot read {}", from.display()))?;
        let (name, source) = (entry.file_name(), entry.path());
        if name == "node_modules" || name == "target" {
            continue;
        }
        if source.is_dir() {
            copy_folder(&source, &to.join(name))?;
        } else {
            copy_if_changed(&source, &to.join(name))?;
        }
    }
    Ok(())
}

fn copy_if_changed(from: &Path, to: &Path) -> Outcome<()> {
    let new = std::fs::read(from).or_say(format!("cannot read {}", from.display()))?;
    if std::fs::read(to).is_ok_and(|old| old == new) {
        return Ok(());
    }
    std::fs::write(to, new).or_say(format!("cannot write {}", to.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_it_would_be_typed() {
        let command = command("/usr/bin/cargo", ["test", "--", "two words"]);
        assert_eq!(spell(&command), "cargo test -- 'two words'");
    }

    #[test]
    fn what_a_program_prints_is_both_shown_and_heard() {
        let mut heard = Vec::new();
        let well = overhear(&mut command("sh", ["-c", "echo one; echo two; exit 3"]), |line| {
            heard.push(line.to_owned());
        });
        assert_eq!((well, heard), (Ok(false), vec!["one".to_owned(), "two".to_owned()]));
    }

    #[test]
    fn a_failure_says_what_the_program_said() {
        let trouble = output(&mut command("sh", ["-c", "echo no such member >&2; exit 1"])).unwrap_err();
        assert!(trouble.to_string().ends_with("no such member"), "{trouble}");
    }
}
