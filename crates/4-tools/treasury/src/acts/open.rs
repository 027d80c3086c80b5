//! A group begins to hold money of the world for members, changes its terms, or stops. Decided by the group, as the rules set it.

use super::{MOST, bind_holder, group_resource, holder_resource, holding, in_money, keeps};
use crate::bank::details::BankDetails;
use crate::error::TreasuryError;
use crate::money;
use crate::rows::holdings::{self, NewHolding};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ledger::{
    CurrencyKind, NewCurrency, account_of, create_currency, list_currencies, open_account, set_limits,
};
use planet_ontology::entities::Group;
use planet_ontology::ids::{AgentId, CurrencyId, GroupId, MemberId};
use planet_ontology::units::{Amount, Moment, longer_than};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest of the three terms, in characters.
pub const MAX_TERM: u32 = 400;
/// How many people may be named for cash.
const MOST_FOR_CASH: usize = 20;
/// How many members of a holder are looked through for a keeper.
const LOOKED_AT: i64 = 200;

/// What whoever hands over money must know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// What happens to somebody's money when they leave.
    pub leaving: String,
    /// How quickly it is paid out.
    pub pace: String,
    /// What it costs.
    pub fees: String,
    /// The most that may be held for all together, in minor units.
    pub cap: Amount,
    /// Who takes cash.
    #[serde(default)]
    pub cash: Vec<MemberId>,
}

/// Begin to hold money of the world for members.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Open {
    /// Who holds it: the club or a group with a bank account.
    pub holder: GroupId,
    /// Which money, by its code in ISO 4217: `GBP`.
    pub iso: String,
    /// The holder's account at its bank.
    pub bank: BankDetails,
    /// On what terms.
    pub terms: Terms,
}

/// A money that is held from now on.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Opened {
    /// The currency.
    pub currency: CurrencyId,
    /// Its code, for its address.
    pub code: String,
}

impl Act for Open {
    const NAME: &'static str = "treasury.open";
    const ABOUT: &'static str = "Hold money of the world for members, in the group's own bank account.";
    type Touches = Group;
    type Output = Opened;

    fn resource(&self, tx: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        // What cannot be is refused before anybody votes on it.
        money::find(&self.iso).ok_or(TreasuryError::MoneyUnknown)?;
        self.bank.checked()?;
        self.terms.checked(tx)?;
        group_resource(tx, self.holder)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Opened, Fault> {
        let held = money::find(&self.iso).ok_or(TreasuryError::MoneyUnknown)?;
        let (bank, terms) = (self.bank.checked()?, self.terms.checked(tx)?);
        let holder = agents::find(tx, self.holder.into())?.ok_or(TreasuryError::HolderUnknown)?;
        if holdings::holds(tx, self.holder, held.iso)? {
            return Err(TreasuryError::HeldAlready.into());
        }
        somebody_keeps(tx, self.holder)?;
        let codes: Vec<String> = list_currencies(tx)?.into_iter().map(|currency| currency.code).collect();
        let code = free_code(held.iso, &holder.handle, &codes);
        let new = NewCurrency {
            id: cx.id(),
            code: code.clone(),
            name: held.name.to_owned(),
            symbol: held.symbol.to_owned(),
            kind: CurrencyKind::Conventional,
            decimals: held.decimals,
            issuer: self.holder.into(),
            min: Amount(0),
            max: terms.cap,
            soft_min: None,
            soft_max: None,
            lifetime: None,
        };
        let currency = create_currency(tx, &new, cx.now).map_err(|error| in_money(tx, new.id, error))?;
        let account = cx.id();
        open_account(tx, self.holder.into(), currency.id, account, cx.now)
            .map_err(|error| in_money(tx, currency.id, error))?;
        save(tx, currency.id, self.holder, held.iso, &bank, &terms, cx.now)?;
        let it = holding(tx, currency.id)?;
        bind_holder(tx, &it)?;
        Ok(Opened { currency: currency.id, code })
    }

    fn summary(&self) -> String {
        let name = money::find(&self.iso).map_or("money", |money| money.name);
        format!(
            "Hold {} ({}) for members in the bank account “{}”.",
            name,
            self.iso,
            short(&self.bank.account_name)
        )
    }
}

/// Change the terms, the bank account or who takes cash.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeTerms {
    /// The currency.
    pub currency: CurrencyId,
    /// The holder's account at its bank.
    pub bank: BankDetails,
    /// On what terms.
    pub terms: Terms,
}

impl Act for ChangeTerms {
    const NAME: &'static str = "treasury.change_terms";
    const ABOUT: &'static str =
        "Change on what terms a money is held, in which bank account, and who takes cash.";
    type Touches = Group;
    type Output = ();

