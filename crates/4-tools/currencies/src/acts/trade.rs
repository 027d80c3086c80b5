//! Buying a voucher from its issuer, and spending it there. A purchase is one step: the price is paid and the voucher
//! issued, or neither. A group's wallet buys and spends by its rule.

use super::{from_wallet, hold, may_hold};
use crate::error::CurrencyError;
use crate::rows::{self, Made, sales};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ledger::{
    Account as Held, Currency, CurrencyKind, MEMO, Transfer, TransferKind, account_of, carry, find_currency,
    with_levy,
};
use planet_ontology::acts::Moves;
use planet_ontology::entities::Account;
use planet_ontology::ids::{AgentId, CurrencyId, SaleId, TransferId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::{spent, wallet};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Buy vouchers from their issuer.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Buy {
    /// The voucher.
    pub currency: CurrencyId,
    /// How much of it, in minor units.
    pub amount: Amount,
    /// The version of the terms that the buyer has read.
    pub version: i64,
    /// Whose wallet pays and receives: a group's, or one's own if it is left out.
    #[serde(default)]
    pub from: Option<AgentId>,
}

/// A purchase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Bought {
    /// The sale, for giving it back.
    pub sale: SaleId,
    /// What was paid, in minor units of the price currency.
    pub price: Amount,
    /// The holder's balance of the voucher after it.
    pub balance: Amount,
}

impl Act for Buy {
    const NAME: &'static str = "currencies.buy";
    const ABOUT: &'static str =
        "Buy vouchers from their issuer: the price is paid and they are issued in one step.";
    const MOVES: Moves = Moves::Spends;
    type Touches = Account;
    type Output = Bought;

    /// What is spent is the price.
    fn resource(&self, tx: &mut Tx, actor: &Actor, now: Moment) -> Result<Resource, Fault> {
        let price = rows::find(tx, self.currency)?.terms.price.ok_or(CurrencyError::NotForSale)?;
        wallet(tx, actor, self.from, Some(price.currency), price.of(self.amount)?, now)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Bought, Fault> {
        let made = rows::find_and_hold(tx, self.currency)?;
        let holder = self.from.map_or_else(|| cx.agent(), Ok)?;
        if made.state.version != self.version {
            return Err(CurrencyError::TermsChanged.into());
        }
        let price = made.terms.price.ok_or(CurrencyError::NotForSale)?;
        let issuer = issuing_account(tx, &made, holder, self.amount)?;
        let money = find_currency(tx, price.currency)?.ok_or(CurrencyError::PriceCurrencyUnknown)?;
        let sale = sales::Sale {
            id: cx.id(),
            currency: made.currency.id,
            holder,
            amount: self.amount,
            price_currency: money.id,
            price: price.of(self.amount)?,
            version: made.state.version,
            at: cx.now,
            returned: Amount(0),
            refunded: Amount(0),
        };
        let payment = payment(tx, cx, &made, &sale, &money)?;
        spent(tx, cx, self.from, (money.id, sale.price), sale.id.0)?;
        let account = hold::open(tx, cx, &made, holder)?;
        let issue = Transfer {
            id: cx.id(),
            debit: issuer.id,
            credit: account.id,
            amount: self.amount,
            kind: TransferKind::Issue,
            memo: String::new(),
            reference: Some(sale.id.0),
        };
        let chain: Vec<Transfer> = payment.into_iter().chain([issue]).collect();
        let posted = carry(tx, cx, &chain)?;
        sales::create(tx, &sale)?;
        let balance = posted.last().map_or(Amount(0), |posted| posted.credit_balance);
        Ok(Bought { sale: sale.id, price: sale.price, balance })
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        let made = rows::find(tx, self.currency)?;
        let price = made.terms.price.ok_or(CurrencyError::NotForSale)?;
        let money = find_currency(tx, price.currency)?.ok_or(CurrencyError::PriceCurrencyUnknown)?;
        let (bought, cost) = (made.currency.say(self.amount), money.say(price.of(self.amount)?));
        Ok(format!("Buy {bought} for {cost}{}.", from_wallet(tx, self.from)?))
    }
}

/// The price with its levy, to be carried together with the voucher.
fn payment(
    tx: &mut Tx,
    cx: &mut Cx,
    made: &Made,
    sale: &sales::Sale,
    money: &Currency,
) -> Result<Vec<Transfer>, Fault> {
    let issuer = made.currency.issuer;
    let purse = purse(tx, sale.holder, money)?;
    let till = account_of(tx, issuer, money.id)?
        .ok_or_else(|| CurrencyError::IssuerHasNoPurse(money.name.clone()))?;
    let memo = format!("{} {}", made.currency.show(sale.amount), made.currency.name);
    let payment = Transfer {
        id: cx.id(),
        debit: purse.id,
        credit: till.id,
        amount: sale.price,
        kind: TransferKind::Payment,
        memo,
        reference: Some(sale.id.0),
    };
    Ok(with_levy(tx, money, payment, cx.id())?)
}

/// The account that a voucher is issued from, if so much may be issued to this holder.
pub(super) fn issuing_account(
    tx: &mut Tx,
    made: &Made,
    holder: AgentId,
    amount: Amount,
) -> Result<Held, Fault> {
    only_vouchers(&made.currency)?;
    made.issuing()?;
    if holder == made.currency.issuer {
        return Err(CurrencyError::OwnVoucher.into());
    }
    may_hold(tx, made, holder)?;
    if amount.0 <= 0 {
        return Err(CurrencyError::AmountNotPositive.into());
    }
    let issuer = issuer_account(tx, made)?;
    if amount > issuer.available() {
        return Err(CurrencyError::OverCap(made.currency.show(issuer.available())).into());
    }
    Ok(issuer)
}

pub(super) fn only_vouchers(currency: &Currency) -> Result<(), CurrencyError> {
    if currency.kind == CurrencyKind::Voucher { Ok(()) } else { Err(CurrencyError::OnlyVouchers) }
}

/// The issuer's account, which is there from the beginning.
pub(super) fn issuer_account(tx: &mut Tx, made: &Made) -> Result<Held, Fault> {
    let account = account_of(tx, made.currency.issuer, made.currency.id)?;
    account.ok_or_else(|| Fault::Damaged(format!("The issuer of {} has no account.", made.currency.code)))
}

/// The account of a wallet in the price currency.
pub(super) fn purse(tx: &mut Tx, owner: AgentId, money: &Currency) -> Result<Held, Fault> {
    let account = account_of(tx, owner, money.id)?;
    Ok(account.ok_or_else(|| CurrencyError::NoPurse(money.name.clone()))?)
}

/// Spend vouchers at their issuer.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Redeem {
    /// The voucher.
    pub currency: CurrencyId,
    /// How much of it, in minor units.
    pub amount: Amount,
    /// What for.
    #[serde(default)]
    pub memo: String,
    /// Whose wallet spends: a group's, or one's own if it is left out.
    #[serde(default)]
    pub from: Option<AgentId>,
}

