//! The browser story on a fresh node, once for each engine, with the node's own verification after it. The story itself is
//! xtask/browser/story.mjs.

use std::fs;
use std::path::{Path, PathBuf};

use crate::node::Home;
use crate::postgres::{Server, free_port};
use crate::sh;
use crate::test::Tally;
use crate::tools;
use crate::trouble::{OrSay, Outcome};

/// Tells the story on SQLite and on PostgreSQL.
pub fn run(server: &Server) -> Outcome<Tally> {
    let chromium = tools::chromium()?;
    let folder = tools::npm_folder(&sh::root().join("xtask/browser"), "browser")?;
    let mut tally = Tally::default();
    for engine in ["sqlite", "postgres"] {
        let place = fresh(&folder.join(engine))?;
        let database = (engine == "postgres").then(|| format!("story_{}", std::process::id()));
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
        let pictures = if engine == "sqlite" { fresh(&place.join("screenshots"))? } else { PathBuf::new() };
        tell(&home, &folder, [&pictures, &checkpoint], &chromium)?;
        home.verify(Some(&checkpoint))?;
        tally.passed += 2;
    }
    Ok(tally)
}

/// Tells the story to a node. It keeps pictures in a folder, unless that has no name, and a checkpoint in a file.
fn tell(home: &Home, folder: &Path, kept: [&Path; 2], chromium: &Path) -> Outcome<()> {
    let node = home.serve()?;
    let mut story = sh::command("node", ["story.mjs", &node.base(), &node.founding_link()?]);
    sh::run(story.args(kept).env("PLANET_CHROMIUM", chromium).current_dir(folder))
}

/// An empty folder.
fn fresh(place: &Path) -> Outcome<PathBuf> {
    if place.exists() {
        fs::remove_dir_all(place).or_say(format!("cannot empty {}", place.display()))?;
    }
    fs::create_dir_all(place).or_say(format!("cannot make {}", place.display()))?;
    Ok(place.to_path_buf())
}
