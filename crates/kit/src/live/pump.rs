//! The pump of one topic: reads what it says since the last time, asks in the same snapshot who may still hear it, and hands it
//! on. It is the only one who does, so everybody hears the topic in its order.

use super::frames::Frame;
use super::hub::Hub;
use super::listener::Mailbox;
use planet_corridor::audience::among;
use planet_corridor::corridor::Corridor;
use planet_corridor::topics::{Note, Topic, TopicKind};
use planet_ontology::ids::MemberId;
use planet_store::Error;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, mpsc};

/// How many notes are read at once.
const PAGE: i64 = 256;
/// How many pages a listener may have missed; whoever missed more reads anew.
const MOST_PAGES: usize = 2;
/// How often listeners to a quiet topic are asked after: somebody who was taken out is told within this time, and hears nothing
/// meanwhile.
const ASKED_AFTER: Duration = Duration::from_secs(5);

/// What is asked of a pump.
pub(super) enum Ask {
    /// Hand this on to a listener, too, from a place on.
    Join(Mailbox, Option<i64>),
    /// No longer to this one.
    Leave(u64),
    /// Hand on what a listener says to the others.
    Signal(u64, String),
}

struct Pump {
    corridor: Corridor,
    topic: Topic,
    kind: TopicKind,
    listeners: HashMap<u64, Mailbox>,
    /// How far all have come.
    cursor: Option<i64>,
}

/// What one look at the tables shows.
struct Seen {
    /// Those who may hear it.
    may: HashSet<MemberId>,
    notes: Vec<Note>,
    head: i64,
}

/// Works until nobody listens.
pub(super) async fn pump(
    corridor: Corridor,
    hub: Hub,
    (topic, kind): (Topic, TopicKind),
    mut asked: mpsc::UnboundedReceiver<Ask>,
    moved: Arc<Notify>,
) {
    let mut pump = Pump { corridor, topic, kind, listeners: HashMap::new(), cursor: None };
    let mut after = tokio::time::interval(ASKED_AFTER);
    after.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        let worked = tokio::select! {
            ask = asked.recv() => match ask {
                Some(ask) => pump.answer(ask).await,
                None => return,
            },
            () = moved.notified() => pump.read_on().await,
            _ = after.tick() => pump.read_on().await,
        };
        if let Err(error) = worked {
            tracing::warn!(%error, %topic, "a topic could not be read and will be tried again");
        }
        if pump.listeners.is_empty() && hub.end(topic, &asked) {
            return;
        }
    }
}

impl Pump {
    async fn answer(&mut self, ask: Ask) -> Result<(), Error> {
        match ask {
            Ask::Join(mailbox, since) => self.join(mailbox, since).await,
            Ask::Leave(listener) => {
                self.listeners.remove(&listener);
                Ok(())
            }
            Ask::Signal(listener, word) => self.signal(listener, &word).await,
        }
    }

    /// Takes a listener in, if it may hear the topic, and hands on what it missed.
    async fn join(&mut self, mailbox: Mailbox, since: Option<i64>) -> Result<(), Error> {
        let mut from = since;
        for _ in 0..MOST_PAGES {
            let seen = match self.look(vec![mailbox.member], from).await {
                Ok(seen) => seen,
                Err(error) => {
                    // So that the browser asks again instead of waiting for something that will not come.
                    mailbox.put(self.topic, &Frame::resync(self.topic));
                    return Err(error);
                }
            };
            if !seen.may.contains(&mailbox.member) {
                mailbox.put(self.topic, &Frame::gone(self.topic));
                return Ok(());
            }
            let full = i64::try_from(seen.notes.len()).is_ok_and(|count| count == PAGE);
            let last = seen.notes.last().map(|note| note.cursor);
            for note in seen.notes {
                mailbox.put(self.topic, &self.frame(note));
            }
            if !full {
                // Who says that it heard more than there is has heard another club's; it begins at the head.
                let reached = last.or(from).unwrap_or(seen.head).min(seen.head);
                self.cursor = Some(self.cursor.map_or(reached, |cursor| cursor.min(reached)));
                mailbox.put(self.topic, &Frame::heard(self.topic, reached));
                self.listeners.insert(mailbox.id, mailbox);
                return Ok(());
            }
            from = last;
        }
        mailbox.put(self.topic, &Frame::resync(self.topic));
        Ok(())
    }

    /// Hands on what is new, and lets go of those who may no longer hear it.
    async fn read_on(&mut self) -> Result<(), Error> {
        loop {
            if self.listeners.is_empty() {
                return Ok(());
            }
            let seen = self.look(self.members(), self.cursor).await?;
            self.let_go(&seen.may);
            let full = i64::try_from(seen.notes.len()).is_ok_and(|count| count == PAGE);
            self.cursor =
                Some(seen.notes.last().map(|note| note.cursor).or(self.cursor).unwrap_or(seen.head));
            for note in seen.notes {
                let frame = self.frame(note);
                self.listeners.retain(|_, mailbox| mailbox.put(self.topic, &frame));
            }
            if !full {
                return Ok(());
            }
        }
    }

    async fn signal(&mut self, from: u64, word: &str) -> Result<(), Error> {
        if !self.kind.signals.contains(&word) {
            return Ok(());
        }
        let seen = self.look(self.members(), None).await?;
        self.let_go(&seen.may);
        // Whoever was just let go says nothing either.
        let Some(name) = self.listeners.get(&from).map(|mailbox| Arc::clone(&mailbox.name)) else {
            return Ok(());
        };
        let frame = Frame::signal(self.topic, word, &name);
        self.listeners.retain(|id, mailbox| *id == from || mailbox.put(self.topic, &frame));
        Ok(())
    }

    fn members(&self) -> Vec<MemberId> {
        let members: HashSet<MemberId> = self.listeners.values().map(|mailbox| mailbox.member).collect();
        members.into_iter().collect()
    }

    fn let_go(&mut self, may: &HashSet<MemberId>) {
        let gone = Frame::gone(self.topic);
        self.listeners.retain(|_, mailbox| {
            let stays = may.contains(&mailbox.member);
            if !stays {
                mailbox.put(self.topic, &gone);
            }
            stays
        });
    }

    fn frame(&self, note: Note) -> Frame {
        Frame::note(self.topic, &Note { cursor: note.cursor, body: (self.kind.finish)(note.body) })
    }

    /// Looks once: who of these may hear the topic, and what it says since a place. Without a place, only where it is.
    async fn look(&self, members: Vec<MemberId>, since: Option<i64>) -> Result<Seen, Error> {
        let (kind, id) = (self.kind, self.topic.id);
        self.corridor
            .store()
            .snapshot(move |tx| {
                let may = match (kind.audience)(tx, id)? {
                    Some(audience) => among(tx, audience, &members)?,
                    None => HashSet::new(),
                };
                let head = (kind.head)(tx, id)?;
                let notes = match since {
                    Some(since) if since < head && !may.is_empty() => (kind.since)(tx, id, since, PAGE)?,
                    _ => Vec::new(),
                };
                Ok(Seen { may, notes, head })
            })
            .await
    }
}
