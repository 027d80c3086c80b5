//! A long random script on the ledger one by one, on the ledger in batches, and on a model of a hundred lines: all agree.

use std::collections::HashMap;

use planet_ledger::MIGRATIONS;
use planet_ledger::{
    LedgerError, Transfer, create_currency, expire_due, hold, open_account, set_closed, set_limits, settle,
    transfer, transfer_linked, transfer_many, void,
};
use planet_ontology::{
    ids::{AccountId, CurrencyId, TransferId},
    units::{Amount, Moment},
};
use planet_store::{Store, both_engines, testing};
use uuid::Uuid;

use crate::club::{
    Books, Dice, START, account, assert_right, books, currency, furnish, id, nth, outcome, owner, pay,
};

/// Accounts 1 to 6 hold credit, 7 and 8 hours, 6 is closed, 9 doesn't exist.
const ACCOUNTS: u64 = 9;
const LIMIT: i64 = 500;

#[derive(Clone, Debug)]
enum Step {
    Batch(Vec<Transfer>),
    Linked(Vec<Transfer>),
    Hold(Transfer, i64),
    Settle { id: TransferId, hold: TransferId, amount: Option<Amount> },
    Void(TransferId),
    Expire,
    Limits { account: AccountId, limit: i64 },
}

/// Makes up a script. Ids repeat now and then, with the same contents or with others.
struct Author {
    dice: Dice,
    written: Vec<Transfer>,
}

impl Author {
    fn transfer(&mut self) -> Transfer {
        let dice = &mut self.dice;
        if !self.written.is_empty() && dice.below(8) == 0 {
            let mut again = dice.pick(&self.written).clone();
            if dice.below(3) == 0 {
                again.amount.0 += 1;
            }
            return again;
        }
        // Mostly among the five who can pay each other.
        let among = if dice.below(4) == 0 { ACCOUNTS } else { 5 };
        let sides = [dice.below(among), dice.below(among)].map(|n| account(u128::from(n) + 1));
        let t = pay(nth(self.written.len()), sides[0], sides[1], dice.amount(200) - 3);
        self.written.push(t.clone());
        t
    }

    fn transfers(&mut self, up_to: u64) -> Vec<Transfer> {
        (0..=self.dice.below(up_to)).map(|_| self.transfer()).collect()
    }

    fn step(&mut self, holds: &[TransferId]) -> Step {
        let recent: Vec<_> = holds.iter().rev().take(3).copied().chain([id(999_999)]).collect();
        let hold = *self.dice.pick(&recent);
        match self.dice.below(10) {
            0..=3 => Step::Batch(self.transfers(20)),
            4 => Step::Linked(self.transfers(3)),
            5 | 6 => Step::Hold(self.transfer(), self.dice.amount(20)),
            7 => {
                let amount = (self.dice.below(2) == 0).then(|| Amount(self.dice.amount(250)));
                Step::Settle { id: self.transfer().id, hold, amount }
            }
            8 if self.dice.below(2) == 0 => Step::Void(hold),
            8 => Step::Expire,
            _ => {
                let account = account(u128::from(self.dice.below(5)) + 1);
                Step::Limits { account, limit: LIMIT / 2 + self.dice.amount(500) }
            }
        }
    }
}

/// The model: what a ledger is, without a database.
#[derive(Clone, Default)]
struct Model {
    accounts: HashMap<AccountId, Standing>,
    transfers: HashMap<TransferId, (Transfer, Option<TransferId>)>,
    holds: HashMap<TransferId, Promise>,
}

#[derive(Clone)]
struct Standing {
    hours: bool,
    closed: bool,
    balance: i128,
    leaving: i128,
    coming: i128,
    limit: i128,
}

#[derive(Clone)]
struct Promise {
    t: Transfer,
    seconds: i64,
    expires: i64,
    end: Option<&'static str>,
}

