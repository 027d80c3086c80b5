//! The statement of an account: what moved, the newest first; what was looked for among it; and what it comes to.

use super::search::Search;
use super::{Balance, Party, balance, holder, parties};
use crate::error::WalletError;
use crate::rows::notes::{self, Note};
use crate::views::totals::{CategoryTotal, MonthTotal, Point, Totals};
use crate::walk::{Cursor, Walked, walk};
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::{Account, Line, TransferKind, accounts_of, find_account};
use planet_ontology::ids::{AccountId, TransferId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::acts_for;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many lines a page of a statement has.
pub const PAGE: usize = 30;
/// How many lines the first page draws its charts from: as many as cost next to nothing.
pub const GLANCE: usize = 250;
/// How many lines one request looks through at the most.
pub const STRETCH: usize = 5_000;

/// One movement, as the statement shows it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Movement {
    /// The transfer.
    pub transfer: TransferId,
    /// When.
    pub at: Moment,
    /// The other side.
    pub other: Party,
    /// What came in (positive) or went out (negative).
    pub amount: Amount,
    /// The balance after it.
    pub balance: Amount,
    /// Why.
    #[schemars(with = "String")]
    pub kind: TransferKind,
    /// What for.
    pub memo: String,
    /// What the keepers of the wallet noted; empty for everybody else.
    pub category: String,
    /// What they want to remember; empty for everybody else.
    pub note: String,
}

/// A page of a statement, newest first. Texts that are empty look for nothing.
#[derive(Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The group's handle; one's own wallet if it is left out.
    #[serde(default)]
    pub of: Option<String>,
    /// The account; the first of the wallet if it is left out.
    #[serde(default)]
    pub account: Option<AccountId>,
    /// Continue after this transfer, the last of the page before …
    #[serde(default)]
    pub after: Option<TransferId>,
    /// … which was booked at this moment, in microseconds.
    #[serde(default)]
    pub at: Option<i64>,
    /// Words that stand in the memo, in the other side's name or in a note; or an amount.
    #[serde(default)]
    pub q: Option<String>,
    /// Only this category.
    #[serde(default)]
    pub category: Option<String>,
    /// Only this kind of transfer.
    #[serde(default)]
    pub kind: Option<String>,
    /// `in` or `out`.
    #[serde(default)]
    pub direction: Option<String>,
    /// From this day on, `2026-01-31`, UTC.
    #[serde(default)]
    pub from: Option<String>,
    /// Up to the end of this day.
    #[serde(default)]
    pub to: Option<String>,
    /// `yes`: charts and totals from as many lines as one request looks through.
    #[serde(default)]
    pub far: Option<String>,
    /// Where the newer pages began, for the links of the page; nothing is read by it.
    #[serde(default)]
    pub trail: Option<String>,
}

/// What a page of a statement shows.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StatementView {
    /// Whose it is.
    pub owner: Party,
    /// Whether it is the viewer's own wallet.
    pub own: bool,
    /// The account.
    pub balance: Balance,
    /// All accounts of the wallet, this one among them.
    pub accounts: Vec<Balance>,
    /// The movements.
    pub movements: Vec<Movement>,
    /// After which line the older ones begin, if there are any.
    pub older: Option<Cursor>,
    /// A search that came to its bound: it looked back to this moment, and can go on.
    pub searched_to: Option<Moment>,
    /// How many lines were looked through, for totals and charts.
    pub looked_through: usize,
    /// Whether these are all that the account has.
    pub whole: bool,
    /// Totals by category, the largest first; empty after the first page, and for those who do not keep the wallet.
    pub categories: Vec<CategoryTotal>,
    /// What came in and went out by month, the newest first; empty after the first page.
    pub months: Vec<MonthTotal>,
    /// The balance over time; empty after the first page and in a search.
    pub course: Vec<Point>,
    /// The categories that can be looked for.
    pub known_categories: Vec<String>,
    /// Whether the viewer may note something.
    pub keeps: bool,
}

impl View for Statement {
    const NAME: &'static str = "wallet.statement";
    const ABOUT: &'static str = "The movements of an account, newest first: all, or those looked for, with totals by category and month.";
    type Output = StatementView;

