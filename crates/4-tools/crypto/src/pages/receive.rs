//! Receiving: a fresh address each time on Bitcoin, the one address on EVM, with a code that asks for an amount.

use super::amounts::whole;
use super::{caveat, known, network_name, title, watched};
use crate::acts::Receive;
use crate::chains::{BITCOIN, EVM};
use crate::views::{Address, AddressView, Holding, Wallet};
use axum::extract::{Path, Query};
use planet_corridor::refusal::Refusal;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::units::longer_than;
use serde::Deserialize;

/// The longest label of a code, in characters.
const MAX_LABEL: u32 = 80;

/// `GET /wallet/crypto/{chain}/receive`
pub async fn page(visit: Signed, Path(chain): Path<String>) -> Answer {
    let chain = known(&chain)?;
    let wallet = visit.view(Wallet { chain: chain.into(), at: None, after: None }).await?;
    visit.page(show_form(&visit, chain, &wallet.holdings, &Filled::default()))
}

fn show_form(visit: &Signed, chain: &str, holdings: &[Holding], filled: &Filled) -> Markup {
    let ui = &visit.ui;
    let lead = ui.t(if chain == BITCOIN { "crypto-receive-bitcoin" } else { "crypto-receive-evm" });
    let standing = watched(visit, chain).map(|(_, standing)| standing);
    let symbol = holdings.first().map(|it| it.symbol.clone()).unwrap_or_default();
    let assets = holdings
        .iter()
        .fold(select("asset", ui.t("crypto-asset")), |assets, it| assets.option(&it.asset, &it.symbol));
    let page = Page::new(ui, ui.t("crypto-receive"))
        .section("wallet")
        .back(format!("/wallet/crypto/{chain}"), title(ui, chain))
        .lead(lead);
    page.show(html! {
        (caveat(ui, standing.as_ref(), None))
        (form(ui, format!("/wallet/crypto/{chain}/receive"), html! {
            @if holdings.len() > 1 { (assets.filled(filled)) }
            (field("amount", ui.t_with("crypto-amount", &[("symbol", symbol.into())])).hint(ui.t("crypto-amount-hint")).optional(ui).filled(filled))
            @if chain == BITCOIN { (field("label", ui.t("crypto-label")).hint(ui.t("crypto-label-hint")).limit(MAX_LABEL).optional(ui).filled(filled)) }
            div.form-end { (button(ui.t(if chain == BITCOIN { "crypto-fresh" } else { "crypto-code" })).primary().icon(ui, "qr-code")) }
        }).filled(filled))
    })
}

/// `POST /wallet/crypto/{chain}/receive`
pub async fn fresh(visit: Signed, Path(chain): Path<String>, fields: Fields) -> Answer {
    let chain = known(&chain)?;
    let wallet = visit.view(Wallet { chain: chain.into(), at: None, after: None }).await?;
    let made = match wanted(&fields, &wallet.holdings) {
        Ok(wish) => visit
            .act(fields.key(&["asset", "amount", "label"])?, Receive { chain: chain.into() })
            .await?
            .map(|done| (wish, done)),
        Err(refusal) => Err(refusal),
    };
    match made {
        Ok(((asset, amount), done)) => {
            let position = done.output.map_or(0, |handed| handed.position);
            let label = fields.text("label");
            let query = query_of(&[("asset", &asset), ("amount", &amount), ("label", label)]);
            Ok(axum::response::IntoResponse::into_response(axum::response::Redirect::to(&format!(
                "/wallet/crypto/{chain}/receive/{position}{query}"
            ))))
        }
        Err(refusal) => {
            visit.again(&refusal, show_form(&visit, chain, &wallet.holdings, &fields.filled(&refusal)))
        }
    }
}