/// Vouchers that were spent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Redeemed {
    /// The transfer in the ledger.
    pub transfer: TransferId,
    /// What the holder has left.
    pub balance: Amount,
}

impl Act for Redeem {
    const NAME: &'static str = "currencies.redeem";
    const ABOUT: &'static str = "Spend vouchers at their issuer, who delivers what they stand for.";
    const MOVES: Moves = Moves::Spends;
    type Touches = Account;
    type Output = Redeemed;

    fn resource(&self, tx: &mut Tx, actor: &Actor, now: Moment) -> Result<Resource, Fault> {
        wallet(tx, actor, self.from, Some(self.currency), self.amount, now)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Redeemed, Fault> {
        let made = rows::find(tx, self.currency)?;
        only_vouchers(&made.currency)?;
        let holder = self.from.map_or_else(|| cx.agent(), Ok)?;
        let account = account_of(tx, holder, made.currency.id)?.ok_or(CurrencyError::CurrencyUnknown)?;
        let memo: String = self.memo.trim().to_owned();
        if memo.chars().count() > MEMO {
            return Err(CurrencyError::ReasonTooLong.into());
        }
        let issuer = issuer_account(tx, &made)?;
        let transfer = Transfer {
            id: cx.id(),
            debit: account.id,
            credit: issuer.id,
            amount: self.amount,
            kind: TransferKind::Redemption,
            memo,
            reference: None,
        };
        let posted = carry(tx, cx, std::slice::from_ref(&transfer))?;
        spent(tx, cx, self.from, (made.currency.id, self.amount), transfer.id.0)?;
        let balance = posted.first().map_or(Amount(0), |posted| posted.debit_balance);
        Ok(Redeemed { transfer: transfer.id, balance })
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        let spent = rows::find(tx, self.currency)?.currency.say(self.amount);
        Ok(format!("Spend {spent} at their issuer{}.", from_wallet(tx, self.from)?))
    }
}
