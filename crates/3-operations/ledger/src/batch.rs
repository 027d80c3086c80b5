//! Many transfers at once: decided in memory, in order, and written as a set. The page does the work.

use planet_ontology::units::Moment;
use planet_store::{Error, Tx};

use crate::{LedgerError, Posted, Transfer, page::Page};

/// Moves value as if by [`crate::transfer`] one after the other, with a handful of statements for all. Each transfer has
/// its own answer; one that is refused leaves the others unharmed.
///
/// # Errors
/// Only when the store fails: then nothing of the whole batch is kept.
pub fn transfer_many(
    tx: &mut Tx,
    ts: &[Transfer],
    now: Moment,
) -> Result<Vec<Result<Posted, LedgerError>>, Error> {
    let mut page = Page::open(tx, ts.iter())?;
    let answers = ts.iter().map(|t| page.post(t, now)).collect();
    page.write(tx)?;
    Ok(answers)
}

/// As [`transfer_many`], for chains of transfers: each chain happens wholly or not at all, as if by [`transfer_linked`].
///
/// # Errors
/// Only when the store fails: then nothing of the whole batch is kept.
pub fn transfer_chains(
    tx: &mut Tx,
    chains: &[Vec<Transfer>],
    now: Moment,
) -> Result<Vec<Result<Vec<Posted>, LedgerError>>, Error> {
    let mut page = Page::open(tx, chains.iter().flatten())?;
    let answers = chains.iter().map(|chain| page.post_chain(chain, now)).collect();
    page.write(tx)?;
    Ok(answers)
}

/// Moves value several times, or not at all: a payment with its levy, an exchange of two currencies, a list of wages. Each
/// sees the effect of those before it.
///
/// # Errors
/// [`LedgerError::Linked`] with the first that was refused, after which nothing is moved.
pub fn transfer_linked(tx: &mut Tx, chain: &[Transfer], now: Moment) -> Result<Vec<Posted>, LedgerError> {
    let mut page = Page::open(tx, chain.iter())?;
    let posted = page.post_chain(chain, now)?;
    page.write(tx)?;
    Ok(posted)
}
