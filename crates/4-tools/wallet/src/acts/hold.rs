//! Putting aside: an amount is held for somebody until they take it, wholly or in part, somebody gives it back, or its time
//! runs out. What a currency adds for the commons is put aside with it, so that taking never fails.

use super::pay::Paid;
use super::wallets::{paid_account, paying_account};
use super::{checked_memo, sentence};
use crate::error::payments::PaymentError;
use crate::rows::payments::{add_hold, find_held, hold_paid};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::{Fault, Refusal};
use planet_ledger::{
    self as ledger, Currency, Transfer, TransferKind, aside, currency, expire_due, find_account,
    find_currency, find_hold, refused, settle, told, void, with_levy,
};
use planet_ontology::acts::{Authority, Moves};
use planet_ontology::entities::{Account, Hold as HoldFacts};
use planet_ontology::ids::{AgentId, CurrencyId, GroupId, TransferId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::{acts_for, spent, wallet};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// How many holds are given back in one step of the house.
const EXPIRED_AT_ONCE: i64 = 200;

/// Put something aside for somebody.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// For whom: a member or a group.
    pub to: AgentId,
    /// How much at the most, in minor units.
    pub amount: Amount,
    /// What for.
    #[serde(default)]
    pub memo: String,
    /// For how long, in seconds; a year at the most.
    pub seconds: i64,
    /// Whose wallet pays: a group's, or one's own if it is left out.
    #[serde(default)]
    pub from: Option<AgentId>,
    /// The currency; the club's own credit if it is left out.
    #[serde(default)]
    pub currency: Option<CurrencyId>,
}

/// Something that was put aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PutAside {
    /// Its id.
    pub hold: TransferId,
    /// When it is given back by itself.
    pub expires: Moment,
    /// What was put aside for the commons besides.
    pub levy: Amount,
}

impl Act for Hold {
    const NAME: &'static str = "wallet.hold";
    const ABOUT: &'static str = "Put an amount aside for somebody, who takes it when the time has come.";
    const MOVES: Moves = Moves::Spends;
    type Touches = Account;
    type Output = PutAside;

    fn resource(&self, tx: &mut Tx, actor: &Actor, now: Moment) -> Result<Resource, Fault> {
        wallet(tx, actor, self.from, self.currency, self.amount, now)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<PutAside, Fault> {
        let currency = currency(tx, self.currency)?;
        let debit = paying_account(tx, cx, self.from, &currency)?;
        let credit = paid_account(tx, cx, self.to, &currency)?;
        let (memo, kind) = (checked_memo(&self.memo)?, TransferKind::Payment);
        let payment =
            Transfer { id: cx.id(), debit, credit, amount: self.amount, kind, memo, reference: None };
        let chain = with_levy(tx, &currency, payment, cx.id())?;
        let mut held = Vec::with_capacity(chain.len());
        for link in &chain {
            held.push(aside(tx, cx, link, self.seconds).map_err(|error| refused(error, &currency))?);
        }
        let (Some(first), Some(last), Some(promised)) = (held.first(), held.last(), chain.first()) else {
            return Err(PaymentError::HoldUnknown.into());
        };
        spent(tx, cx, self.from, (currency.id, self.amount), first.id.0)?;
        let levy = chain.get(1);
        add_hold(tx, promised, levy.map(|levy| levy.id))?;
        cx.later(tx, last.expires, ExpireHolds::NAME, &json!({}))?;
        let levy = levy.map(|levy| levy.amount).unwrap_or_default();
        Ok(PutAside { hold: first.id, expires: first.expires, levy })
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        let amount = currency(tx, self.currency)?.say(self.amount);
        sentence(tx, "Put aside", "for", (self.from, self.to), &amount, &self.memo)
    }
}

/// Take what was put aside for you.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settle {
    /// What was put aside.
    pub hold: TransferId,
    /// How much of it, in minor units; all of it if it is left out. The rest is given back.
    #[serde(default)]
    pub amount: Option<Amount>,
}

impl Act for Settle {
    const NAME: &'static str = "wallet.settle";
    const ABOUT: &'static str = "Take what was put aside for you, wholly or in part; the rest is given back.";
    const MOVES: Moves = Moves::Promised;
    type Touches = HoldFacts;
    type Output = Paid;

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        let (resource, facts) = hold_resource(tx, self.hold, actor)?;
        if facts.payee { Ok(resource) } else { Err(PaymentError::HoldNotForYou.into()) }
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Paid, Fault> {
        let (held, currency) = the_hold(tx, self.hold)?;
        let wanted = self.amount.unwrap_or(held.amount);
        let paid = take(tx, cx, &held, wanted, &currency)?;
        hold_paid(tx, held.id, paid.transfer)?;
        let levy = find_held(tx, held.id)?.levy;
        if let Some(levy) = levy.map(|id| find_hold(tx, id)).transpose()?.flatten() {
            let share = i128::from(levy.amount.0) * i128::from(wanted.0) / i128::from(held.amount.0.max(1));
            let share = Amount(i64::try_from(share).unwrap_or(levy.amount.0));
            if share.0 > 0 {
                take(tx, cx, &levy, share, &currency)?;
            } else {
                void(tx, levy.id, cx.now).map_err(|error| refused(error, &currency))?;
            }
        }
        Ok(paid)
    }
}

