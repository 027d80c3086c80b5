//! Who cannot pay asks to owe less, later or nothing; who keeps the club's books answers. It stays between them.

use super::{dues_of, own_dues};
use crate::error::DuesError;
use crate::letters;
use crate::rows::lines::{self, LineRow};
use crate::rows::people;
use crate::rows::reliefs::{self, ReliefRow};
use crate::terms::{checked_words, part};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::entities::Dues;
use planet_ontology::ids::{DuesLineId, MemberId, ReliefId};
use planet_ontology::units::{Amount, Moment};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far ahead relief may reach, in days.
const FARTHEST: i64 = 3 * 366;
/// How many requests of a member are looked through for one that waits.
const LOOKED_AT: i64 = 20;

/// What helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relief {
    /// A part of the dues is paid until a day.
    Reduce,
    /// No dues are owed until a day.
    Pause,
    /// What is open is not owed any more.
    Waive,
}

impl Relief {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reduce => "reduce",
            Self::Pause => "pause",
            Self::Waive => "waive",
        }
    }

    /// The part that is still paid, and until when, as they are kept.
    fn bounded(
        self,
        percent: i64,
        until: Option<Moment>,
        now: Moment,
    ) -> Result<(i64, Option<Moment>), DuesError> {
        if self == Self::Waive {
            return Ok((0, None));
        }
        let ahead = until.filter(|until| *until > now && *until <= now.plus_seconds(FARTHEST * 86_400));
        let until = Some(ahead.ok_or(DuesError::UntilOutOfRange)?);
        match self {
            Self::Reduce if !(1..=99).contains(&percent) => Err(DuesError::PercentOutOfRange),
            Self::Reduce => Ok((percent, until)),
            _ => Ok((0, until)),
        }
    }
}

/// Ask to owe less, later or nothing.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskRelief {
    /// What would help.
    pub kind: Relief,
    /// How much of the dues can be paid, in a hundred: for paying less.
    #[serde(default)]
    pub percent: Option<u8>,
    /// Until the end of which moment: for paying less and for pausing.
    #[serde(default)]
    pub until: Option<Moment>,
    /// What those who answer should know. Nobody has to give reasons.
    #[serde(default)]
    pub words: String,
}

impl Act for AskRelief {
    const NAME: &'static str = "dues.ask_relief";
    const ABOUT: &'static str = "Ask to pay less, to pause, or to have what is open waived.";
    touches!(Dues, |_, _, actor| Ok(own_dues(actor)));
    type Output = ReliefId;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<ReliefId, Fault> {
        let member = cx.member()?;
        let words = checked_words(&self.words)?;
        let (percent, until) = self.kind.bounded(self.percent.map_or(0, i64::from), self.until, cx.now)?;
        super::terms(tx)?;
        people::hold(tx, member)?;
        if reliefs::of(tx, member, LOOKED_AT)?.iter().any(|it| it.state == "asked") {
            return Err(DuesError::ReliefWaits.into());
        }
        let row = ReliefRow {
            id: cx.id(),
            member,
            kind: self.kind.word().into(),
            percent,
            until,
            words,
            state: "asked".into(),
            answer: String::new(),
            asked: cx.now,
            answered: None,
            answered_by: None,
        };
        reliefs::create(tx, &row)?;
        cx.words_about(row.id.0);
        Ok(row.id)
    }
}

/// Take back a request to owe less.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawRelief {
    /// The request.
    pub relief: ReliefId,
}

impl Act for WithdrawRelief {
    const NAME: &'static str = "dues.withdraw_relief";
    const ABOUT: &'static str = "Take back a request to pay less. What was said in it is forgotten.";
    type Touches = Dues;
    type Output = ();

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        let row = reliefs::find(tx, self.relief)?.ok_or(DuesError::ReliefUnknown)?;
        dues_of(tx, actor, row.member, DuesError::ReliefUnknown)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let row = reliefs::find(tx, self.relief)?.ok_or(DuesError::ReliefUnknown)?;
        if row.member != cx.member()? {
            return Err(DuesError::ReliefUnknown.into());
        }
        withdraw(tx, cx, row)
    }
}

/// Takes a request back and forgets what was said in it.
pub(super) fn withdraw(tx: &mut Tx, cx: &mut Cx, row: ReliefRow) -> Result<(), Fault> {
    cx.erase_words(tx, row.id.0)?;
    let row = ReliefRow { state: "withdrawn".into(), words: String::new(), answered: Some(cx.now), ..row };
    if reliefs::answer(tx, &row)? { Ok(()) } else { Err(DuesError::ReliefSettled.into()) }
}

