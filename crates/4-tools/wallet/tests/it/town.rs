//! A small town for the stories about payments: four people and a bakery, the club's credit, and coins with a levy that
//! everybody may come to hold. No story is told here.

use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::registry::Registry;
use planet_corridor::task::{Call, Done};
use planet_kit::testing::{self, new};
pub use planet_kit::testing::{ADA, BEN, NOW, at, by};
use planet_ledger::{
    CurrencyKind, NewCurrency, account_of, create_currency, find_currency, open_account, set_levy,
};
use planet_ontology::acts::{Authority, Moves};
use planet_ontology::entities::Account;
use planet_ontology::ids::{AgentId, CurrencyId, GroupId, MemberId, TransferId};
use planet_ontology::roles::{Mode, Role};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Migration, Store, Tx};
use planet_wallet::acts::open::{CreateCredit, Open};
use planet_wallet::acts::pay::{Paid, Pay};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub const CLEO: MemberId = MemberId(Uuid::from_u128(0xc1e0));
pub const DAN: MemberId = MemberId(Uuid::from_u128(0xda0));
pub const BAKERY: GroupId = GroupId(Uuid::from_u128(0xbac));
pub const COINS: CurrencyId = CurrencyId(Uuid::from_u128(0xc01));

/// All tables; those of rates belong to another room.
pub fn migrations() -> Vec<Migration> {
    const RATES: &[Migration] = &[Migration {
        name: "currencies-0001",
        sql: include_str!("../../../currencies/migrations/currencies-0001.sql"),
    }];
    [
        planet_corridor::MIGRATIONS,
        planet_ledger::MIGRATIONS,
        planet_purse::MIGRATIONS,
        RATES,
        planet_wallet::MIGRATIONS,
    ]
    .concat()
}

pub fn pay(to: impl Into<AgentId>, amount: i64) -> Pay {
    Pay { to: to.into(), amount: Amount(amount), memo: "bread".into(), from: None, currency: None }
}

/// As the room of currencies opens accounts: coins are for everybody but Dan.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
struct HoldCurrency {
    currency: CurrencyId,
    owner: AgentId,
}

impl Act for HoldCurrency {
    const NAME: &'static str = "currencies.hold";
    const ABOUT: &'static str = "Begin to hold a currency.";
    const AUTHORITY: Authority = Authority::Session;
    type Touches = Account;
    type Output = ();

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(Resource::club(GroupId::CLUB, &Account { own: false, group: false, amount: 0 }))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        if self.owner == DAN.into() {
            let sentence = "Dan may not hold these coins.";
            return Err(planet_corridor::refusal::Refusal::conflict("may_not_hold", sentence).into());
        }
        let opened = open_account(tx, self.owner, self.currency, cx.id(), cx.now);
        opened.map(|_| ()).map_err(|error| {
            planet_ledger::refused(error, &find_currency(tx, self.currency).unwrap().unwrap())
        })
    }
}

/// Takes a share of what lies idle in the club's credit for the bakery, as the room of currencies does each month.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct TakeIdle {
    pub kept: i64,
    pub period: i64,
}

impl Act for TakeIdle {
    const NAME: &'static str = "test.take_idle";
    const ABOUT: &'static str = "Take a share of what lies idle.";
    const AUTHORITY: Authority = Authority::House;
    const MOVES: Moves = Moves::Promised;
    type Touches = Account;
    type Output = ();

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(Resource::club(GroupId::CLUB, &Account { own: false, group: true, amount: 0 }))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let currency = planet_ledger::club_credit(tx)?.id;
        let to = account_of(tx, BAKERY.into(), currency)?.unwrap().id;
        let terms = planet_ledger::Demurrage { currency, to, kept: self.kept, period: self.period };
        let swept = planet_ledger::demurrage(tx, &terms, None, 1_000, cx.now)?;
        assert!(swept.refused.is_empty() && swept.next.is_none(), "{swept:?}");
        for (transfer, posted) in &swept.posted {
            planet_ledger::told(cx, transfer, posted);
        }
        Ok(())
    }
}

/// What can be done in the town.
pub fn registry() -> Registry {
    planet_wallet::register(Registry::default()).act::<HoldCurrency>().act::<TakeIdle>()
}

