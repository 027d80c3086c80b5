//! `cargo xtask prove cards`: card payments against localstripe, a stand-in for the processor that others wrote (GPL; it runs beside
//! us and is never linked). The browser does the work: xtask/browser/prove-cards.mjs.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{Figure, heard};
use crate::keep::{Kept, Terms};
use crate::node::Home;
use crate::postgres::free_port;
use crate::trouble::{OrSay, Outcome, Trouble};
use crate::{http, sh, tools};

/// The stand-in and its version.
const STAND_IN: &str = "localstripe==1.15.10";
/// How long it may take to start.
const PATIENCE: Duration = Duration::from_secs(30);
/// What the node and the stand-in know of each other. None of it is a secret of anybody.
const KEYS: [&str; 6] = [
    "--cards-key",
    "sk_test_planet",
    "--cards-publishable-key",
    "pk_test_planet",
    "--cards-webhook-secret",
    WEBHOOK_SECRET,
];
const WEBHOOK_SECRET: &str = "whsec_test_planet";

/// Starts the stand-in and a fresh node, and lets a member pay in by card in every way.
pub(super) fn prove(words: &[&str]) -> Outcome<Figure> {
    if !words.is_empty() {
        return Err(Trouble::new("`cargo xtask prove cards` takes nothing after it"));
    }
    let folder = tools::npm_folder(&sh::root().join("xtask/browser"), "browser")?;
    let chromium = tools::chromium()?;
    sh::run(&mut sh::cargo(&["build", "--package", "planet"]))?;
    let place = sh::target().join("prove-cards");
    let program = install(&sh::target().join("localstripe"))?;
    if place.exists() {
        fs::remove_dir_all(&place).or_say("cannot empty the last proof's folder")?;
    }
    fs::create_dir_all(&place).or_say("cannot make the proof's folder")?;
    let port = free_port()?;
    let _processor = stand_in(&program, port, &place)?;
    let processor = format!("http://localhost:{port}");
    let home = Home {
        program: sh::target().join("debug/planet"),
        data: place.join("data"),
        database: None,
        port: free_port()?,
    };
    let script = format!("{processor}/js.stripe.com/v3/");
    let named = ["--cards", &processor, "--cards-script", &script];
    let node = home.serve_with(&[&named, KEYS.as_slice()].concat())?;
    let mut story = sh::command(
        "node",
        ["prove-cards.mjs", &node.base(), &node.founding_link()?, &processor, WEBHOOK_SECRET],
    );
    let figure = heard(story.env("PLANET_CHROMIUM", chromium).current_dir(folder))?;
    drop(node);
    home.verify(None)?;
    Ok(figure)
}

/// The stand-in's program, in an environment of its own below the ignored folder; installed from `PyPI` when missing.
fn install(place: &Path) -> Outcome<PathBuf> {
    let program = place.join("bin/localstripe");
    if program.is_file() {
        return Ok(program);
    }
    println!("Installing {STAND_IN} from PyPI into {}.", place.display());
    sh::run(&mut sh::command("python3", ["-m", "venv", &place.to_string_lossy()]))?;
    let pip = place.join("bin/pip");
    sh::run(&mut sh::command(
        &pip.to_string_lossy(),
        ["install", "--quiet", "--disable-pip-version-check", STAND_IN],
    ))?;
    Ok(program)
}

/// Starts the stand-in with an empty memory, in a folder of its own, since it writes its memory into the temporary folder.
fn stand_in(program: &Path, port: u16, place: &Path) -> Outcome<Kept> {
    let mut command =
        sh::command(&program.to_string_lossy(), ["--port", &port.to_string(), "--from-scratch"]);
    command.env("TMPDIR", place);
    println!("$ {}", sh::spell(&command));
    let kept =
        Kept::start(&command, &Terms { signal: "TERM", folder: None, log: &place.join("localstripe.log") })?;
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if http::get(port, "/js.stripe.com/v3/", "").is_ok_and(|answer| answer.status == 200) {
            return Ok(kept);
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Err(Trouble::new(format!("localstripe did not start; see {}", place.join("localstripe.log").display())))
}
