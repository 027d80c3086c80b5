//! Who holds which money, and the page of one of them: who holds it, on what terms, and how it agrees with the bank.

use super::books::{Books, books};
use super::{Held, InLine, OutLine, Person};
use crate::acts::keeps;
use crate::acts::open::{ChangeTerms, Close, Open, Terms};
use crate::bank::details::BankDetails;
use crate::error::TreasuryError;
use crate::rows::{holdings, pay_ins, pay_outs};
use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::account_of;
use planet_ontology::ids::{AgentId, GroupId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::acts_for;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many of one's own pay-ins and pay-outs the page shows.
const SHOWN: i64 = 20;

/// All moneys that somebody here holds.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holdings {}

/// A money in the list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct HoldingLine {
    /// The money and its holder.
    pub held: Held,
    /// What all others can claim from the holder.
    pub claimed: Amount,
    /// What the viewer can claim; nothing without an account.
    pub mine: Option<Amount>,
    /// Whether the viewer keeps its books.
    pub keeper: bool,
}

/// The list, and for which groups the viewer may propose to hold another.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct HoldingsView {
    /// The moneys, the oldest first.
    pub holdings: Vec<HoldingLine>,
    /// Groups that could hold one, by the viewer's word or proposal.
    pub could_hold: Vec<Person>,
}

impl View for Holdings {
    const NAME: &'static str = "treasury.holdings";
    const ABOUT: &'static str = "The moneys of the world that somebody here holds for members.";
    type Output = HoldingsView;

    fn read(&self, look: &mut Look) -> Result<HoldingsView, Fault> {
        let me = look.member()?;
        let mut lines = Vec::new();
        for it in holdings::list(look.tx)? {
            let issued =
                account_of(look.tx, it.holder.into(), it.currency)?.map_or(0, |account| account.balance().0);
            let mine = account_of(look.tx, me.into(), it.currency)?.map(|account| account.balance());
            let keeper = keeps(look.tx, me.into(), it.holder)?;
            lines.push(HoldingLine {
                held: Held::from(&it),
                claimed: Amount(issued.saturating_neg()),
                mine,
                keeper,
            });
        }
        let club = agents::find(look.tx, GroupId::CLUB.into())?;
        let club = club.map(|club| Person { id: club.id, handle: club.handle, name: club.name });
        let groups = agents::groups_of(look.tx, me.into())?;
        let groups = groups.into_iter().map(|(id, handle, name, _)| Person { id: id.into(), handle, name });
        let mut could_hold = Vec::new();
        for group in club.into_iter().chain(groups) {
            if look.may(&probe(GroupId(group.id.0)))? {
                could_hold.push(group);
            }
        }
        Ok(HoldingsView { holdings: lines, could_hold })
    }
}

/// An opening that only asks whether the viewer might. The account is the example of the IBAN registry.
fn probe(holder: GroupId) -> Open {
    Open { holder, iso: "EUR".into(), bank: sample(), terms: sample_terms() }
}

fn sample() -> BankDetails {
    BankDetails { account_name: "?".into(), iban: "DE89370400440532013000".into(), ..BankDetails::default() }
}

fn sample_terms() -> Terms {
    Terms { leaving: "?".into(), pace: "?".into(), fees: "?".into(), cap: Amount(1), cash: Vec::new() }
}

/// One money and who holds it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldingPage {
    /// Its code.
    pub code: String,
    /// Whose pay-ins and pay-outs: a group's handle, or one's own if it is left out.
    #[serde(default)]
    pub of: Option<String>,
}

/// What is the viewer's own, or their group's.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Mine {
    /// Whose it is.
    pub owner: Person,
    /// Whether that is the viewer.
    pub own: bool,
    /// The claim; nothing without an account.
    pub balance: Option<Amount>,
    /// What of it can be paid out.
    pub available: Amount,
    /// Pay-ins, the newest first.
    pub ins: Vec<InLine>,
    /// Pay-outs, the newest first.
    pub outs: Vec<OutLine>,
}

/// The page of a money.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct HoldingView {
    /// The money and its holder.
    pub held: Held,
    /// The name on the holder's bank account.
    pub account_name: String,
    /// The whole account, for those who keep the books.
    pub bank: Option<BankDetails>,
    /// What happens when somebody leaves, how quickly it is paid out, what it costs, and the cap.
    pub terms: Terms,
    /// Who takes cash.
    pub cash: Vec<Person>,
    /// Since when.
    pub opened: Moment,
    /// The books.
    pub books: Books,
    /// What is the viewer's own.
    pub mine: Mine,
    /// Whether the viewer keeps its books.
    pub keeper: bool,
    /// Whether the viewer may change its terms, at once or by a proposal.
    pub may_change: bool,
    /// Whether the viewer may have it closed, at once or by a proposal.
    pub may_close: bool,
}

impl View for HoldingPage {
    const NAME: &'static str = "treasury.holding";
    const ABOUT: &'static str = "Who holds a money, on what terms, and how it agrees with the bank.";
    type Output = HoldingView;

    fn read(&self, look: &mut Look) -> Result<HoldingView, Fault> {
        let me = look.member()?;
        let it = holdings::find_by_code(look.tx, &self.code)?.ok_or(TreasuryError::HoldingUnknown)?;
        let keeper = keeps(look.tx, me.into(), it.holder)?;
        let cash = holdings::cash_people(look.tx, it.currency)?;
        let terms = Terms {
            leaving: it.leaving.clone(),
            pace: it.pace.clone(),
            fees: it.fees.clone(),
            cap: it.cap,
            cash: cash.iter().map(|(member, ..)| *member).collect(),
        };
        let change = ChangeTerms { currency: it.currency, bank: sample(), terms: sample_terms() };
        Ok(HoldingView {
            mine: mine(look, me.into(), &it, self.of.as_deref())?,
            books: books(look.tx, &it)?,
            may_change: look.may(&change)?,
            may_close: it.closing.is_none() && look.may(&Close { currency: it.currency })?,
            held: Held::from(&it),
            bank: keeper.then(|| it.bank()),
            account_name: it.account_name,
            terms,
            cash: cash.into_iter().map(|(id, handle, name)| Person { id: id.into(), handle, name }).collect(),
            opened: it.opened,
            keeper,
        })
    }
}

/// What is the viewer's own, or that of a group whose wallet they keep.
fn mine(look: &mut Look, me: AgentId, it: &holdings::Holding, of: Option<&str>) -> Result<Mine, Fault> {
    let owner = match of {
        Some(handle) => agents::find_by_handle(look.tx, handle)?,
        None => agents::find(look.tx, me)?,
    };
    let owner = owner.ok_or(TreasuryError::MemberUnknown)?;
    if !acts_for(look.tx, me, owner.id)? {
        return Err(TreasuryError::HoldingUnknown.into());
    }
    let account = account_of(look.tx, owner.id, it.currency)?;
    let now = look.now;
    Ok(Mine {
        own: owner.id == me,
        balance: account.map(|account| account.balance()),
        available: account.map_or(Amount(0), |account| account.available()),
        ins: pay_ins::of(look.tx, owner.id, it.currency, SHOWN)?
            .into_iter()
            .map(|row| InLine::of(row, now))
            .collect(),
        outs: pay_outs::of(look.tx, owner.id, it.currency, SHOWN)?
            .into_iter()
            .map(|row| OutLine::of(row, now))
            .collect(),
        owner: Person { id: owner.id, handle: owner.handle, name: owner.name },
    })
}
