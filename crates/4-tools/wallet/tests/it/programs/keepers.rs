//! The steps of the two keepers of the bakery's wallet, of its rule, and of the house that takes demurrage: what the model says of
//! them, and the acts that do them.

use super::model::Model;
use super::run::{Run, ok};
use super::{DAY, How, PEOPLE, RATE, Step};
use crate::rule::{Open_, Rules, step};
use crate::town::*;
use planet_corridor::act::Act;
use planet_corridor::actor::Actor;
use planet_corridor::corridor::Corridor;
use planet_ledger::WHOLE;
use planet_ontology::ids::GroupId;
use planet_ontology::units::Amount;
use planet_store::Store;
use planet_wallet::acts::exchange::Exchange;
use planet_wallet::acts::hold::Hold;
use planet_wallet::acts::refund::Refund;
use planet_wallet::acts::rule::SetRule;
use std::sync::Arc;

/// The town under rules that know how two sign; what is put to others stays there.
pub async fn open(store: &Store) -> Corridor {
    let registry = registry().act::<Open_>().opener(<Open_ as Act>::NAME);
    Corridor::open(store.clone(), registry, Box::new(|_, _| Ok(Arc::new(Rules::new())))).await.unwrap()
}

impl Model {
    /// What the model says of a step that has to do with the bakery.
    pub fn expect_of_keepers(&mut self, step: Step) -> Option<bool> {
        let model = self;
        Some(match step {
            Step::Buy { from, amount, coins } => model.pay(PEOPLE[from].into(), BAKERY.into(), coins, amount),
            Step::Keep { keeper, how, to, amount } => model.keep(keeper, how, to, amount)?,
            Step::Rule { alone } => {
                model.rule = alone;
                true
            }
            Step::Idle { kept } => {
                model.idle(kept);
                true
            }
            _ => return None,
        })
    }

    /// A keeper spends from the bakery's wallet: as far as its rule lets one alone, if the ledger lets the bakery.
    pub fn keep(&mut self, keeper: usize, how: How, to: usize, amount: i64) -> Option<bool> {
        let (bakery, to) = (BAKERY.into(), PEOPLE[to].into());
        let coins = match how {
            How::Pay { coins } => coins,
            How::Refund { payment } => {
                let (_, got, coins, ..) = *self.payments.get(payment)?;
                if got != bakery {
                    return None;
                }
                coins
            }
            How::Hold { .. } | How::Exchange => false,
        };
        // The rule is one about credit.
        let ruled = self.rule.filter(|_| !coins);
        let today = self.alone.iter().filter(|(who, day, _)| *who == keeper && *day == self.day);
        let before: i64 = today.map(|(.., amount)| amount).sum();
        if ruled.is_some_and(|alone| before + amount.max(0) > alone) {
            return Some(false);
        }
        let done = match how {
            How::Pay { coins } => self.pay(bakery, to, coins, amount),
            How::Hold { days } => self.hold(bakery, to, false, amount, days),
            How::Exchange => self.exchange(bakery, amount),
            How::Refund { payment } => self.refund(payment, amount),
        };
        if done && ruled.is_some() {
            self.alone.push((keeper, self.day, amount));
        }
        Some(done)
    }

    /// What lies idle in credit loses its share to the bakery: not what is put aside, and nothing of the club's, which issues it.
    pub fn idle(&mut self, kept: i64) {
        let spared = [BAKERY.into(), GroupId::CLUB.into()];
        let mut taken = 0;
        for ((owner, coins), books) in &mut self.books {
            let idle = books.balance - books.out;
            if !*coins && !spared.contains(owner) && idle > 0 {
                let share = idle - idle * i128::from(kept) / i128::from(WHOLE);
                books.balance -= share;
                taken += share;
            }
        }
        self.books.get_mut(&(BAKERY.into(), false)).unwrap().balance += taken;
    }
}

impl Run {
    /// From the start the bakery has a rule.
    pub async fn agree(&mut self) {
        self.step(Step::Rule { alone: Some(2_000) }).await;
    }

    pub async fn keep_or_tend(&mut self, step: Step) -> bool {
        let corridor = self.corridor.clone();
        match step {
            Step::Buy { from, amount, coins } => {
                let act =
                    planet_wallet::acts::pay::Pay { currency: coins.then_some(COINS), ..pay(BAKERY, amount) };
                let paid = ok(corridor.act(self.by(PEOPLE[from]), act).await);
                paid.map(|it| self.payments.push(it.transfer)).is_some()
            }
            Step::Keep { keeper, how, to, amount } => self.keep(keeper, how, to, amount).await,
            Step::Rule { alone } => {
                let steps =
                    alone.map(|alone| vec![self::step(Some(alone), "at once"), self::step(None, "two")]);
                let act = SetRule { group: BAKERY, currency: None, steps: steps.unwrap_or_default() };
                ok(corridor.act(self.by(ADA), act).await).is_some()
            }
            Step::Idle { kept } => {
                self.months += 1;
                let act = TakeIdle { kept, period: self.months };
                let call = planet_corridor::task::Call { now: self.now(), ..by(Actor::House) };
                ok(corridor.act(call, act).await).is_some()
            }
            _ => false,
        }
    }

    async fn keep(&mut self, keeper: usize, how: How, to: usize, amount: i64) -> bool {
        let (corridor, call) = (self.corridor.clone(), self.by(PEOPLE[keeper]));
        let (from, amount, to, memo) =
            (Some(BAKERY.into()), Amount(amount), PEOPLE[to].into(), String::new());
        match how {
            How::Pay { coins } => {
                let currency = coins.then_some(COINS);
                let act = planet_wallet::acts::pay::Pay { to, amount, memo, from, currency };
                ok(corridor.act(call, act).await).map(|it| self.payments.push(it.transfer)).is_some()
            }
            How::Hold { days } => {
                let act = Hold { to, amount, memo, seconds: days * DAY - 60, from, currency: None };
                ok(corridor.act(call, act).await).map(|it| self.holds.push(it.hold)).is_some()
            }
            How::Exchange => {
                let act = Exchange { rate: RATE, give: amount, from };
                ok(corridor.act(call, act).await).is_some()
            }
            How::Refund { payment } => {
                let Some(transfer) = self.payments.get(payment).copied() else { return false };
                if self.model.payments[payment].1 != BAKERY.into() {
                    return false;
                }
                ok(corridor.act(call, Refund { transfer, amount: Some(amount), memo }).await).is_some()
            }
        }
    }
}
