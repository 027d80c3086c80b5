//! The pages of a chat. Reading and writing work without script; with it, what others say appears by itself.

mod doing;
mod hooks;
mod message;

use crate::checks::MAX_TEXT;
use crate::error::ChatError;
use crate::history::pages as history;
use crate::rows::mine::InboxLine;
use crate::rows::read::Message;
use crate::views::{Found, Inbox, Room, RoomView, Search};
use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use planet_corridor::refusal::Fault;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Desk, Signed, Visit, in_query};
use serde::Deserialize;

/// The routes of this room.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/chat", get(inbox_page))
        .route("/groups/{handle}/chat", get(room_page).post(doing::send))
        .route("/groups/{handle}/chat/turn", get(turn_page))
        .route("/groups/{handle}/chat/search", get(search_page))
        .route("/groups/{handle}/chat/edit", post(doing::edit))
        .route("/groups/{handle}/chat/delete", post(doing::delete))
        .route("/groups/{handle}/chat/react", post(doing::react))
        .route("/groups/{handle}/chat/pin", post(doing::pin))
        .route("/groups/{handle}/chat/save", post(doing::save))
        .route("/groups/{handle}/chat/read", post(doing::mark_read))
        .route("/groups/{handle}/chat/channels", post(doing::open_channel))
        .route("/groups/{handle}/chat/hooks", get(hooks::page).post(hooks::make))
        .route("/groups/{handle}/chat/hooks/revoke", post(hooks::revoke))
        .route("/groups/{handle}/chat/history", get(history::page).post(history::settle))
        .route("/groups/{handle}/chat/not-mine", post(doing::not_mine))
        .route("/hooks/{secret}", post(hooks::receive))
}

/// Which messages a page shows.
#[derive(Clone, Debug, Default, Deserialize)]
struct Shown {
    c: Option<String>,
    before: Option<i64>,
    from: Option<i64>,
    thread: Option<i64>,
    only: Option<String>,
}

/// The message that is to become something else.
#[derive(Deserialize)]
struct Turned {
    c: String,
    seq: i64,
}

/// The address of a channel.
pub(crate) fn address(handle: &str, channel: &str) -> String {
    format!("/groups/{handle}/chat?c={}", in_query(channel))
}

async fn read(visit: &Visit, handle: String, shown: Shown) -> Result<RoomView, planet_kit::web::Sorry> {
    let Shown { c, before, from, thread, only } = shown;
    Ok(visit.view(Room { group: handle, channel: c, before, from, thread, only }).await?)
}

async fn room_page(visit: Visit, Path(handle): Path<String>, Query(shown): Query<Shown>) -> Answer {
    let view = read(&visit, handle, shown.clone()).await?;
    visit.page(show_room(&visit, &view, &shown, &Filled::default()))
}

