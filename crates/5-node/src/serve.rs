//! `planet serve`: opens the club's doors and keeps house until it is told to stop.

use crate::args::Serve;
use crate::errors::NodeError;
use crate::house::{self, RulesInForce};
use crate::{assets, node_key, router, settings};
use planet_corridor::corridor::Corridor;
use planet_corridor::sealer::LogKey;
use planet_kit::ui::Assets;
use planet_kit::web::desk::Furniture;
use planet_kit::web::session::{Known, Sessions};
use planet_kit::web::{Desk, Origin};
use planet_identity::rows::{Token, sessions};
use planet_ontology::ids::MemberId;
use planet_ontology::units::Moment;
use planet_store::{Error as StoreError, Options, Tx};
use std::any::Any;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Runs the command.
pub async fn serve(args: Serve) -> Result<ExitCode, NodeError> {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn,planet=info".into()))
        .with_writer(std::io::stderr)
        .init();
    let origin = Origin::parse(&args.origin)?;
    std::fs::create_dir_all(&args.place.data)
        .map_err(|error| NodeError::File { path: args.place.data.clone(), error })?;
    let rules = RulesInForce::default();
    let corridor = house::open(&args.place, Options::default(), &rules).await?;
    let key = node_key::load_or_create(&args.place.data, house::entropy()?)?;
    check_origin(&corridor, &origin, &settings::to_hex(key.verifying_key().as_bytes())).await?;
    let node = Node { corridor, origin, key, rules, services: Vec::new() };
    node.run(args.listen, true).await
}

/// A node that is ready to open its doors.
pub struct Node {
    /// The corridor over the club's store.
    pub corridor: Corridor,
    /// Where the club lives.
    pub origin: Origin,
    /// The key for checkpoints.
    pub key: ed25519_dalek::SigningKey,
    /// The rules, for the pages that explain them.
    pub rules: RulesInForce,
    /// Further services for tools.
    pub services: Vec<Arc<dyn Any + Send + Sync>>,
}

impl Node {
    /// Serves until the process is told to stop.
    pub async fn run(mut self, listen: SocketAddr, say_where: bool) -> Result<ExitCode, NodeError> {
        let listener = TcpListener::bind(listen).await.map_err(|error| NodeError::Listen { listen, error })?;
        self.services.push(Arc::new(self.rules.clone()));
        let log_key = LogKey { origin: self.origin.host().to_owned(), key: self.key.clone() };
        let desk = Desk::new(Furniture {
            corridor: self.corridor.clone(),
            texts: house::texts()?,
            assets: Assets::new(assets::names().map(|(name, path)| (name.to_owned(), path.to_owned()))),
            origin: self.origin.clone(),
            clock: house::clock,
            club: house::club,
            waiting: house::waiting,
            sessions: Sessions::new(find_session),
            services: self.services,
        });
        if say_where {
            println!("The club is at {}", self.origin.url());
        }
        let keeper = {
            let corridor = self.corridor.clone();
            let key = log_key.clone();
            tokio::spawn(async move { corridor.keep_house(key, house::clock).await })
        };
        axum::serve(listener, router::router(desk))
            .with_graceful_shutdown(told_to_stop())
            .await
            .map_err(|error| NodeError::Other(format!("Serving stopped: {error}")))?;
        keeper.abort();
        self.corridor.settle(&log_key, house::clock()).await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// A founded club stays at its origin; before, the origin may change freely.
async fn check_origin(corridor: &Corridor, origin: &Origin, log_key: &str) -> Result<(), NodeError> {
    let (url, log_key) = (origin.url().to_owned(), log_key.to_owned());
    let founded = corridor
        .store()
        .write(move |tx| {
            let founded = planet_corridor::rules::in_force(tx)?.is_some();
            let known = settings::find(tx, settings::ORIGIN)?;
            settings::set(tx, settings::LOG_KEY, &log_key)?;
            match known {
                Some(known) if founded && known != url => Ok::<_, planet_corridor::refusal::Fault>(Some(known)),
                _ => {
                    settings::set(tx, settings::ORIGIN, &url)?;
                    Ok(None)
                }
            }
        })
        .await?;
    founded.map_or(Ok(()), |founded| Err(NodeError::OtherOrigin { founded }))
}

fn find_session(tx: &mut Tx, token: &str, now: Moment) -> Result<Option<Known>, StoreError> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    match sessions::find(tx, &token.hash(), now) {
        Ok(session) => Ok(session.map(|session| Known { session: session.id, member: MemberId(session.agent.0) })),
        Err(planet_identity::IdentityError::Store(error)) => Err(error),
        Err(_) => Ok(None),
    }
}

/// Waits for Ctrl-C or a termination signal.
async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
        }
        Err(_) => {
            let _ = interrupt.await;
        }
    }
}
