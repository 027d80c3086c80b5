//! Giving back what was bought and not spent, at its price: for as many days as the terms say, and while a voucher is closed.

use super::{from_wallet, trade};
use crate::error::CurrencyError;
use crate::rows::{self, sales};
use crate::terms::Terms;
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ledger::{Transfer, TransferKind, account_of, carry, find_currency, lots};
use planet_ontology::acts::Moves;
use planet_ontology::entities::Account;
use planet_ontology::ids::SaleId;
use planet_ontology::units::{Amount, Moment};
use planet_purse::{spent, wallet};
use planet_store::{Error, Tx};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much of a purchase was not spent and can be given back. What is spent goes first where it is oldest, so the lot of
/// that day tells what is left of it: neither a gift nor what others paid can be given back in its place.
pub(crate) fn returnable(
    tx: &mut Tx,
    sale: &sales::Sale,
    sold_under: Option<&Terms>,
    account: &planet_ledger::Account,
) -> Result<Amount, Error> {
    let left = sale.amount.0.saturating_sub(sale.returned.0).min(account.balance().0);
    let there = match sold_under.and_then(|terms| terms.end_of(sale.at)) {
        Some(end) => {
            lots(tx, account.id)?.iter().find(|lot| lot.expires == end).map_or(0, |lot| lot.amount.0)
        }
        None => left,
    };
    Ok(Amount(left.min(there).max(0)))
}

/// Give back what was bought and not spent.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refund {
    /// The purchase.
    pub sale: SaleId,
    /// How much of it, in minor units of the voucher.
    pub amount: Amount,
}

/// What was given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Refunded {
    /// What was paid back, in minor units of what it was bought with.
    pub paid: Amount,
}

impl Act for Refund {
    const NAME: &'static str = "currencies.refund";
    const ABOUT: &'static str =
        "Give back vouchers that you bought and did not spend, at the price you paid.";
    const MOVES: Moves = Moves::Spends;
    type Touches = Account;
    type Output = Refunded;

    fn resource(&self, tx: &mut Tx, actor: &Actor, now: Moment) -> Result<Resource, Fault> {
        let sale = sales::find(tx, self.sale)?.ok_or(CurrencyError::SaleUnknown)?;
        wallet(tx, actor, Some(sale.holder), Some(sale.currency), self.amount, now)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Refunded, Fault> {
        let sale = sales::find_and_hold(tx, self.sale)?.ok_or(CurrencyError::SaleUnknown)?;
        let made = rows::find(tx, sale.currency)?;
        // The terms that it was sold under count, and in a run-off there is no later chance.
        let sold_under = rows::versions(tx, sale.currency)?.into_iter().find(|it| it.version == sale.version);
        let until = sold_under.as_ref().map_or(sale.at, |it| it.terms.refund_until(sale.at));
        if cx.now > until && made.state.state != "closing" {
            return Err(CurrencyError::RefundLate.into());
        }
        if self.amount.0 <= 0 {
            return Err(CurrencyError::AmountNotPositive.into());
        }
        let account = account_of(tx, sale.holder, made.currency.id)?.ok_or(CurrencyError::SaleUnknown)?;
        let left = returnable(tx, &sale, sold_under.as_ref().map(|it| &it.terms), &account)?;
        if self.amount > left {
            return Err(CurrencyError::RefundTooMuch(made.currency.show(left)).into());
        }
        let money = find_currency(tx, sale.price_currency)?.ok_or(CurrencyError::PriceCurrencyUnknown)?;
        let purse = trade::purse(tx, sale.holder, &money)?;
        let till = trade::purse(tx, made.currency.issuer, &money)?;
        let issuer = trade::issuer_account(tx, &made)?;
        let paid = sale.refund_of(self.amount);
        if paid > till.available() {
            let name = agents::find(tx, made.currency.issuer)?.map(|agent| agent.name).unwrap_or_default();
            return Err(CurrencyError::IssuerCannotPay(name).into());
        }
        let mut chain = vec![Transfer {
            id: cx.id(),
            debit: account.id,
            credit: issuer.id,
            amount: self.amount,
            kind: TransferKind::Refund,
            memo: String::new(),
            reference: Some(sale.id.0),
        }];
        // So little may be given back that its share of the price is nothing yet; the next time counts it in.
        if paid.0 > 0 {
            chain.push(Transfer {
                id: cx.id(),
                debit: till.id,
                credit: purse.id,
                amount: paid,
                kind: TransferKind::Refund,
                memo: made.currency.name.clone(),
                reference: Some(sale.id.0),
            });
        }
        carry(tx, cx, &chain)?;
        let back = chain.first().map_or(sale.id.0, |given| given.id.0);
        spent(tx, cx, Some(sale.holder), (made.currency.id, self.amount), back)?;
        sales::give_back(tx, sale.id, self.amount, paid)?;
        Ok(Refunded { paid })
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        let sale = sales::find(tx, self.sale)?.ok_or(CurrencyError::SaleUnknown)?;
        let given = rows::find(tx, sale.currency)?.currency.say(self.amount);
        Ok(format!(
            "Give back {given}{}, at the price they were bought for.",
            from_wallet(tx, Some(sale.holder))?
        ))
    }
}
