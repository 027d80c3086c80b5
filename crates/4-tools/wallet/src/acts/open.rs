//! Making the club's credit, and opening wallets.

use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::{Fault, Refusal};
use planet_ledger::{
    CurrencyKind, LedgerError, NewCurrency, account_of, change_limits, create_currency, currency,
    open_account, refused, set_limits,
};
use planet_ontology::acts::Authority;
use planet_ontology::entities::Account;
use planet_ontology::ids::{AccountId, AgentId, CurrencyId, GroupId};
use planet_ontology::units::{Amount, Moment};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Make the club's own mutual credit. Once, at the founding.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateCredit {
    /// Its name, in the plural: "acorns".
    pub name: String,
    /// The sign beside an amount.
    pub symbol: String,
    /// Decimals shown.
    pub decimals: u8,
    /// How far a new account may go below zero, in minor units.
    pub min: Amount,
    /// How much a new account may gather, in minor units.
    pub max: Amount,
}

impl Act for CreateCredit {
    const NAME: &'static str = "wallet.create_credit";
    const ABOUT: &'static str = "Make the club's own mutual credit.";
    const AUTHORITY: Authority = Authority::House;
    type Touches = Account;
    type Output = CurrencyId;

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(club_account())
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<CurrencyId, Fault> {
        let new = NewCurrency {
            id: cx.id(),
            code: code_of(&self.name),
            name: self.name.trim().to_owned(),
            symbol: self.symbol.trim().to_owned(),
            kind: CurrencyKind::MutualCredit,
            decimals: self.decimals,
            issuer: GroupId::CLUB.into(),
            min: self.min,
            max: self.max,
            soft_min: None,
            soft_max: None,
            lifetime: None,
        };
        create_currency(tx, &new, cx.now).map(|made| made.id).map_err(plain)
    }
}

/// Change how far accounts in the club's credit go that have no limits of their own. The members decide it as one of the
/// numbers in their rules.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeCredit {
    /// The lowest balance, in minor units.
    pub min: Amount,
    /// The highest balance, in minor units.
    pub max: Amount,
}

impl Act for ChangeCredit {
    const NAME: &'static str = "wallet.change_credit";
    const ABOUT: &'static str =
        "Change how far accounts in the club's credit go that have no limits of their own.";
    const AUTHORITY: Authority = Authority::House;
    type Touches = Account;
    type Output = ();

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(club_account())
    }

    fn perform(&self, tx: &mut Tx, _: &mut Cx) -> Result<(), Fault> {
        let credit = currency(tx, None)?;
        change_limits(tx, credit.id, (self.min, self.max)).map_err(|error| refused(error, &credit))
    }
}

/// Open a wallet for a new member or group, in the club's credit.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Open {
    /// Whose wallet.
    pub owner: AgentId,
}

impl Act for Open {
    const NAME: &'static str = "wallet.open";
    const ABOUT: &'static str = "Open a wallet for a new member or group.";
    const AUTHORITY: Authority = Authority::House;
    type Touches = Account;
    type Output = AccountId;

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(club_account())
    }

    /// A group spends what it has, until the club gives it credit by `wallet.set_limits`: anybody may start groups, and
    /// whoever started ten would otherwise have ten times the credit of one member.
    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<AccountId, Fault> {
        let currency = currency(tx, None)?;
        let wrong = |error| refused(error, &currency);
        let there = account_of(tx, self.owner, currency.id)?;
        let account = open_account(tx, self.owner, currency.id, cx.id(), cx.now).map_err(wrong)?;
        let group = self.owner != GroupId::CLUB.into()
            && agents::find(tx, self.owner)?.is_some_and(|owner| owner.kind == "group");
        if there.is_none() && group {
            set_limits(tx, account.id, Amount(0), account.max).map_err(wrong)?;
        }
        Ok(account.id)
    }
}

fn club_account() -> Resource {
    Resource::club(GroupId::CLUB, &Account { own: false, group: true, amount: 0 })
}

/// A short code from a name: its letters and digits in capitals, eight at the most.
fn code_of(name: &str) -> String {
    let code: String = name.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    if code.is_empty() { "CREDIT".into() } else { code.to_uppercase() }
}

fn plain(error: LedgerError) -> Fault {
    match error {
        LedgerError::Store(error) => Fault::Store(error),
        error => Refusal::input("unit", &error.code().replace('-', "_"), error.to_string()).into(),
    }
}
