//! The list of tokens: which ones the wallet shows. A token says itself what it is called, so it is looked at before it is kept.

use super::{title, watched};
use crate::acts::{DropToken, KeepToken};
use crate::chains::EVM;
use crate::error::CryptoError;
use crate::views::{Wallet, WalletView};
use planet_corridor::refusal::Refusal;
use planet_exchange::chain::{ChainError, checksum, is_address};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};

/// `GET /wallet/crypto/evm/tokens`
pub async fn page(visit: Signed) -> Answer {
    let view = visit.view(Wallet { chain: EVM.into(), at: None, after: None }).await?;
    visit.page(show(&visit.ui, &view, &Filled::default()))
}

fn show(ui: &Ui, view: &WalletView, filled: &Filled) -> Markup {
    let tokens: Vec<_> = view.holdings.iter().filter(|it| !it.asset.is_empty()).collect();
    let page = Page::new(ui, ui.t("crypto-tokens"))
        .section("wallet")
        .back("/wallet/crypto/evm", title(ui, EVM))
        .lead(ui.t("crypto-tokens-lead"));
    page.show(html! {
        @if tokens.is_empty() {
            (empty(ui, "tag", ui.t("crypto-tokens-none"), ui.t("crypto-tokens-none-text")))
        } @else {
            (list(tokens.into_iter().map(|it| {
                row(&it.symbol)
                    .note(html! { (checksum(&it.asset)) br; (ui.t_with("crypto-decimals", &[("count", it.decimals.into())])) })
                    .end(super::amounts::amount(it))
                    .actions(act_button(ui, "/wallet/crypto/evm/tokens/drop", button(ui.t("crypto-token-drop")).quiet().small())
                        .hidden("contract", it.asset.as_str()).render())
            })))
        }
        (section(&ui.t("crypto-token-add"), html! {}, card(form(ui, "/wallet/crypto/evm/tokens", html! {
            (field("contract", ui.t("crypto-contract")).hint(ui.t("crypto-contract-hint")).required().filled(filled))
            div.form-end { (button(ui.t("crypto-token-add"))) }
        }).filled(filled).render())))
    })
}

/// `POST /wallet/crypto/evm/tokens`
pub async fn keep(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&["contract"])?;
    let result = match describe(&visit, fields.text("contract")).await {
        Ok(act) => visit.act(key, act).await?.map(|_| ()),
        Err(refusal) => Err(refusal),
    };
    match result {
        Ok(()) => visit.done("/wallet/crypto/evm/tokens", "crypto-token-kept"),
        Err(refusal) => {
            let view = visit.view(Wallet { chain: EVM.into(), at: None, after: None }).await?;
            visit.again(&refusal, show(&visit.ui, &view, &fields.filled(&refusal)))
        }
    }
}

/// Asks the contract what it is called.
async fn describe(visit: &Signed, contract: &str) -> Result<KeepToken, Refusal> {
    if !is_address(contract) {
        return Err(CryptoError::AddressWrong.into());
    }
    let (chain, _) = watched(visit, EVM).ok_or(CryptoError::NoSource)?;
    let contract = contract.to_lowercase();
    match chain.source.token(&contract).await {
        Ok(facts) => Ok(KeepToken { contract, symbol: facts.symbol, decimals: facts.decimals }),
        Err(ChainError::Refused(_) | ChainError::Nonsense(_)) => Err(CryptoError::TokenWrong.into()),
        Err(_) => Err(CryptoError::Unreachable.into()),
    }
}

/// `POST /wallet/crypto/evm/tokens/drop`
pub async fn remove(visit: Signed, fields: Fields) -> Answer {
    visit.act(fields.key(&["contract"])?, DropToken { contract: fields.text("contract").into() }).await??;
    visit.done("/wallet/crypto/evm/tokens", "crypto-token-dropped")
}
