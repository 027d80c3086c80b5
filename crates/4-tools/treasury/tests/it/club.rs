//! A club with a bakery that holds euros, for the stories: Ada is its steward, Tom its treasurer, Ben and Cleo are members.

use planet_corridor::act::Act;
use planet_corridor::actor::Actor;
use planet_corridor::agents::{self, NewAgent};
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_corridor::registry::Registry;
use planet_corridor::task::Call;
use planet_ledger::account_of;
use planet_ontology::ids::{ActKey, AgentId, CurrencyId, GroupId, MemberId, PayInId, PayOutId, ProposalId};
use planet_ontology::roles::{Mode, Role};
use planet_ontology::units::{Amount, Moment};
use planet_policy::procedure::Procedure;
use planet_policy::question::{Decision, Engine, Question};
use planet_store::{Migration, Store};
use planet_treasury::acts::open::{Open, Terms};
use planet_treasury::acts::pay_in::AskPayIn;
use planet_treasury::acts::pay_out::{AskPayOut, TellAccount};
use planet_treasury::bank::details::BankDetails;
use planet_treasury::views::holding::{HoldingPage, HoldingView};
use std::sync::Arc;
use uuid::Uuid;

pub const NOW: Moment = Moment(1_795_775_400_000_000);
pub const ADA: MemberId = MemberId(Uuid::from_u128(0xada));
pub const BEN: MemberId = MemberId(Uuid::from_u128(0xbe0));
pub const CLEO: MemberId = MemberId(Uuid::from_u128(0xc1e0));
pub const TOM: MemberId = MemberId(Uuid::from_u128(0x703));
pub const BAKERY: GroupId = GroupId(Uuid::from_u128(0xba4e));

pub fn migrations() -> Vec<Migration> {
    [
        planet_corridor::MIGRATIONS,
        planet_ledger::MIGRATIONS,
        planet_purse::MIGRATIONS,
        planet_treasury::MIGRATIONS,
    ]
    .concat()
}

/// Rules in small: those who keep the holder's books confirm and send; everything else is permitted. The policies themselves are
/// tried out in the policy room.
struct Keepers;

impl Engine for Keepers {
    fn decide(&self, question: &Question) -> Decision {
        let books = [
            "confirm_pay_in",
            "match_",
            "send_",
            "refuse_",
            "take_statement",
            "credit_line",
            "set_aside",
            "put_back",
            "confirm_balance",
        ];
        let verb = question.act.strip_prefix("treasury.").unwrap_or_default();
        let keeper = matches!(question.role, Role::Treasurer | Role::Steward);
        let allowed = keeper || !books.iter().any(|it| verb.starts_with(it));
        Decision { allowed, policies: Vec::new(), reason: "Keepers keep.".into(), errors: Vec::new() }
    }

    fn procedure(&self, _: &str) -> &Procedure {
        Procedure::at_once()
    }

    fn version(&self) -> i64 {
        0
    }
}

pub fn at(member: MemberId, now: Moment) -> Call {
    Call { actor: Actor::Member(member), key: ActKey(Uuid::new_v4()), now }
}

pub fn by(member: MemberId) -> Call {
    at(member, NOW)
}

/// The club, without any money of the world.
pub async fn bare(store: &Store) -> Corridor {
    store
        .write(|tx| {
            let club = NewAgent { handle: "club", name: "Club", now: NOW };
            agents::create_group(tx, GroupId::CLUB, &club, Mode::Chat, false)?;
            for (id, handle, name) in [
                (ADA, "ada", "Ada Okafor"),
                (BEN, "ben", "Ben Yilmaz"),
                (CLEO, "cleo", "Cleo Martin"),
                (TOM, "tom", "Tom Reed"),
            ] {
                agents::create_member(tx, id, &NewAgent { handle, name, now: NOW }, Role::Member, None)?;
            }
            agents::create_group(
                tx,
                BAKERY,
                &NewAgent { handle: "bakery", name: "The Bakery", now: NOW },
                Mode::Trading,
                true,
            )?;
            agents::set_role(tx, ADA.into(), BAKERY, Role::Steward, NOW)?;
            agents::set_role(tx, TOM.into(), BAKERY, Role::Treasurer, NOW)
        })
        .await
        .unwrap();
    let registry = planet_treasury::register(Registry::default());
    Corridor::open(store.clone(), registry, Box::new(|_, _| Ok(Arc::new(Keepers)))).await.unwrap()
}

