//! The reference model of payments: balances, what is put aside, bills and payments, and what every step means.

use super::{Step, others, part_of};
use crate::programs::PEOPLE;
use crate::town::{ADA, BAKERY};
use planet_ontology::ids::AgentId;
use std::collections::HashMap;

/// Whose account in which currency: the credit, or coins.
pub type Key = (AgentId, bool);

/// An account in the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Books {
    pub balance: i128,
    pub out: i128,
    pub coming: i128,
    pub min: i128,
    pub max: i128,
}

/// Something put aside: its amount and levy, and when it ends.
#[derive(Clone, Copy, Debug)]
pub struct Aside {
    pub from: AgentId,
    pub to: AgentId,
    pub coins: bool,
    pub amount: i64,
    pub levy: i64,
    pub expires: i64,
    pub open: bool,
}

/// The reference model: what every step means, in a page.
#[derive(Clone, Debug, Default)]
pub struct Model {
    pub books: HashMap<Key, Books>,
    pub bills: Vec<(usize, usize, i64, bool)>,
    pub holds: Vec<Aside>,
    pub payments: Vec<(AgentId, AgentId, bool, i64, i64)>,
    pub standing: Vec<(usize, usize, i64, i64, i64)>,
    pub day: i64,
    /// Up to how much a day a keeper of the bakery spends alone in credit; nothing where it has no rule.
    pub rule: Option<i64>,
    /// What each keeper spent alone under a rule: the day, and how much.
    pub alone: Vec<(usize, i64, i64)>,
}

impl Model {
    /// Moves all of these or nothing.
    pub fn chain(&mut self, moves: &[(AgentId, AgentId, bool, i64)]) -> bool {
        let before = self.books.clone();
        for (from, to, coins, amount) in moves {
            if !self.fits(*from, *to, *coins, *amount) {
                self.books = before;
                return false;
            }
            self.books.get_mut(&(*from, *coins)).unwrap().balance -= i128::from(*amount);
            self.books.get_mut(&(*to, *coins)).unwrap().balance += i128::from(*amount);
        }
        true
    }

    pub fn fits(&self, from: AgentId, to: AgentId, coins: bool, amount: i64) -> bool {
        let (giver, taker) = (self.books[&(from, coins)], self.books[&(to, coins)]);
        let amount = i128::from(amount);
        amount > 0
            && from != to
            && giver.balance - giver.out - amount >= giver.min
            && taker.balance + taker.coming + amount <= taker.max
    }

    /// A payment with its levy of 2 % to the bakery, for coins that the bakery neither pays nor receives.
    pub fn with_levy(
        from: AgentId,
        to: AgentId,
        coins: bool,
        amount: i64,
    ) -> Vec<(AgentId, AgentId, bool, i64)> {
        let commons = [from, to].contains(&BAKERY.into());
        let levy = if coins && amount > 0 && !commons {
            i64::try_from(i128::from(amount) * 2 / 100).unwrap()
        } else {
            0
        };
        let mut moves = vec![(from, to, coins, amount)];
        if levy > 0 {
            moves.push((from, BAKERY.into(), coins, levy));
        }
        moves
    }

    pub fn pay(&mut self, from: AgentId, to: AgentId, coins: bool, amount: i64) -> bool {
        let done = self.chain(&Self::with_levy(from, to, coins, amount));
        if done {
            self.payments.push((from, to, coins, amount, 0));
        }
        done
    }

    fn aside(&mut self, from: AgentId, to: AgentId, coins: bool, amount: i64, sign: i128) {
        self.books.get_mut(&(from, coins)).unwrap().out += sign * i128::from(amount);
        self.books.get_mut(&(to, coins)).unwrap().coming += sign * i128::from(amount);
    }

    pub fn hold(&mut self, from: AgentId, to: AgentId, coins: bool, amount: i64, days: i64) -> bool {
        let moves = Self::with_levy(from, to, coins, amount);
        for (at, (from, to, coins, amount)) in moves.iter().enumerate() {
            if !self.fits(*from, *to, *coins, *amount) {
                for (from, to, coins, amount) in &moves[..at] {
                    self.aside(*from, *to, *coins, *amount, -1);
                }
                return false;
            }
            self.aside(*from, *to, *coins, *amount, 1);
        }
        let levy = moves.get(1).map_or(0, |it| it.3);
        let expires = self.day + days;
        self.holds.push(Aside { from, to, coins, amount, levy, expires, open: true });
        true
    }

