//! A member pays what is owed with one button, or chooses to have it paid on its day.

use super::{dues_of, own_dues, pay_club};
use crate::error::DuesError;
use crate::rows::{lines, people};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::entities::Dues;
use planet_ontology::ids::{DuesLineId, TransferId};
use planet_ontology::units::{Moment, longer_than};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest mail address, in characters.
const LONGEST_EMAIL: u32 = 254;

/// Pay what is owed for one period.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PayDues {
    /// What is owed.
    pub line: DuesLineId,
}

impl Act for PayDues {
    const NAME: &'static str = "dues.pay";
    const ABOUT: &'static str = "Pay dues or the joining fee out of your wallet.";
    type Touches = Dues;
    type Output = Option<TransferId>;

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        let line = lines::find(tx, self.line)?.ok_or(DuesError::LineUnknown)?;
        dues_of(tx, actor, line.member, DuesError::LineUnknown)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Option<TransferId>, Fault> {
        let member = cx.member()?;
        people::hold(tx, member)?;
        let line = lines::hold(tx, self.line)?.ok_or(DuesError::LineUnknown)?;
        if line.member != member {
            return Err(DuesError::LineUnknown.into());
        }
        settle(tx, cx, &line)
    }
}

/// Pays a line that is held, as the member whose it is. Nothing moves where nothing is owed.
pub(crate) fn settle(tx: &mut Tx, cx: &mut Cx, line: &lines::LineRow) -> Result<Option<TransferId>, Fault> {
    if line.state != "owed" {
        return Err(DuesError::LineSettled.into());
    }
    let memo = if line.kind == "joining" {
        "Joining fee".to_owned()
    } else {
        format!("Membership dues from {}", line.period)
    };
    let transfer = match line.amount.0 {
        0 => None,
        _ => Some(pay_club(tx, cx, line.member, (line.currency, line.amount), &memo)?),
    };
    if !lines::end(tx, line.id, "paid", transfer, cx.now)? {
        return Err(DuesError::LineSettled.into());
    }
    Ok(transfer)
}

/// Choose how dues are paid and where reminders go.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choose {
    /// Whether they are paid out of one's wallet on their day, by themselves.
    pub by_itself: bool,
    /// Where reminders go by mail; nowhere if it is empty.
    #[serde(default)]
    pub email: String,
}

impl Act for Choose {
    const NAME: &'static str = "dues.choose";
    const ABOUT: &'static str = "Choose whether your dues are paid by themselves, and where reminders go.";
    touches!(Dues, |_, _, actor| Ok(own_dues(actor)));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let member = cx.member()?;
        let email = checked_email(&self.email)?;
        let before = people::hold(tx, member)?;
        people::choose(tx, member, &people::Chosen { by_itself: self.by_itself, email, ..before })?;
        // The address is in the table as long as it is wanted, and in the log no longer than that.
        cx.erase_words(tx, member.0)?;
        cx.words_about(member.0);
        Ok(())
    }
}

fn checked_email(email: &str) -> Result<String, DuesError> {
    let email = email.trim();
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';');
    let sound = match email.split_once('@') {
        Some((who, host)) => !who.is_empty() && host.contains('.') && !host.contains('@'),
        None => email.is_empty(),
    };
    if !sound || email.contains(odd) || longer_than(email, LONGEST_EMAIL) {
        return Err(DuesError::EmailWrong);
    }
    Ok(email.to_owned())
}
