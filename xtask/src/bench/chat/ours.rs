//! Our own node as its members' programs use it: acts over HTTP, and a WebSocket at `/live`. docs/protocols/chat.md describes both.

use std::io;

use super::room::{Room, Seat, ask, connect, hear};
use crate::bench::load::Line;
use crate::bench::served::{Club, Group, act};
use crate::trouble::{OrSay, Outcome};

/// A group's first channel.
pub struct Channel<'a> {
    /// The club that it belongs to.
    pub club: &'a Club,
    /// The port at which it is served.
    pub port: u16,
    /// Its group.
    pub group: &'a Group,
    /// What its listeners have heard already; without it they hear what comes from now on.
    pub since: Option<i64>,
}

impl Room for Channel<'_> {
    const BEFORE: &'static str = "\"text\":\"";

    fn enter(&self, member: usize) -> Outcome<Seat> {
        let (port, session) = (self.port, self.club.session(member).to_owned());
        let heard = self.listen(port, &session).or_say("a WebSocket could not be opened")?;
        let (channel, mut line, mut n) = (self.group.id.clone(), None::<Line>, 0);
        let say = move |text: &str| {
            let open = match line.take() {
                Some(open) => open,
                None => Line::open(port)?,
            };
            let line = line.insert(open);
            line.request.clear();
            act(&mut line.request, (port, &session), SEND, &message(&channel, text), (member, n));
            n += 1;
            line.ask()?.map(drop).map_err(io::Error::other)
        };
        Ok(Seat { hear: heard, say: Box::new(say) })
    }
}

/// The act by which something is said.
pub const SEND: &str = "chat/send";

/// What it is asked with. The text has nothing in it that JSON writes otherwise.
pub fn message(channel: &str, text: &str) -> String {
    format!("{{\"channel\":\"{channel}\",\"text\":\"{text}\"}}")
}

impl Channel<'_> {
    fn listen(&self, port: u16, session: &str) -> io::Result<super::room::Hear> {
        let mut stream = connect(port)?;
        let hello = format!(
            "GET /live HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: http://localhost:{port}\r\nCookie: planet={session}\r\n\
             Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: cGxhbmV0cGxhbmV0cGxhbg==\r\n\r\n"
        );
        let answer = ask(&mut stream, hello.as_bytes(), &["\r\n\r\n"])?;
        if !answer.starts_with("HTTP/1.1 101") {
            return Err(io::Error::other(answer));
        }
        let since = self.since.map(|since| format!(",\"since\":{since}")).unwrap_or_default();
        let wanted = format!("{{\"hear\":{{\"topic\":\"chat.channel:{}\"{since}}}}}", self.group.id);
        let answer = ask(
            &mut stream,
            &frame(&wanted),
            &["\"heard\":", "\"gone\":true", "\"detail\":", "\"resync\":true"],
        )?;
        if !answer.contains("\"heard\":") {
            return Err(io::Error::other(answer));
        }
        hear(stream)
    }
}

/// A text as a browser sends it over a WebSocket: in one frame, under a mask, which may be nothing but zeros.
fn frame(text: &str) -> Vec<u8> {
    let mut frame = vec![0x81];
    match u8::try_from(text.len()) {
        Ok(short) if short < 126 => frame.push(0x80 | short),
        _ => {
            frame.push(0x80 | 0x7e);
            frame.extend(u16::try_from(text.len()).unwrap_or(u16::MAX).to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(text.as_bytes());
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_texts_are_framed() {
        assert_eq!(frame("hi"), [0x81, 0x82, 0, 0, 0, 0, b'h', b'i']);
        let long = frame(&"x".repeat(300));
        assert_eq!((long.len(), &long[..4]), (308, &[0x81, 0xfe, 1, 44][..]));
    }
}