/// What is asked for: the asset, and the amount in its smallest unit (empty for any).
fn wanted(fields: &Fields, holdings: &[Holding]) -> Result<(String, String), Refusal> {
    let asset = fields.text("asset");
    let unit = holdings.iter().find(|it| it.asset == asset).or(holdings.first());
    let decimals = unit.map_or(0, |it| it.decimals);
    let asset = unit.map(|it| it.asset.clone()).unwrap_or_default();
    if longer_than(fields.text("label"), MAX_LABEL) {
        return Err(Refusal::input(
            "label",
            "too_long",
            format!("Please keep this to {MAX_LABEL} characters."),
        ));
    }
    Ok((asset, smallest(fields.text("amount"), decimals)?))
}

/// What a person wrote, in the smallest unit; empty stays empty.
fn smallest(text: &str, decimals: i64) -> Result<String, Refusal> {
    let text = text.replace([' ', '\u{a0}', '\u{202f}'], "").replace(',', ".");
    if text.is_empty() {
        return Ok(text);
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let decimals = usize::try_from(decimals).unwrap_or(0);
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let wrong = |code, sentence: String| Err(Refusal::input("amount", code, sentence));
    if !digits(whole) || !digits(fraction) || whole.len() + fraction.len() == 0 || whole.len() > 40 {
        return wrong("not_a_number", "This is not an amount. Write a number such as 0.5.".into());
    }
    if fraction.len() > decimals {
        return wrong("too_fine", format!("There are {decimals} digits behind the point at the most."));
    }
    let all = format!("{whole}{fraction:0<decimals$}");
    let all = all.trim_start_matches('0');
    Ok(if all.is_empty() { String::new() } else { all.to_owned() })
}

/// A query of what is not empty.
fn query_of(pairs: &[(&str, &str)]) -> String {
    let parts: Vec<String> = pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}

/// Percent-encodes what is not plain.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// What the code asks for.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    #[serde(default)]
    asset: String,
    #[serde(default)]
    amount: String,
    #[serde(default)]
    label: String,
}

/// `GET /wallet/crypto/{chain}/receive/{position}`
pub async fn address(
    visit: Signed,
    Path((chain, position)): Path<(String, i64)>,
    Query(wish): Query<Wish>,
) -> Answer {
    let chain = known(&chain)?;
    let wallet = visit.view(Wallet { chain: chain.into(), at: None, after: None }).await?;
    let view = visit.view(Address { chain: chain.into(), position }).await?;
    let unit = wallet.holdings.iter().find(|it| it.asset == wish.asset);
    // An address in the bar that somebody else made up is shown without its wishes.
    let wish = match unit {
        Some(_) if wish.amount.is_empty() || planet_exchange::chain::fits(&wish.amount) => wish,
        _ => Wish::default(),
    };
    visit.page(show_address(&visit, chain, position, &view, &wish, unit))
}

fn show_address(
    visit: &Signed,
    chain: &str,
    position: i64,
    view: &AddressView,
    wish: &Wish,
    unit: Option<&Holding>,
) -> Markup {
    let ui = &visit.ui;
    let standing = watched(visit, chain).map(|(_, standing)| standing);
    let link = if chain == EVM { eip681(view, wish) } else { bip21(view, wish) };
    let asked = unit
        .filter(|_| !wish.amount.is_empty())
        .map(|unit| super::amounts::amount(&Holding { exact: wish.amount.clone(), ..unit.clone() }));
    let network = network_name(ui, chain, &view.network);
    let page = Page::new(ui, ui.t("crypto-receive"))
        .section("wallet")
        .back(format!("/wallet/crypto/{chain}"), title(ui, chain));
    page.show(html! {
        (caveat(ui, standing.as_ref(), Some(&view.network)))
        @if !network.is_empty() { p { (badge_tone(Tone::Warn, &network)) } }
        @if view.used && chain == BITCOIN { (notice(ui, Tone::Warn, &ui.t("crypto-used"), html! { p { (ui.t("crypto-used-text")) } })) }
        div data-island="crypto-check" data-chain=(chain) data-network=(view.network) data-position=(position)
            data-address=(view.address) data-member=[ui.viewer.as_ref().map(|me| me.id)] {
            noscript { p.notice.tone-warn { (ui.t("crypto-unchecked")) } }
        }
        (card(html! {
            @if let Some(asked) = asked { p { (ui.t("crypto-asks")) " " (asked) } }
            @if !wish.label.is_empty() { p.note { (wish.label) } }
            (qr(&link, &ui.t_with("crypto-qr", &[("address", view.address.as_str().into())])))
            p { (ui.t("crypto-address")) }
            (whole(ui, &view.address))
            (more(ui, &ui.t("crypto-link"), whole(ui, &link)))
        }))
        p { (link_button(format!("/wallet/crypto/{chain}/receive"), ui.t(if chain == BITCOIN { "crypto-another" } else { "crypto-other-amount" }))) }
    })
}

