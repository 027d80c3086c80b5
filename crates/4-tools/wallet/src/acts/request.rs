//! Bills: ask somebody to pay; they approve or decline; whoever asked may take it back.

use super::checked_memo;
use super::pay::{Paid, Pay};
use crate::error::WalletError;
use crate::rows::{self, RequestRow, holders};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::{Fault, Refusal};
use planet_ledger::{account_of, currency};
use planet_ontology::acts::Moves;
use planet_ontology::entities::{Account, PaymentRequest};
use planet_ontology::ids::{AgentId, CurrencyId, GroupId, RequestId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::acts_for;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many open bills one may have with the same payer: a bill also carries words, to somebody who did not ask for them.
const MOST_OPEN: i64 = 20;

/// Ask somebody to pay.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Who is asked: a member or a group.
    pub from: AgentId,
    /// How much, in minor units.
    pub amount: Amount,
    /// What for.
    #[serde(default)]
    pub memo: String,
    /// Whose wallet receives: a group's, or one's own if it is left out.
    #[serde(default)]
    pub to: Option<AgentId>,
    /// The currency; the club's own credit if it is left out.
    #[serde(default)]
    pub currency: Option<CurrencyId>,
}

impl Act for Request {
    const NAME: &'static str = "wallet.request";
    const ABOUT: &'static str = "Send a bill: ask somebody to pay.";
    type Touches = Account;
    type Output = RequestId;

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        let payee = self.to.or(actor.agent()).ok_or(WalletError::PayerUnknown)?;
        let group = agents::find(tx, payee)?.ok_or(WalletError::PayerUnknown)?.kind == "group";
        let facts = Account { own: actor.agent() == Some(payee), group, amount: self.amount.0 };
        Ok(Resource::of(if group { GroupId(payee.0) } else { GroupId::CLUB }, payee, &facts))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<RequestId, Fault> {
        if self.amount.0 <= 0 {
            return Err(WalletError::AmountNotPositive.into());
        }
        let payee = self.to.map_or_else(|| cx.agent(), Ok)?;
        if payee == self.from {
            return Err(WalletError::ToOneself.into());
        }
        let memo = checked_memo(&self.memo)?;
        let currency = currency(tx, self.currency)?;
        let known = holders(tx, currency.id, vec![payee, self.from])?;
        let holds = |agent| known.iter().any(|holder| holder.owner == agent && holder.standing != "left");
        if !holds(payee) {
            return Err(WalletError::CurrencyUnknown.into());
        }
        if !holds(self.from) {
            return Err(WalletError::PayeeUnknown.into());
        }
        let asked = account_of(tx, self.from, currency.id)?.ok_or(WalletError::PayeeUnknown)?;
        if self.amount.0 > asked.max.0.saturating_sub(asked.min.0) {
            return Err(WalletError::AmountTooLarge.into());
        }
        if rows::count_between(tx, payee, self.from)? >= MOST_OPEN {
            return Err(WalletError::TooManyBills(MOST_OPEN).into());
        }
        let row = RequestRow {
            id: cx.id(),
            payee,
            payer: self.from,
            currency: currency.id,
            amount: self.amount,
            memo,
            state: "open".into(),
            transfer: None,
            created: cx.now,
        };
        rows::create_request(tx, &row)?;
        Ok(row.id)
    }
}

/// Pay a bill.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveRequest {
    /// The bill.
    pub request: RequestId,
}

impl Act for ApproveRequest {
    const NAME: &'static str = "wallet.approve_request";
    const ABOUT: &'static str = "Pay a bill that somebody sent you.";
    const MOVES: Moves = Moves::Spends;
    type Touches = PaymentRequest;
    type Output = Paid;

    /// A bill to a group is paid from the group's wallet, by the rule of that.
    fn resource(&self, tx: &mut Tx, actor: &Actor, now: Moment) -> Result<Resource, Fault> {
        let mut asked = request_resource(tx, self.request, actor)?;
        let pay = self.payment(tx)?.1;
        let paid = pay.resource(tx, actor, now)?;
        asked.group = paid.group;
        Ok(asked.decided_by(paid.decided_by))
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        self.payment(tx)?.1.title(tx)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Paid, Fault> {
        let (row, pay) = self.payment(tx)?;
        let paid = pay.perform(tx, cx)?;
        if !rows::end_request(tx, row.id, "paid", Some(paid.transfer), cx.now)? {
            return Err(WalletError::RequestEnded.into());
        }
        Ok(paid)
    }
}

impl ApproveRequest {
    /// The bill, and the payment that settles it.
    fn payment(&self, tx: &mut Tx) -> Result<(RequestRow, Pay), Fault> {
        let row = rows::find_request(tx, self.request)?.ok_or(WalletError::RequestUnknown)?;
        let pay = Pay {
            to: row.payee,
            amount: row.amount,
            memo: row.memo.clone(),
            from: Some(row.payer),
            currency: Some(row.currency),
        };
        Ok((row, pay))
    }
}

/// Declares an act that ends a bill without a payment.
macro_rules! ends_request {
    ($(#[$doc:meta])* $act:ident, $name:literal, $about:literal, $state:literal) => {
        $(#[$doc])*
        #[derive(Clone, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $act {
            /// The bill.
            pub request: RequestId,
        }

        impl Act for $act {
            const NAME: &'static str = $name;
            const ABOUT: &'static str = $about;
            type Touches = PaymentRequest;
            type Output = ();

            fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
                request_resource(tx, self.request, actor)
            }

            fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
                if rows::end_request(tx, self.request, $state, None, cx.now)? {
                    Ok(())
                } else {
                    Err(WalletError::RequestEnded.into())
                }
            }
        }
    };
}

ends_request!(
    /// Decline a bill.
    DeclineRequest, "wallet.decline_request", "Decline a bill that somebody sent you.", "declined"
);
ends_request!(
    /// Take a bill back.
    CancelRequest, "wallet.cancel_request", "Take back a bill that you sent.", "cancelled"
);

/// A bill as policies see it. Only the two sides may know of it; the keepers of a group's wallet act for their group.
fn request_resource(tx: &mut Tx, id: RequestId, actor: &Actor) -> Result<Resource, Fault> {
    let row = rows::find_request(tx, id)?.ok_or(WalletError::RequestUnknown)?;
    let agent =
        actor.agent().ok_or_else(|| Refusal::not_allowed("not_signed_in", "Please sign in first."))?;
    let facts =
        PaymentRequest { payer: acts_for(tx, agent, row.payer)?, payee: acts_for(tx, agent, row.payee)? };
    if !facts.payer && !facts.payee {
        return Err(WalletError::RequestUnknown.into());
    }
    Ok(Resource::club(id, &facts))
}
