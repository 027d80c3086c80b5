//! Paying by card: the one page that loads a script of somebody else, with a content security policy of its own; and the door at
//! which the card processor knocks.

use super::opening::name_of;
use super::{amount, path, unit};
use crate::acts::cards::{AskCardBack, CardHint, SendCardBack};
use crate::cards::CardDesk;
use crate::error::TreasuryError;
use crate::views::card::{CardPage, CardView};
use crate::views::passages::{PayInPage, PayOutPage};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect};
use planet_corridor::actor::Actor;
use planet_corridor::refusal::Fault;
use planet_corridor::task::Call;
use planet_exchange::cards::{Cards, verify};
use planet_kit::prelude::*;
use planet_kit::web::fields::fresh_key;
use planet_kit::web::{Answer, Desk, Fields, Signed};
use planet_ontology::ids::{PayInId, PayOutId};
use std::sync::Arc;
use std::time::Duration;

/// How long the page waits until the processor was asked, in steps of [`STEP`].
const STEPS: usize = 20;
const STEP: Duration = Duration::from_millis(250);
/// Where the processor itself asks the payer's bank, in a frame.
const HOOKS: &str = "https://hooks.stripe.com";

/// The desk at which cards are taken, if this node has one.
pub(super) fn card_desk(desk: &Desk) -> Option<Arc<CardDesk>> {
    desk.service::<CardDesk>()
}

pub(super) async fn page(visit: Signed, Path(id): Path<PayInId>) -> Answer {
    let desk = card_desk(&visit.desk).ok_or(TreasuryError::NoCards)?;
    let mut view = visit.view(CardPage { id }).await?;
    for _ in 0..STEPS {
        if view.state != "open" || !view.secret.is_empty() {
            break;
        }
        desk.ring();
        tokio::time::sleep(STEP).await;
        view = visit.view(CardPage { id }).await?;
    }
    if view.line.state != "waiting" {
        return Ok(Redirect::to(&format!("/treasury/pay-ins/{id}")).into_response());
    }
    let mut response = visit.page(show(&visit.ui, &view, &desk.cards))?;
    if let Ok(policy) = HeaderValue::from_str(&policy(&desk.cards)) {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

/// What this page alone may load and do: besides our own, the processor's script, its API and its frames. The script shows its
/// fields from hosts below its own.
fn policy(cards: &Cards) -> String {
    let (script, api) = cards.origins();
    let below = script.strip_prefix("https://").map(|host| format!(" https://*.{host}")).unwrap_or_default();
    format!(
        "default-src 'self'; script-src 'self' {script}{below}; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self' {api}; frame-src {script}{below} {HOOKS}; manifest-src 'self'; worker-src 'self'; object-src 'none'; \
         frame-ancestors 'none'; form-action 'self'; base-uri 'none'"
    )
}

fn show(ui: &Ui, view: &CardView, cards: &Cards) -> Markup {
    let (held, line) = (&view.held, &view.line);
    let back = format!("/treasury/pay-ins/{}", line.id);
    let page =
        Page::new(ui, ui.t("treasury-card-title")).section("wallet").back(path(held, ""), name_of(ui, held));
    if view.secret.is_empty() {
        return page.show(html! {
            (notice(ui, Tone::Info, &ui.t("treasury-card-moment"), html! { p { (ui.t("treasury-card-moment-text")) } }))
            (link_button(format!("{back}/card"), ui.t("treasury-card-again")).primary())
        });
    }
    page.lead(ui.t("treasury-card-lead")).show(html! {
        @if !view.problem.is_empty() { (notice(ui, Tone::Warn, &ui.t("treasury-card-failed"), html! { p { (ui.t("treasury-card-failed-text")) } })) }
        (card(html! {
            (balance(line.amount, &unit(held)))
            form.form data-island="card" data-script=(cards.script()) data-key=(cards.publishable()) data-secret=(view.secret)
                data-done=(back) data-wait=(ui.t("treasury-card-wait")) data-sorry=(ui.t("treasury-card-sorry")) {
                p.note { (ui.t("treasury-card-fields")) }
                div.card-fields data-fields {}
                p.field-error role="alert" data-problem {}
                noscript { p.notice.tone-warn { (ui.t("treasury-card-script")) } }
                div.form-end { (button(ui.t("treasury-card-pay")).primary()) (link_button(back, ui.t("treasury-back")).quiet()) }
            }
        }))
        p.note { (ui.t("treasury-card-never")) }
    })
}

/// The card processor knocks. Whatever it says, we only look; so there is nothing to say back but whether we heard it.
pub(super) async fn hear(State(desk): State<Desk>, headers: HeaderMap, body: Bytes) -> (StatusCode, String) {
    let Some(cards) = card_desk(&desk) else {
        return (StatusCode::NOT_FOUND, "This club takes no cards.".into());
    };
    let signature = headers.get("stripe-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let event = match verify(cards.cards.webhook_secret(), signature, &body, desk.now()) {
        Ok(event) => event,
        Err(error) => return (StatusCode::BAD_REQUEST, error.to_string()),
    };
    let Some(intent) = event.intent else { return (StatusCode::OK, "Not about a payment.".into()) };
    let call = Call { actor: Actor::House, key: fresh_key(), now: desk.now() };
    match desk.corridor().act(call, CardHint { event: event.id, intent }).await {
        Ok(_) | Err(Fault::Refused(_)) => {
            cards.ring();
            (StatusCode::OK, "Heard.".into())
        }
        Err(error) => {
            tracing::error!(%error, "a message of the card processor could not be kept");
            (StatusCode::SERVICE_UNAVAILABLE, "Please send this again.".into())
        }
    }
}

/// Asks that what was paid by card goes back to the card.
pub(super) async fn ask_back(visit: Signed, Path(id): Path<PayInId>, fields: Fields) -> Answer {
    let (key, view) = (fields.key(&["amount"])?, visit.view(PayInPage { id }).await?);
    let amount = amount(&fields, "amount", &view.held)?;
    let done = visit.act(key, AskCardBack { pay_in: id, amount }).await??;
    match done.output {
        Some(pay_out) => visit.done(&format!("/treasury/pay-outs/{pay_out}"), "treasury-asked-out"),
        None => super::done(&visit, &done, &path(&view.held, ""), "treasury-asked-out"),
    }
}

/// A treasurer has it given back to the card.
pub(super) async fn send_back(visit: Signed, Path(id): Path<PayOutId>, fields: Fields) -> Answer {
    let desk = card_desk(&visit.desk).ok_or(TreasuryError::NoCards)?;
    let view = visit.view(PayOutPage { id }).await?;
    visit.act(fields.key(&[])?, SendCardBack { pay_out: id }).await??;
    desk.ring();
    visit.done(&path(&view.held, "desk"), "treasury-card-sent-back")
}

#[cfg(test)]
mod tests {
    use super::*;
    use planet_exchange::cards::CardOptions;

    #[test]
    fn the_page_loads_the_processors_script_and_nothing_else_of_others() {
        let options = CardOptions {
            url: "https://api.stripe.com".into(),
            key: "sk_test_1".into(),
            publishable: "pk_test_1".into(),
            webhook_secret: "whsec_12345".into(),
            script: "https://js.stripe.com/v3/".into(),
        };
        let policy = policy(&Cards::new(options).unwrap());
        for part in [
            "script-src 'self' https://js.stripe.com https://*.js.stripe.com;",
            "connect-src 'self' https://api.stripe.com;",
            "frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com;",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
    }
}
