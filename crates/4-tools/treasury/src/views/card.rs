//! Paying in by card: what the payer's browser needs, for the payer alone.

use super::{Held, InLine};
use crate::acts::holding;
use crate::error::TreasuryError;
use crate::rows::{cards, pay_ins};
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::PayInId;
use planet_purse::acts_for;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A pay-in by card.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CardPage {
    /// Which.
    pub id: PayInId,
}

/// What the payer's browser needs.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CardView {
    /// The money and its holder.
    pub held: Held,
    /// The pay-in.
    pub line: InLine,
    /// `open`, `paid`, `ended`, or `odd` when what came is not what was asked.
    pub state: String,
    /// The secret with which the payer's browser confirms it; empty until the processor was asked, and when it is over.
    pub secret: String,
    /// The processor's code of what went wrong last.
    pub problem: String,
}

impl View for CardPage {
    const NAME: &'static str = "treasury.card";
    const ABOUT: &'static str = "What your browser needs to pay in by card.";
    type Output = CardView;

    fn read(&self, look: &mut Look) -> Result<CardView, Fault> {
        let me = look.member()?;
        let row = pay_ins::find(look.tx, self.id)?.ok_or(TreasuryError::PayInUnknown)?;
        if !acts_for(look.tx, me.into(), row.owner)? {
            return Err(TreasuryError::PayInUnknown.into());
        }
        let card = cards::find(look.tx, row.id)?.ok_or(TreasuryError::OtherWay)?;
        let open = card.state == "open" && row.state == "waiting" && look.now < row.expires;
        Ok(CardView {
            held: Held::from(&holding(look.tx, row.currency)?),
            secret: if open { card.secret } else { String::new() },
            state: card.state,
            problem: card.problem,
            line: InLine::of(row, look.now),
        })
    }
}
