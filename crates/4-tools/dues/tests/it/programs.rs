//! Random programs of buying, giving back, paying, leaving and changing one's mind about the terms, on both engines. At each step the
//! share capital is what was paid for the shares that are held, the club has what came in less what was repaid, and nobody owes
//! twice for the same time. Both engines come to the same end.

use crate::club::*;
use planet_corridor::act::Act;
use planet_corridor::actor::Actor;
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_dues::acts::coming::Farewell;
use planet_dues::acts::pay::PayDues;
use planet_dues::acts::repay::Repay;
use planet_dues::acts::shares::{AskRepayment, BuyShares, KeepShares};
use planet_dues::rows::shares;
use planet_dues::terms::Terms;
use planet_kit::testing::at;
use planet_ontology::calendar::Every;
use planet_ontology::ids::{GroupId, MemberId, RepaymentId};
use planet_ontology::roles::Standing;
use planet_ontology::units::{Amount, Moment};
use planet_store::{Engine, Store, testing};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

const WHO: [MemberId; 3] = [ADA, BEN, CAT];
const EVERY: [Every; 3] = [Every::Month, Every::Quarter, Every::Year];

#[derive(Clone, Copy, Debug)]
enum Step {
    Buy { who: usize, number: i64 },
    Back { who: usize, number: i64 },
    Keep { which: usize },
    Repay { which: usize },
    Pay { who: usize, which: usize },
    Terms { every: usize, in_days: i64, price: i64, least: i64 },
    Days { days: i64 },
    Leave { who: usize },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let who = 0..WHO.len();
    let which = 0_usize..16;
    let step = prop_oneof![
        4 => (who.clone(), -1_i64..4).prop_map(|(who, number)| Step::Buy { who, number }),
        3 => (who.clone(), 0_i64..4).prop_map(|(who, number)| Step::Back { who, number }),
        1 => which.clone().prop_map(|which| Step::Keep { which }),
        3 => which.clone().prop_map(|which| Step::Repay { which }),
        4 => (who.clone(), which).prop_map(|(who, which)| Step::Pay { who, which }),
        2 => (0..EVERY.len(), 0_i64..60, 100_i64..900, 0_i64..3)
            .prop_map(|(every, in_days, price, least)| Step::Terms { every, in_days, price, least }),
        5 => (1_i64..80).prop_map(|days| Step::Days { days }),
        1 => who.prop_map(|who| Step::Leave { who }),
    ];
    prop::collection::vec(step, 1..40)
}

/// A club while a program runs, and what it must have by then.
struct Run {
    corridor: Corridor,
    now: Moment,
    terms: Terms,
    repayments: Vec<RepaymentId>,
    /// What came into the club's wallet less what was repaid.
    came: i64,
    /// What was paid for the shares that are held.
    capital: i64,
}

impl Run {
    async fn new(store: &Store) -> Self {
        let corridor = decided(store).await;
        Self { corridor, now: NOW, terms: terms(), repayments: Vec::new(), came: 0, capital: 0 }
    }

    /// Does something; a refusal is as good an answer as any, and changes nothing.
    async fn does<A: Act>(&self, who: impl Into<Actor>, act: A) -> Option<A::Output> {
        match self.corridor.act(at(who, self.now), act).await {
            Ok(done) => done.output,
            Err(Fault::Refused(_)) => None,
            Err(fault) => panic!("{fault}"),
        }
    }

