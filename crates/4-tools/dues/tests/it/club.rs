//! A club with acorns for the stories: Ada is its steward, Tom its treasurer, Ben and Cat are members. The wallet is played by an act
//! that moves what it is told to, out of the wallet of whoever acts.

use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::registry::Registry;
use planet_dues::acts::terms::SetTerms;
use planet_dues::rows::lines::{self, LineRow};
use planet_dues::terms::Terms;
pub use planet_kit::testing::{ADA, BEN, CAT, NOW};
use planet_kit::testing::{at, club as people, code};
use planet_ledger::{
    CurrencyKind, NewCurrency, Transfer, TransferKind, account_of, carry, create_currency, currency,
    open_account,
};
use planet_ontology::acts::Moves;
use planet_ontology::calendar::Every;
use planet_ontology::entities::Account;
use planet_ontology::ids::{AccountId, AgentId, CurrencyId, GroupId, MemberId, ProposalId, TransferId};
use planet_ontology::roles::{Role, Standing};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Migration, Store, Tx};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

/// The treasurer.
pub const TOM: MemberId = MemberId(Uuid::from_u128(0x703));
pub const ACORNS: CurrencyId = CurrencyId(Uuid::from_u128(0xac0));
pub const PEOPLE: [(MemberId, &str, Role); 4] = [
    (ADA, "ada", Role::Steward),
    (BEN, "ben", Role::Member),
    (CAT, "cat", Role::Member),
    (TOM, "tom", Role::Treasurer),
];

pub fn migrations() -> Vec<Migration> {
    [
        planet_corridor::MIGRATIONS,
        planet_ledger::MIGRATIONS,
        planet_purse::MIGRATIONS,
        planet_exchange::MIGRATIONS,
        planet_dues::MIGRATIONS,
    ]
    .concat()
}

/// The part of the wallet.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Pay {
    to: AgentId,
    amount: Amount,
    memo: String,
    currency: Option<CurrencyId>,
}

impl Act for Pay {
    const NAME: &'static str = "wallet.pay";
    const ABOUT: &'static str = "Pay somebody.";
    const MOVES: Moves = Moves::Spends;
    type Touches = Account;
    type Output = Value;

    fn resource(&self, tx: &mut Tx, actor: &Actor, now: Moment) -> Result<Resource, Fault> {
        planet_purse::wallet(tx, actor, None, self.currency, self.amount, now)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Value, Fault> {
        let currency = currency(tx, self.currency)?;
        let payer = cx.agent()?;
        let debit = account_of(tx, payer, currency.id)?.unwrap().id;
        let credit = account_of(tx, self.to, currency.id)?.unwrap().id;
        let (id, amount, memo): (TransferId, _, _) = (cx.id(), self.amount, self.memo.clone());
        let order =
            Transfer { id, debit, credit, amount, kind: TransferKind::Payment, memo, reference: None };
        carry(tx, cx, &[order])?;
        Ok(json!({ "transfer": id }))
    }
}

/// What is registered.
pub fn registry() -> Registry {
    planet_dues::register(Registry::default()).act::<Pay>()
}

/// The club; members may owe up to 100.00 and have up to 1000.00.
pub async fn club(store: &Store) -> Corridor {
    let corridor = people(store, &PEOPLE, registry()).await;
    furnish(store).await;
    corridor
}

/// Its acorns and wallets.
pub async fn furnish(store: &Store) {
    store
        .write(|tx| {
            let acorns = NewCurrency {
                id: ACORNS,
                code: "ACORN".into(),
                name: "acorns".into(),
                symbol: "a".into(),
                kind: CurrencyKind::MutualCredit,
                decimals: 2,
                issuer: GroupId::CLUB.into(),
                min: Amount(-10_000),
                max: Amount(100_000),
                soft_min: None,
                soft_max: None,
                lifetime: None,
            };
            create_currency(tx, &acorns, NOW).unwrap();
            let owners = PEOPLE.map(|(id, _, _)| AgentId::from(id)).into_iter().chain([GroupId::CLUB.into()]);
            for (owner, n) in owners.zip(1_u128..) {
                open_account(tx, owner, ACORNS, AccountId(Uuid::from_u128(n)), NOW).unwrap();
            }
            Ok::<_, planet_store::Error>(())
        })
        .await
        .unwrap();
}

/// 10.00 for joining, 5.00 a month from 30 November on, a share for 25.00.
pub fn terms() -> Terms {
    Terms {
        currency: None,
        joining_fee: Amount(1_000),
        dues: Amount(500),
        every: Every::Month,
        first: day(NOW, 20),
        share_price: Amount(2_500),
        least_shares: 1,
        most_shares: 4,
        notice_days: 90,
        keep_years: 10,
        hardship: "Talk to the treasurer. No reasons are needed.".into(),
    }
}

/// The day so many days later.
pub fn day(now: Moment, days: i64) -> String {
    planet_ontology::calendar::day_of(later(now, days)).to_string()
}

pub fn later(now: Moment, days: i64) -> Moment {
    now.plus_seconds(days * 86_400)
}

pub fn the_club() -> Actor {
    Actor::Group { id: GroupId::CLUB, mandate: ProposalId(Uuid::from_u128(7)) }
}

/// The members have decided.
pub async fn decide(corridor: &Corridor, terms: Terms, now: Moment) {
    corridor.act(at(the_club(), now), SetTerms { terms }).await.unwrap();
    corridor.perform_due(now).await.unwrap();
}

/// The club with its terms.
pub async fn decided(store: &Store) -> Corridor {
    let corridor = club(store).await;
    decide(&corridor, terms(), NOW).await;
    corridor
}

pub async fn lines_of(corridor: &Corridor, member: MemberId) -> Vec<LineRow> {
    corridor.store().read(move |tx| lines::of(tx, member, 100)).await.unwrap()
}

/// Kind, amount and state of everything that a member owes or owed, the oldest first.
pub async fn owes(corridor: &Corridor, member: MemberId) -> Vec<(String, i64, String)> {
    let lines = lines_of(corridor, member).await;
    lines.into_iter().rev().map(|it| (it.period, it.amount.0, it.state)).collect()
}

pub async fn balance(corridor: &Corridor, owner: impl Into<AgentId>) -> i64 {
    let owner = owner.into();
    let account = corridor.store().read(move |tx| account_of(tx, owner, ACORNS)).await.unwrap();
    account.unwrap().balance().0
}

pub async fn stand(corridor: &Corridor, member: MemberId, standing: Standing) {
    corridor.store().write(move |tx| agents::set_standing(tx, member.into(), standing)).await.unwrap();
}

pub async fn tries<A: Act>(corridor: &Corridor, who: impl Into<Actor>, now: Moment, act: A) -> String
where
    A::Output: std::fmt::Debug,
{
    code(corridor.act(at(who, now), act).await)
}
