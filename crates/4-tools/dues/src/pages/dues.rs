//! What membership costs, and what is between the member and the club. Whoever thinks of joining sees the first part.

use super::{state_badge, unit, what};
use crate::acts::pay::{Choose, PayDues};
use crate::rows::lines::LineRow;
use crate::rows::reliefs::ReliefRow;
use crate::views::mine::{Mine, MineView};
use crate::views::terms::{InForce, TermsPage, TermsView};
use axum::extract::Path;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed, Visit};
use planet_ontology::ids::DuesLineId;
use planet_ontology::units::Moment;

pub(super) async fn page(visit: Visit) -> Answer {
    let view = visit.view(TermsPage {}).await?;
    if visit.me.is_none() {
        let ui = &visit.ui;
        let body = html! {
            h1 { (ui.t("dues-costs")) }
            (costs(ui, &view))
            div.stack { (link_button("/", ui.t("dues-to-the-door")).quiet().wide()) }
        };
        return visit.page(bare(ui, &ui.t("dues-costs"), body));
    }
    let mine = visit.view(Mine {}).await?;
    visit.page(show(&visit.ui, &view, &mine, &Filled::default()))
}

fn show(ui: &Ui, view: &TermsView, mine: &MineView, filled: &Filled) -> Markup {
    let keeper = html! { @if mine.keeper { (link_button("/membership/desk", ui.t("dues-desk")).icon(ui, "receipt-text")) } };
    Page::new(ui, ui.t("dues-title")).section("settings").lead(ui.t("dues-lead")).actions(keeper).show(html! {
        (owed(ui, mine))
        @if view.in_force.is_some() {
            (section(&ui.t("dues-how"), html! {}, choosing(ui, mine, filled)))
            (section(&ui.t("dues-help"), html! {}, help(ui, view, mine)))
        }
        (section(&ui.t("dues-costs"), html! {}, html! {
            (costs(ui, view))
            @if view.may_propose && view.in_force.is_some() { div.cluster { (link_button("/membership/dues/change", ui.t("dues-propose")).quiet()) } }
        }))
        (section(&ui.t("dues-more"), html! {}, list([
            row(ui.t("dues-shares")).href("/membership/shares").lead(icon(ui, "ticket")).note(ui.t_with("dues-shares-held", &[("count", mine.held.into())])),
            row(ui.t("dues-register")).href("/membership/register").lead(icon(ui, "users")).note(ui.t("dues-register-note")),
        ])))
        @let settled: Vec<&LineRow> = mine.lines.iter().filter(|it| it.state != "owed").collect();
        @if !settled.is_empty() { (more(ui, &ui.t("dues-before"), list(settled.into_iter().map(|it| line(ui, mine, it))))) }
    })
}

/// What is open, each with its button.
fn owed(ui: &Ui, mine: &MineView) -> Markup {
    let open: Vec<&LineRow> = mine.lines.iter().rev().filter(|it| it.state == "owed").collect();
    let missing = html! {
        @if mine.missing > 0 {
            (notice(ui, Tone::Info, &ui.t_with("dues-shares-missing", &[("count", mine.missing.into())]), html! {
                p { a href="/membership/shares" { (ui.t("dues-shares-buy")) } }
            }))
        }
    };
    html! {
        (missing)
        @if open.is_empty() { (notice(ui, Tone::Good, &ui.t("dues-nothing-open"), html! {})) }
        @else { (section(&ui.t("dues-open"), html! {}, list(open.into_iter().map(|it| line(ui, mine, it))))) }
    }
}

fn line(ui: &Ui, mine: &MineView, it: &LineRow) -> impl Render + use<> {
    let unit = unit(&mine.moneys, it.currency);
    let open = it.state == "owed";
    let pay =
        act_button(ui, format!("/membership/dues/{}/pay", it.id), button(ui.t("dues-pay")).primary().small());
    let line = row(what(ui, &it.kind, &it.period))
        .lead(icon(ui, "receipt-text"))
        .end(money(it.amount, &unit))
        .note(html! {
            (state_badge(ui, &it.state, it.due < ui.now)) " "
            @if open { (ui.t_with("dues-due", &[("day", day(ui, it.due).into())])) }
            @else if let Some(ended) = it.ended { (day(ui, ended)) }
            @if open && !it.problem.is_empty() { " \u{b7} " (ui.t("dues-not-paid")) " " (it.problem) }
        });
    if open { line.actions(html! { (pay) }) } else { line }
}

fn choosing(ui: &Ui, mine: &MineView, filled: &Filled) -> Markup {
    card(form(ui, "/membership/dues/choose", html! {
        (check("by_itself", ui.t("dues-by-itself")).hint(ui.t("dues-by-itself-hint")).checked(mine.by_itself).filled(filled))
        (field("email", ui.t("dues-email")).hint(ui.t("dues-email-hint")).optional(ui).with("autocomplete", "email").value(&mine.email).filled(filled))
        div.form-end { (button(ui.t("dues-save"))) }
    }).filled(filled).render())
}

