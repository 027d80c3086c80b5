//! Server-sent events at `/live/events`, for browsers and networks that let no WebSocket through: the same frames, and listening
//! only. A connection that breaks goes on where it was, since each event says how far every topic has come.

use super::listener::Listener;
use crate::web::sorry::Sorry;
use crate::web::{Desk, Signed};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_core::Stream;
use planet_corridor::topics::Topic;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::time::Duration;

/// How often a comment keeps the connection open.
const HEARTBEAT: Duration = Duration::from_secs(25);
/// A stream ends after this long, since it does not look at its session again; the browser opens it anew by itself.
const LONGEST: Duration = Duration::from_mins(5);

/// What to listen to.
#[derive(Deserialize)]
pub(super) struct Hear {
    /// Topics as they are written, with `=` and a place where one was reached before, with commas between.
    topics: String,
}

/// Opens a stream.
pub(super) async fn open(
    State(desk): State<Desk>,
    visit: Signed,
    headers: HeaderMap,
    Query(hear): Query<Hear>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Sorry> {
    let name = visit.me.as_ref().map(|me| me.name.clone()).unwrap_or_default();
    let mut listener = desk.live().listener(visit.member()?, &name)?;
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut places: BTreeMap<String, Option<i64>> = BTreeMap::new();
    for part in hear.topics.split(',').chain(last.split(',')).filter(|part| !part.is_empty()) {
        let (topic, place) = part.split_once('=').unwrap_or((part, ""));
        let place = place.parse().ok();
        let known = places.entry(topic.to_owned()).or_default();
        *known = place.or(*known);
    }
    for (topic, since) in places {
        listener.hear(&topic, since);
    }
    let (sender, receiver) = tokio::sync::mpsc::channel(1);
    tokio::spawn(tokio::time::timeout(LONGEST, serve(listener, sender)));
    Ok(Sse::new(Events(receiver)).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

async fn serve(mut listener: Listener, sender: tokio::sync::mpsc::Sender<Event>) {
    let mut reached: BTreeMap<String, i64> = BTreeMap::new();
    loop {
        let frame = tokio::select! {
            frame = listener.next() => frame,
            () = sender.closed() => return,
        };
        let Some(frame) = frame else { return };
        let mut event = Event::default().data(frame.text.as_str());
        if let Some((topic, cursor)) = frame.reached {
            reached.insert(Topic::to_string(&topic), cursor);
            let places: Vec<String> =
                reached.iter().map(|(topic, cursor)| format!("{topic}={cursor}")).collect();
            event = event.id(places.join(","));
        }
        if sender.send(event).await.is_err() {
            return;
        }
    }
}

/// What was received, as a stream.
struct Events(tokio::sync::mpsc::Receiver<Event>);

impl Stream for Events {
    type Item = Result<Event, Infallible>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        self.0.poll_recv(cx).map(|event| event.map(Ok))
    }
}
