//! One currency: its terms, what the viewer has of it, and what the viewer may do about it.

use super::{Money, Party, party};
use crate::acts::admitted;
use crate::acts::change::ChangeTerms;
use crate::acts::hold::{Ask, Hold};
use crate::acts::issue::Issue;
use crate::acts::refund;
use crate::acts::trade::{Buy, Redeem};
use crate::error::CurrencyError;
use crate::rows::{self, Made, owed, sales};
use crate::terms::{Holders, Terms};
use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::{CurrencyKind, Lot, account_of, find_currency, lots};
use planet_ontology::ids::{AgentId, SaleId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::keeps;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many purchases and debts a page shows.
const MOST: i64 = 100;

/// One currency.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CurrencyPage {
    /// Its short name.
    pub code: String,
    /// An older version of its terms; those in force if it is left out.
    #[serde(default)]
    pub version: Option<i64>,
}

/// What a currency costs.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PriceView {
    /// What is paid in.
    pub money: Money,
    /// So much is paid ...
    pub give: Amount,
    /// ... for so much.
    pub get: Amount,
}

/// A version of the terms.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TermsLine {
    /// Its number.
    pub version: i64,
    /// From when it holds.
    pub since: Moment,
    /// Who put it into force.
    pub by: Party,
}

/// What the viewer has of a currency.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Mine {
    /// How much.
    pub balance: Amount,
    /// What of it ends when.
    pub lots: Vec<Lot>,
    /// How far it may go down.
    pub min: Amount,
    /// How much it may gather.
    pub max: Amount,
    /// Below this one is warned.
    pub soft_min: Option<Amount>,
    /// Above this one is warned.
    pub soft_max: Option<Amount>,
}

/// A group's wallet that the viewer keeps, and that may hold this currency.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Kept {
    /// Whose wallet it is.
    pub group: Party,
    /// How much of the currency is in it.
    pub balance: Amount,
}

/// A purchase that can still be given back.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SaleLine {
    /// The purchase.
    pub sale: SaleId,
    /// When.
    pub at: Moment,
    /// How much of it can still be given back.
    pub left: Amount,
    /// What is paid back for that.
    pub back: Amount,
    /// In what.
    pub money: Money,
    /// Until when.
    pub until: Moment,
}

/// What is owed to somebody after a voucher was closed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OwedLine {
    /// To whom.
    pub holder: Party,
    /// How much was left.
    pub amount: Amount,
    /// What is owed for it; nothing where none was ever sold.
    pub price: Option<(Amount, Money)>,
    /// When it was paid.
    pub paid: Option<Moment>,
}

/// What the viewer may do.
#[derive(Clone, Copy, Debug, Default, Serialize, JsonSchema)]
#[expect(clippy::struct_excessive_bools, reason = "one for each button of the page")]
pub struct May {
    /// Open an account.
    pub hold: bool,
    /// Buy it.
    pub buy: bool,
    /// Spend it at its issuer.
    pub spend: bool,
    /// Issue it.
    pub issue: bool,
    /// Ask others to hold it.
    pub ask: bool,
    /// Put changes and its end to the group.
    pub change: bool,
    /// Pay what is owed after its end.
    pub settle: bool,
}

/// One currency with everything its holders may know.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CurrencyView {
    /// The currency.
    pub money: Money,
    /// Who issued it and stands behind it.
    pub issuer: Party,
    /// `open`, `retired`, `closing` or `closed`.
    pub state: String,
    /// Where it is being closed: when that ends.
    pub ends: Option<Moment>,
    /// Which version of the terms is shown.
    pub version: i64,
    /// Whether these terms are in force.
    pub in_force: bool,
    /// What they say.
    pub terms: Terms,
    /// What it costs.
    pub price: Option<PriceView>,
    /// All versions, the newest first.
    pub versions: Vec<TermsLine>,
    /// How much is out; the issuer of a voucher owes as much.
    pub out: Amount,
    /// How much more may be issued.
    pub room: Amount,
    /// What the viewer has.
    pub mine: Option<Mine>,
    /// The groups whose wallets the viewer keeps, where it is a voucher that they may hold.
    pub kept: Vec<Kept>,
    /// What the viewer bought and can give back.
    pub sales: Vec<SaleLine>,
    /// What is owed after its end: all of it for those who issue, otherwise the viewer's own.
    pub owed: Vec<OwedLine>,
    /// What the viewer may do.
    pub may: May,
}

impl View for CurrencyPage {
    const NAME: &'static str = "currencies.currency";
    const ABOUT: &'static str = "One currency: its terms at all times, what is out, and what you have of it.";
    type Output = CurrencyView;

    fn read(&self, look: &mut Look) -> Result<CurrencyView, Fault> {
        let made = seen(look, &self.code)?;
        let me = look.member()?;
        let all = rows::versions(look.tx, made.currency.id)?;
        let version = self.version.unwrap_or(made.state.version);
        let shown =
            all.iter().find(|it| it.version == version).ok_or(CurrencyError::CurrencyUnknown)?.terms.clone();
        let mut versions = Vec::new();
        for it in all {
            versions.push(TermsLine { version: it.version, since: it.since, by: party(look.tx, it.by)? });
        }
        let issuer = account_of(look.tx, made.currency.issuer, made.currency.id)?;
        let mine = match account_of(look.tx, me.into(), made.currency.id)? {
            None => None,
            Some(account) => Some(Mine {
                balance: account.balance(),
                lots: lots(look.tx, account.id)?,
                min: account.min,
                max: account.max,
                soft_min: account.soft_min,
                soft_max: account.soft_max,
            }),
        };
        let kept = kept(look, &made)?;
        let may = may(look, &made, mine.as_ref(), &kept)?;
        Ok(CurrencyView {
            money: Money::from(&made.currency),
            issuer: party(look.tx, made.currency.issuer)?,
            state: made.state.state.clone(),
            ends: made.state.ends,
            in_force: version == made.state.version,
            version,
            price: price(look, &shown)?,
            terms: shown,
            versions,
            out: rows::health::glance(look.tx, &made.currency)?.out,
            room: issuer.map_or(Amount(0), |account| account.available()),
            sales: returnable(look, &made, me.into(), mine.as_ref())?,
            owed: debts(look, &made, me.into(), may.settle)?,
            mine,
            kept,
            may,
        })
    }
}

