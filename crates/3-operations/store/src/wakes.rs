//! Wake-ups between processes that share one PostgreSQL server: words, sent in batches, that say that something moved. What moved
//! is read from the tables; a word that is lost costs time, never truth. On SQLite there is one process and nothing to do.

use crate::postgres::Address;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;
use tokio::sync::mpsc;

/// How long words are gathered before they are sent together: NOTIFY takes a lock of the whole database at its commit.
const GATHERED: Duration = Duration::from_millis(10);
/// The longest payload, in bytes; the server's limit is 8,000.
const LONGEST: usize = 7_000;
/// How often the listener looks whether anybody still wants to hear, and how long it waits before it tries a lost server again.
const PATIENCE: Duration = Duration::from_secs(1);

/// What is heard when words may have been missed.
pub const EVERYTHING: &str = "*";

/// Words to and from the other processes.
pub struct Wakes {
    outgoing: Sender<String>,
    incoming: mpsc::UnboundedReceiver<String>,
}

impl Wakes {
    /// Tells the other processes a word: printable, without spaces, of at most 200 bytes.
    pub fn tell(&self, word: String) {
        // Whoever can no longer be told reads the tables at their next look.
        drop(self.outgoing.send(word));
    }

    /// The next word that another process told, or [`EVERYTHING`]. Nothing when there will be no more.
    pub async fn hear(&mut self) -> Option<String> {
        self.incoming.recv().await
    }
}

/// Starts the two threads that speak with the server, each over a connection of its own.
pub(crate) fn start(address: &Arc<Address>, schema: Option<&str>) -> std::io::Result<Wakes> {
    let me = std::process::id().to_string() + "." + &address_of(address);
    let name = schema.map_or_else(|| "planet_wake".to_owned(), |schema| format!("wake_{schema}"));
    let (outgoing, words) = channel();
    let (heard, incoming) = mpsc::unbounded_channel();
    let (there, mine, theirs) = (Arc::clone(address), me.clone(), name.clone());
    std::thread::Builder::new()
        .name("store-tell".into())
        .spawn(move || tell(&there, &words, &mine, &theirs))?;
    let there = Arc::clone(address);
    std::thread::Builder::new().name("store-hear".into()).spawn(move || hear(&there, &heard, &me, &name))?;
    Ok(Wakes { outgoing, incoming })
}

/// Tells stores apart that one process opened.
fn address_of(address: &Arc<Address>) -> String {
    format!("{:x}", Arc::as_ptr(address).addr())
}

fn tell(address: &Address, words: &Receiver<String>, me: &str, channel: &str) {
    let mut client: Option<postgres::Client> = None;
    while let Ok(first) = words.recv() {
        std::thread::sleep(GATHERED);
        let gathered: BTreeSet<String> = std::iter::once(first).chain(words.try_iter()).collect();
        for payload in payloads(me, &gathered) {
            // A client is kept as long as it works.
            client = client.or_else(|| address.client().ok()).and_then(|mut client| {
                client.execute("SELECT pg_notify($1, $2)", &[&channel, &payload]).ok().map(|_| client)
            });
        }
    }
}

/// The words as payloads: who tells, then as many words as fit.
fn payloads(me: &str, words: &BTreeSet<String>) -> Vec<String> {
    let mut payloads: Vec<String> = Vec::new();
    for word in words {
        match payloads.last_mut() {
            Some(last) if last.len() + word.len() < LONGEST => {
                last.push(' ');
                last.push_str(word);
            }
            _ => payloads.push(format!("{me} {word}")),
        }
    }
    payloads
}

fn hear(address: &Address, heard: &mpsc::UnboundedSender<String>, me: &str, channel: &str) {
    use postgres::fallible_iterator::FallibleIterator as _;
    let listen = format!("LISTEN \"{}\"", channel.replace('"', "\"\""));
    let mut before = false;
    while !heard.is_closed() {
        let Some(mut client) =
            address.client().ok().and_then(|mut client| client.batch_execute(&listen).ok().map(|()| client))
        else {
            std::thread::sleep(PATIENCE);
            continue;
        };
        // Between two connections words were missed.
        if before && heard.send(EVERYTHING.to_owned()).is_err() {
            return;
        }
        before = true;
        while !heard.is_closed() && !client.is_closed() {
            let next = client.notifications().timeout_iter(PATIENCE).next();
            let Ok(next) = next else { break };
            let Some(notification) = next else { continue };
            let mut words = notification.payload().split(' ');
            if words.next() == Some(me) {
                continue;
            }
            words.for_each(|word| drop(heard.send(word.to_owned())));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_words_go_in_few_payloads_of_which_none_is_too_long() {
        let words: BTreeSet<String> = (0..1_000).map(|n| format!("chat.channel:{n:032}")).collect();
        let payloads = payloads("7.a", &words);
        assert!(payloads.len() < 8 && payloads.iter().all(|payload| payload.len() <= LONGEST));
        let told: BTreeSet<String> =
            payloads.iter().flat_map(|payload| payload.split(' ').skip(1)).map(str::to_owned).collect();
        assert_eq!(told, words);
    }
}