impl Model {
    fn new() -> Self {
        let standing = |n| Standing {
            hours: n > 6,
            closed: n == 6,
            balance: 0,
            leaving: 0,
            coming: 0,
            limit: LIMIT.into(),
        };
        Self { accounts: (1..=8).map(|n| (account(n), standing(n))).collect(), ..Self::default() }
    }

    /// Refuses, or else nothing.
    fn refusal(&self, t: &Transfer) -> Option<String> {
        let (payer, receiver) = (&self.accounts[&t.debit], &self.accounts[&t.credit]);
        let amount = i128::from(t.amount.0);
        let below = amount - (payer.balance - payer.leaving + payer.limit);
        let above = receiver.balance + receiver.coming + amount - receiver.limit;
        if payer.closed || receiver.closed {
            return Some("refused account-closed".into());
        }
        if payer.hours != receiver.hours {
            return Some("refused different-currencies".into());
        }
        if below > 0 {
            return Some(format!("refused lower limit by {below}"));
        }
        (above > 0).then(|| format!("refused upper limit by {above}"))
    }

    fn malformed(&self, t: &Transfer) -> Option<String> {
        if t.amount.0 <= 0 {
            return Some("refused amount-not-positive".into());
        }
        if t.debit == t.credit {
            return Some("refused to-oneself".into());
        }
        let there = |id| self.accounts.contains_key(id);
        (!there(&t.debit) || !there(&t.credit)).then(|| "refused account-unknown".into())
    }

    fn transfer(&mut self, t: &Transfer) -> String {
        let form = || "refused exists with different form of payment".to_owned();
        if let Some(no) = self.malformed(t) {
            return no;
        }
        if self.holds.contains_key(&t.id) {
            return form();
        }
        match self.transfers.get(&t.id) {
            Some((_, Some(_))) => return form(),
            Some((there, None)) if there == t => return "exists".into(),
            Some(_) => return "refused exists with different amount".into(),
            None => {}
        }
        if let Some(no) = self.refusal(t) {
            return no;
        }
        self.book(t, None);
        "created".into()
    }

    fn book(&mut self, t: &Transfer, hold: Option<TransferId>) {
        self.accounts.get_mut(&t.debit).unwrap().balance -= i128::from(t.amount.0);
        self.accounts.get_mut(&t.credit).unwrap().balance += i128::from(t.amount.0);
        self.transfers.insert(t.id, (t.clone(), hold));
    }

    fn reserve(&mut self, t: &Transfer, amount: i64) {
        self.accounts.get_mut(&t.debit).unwrap().leaving += i128::from(amount);
        self.accounts.get_mut(&t.credit).unwrap().coming += i128::from(amount);
    }

    fn hold(&mut self, t: &Transfer, seconds: i64, now: i64) -> String {
        if t.amount.0 > 0 && t.debit != t.credit && seconds < 1 {
            return "refused timeout".into();
        }
        if let Some(no) = self.malformed(t) {
            return no;
        }
        if let Some(there) = self.holds.get(&t.id) {
            return match (there.t == *t, there.seconds == seconds) {
                (true, true) => "exists".into(),
                (true, false) => "refused exists with different duration".into(),
                _ => "refused exists with different amount".into(),
            };
        }
        if self.transfers.contains_key(&t.id) {
            return "refused exists with different form of payment".into();
        }
        if let Some(no) = self.refusal(t) {
            return no;
        }
        self.reserve(t, t.amount.0);
        let promise = Promise { t: t.clone(), seconds, expires: now + seconds * Moment::SECOND, end: None };
        self.holds.insert(t.id, promise);
        "created".into()
    }