fn help(ui: &Ui, view: &TermsView, mine: &MineView) -> Markup {
    let waits = mine.reliefs.iter().any(|it| it.state == "asked");
    html! {
        @if let Some(it) = &view.in_force { blockquote { (it.terms.hardship) } }
        p.note { (ui.t("dues-help-private")) }
        @if !mine.reliefs.is_empty() { (list(mine.reliefs.iter().map(|it| request(ui, it)))) }
        @if !waits { div.cluster { (link_button("/membership/dues/ask", ui.t("dues-ask")).icon(ui, "heart")) } }
    }
}

fn request(ui: &Ui, it: &ReliefRow) -> impl Render + use<> {
    let tone = match it.state.as_str() {
        "granted" => Tone::Good,
        "refused" => Tone::Warn,
        _ => Tone::Info,
    };
    let line = row(wish(ui, &it.kind, it.percent, it.until)).lead(icon(ui, "heart")).note(html! {
        (badge_tone(tone, &ui.t(&format!("dues-relief-{}", it.state)))) " " (ago(ui, it.answered.unwrap_or(it.asked)))
        @if !it.answer.is_empty() { " \u{b7} " (it.answer) }
    });
    let path = format!("/membership/dues/requests/{}/withdraw", it.id);
    if it.state == "asked" {
        line.actions(html! { (act_button(ui, path, button(ui.t("dues-take-back")).quiet().small())) })
    } else {
        line
    }
}

/// What somebody asks for, in words.
pub(super) fn wish(ui: &Ui, kind: &str, percent: i64, until: Option<Moment>) -> String {
    let until = until.map(|until| day(ui, until)).unwrap_or_default();
    ui.t_with(&format!("dues-wish-{kind}"), &[("percent", percent.into()), ("day", until.into())])
}

/// What membership costs, in plain words, with the decision that made it so.
pub(super) fn costs(ui: &Ui, view: &TermsView) -> Markup {
    let Some(it) = &view.in_force else {
        let nothing = empty(ui, "receipt-text", ui.t("dues-no-terms"), ui.t("dues-no-terms-text"));
        let propose = || link_button("/membership/dues/change", ui.t("dues-propose-first")).primary();
        return html! { @if view.may_propose { (nothing.action(propose())) } @else { (nothing) } };
    };
    html! {
        (card(facts(fact_pairs(ui, it).iter().map(|(name, value)| (name.as_str(), value.clone())))))
        p.note {
            (ui.t_with("dues-since", &[("day", day(ui, it.adopted).into())])) " "
            @if let Some(proposal) = it.proposal { a href={ "/decisions/" (proposal) } { (ui.t("dues-decision")) } }
        }
    }
}

fn fact_pairs(ui: &Ui, it: &InForce) -> Vec<(String, Markup)> {
    let unit = Unit { symbol: it.money.symbol.clone(), decimals: it.money.decimals };
    let terms = &it.terms;
    let amount = |amount: planet_ontology::units::Amount, key: &str| {
        if amount.0 == 0 {
            html! { (ui.t("dues-none")) }
        } else {
            html! { (money(amount, &unit)) " " (ui.t(key)) }
        }
    };
    let mut pairs = vec![
        (ui.t("dues-joining-fee"), amount(terms.joining_fee, "dues-once")),
        (
            ui.t("dues-dues"),
            html! {
                (amount(terms.dues, &format!("dues-every-{}", terms.every.word())))
                @if let Some(next) = it.next.as_deref().filter(|_| terms.dues.0 > 0).and_then(Moment::of_day) {
                    ", " (ui.t_with("dues-next", &[("day", day(ui, next).into())]))
                }
            },
        ),
        (ui.t("dues-share-price"), amount(terms.share_price, "dues-each")),
    ];
    if terms.share_price.0 > 0 {
        let numbers = [("least", terms.least_shares.into()), ("most", terms.most_shares.into())];
        pairs.push((ui.t("dues-how-many"), html! { (ui.t_with("dues-how-many-text", &numbers)) }));
        pairs.push((
            ui.t("dues-notice"),
            html! { (ui.t_with("dues-notice-text", &[("count", terms.notice_days.into())])) },
        ));
    }
    pairs.push((ui.t("dues-vote"), html! { (ui.t("dues-vote-text")) }));
    pairs.push((ui.t("dues-hardship"), html! { (terms.hardship) }));
    pairs
}

pub(super) async fn pay(visit: Signed, Path(line): Path<DuesLineId>, fields: Fields) -> Answer {
    match visit.act(fields.key(&[])?, PayDues { line }).await? {
        Ok(_) => visit.done("/membership/dues", "dues-told-paid"),
        Err(refusal) => again(&visit, &fields, &refusal).await,
    }
}

pub(super) async fn choose(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&["by_itself", "email"])?;
    let choose = Choose { by_itself: fields.ticked("by_itself"), email: fields.text("email").into() };
    match visit.act(key, choose).await? {
        Ok(_) => visit.done("/membership/dues", "dues-told-saved"),
        Err(refusal) => again(&visit, &fields, &refusal).await,
    }
}

pub(super) async fn again(
    visit: &Signed,
    fields: &Fields,
    refusal: &planet_corridor::refusal::Refusal,
) -> Answer {
    let (view, mine) = (visit.view(TermsPage {}).await?, visit.view(Mine {}).await?);
    visit.again(refusal, show(&visit.ui, &view, &mine, &fields.filled(refusal)))
}
