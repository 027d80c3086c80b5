//! Words and small pieces that several pages of this room share: what a detail is called, who sees it.

use crate::error::ProfileError;
use crate::rows::Offer;
use crate::views::Shown;
use planet_corridor::agents;
use planet_corridor::refusal::Fault;
use planet_kit::prelude::*;
use planet_kit::web::{Fields, Signed};
use planet_ontology::ids::MemberId;

/// Who sees something, in plain words.
pub fn audience(ui: &Ui, offer: &Offer) -> String {
    ui.t_with(&format!("profiles-audience-{}", offer.kind), &[("name", offer.name.as_str().into())])
}

/// Who sees something, with the icon of that audience.
pub fn audience_badge(ui: &Ui, offer: &Offer) -> Markup {
    let icon = match offer.kind.as_str() {
        "public" => "globe",
        "circle" => "heart",
        "me" => "lock",
        _ => "users",
    };
    with_icon(ui, icon, &audience(ui, offer))
}

/// What a detail is called.
pub fn label(ui: &Ui, kind: &str, label: &str) -> String {
    if label.is_empty() { ui.t(&format!("profiles-kind-{kind}")) } else { label.to_owned() }
}

/// What a detail says, as a link where one can do something with it.
pub fn value(detail: &Shown) -> Markup {
    let text = &detail.value;
    match detail.kind.as_str() {
        "about" => markdown(text),
        "website" => html! { a href=(text) rel="nofollow noopener me" { (text) } },
        "email" => html! { a href={ "mailto:" (text) } { (text) } },
        "phone" => {
            let number: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            html! { a href={ "tel:" (number) } { (text) } }
        }
        _ => html! { (text) },
    }
}

/// The member whom a type-ahead chose: by id where the script filled it in, otherwise by handle.
pub async fn chosen(visit: &Signed, fields: &Fields) -> Result<MemberId, Fault> {
    if let Ok(id) = fields.text("member_id").parse() {
        return Ok(id);
    }
    let handle = fields.text("member").trim_start_matches('@').to_lowercase();
    let agent = visit.desk.store().read(move |tx| agents::find_by_handle(tx, &handle)).await?;
    let member = agent.filter(|agent| agent.kind == "member").map(|agent| MemberId(agent.id.0));
    member.ok_or_else(|| ProfileError::MemberUnknown.into())
}
