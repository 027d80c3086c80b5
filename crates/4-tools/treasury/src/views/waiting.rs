//! What waits for a member because they keep money for others: for home, and for the number at the bell.

use super::Held;
use crate::rows::{holdings, lines, pay_ins, pay_outs};
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{MemberId, PayInId};
use planet_store::{Error, Tx};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many people with cash in their hands are shown.
const SHOWN: i64 = 50;

/// What waits for the viewer.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiting {}

/// A kind of thing that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Pay-ins by bank.
    Ins,
    /// Pay-outs to be sent.
    Outs,
    /// Lines of statements.
    Lines,
    /// Cash that somebody will hand over.
    Cash(PayInId),
}

/// Something that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Task {
    /// What it is.
    pub kind: Kind,
    /// The money and its holder.
    pub held: Held,
    /// How many there are.
    pub count: i64,
    /// From whom, where it is one person.
    pub name: String,
}

impl View for Waiting {
    const NAME: &'static str = "treasury.waiting";
    const ABOUT: &'static str = "What waits for you because you keep money for others.";
    type Output = Vec<Task>;

    fn read(&self, look: &mut Look) -> Result<Vec<Task>, Fault> {
        let me = look.member()?;
        Ok(tasks(look.tx, me)?)
    }
}

/// What waits for a member.
pub fn tasks(tx: &mut Tx, member: MemberId) -> Result<Vec<Task>, Error> {
    let mut tasks = Vec::new();
    for row in pay_ins::cash_for(tx, member, SHOWN)? {
        if let Some(it) = holdings::find(tx, row.currency)? {
            tasks.push(Task {
                kind: Kind::Cash(row.id),
                held: Held::from(&it),
                count: 1,
                name: row.owner_name,
            });
        }
    }
    for it in holdings::kept_by(tx, member)? {
        let counts = [
            (Kind::Ins, pay_ins::count_waiting_bank(tx, it.currency)?),
            (Kind::Outs, pay_outs::sums(tx, it.currency)?.waiting_count),
            (Kind::Lines, lines::sums(tx, it.currency)?.open_count),
        ];
        for (kind, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            tasks.push(Task { kind, held: Held::from(&it), count, name: String::new() });
        }
    }
    Ok(tasks)
}
