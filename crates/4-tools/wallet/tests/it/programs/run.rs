//! A program in a town of its own: each step is done by acts, and compared with the model.

use super::model::{Books, Key, Model};
use super::{DAY, PEOPLE, RATE, Step, keepers, others, part_of};
use crate::town::*;
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_corridor::task::Call;
use planet_ledger::Account;
use planet_ontology::calendar::{Every, day_of};
use planet_ontology::ids::{AgentId, MemberId, RequestId, TransferId};
use planet_ontology::roles::Role;
use planet_ontology::units::{Amount, Moment};
use planet_store::{Store, sql};
use planet_wallet::acts::exchange::Exchange;
use planet_wallet::acts::hold::{Hold, Release, Settle};
use planet_wallet::acts::pay_many::{PayMany, Row};
use planet_wallet::acts::refund::Refund;
use planet_wallet::acts::request::{ApproveRequest, DeclineRequest, Request};
use planet_wallet::acts::split::{Share, Split};
use planet_wallet::acts::standing::Schedule;
use std::collections::HashMap;
use uuid::Uuid;

/// The town in which a program runs, and what its acts answered.
pub struct Run {
    pub corridor: Corridor,
    pub(super) model: Model,
    bills: Vec<RequestId>,
    pub(super) holds: Vec<TransferId>,
    pub(super) payments: Vec<TransferId>,
    /// How often what lies idle was charged.
    pub(super) months: i64,
}

impl Run {
    pub async fn new(store: &Store) -> Self {
        town(store).await;
        let corridor = keepers::open(store).await;
        let run = Self {
            corridor,
            model: Model::default(),
            bills: vec![],
            holds: vec![],
            payments: vec![],
            months: 0,
        };
        run.open_accounts().await;
        let model = Model { books: run.books().await, ..Model::default() };
        Self { model, ..run }
    }

    /// Everybody has coins from the start, so that the model need not know who may open an account; and Ada posts a rate.
    async fn open_accounts(&self) {
        let open = self.corridor.store().write(|tx| {
            for owner in [BEN, CLEO] {
                let id = planet_ontology::ids::AccountId(Uuid::new_v4());
                planet_ledger::open_account(tx, owner.into(), COINS, id, NOW)?;
            }
            let credit = planet_ledger::club_credit(tx).unwrap().id;
            // Room for what idles away everywhere else, whatever the order in which it comes.
            let commons = planet_ledger::account_of(tx, BAKERY.into(), credit)?.unwrap().id;
            planet_ledger::set_limits(tx, commons, Amount(-10_000), Amount(1_000_000))?;
            planet_corridor::agents::set_role(tx, BEN.into(), BAKERY, Role::Treasurer, NOW)?;
            tx.exec(
                sql!(
                    "INSERT INTO rates (id, from_id, to_id, give, get, agent_id, origin, at, until)
                     VALUES (?1, ?2, ?3, 3, 2, ?4, 'posted', ?5, NULL)"
                ),
                &[&RATE, &credit, &COINS, &ADA, &NOW],
            )?;
            Ok::<_, planet_ledger::LedgerError>(())
        });
        open.await.unwrap();
    }

    /// All accounts as they are.
    pub async fn books(&self) -> HashMap<Key, Books> {
        let read = self.corridor.store().read(|tx| {
            let mut books = HashMap::new();
            for owner in everybody() {
                for account in planet_ledger::accounts_of(tx, owner)? {
                    books.insert((owner, account.currency == COINS), plain(&account));
                }
            }
            Ok::<_, planet_store::Error>(books)
        });
        read.await.unwrap()
    }

    pub(super) fn now(&self) -> Moment {
        NOW.plus_seconds(self.model.day * DAY)
    }

    pub(super) fn by(&self, who: MemberId) -> Call {
        at(who, self.now())
    }

