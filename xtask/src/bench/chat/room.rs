//! A room of some chat server as those in it see it: who enters hears everything, and may say something. Measures how long what is
//! said takes to all who hear it. It knows no server.

use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::bench::load::percentile;
use crate::trouble::{OrSay, Outcome, Trouble};

/// How long an ear waits before it looks whether all is over.
const GLANCE: Duration = Duration::from_millis(200);
/// How long is waited, at the end, for what was said and is not heard yet.
const LAST_WORDS: Duration = Duration::from_secs(10);
/// The digits with which each message says when it was due.
const DIGITS: usize = 12;
/// Enough for a thread that reads.
const STACK: usize = 128 * 1024;

/// Appends what has come, and says how much; nothing, when nothing came for a moment.
pub type Hear = Box<dyn FnMut(&mut Vec<u8>) -> io::Result<usize> + Send>;
/// Says something.
pub type Say = Box<dyn FnMut(&str) -> io::Result<()> + Send>;

/// Somebody in a room.
pub struct Seat {
    /// How they hear it.
    pub hear: Hear,
    /// How they speak.
    pub say: Say,
}

/// A room of a chat server.
pub trait Room: Sync {
    /// What stands before the words of a message where they are heard, and nowhere else.
    const BEFORE: &'static str;

    /// Lets the member of this number in, who hears all that is said from now on.
    fn enter(&self, member: usize) -> Outcome<Seat>;
}

/// A connection on which somebody waits for something.
pub fn connect(port: u16) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_mins(1)))?;
    Ok(stream)
}

/// Sends something and reads until the answer has one of these words in it.
pub fn ask(stream: &mut TcpStream, request: &[u8], until: &[&str]) -> io::Result<String> {
    stream.write_all(request)?;
    let (mut answer, mut piece) = (Vec::new(), [0; 4096]);
    loop {
        let count = stream.read(&mut piece)?;
        answer.extend(piece.iter().take(count));
        let text = String::from_utf8_lossy(&answer);
        if until.iter().any(|word| text.contains(word)) {
            return Ok(text.into_owned());
        }
        if count == 0 {
            return Err(io::Error::new(ErrorKind::UnexpectedEof, format!("hung up after: {text}")));
        }
    }
}

/// Hears what comes over a connection as it is.
pub fn hear(mut stream: TcpStream) -> io::Result<Hear> {
    stream.set_read_timeout(Some(GLANCE))?;
    let mut piece = vec![0; 16 * 1024];
    Ok(Box::new(move |into| match stream.read(&mut piece) {
        Ok(0) => Err(io::Error::new(ErrorKind::UnexpectedEof, "the server hung up")),
        Ok(count) => {
            into.extend_from_slice(piece.get(..count).unwrap_or_default());
            Ok(count)
        }
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Ok(0),
        Err(error) => Err(error),
    }))
}

/// Lets so many members in, a number of them at the same time.
pub fn fill(room: &impl Room, members: usize, at_once: usize) -> Outcome<Vec<Seat>> {
    let (next, room) = (AtomicUsize::new(0), &room);
    let enter = || {
        let numbers = std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)));
        let numbers = numbers.take_while(|number| *number < members);
        numbers.map(|number| Ok((number, room.enter(number)?))).collect::<Outcome<Vec<_>>>()
    };
    let mut seats = std::thread::scope(|scope| {
        let threads =
            (0..at_once).map(|_| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, enter));
        let threads: Vec<_> =
            threads.collect::<Result<_, _>>().or_say("cannot start a thread for each member")?;
        let mut seats = Vec::new();
        for thread in threads {
            seats.extend(thread.join().map_err(|_| Trouble::new("a client broke off"))??);
        }
        Ok(seats)
    })?;
    seats.sort_by_key(|(number, _)| *number);
    Ok(seats.into_iter().map(|(_, seat)| seat).collect())
}

/// What is said, by whom and for how long.
#[derive(Clone, Copy)]
pub struct Talk {
    /// How many speak.
    pub speakers: usize,
    /// Messages a second, of all together.
    pub per_second: u32,
    /// For how long.
    pub time: Duration,
}

