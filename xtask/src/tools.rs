//! Programs from elsewhere that the tasks need: found, or installed with a word about it. It does not run them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::sh;
use crate::trouble::{OrSay, Outcome, Trouble};

const OLDEST_POSTGRES: u32 = 15;
const OLDEST_NODE: u32 = 20;

/// The folder with PostgreSQL's server programs, 15 or newer; installed from Debian when missing.
pub fn postgres() -> Outcome<PathBuf> {
    if let Some(bin) = find_postgres() {
        return Ok(bin);
    }
    install("PostgreSQL", &["postgresql"])?;
    find_postgres().or_say(format!("Debian's PostgreSQL is older than {OLDEST_POSTGRES}: install a newer server and put its bin folder on PATH"))
}

fn find_postgres() -> Option<PathBuf> {
    let on_path =
        sh::find("postgres", &[]).and_then(|file| Some(file.canonicalize().ok()?.parent()?.to_path_buf()));
    let debians = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut places: Vec<PathBuf> =
        on_path.into_iter().chain(debians.map(|dir| dir.path().join("bin"))).collect();
    places.retain(|bin| {
        ["postgres", "initdb", "createdb", "pgbench"].iter().all(|program| bin.join(program).is_file())
    });
    places
        .into_iter()
        .filter_map(|bin| Some((postgres_version(&bin)?, bin)))
        .filter(|(version, _)| *version >= OLDEST_POSTGRES)
        .max()
        .map(|(_, bin)| bin)
}

fn postgres_version(bin: &Path) -> Option<u32> {
    let said =
        sh::output(sh::command(bin.join("postgres").to_str()?, ["--version"]).current_dir("/")).ok()?;
    first_number(&said)
}

/// A Chromium to drive; installed from Debian when missing. `PLANET_CHROMIUM` names another one.
pub fn chromium() -> Outcome<PathBuf> {
    if let Some(named) = std::env::var_os("PLANET_CHROMIUM") {
        return Ok(PathBuf::from(named));
    }
    if let Some(found) = find_chromium() {
        return Ok(found);
    }
    install("Chromium", &["chromium"])?;
    find_chromium().or_say("Chromium was installed but is not on PATH")
}

fn find_chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| sh::find(name, &[]))
}

/// A program of Debian's package of the same name; installed when missing.
pub fn debians(program: &str, shows_it_is_there: &str) -> Outcome<PathBuf> {
    if sh::find(shows_it_is_there, &[]).is_none() {
        install(program, &[program])?;
    }
    sh::find(shows_it_is_there, &[])
        .or_say(format!("{program} was installed but {shows_it_is_there} is not on PATH"))
}

/// Checks that Node and npm are here and new enough.
pub fn node() -> Outcome<()> {
    let advice = format!(
        "Node {OLDEST_NODE} or newer with npm is needed: `apt-get install nodejs npm`, or see nodejs.org"
    );
    let said = sh::output(&mut sh::command("node", ["--version"])).map_err(|_| Trouble::new(&*advice))?;
    if sh::find("npm", &[]).is_none() || first_number(&said).is_none_or(|major| major < OLDEST_NODE) {
        return Err(Trouble::new(format!("{advice} (`node --version` says {})", said.trim())));
    }
    Ok(())
}

/// Brings a folder with a package-lock.json into target/`name`, with its packages installed, and gives that folder.
pub fn npm_folder(from: &Path, name: &str) -> Outcome<PathBuf> {
    node()?;
    let to = sh::target().join(name);
    sh::copy_folder(from, &to)?;
    let lock =
        fs::read(to.join("package-lock.json")).or_say(format!("{} has no lock file", from.display()))?;
    let mark = to.join("node_modules/.installed");
    if fs::read(&mark).is_ok_and(|installed| installed == lock) {
        return Ok(to);
    }
    println!("Installing npm packages into {}.", shown(&to));
    sh::run(sh::command("npm", ["ci", "--no-fund", "--no-audit", "--loglevel=error"]).current_dir(&to))?;
    fs::write(&mark, lock).or_say("cannot note what was installed")?;
    Ok(to)
}

/// Installs packages of Debian, when this machine has them and we may.
fn install(what: &str, packages: &[&str]) -> Outcome<()> {
    let typed = format!("apt-get install {}", packages.join(" "));
    if sh::find("apt-get", &[PathBuf::from("/usr/bin")]).is_none() {
        return Err(Trouble::new(format!(
            "{what} is missing here, and this is no Debian: install it with your system's packages, then try again."
        )));
    }
    let Some(before) = root_or_sudo() else {
        return Err(Trouble::new(format!("{what} is missing: type `sudo {typed}`, then try again.")));
    };
    println!("{what} is missing: installing Debian's {}.", packages.join(", "));
    let apt = |arguments: &[&str]| {
        let words: Vec<&str> = before
            .iter()
            .copied()
            .chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", "--yes"])
            .chain(arguments.iter().copied())
            .collect();
        words.split_first().map_or(Ok(()), |(program, rest)| sh::run(&mut sh::command(program, rest)))
    };
    apt(&["update"])?;
    apt(&[&["install", "--no-install-recommends"], packages].concat())
}

/// What to put before a command that needs root: nothing, `sudo -n`, or none at all when we may not.
fn root_or_sudo() -> Option<&'static [&'static str]> {
    let said = |program: &str, arguments: &[&str]| sh::output(&mut sh::command(program, arguments));
    if said("id", &["-u"]).is_ok_and(|id| id.trim() == "0") {
        return Some(&[]);
    }
    said("sudo", &["-n", "true"]).is_ok().then_some(&["sudo", "-n"])
}

/// A path below the repository, as a person would write it.
fn shown(path: &Path) -> String {
    path.strip_prefix(sh::root()).unwrap_or(path).display().to_string()
}

/// The first whole number in a program's answer to `--version`.
fn first_number(text: &str) -> Option<u32> {
    text.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty())?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_programs_say() {
        assert_eq!(first_number("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(first_number("v20.20.2\n"), Some(20));
        assert_eq!(first_number("none"), None);
    }
}
