//! The WebSocket at `/live`: one for each browser window. A page from elsewhere can open none in a member's name.

use super::listener::Listener;
use crate::web::session::Known;
use crate::web::sorry::Sorry;
use crate::web::{Desk, Signed};
use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use planet_corridor::refusal::Refusal;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

/// How often an idle socket is asked whether it is still there, and whether its session is still open.
const HEARTBEAT: Duration = Duration::from_secs(25);
/// The longest thing that a browser says, in bytes.
const LONGEST: usize = 4_096;
/// How many things a browser may say between two heartbeats.
const MOST_SAID: u32 = 400;

/// Opens a socket.
pub(super) async fn open(
    State(desk): State<Desk>,
    visit: Signed,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Sorry> {
    from_here(&desk, &headers)?;
    let name = visit.me.as_ref().map(|me| me.name.clone()).unwrap_or_default();
    let listener = desk.live().listener(visit.member()?, &name)?;
    let upgrade = upgrade.max_message_size(LONGEST).max_frame_size(LONGEST).read_buffer_size(LONGEST);
    Ok(upgrade
        .write_buffer_size(0)
        .on_upgrade(move |socket| serve(desk, headers, listener, socket))
        .into_response())
}

/// Cookies travel along with a socket that any page opens, so where the page is from has to be looked at.
pub(super) fn from_here(desk: &Desk, headers: &HeaderMap) -> Result<(), Refusal> {
    let origin = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
    if headers.contains_key(header::AUTHORIZATION) || origin == Some(desk.origin().url()) {
        return Ok(());
    }
    Err(Refusal::not_allowed("other_origin", "This was opened from another address than the club\u{2019}s."))
}

async fn serve(desk: Desk, headers: HeaderMap, mut listener: Listener, mut socket: WebSocket) {
    let mut heartbeat = interval(HEARTBEAT);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut ended = desk.sessions().ended();
    let mut said = 0;
    let Some(known) = session(&desk, &headers).await else { return };
    loop {
        let goes_on = tokio::select! {
            frame = listener.next() => match frame {
                Some(frame) => socket.send(Message::Text(frame.text)).await.is_ok(),
                None => false,
            },
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => {
                    said += 1;
                    listener.said(&text, desk.now());
                    said <= MOST_SAID
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => true,
                _ => false,
            },
            _ = heartbeat.tick() => {
                said = 0;
                session(&desk, &headers).await == Some(known)
                    && socket.send(Message::Ping(axum::body::Bytes::new())).await.is_ok()
            }
            _ = ended.changed() => session(&desk, &headers).await == Some(known),
        };
        if !goes_on {
            return;
        }
    }
}

/// The session that the socket was opened with, if it is still open.
async fn session(desk: &Desk, headers: &HeaderMap) -> Option<Known> {
    desk.sessions().find(desk.store(), headers, desk.now()).await.ok().flatten()
}
