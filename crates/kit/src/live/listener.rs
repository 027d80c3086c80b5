//! A listener: one open browser window, with a bounded queue of what it has not got yet. Whoever is too slow is told to read anew.

use super::frames::{Frame, Said};
use super::hub::Hub;
use planet_corridor::refusal::Refusal;
use planet_corridor::topics::Topic;
use planet_ontology::ids::MemberId;
use planet_ontology::units::Moment;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc;

/// How many frames wait for one listener at the most.
pub(super) const QUEUE: usize = 256;
/// How many topics one listener hears at the most.
const MOST_TOPICS: usize = 200;
/// How often a listener may tell the others the same, at the most.
const SIGNALS_EVERY: i64 = 2 * Moment::SECOND;

/// Where frames for a listener go.
#[derive(Clone)]
pub(super) struct Mailbox {
    /// Which listener.
    pub id: u64,
    /// Whose it is.
    pub member: MemberId,
    /// The member's name, for signals.
    pub name: Arc<str>,
    sender: mpsc::Sender<Frame>,
    behind: Arc<Mutex<HashSet<Topic>>>,
}

impl Mailbox {
    /// Hands a frame on. False when the listener is gone, or so slow that the topic has to be read anew.
    pub fn put(&self, topic: Topic, frame: &Frame) -> bool {
        match self.sender.try_send(frame.clone()) {
            Ok(()) => true,
            Err(mpsc::error::TrySendError::Full(_)) => {
                self.behind.lock().unwrap_or_else(PoisonError::into_inner).insert(topic);
                false
            }
            Err(mpsc::error::TrySendError::Closed(_)) => false,
        }
    }
}

/// One open window. Dropped, it hears nothing more.
pub struct Listener {
    hub: Hub,
    mailbox: Mailbox,
    frames: mpsc::Receiver<Frame>,
    topics: HashSet<Topic>,
    signalled: HashMap<Topic, Moment>,
}

impl Listener {
    pub(super) fn new(hub: Hub, id: u64, member: MemberId, name: &str) -> Self {
        let (sender, frames) = mpsc::channel(QUEUE);
        let mailbox = Mailbox { id, member, name: name.into(), sender, behind: Arc::default() };
        Self { hub, mailbox, frames, topics: HashSet::new(), signalled: HashMap::new() }
    }

    /// Listens to a topic from a place in it, or from now on. What comes of it comes as a frame.
    pub fn hear(&mut self, topic: &str, since: Option<i64>) {
        if !self.topics_left() {
            let refusal = Refusal::conflict("too_many_topics", "That is more than one page can listen to.");
            return self.tell(topic, &refusal);
        }
        match self.hub.join(topic, self.mailbox.clone(), since) {
            Ok(known) => drop(self.topics.insert(known)),
            Err(refusal) => self.tell(topic, &refusal),
        }
    }

    fn topics_left(&self) -> bool {
        self.topics.len() < MOST_TOPICS
    }

    fn tell(&self, topic: &str, refusal: &Refusal) {
        drop(self.mailbox.sender.try_send(Frame::refused(topic, refusal)));
    }

    /// Does what the browser said.
    pub(super) fn said(&mut self, text: &str, now: Moment) {
        match serde_json::from_str::<Said>(text) {
            Ok(Said::Hear { topic, since }) => self.hear(&topic, since),
            Ok(Said::Leave { topic }) => {
                if let Some(topic) = self.topics.iter().find(|known| known.to_string() == topic).copied() {
                    self.topics.remove(&topic);
                    self.hub.leave(topic, self.mailbox.id);
                }
            }
            Ok(Said::Signal { topic, word }) => self.signal(&topic, &word, now),
            Err(_) => {
                self.tell("", &Refusal::input("", "malformed", "This could not be understood."));
            }
        }
    }

    fn signal(&mut self, topic: &str, word: &str, now: Moment) {
        let Some(topic) = self.topics.iter().find(|known| known.to_string() == topic).copied() else {
            return;
        };
        let last = self.signalled.entry(topic).or_insert(Moment(i64::MIN));
        if now.0.saturating_sub(last.0) >= SIGNALS_EVERY {
            *last = now;
            self.hub.signal(topic, self.mailbox.id, word);
        }
    }

    /// The next frame. When the queue is empty and something did not fit into it, that its topic has to be read anew.
    pub(super) async fn next(&mut self) -> Option<Frame> {
        if self.frames.is_empty()
            && let Some(topic) = self.behind()
        {
            return Some(Frame::resync(topic));
        }
        self.frames.recv().await
    }

    /// [`Listener::next`] as text, for tests and measurements.
    pub async fn next_text(&mut self) -> Option<String> {
        Some(self.next().await?.text.to_string())
    }

    fn behind(&mut self) -> Option<Topic> {
        let mut behind = self.mailbox.behind.lock().unwrap_or_else(PoisonError::into_inner);
        let topic = behind.iter().next().copied()?;
        behind.remove(&topic);
        drop(behind);
        self.topics.remove(&topic);
        Some(topic)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        for topic in self.topics.drain() {
            self.hub.leave(topic, self.mailbox.id);
        }
        self.hub.forget(self.mailbox.member);
    }
}
