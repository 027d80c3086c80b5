//! `planet demo`: a furnished town, so that whoever is curious can look around as anybody. It lives in a folder of its own that
//! is removed at the end, and opens for this machine only, since everybody may sign in as everybody.
//!
//! A seed tells the whole year: first a [`plan::Plan`] is made without any database, then a [`town::Town`] performs it by the
//! corridor, act by act, at the time that each act says.

mod affairs;
mod arrivals;
mod doings;
mod groups;
mod people;
mod plan;
mod rng;
mod talk;
#[cfg(test)]
mod tests;
mod town;
mod trade;
mod trades;
mod words;

use crate::args::{Demo, Place};
use crate::errors::NodeError;
use crate::house;
use crate::serve::{self, Node};
use crate::{node_key, settings};
use plan::Plan;
use planet_corridor::sealer::LogKey;
use planet_kit::web::Origin;
use planet_ontology::units::Moment;
use planet_store::{Error as StoreError, Options};
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;
use town::{Site, Tally, Town};

/// Runs the command.
pub async fn demo(args: Demo) -> Result<ExitCode, NodeError> {
    if !args.listen.ip().is_loopback() {
        let sentence = "In the demonstration everybody may sign in as everybody, so it listens on this machine only: use an address such as 127.0.0.1:7700.";
        return Err(NodeError::Other(sentence.into()));
    }
    write_warnings();
    // The port is asked for before the town is built, so that nobody waits for nothing.
    let (listen, port) = free_port(args.listen)?;
    let origin = Origin::parse(&format!("http://localhost:{}", listen.port()))?;
    let folder = Folder::make()?;
    let stop = serve::told_to_stop()?;
    println!("Furnishing a town with {} members …", args.members);
    tokio::select! {
        node = furnish(&folder.0, origin, &args) => {
            let node = node?;
            let announcement = format!("Sign in as anybody at {}", node.origin.link("/demo"));
            drop(port);
            node.run(listen, &announcement).await
        }
        () = stop => Ok(ExitCode::SUCCESS),
    }
}

/// Builds the town and says how it went.
async fn furnish(folder: &Path, origin: Origin, args: &Demo) -> Result<Node, NodeError> {
    let began = Instant::now();
    let key = node_key::load_or_create(folder, house::entropy()?)?;
    let (node, tally) = build(folder, origin, key, (args.seed, args.members), house::clock()).await?;
    let Tally { members, groups, payments, posts, comments, refused, .. } = tally;
    println!(
        "{members} members, {groups} groups, {payments} payments, {posts} posts with {comments} comments in {:.1} seconds; {refused} acts were refused.",
        began.elapsed().as_secs_f64()
    );
    Ok(node)
}

/// Builds the town of a seed and a number of members, with a year that ends at a moment.
async fn build(
    folder: &Path,
    origin: Origin,
    key: ed25519_dalek::SigningKey,
    (seed, members): (u64, u16),
    until: Moment,
) -> Result<(Node, Tally), NodeError> {
    let place = Place { data: folder.to_owned(), database: None };
    let corridor = house::open(&place, Options { durable: false, ..Options::default() }).await?;
    let (url, log_key) =
        (origin.url().to_owned(), planet_ontology::hex::encode(key.verifying_key().as_bytes()));
    let remember = move |tx: &mut planet_store::Tx| {
        settings::set(tx, settings::ORIGIN, &url)?;
        settings::set(tx, settings::LOG_KEY, &log_key)
    };
    corridor.store().write::<(), StoreError>(remember).await?;
    let log = LogKey { origin: origin.host().to_owned(), key: key.clone() };
    let site = Site { corridor: corridor.clone(), origin: origin.url().to_owned(), log };
    let plan = Plan::new(seed, members.into(), until);
    let tally = Town::build(site, plan, seed, until).await?;
    let door = serve::open_door(&corridor, &origin).await?;
    let extra = planet_membership::keys::demo_routes();
    Ok((Node { corridor, origin, key, services: vec![Arc::new(door)], extra }, tally))
}

/// Warnings go to the terminal, unless `RUST_LOG` asks for more.
fn write_warnings() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| "warn,planet_store=error".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

/// An address with a port that is free, held until the town is ready.
fn free_port(listen: SocketAddr) -> Result<(SocketAddr, TcpListener), NodeError> {
    let taken = |error| NodeError::Listen { listen, error };
    let port = TcpListener::bind(listen).map_err(taken)?;
    Ok((port.local_addr().map_err(taken)?, port))
}

/// A folder of the demonstration's own, for its owner only. It is removed when this is dropped.
struct Folder(PathBuf);

impl Folder {
    fn make() -> Result<Self, NodeError> {
        let token = u64::from_le_bytes(*house::entropy()?.first_chunk().unwrap_or(&[0; 8]));
        let path = std::env::temp_dir().join(format!("planet-demo-{token:016x}"));
        let made = std::fs::DirBuilder::new().mode(0o700).create(&path);
        made.map_err(|error| NodeError::File { path: path.clone(), error })?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("{} could not be removed: {error}", self.0.display());
        }
    }
}
