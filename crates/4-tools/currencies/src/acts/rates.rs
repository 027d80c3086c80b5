//! Rates: a member or a group says at which it exchanges, and the club says which ones totals are counted with. Exchanging
//! itself is the wallet's.

use super::by_decision;
use crate::error::CurrencyError;
use crate::rows;
use crate::rows::rates::{POSTED, REFERENCE, Rate};
use crate::terms::MOST;
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ledger::{Currency, account_of, find_currency};
use planet_ontology::entities::{Account, Group};
use planet_ontology::ids::{AgentId, CurrencyId, GroupId, RateId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::idle_wallet;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest time for which a rate is posted, in seconds.
const LONGEST: i64 = 366 * 86_400;
/// How many times one side may be of the other: beyond that it is a slip of the hand.
const ABSURD: i128 = 1_000_000_000;

/// Offer to exchange at a rate.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostRate {
    /// What others give you.
    pub from: CurrencyId,
    /// What they get from you.
    pub to: CurrencyId,
    /// For so much of the first, in its minor units, ...
    pub give: Amount,
    /// ... they get so much of the second, in its minor units.
    pub get: Amount,
    /// Until when it holds; until you post another if it is left out.
    #[serde(default)]
    pub until: Option<Moment>,
}

impl Act for PostRate {
    const NAME: &'static str = "currencies.post_rate";
    const ABOUT: &'static str = "Offer to exchange one currency for another at a rate, from your own wallet.";
    type Touches = Account;
    type Output = RateId;

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        idle_wallet(tx, actor, None, self.give)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<RateId, Fault> {
        let me = cx.agent()?;
        self.post(tx, cx, me)
    }
}

impl PostRate {
    fn post(&self, tx: &mut Tx, cx: &mut Cx, of: AgentId) -> Result<RateId, Fault> {
        for currency in pair(tx, self.from, self.to)? {
            if account_of(tx, of, currency.id)?.is_none() {
                return Err(CurrencyError::RateNotHeld(currency.name).into());
            }
        }
        sane(self.give, self.get)?;
        let latest = cx.now.plus_seconds(LONGEST);
        if self.until.is_some_and(|until| until <= cx.now || until > latest) {
            return Err(CurrencyError::RateEnded.into());
        }
        let rate = Rate {
            id: cx.id(),
            from: self.from,
            to: self.to,
            give: self.give,
            get: self.get,
            agent: Some(of),
            origin: POSTED.into(),
            at: cx.now,
            until: self.until,
        };
        rows::rates::post(tx, &rate)?;
        Ok(rate.id)
    }
}

/// Have a group offer to exchange at a rate. Whoever exchanges takes from the group's wallet, so its members decide: at a rate of
/// their own choice its keepers could empty it, whatever its rule says about payments.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostGroupRate {
    /// Whose wallet exchanges.
    pub group: GroupId,
    /// What others give the group.
    pub from: CurrencyId,
    /// What they get from it.
    pub to: CurrencyId,
    /// For so much of the first, in its minor units, ...
    pub give: Amount,
    /// ... they get so much of the second, in its minor units.
    pub get: Amount,
    /// Until when it holds; until the group posts another if it is left out.
    #[serde(default)]
    pub until: Option<Moment>,
}

impl Act for PostGroupRate {
    const NAME: &'static str = "currencies.post_group_rate";
    const ABOUT: &'static str = "Have a group offer to exchange one currency for another at a rate.";
    type Touches = Account;
    type Output = RateId;

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        idle_wallet(tx, actor, Some(self.group.into()), self.give)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<RateId, Fault> {
        by_decision(&cx.actor)?;
        let Self { from, to, give, get, until, .. } = *self;
        PostRate { from, to, give, get, until }.post(tx, cx, self.group.into())
    }
}

/// Take a rate back.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawRate {
    /// The rate.
    pub rate: RateId,
}

impl Act for WithdrawRate {
    const NAME: &'static str = "currencies.withdraw_rate";
    const ABOUT: &'static str = "Take back a rate that you offered.";
    type Touches = Account;
    type Output = ();

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        let rate = rows::rates::find(tx, self.rate)?.ok_or(CurrencyError::RateUnknown)?;
        idle_wallet(tx, actor, rate.agent, Amount(0))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let rate =
            rows::rates::find(tx, self.rate)?.filter(|rate| rate.holds(cx.now) && rate.origin == POSTED);
        let rate = rate.ok_or(CurrencyError::RateUnknown)?;
        Ok(rows::rates::end(tx, rate.id, cx.now)?)
    }
}

/// Say at which rate the club counts totals.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetReference {
    /// One currency.
    pub from: CurrencyId,
    /// The other one.
    pub to: CurrencyId,
    /// So much of the first, in its minor units, ...
    pub give: Amount,
    /// ... counts as much as this of the second, in its minor units.
    pub get: Amount,
}

impl Act for SetReference {
    const NAME: &'static str = "currencies.set_reference";
    const ABOUT: &'static str = "Say at which rate the club counts totals. Nobody has to exchange at it.";
    type Touches = Group;
    type Output = RateId;

    fn resource(&self, tx: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(Resource::group(&agents::group(tx, GroupId::CLUB)?.ok_or(CurrencyError::GroupUnknown)?))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<RateId, Fault> {
        by_decision(&cx.actor)?;
        pair(tx, self.from, self.to)?;
        sane(self.give, self.get)?;
        let rate = Rate {
            id: cx.id(),
            from: self.from,
            to: self.to,
            give: self.give,
            get: self.get,
            agent: Some(GroupId::CLUB.into()),
            origin: REFERENCE.into(),
            at: cx.now,
            until: None,
        };
        rows::rates::post(tx, &rate)?;
        Ok(rate.id)
    }
}

/// Two different currencies that live.
fn pair(tx: &mut Tx, from: CurrencyId, to: CurrencyId) -> Result<[Currency; 2], Fault> {
    if from == to {
        return Err(CurrencyError::RateItself.into());
    }
    let mut find = |id| -> Result<Currency, Fault> {
        let currency = find_currency(tx, id)?.ok_or(CurrencyError::CurrencyUnknown)?;
        if currency.ending() { Err(CurrencyError::Closing(currency.name).into()) } else { Ok(currency) }
    };
    Ok([find(from)?, find(to)?])
}

fn sane(give: Amount, get: Amount) -> Result<(), CurrencyError> {
    let bounds = 1..=MOST;
    let (more, less) = (i128::from(give.0.max(get.0)), i128::from(give.0.min(get.0)));
    if bounds.contains(&give.0) && bounds.contains(&get.0) && more <= less.saturating_mul(ABSURD) {
        Ok(())
    } else {
        Err(CurrencyError::RateWrong)
    }
}
