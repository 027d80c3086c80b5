//! A bounded queue between callers and the threads that own connections. It never makes a caller wait.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Work in the order in which it came.
pub(crate) struct Queue<T> {
    state: Mutex<State<T>>,
    arrival: Condvar,
    limit: usize,
}

struct State<T> {
    waiting: VecDeque<T>,
    closed: bool,
}

/// Why something could not be queued.
pub(crate) enum Refused {
    Full,
    Closed,
}

/// What a thread gets when it asks for work.
pub(crate) enum Next<T> {
    Work(T),
    /// Nothing came for a while.
    Idle,
    /// Nothing will come any more.
    Closed,
}

impl<T> Queue<T> {
    pub(crate) fn new(limit: usize) -> Self {
        let state = State { waiting: VecDeque::new(), closed: false };
        Self { state: Mutex::new(state), arrival: Condvar::new(), limit }
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn push(&self, work: T) -> Result<(), Refused> {
        let mut state = self.state();
        if state.closed {
            return Err(Refused::Closed);
        }
        if state.waiting.len() >= self.limit {
            return Err(Refused::Full);
        }
        state.waiting.push_back(work);
        drop(state);
        self.arrival.notify_one();
        Ok(())
    }

    /// Waits for work, at most as long as `patience` if there is one.
    pub(crate) fn next(&self, patience: Option<Duration>) -> Next<T> {
        let mut state = self.state();
        loop {
            if let Some(work) = state.waiting.pop_front() {
                return Next::Work(work);
            }
            if state.closed {
                return Next::Closed;
            }
            match patience {
                None => state = self.arrival.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(patience) => {
                    let (waited, timeout) =
                        self.arrival.wait_timeout(state, patience).unwrap_or_else(PoisonError::into_inner);
                    state = waited;
                    if timeout.timed_out() && state.waiting.is_empty() && !state.closed {
                        return Next::Idle;
                    }
                }
            }
        }
    }

    /// The next piece of work if one waits already.
    pub(crate) fn try_next(&self) -> Option<T> {
        self.state().waiting.pop_front()
    }

    /// How many wait.
    pub(crate) fn len(&self) -> usize {
        self.state().waiting.len()
    }

    /// Lets the threads finish what waits and then end.
    pub(crate) fn close(&self) {
        self.state().closed = true;
        self.arrival.notify_all();
    }

    /// Drops what waits: for a thread that ends before its time.
    pub(crate) fn abandon(&self) {
        let left = {
            let mut state = self.state();
            state.closed = true;
            std::mem::take(&mut state.waiting)
        };
        self.arrival.notify_all();
        drop(left);
    }
}

/// Closes a queue when the thread that serves it ends by a panic, so that callers hear of it instead of waiting for ever.
pub(crate) struct LastWill<'q, T>(pub(crate) &'q Queue<T>);

impl<T> Drop for LastWill<'_, T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.abandon();
        }
    }
}
