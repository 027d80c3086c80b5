//! `cargo xtask prove mattermost-import`: exports of Mattermost and Slack in the documented form, made from a plan, brought into a fresh club
//! on each engine and compared with the plan message by message. The work is done in xtask/browser/prove-import.mjs.

use std::fs;
use std::path::Path;

use super::{Figure, heard};
use crate::node::Home;
use crate::postgres::{Durability, Server, free_port};
use crate::trouble::{OrSay, Outcome, Trouble};
use crate::{sh, tools};

/// Tells the story on SQLite and on PostgreSQL, and verifies the record after each.
pub(super) fn prove(words: &[&str]) -> Outcome<Figure> {
    if !words.is_empty() {
        return Err(Trouble::new("`cargo xtask prove mattermost-import` takes nothing after it"));
    }
    sh::run(&mut sh::cargo(&["build", "--package", "planet"]))?;
    let place = sh::target().join("prove-import");
    if place.exists() {
        fs::remove_dir_all(&place).or_say("cannot empty the last proof's folder")?;
    }
    let server = Server::start(Durability::Forgetful, &std::env::temp_dir())?;
    server.create_database("club")?;
    let mut whole = Figure { right: 0, total: 0, disputed: 0 };
    for (engine, database) in [("sqlite", None), ("postgres", Some(server.url("club")))] {
        println!("On {engine}:");
        let figure = on(&place.join(engine), database)?;
        whole.right += figure.right;
        whole.total += figure.total;
    }
    Ok(whole)
}

/// The story over one database, in a folder of its own.
fn on(place: &Path, database: Option<String>) -> Outcome<Figure> {
    fs::create_dir_all(place).or_say("cannot make the proof's folder")?;
    let folder = tools::npm_folder(&sh::root().join("xtask/browser"), "browser")?;
    let program = sh::target().join("debug/planet");
    let home = Home { program: program.clone(), data: place.join("data"), database, port: free_port()? };
    let node = home.serve()?;
    let (program, here) = (program.to_string_lossy(), place.to_string_lossy());
    let mut story =
        sh::command("node", ["prove-import.mjs", &node.base(), &node.founding_link()?, &program, &here]);
    story.env("PLANET_CHROMIUM", tools::chromium()?).env("XDG_CONFIG_HOME", place).current_dir(folder);
    let figure = heard(&mut story)?;
    drop(node);
    home.verify(None)?;
    Ok(figure)
}
