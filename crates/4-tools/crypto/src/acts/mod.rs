//! What can be done about coins: watch and forget a wallet, hand out addresses, keep tokens, send what was signed. And what the
//! chain is heard to say, which only the house may tell.

mod send;
mod tell;
mod tokens;
mod watch;

pub use send::{Broadcast, Sent};
pub use tell::{Followed, Measure, Measured, News, Seen};
pub use tokens::{DropToken, KeepToken};
pub use watch::{Forget, Handed, Receive, Watch};

use crate::chains::{BITCOIN, EVM};
use crate::error::CryptoError;
use crate::rows::wallets::{self, WalletRow};
use planet_corridor::act::Resource;
use planet_corridor::actor::Actor;
use planet_corridor::refusal::Fault;
use planet_ontology::entities::CoinWallet;
use planet_ontology::ids::MemberId;
use planet_store::Tx;

/// The wallet that an act touches is always the actor's own: there is no way to name another's.
fn own(actor: &Actor) -> Resource {
    let owner = actor.agent().map(|agent| agent.to_string()).unwrap_or_default();
    Resource::club(owner, &CoinWallet { own: actor.member().is_some() })
}

/// What the house tells concerns nobody's wallet in particular.
fn nobodys() -> Resource {
    Resource::club("chains", &CoinWallet { own: false })
}

/// A member's wallet on a chain, which has to be there.
fn wallet(tx: &mut Tx, owner: MemberId, chain: &str) -> Result<WalletRow, Fault> {
    known(chain)?;
    Ok(wallets::find(tx, owner, chain)?.ok_or(CryptoError::NotWatched)?)
}

/// Refuses what is no chain.
fn known(chain: &str) -> Result<(), CryptoError> {
    if [BITCOIN, EVM].contains(&chain) { Ok(()) } else { Err(CryptoError::ChainUnknown) }
}