/// Pays this much of a hold, and says so in the event.
fn take(
    tx: &mut Tx,
    cx: &mut Cx,
    held: &ledger::Hold,
    amount: Amount,
    currency: &Currency,
) -> Result<Paid, Fault> {
    let posted =
        settle(tx, cx.id(), held.id, Some(amount), cx.now).map_err(|error| refused(error, currency))?;
    let (debit, credit, memo) = (held.debit, held.credit, held.memo.clone());
    let moved =
        Transfer { id: posted.id, debit, credit, amount, kind: held.kind, memo, reference: held.reference };
    told(cx, &moved, &posted);
    Ok(Paid {
        transfer: posted.id,
        at: posted.at,
        balance: posted.credit_balance,
        soft_limit_passed: posted.receiver_warned,
    })
}

/// Give back what was put aside.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// What was put aside.
    pub hold: TransferId,
}

impl Act for Release {
    const NAME: &'static str = "wallet.release";
    const ABOUT: &'static str = "Take back what you put aside, or let go of what was put aside for you.";
    type Touches = HoldFacts;
    type Output = ();

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(hold_resource(tx, self.hold, actor)?.0)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let (held, currency) = the_hold(tx, self.hold)?;
        let levy = find_held(tx, held.id)?.levy;
        for id in [Some(held.id), levy].into_iter().flatten() {
            void(tx, id, cx.now).map_err(|error| refused(error, &currency))?;
        }
        Ok(())
    }
}

/// Give back everything that was put aside and not taken in time. The house does it when the first of them is due.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpireHolds {}

impl Act for ExpireHolds {
    const NAME: &'static str = "wallet.expire_holds";
    const ABOUT: &'static str = "Give back what was put aside and not taken in time.";
    const AUTHORITY: Authority = Authority::House;
    type Touches = Account;
    type Output = usize;

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(Resource::club(GroupId::CLUB, &Account { own: false, group: true, amount: 0 }))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<usize, Fault> {
        let expired = match expire_due(tx, cx.now, EXPIRED_AT_ONCE) {
            Ok(expired) => expired.len(),
            Err(ledger::LedgerError::Store(error)) => return Err(error.into()),
            Err(error) => return Err(Refusal::conflict(error.code(), error.to_string()).into()),
        };
        if i64::try_from(expired).is_ok_and(|count| count == EXPIRED_AT_ONCE) {
            cx.later(tx, cx.now.plus_seconds(1), Self::NAME, &json!({}))?;
        }
        Ok(expired)
    }
}

/// A hold and its currency.
pub(crate) fn the_hold(tx: &mut Tx, id: TransferId) -> Result<(ledger::Hold, Currency), Fault> {
    // Levies go with the payment that they belong to, and what another room put aside is that room's to end.
    let held = find_hold(tx, id)?.filter(|held| held.kind == TransferKind::Payment);
    let held = held.ok_or(PaymentError::HoldUnknown)?;
    let account = find_account(tx, held.debit)?.ok_or(PaymentError::HoldUnknown)?;
    let currency = find_currency(tx, account.currency)?.ok_or(PaymentError::HoldUnknown)?;
    Ok((held, currency))
}

/// A hold as policies see it. Only the two sides may know of it.
fn hold_resource(tx: &mut Tx, id: TransferId, actor: &Actor) -> Result<(Resource, HoldFacts), Fault> {
    let agent =
        actor.agent().ok_or_else(|| Refusal::not_allowed("not_signed_in", "Please sign in first."))?;
    let (held, _) = the_hold(tx, id)?;
    let mut side = |account| {
        let owner = find_account(tx, account)?.ok_or(PaymentError::HoldUnknown)?.owner;
        acts_for(tx, agent, owner)
    };
    let facts = HoldFacts { payer: side(held.debit)?, payee: side(held.credit)? };
    if facts.payer || facts.payee {
        Ok((Resource::club(id, &facts), facts))
    } else {
        Err(PaymentError::HoldUnknown.into())
    }
}
