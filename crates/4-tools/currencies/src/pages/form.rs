//! The fields of a currency's terms: shown with what is usual, and read again. Designing and changing use the same.

use super::{amount_in, unit};
use crate::terms::{Holders, MAX_STATEMENT, Price, Terms};
use crate::views::Money;
use planet_corridor::refusal::Refusal;
use planet_kit::prelude::*;
use planet_kit::web::Fields;
use planet_ledger::CurrencyKind;
use planet_ontology::ids::CurrencyId;
use planet_ontology::roles::Role;
use planet_ontology::units::{Amount, MINUTES};

/// Decimals of a share: 1.75 % is 17,500 millionths.
const SHARE: u8 = 4;

/// The fields of the terms, for every kind.
pub(super) const FIELDS: [&str; 17] = [
    "holders",
    "issuers",
    "sold",
    "price_get",
    "price_give",
    "price_currency",
    "cap",
    "lifetime",
    "notice",
    "refund",
    "demurrage",
    "levy",
    "min",
    "max",
    "soft",
    "backing",
    "redemption",
];

/// What is filled in before anybody has written anything.
pub(super) fn usual(kind: CurrencyKind) -> Filled {
    let mut filled = Filled::default();
    let pairs: &[(&str, &str)] = match kind {
        CurrencyKind::Voucher => &[
            ("decimals", "2"),
            ("holders", "club"),
            ("issuers", "keepers"),
            ("sold", "yes"),
            ("price_get", "100"),
            ("price_give", "90"),
            ("cap", "1000"),
            ("lifetime", "365"),
            ("notice", "30"),
            ("refund", "14"),
        ],
        CurrencyKind::Time => &[("holders", "club"), ("min", "-40"), ("max", "100"), ("soft", "-10")],
        _ => &[("decimals", "2"), ("holders", "club"), ("min", "-100"), ("max", "200"), ("soft", "-50")],
    };
    for (name, value) in pairs {
        filled.set(name, *value);
    }
    for name in ["demurrage", "levy"] {
        filled.set(name, "0");
    }
    filled
}

/// What terms would be as somebody filled them in.
pub(super) fn written(terms: &Terms, money: &Money, price: Option<&Money>) -> Filled {
    let mut filled = Filled::default();
    filled.set("holders", terms.holders.word());
    filled.set("issuers", issuers_word(&terms.issuers));
    if let (Some(it), Some(paid_in)) = (terms.price, price) {
        filled.set("sold", "yes");
        filled.set("price_get", it.get.typed(money.decimals));
        filled.set("price_give", it.give.typed(paid_in.decimals));
        filled.set("price_currency", it.currency.to_string());
    }
    if let Some(cap) = terms.cap {
        filled.set("cap", cap.typed(money.decimals));
    }
    filled.set("lifetime", terms.lifetime.map(|days| days.to_string()).unwrap_or_default());
    filled.set("notice", terms.notice.to_string());
    filled.set("refund", terms.refund.to_string());
    for (name, share) in [("demurrage", terms.demurrage), ("levy", terms.levy)] {
        let text = Amount(share).typed(SHARE);
        filled.set(name, text.trim_end_matches('0').trim_end_matches('.'));
    }
    filled.set("min", terms.min.typed(money.decimals));
    filled.set("max", terms.max.typed(money.decimals));
    filled.set("soft", terms.soft_min.map(|soft| soft.typed(money.decimals)).unwrap_or_default());
    filled.set("backing", terms.backing.clone());
    filled.set("redemption", terms.redemption.clone());
    filled
}

fn issuers_word(roles: &[Role]) -> &'static str {
    match (roles.contains(&Role::Member), roles.contains(&Role::Treasurer)) {
        (true, _) => "members",
        (false, true) => "keepers",
        (false, false) => "stewards",
    }
}

fn issuers_of(word: &str) -> Vec<Role> {
    match word {
        "members" => vec![Role::Member, Role::Treasurer, Role::Steward],
        "stewards" => vec![Role::Steward],
        _ => vec![Role::Treasurer, Role::Steward],
    }
}

/// The fields that a kind has. `purses` are the currencies that the group can be paid in.
pub(super) fn fields(ui: &Ui, kind: CurrencyKind, own: &Unit, purses: &[Money], filled: &Filled) -> Markup {
    html! {
        @if kind == CurrencyKind::Voucher { (voucher(ui, own, purses, filled)) } @else { (credit(ui, kind, own, filled)) }
        (holders(ui, filled))
        (more(ui, &ui.t("currencies-more"), html! {
            @for (name, label) in [("levy", "currencies-f-levy"), ("demurrage", "currencies-f-demurrage")] {
                (field(name, ui.t(label)).hint(ui.t(&format!("{label}-hint"))).number().after("%").filled(filled))
            }
        }))
    }
}

fn holders(ui: &Ui, filled: &Filled) -> Markup {
    [Holders::Club, Holders::Group, Holders::Asked]
        .iter()
        .fold(choices("holders", ui.t("currencies-f-holders")), |all, it| {
            let word = it.word();
            all.option(
                word,
                ui.t(&format!("currencies-holders-{word}")),
                ui.t(&format!("currencies-holders-about-{word}")),
            )
        })
        .selected("club")
        .filled(filled)
        .render()
}