    fn resource(&self, tx: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        self.bank.checked()?;
        self.terms.checked(tx)?;
        holder_resource(tx, self.currency)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let (bank, terms) = (self.bank.checked()?, self.terms.checked(tx)?);
        holdings::lock(tx, self.currency)?;
        let it = holding(tx, self.currency)?;
        if super::entrusted(tx, self.currency)? > terms.cap {
            return Err(TreasuryError::CapTooLow.into());
        }
        save(tx, self.currency, it.holder, &it.iso, &bank, &terms, cx.now)?;
        // Nobody can hold more than all together, so the cap is everybody's upper limit.
        for owner in holdings::account_holders(tx, self.currency)? {
            if owner != AgentId::from(it.holder)
                && let Some(account) = account_of(tx, owner, self.currency)?
            {
                set_limits(tx, account.id, Amount(0), terms.cap)
                    .map_err(|error| in_money(tx, self.currency, error))?;
            }
        }
        Ok(())
    }

    fn summary(&self) -> String {
        format!(
            "Change the terms on which money is held in the bank account “{}”.",
            short(&self.bank.account_name)
        )
    }
}

/// Stop holding a money: nothing new comes in, what is there can be paid out.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Close {
    /// The currency.
    pub currency: CurrencyId,
}

impl Act for Close {
    const NAME: &'static str = "treasury.close";
    const ABOUT: &'static str = "Stop holding a money: nothing new comes in, and what is there is paid out.";
    touches!(Group, |act, tx, _| holder_resource(tx, act.currency));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        if holdings::close(tx, self.currency, cx.now)? { Ok(()) } else { Err(TreasuryError::Closing.into()) }
    }
}

impl Terms {
    /// The same without blanks around them, if everything is said and everybody named is here.
    fn checked(&self, tx: &mut Tx) -> Result<Self, Fault> {
        let said = [
            (&self.leaving, "what happens to somebody's money when they leave"),
            (&self.pace, "how quickly it is paid out"),
            (&self.fees, "what it costs"),
        ];
        for (text, what) in said {
            if text.trim().is_empty() {
                return Err(TreasuryError::TermsMissing(what).into());
            }
            if longer_than(text, MAX_TERM) {
                return Err(TreasuryError::TermsTooLong(MAX_TERM).into());
            }
        }
        if !(1..=MOST).contains(&self.cap.0) {
            return Err(TreasuryError::CapWrong.into());
        }
        if self.cash.len() > MOST_FOR_CASH {
            return Err(TreasuryError::CashPersonUnknown.into());
        }
        for member in &self.cash {
            let known = agents::find(tx, AgentId::from(*member))?;
            if known.is_none_or(|agent| agent.kind != "member" || agent.standing != "active") {
                return Err(TreasuryError::CashPersonUnknown.into());
            }
        }
        let [leaving, pace, fees] =
            [&self.leaving, &self.pace, &self.fees].map(|text| text.trim().to_owned());
        Ok(Self { leaving, pace, fees, cap: self.cap, cash: self.cash.clone() })
    }
}

fn save(
    tx: &mut Tx,
    currency: CurrencyId,
    holder: GroupId,
    iso: &str,
    bank: &BankDetails,
    terms: &Terms,
    now: Moment,
) -> Result<(), Fault> {
    let words = [terms.leaving.as_str(), terms.pace.as_str(), terms.fees.as_str()];
    holdings::save(tx, &NewHolding { currency, holder, iso, bank, terms: words, cap: terms.cap, now })?;
    Ok(holdings::set_cash(tx, currency, &terms.cash)?)
}

/// Money is held by people whom the group has chosen to keep it.
fn somebody_keeps(tx: &mut Tx, holder: GroupId) -> Result<(), Fault> {
    for (agent, ..) in agents::members(tx, holder, LOOKED_AT)? {
        if keeps(tx, agent, holder)? {
            return Ok(());
        }
    }
    Err(TreasuryError::NobodyKeeps.into())
}

/// A code that no currency has yet.
fn free_code(iso: &str, handle: &str, taken: &[String]) -> String {
    let is_taken = |code: &str| taken.iter().any(|it| it == code);
    let own = money::book_code(iso, handle, is_taken(iso));
    let numbered = (2..100).map(|number| {
        let stem: String = own.chars().take(10).collect();
        format!("{stem}{number}")
    });
    std::iter::once(own.clone()).chain(numbered).find(|code| !is_taken(code)).unwrap_or(own)
}

/// A name for the title of a proposal, which has an end.
fn short(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(70).collect()
}
