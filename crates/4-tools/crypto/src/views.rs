//! What a member sees of watched coins: all wallets, one with its history, what can be spent, an address that was handed out.

use crate::chains::{BITCOIN, EVM, FINAL};
use crate::error::CryptoError;
use crate::rows::blocks;
use crate::rows::coins::{self, CoinRow, MATURE};
use crate::rows::history::{self, MoveRow, TransactionRow};
use crate::rows::wallets::{self, WalletRow};
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_exchange::chain::checksum;
use planet_ontology::units::Moment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many transactions a page shows.
pub const PAGE: i64 = 30;
/// How many coins a payment may choose from.
const MOST_COINS: i64 = 500;

/// An amount of a coin or a token, exactly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Holding {
    /// The token's contract; empty for the coin itself.
    pub asset: String,
    /// Its sign: `BTC`, `ETH`, `USDX`.
    pub symbol: String,
    /// Digits behind the point.
    pub decimals: i64,
    /// In the smallest unit; a minus for what went out.
    pub exact: String,
}

/// How far a transaction has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits to be handed to the chain.
    Queued,
    /// The chain knows it and has not included it.
    Unconfirmed,
    /// Included; more blocks may still take it back.
    Confirmed,
    /// Six blocks deep.
    Final,
    /// Included without effect.
    Failed,
    /// The chain said no.
    Refused,
    /// The chain no longer knows it.
    Gone,
}

impl State {
    /// A word for texts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Unconfirmed => "unconfirmed",
            Self::Confirmed => "confirmed",
            Self::Final => "final",
            Self::Failed => "failed",
            Self::Refused => "refused",
            Self::Gone => "gone",
        }
    }
}

/// A line of the history.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Line {
    /// The name by which the chain knows it.
    pub tx: String,
    /// How far it has come.
    pub state: State,
    /// By how many blocks it is confirmed.
    pub confirmations: i64,
    /// When: the time of its block, or when it was first seen.
    pub at: Moment,
    /// When the node first knew of it.
    pub first_seen: Moment,
    /// What it moves.
    pub moves: Vec<Movement>,
    /// The fee that the member bore, in the smallest unit; empty if somebody else did.
    pub fee: String,
    /// Freshly mined.
    pub mined: bool,
    /// What the chain said against it.
    pub problem: String,
}

/// One thing that a transaction moves.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Movement {
    /// How much of what.
    pub amount: Holding,
    /// The other side, as far as one can tell.
    pub other: String,
    /// In satoshis or gwei, as it is booked; absent where it does not fit.
    pub booked: Option<i64>,
}

/// A wallet.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WalletView {
    /// `bitcoin` or `evm`.
    pub chain: String,
    /// The network.
    pub network: String,
    /// The account's public key, or the address with its checksum.
    pub key: String,
    /// What is there and confirmed, or on chains of accounts simply there: the coin first, then tokens.
    pub holdings: Vec<Holding>,
    /// What is not yet confirmed, in satoshis.
    pub pending: i64,
    /// Freshly mined and not yet to be spent, in satoshis.
    pub unripe: i64,
    /// How high the chain is, as far as the node knows.
    pub tip: Option<i64>,
    /// The history, the latest first.
    pub lines: Vec<Line>,
}

/// All wallets of the viewer, with their latest movements.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wallets {}

impl View for Wallets {
    const NAME: &'static str = "crypto.wallets";
    const ABOUT: &'static str = "Your coins on chains that the club's node watches.";
    type Output = Vec<WalletView>;

    fn read(&self, look: &mut Look) -> Result<Vec<WalletView>, Fault> {
        let me = look.member()?;
        let mut all = Vec::new();
        for chain in [BITCOIN, EVM] {
            if let Some(wallet) = wallets::find(look.tx, me, chain)? {
                all.push(show(look, &wallet, (Moment(i64::MAX), ""), 0)?);
            }
        }
        Ok(all)
    }
}

/// One wallet with its history.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wallet {
    /// `bitcoin` or `evm`.
    pub chain: String,
    /// Only what was first seen before this moment …
    #[serde(default)]
    pub at: Option<Moment>,
    /// … or at it, after this transaction.
    #[serde(default)]
    pub after: Option<String>,
}

impl View for Wallet {
    const NAME: &'static str = "crypto.wallet";
    const ABOUT: &'static str = "Your coins on one chain, with their history.";
    type Output = WalletView;

    fn read(&self, look: &mut Look) -> Result<WalletView, Fault> {
        let wallet = own(look, &self.chain)?;
        let before = (self.at.unwrap_or(Moment(i64::MAX)), self.after.as_deref().unwrap_or_default());
        show(look, &wallet, before, PAGE)
    }
}

fn own(look: &mut Look, chain: &str) -> Result<WalletRow, Fault> {
    let me = look.member()?;
    Ok(wallets::find(look.tx, me, chain)?.ok_or(CryptoError::NotWatched)?)
}

