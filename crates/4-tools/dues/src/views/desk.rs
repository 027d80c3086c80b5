//! The treasurer's page: what came in, what is outstanding, who asks for help, which shares are to be repaid.

use super::{Money, keeps_books, moneys};
use crate::error::DuesError;
use crate::rows::lines::{self, NamedLine};
use crate::rows::people;
use crate::rows::reliefs::{self, ReliefRow};
use crate::rows::shares::{self, RepaymentRow};
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::calendar::day_of;
use planet_ontology::ids::{CurrencyId, MemberId};
use planet_ontology::units::{Amount, Moment};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many lines are shown, and are in a copy.
const SHOWN: i64 = 500;
const COPY: i64 = 50_000;
/// How many requests and repayments are shown.
const FEW: i64 = 100;
/// How far the months go back, in days.
const BACK: i64 = 366;

/// The treasurer's page.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Desk {
    /// Everything of the last year, for a copy.
    #[serde(default)]
    pub whole: bool,
}

/// Somebody's name beside what is theirs.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Named<T> {
    /// The name.
    pub name: String,
    /// The handle.
    pub handle: String,
    /// Whether it is the viewer's own, which others decide.
    pub own: bool,
    /// What it is.
    pub it: T,
}

/// What came in within a month, in one currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Came {
    /// Dues and joining fees that were paid.
    pub dues: Amount,
    /// Shares that were bought.
    pub shares: Amount,
    /// What was waived.
    pub waived: Amount,
}

/// Money that is outstanding.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Outstanding {
    /// In which currency.
    pub currency: CurrencyId,
    /// How many lines.
    pub count: i64,
    /// How much.
    pub amount: Amount,
    /// How much of it is overdue.
    pub overdue: Amount,
}

/// What the treasurer sees.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DeskView {
    /// What is owed, what has been due longest first.
    pub owed: Vec<NamedLine>,
    /// What was paid, waived or set off within a year, the newest first: in a copy only.
    pub ended: Vec<NamedLine>,
    /// What is owed together.
    pub outstanding: Vec<Outstanding>,
    /// Who asks for help, the oldest first.
    pub reliefs: Vec<Named<ReliefRow>>,
    /// Shares to be repaid, what is due first comes first.
    pub repayments: Vec<Named<RepaymentRow>>,
    /// The share capital by currency: shares, and what was paid for them.
    pub capital: Vec<(CurrencyId, i64, Amount)>,
    /// What came in, by month as `2026-12` and currency, the newest first.
    pub months: Vec<(String, CurrencyId, Came)>,
    /// The currencies of all this.
    pub moneys: Vec<Money>,
}

impl View for Desk {
    const NAME: &'static str = "dues.desk";
    const ABOUT: &'static str =
        "For those who keep the club's books: what came in, what is outstanding, who asks for help.";
    type Output = DeskView;

    fn read(&self, look: &mut Look) -> Result<DeskView, Fault> {
        if !keeps_books(look)? {
            return Err(DuesError::KeepersOnly.into());
        }
        let (me, now) = (look.member()?, look.now);
        let since = now.plus_seconds(-BACK * 86_400);
        let ended = lines::ended_since(look.tx, since, COPY)?;
        let bought = shares::bought_since(look.tx, since, COPY)?;
        let reliefs = reliefs::open(look.tx, FEW)?;
        let reliefs = with_names(look, me, reliefs, |it| it.member)?;
        let repayments = shares::open_repayments(look.tx, FEW)?;
        let repayments = with_names(look, me, repayments, |it| it.member)?;
        let months = by_month(&ended, &bought);
        let owed = lines::all_owed(look.tx, if self.whole { COPY } else { SHOWN })?;
        let outstanding = lines::sums_owed(look.tx, now)?;
        let capital = shares::capital(look.tx)?;
        let used = months.iter().map(|it| it.1).chain(owed.iter().map(|it| it.currency));
        let used =
            used.chain(capital.iter().map(|it| it.0)).chain(repayments.iter().map(|it| it.it.currency));
        let used: Vec<_> = used.collect();
        Ok(DeskView {
            owed,
            ended: if self.whole { ended } else { Vec::new() },
            outstanding: outstanding
                .into_iter()
                .map(|(currency, count, amount, overdue)| Outstanding { currency, count, amount, overdue })
                .collect(),
            reliefs,
            repayments,
            capital,
            months,
            moneys: moneys(look.tx, used)?,
        })
    }
}

fn with_names<T>(
    look: &mut Look,
    me: MemberId,
    all: Vec<T>,
    whose: impl Fn(&T) -> MemberId,
) -> Result<Vec<Named<T>>, Fault> {
    all.into_iter()
        .map(|it| {
            let (name, handle) = people::name_of(look.tx, whose(&it).into())?.unwrap_or_default();
            Ok(Named { name, handle, own: whose(&it) == me, it })
        })
        .collect()
}

fn by_month(ended: &[NamedLine], bought: &[(Moment, CurrencyId, Amount)]) -> Vec<(String, CurrencyId, Came)> {
    let mut months: BTreeMap<(String, CurrencyId), Came> = BTreeMap::new();
    let month = |at: Moment| day_of(at).to_string().chars().take(7).collect::<String>();
    let add = |sum: &mut Amount, amount: Amount| sum.0 = sum.0.saturating_add(amount.0);
    for line in ended {
        let came = months.entry((month(line.ended.unwrap_or(line.due)), line.currency)).or_default();
        match line.state.as_str() {
            "waived" => add(&mut came.waived, line.amount),
            _ => add(&mut came.dues, line.amount),
        }
    }
    for (at, currency, amount) in bought {
        add(&mut months.entry((month(*at), *currency)).or_default().shares, *amount);
    }
    months.into_iter().rev().map(|((month, currency), came)| (month, currency, came)).collect()
}
