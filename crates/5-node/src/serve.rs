//! `planet serve`: opens the club's doors and keeps house until it is told to stop.

use crate::args::{CardArgs, Serve};
use crate::errors::NodeError;
use crate::house;
use crate::{assets, node_key, router, settings, trial};
use axum::Router;
use planet_constitution::trials::Trials;
use planet_corridor::actor::Actor;
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_corridor::sealer::LogKey;
use planet_corridor::task::Call;
use planet_crypto::{Chains, Watcher};
use planet_exchange::Mailer;
use planet_exchange::cards::{CardOptions, Cards};
use planet_identity::keys::Key;
use planet_identity::passkeys::WebauthnPasskeys;
use planet_identity::rows::Token;
use planet_kit::ui::Assets;
use planet_kit::web::desk::Furniture;
use planet_kit::web::fields::fresh_key;
use planet_kit::web::session::Sessions;
use planet_kit::web::{Desk, Origin};
use planet_membership::Door;
use planet_membership::keys::acts::Sweep;
use planet_ontology::hex;
use planet_store::Options;
use planet_treasury::cards::CardDesk;
use planet_wallet::receipt::Seal;
use std::any::Any;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// Runs the command.
pub async fn serve(args: Serve) -> Result<ExitCode, NodeError> {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env()
                .unwrap_or_else(|_| "warn,planet=info".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let origin = Origin::parse(&args.origin)?;
    let extra = if args.movable_clock { trial::routes(&origin, args.listen)? } else { Router::new() };
    std::fs::create_dir_all(&args.place.data)
        .map_err(|error| NodeError::File { path: args.place.data.clone(), error })?;
    let corridor = house::open(&args.place, Options::default()).await?;
    let key = node_key::load_or_create(&args.place.data, house::entropy()?)?;
    check_origin(&corridor, &origin, &hex::encode(key.verifying_key().as_bytes())).await?;
    let door = open_door(&corridor, &origin).await?;
    let mut announcement = format!("The club is at {}", origin.url());
    if let Some(token) = &door.founding {
        let link = origin.link(&format!("/found?token={}", token.reveal()));
        announcement =
            format!("{announcement}\nNobody has founded it yet. Open this link to do so:\n\n  {link}\n");
    }
    let mut services: Vec<Arc<dyn Any + Send + Sync>> = vec![Arc::new(door), Arc::new(Trials::default())];
    if let (Some(server), Some(from)) = (&args.mail, &args.mail_from) {
        let mailer =
            Mailer::new(server, from, origin.url()).map_err(|error| NodeError::Other(error.to_string()))?;
        let (mailer, store) = (Arc::new(mailer), corridor.store().clone());
        services.push(Arc::<Mailer>::clone(&mailer));
        tokio::spawn(async move { mailer.run(store, house::clock).await });
    }
    services.push(watch_chains(&corridor, args.bitcoin.as_deref(), args.evm.as_deref())?);
    if let Some(desk) = card_desk(&args.cards, &origin)? {
        services.push(Arc::<CardDesk>::clone(&desk));
        tokio::spawn(desk.run(corridor.clone(), house::clock));
    }
    Node { corridor, origin, key, services, extra }.run(args.listen, &announcement).await
}

/// Follows the chains that the operator named, and hands them to the pages.
fn watch_chains(
    corridor: &Corridor,
    bitcoin: Option<&str>,
    evm: Option<&str>,
) -> Result<Arc<Chains>, NodeError> {
    let (chains, places) = Chains::open(bitcoin, evm).map_err(|error| NodeError::Other(error.to_string()))?;
    for place in places {
        tracing::info!("watching {place}");
    }
    let chains = Arc::new(chains);
    let watcher = Watcher::new(corridor.clone(), Arc::clone(&chains));
    tokio::spawn(async move { watcher.run(house::clock).await });
    Ok(chains)
}

/// The desk at which cards are taken, if the operator named a processor.
fn card_desk(args: &CardArgs, origin: &Origin) -> Result<Option<Arc<CardDesk>>, NodeError> {
    let (Some(url), Some(key), Some(publishable), Some(webhook_secret)) =
        (&args.url, &args.key, &args.publishable, &args.webhook_secret)
    else {
        return Ok(None);
    };
    let options = CardOptions {
        url: url.clone(),
        key: key.clone(),
        publishable: publishable.clone(),
        webhook_secret: webhook_secret.clone(),
        script: args.script.clone(),
    };
    let cards = Cards::new(options).map_err(|error| NodeError::Other(error.to_string()))?;
    Ok(Some(CardDesk::new(cards, origin.url().to_owned())))
}

/// A node that is ready to open its doors.
pub struct Node {
    /// The corridor over the club's store.
    pub corridor: Corridor,
    /// Where the club lives.
    pub origin: Origin,
    /// The key for checkpoints.
    pub key: ed25519_dalek::SigningKey,
    /// Further services for tools.
    pub services: Vec<Arc<dyn Any + Send + Sync>>,
    /// Further routes, such as those of the demo.
    pub extra: Router<Desk>,
}

impl Node {
    /// Serves until the process is told to stop. The announcement is printed once the doors are open.
    pub async fn run(mut self, listen: SocketAddr, announcement: &str) -> Result<ExitCode, NodeError> {
        let listener =
            TcpListener::bind(listen).await.map_err(|error| NodeError::Listen { listen, error })?;
        self.sweep().await?;
        self.services.push(Arc::new(Seal { key: Key::from_seed(&self.key.to_bytes()) }));
        let log_key = LogKey { origin: self.origin.host().to_owned(), key: self.key.clone() };
        let desk = Desk::new(Furniture {
            corridor: self.corridor.clone(),
            texts: house::texts()?,
            assets: Assets::new(assets::names().map(|(name, path)| (name.to_owned(), path.to_owned()))),
            origin: self.origin.clone(),
            clock: house::clock,
            club: planet_membership::club,
            sessions: Sessions::new(planet_membership::keys::find_session),
            tools: house::TOOLS.to_vec(),
            services: self.services,
        });
        let keeper = {
            let corridor = self.corridor.clone();
            let key = log_key.clone();
            tokio::spawn(async move { corridor.keep_house(key, house::clock).await })
        };
        let stop = told_to_stop()?;
        println!("{announcement}");
        let app = router::router(desk, self.extra).into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, app)
            .with_graceful_shutdown(stop)
            .await
            .map_err(|error| NodeError::Other(format!("Serving stopped: {error}")))?;
        keeper.abort();
        self.corridor.settle(&log_key, house::clock()).await?;
        Ok(ExitCode::SUCCESS)
    }

    /// Sweeps the door once; from then on the house does it by itself.
    async fn sweep(&self) -> Result<(), NodeError> {
        let call = Call { actor: Actor::House, key: fresh_key(), now: house::clock() };
        match self.corridor.act(call, Sweep {}).await {
            Ok(_) => Ok(()),
            Err(Fault::Refused(refusal)) => {
                tracing::warn!(code = refusal.code, "what has expired at the door is not swept");
                Ok(())
            }
            Err(fault) => Err(fault.into()),
        }
    }
}

