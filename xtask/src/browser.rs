//! The browser stories, each on a fresh node, once for each engine, with the node's own verification after it. What they tell is in
//! xtask/browser.

use std::fs;
use std::path::{Path, PathBuf};

use crate::node::Home;
use crate::postgres::{Server, free_port};
use crate::sh;
use crate::test::Tally;
use crate::tools;
use crate::trouble::{OrSay, Outcome, Trouble};

/// A story, and what its node is started with.
struct Story {
    name: &'static str,
    options: &'static [&'static str],
}

const STORIES: [Story; 4] = [
    Story { name: "story", options: &[] },
    Story { name: "members", options: &["--movable-clock"] },
    Story { name: "currencies", options: &["--movable-clock"] },
    Story { name: "groups", options: &[] },
];
const ENGINES: [&str; 2] = ["sqlite", "postgres"];

/// Those of these names that somebody wants, or all of them.
fn wanted<'n>(names: impl Iterator<Item = &'n str> + Clone, only: &[&str]) -> Vec<&'n str> {
    let chosen: Vec<&str> = names.clone().filter(|name| only.contains(name)).collect();
    if chosen.is_empty() { names.collect() } else { chosen }
}

/// Tells the stories on SQLite and on PostgreSQL, or only those of these names on the engines of these names.
pub fn run(server: &Server, only: &[&str]) -> Outcome<Tally> {
    let named = STORIES.iter().map(|story| story.name);
    if let Some(unknown) =
        only.iter().find(|word| !ENGINES.contains(word) && !named.clone().any(|name| name == **word))
    {
        return Err(Trouble::new(format!("There is no story and no engine called `{unknown}`.")));
    }
    let (stories, engines) = (wanted(named, only), wanted(ENGINES.into_iter(), only));
    let chromium = tools::chromium()?;
    let folder = tools::npm_folder(&sh::root().join("xtask/browser"), "browser")?;
    let mut tally = Tally::default();
    for engine in engines {
        for story in STORIES.iter().filter(|story| stories.contains(&story.name)) {
            let place = fresh(&folder.join(engine).join(story.name))?;
            let database = (engine == "postgres").then(|| format!("{}_{}", story.name, std::process::id()));
            if let Some(name) = &database {
                server.create_database(name)?;
            }
            let home = Home {
                program: sh::target().join("debug/planet"),
                data: place.join("data"),
                database: database.map(|name| server.url(&name)),
                port: free_port()?,
            };
            let checkpoint = place.join("checkpoint");
            // Pages look the same on both engines, and their pictures take half of the time.
            let pictures =
                if engine == "sqlite" { fresh(&place.join("screenshots"))? } else { PathBuf::new() };
            tell(story, &home, &folder, [&pictures, &checkpoint], &chromium)?;
            home.verify(Some(&checkpoint).filter(|kept| kept.exists()).map(PathBuf::as_path))?;
            tally.passed += 2;
        }
    }
    Ok(tally)
}

/// Tells a story to a node. It keeps pictures in a folder, unless that has no name, and perhaps a checkpoint in a file.
fn tell(story: &Story, home: &Home, folder: &Path, kept: [&Path; 2], chromium: &Path) -> Outcome<()> {
    let node = home.serve_with(story.options)?;
    let script = format!("{}.mjs", story.name);
    let mut teller = sh::command("node", [script.as_str(), &node.base(), &node.founding_link()?]);
    teller.args(kept).env("PLANET_CHROMIUM", chromium).env("PLANET_PROGRAM", &home.program);
    sh::run(teller.current_dir(folder))
}

/// An empty folder.
fn fresh(place: &Path) -> Outcome<PathBuf> {
    if place.exists() {
        fs::remove_dir_all(place).or_say(format!("cannot empty {}", place.display()))?;
    }
    fs::create_dir_all(place).or_say(format!("cannot make {}", place.display()))?;
    Ok(place.to_path_buf())
}
