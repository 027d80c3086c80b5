//! The watcher: follows each chain, and tells by acts of the house what concerns members. It reads and asks outside of any
//! transaction. What it tells is decided by the acts alone, so it may stop anywhere, say a thing twice, or run on two nodes.

mod blocks;

use crate::acts::{Measure, Measured, News, Seen};
use crate::chains::{BITCOIN, Chain, Chains, EVM, Place, Standing};
use crate::rows::blocks::BlockRow;
use crate::rows::history::{self, OpenRow};
use crate::rows::{coins, wallets};
use planet_corridor::act::Act;
use planet_corridor::actor::Actor;
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_corridor::task::Call;
use planet_exchange::chain::{ChainError, ChainSource, Coin, Tip, Watched};
use planet_ontology::ids::{ActKey, MemberId};
use planet_ontology::units::Moment;
use planet_store::{Error, Tx};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use uuid::Uuid;

/// How often the chains are looked at.
const PAUSE: Duration = Duration::from_secs(5);
/// How long a node may take to look at what it was handed.
const SOON: Duration = Duration::from_secs(1);
/// How many waiting transactions one round looks at.
const WAITING: usize = 200;
/// How many open transactions and new addresses one round looks at.
const OPEN: i64 = 200;
/// Balances are asked for anew after so many blocks, since contracts can pay without a word.
const EVERY: i64 = 20;

/// Why a round ended early.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// The chain could not be asked.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// The store failed, or the rules forbid it.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// Somebody else told it first: the next round begins with what is there now.
    #[error("another node was quicker")]
    Late,
}

impl From<Error> for WatchError {
    fn from(error: Error) -> Self {
        Self::Fault(error.into())
    }
}

/// What is known at the beginning of a round.
struct Known {
    anybody: bool,
    trail: Vec<BlockRow>,
    open: Vec<OpenRow>,
    new: Vec<String>,
}

/// Follows chains, until it is dropped.
pub struct Watcher {
    corridor: Corridor,
    chains: Arc<Chains>,
    /// Waiting transactions that were looked at already, by chain.
    looked_at: Mutex<HashSet<String>>,
    /// What accounts had when they were asked last: to tell only what changed.
    measured: Mutex<HashSet<(MemberId, String, String)>>,
}

impl Watcher {
    /// A watcher of these chains.
    pub fn new(corridor: Corridor, chains: Arc<Chains>) -> Self {
        Self { corridor, chains, looked_at: Mutex::default(), measured: Mutex::default() }
    }