/// A currency that the viewer may know of.
pub(super) fn seen(look: &mut Look, code: &str) -> Result<Made, Fault> {
    let me = look.member()?;
    let id = rows::by_code(look.tx, code)?.ok_or(CurrencyError::CurrencyUnknown)?;
    let made = rows::find(look.tx, id)?;
    if rows::visible(look.tx, &made, me.into())? {
        Ok(made)
    } else {
        Err(CurrencyError::CurrencyUnknown.into())
    }
}

fn price(look: &mut Look, terms: &Terms) -> Result<Option<PriceView>, Fault> {
    let Some(price) = terms.price else { return Ok(None) };
    let money = find_currency(look.tx, price.currency)?;
    Ok(money.map(|money| PriceView { money: Money::from(&money), give: price.give, get: price.get }))
}

fn may(look: &mut Look, made: &Made, mine: Option<&Mine>, kept: &[Kept]) -> Result<May, Fault> {
    let me = look.member()?;
    let id = made.currency.id;
    let (living, issuing) = (made.living().is_ok(), made.issuing().is_ok());
    let voucher = made.currency.kind == CurrencyKind::Voucher;
    let admitted = admitted(look.tx, made, me.into())?;
    let amount = Amount(1);
    let issue = Issue { currency: id, to: me.into(), amount, reason: "?".into() };
    let buy = Buy { currency: id, amount, version: made.state.version, from: None };
    let spend = Redeem { currency: id, amount, memo: String::new(), from: None };
    let issues = look.may(&issue)?;
    let for_sale = voucher && made.terms.price.is_some();
    let has =
        mine.map(|mine| mine.balance).into_iter().chain(kept.iter().map(|it| it.balance)).any(|it| it.0 > 0);
    Ok(May {
        hold: living && admitted && mine.is_none() && look.may(&Hold { currency: id, owner: None })?,
        buy: issuing && for_sale && (admitted && look.may(&buy)? || !kept.is_empty()),
        spend: voucher && has && (look.may(&spend)? || !kept.is_empty()),
        issue: issuing && voucher && issues,
        ask: living
            && made.terms.holders == Holders::Asked
            && look.may(&Ask { currency: id, to: me.into() })?,
        change: living && look.may(&ChangeTerms { currency: id, terms: made.terms.clone() })?,
        settle: made.state.state == "closed" && issues,
    })
}

/// The wallets that the viewer keeps for groups: vouchers are bought for them, and spent from them.
fn kept(look: &mut Look, made: &Made) -> Result<Vec<Kept>, Fault> {
    let me = look.member()?;
    let mut kept = Vec::new();
    if made.currency.kind != CurrencyKind::Voucher {
        return Ok(kept);
    }
    for (group, ..) in agents::groups_of(look.tx, me.into())? {
        let wallet = AgentId::from(group);
        let holds = wallet != made.currency.issuer && keeps(look.tx, me.into(), group)?;
        if holds && admitted(look.tx, made, wallet)? {
            let account = account_of(look.tx, wallet, made.currency.id)?;
            let balance = account.map_or(Amount(0), |account| account.balance());
            kept.push(Kept { group: party(look.tx, wallet)?, balance });
        }
    }
    Ok(kept)
}

/// What the viewer bought, did not spend, and can still give back.
fn returnable(
    look: &mut Look,
    made: &Made,
    me: AgentId,
    mine: Option<&Mine>,
) -> Result<Vec<SaleLine>, Fault> {
    let mut lines = Vec::new();
    let versions = rows::versions(look.tx, made.currency.id)?;
    let (Some(account), true) = (account_of(look.tx, me, made.currency.id)?, mine.is_some()) else {
        return Ok(lines);
    };
    for sale in sales::of_holder(look.tx, made.currency.id, me, MOST)? {
        let terms = versions.iter().find(|it| it.version == sale.version).map(|it| &it.terms);
        let mut until = terms.map_or(sale.at, |terms| terms.refund_until(sale.at));
        if made.state.state == "closing" {
            until = made.state.ends.unwrap_or(until);
        }
        let left = refund::returnable(look.tx, &sale, terms, &account)?;
        let money = find_currency(look.tx, sale.price_currency)?;
        let (Some(money), true) = (money, left.0 > 0 && look.now <= until && made.state.state != "closed")
        else {
            continue;
        };
        let back = sale.refund_of(left);
        lines.push(SaleLine { sale: sale.id, at: sale.at, left, back, money: Money::from(&money), until });
    }
    Ok(lines)
}

fn debts(look: &mut Look, made: &Made, me: AgentId, all: bool) -> Result<Vec<OwedLine>, Fault> {
    let mut lines = Vec::new();
    for row in owed::list(look.tx, made.currency.id, MOST)? {
        if !all && row.holder != me {
            continue;
        }
        let money = row.price_currency.map(|id| find_currency(look.tx, id)).transpose()?.flatten();
        lines.push(OwedLine {
            holder: party(look.tx, row.holder)?,
            amount: row.amount,
            price: money.map(|money| (row.price, Money::from(&money))),
            paid: row.paid,
        });
    }
    Ok(lines)
}