    fn give_back(&mut self, at: usize) {
        let held = self.holds[at];
        self.aside(held.from, held.to, held.coins, held.amount, -1);
        self.aside(held.from, BAKERY.into(), held.coins, held.levy, -1);
        self.holds[at].open = false;
    }

    fn settle(&mut self, at: usize, amount: i64) -> bool {
        let held = self.holds[at];
        if !held.open || amount <= 0 || amount > held.amount {
            return false;
        }
        self.give_back(at);
        let share =
            i64::try_from(i128::from(held.levy) * i128::from(amount) / i128::from(held.amount)).unwrap();
        for (to, amount) in [(held.to, amount), (BAKERY.into(), share)] {
            self.books.get_mut(&(held.from, held.coins)).unwrap().balance -= i128::from(amount);
            self.books.get_mut(&(to, held.coins)).unwrap().balance += i128::from(amount);
        }
        self.payments.push((held.from, held.to, held.coins, amount, 0));
        true
    }

    pub fn refund(&mut self, at: usize, amount: i64) -> bool {
        let (from, to, coins, paid, back) = self.payments[at];
        let done = amount > 0 && amount <= paid - back && self.chain(&[(to, from, coins, amount)]);
        if done {
            self.payments[at].4 += amount;
        }
        done
    }

    pub fn exchange(&mut self, who: AgentId, give: i64) -> bool {
        let got = i64::try_from(i128::from(give) * 2 / 3).unwrap();
        let ada = ADA.into();
        who != ada && give > 0 && got > 0 && self.chain(&[(who, ada, false, give), (ada, who, true, got)])
    }

    /// Days go by: at each, what is put aside ends, and what is due is paid.
    fn tick(&mut self, days: i64) {
        self.day += days;
        for at in 0..self.holds.len() {
            if self.holds[at].open && self.holds[at].expires <= self.day {
                self.give_back(at);
            }
        }
    }

    /// What the model says; nothing where the step is about something that is not there.
    pub fn expect(&mut self, step: Step) -> Option<bool> {
        let model = self;
        Some(match step {
            Step::Pay { from, to, amount, coins } => {
                model.pay(PEOPLE[from].into(), PEOPLE[to].into(), coins, amount)
            }
            Step::Many { from, first, second } => {
                let [one, two] = others(from).map(|at| PEOPLE[at].into());
                let payer = PEOPLE[from].into();
                model.chain(&[(payer, one, false, first), (payer, two, false, second)])
            }
            Step::Bill { from, to, amount } => {
                let done = amount > 0 && from != to;
                if done {
                    model.bills.push((from, to, amount, true));
                }
                done
            }
            Step::Split { from, first, second } => {
                let [one, two] = others(from);
                let done = first > 0 && second > 0;
                if done {
                    model.bills.push((from, one, first, true));
                    model.bills.push((from, two, second, true));
                }
                done
            }
            Step::Answer { bill, yes } => {
                let (from, to, amount, open) = *model.bills.get(bill)?;
                let done = open && (!yes || model.pay(PEOPLE[to].into(), PEOPLE[from].into(), false, amount));
                if done {
                    model.bills[bill].3 = false;
                }
                done
            }
            Step::Hold { from, to, amount, coins, days } => {
                model.hold(PEOPLE[from].into(), PEOPLE[to].into(), coins, amount, days)
            }
            Step::Settle { hold, part } => {
                let held = *model.holds.get(hold)?;
                model.settle(hold, part_of(held.amount, part))
            }
            Step::Release { hold } => {
                let open = model.holds.get(hold)?.open;
                if open {
                    model.give_back(hold);
                }
                open
            }
            Step::Refund { payment, amount } => {
                // What the bakery received its keepers give back, by its rule: that is a step of theirs.
                model.payments.get(payment).filter(|it| it.1 != BAKERY.into())?;
                model.refund(payment, amount)
            }
            Step::Exchange { who, give } => model.exchange(PEOPLE[who].into(), give),
            Step::Schedule { from, to, amount } => {
                let done = amount > 0 && from != to && amount <= 30_000;
                if done {
                    model.standing.push((from, to, amount, model.day, 0));
                }
                done
            }
            Step::Tick { days } => {
                model.tick(days);
                true
            }
            of_keepers => return model.expect_of_keepers(of_keepers),
        })
    }
}
