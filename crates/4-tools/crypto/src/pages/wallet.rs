//! All wallets on one page, one wallet with its history, and forgetting one.

use super::amounts::{amount, amount_large, amount_signed, whole, written};
use super::{caveat, known, network_for, network_name, title, watched};
use crate::acts::Forget;
use crate::chains::{BITCOIN, EVM, FINAL, Standing};
use crate::error::CryptoError;
use crate::views::{Line, Movement, PAGE, State, Wallet, WalletView, Wallets};
use axum::extract::{Path, Query};
use planet_corridor::refusal::Fault;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::units::Moment;
use serde::Deserialize;

/// `GET /wallet/crypto`
pub async fn all(visit: Signed) -> Answer {
    let ui = &visit.ui;
    let wallets = visit.view(Wallets {}).await?;
    let lines = [BITCOIN, EVM].map(|chain| {
        let standing = watched(&visit, chain).map(|(_, standing)| standing);
        (chain, wallets.iter().find(|wallet| wallet.chain == chain), standing)
    });
    let page = Page::new(ui, ui.t("crypto-title"))
        .section("wallet")
        .back("/wallet", ui.t("crypto-wallet"))
        .lead(ui.t("crypto-lead"));
    visit.page(page.show(html! {
        @for (chain, wallet, standing) in &lines {
            (section(&title(ui, chain), html! {}, match wallet {
                Some(wallet) => card(summary(ui, wallet, standing.as_ref())),
                None => set_up(ui, chain, standing.as_ref()),
            }))
        }
        (section(&ui.t("crypto-keys"), html! {}, html! {
            p { (ui.t("crypto-keys-text")) }
            p { (link_button("/wallet/crypto/words", ui.t("crypto-words-show")).icon(ui, "key-round")) }
        }))
    }))
}

/// A wallet's balance, and where it leads.
fn summary(ui: &Ui, wallet: &WalletView, standing: Option<&Standing>) -> Markup {
    let path = |verb: &str| format!("/wallet/crypto/{}{verb}", wallet.chain);
    html! {
        (holdings(ui, wallet, standing.is_some()))
        div.cluster {
            (link_button(path(""), ui.t("crypto-open")).primary())
            (link_button(path("/receive"), ui.t("crypto-receive")).icon(ui, "qr-code"))
            (link_button(path("/send"), ui.t("crypto-send")).icon(ui, "send"))
        }
    }
}

/// What a wallet has; without a chain to ask, that nobody here knows.
fn holdings(ui: &Ui, wallet: &WalletView, asked: bool) -> Markup {
    let network = network_name(ui, &wallet.chain, &wallet.network);
    let sats = |sats: i64| written(&sats.to_string(), 8);
    html! {
        @if !network.is_empty() { p { (badge_tone(Tone::Warn, &network)) } }
        @for (at, it) in wallet.holdings.iter().enumerate() {
            @if !asked { @if at == 0 { p { (ui.t_with("crypto-unknown", &[("symbol", it.symbol.as_str().into())])) } } }
            @else if at == 0 { p { (amount_large(it)) } }
            @else { p { (amount(it)) } }
        }
        @if wallet.chain == BITCOIN && asked {
            @if let Some(it) = wallet.holdings.first() { p.note { (ui.t_with("crypto-sats", &[("sats", written(&it.exact, 0).into())])) } }
        }
        @if wallet.pending != 0 { p.note { (ui.t_with("crypto-pending", &[("amount", sats(wallet.pending).into())])) } }
        @if wallet.unripe != 0 { p.note { (ui.t_with("crypto-unripe", &[("amount", sats(wallet.unripe).into())])) } }
    }
}

/// Where there is no wallet yet: what it is, and the button that makes it.
fn set_up(ui: &Ui, chain: &str, standing: Option<&Standing>) -> Markup {
    let about = ui.t(if chain == BITCOIN { "crypto-bitcoin-about" } else { "crypto-evm-about" });
    let network = network_for(chain, standing);
    html! {
        (caveat(ui, standing, None))
        (card(html! {
            p { (about) }
            @if let Some(network) = network {
                @let name = network_name(ui, chain, &network);
                @if !name.is_empty() { p { (badge_tone(Tone::Warn, &name)) } }
                div data-island="crypto-set-up" data-chain=(chain) data-network=(network) data-member=[ui.viewer.as_ref().map(|me| me.id)] {
                    noscript { p.notice.tone-warn { (ui.t("crypto-needs-script")) } }
                }
            }
        }))
    }
}

/// Where the history goes on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct From {
    at: Option<i64>,
    after: Option<String>,
}

/// `GET /wallet/crypto/{chain}`
pub async fn one(visit: Signed, Path(chain): Path<String>, Query(from): Query<From>) -> Answer {
    let chain = known(&chain)?;
    let asked = Wallet { chain: chain.into(), at: from.at.map(Moment), after: from.after };
    let view = match visit.view(asked).await {
        Ok(view) => view,
        // Without a wallet the way leads to where one is made.
        Err(Fault::Refused(refusal)) if refusal.code == CryptoError::NotWatched.code() => {
            return visit.done("/wallet/crypto", "crypto-not-yet");
        }
        Err(fault) => return Err(fault.into()),
    };
    let standing = watched(&visit, chain).map(|(_, standing)| standing);
    visit.page(show(&visit.ui, &view, standing.as_ref()))
}