    fn settle(&mut self, id: TransferId, hold: TransferId, amount: Option<Amount>, now: i64) -> String {
        let Some(promise) = self.holds.get(&hold).cloned() else { return "refused hold-unknown".into() };
        if let Some((there, of)) = self.transfers.get(&id) {
            let same = *of == Some(hold) && amount.is_none_or(|amount| amount == there.amount);
            return if same {
                "exists".into()
            } else {
                "refused exists with different form of payment".into()
            };
        }
        if self.holds.contains_key(&id) {
            return "refused exists with different form of payment".into();
        }
        if let Some(end) = promise.end {
            return format!("refused pending {end}");
        }
        if promise.expires <= now {
            return "refused pending expired".into();
        }
        let amount = amount.unwrap_or(promise.t.amount);
        if amount.0 <= 0 {
            return "refused amount-not-positive".into();
        }
        if amount > promise.t.amount {
            return "refused over-hold".into();
        }
        self.end(hold, "settled");
        self.book(&Transfer { id, amount, ..promise.t }, Some(hold));
        "created".into()
    }

    fn end(&mut self, hold: TransferId, how: &'static str) {
        let promise = self.holds.get_mut(&hold).unwrap();
        promise.end = Some(how);
        let t = promise.t.clone();
        self.reserve(&t, -t.amount.0);
    }

    fn void(&mut self, hold: TransferId, now: i64) -> String {
        match self.holds.get(&hold) {
            None => "refused hold-unknown".into(),
            Some(Promise { end: Some("voided"), .. }) => "exists".into(),
            Some(Promise { end: Some(end), .. }) => format!("refused pending {end}"),
            Some(promise) if promise.expires <= now => "refused pending expired".into(),
            Some(_) => {
                self.end(hold, "voided");
                "created".into()
            }
        }
    }

    fn linked(&mut self, chain: &[Transfer]) -> String {
        let before = self.clone();
        let answers: Vec<String> = chain.iter().map(|t| self.transfer(t)).collect();
        let all = |word: &str| answers.iter().all(|answer| answer == word);
        if all("created") || all("exists") {
            return answers.join(" ");
        }
        *self = before;
        // The first refusal is told; a mixture is a refusal of its own.
        let refused = answers.iter().position(|answer| answer.starts_with("refused"));
        refused.map_or("refused exists with different set of payments".into(), |at| {
            format!("{at} {}", answers[at])
        })
    }

    fn perform(&mut self, step: &Step, now: i64) -> Vec<String> {
        match step {
            Step::Batch(ts) => ts.iter().map(|t| self.transfer(t)).collect(),
            Step::Linked(chain) => vec![self.linked(chain)],
            Step::Hold(t, seconds) => vec![self.hold(t, *seconds, now)],
            Step::Settle { id, hold, amount } => vec![self.settle(*id, *hold, *amount, now)],
            Step::Void(hold) => vec![self.void(*hold, now)],
            Step::Expire => {
                let due = |(id, p): (&TransferId, &Promise)| {
                    (p.end.is_none() && p.expires <= now).then_some((p.expires, *id))
                };
                let mut due: Vec<_> = self.holds.iter().filter_map(due).collect();
                due.sort_unstable();
                due.iter()
                    .map(|(_, id)| {
                        self.end(*id, "expired");
                        id.to_string()
                    })
                    .collect()
            }
            Step::Limits { account, limit } => {
                self.accounts.get_mut(account).unwrap().limit = i128::from(*limit);
                vec![]
            }
        }
    }
}

