//! The treasurer's desk: what waits to be confirmed, to be sent, to be matched. Only for those who keep a holder's books.

use super::books::{Books, books};
use super::{Held, InLine, OutLine};
use crate::acts::keeps;
use crate::acts::matching::{Open, Suggestion, Target, Why};
use crate::bank::csv::CsvShape;
use crate::bank::details::BankDetails;
use crate::error::TreasuryError;
use crate::rows::lines::{self, LineRow};
use crate::rows::{accounts, holdings, pay_ins, pay_outs};
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::BankLineId;
use planet_ontology::units::Amount;
use planet_purse::acts_for;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many things of each kind the desk shows.
const SHOWN: i64 = 200;
/// How many lines that were dealt with it shows.
const SETTLED: i64 = 30;

/// What lies on a treasurer's desk.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Desk {
    /// The code of the money.
    pub code: String,
}

/// A line of a statement.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StatementEntry {
    /// Its id.
    pub id: BankLineId,
    /// The day on which it was booked.
    pub booked: String,
    /// What came in, or went out if it is negative.
    pub amount: Amount,
    /// Who paid or was paid.
    pub name: String,
    /// What the bank says about it.
    pub words: String,
    /// `open`, `matched` or `aside`.
    pub state: String,
    /// `pay-in`, `pay-out`, `cash`, `cards` or `own`.
    pub what: String,
    /// What a treasurer says about it.
    pub note: String,
    /// What it may belong to.
    pub suggestion: Option<Suggested>,
}

/// What a line may belong to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Suggested {
    /// Which pay-in or pay-out.
    pub target: Target,
    /// Why.
    pub why: Why,
    /// Whose it is.
    pub name: String,
    /// What was announced or asked for.
    pub amount: Amount,
    /// Whether it would make a claim of the viewer's own, so that somebody else has to confirm it.
    pub own: bool,
}

/// A pay-out with where it goes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ToSend {
    /// The pay-out.
    pub line: OutLine,
    /// Where it goes, until it was sent.
    pub bank: Option<BankDetails>,
}

/// The desk.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DeskView {
    /// The money and its holder.
    pub held: Held,
    /// Pay-ins that wait.
    pub ins: Vec<InLine>,
    /// Pay-outs that wait, or were sent and are on no statement yet.
    pub outs: Vec<ToSend>,
    /// Lines that nobody has dealt with.
    pub lines: Vec<StatementEntry>,
    /// How many of them are certain enough to be agreed to together.
    pub certain: usize,
    /// Lines that were dealt with, the newest first.
    pub settled: Vec<StatementEntry>,
    /// How the bank writes its CSV, as it was told last.
    pub shape: CsvShape,
    /// The books.
    pub books: Books,
}

impl View for Desk {
    const NAME: &'static str = "treasury.desk";
    const ABOUT: &'static str = "What waits for those who keep a holder's books.";
    type Output = DeskView;

    fn read(&self, look: &mut Look) -> Result<DeskView, Fault> {
        let me = look.member()?;
        let it = holdings::find_by_code(look.tx, &self.code)?.ok_or(TreasuryError::HoldingUnknown)?;
        if !keeps(look.tx, me.into(), it.holder)? {
            return Err(TreasuryError::HoldingUnknown.into());
        }
        let now = look.now;
        let mut outs = Vec::new();
        for row in pay_outs::open(look.tx, it.currency, SHOWN)? {
            let account = match row.account {
                Some(account) => accounts::find(look.tx, account)?,
                None => None,
            };
            outs.push(ToSend { line: OutLine::of(row, now), bank: account.map(accounts::AccountRow::bank) });
        }
        let waiting = lines::list(look.tx, it.currency, "open", SHOWN)?;
        let open = Open::read(look.tx, it.currency, &waiting)?;
        let mut entries = Vec::new();
        for line in waiting {
            let suggestion = match open.suggest(&line) {
                Some(found) => Some(suggested(look, &found)?),
                None => None,
            };
            entries.push(entry(line, suggestion));
        }
        let certain = entries
            .iter()
            .filter_map(|it| it.suggestion.as_ref())
            .filter(|it| it.why.certain() && !it.own)
            .count();
        Ok(DeskView {
            ins: pay_ins::waiting(look.tx, it.currency, SHOWN)?
                .into_iter()
                .map(|row| InLine::of(row, now))
                .collect(),
            outs,
            lines: entries,
            certain,
            settled: lines::settled(look.tx, it.currency, SETTLED)?
                .into_iter()
                .map(|line| entry(line, None))
                .collect(),
            shape: holdings::shape(look.tx, it.currency)?,
            books: books(look.tx, &it)?,
            held: Held::from(&it),
        })
    }
}

fn suggested(look: &mut Look, found: &Suggestion) -> Result<Suggested, Fault> {
    let me = look.member()?;
    let claims = matches!(found.target, Target::PayIn(_)) && found.why != Why::Confirmed;
    Ok(Suggested {
        target: found.target,
        why: found.why,
        name: found.name.clone(),
        amount: found.amount,
        own: claims && acts_for(look.tx, me.into(), found.owner)?,
    })
}

fn entry(line: LineRow, suggestion: Option<Suggested>) -> StatementEntry {
    StatementEntry {
        id: line.id,
        booked: line.booked,
        amount: line.amount,
        name: line.name,
        words: line.words,
        state: line.state,
        what: line.what,
        note: line.note,
        suggestion,
    }
}