fn show_room(visit: &Visit, view: &RoomView, shown: &Shown, filled: &Filled) -> Markup {
    let ui = &visit.ui;
    let title = format!("#{}", view.channel.name);
    let page = Page::new(ui, title).section("chat").back(format!("/groups/{}", view.handle), &view.name);
    if view.sealed {
        return page.show(html! {
            (empty(ui, "lock", ui.t("chat-sealed"), ui.t("chat-sealed-text")))
        });
    }
    let here = address(&view.handle, &view.channel.name);
    let live = shown.before.is_none() && shown.from.is_none() && shown.only.is_none();
    let newest = view.messages.last().map_or(0, |message| message.seq);
    page.actions(actions(ui, view)).show(html! {
        (channels(ui, view, &here))
        @if shown.thread.is_some() { p { a href=(here) { (ui.t("chat-whole")) } } }
        @if let Some(first) = view.messages.first().filter(|first| first.seq > 1 && shown.thread.is_none() && shown.only.is_none()) {
            p.chat-older { a href={ (here) "&before=" (first.seq) } { (ui.t("chat-older")) } }
        }
        div.chat data-island=[live.then_some("chat")] data-topic={ "chat.channel:" (view.channel.id) } data-channel=(view.channel.id)
            data-cursor=(view.cursor) data-me=[ui.viewer.as_ref().map(|me| me.handle.clone())] data-thread=[shown.thread]
            data-path={ "/groups/" (view.handle) "/chat" } {
            ol.chat-list aria-label=(ui.t("chat-messages")) tabindex="0" {
                (message::all(ui, view))
            }
            // Hidden by the first message that comes.
            @if view.messages.is_empty() {
                div.chat-none { (empty(ui, "message-circle", ui.t("chat-none"), ui.t("chat-none-text"))) }
            }
            @if newest < view.last && shown.thread.is_none() && shown.only.is_none() && !view.messages.is_empty() {
                p { a href={ (here) "&from=" (newest + 1) } { (ui.t("chat-newer")) } " \u{b7} " a href=(here) { (ui.t("chat-newest")) } }
            }
            p.chat-typing.note data-typing aria-live="polite" {}
            template data-message="others" { (message::bones(ui, view, None)) }
            template data-message="own" { (message::bones(ui, view, ui.viewer.as_ref().map(|me| me.id))) }
            @if view.may_send { (composer(ui, visit, view, shown, filled)) }
            @else if ui.viewer.is_none() { p.note { a href="/sign-in" { (ui.t("sign-in")) } } }
            @else { p.note { (ui.t("chat-readers")) } }
        }
        @if view.may_send && view.channel.unread > 0 && live {
            (act_button(ui, format!("/groups/{}/chat/read", view.handle), button(ui.t("chat-mark-read")).quiet().small())
                .hidden("channel", view.channel.id.to_string()).hidden("seq", view.last.to_string()).hidden("c", &view.channel.name))
        }
    })
}

/// A message, and what other tools can make of it.
async fn turn_page(
    visit: Signed,
    Path(handle): Path<String>,
    Query(Turned { c, seq }): Query<Turned>,
) -> Answer {
    let view = read(&visit, handle, Shown { c: Some(c), from: Some(seq), ..Shown::default() }).await?;
    let found = view.messages.iter().find(|message| message.seq == seq && !message.gone);
    let message = found.ok_or(ChatError::MessageUnknown).map_err(Fault::from)?;
    visit.page(show_turn(&visit, &view, message))
}

fn show_turn(visit: &Visit, view: &RoomView, message: &Message) -> Markup {
    let ui = &visit.ui;
    let here = address(&view.handle, &view.channel.name);
    let ways = visit.desk.turns().map(|turn| {
        row(ui.t(turn.title)).href((turn.href)(&view.handle, &message.text)).lead(icon(ui, turn.icon))
    });
    Page::new(ui, ui.t("chat-turn"))
        .section("chat")
        .back(format!("{here}#m{}", message.seq), format!("#{}", view.channel.name))
        .lead(ui.t("chat-turn-lead"))
        .show(html! { ol.chat-list { (message::quoted(ui, message)) } (list(ways)) })
}

fn actions(ui: &Ui, view: &RoomView) -> Markup {
    link_button(format!("/groups/{}/chat/search", view.handle), ui.t("search"))
        .quiet()
        .icon(ui, "search")
        .render()
}

fn channels(ui: &Ui, view: &RoomView, here: &str) -> Markup {
    html! {
        nav.cluster aria-label=(ui.t("chat-channels")) {
            @for channel in &view.channels {
                @let unread = if channel.unread > 0 && channel.id != view.channel.id { format!(" ({})", channel.unread) } else { String::new() };
                (chip(&address(&view.handle, &channel.name), &format!("#{}{unread}", channel.name), channel.id == view.channel.id))
            }
        }
        (more(ui, &ui.t("chat-besides"), html! {
            div.cluster {
                (link_button(format!("{here}&only=pinned"), ui.t("chat-pinned")).small())
                @if ui.viewer.is_some() { (link_button(format!("{here}&only=saved"), ui.t("chat-saved")).small()) }
                @if view.may_hook { (link_button(format!("/groups/{}/chat/hooks", view.handle), ui.t("chat-hooks")).small()) }
                @if view.may_hook { (link_button(format!("/groups/{}/chat/history", view.handle), ui.t("chat-history")).small()) }
            }
            @if view.may_open {
                (form(ui, format!("/groups/{}/chat/channels", view.handle), html! {
                    (field("name", ui.t("chat-open-name")).limit(crate::checks::MAX_NAME).required().short())
                    div.form-end { (button(ui.t("chat-open")).small()) }
                }))
            }
        }))
    }
}