    async fn step(&mut self, step: Step) {
        // What is done first is first on both engines: no two steps share a moment.
        self.now = self.now.plus_seconds(1);
        match step {
            Step::Buy { who, number } => {
                let price = self.terms.share_price.0.saturating_mul(number);
                let buy = BuyShares { number, price: Amount(price) };
                if self.does(WHO[who], buy).await.is_some() {
                    self.came += price;
                    self.capital += price;
                }
            }
            Step::Back { who, number } => {
                self.repayments
                    .extend(self.does(WHO[who], AskRepayment { number }).await.unwrap_or_default());
            }
            Step::Keep { which } => {
                if let Some(repayment) = self.repayment(which) {
                    let row =
                        self.corridor.store().read(move |tx| shares::find_repayment(tx, repayment)).await;
                    self.does(row.unwrap().unwrap().member, KeepShares { repayment }).await;
                }
            }
            Step::Repay { which } => {
                if let Some(repayment) = self.repayment(which)
                    && self.does(TOM, Repay { repayment }).await.is_some()
                {
                    let row =
                        self.corridor.store().read(move |tx| shares::find_repayment(tx, repayment)).await;
                    let row = row.unwrap().unwrap();
                    self.came -= row.amount.0 - row.set_off.0;
                    self.capital -= row.amount.0;
                }
            }
            Step::Pay { who, which } => {
                let lines = lines_of(&self.corridor, WHO[who]).await;
                let Some(line) = lines.get(which % lines.len().max(1)) else { return };
                if self.does(WHO[who], PayDues { line: line.id }).await.is_some() {
                    self.came += line.amount.0;
                }
            }
            Step::Terms { every, in_days, price, least } => {
                let first = day(self.now, in_days);
                let price = Amount(price);
                self.terms =
                    Terms { every: EVERY[every], first, share_price: price, least_shares: least, ..terms() };
                decide(&self.corridor, self.terms.clone(), self.now).await;
            }
            Step::Days { days } => {
                self.now = later(self.now, days);
                self.corridor.perform_due(self.now).await.unwrap();
            }
            Step::Leave { who } => {
                stand(&self.corridor, WHO[who], Standing::Left).await;
                self.does(Actor::House, Farewell { member: WHO[who] }).await;
                let open = self.corridor.store().read(|tx| shares::open_repayments(tx, 100)).await.unwrap();
                let known = &self.repayments;
                let fresh: Vec<_> =
                    open.into_iter().map(|it| it.id).filter(|id| !known.contains(id)).collect();
                self.repayments.extend(fresh);
            }
        }
    }

    fn repayment(&self, which: usize) -> Option<RepaymentId> {
        self.repayments.get(which % self.repayments.len().max(1)).copied()
    }

    async fn holds(&self, step: Step) {
        let capital = self.corridor.store().read(shares::capital).await.unwrap();
        assert_eq!(capital.iter().map(|it| it.2.0).sum::<i64>(), self.capital, "{step:?}: capital");
        assert_eq!(balance(&self.corridor, GroupId::CLUB).await, self.came, "{step:?}: the club's wallet");
        for who in WHO {
            let lines = lines_of(&self.corridor, who).await;
            for pair in lines.windows(2) {
                let apart = (pair[0].due.0 - pair[1].due.0) / Moment::DAY;
                assert!(
                    apart >= 28,
                    "{step:?}: {} and {} are {apart} days apart",
                    pair[1].period,
                    pair[0].period
                );
            }
        }
    }

    /// What there is in the end, in words that no engine's ids are in.
    async fn end(&self) -> String {
        let mut end = format!("{} {}", self.came, self.capital);
        for who in WHO {
            let held = self.corridor.store().read(move |tx| shares::held(tx, who)).await.unwrap();
            end = format!("{end}\n{held} {:?}", owes(&self.corridor, who).await);
        }
        end
    }
}

fn runs(engine: Engine, program: &[Step]) -> String {
    let (sender, receiver) = std::sync::mpsc::channel();
    testing::run(engine, &migrations(), async |store| {
        let mut run = Run::new(&store).await;
        for step in program {
            run.step(*step).await;
            run.holds(*step).await;
        }
        let audit = store.read(planet_ledger::audit).await.unwrap();
        assert_eq!(audit.problems, Vec::<String>::new());
        sender.send(run.end().await).unwrap();
    });
    receiver.recv().unwrap()
}

#[test]
fn whatever_members_do_the_capital_is_what_they_paid_and_nobody_owes_twice() {
    let config = Config { cases: 24, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&steps(), |program| {
            prop_assert_eq!(runs(Engine::Sqlite, &program), runs(Engine::Postgres, &program));
            Ok(())
        })
        .unwrap();
}