pub fn bank() -> BankDetails {
    BankDetails {
        account_name: "The Bakery".into(),
        iban: "DE89 3704 0044 0532 0130 00".into(),
        ..BankDetails::default()
    }
}

pub fn terms() -> Terms {
    Terms {
        leaving: "We pay out everything within two weeks.".into(),
        pace: "Within three working days.".into(),
        fees: "Nothing.".into(),
        cap: Amount(100_000),
        cash: vec![CLEO],
    }
}

pub fn opening() -> Open {
    Open { holder: BAKERY, iso: "EUR".into(), bank: bank(), terms: terms() }
}

/// The club, with euros held by the bakery, up to 1 000.00; Cleo takes cash.
pub async fn club(store: &Store) -> (Corridor, CurrencyId) {
    let corridor = bare(store).await;
    let decided = Call {
        actor: Actor::Group { id: BAKERY, mandate: ProposalId(Uuid::new_v4()) },
        key: ActKey(Uuid::new_v4()),
        now: NOW,
    };
    let opened = corridor.act(decided, opening()).await.unwrap().output.unwrap();
    assert_eq!(opened.code, "EUR");
    (corridor, opened.currency)
}

pub async fn announce(
    corridor: &Corridor,
    who: MemberId,
    currency: CurrencyId,
    amount: i64,
    how: &str,
) -> (PayInId, String) {
    let named = (how == "cash").then_some(CLEO);
    let ask = AskPayIn { currency, amount: Amount(amount), how: how.into(), named, of: None };
    let announced = corridor.act(by(who), ask).await.unwrap().output.unwrap();
    (announced.pay_in, announced.reference)
}

/// Pays in by bank, confirmed by Tom.
pub async fn pay_in(corridor: &Corridor, who: MemberId, currency: CurrencyId, amount: i64) -> PayInId {
    let (pay_in, _) = announce(corridor, who, currency, amount, "bank").await;
    let confirm = planet_treasury::acts::pay_in::ConfirmPayIn { pay_in, arrived: Amount(amount) };
    corridor.act(by(TOM), confirm).await.unwrap();
    pay_in
}

pub async fn ask_out(
    corridor: &Corridor,
    who: MemberId,
    currency: CurrencyId,
    amount: i64,
) -> Result<PayOutId, Fault> {
    let own = BankDetails {
        account_name: "Ben Yilmaz".into(),
        iban: "GB29NWBK60161331926819".into(),
        ..BankDetails::default()
    };
    let account = corridor.act(by(who), TellAccount { bank: own, of: None }).await?.output.unwrap();
    Ok(corridor
        .act(by(who), AskPayOut { currency, amount: Amount(amount), account, from: None })
        .await?
        .output
        .unwrap())
}

/// Balance and what can be spent of it; nothing without an account.
pub async fn claim(
    corridor: &Corridor,
    owner: impl Into<AgentId>,
    currency: CurrencyId,
) -> Option<(i64, i64)> {
    let owner = owner.into();
    let account = corridor.store().read(move |tx| account_of(tx, owner, currency)).await.unwrap();
    account.map(|account| (account.balance().0, account.available().0))
}

pub async fn page(corridor: &Corridor, who: MemberId) -> HoldingView {
    let viewer = corridor.viewer(who).await.unwrap();
    corridor.view(&viewer, HoldingPage { code: "EUR".into(), of: None }, NOW).await.unwrap()
}

/// Does something that is refused, and tells by which code.
pub async fn refused<A: Act>(corridor: &Corridor, call: Call, act: A) -> String
where
    A::Output: std::fmt::Debug,
{
    code(corridor.act(call, act).await)
}

pub fn code(result: Result<impl std::fmt::Debug, Fault>) -> String {
    match result {
        Err(Fault::Refused(refusal)) => refusal.code,
        other => panic!("not refused: {other:?}"),
    }
}
