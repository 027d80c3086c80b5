//! How one message looks, and the template from which the browser makes those that come while the page is open.

use crate::rows::read::Message;
use crate::views::RoomView;
use planet_kit::prelude::*;
use planet_kit::web::in_query;
use planet_ontology::ids::AgentId;
use uuid::Uuid;

/// The signs that are offered at one press.
const OFFERED: [&str; 4] = ["👍", "❤️", "😄", "🎉"];

/// The messages of a page, with a line where the viewer had stopped reading.
pub(super) fn all(ui: &Ui, view: &RoomView) -> Markup {
    let mut day = i64::MIN;
    let mut marked = view.read == 0 || view.channel.unread == 0;
    html! {
        @for message in &view.messages {
            @let today = message.sent.0.div_euclid(planet_ontology::units::Moment::DAY);
            @if std::mem::replace(&mut day, today) != today { li.chat-day { (date(ui, message.sent)) } }
            @if !marked && message.seq > view.read {
                @let _ = std::mem::replace(&mut marked, true);
                li.chat-new { (ui.t("chat-new")) }
            }
            (one(ui, view, message))
        }
    }
}

fn one(ui: &Ui, view: &RoomView, message: &Message) -> Markup {
    let own = ui.viewer.as_ref().is_some_and(|me| me.id == message.author.0 && message.hook.is_empty());
    html! {
        li.chat-message id={ "m" (message.seq) } data-seq=(message.seq) data-rev=(message.rev) {
            (head(ui, message))
            (said(ui, message))
            (signs(ui, view, message))
            @if !message.gone && ui.viewer.is_some() { (doings(ui, view, message, own)) }
        }
    }
}

fn head(ui: &Ui, message: &Message) -> Markup {
    html! {
        p.chat-head {
            @if message.hook.is_empty() {
                @if message.handle.is_empty() { span.name { bdi { (message.name) } } }
                @else { a.name data-name href={ "/people/" (message.handle) } { bdi { (message.name) } } }
                @if message.brought.is_some() { " " span.badge { (ui.t("chat-brought")) } }
            } @else {
                span.name { bdi { (message.hook) } } " " span.badge { (ui.t("chat-bot")) }
            }
            " " span.note data-when { (ago(ui, message.sent)) @if message.edited.is_some() { " \u{b7} " (ui.t("chat-edited")) } @if message.pinned { " \u{b7} " (ui.t("chat-pinned")) } }
        }
    }
}

fn said(ui: &Ui, message: &Message) -> Markup {
    html! {
        div.chat-text data-text {
            @if message.gone { p.note { (ui.t("chat-gone")) } } @else { (markdown(&message.text)) }
        }
    }
}

fn hidden(view: &RoomView, message: &Message) -> [(&'static str, String); 3] {
    [
        ("channel", view.channel.id.to_string()),
        ("c", view.channel.name.clone()),
        ("seq", message.seq.to_string()),
    ]
}

fn press(
    ui: &Ui,
    view: &RoomView,
    message: &Message,
    verb: &str,
    label: &str,
    more: &[(&str, &str)],
) -> Markup {
    let mut press =
        act_button(ui, format!("/groups/{}/chat/{verb}", view.handle), button(label).quiet().small());
    for (name, value) in hidden(view, message) {
        press = press.hidden(name, value);
    }
    for (name, value) in more {
        press = press.hidden(*name, *value);
    }
    press.render()
}

fn signs(ui: &Ui, view: &RoomView, message: &Message) -> Markup {
    html! {
        div.chat-signs data-signs {
            @for reaction in &message.reactions {
                @let mine = view.own.iter().any(|own| own.seq == message.seq && own.sign == reaction.sign);
                @let label = format!("{} {}", reaction.sign, reaction.count);
                @if view.may_send && !reaction.sign.is_ascii() {
                    (press(ui, view, message, "react", &label, &[("sign", &reaction.sign), ("on", if mine { "" } else { "yes" })]))
                } @else { span.badge { (label) } }
            }
        }
    }
}

fn doings(ui: &Ui, view: &RoomView, message: &Message, own: bool) -> Markup {
    let here = super::address(&view.handle, &view.channel.name);
    let root = message.thread.unwrap_or(message.seq);
    html! {
        @if message.thread.is_some() || message.replies > 0 {
            p.note { a href={ (here) "&thread=" (root) } {
                @if message.thread.is_some() { (ui.t("chat-in-thread")) }
                @else { (ui.t_with("chat-replies", &[("count", message.replies.into())])) }
            } }
        }
        @if view.may_send {
            details.chat-more {
                summary { span.visually-hidden { (ui.t("chat-more")) } (icon(ui, "ellipsis")) }
                div.cluster {
                    @for sign in OFFERED { (press(ui, view, message, "react", sign, &[("sign", sign), ("on", "yes")])) }
                    (link_button(format!("{here}&thread={root}"), ui.t("chat-reply")).quiet().small())
                    (press(ui, view, message, "pin", &ui.t(if message.pinned { "chat-unpin" } else { "chat-pin" }), &[("on", if message.pinned { "" } else { "yes" })]))
                    (link_button(format!("/groups/{}/chat/turn?c={}&seq={}", view.handle, in_query(&view.channel.name), message.seq), ui.t("chat-turn")).quiet().small())
                    (press(ui, view, message, "save", &ui.t("chat-save"), &[("on", "yes")]))
                    @if own { (press(ui, view, message, "delete", &ui.t("chat-delete"), &[])) }
                    @if own && message.brought.is_some() { (press(ui, view, message, "not-mine", &ui.t("chat-not-mine"), &[])) }
                }
                @if own {
                    form.form action={ "/groups/" (view.handle) "/chat/edit" } method="post" {
                        input type="hidden" name="_key" value=(ui.key());
                        @for (name, value) in hidden(view, message) { input type="hidden" name=(name) value=(value); }
                        textarea name="text" rows="2" aria-label=(ui.t("chat-edit")) { (message.text) }
                        (button(ui.t("chat-edit")).small())
                    }
                }
            }
        }
    }
}

/// A message that was found, with the way to it.
pub(super) fn found(ui: &Ui, message: &Message, href: &str, channel: &str) -> Markup {
    html! { li.chat-message { (head(ui, message)) (said(ui, message)) p.note { a href=(href) { "#" (channel) " \u{b7} " (ui.t("chat-go")) } } } }
}

/// A message alone.
pub(super) fn quoted(ui: &Ui, message: &Message) -> Markup {
    html! { li.chat-message { (head(ui, message)) (said(ui, message)) } }
}

/// The bones of a message, with what can be done with it: of this author, or of others. The browser fills them in.
pub(super) fn bones(ui: &Ui, view: &RoomView, author: Option<Uuid>) -> Markup {
    let blank = Message {
        seq: 0,
        rev: 0,
        author: AgentId(author.unwrap_or_default()),
        name: String::new(),
        handle: "-".to_owned(),
        hook: String::new(),
        thread: None,
        replies: 0,
        sent: ui.now,
        edited: None,
        gone: false,
        pinned: false,
        text: String::new(),
        brought: None,
        reactions: Vec::new(),
    };
    one(ui, view, &blank)
}
