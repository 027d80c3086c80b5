//! A page of the books: the part that a batch touches, held in memory under lock while it is decided, then written as a
//! set. What each transfer means is said in `pair`.

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
    lots,
    pair::{Pair, check},
};

/// The part of the books that a batch touches.
pub(crate) struct Page {
    /// Each account, and its clock when the page was opened.
    accounts: BTreeMap<AccountId, (Moment, Account)>,
    /// What has one of the batch's ids, from before or by now.
    known: HashMap<TransferId, Booking>,
    /// Ids of what is new, in order.
    fresh: Vec<TransferId>,
}

impl Page {
    /// Locks and reads what these transfers touch.
    pub(crate) fn open<'t>(
        tx: &mut Tx,
        ts: impl Iterator<Item = &'t Transfer> + Clone,
    ) -> Result<Self, Error> {
        let mut ids: Vec<_> = ts.clone().flat_map(|t| [t.debit, t.credit]).collect();
        ids.sort_unstable();
        ids.dedup();
        let accounts = lock_accounts(tx, &ids.into_iter().collect::<Ids>())?;
        let known = find_all_known(tx, &ts.map(|t| t.id).collect())?;
        Ok(Self {
            accounts: accounts.into_iter().map(|account| (account.id, (account.latest, account))).collect(),
            known: known.into_iter().map(|booking| (booking.id, booking)).collect(),
            fresh: Vec::new(),
        })
    }

    /// An account as it is by now.
    pub(crate) fn account(&self, id: AccountId) -> Result<Account, LedgerError> {
        self.accounts.get(&id).map(|(_, account)| *account).ok_or(LedgerError::AccountUnknown(id))
    }

    /// Whether something has this id already.
    pub(crate) fn knows(&self, id: TransferId) -> bool {
        self.known.contains_key(&id)
    }

    /// Decides one transfer.
    pub(crate) fn post(&mut self, t: &Transfer, now: Moment) -> Result<Posted, LedgerError> {
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

    /// Decides a chain: all of it, or nothing.
    pub(crate) fn post_chain(&mut self, chain: &[Transfer], now: Moment) -> Result<Vec<Posted>, LedgerError> {
        let before: Vec<_> =
            chain.iter().flat_map(|t| [t.debit, t.credit]).filter_map(|id| self.account(id).ok()).collect();
        let fresh = self.fresh.len();
        let result = self.post_links(chain, now);
        if result.is_err() {
            for account in before {
                self.accounts.entry(account.id).and_modify(|(_, there)| *there = account);
            }
            for id in self.fresh.drain(fresh..) {
                self.known.remove(&id);
            }
        }
        result
    }

    fn post_links(&mut self, chain: &[Transfer], now: Moment) -> Result<Vec<Posted>, LedgerError> {
        let linked = |(position, t)| {
            self.post(t, now).map_err(|because| LedgerError::Linked { position, because: Box::new(because) })
        };
        let posted = chain.iter().enumerate().map(linked).collect::<Result<Vec<_>, _>>()?;
        let fresh = posted.iter().filter(|posted| posted.fresh).count();
        if fresh == 0 || fresh == chain.len() {
            Ok(posted)
        } else {
            // Some of these ids were booked in another company.
            Err(LedgerError::SameIdOtherTransfer { field: "set of payments" })
        }
    }

    /// Writes what was decided.
    pub(crate) fn write(&self, tx: &mut Tx) -> Result<(), Error> {
        let bookings: Vec<_> = self.fresh.iter().filter_map(|id| self.known.get(id)).collect();
        let moved = self.accounts.values().filter(|(seen, account)| account.latest != *seen);
        let moved: Vec<_> = moved.map(|(_, account)| *account).collect();
        write_bookings(tx, &bookings)?;
        write_all(tx, &moved)?;
        for booking in bookings {
            if let (Ok(payer), Ok(receiver)) = (self.account(booking.debit), self.account(booking.credit)) {
                lots::follow(tx, booking, &payer, &receiver)?;
            }
        }
        Ok(())
    }
}
