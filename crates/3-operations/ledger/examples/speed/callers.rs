//! Many callers who pay at the same time: gathered into batches as the corridor does, or one by one.

use std::sync::Arc;
use std::time::{Duration, Instant};

use planet_ledger::{LedgerError, Posted, Transfer, transfer, transfer_many};
use planet_store::Store;
use tokio::sync::{mpsc, oneshot};

use crate::club::{Dice, account, now};

/// The most that are decided together.
const BATCH: usize = 512;

/// Who pays whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Traffic {
    /// Anybody anybody.
    Uniform,
    /// In half of all payments one account is a side: a market's till, a commons.
    Hot,
}

impl Traffic {
    fn next(self, dice: &mut Dice, accounts: u64) -> Transfer {
        let mut t = dice.transfer(accounts);
        let hot = account(0);
        if self == Self::Hot && dice.below(2) == 0 && t.debit != hot && t.credit != hot {
            // As often on the one side as on the other, so that its limits are never met.
            if dice.below(2) == 0 { t.debit = hot } else { t.credit = hot }
        }
        t
    }
}

/// So many callers, for so long or so often.
#[derive(Clone, Copy, Debug)]
pub struct Crowd {
    pub callers: u64,
    pub accounts: u64,
    pub traffic: Traffic,
    pub each: Each,
}

/// When a caller stops.
#[derive(Clone, Copy, Debug)]
pub enum Each {
    Times(u64),
    For(Duration),
}

impl Each {
    fn goes_on(self, paid: usize, begin: Instant) -> bool {
        match self {
            Self::Times(times) => u64::try_from(paid).is_ok_and(|paid| paid < times),
            Self::For(time) => begin.elapsed() < time,
        }
    }
}

/// What the callers saw.
pub struct Seen {
    pub took: Duration,
    /// How long each payment took, the shortest first.
    pub waits: Vec<Duration>,
}

impl Seen {
    pub fn per_second(&self) -> f64 {
        f64::from(u32::try_from(self.waits.len()).unwrap_or(u32::MAX)) / self.took.as_secs_f64()
    }

    pub fn percentile(&self, share: usize) -> Duration {
        self.waits.get(self.waits.len() * share / 100).copied().unwrap_or_default()
    }
}

type Waiting = (Transfer, oneshot::Sender<Result<Posted, LedgerError>>);

/// Gathers what waits and has it decided as a set, as the corridor does.
async fn gather(store: Store, mut inbox: mpsc::Receiver<Waiting>, flights: usize) {
    let flights = Arc::new(tokio::sync::Semaphore::new(flights));
    let mut waiting = Vec::new();
    while inbox.recv_many(&mut waiting, BATCH).await > 0 {
        let flight = flights.clone().acquire_owned().await.expect("open");
        // While it waited for its flight more have come.
        while waiting.len() < BATCH
            && let Ok(one) = inbox.try_recv()
        {
            waiting.push(one);
        }
        let (batch, callers): (Vec<_>, Vec<_>) = waiting.drain(..).unzip();
        let (store, at) = (store.clone(), now());
        tokio::spawn(async move {
            let answers = store.write(move |tx| transfer_many(tx, &batch, at)).await.expect("a batch");
            for (caller, answer) in callers.into_iter().zip(answers) {
                drop(caller.send(answer));
            }
            drop(flight);
        });
    }
}

/// Pays in batches as they come, so many batches under way at a time.
pub async fn in_batches(store: &Store, crowd: Crowd, flights: usize) -> Seen {
    let (send, inbox) = mpsc::channel(4_096);
    let gatherer = tokio::spawn(gather(store.clone(), inbox, flights));
    let seen = all_pay(crowd, move |t| {
        let send = send.clone();
        async move {
            let (tell, told) = oneshot::channel();
            send.send((t, tell)).await.expect("sent");
            assert!(told.await.expect("told").is_ok_and(|posted| posted.fresh));
        }
    })
    .await;
    gatherer.await.expect("the gatherer");
    seen
}

/// Pays one by one: each payment is a transaction for its caller.
pub async fn one_by_one(store: &Store, crowd: Crowd) -> Seen {
    let store = store.clone();
    all_pay(crowd, move |t| {
        let (store, at) = (store.clone(), now());
        async move {
            store.write(move |tx| transfer(tx, &t, at)).await.expect("paid");
        }
    })
    .await
}

async fn all_pay<P>(crowd: Crowd, pay: impl Fn(Transfer) -> P + Clone + Send + 'static) -> Seen
where
    P: Future<Output = ()> + Send,
{
    let begin = Instant::now();
    let callers: Vec<_> = (0..crowd.callers)
        .map(|caller| {
            let pay = pay.clone();
            tokio::spawn(async move {
                let mut dice = Dice(caller + 2);
                let mut waits = Vec::new();
                while crowd.each.goes_on(waits.len(), begin) {
                    let asked = Instant::now();
                    pay(crowd.traffic.next(&mut dice, crowd.accounts)).await;
                    waits.push(asked.elapsed());
                }
                waits
            })
        })
        .collect();
    // So that what gathers ends when the last caller does.
    drop(pay);
    let mut waits = Vec::new();
    for caller in callers {
        waits.extend(caller.await.expect("a caller"));
    }
    let took = begin.elapsed();
    waits.sort_unstable();
    Seen { took, waits }
}