/// The town. Credit goes from −100.00 to 200.00. Coins never go below zero but with the club, which has issued 100.00 to
/// Ada; their levy of 2 % goes to the bakery.
pub async fn town(store: &Store) -> Corridor {
    let people = &[
        (ADA, "ada", Role::Member),
        (BEN, "ben", Role::Member),
        (CLEO, "cleo", Role::Member),
        (DAN, "dan", Role::Member),
    ];
    let corridor = testing::club(store, people, registry()).await;
    store.write(bakery).await.unwrap();
    let credit = CreateCredit {
        name: "Acorns".into(),
        symbol: "a".into(),
        decimals: 2,
        min: Amount(-10_000),
        max: Amount(20_000),
    };
    corridor.act(by(Actor::House), credit).await.unwrap();
    for owner in everybody() {
        corridor.act(by(Actor::House), Open { owner }).await.unwrap();
    }
    store.write(coins).await.unwrap();
    let issue = Pay { from: Some(GroupId::CLUB.into()), currency: Some(COINS), ..pay(ADA, 10_000) };
    corridor.act(by(ADA), issue).await.unwrap();
    store.write(|tx| set_levy(tx, COINS, 20_000, BAKERY.into())).await.unwrap();
    corridor
}

pub fn everybody() -> Vec<AgentId> {
    vec![ADA.into(), BEN.into(), CLEO.into(), DAN.into(), GroupId::CLUB.into(), BAKERY.into()]
}

fn bakery(tx: &mut Tx) -> Result<(), planet_store::Error> {
    agents::create_group(tx, BAKERY, &new("bakery", "Bakery"), Mode::Trading, false)?;
    agents::set_role(tx, ADA.into(), BAKERY, Role::Steward, NOW)
}

fn coins(tx: &mut Tx) -> Result<(), planet_ledger::LedgerError> {
    let new = NewCurrency {
        id: COINS,
        code: "COINS".into(),
        name: "Coins".into(),
        symbol: "c".into(),
        kind: CurrencyKind::Voucher,
        decimals: 2,
        issuer: GroupId::CLUB.into(),
        min: Amount(0),
        max: Amount(1_000_000),
        soft_min: None,
        soft_max: None,
        lifetime: None,
    };
    // After the club's own credit, which is the oldest of the club's currencies.
    create_currency(tx, &new, NOW.plus_seconds(1))?;
    for owner in [AgentId::from(GroupId::CLUB), ADA.into(), BAKERY.into()] {
        let account = open_account(tx, owner, COINS, planet_ontology::ids::AccountId(Uuid::new_v4()), NOW)?;
        if owner == GroupId::CLUB.into() {
            planet_ledger::set_limits(tx, account.id, Amount(-10_000), Amount(0))?;
        }
    }
    Ok(())
}

/// What somebody has of a currency; nothing without an account.
pub async fn has(corridor: &Corridor, owner: impl Into<AgentId>, currency: Option<CurrencyId>) -> i64 {
    let owner = owner.into();
    let found = corridor.store().read(move |tx| {
        let currency = planet_ledger::currency(tx, currency)?;
        Ok::<_, Fault>(account_of(tx, owner, currency.id)?)
    });
    found.await.unwrap().map_or(0, |account| account.balance().0)
}

/// What a member did, at once.
pub async fn done<A: Act>(corridor: &Corridor, call: Call, act: A) -> A::Output {
    let Done { output, .. } = corridor.act(call, act).await.unwrap();
    output.unwrap()
}

pub async fn paid(corridor: &Corridor, who: MemberId, pay: Pay) -> TransferId {
    let Paid { transfer, .. } = done(corridor, by(who), pay).await;
    transfer
}

/// The code of a refusal and its sentence.
pub async fn refused<A: Act>(corridor: &Corridor, call: Call, act: A) -> (String, String)
where
    A::Output: std::fmt::Debug,
{
    let refusal = testing::refused(corridor.act(call, act).await);
    (refusal.code, refusal.sentence)
}

/// The books prove themselves, and the events add up to the same balances.
pub async fn the_books_are_in_order(corridor: &Corridor) {
    let problems = corridor.store().read(|tx| {
        let mut problems = planet_ledger::audit(tx)?.problems;
        problems.extend(crate::replay::differences(tx)?);
        Ok::<_, planet_store::Error>(problems)
    });
    assert_eq!(problems.await.unwrap(), Vec::<String>::new());
}
