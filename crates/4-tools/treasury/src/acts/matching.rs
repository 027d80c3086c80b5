//! Which line of a statement belongs to which pay-in or pay-out. It only suggests; a treasurer says yes.

use crate::bank::reference;
use crate::rows::lines::LineRow;
use crate::rows::pay_ins::{self, PayInRow};
use crate::rows::pay_outs::{self, PayOutRow};
use planet_ontology::ids::{CurrencyId, PayInId, PayOutId};
use planet_store::{Error, Tx};
use schemars::JsonSchema;
use serde::Serialize;

/// How many open pay-ins and pay-outs are looked through.
const LOOKED_AT: i64 = 500;

/// What a line may belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Money that came in.
    PayIn(PayInId),
    /// Money that went out.
    PayOut(PayOutId),
}

/// Why it may belong there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Reference and amount agree.
    Reference,
    /// The reference agrees, the amount does not.
    OtherAmount,
    /// It was confirmed by hand before; the line shows it.
    Confirmed,
    /// The reference is one under which money came before.
    Again,
    /// Amount and name agree; there is no reference.
    Name,
}

impl Why {
    /// The word in texts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::OtherAmount => "other-amount",
            Self::Confirmed => "confirmed",
            Self::Again => "again",
            Self::Name => "name",
        }
    }

    /// Whether it is certain enough to be agreed to together with others.
    pub const fn certain(self) -> bool {
        matches!(self, Self::Reference | Self::Confirmed)
    }
}

/// A suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What the line may belong to.
    pub target: Target,
    /// Why.
    pub why: Why,
    /// Whose it is.
    pub owner: planet_ontology::ids::AgentId,
    /// Their name.
    pub name: String,
    /// What was announced or asked for.
    pub amount: planet_ontology::units::Amount,
}

/// What lines can belong to: everything open of a currency.
pub struct Open {
    ins: Vec<PayInRow>,
    outs: Vec<PayOutRow>,
}

impl Open {
    /// Reads what is open, and what bears one of the references that stand in the lines.
    pub fn read(tx: &mut Tx, currency: CurrencyId, lines: &[LineRow]) -> Result<Self, Error> {
        let references: Vec<String> =
            lines.iter().flat_map(|line| reference::found_in(&line.words)).collect();
        let mut ins = pay_ins::by_references(tx, currency, references.clone())?;
        ins.extend(pay_ins::waiting(tx, currency, LOOKED_AT)?.into_iter().filter(|row| row.how == "bank"));
        ins.extend(pay_ins::unseen(tx, currency, LOOKED_AT)?);
        let mut outs = pay_outs::by_references(tx, currency, references)?;
        outs.extend(
            pay_outs::open(tx, currency, LOOKED_AT)?.into_iter().filter(|row| row.card_pay_in.is_none()),
        );
        Ok(Self { ins, outs })
    }

    /// What a line belongs to, most likely.
    pub fn suggest(&self, line: &LineRow) -> Option<Suggestion> {
        let references = reference::found_in(&line.words);
        if line.amount.0 > 0 { self.came_in(line, &references) } else { self.went_out(line, &references) }
    }

    fn came_in(&self, line: &LineRow, references: &[String]) -> Option<Suggestion> {
        let say = |row: &PayInRow, why| Suggestion {
            target: Target::PayIn(row.id),
            why,
            owner: row.owner,
            name: row.owner_name.clone(),
            amount: row.arrived.unwrap_or(row.amount),
        };
        if let Some(row) = self.ins.iter().find(|row| references.contains(&row.reference)) {
            let unseen = row.line.is_none() && row.arrived == Some(line.amount);
            let why = match row.state.as_str() {
                "arrived" if unseen => Why::Confirmed,
                "arrived" => Why::Again,
                _ if row.amount == line.amount => Why::Reference,
                _ => Why::OtherAmount,
            };
            return Some(say(row, why));
        }
        let mut same = self.ins.iter().filter(|row| {
            let expected = if row.state == "arrived" { row.arrived } else { Some(row.amount) };
            row.line.is_none() && expected == Some(line.amount) && named(line, &row.owner_name)
        });
        same.next().map(|row| say(row, Why::Name))
    }

    fn went_out(&self, line: &LineRow, references: &[String]) -> Option<Suggestion> {
        let fits = |row: &&PayOutRow| {
            row.amount.0.checked_neg() == Some(line.amount.0)
                && row.line.is_none()
                && matches!(row.state.as_str(), "asked" | "sent")
        };
        let say = |row: &PayOutRow, why| Suggestion {
            target: Target::PayOut(row.id),
            why,
            owner: row.owner,
            name: row.owner_name.clone(),
            amount: row.amount,
        };
        let by_reference = self.outs.iter().filter(fits).find(|row| references.contains(&row.reference));
        if let Some(row) = by_reference {
            return Some(say(row, if row.state == "sent" { Why::Confirmed } else { Why::Reference }));
        }
        let by_name =
            self.outs.iter().filter(fits).find(|row| named(line, &row.payee) || named(line, &row.owner_name));
        by_name.map(|row| say(row, Why::Name))
    }
}

/// Whether a line names somebody: all words of the name stand in it, in whatever order and case.
fn named(line: &LineRow, name: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 1)
            .map(str::to_owned)
            .collect()
    };
    let said = words(&format!("{} {}", line.name, line.words));
    let wanted = words(name);
    !wanted.is_empty() && wanted.iter().all(|word| said.contains(word))
}
