//! Standing payments: set up once, paid on their days by the house as whoever set them up, with the standing and the limits
//! that they have then. A payment that is refused is tried again for three days; then the whole is paused.

use super::checked_memo;
use super::pay::{Paid, Pay};
use crate::error::WalletError;
use crate::error::payments::PaymentError;
use crate::rows::standing::{self, StandingRow};
use jiff::ToSpan;
use jiff::civil::Date;
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::{Fault, Refusal};
use planet_ledger::{account_of, currency};
use planet_ontology::acts::{Authority, Moves};
use planet_ontology::calendar::{Every, day_of, moment_of};
use planet_ontology::entities::Account;
use planet_ontology::ids::{AgentId, CurrencyId, GroupId, StandingId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::{acts_for, idle_wallet, wallet};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// How often a refused payment is tried again, a day apart.
const TRIED_AGAIN: i64 = 3;
/// How many standing payments one wallet may have.
const MOST: i64 = 50;
/// How far ahead the first day may lie, in years.
const FARTHEST: i64 = 5;

/// Pay somebody again and again.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Who is paid: a member or a group.
    pub to: AgentId,
    /// How much each time, in minor units.
    pub amount: Amount,
    /// What for.
    #[serde(default)]
    pub memo: String,
    /// How often.
    pub every: Every,
    /// The first day, as `2026-12-31`.
    pub first: String,
    /// The last day; without one it goes on until somebody ends it.
    #[serde(default)]
    pub last: Option<String>,
    /// Whose wallet pays: a group's, or one's own if it is left out.
    #[serde(default)]
    pub from: Option<AgentId>,
    /// The currency; the club's own credit if it is left out.
    #[serde(default)]
    pub currency: Option<CurrencyId>,
}

impl Schedule {
    /// Its first and last day, if they make sense today.
    fn days(&self, now: Moment) -> Result<(Date, Option<Date>), PaymentError> {
        let day = |text: &str| text.parse::<Date>().map_err(|_| PaymentError::DayUnclear);
        let first = day(&self.first)?;
        let last = self.last.as_deref().filter(|text| !text.is_empty()).map(day).transpose()?;
        // West of Greenwich it may be yesterday still.
        let today = day_of(now);
        let earliest = today.checked_sub(1.day()).unwrap_or(today);
        if first < earliest {
            return Err(PaymentError::FirstDayOver);
        }
        if first > today.checked_add(FARTHEST.years()).unwrap_or(today) {
            return Err(PaymentError::FirstDayFar);
        }
        if last.is_some_and(|last| last < first) {
            Err(PaymentError::LastDayFirst)
        } else {
            Ok((first, last))
        }
    }
}

impl Act for Schedule {
    const NAME: &'static str = "wallet.schedule";
    const ABOUT: &'static str = "Pay somebody again and again, every week, month or year.";
    const MOVES: Moves = Moves::Spends;
    type Touches = Account;
    type Output = StandingId;

    fn resource(&self, tx: &mut Tx, actor: &Actor, now: Moment) -> Result<Resource, Fault> {
        wallet(tx, actor, self.from, self.currency, self.amount, now)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<StandingId, Fault> {
        let (first, last) = self.days(cx.now)?;
        if self.amount.0 <= 0 {
            return Err(WalletError::AmountNotPositive.into());
        }
        let memo = checked_memo(&self.memo)?;
        let currency = currency(tx, self.currency)?;
        let payer = self.from.map_or_else(|| cx.agent(), Ok)?;
        if payer == self.to {
            return Err(PaymentError::StandingToOneself.into());
        }
        let account = account_of(tx, payer, currency.id)?.ok_or(WalletError::CurrencyUnknown)?;
        if self.amount.0 > account.max.0.saturating_sub(account.min.0) {
            return Err(PaymentError::NeverAffordable.into());
        }
        agents::find(tx, self.to)?.filter(|it| it.standing != "left").ok_or(WalletError::PayeeUnknown)?;
        let there = standing::of_payer(tx, payer, MOST)?.len();
        if i64::try_from(there).is_ok_and(|there| there >= MOST) {
            return Err(PaymentError::TooManyStanding(MOST).into());
        }
        let row = StandingRow {
            id: cx.id(),
            actor: serde_json::to_value(cx.actor).unwrap_or_default(),
            payer,
            payee: self.to,
            currency: currency.id,
            amount: self.amount,
            memo,
            every: self.every.word().to_owned(),
            first: first.to_string(),
            last: last.map(|last| last.to_string()),
            number: 0,
            refusals: 0,
            state: "active".to_owned(),
            why: None,
            created: cx.now,
        };
        standing::create(tx, &row)?;
        plan(tx, cx, &row, moment_of(first))?;
        Ok(row.id)
    }

    fn summary(&self) -> String {
        let memo = if self.memo.is_empty() { "a standing payment" } else { self.memo.as_str() };
        format!("Pay every {}: {memo}", self.every.word())
    }
}

/// Declares an act that changes how a standing payment goes on.
macro_rules! changes_standing {
    ($(#[$doc:meta])* $act:ident, $name:literal, $about:literal, $change:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $act {
            /// The standing payment.
            pub standing: StandingId,
        }

        impl Act for $act {
            const NAME: &'static str = $name;
            const ABOUT: &'static str = $about;
            type Touches = Account;
            type Output = ();

            fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
                let row = standing::find(tx, self.standing)?.ok_or(PaymentError::StandingUnknown)?;
                let agent = actor.agent().ok_or(PaymentError::StandingUnknown)?;
                if !acts_for(tx, agent, row.payer)? {
                    return Err(PaymentError::StandingUnknown.into());
                }
                idle_wallet(tx, actor, Some(row.payer), Amount(0))
            }

            fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
                let row = standing::hold(tx, self.standing)?.ok_or(PaymentError::StandingUnknown)?;
                if row.state == "ended" {
                    return Err(PaymentError::StandingEnded.into());
                }
                $change(tx, cx, row)
            }
        }
    };
}

