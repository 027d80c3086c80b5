//! A closure on its way to a thread and its answer on the way back. Neither knows an engine.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use crate::{
    Error,
    tx::{Mode, Tx},
};

/// A closure that takes longer holds up others: on SQLite everybody who writes.
const SLOW: Duration = Duration::from_millis(50);

/// How often a closure runs at the most: once, and five times more when another was in the way.
pub(crate) const ATTEMPTS: u32 = 6;

/// What is to become of the changes of a closure that has run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Keep,
    Undo,
    /// Undo, and run it again: another transaction was in the way.
    Repeat,
}

/// A closure with somebody waiting for its answer.
pub(crate) trait Job: Send {
    fn mode(&self) -> Mode;
    /// Runs the closure and keeps its answer.
    fn attempt(&mut self, tx: &mut Tx<'_>) -> Verdict;
    /// Replaces the answer.
    fn refuse(&mut self, error: Error);
    /// Gives the answer to the caller.
    fn answer(self: Box<Self>);
}

/// What waits in a queue.
pub(crate) type Work = Box<dyn Job>;

struct Task<F, T, E> {
    mode: Mode,
    run: F,
    repeat: fn(&E) -> bool,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

/// Packs a closure; its answer comes out of the receiver.
pub(crate) fn pack<F, T, E>(
    mode: Mode,
    run: F,
    repeat: fn(&E) -> bool,
) -> (Work, oneshot::Receiver<Result<T, E>>)
where
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    (Box::new(Task { mode, run, repeat, result: None, reply }), answer)
}

impl<F, T, E> Job for Task<F, T, E>
where
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<Error> + Send,
{
    fn mode(&self) -> Mode {
        self.mode
    }

    fn attempt(&mut self, tx: &mut Tx<'_>) -> Verdict {
        let start = Instant::now();
        // Whatever the closure left half done is undone with the transaction, so unwinding past it is safe.
        let outcome = catch_unwind(AssertUnwindSafe(|| (self.run)(tx)));
        let took = start.elapsed();
        if took > SLOW {
            tracing::warn!(closure = std::any::type_name::<F>(), ?took, mode = ?self.mode, "a slow closure in the store");
        }
        let (result, verdict) = match (outcome, tx.breakage()) {
            (Ok(Ok(value)), broken) if broken.is_none() || self.mode == Mode::Read => {
                (Ok(value), Verdict::Keep)
            }
            (Ok(Ok(_)), broken) => {
                let error = broken.unwrap_or(Error::NoRow);
                let verdict = if error.is_conflict() { Verdict::Repeat } else { Verdict::Undo };
                (Err(E::from(error)), verdict)
            }
            (Ok(Err(error)), broken) => {
                let again = broken.is_some_and(|b| b.is_conflict()) || (self.repeat)(&error);
                (Err(error), if again { Verdict::Repeat } else { Verdict::Undo })
            }
            (Err(panic), _) => {
                let said = panic
                    .downcast_ref::<String>()
                    .map(String::as_str)
                    .or_else(|| panic.downcast_ref::<&str>().copied())
                    .unwrap_or("no reason given");
                tracing::error!(
                    closure = std::any::type_name::<F>(),
                    said,
                    "a closure panicked in the store"
                );
                (Err(E::from(Error::Panicked(said.to_owned()))), Verdict::Undo)
            }
        };
        self.result = Some(result);
        verdict
    }

    fn refuse(&mut self, error: Error) {
        self.result = Some(Err(E::from(error)));
    }

    fn answer(self: Box<Self>) {
        let result = self.result.unwrap_or_else(|| Err(E::from(Error::Closed)));
        // Nobody listens when the caller has gone away; what was decided stands nevertheless.
        drop(self.reply.send(result));
    }
}
