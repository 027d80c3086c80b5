//! What the house does for a currency each day, a piece at a time: demurrage at the turn of a month, what ends, telling holders
//! before it does, how it stands, and the end of a run-off. Each piece can be repeated safely and schedules the next one.

use super::currency_resource;
use crate::rows::health::{self, Counted};
use crate::rows::{self, Made, notices, owed};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ledger::{
    CurrencyKind, Demurrage, Swept, TransferKind, account_of, close_all, demurrage, expire_lots, refused,
    settle_rest, told, void_all,
};
use planet_ontology::acts::{Authority, Moves};
use planet_ontology::entities::Currency;
use planet_ontology::ids::{AccountId, CurrencyId};
use planet_ontology::units::{Amount, Moment};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// How many accounts a piece has: one event each.
const PIECE: i64 = 1_000;
/// How many accounts are counted at a time: so many take some ten milliseconds.
const COUNTED: i64 = 10_000;

/// What is done in a piece.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Begins the day.
    #[default]
    Begin,
    /// Takes demurrage where a month has turned.
    Idle,
    /// Gives back what nobody spent in time.
    Expire,
    /// Tells holders what ends soon.
    Remind,
    /// Writes down how the currency stands.
    Count,
    /// Tells holders that it is being closed.
    Tell,
    /// Gives back what is put aside, at the end of a run-off.
    Release,
    /// Settles what is left, at the end of a run-off.
    Settle,
}

/// Look after a currency.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tend {
    /// The currency.
    pub currency: CurrencyId,
    /// What is to be done.
    #[serde(default)]
    pub step: Step,
    /// Only accounts behind this one.
    #[serde(default)]
    pub after: Option<AccountId>,
    /// What was counted so far.
    #[serde(default)]
    pub counted: Counted,
}

impl Act for Tend {
    const NAME: &'static str = "currencies.tend";
    const ABOUT: &'static str = "Look after a currency: demurrage, expiry, reminders, the end of a run-off.";
    const AUTHORITY: Authority = Authority::House;
    const MOVES: Moves = Moves::Promised;
    type Touches = Currency;
    type Output = ();

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        currency_resource(tx, self.currency, actor)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let made = rows::find_and_hold(tx, self.currency)?;
        if made.state.state == "closed" {
            return Ok(());
        }
        match self.step {
            Step::Begin => begin(tx, cx, &made),
            Step::Idle => idle(tx, cx, &made, self.after),
            Step::Expire => expire(tx, cx, &made),
            Step::Remind => remind(tx, cx, &made),
            Step::Count => count(tx, cx, &made, self.counted),
            Step::Tell => tell(tx, cx, &made, self.after),
            Step::Release => release(tx, cx, &made),
            Step::Settle => settle(tx, cx, &made, self.after),
        }
    }
}

impl Tend {
    /// A step for the accounts behind one, or for all.
    pub fn of(currency: CurrencyId, step: Step, after: Option<AccountId>) -> Self {
        Self { currency, step, after, counted: Counted::default() }
    }

    /// Has the house begin with the next day.
    pub(super) fn tomorrow(tx: &mut Tx, cx: &mut Cx, currency: CurrencyId) -> Result<(), Fault> {
        let tomorrow = Self::of(currency, Step::Begin, None);
        cx.later(tx, cx.now.next_day(), Self::NAME, &json!(tomorrow))?;
        Ok(())
    }

    /// Has the house go on at once.
    pub(super) fn next(
        tx: &mut Tx,
        cx: &mut Cx,
        currency: CurrencyId,
        step: Step,
        after: Option<AccountId>,
    ) -> Result<(), Fault> {
        cx.later(tx, cx.now, Self::NAME, &json!(Self::of(currency, step, after)))?;
        Ok(())
    }
}

/// A day begins once, however often it is begun, so two chains of jobs become one.
fn begin(tx: &mut Tx, cx: &mut Cx, made: &Made) -> Result<(), Fault> {
    if !rows::begin_day(tx, made.currency.id, cx.now)? {
        return Ok(());
    }
    Tend::tomorrow(tx, cx, made.currency.id)?;
    let over = made.state.state == "closing" && made.state.ends.is_some_and(|ends| ends <= cx.now);
    Tend::next(tx, cx, made.currency.id, if over { Step::Release } else { Step::Idle }, None)
}