/// Has some of those in a room speak at an even pace, and answers how long what they said took to each of all, shortest first. Whoever
/// speaks too late is not excused: it counts from when the message was due.
pub fn deliveries<R: Room>(seats: Vec<Seat>, talk: Talk, _: &R) -> Outcome<Vec<Duration>> {
    let total = seats.len();
    let (begun, over) = (Instant::now() + Duration::from_millis(300), AtomicBool::new(false));
    let heard = AtomicUsize::new(0);
    let (mouths, ears): (Vec<Say>, Vec<Hear>) = seats.into_iter().map(|seat| (seat.say, seat.hear)).unzip();
    let listen = |mut hear: Hear| -> io::Result<Vec<Duration>> {
        let (mut bytes, mut all) = (Vec::with_capacity(64 * 1024), Vec::with_capacity(4096));
        while !over.load(Ordering::Relaxed) {
            if hear(&mut bytes)? > 0 {
                let before = all.len();
                take(&mut bytes, R::BEFORE.as_bytes(), |due| {
                    all.push(begun.elapsed().saturating_sub(Duration::from_micros(due)));
                });
                heard.fetch_add(all.len() - before, Ordering::Relaxed);
            }
        }
        Ok(all)
    };
    let count = u64::from(talk.per_second) * talk.time.as_secs();
    let speakers = u64::try_from(talk.speakers).unwrap_or(1).max(1);
    let speak = |mut say: Say, first: u64| -> io::Result<()> {
        let mut nth = first;
        while nth < count {
            let due = Duration::from_micros(nth * 1_000_000 / u64::from(talk.per_second.max(1)));
            std::thread::sleep((begun + due).saturating_duration_since(Instant::now()));
            say(&format!("planet-{:0DIGITS$} who takes the keys on Friday?", due.as_micros()))?;
            nth += speakers;
        }
        Ok(())
    };
    let expected = usize::try_from(count).unwrap_or(0) * total;
    std::thread::scope(|scope| {
        let listening: Vec<_> = ears.into_iter().map(|ear| scope.spawn(|| listen(ear))).collect();
        let speaking: Vec<_> = mouths
            .into_iter()
            .zip(0..speakers)
            .map(|(mouth, first)| scope.spawn(move || speak(mouth, first)))
            .collect();
        let spoken: Result<Vec<()>, io::Error> =
            speaking.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err(broken()))).collect();
        let said = Instant::now();
        while heard.load(Ordering::Relaxed) < expected && spoken.is_ok() && said.elapsed() < LAST_WORDS {
            std::thread::sleep(Duration::from_millis(20));
        }
        over.store(true, Ordering::Relaxed);
        let mut all = Vec::with_capacity(expected);
        for thread in listening {
            all.extend(
                thread.join().unwrap_or_else(|_| Err(broken())).or_say("a listener lost its connection")?,
            );
        }
        spoken.or_say("a speaker lost its connection")?;
        if all.len() != expected {
            return Err(Trouble::new(format!("of {expected} deliveries {} came", all.len())));
        }
        all.sort_unstable();
        Ok(all)
    })
}

fn broken() -> io::Error {
    io::Error::other("a client broke off")
}

/// Takes the messages out of what was heard, and leaves what may be the beginning of one.
fn take(bytes: &mut Vec<u8>, before: &[u8], mut each: impl FnMut(u64)) {
    let (mut done, length) = (0, before.len() + "planet-".len() + DIGITS);
    while let Some(at) =
        bytes.get(done..).and_then(|rest| rest.windows(before.len()).position(|piece| piece == before))
    {
        let begin = done + at;
        let Some(message) = bytes.get(begin..begin + length) else {
            done = begin;
            break;
        };
        let due =
            message.get(length - DIGITS..).and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok());
        if let Some(due) = due {
            each(due);
        }
        done = begin + before.len();
    }
    let kept = done.max(bytes.len().saturating_sub(length));
    bytes.drain(..kept);
}

/// The latencies of a talk as they are told: p50 and p99 in milliseconds.
pub fn told(latencies: &[Duration]) -> String {
    format!("p50 {:.1} ms, p99 {:.1} ms", percentile(latencies, 50), percentile(latencies, 99))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_found_in_whatever_pieces_they_come() {
        let text = br#"{"html":"<p>planet-000000000005 a","text":"planet-000000000005 a"}{"text":"planet-000000000017 b"}"#;
        for size in 1..text.len() {
            let (mut bytes, mut found) = (Vec::new(), Vec::new());
            for piece in text.chunks(size) {
                bytes.extend(piece);
                take(&mut bytes, br#""text":""#, |due| found.push(due));
            }
            assert_eq!(found, [5, 17], "in pieces of {size}");
        }
    }
}
