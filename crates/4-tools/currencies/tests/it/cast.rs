//! The club in which the stories happen: Ada keeps the Deli, Ben and Cleo are members, Dora is in no group. All have acorns.

use planet_corridor::actor::Actor;
use planet_corridor::agents::{self, NewAgent};
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::{Fault, Refusal};
use planet_corridor::registry::Registry;
use planet_corridor::task::Call;
use planet_currencies::acts::design::{Design, Designed};
use planet_currencies::terms::{Holders, Price, Terms};
use planet_ledger::{
    CurrencyKind, NewCurrency, Transfer, TransferKind, account_of, audit, create_currency, open_account,
    transfer,
};
use planet_ontology::ids::{
    AccountId, ActKey, AgentId, CurrencyId, GroupId, MemberId, ProposalId, TransferId,
};
use planet_ontology::roles::{Mode, Role};
use planet_ontology::units::{Amount, Moment};
use planet_policy::testing::AllowAll;
use planet_store::{Migration, Store};
use std::sync::Arc;
use uuid::Uuid;

/// 10 March 2026, noon.
pub const NOW: Moment = Moment(1_773_144_000 * Moment::SECOND);
pub const ADA: MemberId = MemberId(Uuid::from_u128(0xada));
pub const BEN: MemberId = MemberId(Uuid::from_u128(0xbe0));
pub const CLEO: MemberId = MemberId(Uuid::from_u128(0xc1e0));
pub const DORA: MemberId = MemberId(Uuid::from_u128(0xd08a));
pub const DELI: GroupId = GroupId(Uuid::from_u128(0xde11));
pub const ACORNS: CurrencyId = CurrencyId(Uuid::from_u128(0xac08));

pub fn migrations() -> Vec<Migration> {
    [
        planet_corridor::MIGRATIONS,
        planet_ledger::MIGRATIONS,
        planet_purse::MIGRATIONS,
        planet_exchange::MIGRATIONS,
        planet_currencies::MIGRATIONS,
    ]
    .concat()
}

/// So many days after the beginning.
pub fn day(days: i64) -> Moment {
    NOW.plus_seconds(days * 86_400)
}

pub fn at(actor: Actor, now: Moment) -> Call {
    Call { actor, key: ActKey(Uuid::new_v4()), now }
}

pub fn by(member: MemberId) -> Call {
    at(Actor::Member(member), NOW)
}

/// The Deli itself, by a decision of its members.
pub fn deli(now: Moment) -> Call {
    at(Actor::Group { id: DELI, mandate: ProposalId(Uuid::from_u128(1)) }, now)
}

pub async fn club(store: &Store) -> Corridor {
    store
        .write(|tx| {
            let new = |handle, name| NewAgent { handle, name, now: NOW };
            agents::create_group(tx, GroupId::CLUB, &new("club", "Club"), Mode::Chat, false)?;
            agents::create_group(tx, DELI, &new("deli", "Deli"), Mode::Trading, false)?;
            for (id, handle, name) in
                [(ADA, "ada", "Ada"), (BEN, "ben", "Ben"), (CLEO, "cleo", "Cleo"), (DORA, "dora", "Dora")]
            {
                agents::create_member(tx, id, &new(handle, name), Role::Member, None)?;
            }
            agents::set_role(tx, ADA.into(), DELI, Role::Steward, NOW)?;
            agents::set_role(tx, CLEO.into(), DELI, Role::Member, NOW)?;
            let acorns = NewCurrency {
                id: ACORNS,
                code: "ACORNS".into(),
                name: "Acorns".into(),
                symbol: "a".into(),
                kind: CurrencyKind::MutualCredit,
                decimals: 2,
                issuer: GroupId::CLUB.into(),
                min: Amount(-20_000),
                max: Amount(100_000),
                soft_min: None,
                soft_max: None,
                lifetime: None,
            };
            create_currency(tx, &acorns, NOW).unwrap();
            let owners = [GroupId::CLUB.0, DELI.0, ADA.0, BEN.0, CLEO.0, DORA.0];
            for owner in owners {
                let id = AccountId(Uuid::new_v5(&ACORNS.0, owner.as_bytes()));
                open_account(tx, AgentId(owner), ACORNS, id, NOW).unwrap();
            }
            Ok::<_, planet_store::Error>(())
        })
        .await
        .unwrap();
    let registry = planet_currencies::register(Registry::default());
    Corridor::open(store.clone(), registry, Box::new(|_, _| Ok(Arc::new(AllowAll)))).await.unwrap()
}

/// The terms of the worked example: 100 for 90.00, a year to spend them, a month's notice.
pub fn deli_terms() -> Terms {
    Terms {
        holders: Holders::Club,
        issuers: vec![Role::Treasurer, Role::Steward],
        price: Some(Price { currency: ACORNS, give: Amount(9_000), get: Amount(10_000) }),
        cap: Some(Amount(100_000)),
        lifetime: Some(365),
        notice: 30,
        refund: 14,
        demurrage: 0,
        levy: 0,
        min: Amount(0),
        max: Amount(0),
        soft_min: None,
        soft_max: None,
        backing: "Bread, cheese and soup from our counter.".into(),
        redemption: "Show your balance and pay at the counter.".into(),
    }
}

pub fn deli_dollars(terms: Terms) -> Design {
    Design {
        group: DELI,
        code: "deli".into(),
        name: "Deli dollars".into(),
        symbol: "D$".into(),
        kind: CurrencyKind::Voucher,
        decimals: 2,
        terms,
    }
}

pub async fn design(corridor: &Corridor, design: Design) -> CurrencyId {
    let done = corridor.act(by(ADA), design).await.unwrap();
    let Designed { currency, .. } = done.output.unwrap();
    currency
}

/// What somebody has of a currency; nothing if there is no account.
pub async fn has(store: &Store, owner: impl Into<AgentId>, currency: CurrencyId) -> Option<i64> {
    let owner = owner.into();
    store.read(move |tx| account_of(tx, owner, currency)).await.unwrap().map(|account| account.balance().0)
}

/// Somebody pays somebody, as the wallet would.
pub async fn pays(
    store: &Store,
    from: impl Into<AgentId>,
    to: impl Into<AgentId>,
    currency: CurrencyId,
    amount: i64,
    now: Moment,
) -> Result<(), String> {
    let (from, to) = (from.into(), to.into());
    store
        .write(move |tx| {
            let money = planet_ledger::find_currency(tx, currency)?.unwrap();
            let (payer, receiver) =
                (account_of(tx, from, currency)?.unwrap(), account_of(tx, to, currency)?.unwrap());
            let order = Transfer {
                id: TransferId(Uuid::new_v4()),
                debit: payer.id,
                credit: receiver.id,
                amount: Amount(amount),
                kind: TransferKind::Payment,
                memo: String::new(),
                reference: None,
            };
            Ok::<_, planet_store::Error>(
                transfer(tx, &order, now).map(|_| ()).map_err(|error| error.sentence(&money)),
            )
        })
        .await
        .unwrap()
}

/// Lets the house do what is due, noon after noon, until a day.
pub async fn live_until(corridor: &Corridor, from: i64, until: i64) {
    for today in from..=until {
        corridor.perform_due(day(today)).await.unwrap();
    }
}

pub fn refused(result: Result<impl std::fmt::Debug, Fault>) -> Refusal {
    match result {
        Err(Fault::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

/// The books prove themselves.
pub async fn books_are_right(store: &Store) {
    let found = store.read(audit).await.unwrap();
    assert!(found.is_clean(), "{found:?}");
}