    /// Does a step on both, and compares what came of it.
    pub async fn step(&mut self, step: Step) {
        // Of two that are due on one day the house may take either first, and each town another: here there is one at a time.
        if matches!(step, Step::Schedule { .. }) && self.waits_for_its_day().await {
            return;
        }
        let wanted = self.model.expect(step);
        let done = self.act(step).await;
        if let Some(wanted) = wanted {
            assert_eq!(done, wanted, "{step:?} with {:?}", self.model.books);
        }
        let books = self.books().await;
        assert_eq!(books, self.model.books, "after {step:?}");
        for coins in [false, true] {
            let of_currency =
                || books.iter().filter(move |((_, of), _)| *of == coins).map(|(_, books)| books);
            assert_eq!(of_currency().map(|it| it.balance).sum::<i128>(), 0, "{step:?}");
            assert!(
                of_currency().all(|it| it.balance - it.out >= it.min && it.balance + it.coming <= it.max)
            );
        }
    }

    /// Does a step with the wallet; answers whether it was done.
    async fn act(&mut self, step: Step) -> bool {
        match step {
            Step::Pay { .. }
            | Step::Many { .. }
            | Step::Bill { .. }
            | Step::Split { .. }
            | Step::Answer { .. } => self.pay_or_ask(step).await,
            Step::Buy { .. } | Step::Keep { .. } | Step::Rule { .. } | Step::Idle { .. } => {
                self.keep_or_tend(step).await
            }
            _ => self.promise_or_mend(step).await,
        }
    }

    async fn pay_or_ask(&mut self, step: Step) -> bool {
        let corridor = self.corridor.clone();
        match step {
            Step::Pay { from, to, amount, coins } => {
                let act = planet_wallet::acts::pay::Pay {
                    currency: coins.then_some(COINS),
                    ..pay(PEOPLE[to], amount)
                };
                let paid = ok(corridor.act(self.by(PEOPLE[from]), act).await);
                paid.map(|it| self.payments.push(it.transfer)).is_some()
            }
            Step::Many { from, first, second } => {
                let [one, two] = others(from);
                let row = |at: usize, amount| Row {
                    to: PEOPLE[at].into(),
                    amount: Amount(amount),
                    memo: String::new(),
                };
                let act =
                    PayMany { rows: vec![row(one, first), row(two, second)], from: None, currency: None };
                ok(corridor.act(self.by(PEOPLE[from]), act).await).is_some()
            }
            Step::Bill { from, to, amount } => {
                let act = Request {
                    from: PEOPLE[to].into(),
                    amount: Amount(amount),
                    memo: String::new(),
                    to: None,
                    currency: None,
                };
                ok(corridor.act(self.by(PEOPLE[from]), act).await).map(|bill| self.bills.push(bill)).is_some()
            }
            Step::Split { from, first, second } => {
                let [one, two] = others(from);
                let share = |at: usize, amount| Share { from: PEOPLE[at].into(), amount: Amount(amount) };
                let shares = vec![share(one, first), share(two, second)];
                let act = Split { shares, memo: String::new(), own: Amount(0), to: None, currency: None };
                ok(corridor.act(self.by(PEOPLE[from]), act).await)
                    .map(|made| self.bills.extend(made.bills))
                    .is_some()
            }
            Step::Answer { bill, yes } => {
                let Some(request) = self.bills.get(bill).copied() else { return false };
                let call = self.by(PEOPLE[self.model.bills[bill].1]);
                if yes {
                    let paid = ok(corridor.act(call, ApproveRequest { request }).await);
                    paid.map(|it| self.payments.push(it.transfer)).is_some()
                } else {
                    ok(corridor.act(call, DeclineRequest { request }).await).is_some()
                }
            }
            _ => false,
        }
    }