fn composer(ui: &Ui, visit: &Visit, view: &RoomView, shown: &Shown, filled: &Filled) -> Markup {
    let label = match shown.thread {
        Some(_) => ui.t("chat-answer"),
        None => ui.t_with("chat-say", &[("channel", view.channel.name.as_str().into())]),
    };
    let mut form = form(
        ui,
        format!("/groups/{}/chat", view.handle),
        html! {
            (field("text", label).area(2).limit(MAX_TEXT).required().filled(filled))
            div.form-end { (button(ui.t("chat-send")).primary().icon(ui, "send")) }
        },
    )
    .filled(filled)
    .hidden("channel", view.channel.id.to_string())
    .hidden("c", &view.channel.name)
    .draft("chat");
    if let Some(thread) = shown.thread {
        form = form.hidden("thread", thread.to_string());
    }
    let commands: Vec<_> = visit.desk.corridor().registry().commands().copied().collect();
    html! {
        div.chat-compose { (form) }
        @if !commands.is_empty() {
            (more(ui, &ui.t("chat-commands"), html! {
                ul { @for command in &commands { li { code { (command.usage) } " " (ui.t(command.about)) } } }
            }))
        }
    }
}

async fn inbox_page(visit: Signed) -> Answer {
    let lines = visit.view(Inbox {}).await?;
    visit.page(show_inbox(&visit.ui, &lines))
}

fn show_inbox(ui: &Ui, lines: &[InboxLine]) -> Markup {
    Page::new(ui, ui.t("chat-title")).section("chat").lead(ui.t("chat-lead")).show(html! {
        @if lines.is_empty() {
            (empty(ui, "message-circle", ui.t("chat-quiet"), ui.t("chat-quiet-text"))
                .action(link_button("/groups", ui.t("nav-groups")).primary()))
        } @else {
            (list(lines.iter().map(|line| {
                row(&line.group).href(address(&line.handle, &line.name)).lead(icon(ui, "message-circle")).note(html! {
                    "#" (line.name)
                    @if line.unread > 0 { " \u{b7} " (ui.t_with("chat-unread", &[("count", line.unread.into())])) }
                    @if line.mentions > 0 { " \u{b7} " (ui.t_with("chat-named", &[("count", line.mentions.into())])) }
                })
            })))
        }
    })
}

#[derive(Deserialize)]
struct Words {
    #[serde(default)]
    q: String,
}

async fn search_page(visit: Visit, Path(handle): Path<String>, Query(Words { q }): Query<Words>) -> Answer {
    let found = visit.view(Search { group: handle.clone(), q: q.clone() }).await?;
    visit.page(show_found(&visit.ui, &handle, &q, &found))
}

fn show_found(ui: &Ui, handle: &str, q: &str, found: &[Found]) -> Markup {
    let page = Page::new(ui, ui.t("chat-search"))
        .section("chat")
        .back(format!("/groups/{handle}/chat"), ui.t("chat-title"));
    page.show(html! {
        (form(ui, format!("/groups/{handle}/chat/search"), html! {
            (field("q", ui.t("search")).search().value(q).hint(ui.t("chat-search-hint")))
            div.form-end { (button(ui.t("search"))) }
        }).get())
        @if !q.is_empty() && found.is_empty() { (empty(ui, "search", ui.t("chat-found-none"), ui.t("chat-search-hint"))) }
        ol.chat-list {
            @for hit in found {
                (message::found(ui, &hit.message, &format!("{}&from={}", address(handle, &hit.channel), hit.message.seq), &hit.channel))
            }
        }
    })
}