/// Demurrage for the next month that has turned and for which none was taken yet.
fn idle(tx: &mut Tx, cx: &mut Cx, made: &Made, after: Option<AccountId>) -> Result<(), Fault> {
    let id = made.currency.id;
    let (month, due) = (made.state.demurred + 1, made.state.demurred < cx.now.month());
    let commons = account_of(tx, made.currency.commons, id)?;
    let (Some(kept), Some(commons), true, true) = (made.state.kept, commons, due, made.living().is_ok())
    else {
        return Tend::next(tx, cx, id, Step::Expire, None);
    };
    let terms = Demurrage { currency: id, to: commons.id, kept, period: month };
    let swept = demurrage(tx, &terms, after, PIECE, cx.now)?;
    let taken = tell_moved(cx, &swept);
    rows::add_sums(tx, id, Amount(0), taken)?;
    if swept.next.is_some() {
        return Tend::next(tx, cx, id, Step::Idle, swept.next);
    }
    rows::set_demurred(tx, id, month)?;
    // Where the node slept for longer, the next month has its turn.
    Tend::next(tx, cx, id, Step::Idle, None)
}

fn expire(tx: &mut Tx, cx: &mut Cx, made: &Made) -> Result<(), Fault> {
    let id = made.currency.id;
    let swept = expire_lots(tx, id, cx.now, PIECE)?;
    let ended = tell_moved(cx, &swept);
    rows::add_sums(tx, id, ended, Amount(0))?;
    // What cannot move stays where it is until tomorrow; where something moved there may be more.
    let step = if swept.posted.is_empty() { Step::Remind } else { Step::Expire };
    Tend::next(tx, cx, id, step, None)
}

fn remind(tx: &mut Tx, cx: &mut Cx, made: &Made) -> Result<(), Fault> {
    if made.currency.kind != CurrencyKind::Voucher {
        return Tend::next(tx, cx, made.currency.id, Step::Count, None);
    }
    let until = cx.now.plus_seconds(made.terms.notice.saturating_mul(86_400));
    let told = notices::remind(tx, cx, made, until, PIECE)?;
    let step = if told == 0 { Step::Count } else { Step::Remind };
    Tend::next(tx, cx, made.currency.id, step, None)
}

fn count(tx: &mut Tx, cx: &mut Cx, made: &Made, mut counted: Counted) -> Result<(), Fault> {
    let id = made.currency.id;
    if health::count_on(tx, id, &mut counted, COUNTED)? {
        let on = Tend { counted, ..Tend::of(id, Step::Count, None) };
        cx.later(tx, cx.now, Tend::NAME, &json!(on))?;
        return Ok(());
    }
    Ok(health::write_day(tx, id, &counted, cx.now)?)
}

fn tell(tx: &mut Tx, cx: &mut Cx, made: &Made, after: Option<AccountId>) -> Result<(), Fault> {
    match notices::tell_closing(tx, cx, made, after, PIECE)? {
        None => Ok(()),
        next => Tend::next(tx, cx, made.currency.id, Step::Tell, next),
    }
}

/// What is put aside is given back first: nobody can pay with it after the end.
fn release(tx: &mut Tx, cx: &mut Cx, made: &Made) -> Result<(), Fault> {
    let released =
        void_all(tx, made.currency.id, cx.now, PIECE).map_err(|error| refused(error, &made.currency))?;
    let step = if released.is_empty() { Step::Settle } else { Step::Release };
    Tend::next(tx, cx, made.currency.id, step, None)
}

/// What is left goes back to the issuer, and it is written down what the issuer owes for it.
fn settle(tx: &mut Tx, cx: &mut Cx, made: &Made, after: Option<AccountId>) -> Result<(), Fault> {
    let id = made.currency.id;
    let issuer = super::trade::issuer_account(tx, made)?;
    let swept = settle_rest(tx, id, issuer.id, after, PIECE, cx.now)?;
    tell_moved(cx, &swept);
    if made.currency.kind == CurrencyKind::Voucher {
        owed::write_down(tx, made, &swept, cx.now)?;
    }
    if swept.next.is_some() {
        return Tend::next(tx, cx, id, Step::Settle, swept.next);
    }
    // Where something is left in spite of all, tomorrow tries again.
    if close_all(tx, id)? == 0 {
        rows::set_state(tx, id, "closed", made.state.ends)?;
    }
    Ok(())
}

/// Writes into the event what a piece moved, and answers how much that was.
fn tell_moved(cx: &mut Cx, swept: &Swept) -> Amount {
    let mut total: i64 = 0;
    for (transfer, posted) in &swept.posted {
        told(cx, transfer, posted);
        if transfer.kind != TransferKind::RunOff {
            total = total.saturating_add(transfer.amount.0);
        }
    }
    Amount(total)
}