/// What the code of a Bitcoin address says (BIP21).
fn bip21(view: &AddressView, wish: &Wish) -> String {
    let amount = if wish.amount.is_empty() { String::new() } else { bitcoins(&wish.amount) };
    let query = query_of(&[("amount", &amount), ("label", &wish.label)]);
    format!("bitcoin:{}{query}", view.address)
}

/// Satoshis in bitcoins, as BIP21 wants them: with a point and without spaces.
fn bitcoins(sats: &str) -> String {
    super::amounts::written(sats, 8).replace('\u{202f}', "")
}

/// What the code of an EVM address says (EIP-681).
fn eip681(view: &AddressView, wish: &Wish) -> String {
    let (address, network) = (&view.address, &view.network);
    match (wish.asset.as_str(), wish.amount.as_str()) {
        ("", "") => format!("ethereum:{address}@{network}"),
        ("", amount) => format!("ethereum:{address}@{network}?value={amount}"),
        (token, "") => format!("ethereum:{token}@{network}/transfer?address={address}"),
        (token, amount) => format!("ethereum:{token}@{network}/transfer?address={address}&uint256={amount}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &str, network: &str) -> AddressView {
        AddressView { address: address.into(), network: network.into(), used: false }
    }

    fn wish(asset: &str, amount: &str, label: &str) -> Wish {
        Wish { asset: asset.into(), amount: amount.into(), label: label.into() }
    }

    #[test]
    fn codes_say_what_the_standards_say() {
        let bitcoin = at("bc1qx", "main");
        assert_eq!(bip21(&bitcoin, &wish("", "", "")), "bitcoin:bc1qx");
        assert_eq!(
            bip21(&bitcoin, &wish("", "2030000000", "Luke & Leia")),
            "bitcoin:bc1qx?amount=20.3&label=Luke%20%26%20Leia"
        );
        assert_eq!(
            bip21(&bitcoin, &wish("", "123456789012345", "")),
            "bitcoin:bc1qx?amount=1234567.89012345"
        );
        let evm = at("0xAb", "1");
        assert_eq!(eip681(&evm, &wish("", "5", "")), "ethereum:0xAb@1?value=5");
        assert_eq!(eip681(&evm, &wish("0xcc", "7", "")), "ethereum:0xcc@1/transfer?address=0xAb&uint256=7");
    }

    #[test]
    fn amounts_are_read_into_the_smallest_unit() {
        assert_eq!(smallest("0,5", 8).unwrap(), "50000000");
        assert_eq!(smallest(" 1 000 ", 2).unwrap(), "100000");
        assert_eq!(smallest("", 8).unwrap(), "");
        assert_eq!(smallest("0", 8).unwrap(), "");
        for wrong in ["x", "1.2.3", "-1", ".", "1e9"] {
            assert_eq!(smallest(wrong, 8).unwrap_err().code, "not_a_number", "{wrong}");
        }
        assert_eq!(smallest("0.123", 2).unwrap_err().code, "too_fine");
    }
}
