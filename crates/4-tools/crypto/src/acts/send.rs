//! Sending: the member hands over a transaction that the browser built and signed. The act only takes it in; the watcher hands it
//! to the chain, and the chain's answer comes back as an act of the house.

use super::{own, wallet};
use crate::chains::{BITCOIN, Place};
use crate::error::CryptoError;
use crate::rows::apply::{Found, apply};
use crate::rows::wallets::WalletRow;
use crate::rows::{coins, history};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_exchange::chain::{Network, Signed, gwei, read_bitcoin, read_evm};
use planet_ontology::entities::CoinWallet;
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many payments of one member may wait to be handed in.
const MOST_QUEUED: i64 = 20;
/// More than this many satoshis for a virtual byte was never needed.
const MOST_RATE: i64 = 5_000;
/// More than half an ether for one transaction was hardly ever needed, in gwei.
const MOST_GWEI: i64 = 500_000_000;

/// Send a payment that was signed in your browser.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Broadcast {
    /// `bitcoin` or `evm`.
    pub chain: String,
    /// The signed transaction, as hex.
    pub raw: String,
}

/// A payment on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sent {
    /// The name by which the chain will know it.
    pub tx: String,
}

impl Act for Broadcast {
    const NAME: &'static str = "crypto.broadcast";
    const ABOUT: &'static str = "Send coins by a payment that was signed in your browser.";
    type Touches = CoinWallet;
    type Output = Sent;

    fn resource(&self, _: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(own(actor))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Sent, Fault> {
        let wallet = wallet(tx, cx.member()?, &self.chain)?;
        let signed = if self.chain == BITCOIN {
            let network = Network::from_word(&wallet.network).ok_or(CryptoError::NetworkUnknown)?;
            let signed = read_bitcoin(&self.raw, network).map_err(CryptoError::from)?;
            check_coins(tx, &wallet, &signed)?;
            signed
        } else {
            let signed = read_evm(&self.raw).map_err(CryptoError::from)?;
            check_account(&wallet, &signed)?;
            signed
        };
        let known = history::find(tx, wallet.owner, &self.chain, &signed.tx.id)?;
        if known
            .is_some_and(|known| known.height.is_some() || ["queued", "seen"].contains(&known.state.as_str()))
        {
            return Err(CryptoError::OnItsWay.into());
        }
        if history::count_queued(tx, wallet.owner, &self.chain)? >= MOST_QUEUED {
            return Err(CryptoError::TooManyQueued.into());
        }
        let place = Place { chain: wallet.chain, network: wallet.network };
        let found = Found { block: None, now: cx.now, ours: Some((wallet.owner, &self.raw)) };
        apply(tx, &place, &signed.tx, &found)?;
        Ok(Sent { tx: signed.tx.id })
    }
}

/// All coins are the sender's own, none is spent, and the fee is one that a person means.
fn check_coins(tx: &mut Tx, wallet: &WalletRow, signed: &Signed) -> Result<(), Fault> {
    let mut spent = 0_i64;
    for coin in &signed.tx.spends {
        let holders = coins::holders(tx, BITCOIN, &wallet.network, coin)?;
        let mine = holders.into_iter().find(|(owner, ..)| *owner == wallet.owner);
        let Some((_, sats, spent_by)) = mine else { return Err(CryptoError::NotYours.into()) };
        if spent_by.is_some_and(|by| by != signed.tx.id) {
            return Err(CryptoError::SpentAlready.into());
        }
        spent = spent.saturating_add(sats);
    }
    let fee = spent.saturating_sub(signed.tx.sum);
    if fee < 0 {
        return Err(CryptoError::NotYours.into());
    }
    if fee > signed.size.saturating_mul(MOST_RATE) {
        return Err(CryptoError::FeeAbsurd.into());
    }
    Ok(())
}

/// Signed by the wallet's own key, for the wallet's own chain.
fn check_account(wallet: &WalletRow, signed: &Signed) -> Result<(), CryptoError> {
    if signed.network.as_deref() != Some(&wallet.network) {
        return Err(CryptoError::OtherNetwork);
    }
    if signed.tx.sender != wallet.key {
        return Err(CryptoError::NotYours);
    }
    if gwei(&signed.tx.fee).is_none_or(|fee| fee > MOST_GWEI) {
        return Err(CryptoError::FeeAbsurd);
    }
    Ok(())
}