fn show(
    look: &mut Look,
    wallet: &WalletRow,
    before: (Moment, &str),
    limit: i64,
) -> Result<WalletView, Fault> {
    let (tx, owner, chain) = (&mut *look.tx, wallet.owner, wallet.chain.as_str());
    let tip = blocks::tip(tx, chain, &wallet.network)?.map(|block| block.height);
    let mut units = vec![coin(chain)];
    let (mut pending, mut unripe) = (0, 0);
    if chain == BITCOIN {
        let sums = coins::sums(tx, owner, chain, tip.unwrap_or(i64::MAX))?;
        (pending, unripe) = (sums.pending, sums.unripe);
        if let Some(unit) = units.first_mut() {
            unit.exact = sums.confirmed.to_string();
        }
    } else {
        units.extend(wallets::tokens(tx, owner)?.into_iter().map(|token| Holding {
            asset: token.contract,
            symbol: token.symbol,
            decimals: token.decimals,
            exact: "0".into(),
        }));
        for known in wallets::balances(tx, owner, chain)? {
            if let Some(unit) = units.iter_mut().find(|unit| unit.asset == known.asset) {
                unit.exact = known.exact;
            }
        }
    }
    let rows = if limit > 0 { history::page(tx, owner, chain, before, limit)? } else { Vec::new() };
    let ids = rows.iter().map(|row| row.tx.clone()).collect();
    let moves = history::moves(tx, owner, chain, ids)?;
    let lines = rows.into_iter().map(|row| line(row, &moves, &units, tip)).collect();
    let key = if chain == EVM { checksum(&wallet.key) } else { wallet.key.clone() };
    Ok(WalletView {
        chain: wallet.chain.clone(),
        network: wallet.network.clone(),
        key,
        holdings: units,
        pending,
        unripe,
        tip,
        lines,
    })
}

/// The chain's own coin, none of it.
fn coin(chain: &str) -> Holding {
    let (symbol, decimals) = if chain == BITCOIN { ("BTC", 8) } else { ("ETH", 18) };
    Holding { asset: String::new(), symbol: symbol.into(), decimals, exact: "0".into() }
}

fn line(row: TransactionRow, moves: &[MoveRow], units: &[Holding], tip: Option<i64>) -> Line {
    let deep = |height: i64| tip.map_or(1, |tip| (tip - height).saturating_add(1).max(1));
    let confirmations = row.height.map_or(0, deep);
    let state = match (row.state.as_str(), row.height) {
        ("queued", _) => State::Queued,
        ("refused", _) => State::Refused,
        ("gone", _) => State::Gone,
        (_, None) => State::Unconfirmed,
        _ if row.failed => State::Failed,
        _ if confirmations >= FINAL => State::Final,
        _ => State::Confirmed,
    };
    let own = moves.iter().filter(|it| it.tx == row.tx).map(|it| {
        let unit = units.iter().find(|unit| unit.asset == it.asset);
        Movement {
            amount: Holding {
                asset: it.asset.clone(),
                symbol: unit.map(|unit| unit.symbol.clone()).unwrap_or_default(),
                decimals: unit.map_or(0, |unit| unit.decimals),
                exact: it.exact.clone(),
            },
            other: if it.asset.is_empty() && it.other.starts_with("0x") {
                checksum(&it.other)
            } else {
                it.other.clone()
            },
            booked: it.booked,
        }
    });
    Line {
        state,
        confirmations,
        at: row.block_time.unwrap_or(row.first_seen),
        first_seen: row.first_seen,
        moves: own.collect(),
        fee: row.fee,
        mined: row.mined,
        problem: row.problem,
        tx: row.tx,
    }
}

/// What a Bitcoin wallet can spend.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spendable {}

/// A coin that can be spent.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SpendableCoin {
    /// The transaction that made it.
    pub tx: String,
    /// Which of its outputs.
    pub output: i64,
    /// What it is worth, in satoshis.
    pub sats: i64,
    /// The branch of its address.
    pub branch: i64,
    /// The place of its address.
    pub position: i64,
}

/// The coins, and where change should go.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SpendableView {
    /// The network.
    pub network: String,
    /// The coins, the largest first: those in blocks, and change of one's own that waits.
    pub coins: Vec<SpendableCoin>,
    /// The next unused place in the branch for change.
    pub change: i64,
}

impl View for Spendable {
    const NAME: &'static str = "crypto.spendable";
    const ABOUT: &'static str = "What your Bitcoin wallet can spend.";
    type Output = SpendableView;

    fn read(&self, look: &mut Look) -> Result<SpendableView, Fault> {
        let wallet = own(look, BITCOIN)?;
        let tip = blocks::tip(look.tx, BITCOIN, &wallet.network)?.map_or(0, |block| block.height);
        let (_, last) = wallets::extent(look.tx, wallet.owner, BITCOIN, 1)?;
        // What somebody else sent and is in no block may still be taken back; one's own change may be spent on.
        let ready = |coin: &CoinRow| match coin.height {
            None => coin.branch == 1,
            Some(height) => !coin.mined || tip - height >= MATURE - 1,
        };
        let coins = coins::unspent(look.tx, wallet.owner, BITCOIN, MOST_COINS)?;
        let coins = coins.into_iter().filter(ready).map(|coin| SpendableCoin {
            tx: coin.tx,
            output: coin.output,
            sats: coin.sats,
            branch: coin.branch,
            position: coin.position,
        });
        Ok(SpendableView { coins: coins.collect(), change: last + 1, network: wallet.network })
    }
}

/// An address that was handed out.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// `bitcoin` or `evm`.
    pub chain: String,
    /// Its place in the branch for receiving.
    pub position: i64,
}

/// An address to be paid at.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AddressView {
    /// The address.
    pub address: String,
    /// The network.
    pub network: String,
    /// Whether it was paid to already; a fresh one is better then.
    pub used: bool,
}

impl View for Address {
    const NAME: &'static str = "crypto.address";
    const ABOUT: &'static str = "An address of yours to be paid at.";
    type Output = AddressView;

    fn read(&self, look: &mut Look) -> Result<AddressView, Fault> {
        let wallet = own(look, &self.chain)?;
        let row = wallets::address(look.tx, wallet.owner, &self.chain, 0, self.position)?;
        let row = row.ok_or(CryptoError::PlaceUnknown)?;
        let address = if self.chain == EVM { checksum(&row.address) } else { row.address };
        Ok(AddressView { address, network: wallet.network, used: row.used })
    }
}
