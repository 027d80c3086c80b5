//! Terms in sentences: what the group promises and what holders can rely on. The preview and the page of a currency say the same.

use super::form::price_said;
use super::last_day;
use crate::terms::Terms;
use planet_kit::prelude::*;
use planet_ledger::CurrencyKind;
use planet_ontology::roles::Role;
use planet_ontology::units::Amount;

/// A currency, as sentences need it.
pub(super) struct Sheet<'a> {
    pub name: &'a str,
    pub kind: CurrencyKind,
    pub unit: Unit,
    pub issuer: &'a str,
    pub terms: &'a Terms,
    pub paid_in: Option<Unit>,
    /// Whether those who are about to promise read it, and not those to whom it is promised.
    pub ours: bool,
}

/// The sentences, each with its icon.
pub(super) fn sentences(ui: &Ui, sheet: &Sheet) -> Markup {
    let lines = if sheet.kind == CurrencyKind::Voucher { voucher(ui, sheet) } else { credit(ui, sheet) };
    let lines = lines.into_iter().chain(common(ui, sheet));
    html! { ul.promises { @for (sign, line) in lines { li { (icon(ui, sign)) span { (line) } } } } }
}

type Sentence = (&'static str, String);

fn voucher(ui: &Ui, sheet: &Sheet) -> Vec<Sentence> {
    let (terms, unit) = (sheet.terms, &sheet.unit);
    let named = [("issuer", sheet.issuer.into()), ("name", sheet.name.into())];
    let promise = if sheet.ours { "currencies-say-you-promise" } else { "currencies-say-promise" };
    let mut lines = vec![("hand-coins", ui.t_with(promise, &named))];
    if let (Some(price), Some(paid_in)) = (&terms.price, &sheet.paid_in) {
        let (get, give) = price_said(price, unit, paid_in);
        lines.push(("tag", ui.t_with("currencies-say-price", &[("get", get.into()), ("give", give.into())])));
    } else {
        lines.push(("tag", ui.t("currencies-say-not-sold")));
    }
    if let Some(cap) = terms.cap {
        let args = [("cap", unit.said(cap).into()), ("issuer", sheet.issuer.into())];
        lines.push(("scale", ui.t_with("currencies-say-cap", &args)));
    }
    lines.push(match terms.lifetime {
        None => ("hourglass", ui.t("currencies-say-for-ever")),
        Some(days) => {
            let end = ui.now.plus_seconds(days.saturating_mul(86_400));
            let args = [
                ("days", days.into()),
                ("date", last_day(ui, end.next_day()).into()),
                ("notice", terms.notice.into()),
            ];
            ("hourglass", ui.t_with("currencies-say-ends", &args))
        }
    });
    lines.push(if terms.refund == 0 {
        ("arrow-left", ui.t("currencies-say-no-refund"))
    } else {
        ("arrow-left", ui.t_with("currencies-say-refund", &[("days", terms.refund.into())]))
    });
    lines.push(("users", ui.t_with(issuers_key(terms), &[("issuer", sheet.issuer.into())])));
    lines
}

fn issuers_key(terms: &Terms) -> &'static str {
    match (terms.issuers.contains(&Role::Member), terms.issuers.contains(&Role::Treasurer)) {
        (true, _) => "currencies-say-issuers-members",
        (false, true) => "currencies-say-issuers-keepers",
        (false, false) => "currencies-say-issuers-stewards",
    }
}

fn credit(ui: &Ui, sheet: &Sheet) -> Vec<Sentence> {
    let (terms, unit) = (sheet.terms, &sheet.unit);
    let limits = [("min", unit.said(terms.min).into()), ("max", unit.said(terms.max).into())];
    let begins =
        if sheet.kind == CurrencyKind::Time { "currencies-say-time" } else { "currencies-say-mutual" };
    let mut lines = vec![
        ("hand-coins", ui.t_with(begins, &[("name", sheet.name.into())])),
        ("scale", ui.t_with("currencies-say-limits", &limits)),
    ];
    if let Some(soft) = terms.soft_min {
        lines.push(("bell", ui.t_with("currencies-say-soft", &[("soft", unit.said(soft).into())])));
    }
    if sheet.kind == CurrencyKind::Time {
        lines.push(("badge-check", ui.t("currencies-say-service")));
    }
    lines
}

fn common(ui: &Ui, sheet: &Sheet) -> Vec<Sentence> {
    let terms = sheet.terms;
    let issuer = [("issuer", sheet.issuer.into())];
    let share = |millionths: i64| {
        let text = Amount(millionths).show(4);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    let mut lines =
        vec![("eye", ui.t_with(&format!("currencies-say-holders-{}", terms.holders.word()), &issuer))];
    if terms.levy > 0 {
        let args = [("share", share(terms.levy).into()), ("issuer", sheet.issuer.into())];
        lines.push(("sprout", ui.t_with("currencies-say-levy", &args)));
    }
    if terms.demurrage > 0 {
        let args = [("share", share(terms.demurrage).into()), ("issuer", sheet.issuer.into())];
        lines.push(("sprout", ui.t_with("currencies-say-demurrage", &args)));
    }
    lines.push(("vote", ui.t_with("currencies-say-changes", &issuer)));
    lines
}
