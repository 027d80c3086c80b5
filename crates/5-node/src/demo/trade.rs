//! A year of trade: weekly bread, lessons, repairs, wages, bills. Amounts are minor units; balances are kept along, so that
//! whoever is short earns more, and groups pay out what came in.

use super::groups::Circle;
use super::people::Person;
use super::plan::{Answer, DAYS, Deed, Diary, Who, month_name};
use super::rng::Rng;

/// Of a hundred members, how many need something of another in a week.
const SERVICES: i64 = 24;
/// Of a hundred services, how many are billed; the others are paid on the spot.
const BILLED: i64 = 14;

/// The balances as they will be, if nothing is refused.
struct Books {
    people: Vec<i64>,
    groups: Vec<i64>,
    bills: usize,
}

impl Books {
    fn balance(&mut self, who: Who) -> Option<&mut i64> {
        match who {
            Who::Person(person) => self.people.get_mut(person),
            Who::Group(group) => self.groups.get_mut(group),
        }
    }

    fn of(&mut self, who: Who) -> i64 {
        self.balance(who).map_or(0, |balance| *balance)
    }

    fn book(&mut self, from: Who, to: Who, amount: i64) {
        if let Some(balance) = self.balance(from) {
            *balance -= amount;
        }
        if let Some(balance) = self.balance(to) {
            *balance += amount;
        }
    }
}

/// Plans all payments and bills.
pub fn plan(rng: &mut Rng, diary: &mut Diary, people: &[Person], groups: &[Circle]) {
    let mut books = Books { people: vec![0; people.len()], groups: vec![0; groups.len()], bills: 0 };
    let customers: Vec<Vec<usize>> = groups
        .iter()
        .map(|group| (0..people.len()).filter(|_| rng.chance(group.sort.custom.customers)).collect())
        .collect();
    for day in 0..DAYS {
        for ((nth, group), customers) in groups.iter().enumerate().zip(&customers) {
            custom(rng, diary, &mut books, people, (nth, group), customers, day);
            if (day - group.sort.starts) % 28 == 27 {
                wages(rng, diary, &mut books, (nth, group), day);
            }
        }
        services(rng, diary, &mut books, people, day);
    }
}

/// What customers pay to a group on a day.
fn custom(
    rng: &mut Rng,
    diary: &mut Diary,
    books: &mut Books,
    people: &[Person],
    (nth, group): (usize, &Circle),
    customers: &[usize],
    day: i64,
) {
    let custom = group.sort.custom;
    for customer in customers {
        let since = people.get(*customer).map_or(0, |person| person.joined).max(group.sort.starts) + 2;
        // Everybody has their own turn, moved to the weekday of the group.
        let turn = since + i64::try_from(*customer).unwrap_or(0) % custom.every;
        let due = day >= turn && (day - turn) % custom.every == 0;
        if !due || rng.chance(12) {
            continue;
        }
        let on = diary.year.next(day, custom.weekday);
        let amount = round(rng.between(custom.price.0, custom.price.1), 20);
        let memo = rng.pick(custom.memos).to_owned();
        let at = diary.year.daytime(rng, on);
        books.book(Who::Person(*customer), Who::Group(nth), amount);
        diary.note(at, Deed::Pay { by: *customer, from: None, to: Who::Group(nth), amount, memo });
    }
}

/// What a group pays to its people at the end of four weeks: most of what came in.
fn wages(rng: &mut Rng, diary: &mut Diary, books: &mut Books, (nth, group): (usize, &Circle), day: i64) {
    let (by, from) = group.treasurer();
    let till = books.of(Who::Group(nth));
    if day <= from || till < 800 {
        return;
    }
    let workers = group.on(day);
    let count = if till > 6_000 { 3 } else { 1 };
    let paid = rng.some(&workers, count);
    let share = till * rng.between(75, 95) / 100 / i64::try_from(paid.len().max(1)).unwrap_or(1);
    for worker in paid.into_iter().filter(|worker| *worker != by) {
        let amount = round(share, 50).max(100);
        let memo = format!("{}, {}", rng.pick(group.sort.custom.work), month_name(diary.year, day));
        // A week later, when all that is in the books has been paid.
        let at = diary.year.hour(rng, day + 7, 20);
        books.book(Who::Group(nth), Who::Person(worker), amount);
        diary.note(at, Deed::Pay { by, from: Some(nth), to: Who::Person(worker), amount, memo });
    }
}

/// What members do for one another on a day.
fn services(rng: &mut Rng, diary: &mut Diary, books: &mut Books, people: &[Person], day: i64) {
    let there = people.iter().filter(|person| person.joined + 3 < day).count();
    let expected = i64::try_from(there).unwrap_or(0) * SERVICES;
    // A seventh of a week's worth, with chance for the rest of the division.
    let count = expected / 700 + i64::from(rng.between(0, 699) < expected % 700);
    for _ in 0..count {
        let customer = rng.below(there);
        let (one, other) = (rng.below(there), rng.below(there));
        let richer = books.of(Who::Person(one)) > books.of(Who::Person(other));
        let provider = if richer { other } else { one };
        if provider == customer {
            continue;
        }
        let Some(trade) = people.get(provider).map(|person| person.trade) else { continue };
        let (memo, least, most) = rng.pick(trade.jobs);
        let amount = round(rng.between(least * 100, most * 100), 50);
        books.book(Who::Person(customer), Who::Person(provider), amount);
        let at = diary.year.daytime(rng, day);
        if rng.chance(BILLED) {
            let bill = books.bills;
            books.bills += 1;
            diary.note(at, Deed::Bill { bill, by: provider, payer: customer, amount, memo: memo.to_owned() });
            answer(rng, diary, (bill, provider, customer), day);
        } else {
            let to = Who::Person(provider);
            diary.note(at, Deed::Pay { by: customer, from: None, to, amount, memo: memo.to_owned() });
        }
    }
}

/// How a bill ends: most are paid within a week, a few of the last days are still open.
fn answer(rng: &mut Rng, diary: &mut Diary, (bill, provider, customer): (usize, usize, usize), day: i64) {
    let on = day + rng.between(1, 6);
    let answer = match rng.between(0, 99) {
        0..=4 => Answer::Decline,
        5..=7 => Answer::Cancel,
        8..=11 => return,
        _ => Answer::Pay,
    };
    let by = if answer == Answer::Cancel { provider } else { customer };
    let at = diary.year.daytime(rng, on);
    diary.note(at, Deed::Settled { bill, by, answer });
}

/// An amount that somebody would name.
const fn round(amount: i64, to: i64) -> i64 {
    (amount + to / 2) / to * to
}
