//! Chains of blocks that others keep: what they tell of addresses and take to be included. One trait for all chains; it holds
//! no key and remembers nothing.

mod account;
mod bitcoin;
mod endpoint;
mod evm;
mod numbers;
mod signed;

pub use account::{Account, AccountError, Network};
pub use bitcoin::BitcoinSource;
pub use endpoint::Endpoint;
pub use evm::{EvmSource, checksum, is_address};
pub use numbers::{fits, gwei};
pub use signed::{Signed, SignedError, read_bitcoin, read_evm};

use planet_ontology::units::Moment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::pin::Pin;

/// What a source answers, some time later.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, ChainError>> + Send + 'a>>;

/// Why a chain could not be asked. The sentences name no address of the endpoint, which may hold a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    /// Nobody answers, or not in time.
    #[error("The chain's node does not answer.")]
    Unreachable,
    /// The endpoint wants another user or password.
    #[error("The chain's node does not let us in.")]
    NotLetIn,
    /// More than we read.
    #[error("The chain's node sent more than {0} megabytes.")]
    TooLarge(usize),
    /// Something that is no answer to what was asked.
    #[error("The chain's node sent something that makes no sense: {0}.")]
    Nonsense(&'static str),
    /// The node says no, with its own words.
    #[error("The chain's node refuses: {0}")]
    Refused(String),
    /// This kind of chain has no such thing.
    #[error("This chain has no such thing.")]
    NotHere,
}

/// The end of the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tip {
    /// How many blocks there are, counted from zero.
    pub height: i64,
    /// The hash of the last one.
    pub hash: String,
}

/// A block, with those of its transactions that touch what is watched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Its height.
    pub height: i64,
    /// Its hash.
    pub hash: String,
    /// The hash of the block before it.
    pub parent: String,
    /// When it was made, as it says itself.
    pub time: Moment,
    /// The transactions that touch what is watched.
    #[serde(default)]
    pub transactions: Vec<Transaction>,
}

/// A coin: an output of an earlier transaction.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Coin {
    /// The transaction that made it.
    pub tx: String,
    /// Which of its outputs.
    pub output: i64,
}

/// A transaction, as far as we look at it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Transaction {
    /// The name by which the chain knows it.
    pub id: String,
    /// Who sent it, on chains of accounts.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sender: String,
    /// The coins that it spends, on chains of coins.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spends: Vec<Coin>,
    /// What it pays.
    pub pays: Vec<Pay>,
    /// What it pays in all, in satoshis, on chains of coins: with what is spent it gives the fee.
    #[serde(default)]
    pub sum: i64,
    /// The fee, in the smallest unit, where the chain says it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fee: String,
    /// Included, but without effect other than its fee.
    #[serde(default)]
    pub failed: bool,
    /// Whether it makes the coins of a new block, which may be spent only a hundred blocks later.
    #[serde(default)]
    pub mined: bool,
}

/// One payment of a transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pay {
    /// Its place in the transaction: the output, or one more than the place of a token's message; zero is ether itself.
    pub position: i64,
    /// The contract of the token; empty for the chain's own coin.
    #[serde(default)]
    pub asset: String,
    /// From whom, on chains of accounts.
    #[serde(default)]
    pub from: String,
    /// To whom; empty for what is no address.
    pub to: String,
    /// How much, in the smallest unit, as a whole number.
    pub amount: String,
}

/// What is watched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watched {
    /// Addresses, as the chain writes them; on EVM in small letters.
    pub addresses: HashSet<String>,
    /// Coins at these addresses.
    pub coins: HashSet<Coin>,
    /// Contracts of tokens, in small letters.
    pub tokens: Vec<String>,
}

impl Watched {
    /// Watches the coins that a transaction makes at watched addresses as well.
    pub fn expect_coins_of(&mut self, tx: &Transaction) {
        let own = tx.pays.iter().filter(|pay| self.addresses.contains(&pay.to));
        let coins: Vec<Coin> = own.map(|pay| Coin { tx: tx.id.clone(), output: pay.position }).collect();
        self.coins.extend(coins);
    }

    /// Whether a transaction has to do with what is watched.
    pub fn touched_by(&self, tx: &Transaction) -> bool {
        self.addresses.contains(&tx.sender)
            || tx.spends.iter().any(|coin| self.coins.contains(coin))
            || tx
                .pays
                .iter()
                .any(|pay| self.addresses.contains(&pay.to) || self.addresses.contains(&pay.from))
    }
}

/// What it costs to be included soon: for each virtual byte in satoshis, or for each unit of gas in wei.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fees {
    /// What everybody pays at present, on chains that burn a part.
    pub base: String,
    /// On top: when there is time.
    pub slow: String,
    /// On top: within the hour, or a few blocks.
    pub normal: String,
    /// On top: as soon as can be.
    pub fast: String,
}

/// A token, as its contract describes itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TokenFacts {
    /// A short name.
    pub symbol: String,
    /// Digits behind the point.
    pub decimals: i64,
}

/// A chain to ask. Answers are checked for their form only: what they say is believed as far as docs/protocols/crypto.md says.
pub trait ChainSource: Send + Sync {
    /// Which network it is: `main`, `test`, `signet` or `regtest`, or the chain's number in decimal digits.
    fn network(&self) -> Answer<'_, String>;
    /// The end of the chain.
    fn tip(&self) -> Answer<'_, Tip>;
    /// The block at a height, if there is one, with what touches the watched.
    fn block<'a>(&'a self, height: i64, watched: &'a Watched) -> Answer<'a, Option<Block>>;
    /// The names of the transactions that wait, where the chain tells them.
    fn waiting(&self) -> Answer<'_, Vec<String>>;
    /// A transaction that waits or is included; none if the chain does not know it.
    fn transaction<'a>(&'a self, id: &'a str) -> Answer<'a, Option<Transaction>>;
    /// What lies unspent at an address: transactions with their height.
    fn unspent<'a>(&'a self, address: &'a str) -> Answer<'a, Vec<(Transaction, Option<i64>)>>;
    /// What it costs.
    fn fees(&self) -> Answer<'_, Fees>;
    /// Hands in a signed transaction, as hex. [`ChainError::Refused`] if the chain does not take it.
    fn send<'a>(&'a self, raw: &'a str) -> Answer<'a, ()>;

    /// What an account has: of ether, or of a token.
    fn balance<'a>(&'a self, _address: &'a str, _token: &'a str) -> Answer<'a, String> {
        Box::pin(async { Err(ChainError::NotHere) })
    }
    /// How many transactions an account has sent, those that wait included: the number of the next.
    fn sent<'a>(&'a self, _address: &'a str) -> Answer<'a, i64> {
        Box::pin(async { Err(ChainError::NotHere) })
    }
    /// How much gas a payment takes.
    fn gas<'a>(&'a self, _from: &'a str, _to: &'a str, _value: &'a str, _data: &'a str) -> Answer<'a, i64> {
        Box::pin(async { Err(ChainError::NotHere) })
    }
    /// What a token says of itself.
    fn token<'a>(&'a self, _contract: &'a str) -> Answer<'a, TokenFacts> {
        Box::pin(async { Err(ChainError::NotHere) })
    }
}
