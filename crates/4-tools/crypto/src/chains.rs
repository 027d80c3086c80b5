//! The chains that this club's node watches: what the operator configured, and how it stands. Shared by pages and by the watcher.

use planet_exchange::ExchangeError;
use planet_exchange::chain::{BitcoinSource, ChainSource, EvmSource};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, PoisonError};

/// Bitcoin's name in rows, acts and addresses.
pub const BITCOIN: &str = "bitcoin";
/// The name of Ethereum and its like.
pub const EVM: &str = "evm";
/// After how many blocks a transaction counts as final.
pub const FINAL: i64 = 6;

/// A chain and its network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// `bitcoin` or `evm`.
    pub chain: String,
    /// `main`, `test`, `signet` or `regtest`; for EVM the chain's number.
    pub network: String,
}

/// How the node stands to a chain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The network, once the chain's node has said so.
    pub network: Option<String>,
    /// Why it could not be reached the last time; empty if it could.
    pub trouble: String,
}

/// One chain that is watched.
pub struct Chain {
    /// `bitcoin` or `evm`.
    pub name: &'static str,
    /// Whom to ask.
    pub source: Arc<dyn ChainSource>,
    standing: Mutex<Standing>,
}

impl Chain {
    /// A chain that is watched through a source.
    pub fn new(name: &'static str, source: Arc<dyn ChainSource>) -> Self {
        Self { name, source, standing: Mutex::new(Standing::default()) }
    }

    /// How it stands.
    pub fn standing(&self) -> Standing {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set_standing(&self, standing: Standing) {
        *self.standing.lock().unwrap_or_else(PoisonError::into_inner) = standing;
    }
}

/// All chains that are watched; a node may watch none.
#[derive(Default)]
pub struct Chains(Vec<Arc<Chain>>);

impl Chains {
    /// The chains that an operator named: a Bitcoin node, an EVM node, both or none. With words for the log: where they are.
    pub fn open(bitcoin: Option<&str>, evm: Option<&str>) -> Result<(Self, Vec<String>), ExchangeError> {
        let (mut chains, mut words) = (Vec::new(), Vec::new());
        if let Some(address) = bitcoin {
            let source = BitcoinSource::new(address)?;
            words.push(format!("Bitcoin through {}", source.shown()));
            chains.push(Arc::new(Chain::new(BITCOIN, Arc::new(source))));
        }
        if let Some(address) = evm {
            let source = EvmSource::new(address)?;
            words.push(format!("EVM through {}", source.shown()));
            chains.push(Arc::new(Chain::new(EVM, Arc::new(source))));
        }
        Ok((Self(chains), words))
    }

    /// Chains from elsewhere, for tests.
    pub fn new(chains: Vec<Arc<Chain>>) -> Self {
        Self(chains)
    }

    /// A chain by its name, if it is watched.
    pub fn find(&self, name: &str) -> Option<&Arc<Chain>> {
        self.0.iter().find(|chain| chain.name == name)
    }

    /// All of them.
    pub fn all(&self) -> &[Arc<Chain>] {
        &self.0
    }
}