    fn read(&self, look: &mut Look) -> Result<StatementView, Fault> {
        let (owner, own) = holder(look, self.of.as_deref())?;
        let account = account(look.tx, &owner, self.account)?;
        let all = accounts_of(look.tx, owner.id)?;
        let accounts = all.iter().map(|account| balance(look.tx, account)).collect::<Result<_, _>>()?;
        let balance = balance(look.tx, &account)?;
        let search = Search::read(self, balance.money.decimals)?;
        let keeps = acts_for(look.tx, look.member()?.into(), owner.id)?;
        let after = self.at.zip(self.after).map(|(at, transfer)| Cursor { at: Moment(at), transfer });
        let most = if search.any() || self.far.as_deref() == Some("yes") {
            STRETCH
        } else if after.is_some() {
            PAGE + 1
        } else {
            GLANCE
        };
        let mut stretch = Stretch { search, keeps, owner, found: Vec::new(), ended: false };
        let walked = walk(look.tx, account.id, after, most, |tx, piece| stretch.take(tx, piece))?;
        let totals = if after.is_none() { stretch.totals(walked.whole) } else { Totals::default() };
        let known_categories = if keeps { notes::categories(look.tx, stretch.owner.id)? } else { Vec::new() };
        let older = stretch.older(&walked);
        let came_to_bound = stretch.search.any() && !stretch.complete(&walked) && stretch.found.len() <= PAGE;
        Ok(StatementView {
            movements: stretch.page(look.tx)?,
            owner: stretch.owner,
            own,
            balance,
            accounts,
            older,
            searched_to: walked.last.filter(|_| came_to_bound).map(|last| last.at),
            looked_through: walked.lines,
            whole: walked.whole,
            categories: totals.categories,
            months: totals.months,
            course: totals.course,
            known_categories,
            keeps,
        })
    }
}

/// An account of a wallet: the one that is named, or its first.
pub(crate) fn account(tx: &mut Tx, owner: &Party, named: Option<AccountId>) -> Result<Account, Fault> {
    let found = match named {
        Some(id) => find_account(tx, id)?.filter(|account| account.owner == owner.id),
        None => accounts_of(tx, owner.id)?.into_iter().next(),
    };
    Ok(found.ok_or(WalletError::PayerUnknown)?)
}

/// A line with what the keepers noted on it.
pub(super) type Noted = (Line, Option<Note>);

/// What is gathered on a walk.
struct Stretch {
    search: Search,
    keeps: bool,
    owner: Party,
    found: Vec<Noted>,
    /// Whether the walk came past the days that were asked for.
    ended: bool,
}

impl Stretch {
    /// Takes a piece of the chain; answers whether the walk should go on.
    fn take(&mut self, tx: &mut Tx, piece: Vec<Line>) -> Result<bool, Fault> {
        let names = if self.search.asks_for_names() {
            parties(tx, piece.iter().map(|line| line.other_owner).collect())?
        } else {
            super::Parties::default()
        };
        let mut noted = if self.keeps {
            notes::find_notes(tx, self.owner.id, piece.iter().map(|line| line.transfer))?
        } else {
            std::collections::HashMap::new()
        };
        for line in piece {
            if self.search.days.before(line.at) {
                self.ended = true;
                break;
            }
            let note = noted.remove(&line.transfer);
            let fits = self.search.fits(&line, names.get(&line.other_owner), note.as_ref());
            if fits && !self.search.days.after(line.at) {
                self.found.push((line, note));
            }
        }
        Ok(!self.ended)
    }

    const fn complete(&self, walked: &Walked) -> bool {
        walked.whole || self.ended
    }

    fn older(&self, walked: &Walked) -> Option<Cursor> {
        if self.found.len() > PAGE {
            self.found.get(PAGE - 1).map(|(line, _)| line.into())
        } else {
            walked.last.filter(|_| !self.complete(walked))
        }
    }

    fn totals(&self, whole: bool) -> Totals {
        let mut totals = Totals::of(&self.found, whole || self.ended);
        if self.search.any() {
            totals.course.clear();
        }
        if !self.keeps {
            totals.categories.clear();
        }
        totals
    }

    /// The lines of the page.
    fn page(&mut self, tx: &mut Tx) -> Result<Vec<Movement>, Fault> {
        self.found.truncate(PAGE);
        movements_of(tx, std::mem::take(&mut self.found))
    }
}

/// Lines with the names of the other sides.
pub(super) fn movements_of(tx: &mut Tx, lines: Vec<Noted>) -> Result<Vec<Movement>, Fault> {
    let names = parties(tx, lines.iter().map(|(line, _)| line.other_owner).collect())?;
    Ok(lines
        .into_iter()
        .filter_map(|(line, note)| {
            let Note { category, note } = note.unwrap_or_default();
            Some(Movement {
                transfer: line.transfer,
                at: line.at,
                other: names.get(&line.other_owner)?.clone(),
                amount: line.amount,
                balance: line.balance,
                kind: line.kind,
                memo: line.memo,
                category,
                note,
            })
        })
        .collect())
}

/// The newest lines of an account, without notes.
pub(super) fn newest(tx: &mut Tx, account: AccountId, limit: i64) -> Result<Vec<Movement>, Fault> {
    let lines = planet_ledger::statement(tx, account, None, limit)?;
    movements_of(tx, lines.into_iter().map(|line| (line, None)).collect())
}