async fn perform(store: &Store, step: &Step, now: Moment, in_batches: bool) -> Vec<String> {
    let step = step.clone();
    let posted = |answer: &Result<planet_ledger::Posted, _>| outcome(answer, |posted| posted.fresh);
    match step {
        Step::Batch(ts) if in_batches => {
            store.write(move |tx| transfer_many(tx, &ts, now)).await.unwrap().iter().map(posted).collect()
        }
        Step::Batch(ts) => {
            let mut answers = Vec::new();
            for t in ts {
                answers.push(posted(&store.write(move |tx| transfer(tx, &t, now)).await));
            }
            answers
        }
        Step::Linked(chain) => vec![match store.write(move |tx| transfer_linked(tx, &chain, now)).await {
            Ok(all) => all.into_iter().map(|one| posted(&Ok(one))).collect::<Vec<_>>().join(" "),
            Err(LedgerError::Linked { position, because }) => {
                format!("{position} {}", posted(&Err(*because)))
            }
            Err(other) => posted(&Err(other)),
        }],
        Step::Hold(t, seconds) => {
            vec![outcome(&store.write(move |tx| hold(tx, &t, seconds, now)).await, |held| held.fresh)]
        }
        Step::Settle { id, hold, amount } => {
            vec![posted(&store.write(move |tx| settle(tx, id, hold, amount, now)).await)]
        }
        Step::Void(hold) => vec![outcome(&store.write(move |tx| void(tx, hold, now)).await, |fresh| *fresh)],
        Step::Expire => store
            .write(move |tx| expire_due(tx, now, 1_000))
            .await
            .unwrap()
            .iter()
            .map(ToString::to_string)
            .collect(),
        Step::Limits { account, limit } => {
            store.write(move |tx| set_limits(tx, account, Amount(-limit), Amount(limit))).await.unwrap();
            vec![]
        }
    }
}

async fn open(store: &Store) {
    let hours = CurrencyId(Uuid::from_u128(0xc1));
    let make = move |tx: &mut planet_store::Tx| {
        furnish(tx, 6, LIMIT)?;
        create_currency(tx, &currency(hours, "HOURS", LIMIT), START)?;
        for n in [7, 8] {
            open_account(tx, owner(n), hours, account(n), START)?;
        }
        set_closed(tx, account(6), true)
    };
    store.write(make).await.unwrap();
}

fn agrees(model: &Model, books: &Books) {
    for a in &books.accounts {
        let standing = &model.accounts[&a.id];
        assert_eq!(
            (standing.balance, standing.leaving, standing.coming),
            (a.balance().0.into(), a.debits_pending.0.into(), a.credits_pending.0.into()),
        );
    }
    assert_eq!(model.transfers.len(), books.transfers.len());
    assert_eq!(model.holds.len(), books.holds.len());
}

both_engines! { MIGRATIONS;
    async fn one_by_one_in_batches_and_the_model_keep_the_same_books(store: Store) {
        let other = testing::on(store.engine(), MIGRATIONS).await;
        let batches = &other.store;
        open(&store).await;
        open(batches).await;
        let mut model = Model::new();
        let mut author = Author { dice: Dice(20_261_123), written: Vec::new() };
        let mut holds = Vec::new();
        let mut told: HashMap<String, usize> = HashMap::new();
        for n in 0..600 {
            let step = author.step(&holds);
            // Never a whole number of seconds, so that no hold ends in the very moment of a step.
            let now = Moment(START.0 + n * 700_100);
            let wanted = model.perform(&step, now.0);
            if let Step::Hold(t, _) = &step && wanted == ["created"] { holds.push(t.id) }
            assert_eq!(perform(&store, &step, now, false).await, wanted, "step {n}, one by one: {step:?}");
            assert_eq!(perform(batches, &step, now, true).await, wanted, "step {n}, in batches: {step:?}");
            for answer in wanted {
                *told.entry(answer.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned()).or_default() += 1;
            }
        }
        // The script is worth nothing if it doesn't come to all the places.
        for answer in ["created", "exists", "refused lower limit by ", "refused upper limit by ", "refused over-hold",
            "refused hold-unknown",
            "refused timeout",
            "refused pending settled", "refused pending voided", "refused pending expired", "refused different-currencies",
            "refused account-closed", "refused account-unknown", "refused to-oneself", "refused amount-not-positive",
            "refused exists with different amount", "refused exists with different form of payment"] {
            assert!(told.get(answer).is_some_and(|times| *times > 1), "{answer}: {told:#?}");
        }
        let (one_by_one, in_batches) = (books(&store).await, books(batches).await);
        assert_eq!(one_by_one, in_batches);
        agrees(&model, &one_by_one);
        assert_right(&store, model.transfers.len()).await;
        assert_right(batches, model.transfers.len()).await;
    }
}
