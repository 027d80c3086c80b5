//! Random programs of acts against a small model, on both engines: what the model says happens, happens, and what it refuses is
//! refused; everything adds up to zero at every step, limits hold, and the events tell the same balances. Among those who act are
//! two keepers of a group's wallet, whose rule changes on the way, and the house, which takes demurrage.

mod keepers;
mod model;
mod run;

use crate::town::{ADA, BEN, CLEO, migrations, the_books_are_in_order};
use model::Key;
use planet_ontology::ids::{MemberId, RateId};
use planet_store::{Engine, Store, testing};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use run::Run;
use uuid::Uuid;

const DAY: i64 = 86_400;
const PEOPLE: [MemberId; 3] = [ADA, BEN, CLEO];
/// Ada gives 2 coins for 3 of credit: who gives 3 of credit gets 2 coins.
const RATE: RateId = RateId(Uuid::from_u128(0x4a7e));

/// One step of a program. People are numbers into [`PEOPLE`]; what a step is about is a number into what is there by then.
#[derive(Clone, Copy, Debug)]
enum Step {
    Pay {
        from: usize,
        to: usize,
        amount: i64,
        coins: bool,
    },
    Many {
        from: usize,
        first: i64,
        second: i64,
    },
    Bill {
        from: usize,
        to: usize,
        amount: i64,
    },
    Split {
        from: usize,
        first: i64,
        second: i64,
    },
    Answer {
        bill: usize,
        yes: bool,
    },
    Hold {
        from: usize,
        to: usize,
        amount: i64,
        coins: bool,
        days: i64,
    },
    Settle {
        hold: usize,
        part: i64,
    },
    Release {
        hold: usize,
    },
    Refund {
        payment: usize,
        amount: i64,
    },
    Exchange {
        who: usize,
        give: i64,
    },
    Schedule {
        from: usize,
        to: usize,
        amount: i64,
    },
    Tick {
        days: i64,
    },
    /// Somebody buys at the bakery.
    Buy {
        from: usize,
        amount: i64,
        coins: bool,
    },
    /// One of its two keepers spends from the bakery's wallet.
    Keep {
        keeper: usize,
        how: How,
        to: usize,
        amount: i64,
    },
    /// The bakery says up to how much a day a keeper pays alone; or that they may, however much.
    Rule {
        alone: Option<i64>,
    },
    /// What lies idle loses a share, so many parts of a million are kept.
    Idle {
        kept: i64,
    },
}

/// How a keeper spends.
#[derive(Clone, Copy, Debug)]
enum How {
    Pay { coins: bool },
    Hold { days: i64 },
    Exchange,
    Refund { payment: usize },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let person = 0..PEOPLE.len();
    let amount = prop_oneof![8 => 1_i64..4_000, 2 => 4_000_i64..16_000, 1 => -2_i64..1, 1 => Just(i64::MAX)];
    let small = prop_oneof![8 => 1_i64..2_500, 1 => -2_i64..1];
    let which = 0_usize..64;
    let step = prop_oneof![
        4 => (person.clone(), person.clone(), amount.clone(), any::<bool>()).prop_map(|(from, to, amount, coins)| Step::Pay { from, to, amount, coins }),
        1 => (person.clone(), small.clone(), small.clone()).prop_map(|(from, first, second)| Step::Many { from, first, second }),
        2 => (person.clone(), person.clone(), small.clone()).prop_map(|(from, to, amount)| Step::Bill { from, to, amount }),
        1 => (person.clone(), small.clone(), small.clone()).prop_map(|(from, first, second)| Step::Split { from, first, second }),
        3 => (which.clone(), any::<bool>()).prop_map(|(bill, yes)| Step::Answer { bill, yes }),
        3 => (person.clone(), person.clone(), amount.clone(), any::<bool>(), 1_i64..4).prop_map(|(from, to, amount, coins, days)| Step::Hold { from, to, amount, coins, days }),
        3 => (which.clone(), 0_i64..130).prop_map(|(hold, part)| Step::Settle { hold, part }),
        1 => which.clone().prop_map(|hold| Step::Release { hold }),
        2 => (which, amount.clone()).prop_map(|(payment, amount)| Step::Refund { payment, amount }),
        2 => (person.clone(), amount.clone()).prop_map(|(who, give)| Step::Exchange { who, give }),
        1 => (person.clone(), person.clone(), amount).prop_map(|(from, to, amount)| Step::Schedule { from, to, amount }),
        2 => (1_i64..3).prop_map(|days| Step::Tick { days }),
        2 => (person.clone(), small.clone(), any::<bool>()).prop_map(|(from, amount, coins)| Step::Buy { from, amount, coins }),
        8 => (0_usize..2, how(), person, small).prop_map(|(keeper, how, to, amount)| Step::Keep { keeper, how, to, amount }),
        1 => prop::option::weighted(0.8, 500_i64..4_000).prop_map(|alone| Step::Rule { alone }),
        1 => (900_000_i64..=1_000_000).prop_map(|kept| Step::Idle { kept }),
    ];
    prop::collection::vec(step, 1..50)
}

fn how() -> impl Strategy<Value = How> {
    prop_oneof![
        3 => any::<bool>().prop_map(|coins| How::Pay { coins }),
        2 => (1_i64..4).prop_map(|days| How::Hold { days }),
        1 => Just(How::Exchange),
        2 => (0_usize..64).prop_map(|payment| How::Refund { payment }),
    ]
}

fn others(who: usize) -> [usize; 2] {
    [(who + 1) % PEOPLE.len(), (who + 2) % PEOPLE.len()]
}

/// So many hundredths of an amount: more than all of it from 101 on.
fn part_of(amount: i64, part: i64) -> i64 {
    i64::try_from(i128::from(amount) * i128::from(part) / 100).unwrap_or(i64::MAX)
}

/// Runs one program in a town of its own, and answers all accounts at its end.
fn run(engine: Engine, program: &[Step]) -> Vec<(Key, i128)> {
    let program = program.to_vec();
    let (sender, receiver) = std::sync::mpsc::channel();
    testing::run(engine, &migrations(), async move |store: Store| {
        let mut run = Run::new(&store).await;
        run.agree().await;
        for step in program {
            run.step(step).await;
        }
        the_books_are_in_order(&run.corridor).await;
        let mut books: Vec<(Key, i128)> =
            run.books().await.into_iter().map(|(key, it)| (key, it.balance)).collect();
        books.sort_unstable();
        sender.send(books).unwrap();
    });
    receiver.recv().unwrap()
}

#[test]
fn random_programs_keep_to_the_model_and_both_engines_agree() {
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let told = runner.run(&steps(), |program| {
        assert_eq!(run(Engine::Sqlite, &program), run(Engine::Postgres, &program));
        Ok(())
    });
    told.unwrap_or_else(|error| panic!("{error}"));
}
