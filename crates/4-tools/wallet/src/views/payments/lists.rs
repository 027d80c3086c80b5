//! A list before it is paid: who is meant by each row, and what is wrong with it. Nothing is paid here.

use super::super::Party;
use crate::acts::pay_many;
use crate::acts::{MAX_MEMO, checked_memo};
use crate::lists::{Row, amount};
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::{Currency, Levy};
use planet_ontology::ids::AgentId;
use planet_ontology::units::Amount;
use planet_store::{Tx, record, sql};
use std::collections::{HashMap, HashSet};

/// One row, looked at.
#[derive(Clone, Debug)]
pub struct ListedRow {
    /// As it was written.
    pub row: Row,
    /// Who is meant, if it is clear.
    pub party: Option<Party>,
    /// How much, if it could be read.
    pub amount: Option<Amount>,
    /// What is wrong with it, and what to do.
    pub problem: Option<String>,
}

/// A list, looked at.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// Its rows.
    pub rows: Vec<ListedRow>,
    /// What the good rows come to.
    pub total: Amount,
    /// What is added for the commons.
    pub levies: Amount,
    /// How many rows name somebody who stands on the list already.
    pub repeated: usize,
}

impl Listed {
    /// The rows that nothing is wrong with, as acts say them; nothing if something is wrong anywhere.
    pub fn payable(&self) -> Option<Vec<pay_many::Row>> {
        self.rows
            .iter()
            .map(|it| match (&it.problem, &it.party, it.amount) {
                (None, Some(party), Some(amount)) => {
                    Some(pay_many::Row { to: party.id, amount, memo: it.row.memo.clone() })
                }
                _ => None,
            })
            .collect()
    }
}

/// Looks at the rows of a list. `payer` cannot be on it. Where amounts may be left out, an empty one is no problem.
pub fn read_list(
    look: &mut Look,
    rows: Vec<Row>,
    payer: AgentId,
    currency: &Currency,
    amounts_wanted: bool,
) -> Result<Listed, Fault> {
    look.member()?;
    let names = Names::read(look.tx)?;
    let levy = Levy::of(look.tx, currency)?;
    let mut listed = Listed::default();
    let mut seen = HashSet::new();
    let (mut total, mut levies) = (0_i128, 0_i128);
    for row in rows {
        let party = names.find(&row.who);
        let read = amount(&row.amount, currency.decimals);
        let missing = row.amount.is_empty() && !amounts_wanted;
        let problem = match (&party, &read) {
            _ if row.too_wide => Some(
                "This row has more columns than it should. Where commas separate them, write 12.50, or put the amount in quotes."
                    .to_owned(),
            ),
            (Err(problem), _) => Some(problem.clone()),
            (Ok(party), _) if party.id == payer => Some("This is the wallet that pays.".to_owned()),
            (_, Err(_)) if missing => None,
            (_, Err(problem)) => Some(problem.to_string()),
            (_, Ok(amount)) if amount.0 <= 0 => Some("The amount must be more than zero.".to_owned()),
            _ => checked_memo(&row.memo).err().map(|_| format!("Please keep the note to {MAX_MEMO} characters.")),
        };
        let problem = problem.or_else(|| {
            [&row.who, &row.memo]
                .into_iter()
                .any(|text| text.contains(char::is_control))
                .then(|| "Please take out line breaks and characters that cannot be seen.".to_owned())
        });
        let (party, amount) = (party.ok(), read.ok());
        if let (None, Some(party), Some(amount)) = (&problem, &party, amount) {
            total += i128::from(amount.0);
            levies += levy.map_or(0, |levy| i128::from(levy.amount(amount).0));
            listed.repeated += usize::from(!seen.insert(party.id));
        }
        listed.rows.push(ListedRow { row, party, amount, problem });
    }
    let narrow = |wide: i128| Amount(i64::try_from(wide).unwrap_or(i64::MAX));
    (listed.total, listed.levies) = (narrow(total), narrow(levies));
    Ok(listed)
}

record! {
    struct NameRow { id: AgentId, name: String, handle: String, kind: String }
}

/// Everybody who can be paid, by handle and by name.
struct Names {
    by_handle: HashMap<String, Party>,
    by_name: HashMap<String, Vec<String>>,
}

impl Names {
    fn read(tx: &mut Tx) -> Result<Self, Fault> {
        let rows = tx.rows::<NameRow>(
            sql!("SELECT id, name, handle, kind FROM agents WHERE standing <> 'left' ORDER BY handle"),
            &[],
        )?;
        let mut names = Self { by_handle: HashMap::with_capacity(rows.len()), by_name: HashMap::new() };
        for NameRow { id, name, handle, kind } in rows {
            names.by_name.entry(name.to_lowercase()).or_default().push(handle.clone());
            names.by_handle.insert(handle.clone(), Party { id, name, handle, kind });
        }
        Ok(names)
    }

    /// Whom a handle or a name means: a handle first, and a name where only one has it.
    fn find(&self, who: &str) -> Result<Party, String> {
        let wanted = who.trim().to_lowercase();
        let handle = wanted.trim_start_matches('@');
        if let Some(party) = self.by_handle.get(handle) {
            return Ok(party.clone());
        }
        match self.by_name.get(&wanted).map(Vec::as_slice) {
            Some([handle]) => self.by_handle.get(handle).cloned().ok_or_else(|| unknown(who)),
            Some(several) => {
                let handles: Vec<String> =
                    several.iter().take(4).map(|handle| format!("@{handle}")).collect();
                Err(format!("Several people have this name: {}. Write the one you mean.", handles.join(", ")))
            }
            None => Err(unknown(who)),
        }
    }
}

fn unknown(who: &str) -> String {
    if who.is_empty() {
        "Nobody is named in this row.".to_owned()
    } else if who.contains('\u{fffd}') {
        "Some letters could not be read. Save the file as \u{201c}CSV UTF-8\u{201d}, or write the handle here.".to_owned()
    } else {
        "Nobody here has this name or handle. Look it up under People.".to_owned()
    }
}