fn show(ui: &Ui, view: &WalletView, standing: Option<&Standing>) -> Markup {
    let path = |verb: &str| format!("/wallet/crypto/{}{verb}", view.chain);
    let actions = html! {
        (link_button(path("/send"), ui.t("crypto-send")).primary().icon(ui, "send"))
        (link_button(path("/receive"), ui.t("crypto-receive")).icon(ui, "qr-code"))
        @if view.chain == EVM { (link_button(path("/tokens"), ui.t("crypto-tokens")).icon(ui, "tag")) }
    };
    let full = i64::try_from(view.lines.len()).is_ok_and(|count| count == PAGE);
    let older = view.lines.last().filter(|_| full);
    let older = older.map(|last| format!("{}?at={}&after={}", path(""), last.first_seen.0, last.tx));
    let page = Page::new(ui, title(ui, &view.chain))
        .section("wallet")
        .back("/wallet/crypto", ui.t("crypto-title"))
        .actions(actions);
    page.show(html! {
        (caveat(ui, standing, Some(&view.network)))
        (card(holdings(ui, view, standing.is_some())))
        (section(&ui.t("crypto-history"), tip(ui, view), html! {
            @if view.lines.is_empty() {
                (empty(ui, "hourglass", ui.t("crypto-history-none"), ui.t("crypto-history-none-text"))
                    .action(link_button(path("/receive"), ui.t("crypto-receive"))))
            } @else {
                (list(view.lines.iter().map(|line| history_row(ui, view, line))))
            }
            (pager(ui, None, older.as_deref()))
        }))
        (more(ui, &ui.t("crypto-details"), html! {
            p { (ui.t(if view.chain == BITCOIN { "crypto-key-bitcoin" } else { "crypto-key-evm" })) }
            (whole(ui, &view.key))
            @if view.chain == EVM { p.note { (ui.t("crypto-evm-limits")) } }
            p { (link_button(path("/forget"), ui.t("crypto-forget")).quiet()) }
        }))
    })
}

fn tip(ui: &Ui, view: &WalletView) -> Markup {
    html! { @if let Some(tip) = view.tip { span.note { (ui.t_with("crypto-tip", &[("height", tip.into())])) } } }
}

fn history_row(ui: &Ui, view: &WalletView, line: &Line) -> impl Render + use<> {
    let out = line.moves.iter().any(|it| it.amount.exact.starts_with('-')) || !line.fee.is_empty();
    let heading = ui.t(if line.mined {
        "crypto-mined"
    } else if out {
        "crypto-sent"
    } else {
        "crypto-received"
    });
    let lead = icon(ui, if out { "arrow-right" } else { "arrow-left" });
    row(heading)
        .lead(lead)
        .note(html! {
            (state(ui, line)) " \u{b7} " (ago(ui, line.at))
            @if !line.problem.is_empty() { br; (ui.t_with("crypto-refused-why", &[("why", line.problem.as_str().into())])) }
            (more(ui, &ui.t("crypto-more"), html! {
                @for it in &line.moves { (movement(ui, it)) }
                @if !line.fee.is_empty() {
                    p.note { (ui.t_with("crypto-fee", &[("fee", fee(view, &line.fee).into())])) }
                }
                p.note { (ui.t("crypto-tx")) }
                (whole(ui, &line.tx))
            }))
        })
        .end(html! { @for it in &line.moves { div { (amount_signed(&it.amount)) } } })
}

fn movement(ui: &Ui, it: &Movement) -> Markup {
    let key = if it.amount.exact.starts_with('-') { "crypto-to" } else { "crypto-from" };
    html! {
        @if !it.other.is_empty() {
            p.note { (ui.t(key)) " " (amount(&it.amount)) }
            (whole(ui, &it.other))
        }
    }
}

fn fee(view: &WalletView, fee: &str) -> String {
    if view.chain == BITCOIN {
        return format!("{} sats", written(fee, 0));
    }
    format!("{} ETH", written(fee, 18))
}

fn state(ui: &Ui, line: &Line) -> Markup {
    let tone = match line.state {
        State::Final => Tone::Good,
        State::Refused | State::Failed => Tone::Bad,
        State::Gone => Tone::Warn,
        _ => Tone::Info,
    };
    let words = match line.state {
        State::Confirmed => {
            ui.t_with("crypto-confirmed", &[("count", line.confirmations.into()), ("of", FINAL.into())])
        }
        other => ui.t(&format!("crypto-state-{}", other.word())),
    };
    badge_tone(tone, &words)
}

/// `GET /wallet/crypto/{chain}/forget`
pub async fn forget_page(visit: Signed, Path(chain): Path<String>) -> Answer {
    let chain = known(&chain)?;
    let ui = &visit.ui;
    let back = format!("/wallet/crypto/{chain}");
    let page = Page::new(ui, ui.t("crypto-forget")).section("wallet").back(&back, title(ui, chain));
    visit.page(page.show(html! {
        p { (ui.t("crypto-forget-text")) }
        div.cluster {
            (act_button(ui, format!("{back}/forget"), button(ui.t("crypto-forget-do")).danger()))
            (link_button(&back, ui.t("crypto-back")).quiet())
        }
    }))
}

/// `POST /wallet/crypto/{chain}/forget`
pub async fn forget(visit: Signed, Path(chain): Path<String>, fields: Fields) -> Answer {
    visit.act(fields.key(&[])?, Forget { chain: known(&chain)?.into() }).await??;
    visit.done("/wallet/crypto", "crypto-forgotten")
}
