//! The pages of coins: all wallets, one wallet, receiving, sending, tokens, the words.

mod amounts;
mod receive;
mod send;
mod tokens;
mod wallet;
mod words;

use crate::chains::{BITCOIN, Chain, Chains, EVM, Standing};
use crate::error::CryptoError;
use axum::Router;
use axum::routing::{get, post};
use planet_kit::prelude::*;
use planet_kit::web::{Desk, Signed};
use std::sync::Arc;

/// The routes of this room.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/wallet/crypto", get(wallet::all))
        .route("/wallet/crypto/words", get(words::page))
        .route("/wallet/crypto/{chain}", get(wallet::one))
        .route("/wallet/crypto/{chain}/forget", get(wallet::forget_page).post(wallet::forget))
        .route("/wallet/crypto/{chain}/receive", get(receive::page).post(receive::fresh))
        .route("/wallet/crypto/{chain}/receive/{position}", get(receive::address))
        .route("/wallet/crypto/{chain}/send", get(send::page))
        .route("/wallet/crypto/{chain}/prepare", get(send::prepare))
        .route("/wallet/crypto/evm/tokens", get(tokens::page).post(tokens::keep))
        .route("/wallet/crypto/evm/tokens/drop", post(tokens::remove))
}

/// A chain that the node watches, with how it stands; nothing where the operator named none.
fn watched(visit: &Signed, name: &str) -> Option<(Arc<Chain>, Standing)> {
    let chains = visit.desk.service::<Chains>()?;
    let chain = Arc::clone(chains.find(name)?);
    let standing = chain.standing();
    Some((chain, standing))
}

/// A chain's name out of an address, or nothing that is here.
fn known(name: &str) -> Result<&'static str, CryptoError> {
    [BITCOIN, EVM].into_iter().find(|chain| *chain == name).ok_or(CryptoError::NotWatched)
}

/// The network that a new wallet is for: the one that the node watches, or the main one where it watches none.
fn network_for(chain: &str, standing: Option<&Standing>) -> Option<String> {
    match standing {
        Some(standing) => standing.network.clone(),
        None if chain == BITCOIN => Some("main".into()),
        None => Some("1".into()),
    }
}

/// A chain's name for people.
fn title(ui: &Ui, chain: &str) -> String {
    ui.t(if chain == BITCOIN { "crypto-bitcoin" } else { "crypto-evm" })
}

/// A network's name for people; empty for the one that everybody means.
fn network_name(ui: &Ui, chain: &str, network: &str) -> String {
    match (chain, network) {
        (BITCOIN, "main") | (EVM, "1") => String::new(),
        (BITCOIN, _) => ui.t_with("crypto-network-test", &[("name", network.into())]),
        _ => ui.t_with("crypto-network-evm", &[("name", network.into())]),
    }
}

/// Says what it means when nobody watches the chain, when it cannot be reached, or when it is another network.
fn caveat(ui: &Ui, standing: Option<&Standing>, network: Option<&str>) -> Markup {
    match standing {
        None => notice(ui, Tone::Info, &ui.t("crypto-none"), html! { p { (ui.t("crypto-none-text")) } }),
        Some(it) if !it.trouble.is_empty() => {
            notice(ui, Tone::Warn, &ui.t("crypto-away"), html! { p { (ui.t("crypto-away-text")) } })
        }
        Some(it) if it.network.is_none() => {
            notice(ui, Tone::Info, &ui.t("crypto-waking"), html! { p { (ui.t("crypto-waking-text")) } })
        }
        Some(it) if network.is_some() && it.network.as_deref() != network => {
            notice(ui, Tone::Warn, &ui.t("crypto-elsewhere"), html! { p { (ui.t("crypto-elsewhere-text")) } })
        }
        Some(_) => html! {},
    }
}
