//! Many transfers at once: decided in memory, in order, and written as a set. What each of them means is said in `pair`.

use std::collections::{BTreeMap, HashMap};

use planet_ontology::{
    ids::{AccountId, TransferId},
    units::Moment,
};
use planet_store::{Error, Ids, Tx};

use crate::{
    Account, Booking, LedgerError, Posted, Transfer,
    account::{lock_accounts, write_all},
    booking::{find_all_known, write_bookings},
    pair::{Pair, check},
};

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
    let mut page = Page::open(tx, ts)?;
    let answers = ts.iter().map(|t| page.post(t, now)).collect();
    page.write(tx)?;
    Ok(answers)
}

/// The part of the books that a batch touches, held in memory under lock.
struct Page {
    /// Each account, and its clock when the page was opened.
    accounts: BTreeMap<AccountId, (Moment, Account)>,
    /// What has one of the batch's ids, from before or by now.
    known: HashMap<TransferId, Booking>,
    /// Ids of what is new, in order.
    fresh: Vec<TransferId>,
}

impl Page {
    fn open(tx: &mut Tx, ts: &[Transfer]) -> Result<Self, Error> {
        let mut ids: Vec<_> = ts.iter().flat_map(|t| [t.debit, t.credit]).collect();
        ids.sort_unstable();
        ids.dedup();
        let accounts = lock_accounts(tx, &ids.into_iter().collect::<Ids>())?;
        let known = find_all_known(tx, &ts.iter().map(|t| t.id).collect())?;
        Ok(Self {
            accounts: accounts.into_iter().map(|account| (account.id, (account.latest, account))).collect(),
            known: known.into_iter().map(|booking| (booking.id, booking)).collect(),
            fresh: Vec::with_capacity(ts.len()),
        })
    }

    fn account(&self, id: AccountId) -> Result<Account, LedgerError> {
        self.accounts.get(&id).map(|(_, account)| *account).ok_or(LedgerError::AccountUnknown(id))
    }

    fn post(&mut self, t: &Transfer, now: Moment) -> Result<Posted, LedgerError> {
        check(t)?;
        let pair = Pair { payer: self.account(t.debit)?, receiver: self.account(t.credit)? };
        if let Some(known) = self.known.get(&t.id) {
            return known.again(t);
        }
        let moved = pair.post(t, now)?;
        let posted = moved.posted();
        for account in [moved.after.payer, moved.after.receiver] {
            self.accounts.entry(account.id).and_modify(|(_, there)| *there = account);
        }
        self.known.insert(t.id, moved.booking);
        self.fresh.push(t.id);
        Ok(posted)
    }

    fn write(&self, tx: &mut Tx) -> Result<(), Error> {
        let bookings: Vec<_> = self.fresh.iter().filter_map(|id| self.known.get(id)).collect();
        let moved = self.accounts.values().filter(|(seen, account)| account.latest != *seen);
        let moved: Vec<_> = moved.map(|(_, account)| *account).collect();
        write_bookings(tx, &bookings)?;
        write_all(tx, &moved)
    }
}