/// Answer a member's request to owe less.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerRelief {
    /// The request.
    pub relief: ReliefId,
    /// Whether it is granted.
    pub grant: bool,
    /// Another part than was asked for, in a hundred.
    #[serde(default)]
    pub percent: Option<u8>,
    /// Another time than was asked for.
    #[serde(default)]
    pub until: Option<Moment>,
    /// What the member is told.
    #[serde(default)]
    pub answer: String,
}

impl Act for AnswerRelief {
    const NAME: &'static str = "dues.answer_relief";
    const ABOUT: &'static str =
        "Answer a member who asks to pay less, to pause, or to have what is open waived.";
    type Touches = Dues;
    type Output = ();

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        let row = reliefs::find(tx, self.relief)?.ok_or(DuesError::ReliefUnknown)?;
        dues_of(tx, actor, row.member, DuesError::ReliefUnknown)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let row = reliefs::find(tx, self.relief)?.ok_or(DuesError::ReliefUnknown)?;
        not_own(cx, row.member)?;
        let answer = checked_words(&self.answer)?;
        let kind =
            [Relief::Reduce, Relief::Pause, Relief::Waive].into_iter().find(|it| it.word() == row.kind);
        let kind = kind.ok_or(DuesError::KindUnknown)?;
        let percent = self.percent.map_or(row.percent, i64::from);
        let (percent, until) = if self.grant {
            kind.bounded(percent, self.until.or(row.until), cx.now)?
        } else {
            (row.percent, row.until)
        };
        let chosen = people::hold(tx, row.member)?;
        let row = ReliefRow {
            state: if self.grant { "granted" } else { "refused" }.into(),
            percent,
            until,
            answer,
            answered: Some(cx.now),
            answered_by: cx.actor.agent(),
            ..row
        };
        if !reliefs::answer(tx, &row)? {
            return Err(DuesError::ReliefSettled.into());
        }
        if self.grant {
            grant(tx, cx, &row)?;
        }
        cx.words_about(row.id.0);
        letters::answered(tx, cx, &chosen.email)
    }

    fn summary(&self) -> String {
        "Answer a member who asks to owe less.".into()
    }
}

/// What relief does to what is written down already: a waiver ends all of it, a part or a pause what is not due yet.
fn grant(tx: &mut Tx, cx: &Cx, row: &ReliefRow) -> Result<(), Fault> {
    for line in lines::hold_open(tx, row.member)? {
        let helped = row.kind == "waive" || (line.kind == "dues" && line.due > cx.now);
        if !helped {
            continue;
        }
        match relieved(line.amount, line.due, [row]) {
            Some(amount) => lines::reduce(tx, line.id, amount)?,
            None => drop(lines::end(tx, line.id, "waived", None, cx.now)?),
        }
    }
    Ok(())
}

/// What is owed of an amount with this relief; nothing at all where it is waived. The kindest holds.
pub(super) fn relieved<'r>(
    amount: Amount,
    due: Moment,
    reliefs: impl IntoIterator<Item = &'r ReliefRow>,
) -> Option<Amount> {
    let holds = |it: &&ReliefRow| it.until.is_none_or(|until| due <= until);
    match reliefs.into_iter().filter(holds).map(|it| it.percent).min() {
        None => Some(amount),
        Some(0) => None,
        Some(percent) => Some(part(amount, percent)),
    }
}

/// Waive what a member owes for one period.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waive {
    /// What is owed.
    pub line: DuesLineId,
}

impl Act for Waive {
    const NAME: &'static str = "dues.waive";
    const ABOUT: &'static str = "Waive what a member owes, or owed when they left.";
    type Touches = Dues;
    type Output = ();

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        let line = lines::find(tx, self.line)?.ok_or(DuesError::LineUnknown)?;
        dues_of(tx, actor, line.member, DuesError::LineUnknown)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let line: LineRow = lines::find(tx, self.line)?.ok_or(DuesError::LineUnknown)?;
        not_own(cx, line.member)?;
        people::hold(tx, line.member)?;
        if lines::end(tx, line.id, "waived", None, cx.now)? {
            Ok(())
        } else {
            Err(DuesError::LineSettled.into())
        }
    }

    fn summary(&self) -> String {
        "Waive what a member owes for one period.".into()
    }
}

/// Nobody decides what is between themselves and the club.
pub(super) fn not_own(cx: &Cx, member: MemberId) -> Result<(), DuesError> {
    if cx.actor.member() == Some(member) { Err(DuesError::OwnAffair) } else { Ok(()) }
}