changes_standing!(
    /// Pause a standing payment.
    PauseSchedule, "wallet.pause_schedule", "Pause a standing payment.", pause
);
changes_standing!(
    /// Go on with a standing payment.
    ResumeSchedule, "wallet.resume_schedule", "Go on with a standing payment that was paused.", resume
);
changes_standing!(
    /// End a standing payment.
    EndSchedule, "wallet.end_schedule", "End a standing payment.", end
);

fn pause(tx: &mut Tx, _: &mut Cx, row: StandingRow) -> Result<(), Fault> {
    Ok(standing::set(tx, &StandingRow { state: "paused".into(), ..row })?)
}

fn end(tx: &mut Tx, _: &mut Cx, row: StandingRow) -> Result<(), Fault> {
    Ok(standing::set(tx, &StandingRow { state: "ended".into(), ..row })?)
}

/// Goes on with the next day that is still to come: what was missed meanwhile is not made up for. Whoever sets it going
/// again pays by it from now on.
fn resume(tx: &mut Tx, cx: &mut Cx, row: StandingRow) -> Result<(), Fault> {
    let (every, first) = rhythm(&row)?;
    let number = every.not_before(first, day_of(cx.now), row.number);
    let actor = serde_json::to_value(cx.actor).unwrap_or_default();
    let row = StandingRow { actor, number, refusals: 0, state: "active".into(), why: None, ..row };
    go_on(tx, cx, row)
}

/// Pay what is due of a standing payment. The house does it on the day.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PayDue {
    /// The standing payment.
    pub standing: StandingId,
    /// The number of the payment, counted from zero.
    pub number: i64,
    /// How often it was refused before.
    pub refusals: i64,
}

impl Act for PayDue {
    const NAME: &'static str = "wallet.pay_due";
    const ABOUT: &'static str = "Pay what is due of a standing payment.";
    const AUTHORITY: Authority = Authority::House;
    type Touches = Account;
    type Output = Option<Paid>;

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(Resource::club(GroupId::CLUB, &Account { own: false, group: true, amount: 0 }))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Option<Paid>, Fault> {
        let Some(row) = standing::hold(tx, self.standing)? else { return Ok(None) };
        let meant = row.state == "active" && row.number == self.number && row.refusals == self.refusals;
        if !meant {
            return Ok(None);
        }
        if agents::find(tx, row.payer)?.is_none_or(|payer| payer.standing == "left") {
            standing::set(tx, &StandingRow { state: "ended".into(), ..row })?;
            return Ok(None);
        }
        let actor: Actor = serde_json::from_value(row.actor.clone())
            .map_err(|_| Fault::Damaged(format!("Standing payment {} names nobody.", row.id)))?;
        let pay = json!({
            "to": row.payee, "amount": row.amount, "memo": row.memo, "from": row.payer, "currency": row.currency,
        });
        match tx.savepoint(|tx| cx.call_as(tx, actor, Pay::NAME, pay))? {
            Ok(output) => {
                let paid: Paid = serde_json::from_value(output)
                    .map_err(|_| Fault::Damaged("A payment has no outcome.".to_owned()))?;
                standing::paid(tx, row.id, row.number, paid.transfer)?;
                let number = row.number.saturating_add(1);
                go_on(tx, cx, StandingRow { number, refusals: 0, why: None, ..row })?;
                Ok(Some(paid))
            }
            Err(Fault::Refused(refusal)) => {
                try_again(tx, cx, row, &refusal)?;
                Ok(None)
            }
            Err(fault) => Err(fault),
        }
    }
}

/// After a refusal: again tomorrow, three times; then it is paused.
fn try_again(tx: &mut Tx, cx: &mut Cx, row: StandingRow, refusal: &Refusal) -> Result<(), Fault> {
    let refusals = row.refusals.saturating_add(1);
    let state = if refusals > TRIED_AGAIN { "paused" } else { "active" };
    let row = StandingRow { refusals, state: state.into(), why: Some(refusal.sentence.clone()), ..row };
    standing::set(tx, &row)?;
    if state == "active" { plan(tx, cx, &row, cx.now.plus_seconds(86_400)) } else { Ok(()) }
}

/// Writes where it stands, and plans its next payment; ends it where there is none.
fn go_on(tx: &mut Tx, cx: &mut Cx, row: StandingRow) -> Result<(), Fault> {
    let (every, first) = rhythm(&row)?;
    let last: Option<Date> = row.last.as_deref().and_then(|last| last.parse().ok());
    match every.day(first, row.number).filter(|day| last.is_none_or(|last| *day <= last)) {
        Some(day) => {
            standing::set(tx, &row)?;
            plan(tx, cx, &row, moment_of(day))
        }
        None => Ok(standing::set(tx, &StandingRow { state: "ended".into(), ..row })?),
    }
}

/// How often, and from which day.
pub(crate) fn rhythm(row: &StandingRow) -> Result<(Every, Date), Fault> {
    let damaged = || Fault::Damaged(format!("Standing payment {} has no days.", row.id));
    let every = Every::from_word(&row.every).ok_or_else(damaged)?;
    Ok((every, row.first.parse().map_err(|_| damaged())?))
}

fn plan(tx: &mut Tx, cx: &mut Cx, row: &StandingRow, due: Moment) -> Result<(), Fault> {
    let due = due.max(cx.now);
    cx.later(
        tx,
        due,
        PayDue::NAME,
        &json!({ "standing": row.id, "number": row.number, "refusals": row.refusals }),
    )?;
    Ok(())
}
