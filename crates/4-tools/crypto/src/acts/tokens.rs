//! The tokens that a member keeps in the list of an EVM wallet.

use super::{own, wallet};
use crate::chains::EVM;
use crate::error::CryptoError;
use crate::rows::wallets::{self, TokenRow};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_exchange::chain::is_address;
use planet_ontology::entities::CoinWallet;
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many tokens a list holds.
const MOST: usize = 30;

/// Put a token into your list.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeepToken {
    /// Its contract.
    pub contract: String,
    /// Its short name.
    pub symbol: String,
    /// Digits behind the point.
    pub decimals: i64,
}

impl Act for KeepToken {
    const NAME: &'static str = "crypto.keep_token";
    const ABOUT: &'static str = "Put a token into your list.";
    type Touches = CoinWallet;
    type Output = ();

    fn resource(&self, _: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(own(actor))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let wallet = wallet(tx, cx.member()?, EVM)?;
        if !is_address(&self.contract) {
            return Err(CryptoError::AddressWrong.into());
        }
        let symbol = self.symbol.trim();
        let short = (1..=12).contains(&symbol.len()) && symbol.bytes().all(|byte| byte.is_ascii_graphic());
        if !short || !(0..=36).contains(&self.decimals) {
            return Err(CryptoError::TokenWrong.into());
        }
        let contract = self.contract.to_lowercase();
        let listed = wallets::tokens(tx, wallet.owner)?;
        if listed.len() >= MOST && listed.iter().all(|token| token.contract != contract) {
            return Err(CryptoError::TooManyTokens.into());
        }
        let token = TokenRow { contract, symbol: symbol.to_owned(), decimals: self.decimals };
        Ok(wallets::keep_token(tx, wallet.owner, &token)?)
    }
}

/// Take a token off your list.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DropToken {
    /// Its contract.
    pub contract: String,
}

impl Act for DropToken {
    const NAME: &'static str = "crypto.drop_token";
    const ABOUT: &'static str = "Take a token off your list.";
    type Touches = CoinWallet;
    type Output = ();

    fn resource(&self, _: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(own(actor))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let wallet = wallet(tx, cx.member()?, EVM)?;
        if wallets::drop_token(tx, wallet.owner, &self.contract.to_lowercase())? {
            Ok(())
        } else {
            Err(CryptoError::TokenUnknown.into())
        }
    }
}
