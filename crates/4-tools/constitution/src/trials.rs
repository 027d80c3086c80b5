//! Trials of changes that are under way: to read a large club's year takes longer than anybody waits for a page. They are read beside
//! everything else, one at a time, so that no reader of the database is missing elsewhere. Nothing of it is written down; the report is
//! kept when the change is proposed. After a restart whoever waited tries again.

use crate::change::hash_of;
use crate::error::ConstitutionError;
use crate::views::{Rehearse, Trial};
use planet_corridor::corridor::Corridor;
use planet_corridor::look::Viewer;
use planet_corridor::recorded::Passed;
use planet_corridor::refusal::{Fault, Refusal};
use planet_ontology::ids::MemberId;
use planet_ontology::units::Moment;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, watch};

/// How long a report is shown again before the log is read anew, in seconds.
const FRESH: i64 = 600;

/// What came out, or why nothing did.
pub type Ended = Result<Trial, Refusal>;

/// A change that is tried out for somebody.
pub struct UnderWay {
    /// The hash of what is tried out.
    pub key: String,
    /// The act that would change the rules, and its arguments as JSON.
    pub change: (String, String),
    /// The version of the rules that it is compared with.
    rules: i64,
    begun: Moment,
    read: AtomicU64,
    of: AtomicU64,
    /// Nobody waits for it any more.
    given_up: AtomicBool,
    ended: watch::Sender<Option<Ended>>,
}

impl UnderWay {
    /// How many events of the log were read, and how many there are; none as long as it waits for its turn.
    pub fn progress(&self) -> Option<(u64, u64)> {
        let of = self.of.load(Ordering::Relaxed);
        (of > 0).then(|| (self.read.load(Ordering::Relaxed), of))
    }

    /// What came out, if it is ready within this time.
    pub async fn ready(&self, patience: Duration) -> Option<Ended> {
        let mut ended = self.ended.subscribe();
        let ready = tokio::time::timeout(patience, ended.wait_for(Option::is_some)).await;
        ready.ok()?.ok()?.clone()
    }

    fn passed(&self, passed: Passed) -> Result<(), Fault> {
        self.read.store(passed.events, Ordering::Relaxed);
        self.of.store(passed.of, Ordering::Relaxed);
        if self.given_up.load(Ordering::Relaxed) {
            return Err(ConstitutionError::TrialGivenUp.into());
        }
        Ok(())
    }

    /// Whether it still says what there is to say.
    fn holds(&self, rules: i64, now: Moment) -> bool {
        self.rules == rules && now < self.begun.plus_seconds(FRESH)
    }
}

/// All trials that are under way or were ready a while ago: one of each member at the most.
pub struct Trials {
    of: Mutex<BTreeMap<MemberId, Arc<UnderWay>>>,
    turn: Arc<Semaphore>,
}

impl Default for Trials {
    fn default() -> Self {
        Self { of: Mutex::default(), turn: Arc::new(Semaphore::new(1)) }
    }
}

impl Trials {
    /// The trial of somebody under this key.
    pub fn find(&self, member: MemberId, key: &str) -> Option<Arc<UnderWay>> {
        let of = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        of.get(&member).filter(|it| it.key == key).map(Arc::clone)
    }

    /// Tries a change out, unless that is under way already. A member's newest trial takes the place of the one before.
    ///
    /// # Errors
    /// When the change cannot be written down.
    pub fn begin(
        &self,
        corridor: &Corridor,
        (viewer, member): (&Viewer, MemberId),
        view: Rehearse,
        now: Moment,
    ) -> Result<Arc<UnderWay>, Refusal> {
        let change = (view.act.clone(), view.args.clone());
        let key = hash_of(&json!([change.0, change.1]))?;
        let rules = corridor.engine().version();
        let mut of = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        of.retain(|_, it| it.holds(rules, now) || it.ended.borrow().is_none());
        if let Some(there) = of.get(&member) {
            if there.key == key && there.holds(rules, now) {
                return Ok(Arc::clone(there));
            }
            there.given_up.store(true, Ordering::Relaxed);
        }
        let under_way = Arc::new(UnderWay {
            key,
            change,
            rules,
            begun: now,
            read: AtomicU64::new(0),
            of: AtomicU64::new(0),
            given_up: AtomicBool::new(false),
            ended: watch::Sender::new(None),
        });
        of.insert(member, Arc::clone(&under_way));
        let (corridor, viewer, turn) = (corridor.clone(), viewer.clone(), Arc::clone(&self.turn));
        let telling = Arc::clone(&under_way);
        tokio::spawn(async move {
            let _turn = turn.acquire().await;
            let passing = Arc::clone(&telling);
            let read = corridor.look(&viewer, now, move |look| view.rehearse(look, |it| passing.passed(it)));
            let ended = read.await.map_err(|fault| match fault {
                Fault::Refused(refusal) => refusal,
                fault => {
                    tracing::error!("a trial of a change of the rules failed: {fault}");
                    ConstitutionError::TrialFailed.into()
                }
            });
            telling.ended.send_replace(Some(ended));
        });
        Ok(under_way)
    }
}
