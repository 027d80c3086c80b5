//! Sending: the form, and what the browser needs to know to build a payment. Building and signing are the browser's own work.

use super::{caveat, known, title, watched};
use crate::chains::{BITCOIN, EVM};
use crate::error::CryptoError;
use crate::views::{Spendable, Wallet, WalletView};
use axum::Json;
use axum::extract::{Path, Query};
use axum::response::IntoResponse;
use planet_exchange::chain::{ChainError, fits, is_address};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Signed};
use serde::Deserialize;
use serde_json::json;

/// `GET /wallet/crypto/{chain}/send`
pub async fn page(visit: Signed, Path(chain): Path<String>) -> Answer {
    let chain = known(&chain)?;
    let view = visit.view(Wallet { chain: chain.into(), at: None, after: None }).await?;
    visit.page(show(&visit, chain, &view))
}

fn show(visit: &Signed, chain: &str, view: &WalletView) -> Markup {
    let ui = &visit.ui;
    let watched = watched(visit, chain);
    let standing = watched.as_ref().map(|(_, standing)| standing);
    let ready = standing.is_some_and(|it| it.network.as_deref() == Some(&view.network));
    let page = Page::new(ui, ui.t("crypto-send"))
        .section("wallet")
        .back(format!("/wallet/crypto/{chain}"), title(ui, chain))
        .lead(ui.t("crypto-send-lead"));
    let island = if chain == BITCOIN { "crypto-send-bitcoin" } else { "crypto-send-evm" };
    page.show(html! {
        (caveat(ui, standing, Some(&view.network)))
        @if ready {
            (form(ui, "/api/v1/crypto/broadcast", fields(ui, chain, view))
                .island(island, format!("/wallet/crypto/{chain}/prepare")))
        } @else {
            p { (ui.t("crypto-send-not")) }
            p { (link_button("/wallet/crypto/words", ui.t("crypto-words-show")).icon(ui, "key-round")) }
        }
    })
}

fn fields(ui: &Ui, chain: &str, view: &WalletView) -> Markup {
    let hint = ui.t(if chain == BITCOIN { "crypto-send-to-bitcoin" } else { "crypto-send-to-evm" });
    let mut units = select("unit", ui.t("crypto-unit"));
    if chain == BITCOIN {
        units = units.option("sats", "sats").option("btc", "BTC");
    } else {
        for it in &view.holdings {
            units = units.option(&it.asset, &it.symbol);
        }
    }
    let speeds = ["slow", "normal", "fast"].into_iter().fold(
        choices("speed", ui.t("crypto-speed")),
        |speeds, speed| {
            speeds.option(
                speed,
                ui.t(&format!("crypto-speed-{speed}")),
                ui.t(&format!("crypto-speed-{speed}-{chain}")),
            )
        },
    );
    html! {
        (field("to", ui.t("crypto-send-to")).hint(hint).required().with("autocomplete", "off").with("spellcheck", "false").with("autocapitalize", "none"))
        (field("amount", ui.t("crypto-send-amount")).hint(ui.t("crypto-send-amount-hint")).required().with("inputmode", "decimal").with("autocomplete", "off"))
        (units)
        (speeds.selected("normal"))
        input type="hidden" name="member" value=[ui.viewer.as_ref().map(|me| me.id)];
        input type="hidden" name="network" value=(view.network);
        input type="hidden" name="key" value=(view.key);
        @for it in &view.holdings { input type="hidden" name="decimals" value={ (it.asset) ":" (it.decimals) ":" (it.symbol) }; }
        div.form-end { (button(ui.t("crypto-review")).primary()) (link_button(format!("/wallet/crypto/{chain}"), ui.t("crypto-back")).quiet()) }
    }
}

/// What an EVM payment is to do, so that its gas can be told.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    #[serde(default)]
    to: String,
    #[serde(default)]
    value: String,
    #[serde(default)]
    data: String,
}

/// `GET /wallet/crypto/{chain}/prepare`: what the browser cannot know by itself. It checks what can be checked.
pub async fn prepare(visit: Signed, Path(chain): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let chain = known(&chain)?;
    let (source, _) = watched(&visit, chain).ok_or(CryptoError::NoSource)?;
    let source = &source.source;
    let fees = source.fees().await.map_err(sorry)?;
    if chain == BITCOIN {
        let spendable = visit.view(Spendable {}).await?;
        return Ok(Json(json!({ "fees": fees, "spendable": spendable })).into_response());
    }
    let wallet = visit.view(Wallet { chain: EVM.into(), at: None, after: None }).await?;
    let hex = asked
        .data
        .strip_prefix("0x")
        .is_some_and(|hex| hex.len() <= 400 && hex.bytes().all(|it| it.is_ascii_hexdigit()));
    if !is_address(&asked.to) || !fits(&asked.value) || !hex {
        return Err(CryptoError::AddressWrong.into());
    }
    let network = source.network().await.map_err(sorry)?;
    let number = source.sent(&wallet.key).await.map_err(sorry)?;
    let gas = match source.gas(&wallet.key, &asked.to, &asked.value, &asked.data).await {
        Ok(gas) => Some(gas),
        // The chain would not carry it out: too little there, most of the time. The browser says so.
        Err(ChainError::Refused(_)) => None,
        Err(error) => return Err(sorry(error).into()),
    };
    let balance = source.balance(&wallet.key, "").await.map_err(sorry)?;
    Ok(Json(json!({ "network": network, "nonce": number, "gas": gas, "fees": fees, "balance": balance }))
        .into_response())
}

/// What went wrong with the chain, for a person; the log has the rest.
fn sorry(error: ChainError) -> CryptoError {
    tracing::warn!(%error, "a chain could not be asked");
    CryptoError::Unreachable
}
