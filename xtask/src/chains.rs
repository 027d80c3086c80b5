//! Proofs with chains: a member's browser, a fresh node, and a foreign node of a chain beside it. What is shown is told by
//! xtask/browser/chains.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::http;
use crate::keep::{Kept, Terms};
use crate::node::Home;
use crate::postgres::free_port;
use crate::prove::{Figure, heard};
use crate::sh;
use crate::tools;
use crate::trouble::{OrSay, Outcome, Trouble};

const PATIENCE: Duration = Duration::from_mins(1);
/// What opens bcoin's door; it listens on this machine alone.
const KEY: &str = "proof";

/// Ether and a token, on anvil.
pub fn evm() -> Outcome<Figure> {
    let peers = tools::npm_folder(&sh::root().join("xtask/chains"), "chains")?;
    let anvil = peers.join("node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil");
    executable(&anvil)?;
    let port = free_port()?;
    let mut command = sh::command(&anvil.to_string_lossy(), ["--host", "127.0.0.1", "--silent"]);
    command.args(["--port", &port.to_string()]);
    let log = peers.join("anvil.log");
    println!("$ {}", sh::spell(&command));
    let _peer = Kept::start(&command, &Terms { signal: "TERM", folder: None, log: &log })?;
    listening(port, &log)?;
    let url = format!("http://127.0.0.1:{port}");
    tell("evm", &["--evm", &url], &[&url], &anvil.to_string_lossy())
}

/// Bitcoin, on bcoin in regtest.
pub fn bitcoin() -> Outcome<Figure> {
    let peers = tools::npm_folder(&sh::root().join("xtask/chains"), "chains")?;
    mend_bcoin(&peers)?;
    let port = free_port()?;
    let mut command =
        sh::command("node", ["node_modules/bcoin/bin/node", "--network=regtest", "--memory=true"]);
    command.args(["--listen=false", "--index-tx=true", "--index-address=true", "--log-level=warning"]);
    command.args([format!("--api-key={KEY}"), format!("--http-port={port}")]);
    command.arg(format!("--prefix={}", peers.join("bcoin").display())).current_dir(&peers);
    let log = peers.join("bcoin.log");
    println!("$ {}", sh::spell(&command));
    let _peer = Kept::start(&command, &Terms { signal: "TERM", folder: None, log: &log })?;
    listening(port, &log)?;
    let known = format!("http://x:{KEY}@127.0.0.1:{port}");
    tell("bitcoin", &["--bitcoin", &known], &[&format!("http://127.0.0.1:{port}/")], KEY)
}

/// Starts a fresh node beside the chain and tells it the proof's story in a browser.
fn tell(name: &str, options: &[&str], chain: &[&str], last: &str) -> Outcome<Figure> {
    sh::run(&mut sh::cargo(&["build", "--package", "planet"]))?;
    let chromium = tools::chromium()?;
    let folder = tools::npm_folder(&sh::root().join("xtask/browser"), "browser")?;
    let place = fresh(&sh::target().join("chains-proof").join(name))?;
    let pictures = fresh(&place.join("screenshots"))?;
    let home = Home {
        program: sh::target().join("debug/planet"),
        data: place.join("data"),
        database: None,
        port: free_port()?,
    };
    let node = home.serve_with(options)?;
    let script = format!("chains/{name}.mjs");
    let mut story = sh::command("node", [&script, &node.base(), &node.founding_link()?]);
    story.args(chain).arg(&pictures).arg(last).env("PLANET_CHROMIUM", chromium).current_dir(&folder);
    let figure = heard(&mut story)?;
    drop(node);
    home.verify(None)?;
    Ok(figure)
}

/// Three things stand between this old release and a current Node: a module in C++ that no longer compiles and that nothing needs
/// when all is kept in memory, two others that have to be built, and addresses of regtest that no other program writes.
fn mend_bcoin(peers: &Path) -> Outcome<()> {
    let modules = peers.join("node_modules");
    let stub = modules.join("leveldown");
    if fs::read_to_string(stub.join("index.js")).is_ok_and(|text| text.starts_with("// a stub")) {
        return Ok(());
    }
    let _ = fs::remove_dir_all(&stub);
    let write =
        |path: PathBuf, text: &str| fs::write(&path, text).or_say(format!("cannot write {}", path.display()));
    fs::create_dir_all(&stub).or_say("cannot replace a module of bcoin")?;
    write(stub.join("package.json"), r#"{"name":"leveldown","version":"0.0.0","main":"index.js"}"#)?;
    let networks = modules.join("bcoin/lib/protocol/networks.js");
    let text = fs::read_to_string(&networks).or_say("bcoin has no list of networks")?;
    let (before, after) =
        text.split_once("regtest.addressPrefix").or_say("bcoin's regtest is not as expected")?;
    let after = after.replacen("pubkeyhash: 0x3c", "pubkeyhash: 0x6f", 1).replacen(
        "bech32: 'rb'",
        "bech32: 'bcrt'",
        1,
    );
    write(networks.clone(), &format!("{before}regtest.addressPrefix{after}"))?;
    let mut rebuild =
        sh::command("npm", ["rebuild", "--ignore-scripts=false", "--loglevel=error", "mrmr", "bsip"]);
    sh::run(rebuild.current_dir(peers))?;
    write(stub.join("index.js"), "// a stub\nmodule.exports = function () { throw new Error(\"stub\"); };\n")
}

#[cfg(unix)]
fn executable(program: &Path) -> Outcome<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(program, fs::Permissions::from_mode(0o755))
        .or_say(format!("cannot run {}", program.display()))
}

fn listening(port: u16, log: &Path) -> Outcome<()> {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if http::get(port, "/", "").is_ok() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Err(Trouble::new(format!("the chain's node did not answer; its log is {}", log.display())))
}

fn fresh(place: &Path) -> Outcome<PathBuf> {
    if place.exists() {
        fs::remove_dir_all(place).or_say(format!("cannot empty {}", place.display()))?;
    }
    fs::create_dir_all(place).or_say(format!("cannot make {}", place.display()))?;
    Ok(place.to_path_buf())
}