    async fn promise_or_mend(&mut self, step: Step) -> bool {
        let corridor = self.corridor.clone();
        match step {
            Step::Hold { from, to, amount, coins, days } => {
                let act = Hold {
                    to: PEOPLE[to].into(),
                    amount: Amount(amount),
                    memo: String::new(),
                    // The ledger's clock is some microseconds ahead of the days of the story.
                    seconds: days * DAY - 60,
                    from: None,
                    currency: coins.then_some(COINS),
                };
                ok(corridor.act(self.by(PEOPLE[from]), act).await)
                    .map(|it| self.holds.push(it.hold))
                    .is_some()
            }
            Step::Settle { hold, part } => {
                let Some(held) = self.model.holds.get(hold).copied() else { return false };
                let act = Settle { hold: self.holds[hold], amount: Some(Amount(part_of(held.amount, part))) };
                let paid = ok(corridor.act(self.by(member(held.to)), act).await);
                paid.map(|it| self.payments.push(it.transfer)).is_some()
            }
            Step::Release { hold } => {
                let Some(held) = self.model.holds.get(hold).copied() else { return false };
                // Giving back twice does nothing, and says so without a word: the model counts the first.
                let open = planet_ledger::find_hold;
                let id = self.holds[hold];
                let before = corridor.store().read(move |tx| open(tx, id)).await.unwrap().unwrap().outcome;
                let done =
                    ok(corridor.act(self.by(keeper_of(held.from)), Release { hold: id }).await).is_some();
                done && before.is_none()
            }
            Step::Refund { payment, amount } => {
                let Some(transfer) = self.payments.get(payment).copied() else { return false };
                let payee = self.model.payments[payment].1;
                if payee == BAKERY.into() {
                    return false;
                }
                let who = member(payee);
                let act = Refund { transfer, amount: Some(Amount(amount)), memo: String::new() };
                ok(corridor.act(self.by(who), act).await).is_some()
            }
            Step::Exchange { who, give } => {
                let act = Exchange { rate: RATE, give: Amount(give), from: None };
                ok(corridor.act(self.by(PEOPLE[who]), act).await).is_some()
            }
            Step::Schedule { from, to, amount } => {
                let first = day_of(self.now()).tomorrow().unwrap().to_string();
                let act = Schedule {
                    to: PEOPLE[to].into(),
                    amount: Amount(amount),
                    memo: String::new(),
                    every: Every::Week,
                    last: Some(first.clone()),
                    first,
                    from: None,
                    currency: None,
                };
                ok(corridor.act(self.by(PEOPLE[from]), act).await).is_some()
            }
            Step::Tick { .. } => {
                self.pay_what_is_due().await;
                true
            }
            _ => false,
        }
    }

    /// Whether a standing payment has not come to its end.
    async fn waits_for_its_day(&self) -> bool {
        let active = self.corridor.store().read(|tx| {
            tx.one::<(i64,)>(sql!("SELECT count(*) FROM standing_payments WHERE state = 'active'"), &[])
        });
        active.await.unwrap().0 > 0
    }

    /// The house does what is due, and the model follows: when it tries again what was refused is the house's affair.
    async fn pay_what_is_due(&mut self) {
        self.corridor.perform_due(self.now()).await.unwrap();
        let paid = self.corridor.store().read(|tx| {
            tx.rows::<(AgentId, AgentId, i64, TransferId)>(
                sql!(
                    "SELECT s.payer_id, s.payee_id, s.amount, p.transfer_id
                       FROM standing_paid p JOIN standing_payments s ON s.id = p.standing_id JOIN transfers t ON t.id = p.transfer_id
                      ORDER BY t.at"
                ),
                &[],
            )
        });
        for (payer, payee, amount, transfer) in paid.await.unwrap() {
            if !self.payments.contains(&transfer) {
                assert!(
                    self.model.chain(&[(payer, payee, false, amount)]),
                    "the house paid what the model refuses"
                );
                self.model.payments.push((payer, payee, false, amount, 0));
                self.payments.push(transfer);
            }
        }
    }
}

fn plain(account: &Account) -> Books {
    Books {
        balance: i128::from(account.balance().0),
        out: i128::from(account.debits_pending.0),
        coming: i128::from(account.credits_pending.0),
        min: i128::from(account.min.0),
        max: i128::from(account.max.0),
    }
}

/// What an act answered, or nothing if it was refused.
pub(super) fn ok<T>(result: Result<planet_corridor::task::Done<T>, Fault>) -> Option<T> {
    match result {
        Ok(done) => done.output,
        Err(Fault::Refused(_)) => None,
        Err(fault) => panic!("{fault}"),
    }
}

/// Whoever acts for the one who put something aside.
fn keeper_of(agent: AgentId) -> MemberId {
    if agent == BAKERY.into() { ADA } else { member(agent) }
}

fn member(agent: AgentId) -> MemberId {
    MemberId(agent.0)
}