/// What the front door needs: passkeys bound to the origin, the starter kits and, before the founding, its link.
pub async fn open_door(corridor: &Corridor, origin: &Origin) -> Result<Door, NodeError> {
    let founded = corridor.store().read(planet_corridor::rules::in_force).await?.is_some();
    let host = origin.host().split(':').next().unwrap_or_default();
    let passkeys = WebauthnPasskeys::new(origin.url(), host, "PLANET")
        .map_err(|error| NodeError::Other(error.to_string()))?;
    let kits: Result<Vec<_>, _> = planet_cedar::kits::names().map(planet_cedar::kits::open).collect();
    Ok(Door {
        passkeys: Arc::new(passkeys),
        founding: if founded { None } else { Some(Token::new(house::entropy()?)) },
        kits: kits.map_err(|error| NodeError::Other(error.to_string()))?,
    })
}

/// A founded club stays at its origin and keeps its key; before, both may change freely.
async fn check_origin(corridor: &Corridor, origin: &Origin, log_key: &str) -> Result<(), NodeError> {
    let (url, key) = (origin.url().to_owned(), log_key.to_owned());
    let (founded_at, founded_with) = corridor
        .store()
        .write(move |tx| {
            let known = (settings::find(tx, settings::ORIGIN)?, settings::find(tx, settings::LOG_KEY)?);
            if planet_corridor::rules::in_force(tx)?.is_some() && known.0.is_some() {
                return Ok::<_, Fault>(known);
            }
            settings::set(tx, settings::ORIGIN, &url)?;
            settings::set(tx, settings::LOG_KEY, &key)?;
            Ok((None, None))
        })
        .await?;
    if let Some(founded) = founded_at.filter(|founded| founded != origin.url()) {
        return Err(NodeError::OtherOrigin { founded });
    }
    match founded_with {
        Some(founded) if founded != log_key => Err(NodeError::OtherKey),
        _ => Ok(()),
    }
}

/// Listens for Ctrl-C and termination signals from now on. The future is done when one has come.
pub fn told_to_stop() -> Result<impl Future<Output = ()> + Send + 'static, NodeError> {
    let listen =
        |kind| signal(kind).map_err(|error| NodeError::Other(format!("Signals cannot be heard: {error}")));
    let mut interrupt = listen(SignalKind::interrupt())?;
    let mut terminate = listen(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
    })
}