    /// Watches until the task is dropped.
    pub async fn run(&self, clock: impl Fn() -> Moment + Send + Sync) {
        loop {
            for chain in self.chains.all() {
                self.round(chain, clock()).await;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// One look at one chain. What goes wrong is noted for the pages, and tried again in the next round.
    pub async fn round(&self, chain: &Chain, now: Moment) {
        let before = chain.standing();
        let outcome = self.follow(chain, now).await;
        let network = match &outcome {
            Ok(network) => Some(network.clone()),
            Err(_) => before.network,
        };
        let trouble = match outcome {
            Ok(_) | Err(WatchError::Late) => String::new(),
            Err(error) => {
                if before.trouble.is_empty() {
                    tracing::warn!(chain = chain.name, %error, "a chain could not be followed");
                }
                error.to_string()
            }
        };
        chain.set_standing(Standing { network, trouble });
    }

    async fn follow(&self, chain: &Chain, now: Moment) -> Result<String, WatchError> {
        let source = &*chain.source;
        let network = source.network().await?;
        let place = Place { chain: chain.name.to_owned(), network: network.clone() };
        // Said at once, so that pages can offer a wallet before the first round is over.
        chain.set_standing(Standing { network: Some(network.clone()), trouble: String::new() });
        let known = self.known(&place).await?;
        if !known.anybody {
            return Ok(network);
        }
        self.hand_in(source, &place, &known.open, now).await?;
        let (moved, tip) = self.go_on(source, &place, known.trail, now).await?;
        // Only now, so that no block lies between what was there before and what is followed.
        self.look_at_new(source, &place, known.new, now).await?;
        self.look_at_waiting(source, &place, now).await?;
        self.look_for_lost(source, &place, &tip, now).await?;
        if place.chain == EVM {
            self.measure(source, &place, (moved, tip.height), now).await?;
        }
        Ok(network)
    }

    async fn known(&self, place: &Place) -> Result<Known, WatchError> {
        let place = place.clone();
        let read = move |tx: &mut Tx| {
            let (chain, network) = (&place.chain, &place.network);
            Ok::<_, Error>(Known {
                anybody: !wallets::on_network(tx, chain, network)?.is_empty(),
                trail: crate::rows::blocks::trail(tx, chain, network)?,
                open: history::open(tx, chain, network, OPEN)?,
                new: wallets::not_looked_at(tx, chain, network, OPEN)?.into_iter().map(|(it,)| it).collect(),
            })
        };
        Ok(self.corridor.store().snapshot(read).await?)
    }

    async fn watched(&self, place: &Place) -> Result<Watched, WatchError> {
        let place = place.clone();
        Ok(self.corridor.store().snapshot(move |tx| read_watched(tx, &place)).await?)
    }

    /// Hands in what waits for it, and tells what the chain answers.
    async fn hand_in(
        &self,
        source: &dyn ChainSource,
        place: &Place,
        open: &[OpenRow],
        now: Moment,
    ) -> Result<(), WatchError> {
        for it in open.iter().filter(|it| it.state == "queued") {
            let refused = hand(source, &it.tx, &it.raw).await?;
            self.tell(place, News::Answered { owner: it.owner, tx: it.tx.clone(), refused }, now).await?;
        }
        Ok(())
    }

    /// Asks what lies at addresses that were watched only lately.
    async fn look_at_new(
        &self,
        source: &dyn ChainSource,
        place: &Place,
        new: Vec<String>,
        now: Moment,
    ) -> Result<(), WatchError> {
        for address in new {
            let found = source.unspent(&address).await?;
            self.tell(place, News::Lying { address, found }, now).await?;
        }
        Ok(())
    }

    /// Looks at transactions that wait, each once. What is missed here is found in its block.
    async fn look_at_waiting(
        &self,
        source: &dyn ChainSource,
        place: &Place,
        now: Moment,
    ) -> Result<(), WatchError> {
        let waiting = source.waiting().await?;
        let fresh: Vec<String> = {
            let mut looked_at = self.looked_at.lock().unwrap_or_else(PoisonError::into_inner);
            if looked_at.len() > 1_000_000 {
                looked_at.clear();
            }
            waiting.into_iter().filter(|id| !looked_at.contains(id)).take(WAITING).collect()
        };
        let watched = self.watched(place).await?;
        let mut found = Vec::new();
        for id in &fresh {
            if let Some(it) = source.transaction(id).await?.filter(|it| watched.touched_by(it)) {
                found.push(it);
            }
        }
        if !found.is_empty() {
            self.tell(place, News::Waiting(found), now).await?;
        }
        self.looked_at.lock().unwrap_or_else(PoisonError::into_inner).extend(fresh);
        Ok(())
    }

    /// Tells of transactions that waited and that the chain no longer knows. What we handed in is handed in again first: a node may
    /// forget what waits, most of all what a block that was taken back had held. As long as the chain goes on meanwhile, or is
    /// further than we are, they may be in a block that we have not seen.
    async fn look_for_lost(
        &self,
        source: &dyn ChainSource,
        place: &Place,
        tip: &Tip,
        now: Moment,
    ) -> Result<(), WatchError> {
        let (chain, network) = (place.chain.clone(), place.network.clone());
        let read = move |tx: &mut Tx| {
            Ok::<_, Error>((
                history::open(tx, &chain, &network, OPEN)?,
                crate::rows::blocks::tip(tx, &chain, &network)?,
            ))
        };
        let (open, followed) = self.corridor.store().snapshot(read).await?;
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for it in open.into_iter().filter(|it| it.state == "seen") {
            // Of two members whom it concerns, only the one who pays has it signed.
            let raw = seen.entry(it.tx).or_default();
            *raw = it.raw.max(std::mem::take(raw));
        }
        let mut lost = Vec::new();
        for (tx, raw) in seen {
            let known = source.transaction(&tx).await?.is_some();
            if !known && (raw.is_empty() || hand(source, &tx, &raw).await?.is_some()) {
                lost.push(tx);
            }
        }
        if lost.is_empty() || followed.is_none_or(|it| it.hash != tip.hash) || source.tip().await? != *tip {
            return Ok(());
        }
        for tx in lost {
            self.tell(place, News::Gone { tx }, now).await?;
        }
        Ok(())
    }

    /// Asks what accounts have, when something moved and now and then.
    async fn measure(
        &self,
        source: &dyn ChainSource,
        place: &Place,
        (moved, height): (bool, i64),
        now: Moment,
    ) -> Result<(), WatchError> {
        let network = place.network.clone();
        let read = move |tx: &mut Tx| {
            let mut wanted = Vec::new();
            for wallet in wallets::on_network(tx, EVM, &network)? {
                let known: BTreeSet<String> =
                    wallets::balances(tx, wallet.owner, EVM)?.into_iter().map(|it| it.asset).collect();
                let tokens = wallets::tokens(tx, wallet.owner)?.into_iter().map(|token| token.contract);
                for asset in std::iter::once(String::new()).chain(tokens) {
                    if moved || height % EVERY == 0 || !known.contains(&asset) {
                        wanted.push((wallet.owner, wallet.key.clone(), asset));
                    }
                }
            }
            Ok::<_, Error>(wanted)
        };
        let mut balances = Vec::new();
        for (owner, address, asset) in self.corridor.store().snapshot(read).await? {
            let exact = match source.balance(&address, &asset).await {
                Ok(exact) => exact,
                // A contract that does not answer is no reason to know nothing of the others.
                Err(ChainError::Refused(_) | ChainError::Nonsense(_)) if !asset.is_empty() => "0".to_owned(),
                Err(error) => return Err(error.into()),
            };
            let told = (owner, asset.clone(), exact.clone());
            if !self.measured.lock().unwrap_or_else(PoisonError::into_inner).contains(&told) || moved {
                balances.push(Measure { owner, asset, exact });
            }
        }
        if balances.is_empty() {
            return Ok(());
        }
        let told: Vec<_> = balances.iter().map(|it| (it.owner, it.asset.clone(), it.exact.clone())).collect();
        self.act(Measured { place: place.clone(), height, balances }, now).await?;
        let mut measured = self.measured.lock().unwrap_or_else(PoisonError::into_inner);
        measured.retain(|(owner, asset, _)| !told.iter().any(|it| it.0 == *owner && it.1 == *asset));
        measured.extend(told);
        Ok(())
    }

    async fn tell(&self, place: &Place, news: News, now: Moment) -> Result<(), WatchError> {
        self.act(Seen { place: place.clone(), news }, now).await
    }

    /// Performs an act of the house. Its key is fresh: what must not count twice is for the act itself to know, since a block
    /// may go and come again.
    async fn act<A: Act>(&self, act: A, now: Moment) -> Result<(), WatchError> {
        let call = Call { actor: Actor::House, key: ActKey(Uuid::new_v4()), now };
        match self.corridor.act(call, act).await {
            Ok(_) => Ok(()),
            Err(Fault::Refused(refusal)) if refusal.code == "late" => Err(WatchError::Late),
            Err(fault) => Err(fault.into()),
        }
    }
}

/// Hands a signed transaction in. Answers what the chain says against it; nothing once it knows it.
async fn hand(source: &dyn ChainSource, tx: &str, raw: &str) -> Result<Option<String>, ChainError> {
    let against = match source.send(raw).await {
        // Some nodes take everything, say nothing, and look at it afterwards: whoever took it knows it soon.
        Ok(()) if source.transaction(tx).await?.is_some() => return Ok(None),
        Ok(()) => {
            tokio::time::sleep(SOON).await;
            "It was not taken.".to_owned()
        }
        Err(ChainError::Refused(why)) => why,
        Err(error) => return Err(error),
    };
    Ok(source.transaction(tx).await?.is_none().then_some(against))
}

fn read_watched(tx: &mut Tx, place: &Place) -> Result<Watched, Error> {
    let (chain, network) = (&place.chain, &place.network);
    let addresses = wallets::all_addresses(tx, chain, network)?.into_iter().map(|(it,)| it).collect();
    let mut watched = Watched { addresses, ..Watched::default() };
    if chain == BITCOIN {
        let coins = coins::watched(tx, chain, network)?;
        watched.coins = coins.into_iter().map(|(tx, output)| Coin { tx, output }).collect();
    } else {
        watched.tokens = wallets::all_tokens(tx, network)?.into_iter().map(|(it,)| it).collect();
    }
    Ok(watched)
}
