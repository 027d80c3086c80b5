//! Signing in with a click, for the furnished town of `planet demo`. These routes are merged by that command only, never by a
//! club's node.

use super::acts::{By, SignIn};
use super::error::KeysError;
use super::label;
use super::sent;
use axum::Router;
use axum::http::HeaderMap;
use axum::routing::{get, post};
use planet_corridor::agents;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Desk, Fields, Visit};
use planet_ontology::ids::{AgentId, GroupId, MemberId};

/// The most people on the list.
const MOST: i64 = 500;

/// The list of all members, and a button for each.
pub fn routes() -> Router<Desk> {
    Router::new().route("/demo", get(page)).route("/demo/sign-in", post(enter))
}

async fn page(visit: Visit) -> Answer {
    let people = visit.desk.store().read(|tx| agents::members(tx, GroupId::CLUB, MOST)).await?;
    visit.page(show(&visit.ui, &people))
}

fn show(ui: &Ui, people: &[(AgentId, String, String, String)]) -> Markup {
    bare(
        ui,
        &ui.t("keys-demo-title"),
        html! {
            h1 { (ui.t("keys-demo-title")) }
            p.lead { (ui.t("keys-demo-lead")) }
            (list(people.iter().map(|(id, handle, name, _)| {
                let enter = act_button(ui, "/demo/sign-in", button(ui.t("keys-demo-enter")).small());
                row(name)
                    .lead(mark(id.0, Scale::Middle))
                    .note(html! { "@" (handle) })
                    .end(enter.hidden("member", id.to_string()).render())
            })))
        },
    )
}

async fn enter(visit: Visit, headers: HeaderMap, fields: Fields) -> Answer {
    fields.only(&["member"])?;
    let nobody = KeysError::NobodyThere;
    let member: MemberId = fields.parse("member", nobody.code(), &nobody.to_string())?;
    let (token, token_hash) = sent::session_token()?;
    let act = SignIn { token_hash, label: label::of_browser(&headers), by: By::Demonstration {} };
    visit.desk.corridor().act(sent::call(&visit.desk, member), act).await?;
    Ok(sent::signed_in(visit.done("/", "keys-demo-told")?, &visit.desk, &token))
}
