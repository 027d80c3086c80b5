//! The hub: which topics somebody listens to, each with its pump, and the words of other processes. Decides nothing about who may
//! hear what; the pumps ask.

use super::listener::{Listener, Mailbox};
use super::pump::{Ask, pump};
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Refusal;
use planet_corridor::topics::Topic;
use planet_ontology::ids::MemberId;
use planet_store::Wakes;
use planet_store::wakes::EVERYTHING;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{Notify, mpsc};

/// How many windows one member may have open.
const MOST_WINDOWS: usize = 30;
/// How many windows may be open in all.
const MOST_LISTENERS: usize = 50_000;

/// The hub. Cheap to clone.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

/// A topic to which somebody listens.
#[derive(Clone)]
struct Running {
    asks: mpsc::UnboundedSender<Ask>,
    moved: Arc<Notify>,
}

pub(super) struct Inner {
    corridor: Corridor,
    running: Mutex<HashMap<Topic, Running>>,
    windows: Mutex<HashMap<MemberId, usize>>,
    next: AtomicU64,
}

impl Hub {
    /// Starts listening to what acts tell, here and in other processes. Needs a tokio runtime.
    pub fn start(corridor: Corridor) -> Self {
        let (mut told, wakes) = (corridor.told(), corridor.store().wakes());
        let inner =
            Inner { corridor, running: Mutex::default(), windows: Mutex::default(), next: AtomicU64::new(1) };
        let hub = Self(Arc::new(inner));
        let weak = Arc::downgrade(&hub.0);
        tokio::spawn(async move { listen(&weak, &mut told, wakes).await });
        hub
    }

    /// Opens a window for a member.
    pub fn listener(&self, member: MemberId, name: &str) -> Result<Listener, Refusal> {
        let mut windows = locked(&self.0.windows);
        let all: usize = windows.values().sum();
        let own = windows.entry(member).or_insert(0);
        if *own >= MOST_WINDOWS || all >= MOST_LISTENERS {
            let sentence = "You have this open in too many windows at once. Please close some.";
            return Err(Refusal::conflict("too_many_windows", sentence));
        }
        *own += 1;
        drop(windows);
        Ok(Listener::new(self.clone(), self.0.next.fetch_add(1, Ordering::Relaxed), member, name))
    }

    /// A member closed a window.
    pub(super) fn forget(&self, member: MemberId) {
        let mut windows = locked(&self.0.windows);
        if let Some(open) = windows.get_mut(&member) {
            *open = open.saturating_sub(1);
            if *open == 0 {
                windows.remove(&member);
            }
        }
    }

    /// Has a listener hear a topic, if it may.
    pub(super) fn join(&self, topic: &str, mailbox: Mailbox, since: Option<i64>) -> Result<Topic, Refusal> {
        let unknown = || Refusal::not_found("no_such_topic", "There is nothing of this name to listen to.");
        let (topic, kind) = self.0.corridor.registry().topic_written(topic).ok_or_else(unknown)?;
        let mut running = locked(&self.0.running);
        let entry = running.entry(topic).or_insert_with(|| {
            let (asks, asked) = mpsc::unbounded_channel();
            let moved = Arc::new(Notify::new());
            tokio::spawn(pump(
                self.0.corridor.clone(),
                self.clone(),
                (topic, kind),
                asked,
                Arc::clone(&moved),
            ));
            Running { asks, moved }
        });
        // The pump ends under this same lock, so it is there.
        drop(entry.asks.send(Ask::Join(mailbox, since)));
        drop(running);
        Ok(topic)
    }

    pub(super) fn leave(&self, topic: Topic, listener: u64) {
        self.ask(topic, Ask::Leave(listener));
    }

    pub(super) fn signal(&self, topic: Topic, listener: u64, word: &str) {
        self.ask(topic, Ask::Signal(listener, word.to_owned()));
    }

    fn ask(&self, topic: Topic, ask: Ask) {
        if let Some(running) = locked(&self.0.running).get(&topic) {
            drop(running.asks.send(ask));
        }
    }

    /// Ends the pump of a topic that nobody hears, unless somebody has just asked to. Answers whether it ended.
    pub(super) fn end(&self, topic: Topic, asked: &mpsc::UnboundedReceiver<Ask>) -> bool {
        let mut running = locked(&self.0.running);
        let ends = asked.is_empty();
        if ends {
            running.remove(&topic);
        }
        ends
    }
}

impl Inner {
    fn moved(&self, topic: Topic) {
        if let Some(running) = locked(&self.running).get(&topic) {
            running.moved.notify_one();
        }
    }

    fn all_moved(&self) {
        locked(&self.running).values().for_each(|running| running.moved.notify_one());
    }
}

/// Wakes the pumps of what moved, and tells the other processes; hears from them what moved there.
async fn listen(
    hub: &Weak<Inner>,
    told: &mut tokio::sync::broadcast::Receiver<Arc<[Topic]>>,
    mut wakes: Option<Wakes>,
) {
    loop {
        tokio::select! {
            topics = told.recv() => {
                let Some(hub) = hub.upgrade() else { return };
                match topics {
                    Ok(topics) => for topic in topics.iter() {
                        hub.moved(*topic);
                        if let Some(wakes) = &wakes {
                            wakes.tell(topic.to_string());
                        }
                    },
                    Err(RecvError::Lagged(_)) => {
                        hub.all_moved();
                        if let Some(wakes) = &wakes {
                            wakes.tell(EVERYTHING.to_owned());
                        }
                    }
                    Err(RecvError::Closed) => return,
                }
            }
            word = hear(&mut wakes) => {
                let Some(hub) = hub.upgrade() else { return };
                if word == EVERYTHING {
                    hub.all_moved();
                } else if let Some((topic, _)) = hub.corridor.registry().topic_written(&word) {
                    hub.moved(topic);
                }
            }
        }
    }
}

/// The next word of another process; where there is none to come, waits for ever.
async fn hear(wakes: &mut Option<Wakes>) -> String {
    if let Some(heard) = wakes
        && let Some(word) = heard.hear().await
    {
        return word;
    }
    *wakes = None;
    std::future::pending().await
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
