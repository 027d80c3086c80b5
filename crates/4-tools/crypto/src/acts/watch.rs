//! Having a wallet watched, having it forgotten, and handing out addresses.

use super::{known, own, wallet};
use crate::chains::{BITCOIN, EVM, Place};
use crate::error::CryptoError;
use crate::rows::apply::{GAP, extend};
use crate::rows::blocks;
use crate::rows::wallets::{self, AddressRow, WalletRow};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_exchange::chain::{Account, Network, is_address};
use planet_ontology::entities::CoinWallet;
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Have the node watch a wallet whose keys stay with the member.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Watch {
    /// `bitcoin` or `evm`.
    pub chain: String,
    /// `main`, `test`, `signet` or `regtest`; for EVM the chain's number.
    pub network: String,
    /// For Bitcoin the account's public key (`zpub…`, `vpub…`), for EVM the address. Never a secret key.
    pub key: String,
}

impl Act for Watch {
    const NAME: &'static str = "crypto.watch";
    const ABOUT: &'static str = "Have the node watch your coins; the keys stay with you.";
    type Touches = CoinWallet;
    type Output = ();

    fn resource(&self, _: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(own(actor))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        known(&self.chain)?;
        let owner = cx.member()?;
        let key = if self.chain == BITCOIN {
            let network = Network::from_word(&self.network).ok_or(CryptoError::NetworkUnknown)?;
            Account::parse(&self.key, network).map_err(CryptoError::from)?;
            self.key.clone()
        } else {
            self.network.parse::<u32>().map_err(|_| CryptoError::NetworkUnknown)?;
            if !is_address(&self.key) {
                return Err(CryptoError::AddressWrong.into());
            }
            self.key.to_lowercase()
        };
        // Nobody needed the blocks since the trail was left, so the trail begins anew.
        if wallets::on_network(tx, &self.chain, &self.network)?.is_empty() {
            blocks::back_to(tx, &self.chain, &self.network, -1)?;
        }
        let row = WalletRow {
            owner,
            chain: self.chain.clone(),
            network: self.network.clone(),
            key: key.clone(),
            created: cx.now,
        };
        if !wallets::insert(tx, &row)? {
            return Err(CryptoError::AlreadyWatched.into());
        }
        if self.chain == EVM {
            let address = AddressRow { owner, branch: 0, position: 0, address: key, used: true };
            return Ok(wallets::add_address(tx, EVM, &address, true)?);
        }
        let place = Place { chain: self.chain.clone(), network: self.network.clone() };
        extend(tx, owner, &place, 0, false)?;
        extend(tx, owner, &place, 1, false)
    }
}

/// Have the node forget a wallet and everything it learnt about it.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Forget {
    /// `bitcoin` or `evm`.
    pub chain: String,
}

impl Act for Forget {
    const NAME: &'static str = "crypto.forget";
    const ABOUT: &'static str = "Have the node forget a watched wallet; the coins stay yours.";
    type Touches = CoinWallet;
    type Output = ();

    fn resource(&self, _: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(own(actor))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let wallet = wallet(tx, cx.member()?, &self.chain)?;
        wallets::delete(tx, wallet.owner, &self.chain)?;
        Ok(())
    }
}

/// Hand out a fresh address.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Receive {
    /// `bitcoin`; an EVM wallet has one address for ever.
    pub chain: String,
}

/// An address that was handed out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Handed {
    /// Its place in the account's branch for receiving.
    pub position: i64,
    /// The address.
    pub address: String,
}

impl Act for Receive {
    const NAME: &'static str = "crypto.receive";
    const ABOUT: &'static str = "Hand out a fresh address to be paid at.";
    type Touches = CoinWallet;
    type Output = Handed;

    fn resource(&self, _: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(own(actor))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Handed, Fault> {
        let wallet = wallet(tx, cx.member()?, &self.chain)?;
        if self.chain == EVM {
            return Ok(Handed { position: 0, address: wallet.key });
        }
        let (_, last) = wallets::extent(tx, wallet.owner, BITCOIN, 0)?;
        let position = last.saturating_add(1);
        if position - wallets::last_used(tx, wallet.owner, BITCOIN, 0)? > GAP {
            return Err(CryptoError::TooManyUnused.into());
        }
        wallets::hand_out(tx, wallet.owner, BITCOIN, position, cx.now)?;
        let place = Place { chain: wallet.chain.clone(), network: wallet.network.clone() };
        extend(tx, wallet.owner, &place, 0, true)?;
        let row =
            wallets::address(tx, wallet.owner, BITCOIN, 0, position)?.ok_or(CryptoError::PlaceUnknown)?;
        Ok(Handed { position, address: row.address })
    }
}