fn voucher(ui: &Ui, own: &Unit, purses: &[Money], filled: &Filled) -> Markup {
    let days = |name: &'static str| {
        field(name, ui.t(&format!("currencies-f-{name}")))
            .hint(ui.t(&format!("currencies-f-{name}-hint")))
            .number()
            .after(ui.t("currencies-days"))
            .filled(filled)
    };
    let paid_in =
        purses.iter().fold(select("price_currency", ui.t("currencies-f-price-currency")), |all, it| {
            all.option(it.id.to_string(), format!("{} ({})", it.name, it.symbol))
        });
    let issuers = ["keepers", "stewards", "members"]
        .iter()
        .fold(select("issuers", ui.t("currencies-f-issuers")), |all, it| {
            all.option(*it, ui.t(&format!("currencies-issuers-{it}")))
        });
    html! {
        (field("backing", ui.t("currencies-f-promise")).hint(ui.t("currencies-f-promise-hint")).area(3).limit(MAX_STATEMENT).required().filled(filled))
        (field("redemption", ui.t("currencies-f-redemption")).hint(ui.t("currencies-f-redemption-hint")).area(2).limit(MAX_STATEMENT).optional(ui).filled(filled))
        fieldset.group {
            legend { (ui.t("currencies-price")) }
            (check("sold", ui.t("currencies-f-sold")).hint(ui.t("currencies-f-sold-hint")).checked(filled.value("sold").is_some()).filled(filled))
            div.fields {
                (field("price_get", ui.t("currencies-f-price-get")).money(own).filled(filled))
                (field("price_give", ui.t("currencies-f-price-give")).number().with("inputmode", "decimal").filled(filled))
            }
            (paid_in.filled(filled))
        }
        (field("cap", ui.t("currencies-f-cap")).hint(ui.t("currencies-f-cap-hint")).money(own).required().filled(filled))
        (days("lifetime"))
        (days("notice"))
        (days("refund"))
        (issuers.hint(ui.t("currencies-f-issuers-hint")).filled(filled))
    }
}

fn credit(ui: &Ui, kind: CurrencyKind, own: &Unit, filled: &Filled) -> Markup {
    let label = |name: &str| {
        let key = if kind == CurrencyKind::Time {
            format!("currencies-t-{name}")
        } else {
            format!("currencies-f-{name}")
        };
        (ui.t(&key), ui.t(&format!("{key}-hint")))
    };
    html! {
        @for name in ["min", "soft", "max"] {
            @let (title, hint) = label(name);
            (field(name, title).hint(hint).money(own).filled(filled))
        }
        (field("backing", ui.t("currencies-f-backing")).hint(ui.t("currencies-f-backing-hint")).area(3).limit(MAX_STATEMENT).optional(ui).filled(filled))
    }
}

/// Reads the terms of a kind from a form.
pub(super) fn read(
    fields: &Fields,
    kind: CurrencyKind,
    own: &Unit,
    purses: &[Money],
) -> Result<Terms, Refusal> {
    let number = |name: &str| -> Result<i64, Refusal> {
        let text = fields.text(name);
        if text.is_empty() {
            Ok(0)
        } else {
            fields.parse(name, "number_unclear", "Write a whole number, such as 30.")
        }
    };
    let share = |name: &str| -> Result<i64, Refusal> {
        if fields.text(name).is_empty() {
            return Ok(0);
        }
        let percent = Unit { symbol: "%".into(), decimals: SHARE };
        amount_in(fields, name, &percent).map(|amount| amount.0)
    };
    let voucher = kind == CurrencyKind::Voucher;
    let money = |name: &str| amount_in(fields, name, own);
    let holders = Holders::from_word(fields.text("holders"));
    let holders =
        holders.ok_or_else(|| Refusal::input("holders", "holders_unknown", "Choose who may hold it."))?;
    let soft = if voucher || fields.text("soft").is_empty() { None } else { Some(money("soft")?) };
    Ok(Terms {
        holders,
        issuers: issuers_of(fields.text("issuers")),
        price: if voucher { price(fields, own, purses)? } else { None },
        cap: if voucher { Some(money("cap")?) } else { None },
        lifetime: Some(number("lifetime")?).filter(|days| voucher && *days != 0),
        notice: if voucher { number("notice")? } else { 0 },
        refund: if voucher { number("refund")? } else { 0 },
        demurrage: share("demurrage")?,
        levy: share("levy")?,
        min: if voucher { Amount(0) } else { money("min")? },
        max: if voucher { Amount(0) } else { money("max")? },
        soft_min: soft,
        soft_max: None,
        backing: fields.text("backing").into(),
        redemption: fields.text("redemption").into(),
    })
}

fn price(fields: &Fields, own: &Unit, purses: &[Money]) -> Result<Option<Price>, Refusal> {
    if !fields.ticked("sold") {
        return Ok(None);
    }
    let unknown = || Refusal::from(crate::error::CurrencyError::PriceCurrencyUnknown);
    let currency: CurrencyId = fields.text("price_currency").parse().map_err(|_| unknown())?;
    let paid_in = purses.iter().find(|it| it.id == currency).ok_or_else(unknown)?;
    let (get, give) =
        (amount_in(fields, "price_get", own)?, amount_in(fields, "price_give", &unit(paid_in))?);
    Ok(Some(Price { currency, give, get }))
}

/// How the amounts of a currency that is being designed are written.
pub(super) fn own_unit(kind: CurrencyKind, symbol: &str, decimals: &str) -> Unit {
    let symbol = if symbol.is_empty() { "?" } else { symbol }.to_owned();
    let decimals = if kind == CurrencyKind::Time { MINUTES } else { decimals.parse().unwrap_or(2) };
    Unit { symbol, decimals }
}

/// A price in words: what so much costs.
pub(super) fn price_said(price: &Price, own: &Unit, paid_in: &Unit) -> (String, String) {
    (own.said(price.get), paid_in.said(price.give))
}
