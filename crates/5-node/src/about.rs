//! The pages about the club itself: its words, its rules, why something was refused, what the program is made of.

use crate::assets;
use axum::Router;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use planet_corridor::refusal::Refusal;
use planet_corridor::sealer::latest_checkpoint;
use planet_kit::prelude::*;
use planet_kit::problem::{self, Problem};
use planet_kit::web::{Answer, Desk, Visit};
use planet_membership::views::TheClub;
use planet_ontology::acts::{ActDescription, tool_of};
use planet_ontology::generate::json_ld_context;
use planet_ontology::words::WORDS;
use planet_policy::question::Engine;
use planet_wallet::receipt::Seal;
use serde::Deserialize;

/// The routes.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/about", get(about))
        .route("/about/words", get(words))
        .route("/about/rules", get(rules))
        .route("/about/licences", get(licences))
        .route("/about/checkpoint", get(checkpoint))
        .route("/about/key", get(key))
        .route("/context.jsonld", get(context))
        .route("/offline", get(offline))
        .route("/manifest.webmanifest", get(manifest))
}

async fn about(visit: Visit) -> Answer {
    let ui = &visit.ui;
    let mut rows = vec![
        row(ui.t("words")).href("/about/words").note(ui.t("node-about-words")),
        row(ui.t("assumptions")).href("/about/assumptions").note(ui.t("node-about-assumptions")),
        row(ui.t("constitution-title")).href("/constitution").note(ui.t("node-about-constitution")),
        row(ui.t("node-dues")).href("/membership/dues").note(ui.t("node-about-dues")),
        row(ui.t("node-rules")).href("/about/rules").note(ui.t("node-about-rules")),
        row(ui.t("node-checkpoint")).href("/about/checkpoint").note(ui.t("node-about-checkpoint")),
        row(ui.t("node-key")).href("/about/key").note(ui.t("node-about-key")),
        row(ui.t("node-licences")).href("/about/licences").note(ui.t("node-about-licences")),
    ];
    // Who belongs to the club is no business of strangers.
    if let (Some(_), Ok(club)) = (&visit.me, visit.view(TheClub {}).await) {
        let people = row(ui.t("node-people")).href(format!("/groups/{}", club.handle));
        rows.insert(0, people.note(ui.t("node-about-people")));
    }
    visit.page(Page::new(ui, ui.t("about")).section("about").lead(ui.t("node-about-lead")).show(html! {
        (list(rows))
        p.note { (planet_places::gazetteer::ATTRIBUTION) }
    }))
}

async fn words(visit: Visit) -> Answer {
    let ui = &visit.ui;
    visit.page(
        Page::new(ui, ui.t("words"))
            .section("about")
            .back("/about", ui.t("about"))
            .lead(ui.t("node-words-lead"))
            .show(html! {
                dl.words { @for word in WORDS { dt id=(word.word) { (word.word) } dd { (word.meaning) } } }
            }),
    )
}

/// Which act to explain.
#[derive(Deserialize)]
struct Why {
    #[serde(default)]
    act: String,
}

/// The rules, act by act: who may, why, by which procedure; with the Cedar text for those who want to read it.
async fn rules(visit: Visit, Query(why): Query<Why>) -> Answer {
    let ui = &visit.ui;
    let engine = visit.desk.corridor().engine();
    let acts = visit.desk.corridor().registry().acts();
    visit.page(
        Page::new(ui, ui.t("node-rules"))
            .section("about")
            .back("/about", ui.t("about"))
            .lead(ui.t("node-rules-lead"))
            .show(html! {
                p { a href="/constitution" { (ui.t("node-to-constitution")) } }
                @for room in acts.chunk_by(|one, next| tool_of(one.name) == tool_of(next.name)) {
                    @let name = room.first().map(|act| tool_of(act.name)).unwrap_or_default();
                    (section(&ui.t(&format!("node-room-{name}")), html! {}, html! {
                        @for act in room { (rule(ui, &*engine, act, &why.act)) }
                    }))
                }
            }),
    )
}

fn rule(ui: &Ui, engine: &dyn Engine, act: &ActDescription, asked: &str) -> Markup {
    let policies = engine.policies(act.name);
    html! {
        @if !policies.is_empty() {
            details.rule id=(act.name) open[act.name == asked] {
                summary { (act.about) }
                p.note { (engine.procedure(act.name).about) }
                @for policy in &policies {
                    div.card {
                        p {
                            @if policy.permits { (badge_tone(Tone::Good, &ui.t("node-permits"))) }
                            @else { (badge_tone(Tone::Bad, &ui.t("node-forbids"))) }
                            " " strong { (policy.title) }
                        }
                        p.note { (policy.why) }
                        (more(ui, &ui.t("node-as-written"), html! { pre.code tabindex="0" { (policy.text) } }))
                    }
                }
            }
        }
    }
}

/// A package that the browser's part was bundled from.
#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: String,
}

async fn licences(visit: Visit) -> Answer {
    let ui = &visit.ui;
    let packages: Vec<Package> = serde_json::from_str(assets::licences()).unwrap_or_default();
    visit.page(Page::new(ui, ui.t("node-licences")).section("about").back("/about", ui.t("about")).lead(ui.t("node-licences-lead")).show(
        html! {
            (list(packages.iter().map(|package| row(format!("{} {}", package.name, package.version)).note(package.license.clone()))))
            p.note { (planet_places::gazetteer::ATTRIBUTION) }
        },
    ))
}

/// The newest checkpoint as text: keep it, and `planet verify --checkpoint` will tell if the past was rewritten.
async fn checkpoint(visit: Visit) -> Answer {
    let note = visit.desk.store().read(latest_checkpoint).await?;
    let note = note.ok_or_else(|| {
        Refusal::not_found("no_checkpoint", "Nothing has been sealed yet. Look again in a moment.")
    })?;
    Ok(([("content-type", "text/plain; charset=utf-8")], note).into_response())
}

/// The public key that signs checkpoints and receipts, as text: keep it, and receipts can be checked without asking the club.
async fn key(visit: Visit) -> Answer {
    let seal = visit.desk.service::<Seal>();
    let seal = seal.ok_or_else(|| Refusal::not_found("no_key", "This node has no key at hand."))?;
    Ok(([("content-type", "text/plain; charset=utf-8")], seal.key.multikey() + "\n").into_response())
}

async fn context(visit: Visit) -> Answer {
    let body = json_ld_context(visit.desk.origin().url()).to_string();
    Ok(([("content-type", "application/ld+json")], body).into_response())
}

/// What the service worker shows when there is no network; the same for everybody.
async fn offline(mut visit: Visit) -> Answer {
    visit.ui.viewer = None;
    visit.ui.toasts.clear();
    Ok(problem::page(&visit.ui, Problem::Offline, None, None).into_response())
}

async fn manifest(visit: Visit) -> Response {
    let name = if visit.ui.club.name.is_empty() { "PLANET" } else { &visit.ui.club.name };
    assets::web_manifest(name)
}
