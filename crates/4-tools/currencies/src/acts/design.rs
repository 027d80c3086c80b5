//! Designing a currency: a group says what it is for, and from then on it is there.

use super::tend::Tend;
use crate::error::CurrencyError;
use crate::rows;
use crate::terms::{Holders, Terms};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::{Fault, Refusal};
use planet_ledger::{
    CurrencyKind, LedgerError, NewCurrency, account_of, create_currency, find_currency, open_account,
    set_levy, set_limits,
};
use planet_ontology::entities::Group;
use planet_ontology::ids::{AgentId, AudienceId, CurrencyId, GroupId};
use planet_ontology::units::{Amount, MINUTES, Moment};
use planet_purse::WIDEST;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Signs that stand for money that no group makes.
const RESERVED: [&str; 8] = ["£", "€", "$", "¥", "₿", "Ξ", "₹", "₽"];
/// The finest currency that is designed here.
const MAX_DECIMALS: u8 = 6;

/// Make a currency.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Design {
    /// The group that issues it and stands behind it.
    pub group: GroupId,
    /// A short name of capitals and digits, such as `DELI`.
    pub code: String,
    /// Its name, in the plural: "Deli dollars".
    pub name: String,
    /// The sign beside an amount.
    pub symbol: String,
    /// `mutual-credit`, `voucher` or `time`.
    pub kind: CurrencyKind,
    /// Digits after the point; left out of account for time, which is counted in minutes.
    #[serde(default)]
    pub decimals: u8,
    /// What it is for.
    pub terms: Terms,
}

/// A currency that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Designed {
    /// The currency.
    pub currency: CurrencyId,
    /// Its short name, for its address.
    pub code: String,
}

impl Act for Design {
    const NAME: &'static str = "currencies.design";
    const ABOUT: &'static str = "Make a currency for a group: mutual credit, a prepaid voucher, or time.";
    type Touches = Group;
    type Output = Designed;

    fn resource(&self, tx: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(Resource::group(&agents::group(tx, self.group)?.ok_or(CurrencyError::GroupUnknown)?))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Designed, Fault> {
        let (new, terms) = self.checked(tx, cx.id())?;
        let wrong = |error: LedgerError| match error {
            LedgerError::CodeTaken { .. } => CurrencyError::CodeTaken.into(),
            other => ledger_refusal(other),
        };
        let currency = create_currency(tx, &new, cx.now).map_err(wrong)?;
        let issuer = AgentId::from(self.group);
        let account = open_account(tx, issuer, currency.id, cx.id(), cx.now).map_err(ledger_refusal)?;
        let (min, max) = issuer_limits(self.kind, &terms);
        set_limits(tx, account.id, min, max).map_err(ledger_refusal)?;
        set_levy(tx, currency.id, terms.levy, issuer).map_err(ledger_refusal)?;
        rows::create(tx, currency.id, audience(self.group, terms.holders), &terms, cx.agent()?, cx.now)?;
        Tend::tomorrow(tx, cx, currency.id)?;
        Ok(Designed { currency: currency.id, code: currency.code })
    }

    fn summary(&self) -> String {
        format!("Make the currency {}.", self.name.trim())
    }
}

impl Design {
    /// The currency and its terms, if they make sense; nothing is written. Pages ask before they show the preview.
    ///
    /// # Errors
    /// What is wrong, with the field that it is about.
    pub fn checked(&self, tx: &mut Tx, id: CurrencyId) -> Result<(NewCurrency, Terms), Fault> {
        let terms = self.terms.clone().checked(self.kind)?;
        price_makes_sense(tx, self.group, id, &terms)?;
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (name, symbol, code) = (line(&self.name), line(&self.symbol), self.code.trim().to_uppercase());
        let readable = |text: &str| !text.chars().any(|c| c.is_control() || hides(c));
        if !(1..=60).contains(&name.chars().count())
            || !name.contains(char::is_alphanumeric)
            || !readable(&name)
        {
            return Err(CurrencyError::NameWrong.into());
        }
        if !(1..=8).contains(&symbol.chars().count()) || !readable(&symbol) {
            return Err(CurrencyError::SymbolWrong.into());
        }
        if RESERVED.contains(&symbol.as_str()) {
            return Err(CurrencyError::SymbolReserved.into());
        }
        if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(CurrencyError::CodeReserved.into());
        }
        let letters = code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if !(4..=12).contains(&code.len()) || !letters {
            return Err(CurrencyError::CodeWrong.into());
        }
        if rows::by_code(tx, &code)?.is_some_and(|there| there != id) {
            return Err(CurrencyError::CodeTaken.into());
        }
        let decimals = if self.kind == CurrencyKind::Time { MINUTES } else { self.decimals };
        if decimals > MAX_DECIMALS && decimals != MINUTES {
            return Err(CurrencyError::DecimalsWrong.into());
        }
        let new = NewCurrency {
            id,
            code,
            name,
            symbol,
            kind: self.kind,
            decimals,
            issuer: self.group.into(),
            min: terms.min,
            max: terms.max,
            soft_min: terms.soft_min,
            soft_max: terms.soft_max,
            lifetime: terms.lifetime_seconds(),
        };
        Ok((new, terms))
    }
}

/// Characters that are not seen, or that turn the order of others around: a name must be what it looks like.
fn hides(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// Whether the group can take the price: it has an account in that currency, which is another one and not coming to its end.
pub(super) fn price_makes_sense(
    tx: &mut Tx,
    group: GroupId,
    own: CurrencyId,
    terms: &Terms,
) -> Result<(), Fault> {
    let Some(price) = terms.price else { return Ok(()) };
    let there = find_currency(tx, price.currency)?.is_some_and(|money| money.id != own && !money.ending());
    if there && account_of(tx, group.into(), price.currency)?.is_some() {
        Ok(())
    } else {
        Err(CurrencyError::PriceCurrencyUnknown.into())
    }
}

/// Who may see a currency: where only some may hold it, its group; otherwise the club.
pub(super) fn audience(group: GroupId, holders: Holders) -> AudienceId {
    match holders {
        Holders::Club => AudienceId::CLUB,
        Holders::Group | Holders::Asked => group.into(),
    }
}

/// How far the issuer's own account may go. A voucher's issuer owes what is out, and never has any of it. In mutual
/// credit a group spends what it has, until it is given credit by a decision; and what comes to its commons always finds room,
/// since nobody could pay where a fee is added any more once it were full.
pub(super) fn issuer_limits(kind: CurrencyKind, terms: &Terms) -> (Amount, Amount) {
    match (kind, terms.cap) {
        (CurrencyKind::Voucher, Some(cap)) => (Amount(cap.0.saturating_neg()), Amount(0)),
        _ => (Amount(0), WIDEST),
    }
}

/// The ledger's refusal of a setting.
pub(super) fn ledger_refusal(error: LedgerError) -> Fault {
    match error {
        LedgerError::Store(broken) => Fault::Store(broken),
        other => Refusal::input("", &other.code().replace('-', "_"), other.to_string()).into(),
    }
}
