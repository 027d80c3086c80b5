//! Cards: what the worker and the processor say comes back as acts of the house. A message only makes us look; a payment is booked
//! on what the processor answers when it is asked, once.

use super::{book, pay_in_resource, pay_out_resource};
use crate::acts::pay_out::{To, asked, give_back, put_aside, sent};
use crate::error::TreasuryError;
use crate::rows::{cards, holdings, pay_ins, pay_outs};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ledger::currency;
use planet_ontology::acts::{Authority, Moves, Trace};
use planet_ontology::entities::{Account, PayIn, PayOut, Profile};
use planet_ontology::ids::{PayInId, PayOutId};
use planet_ontology::units::{Amount, Moment, longer_than};
use planet_purse::{acts_for, wallet};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest id, secret or code of the processor that is kept, in characters.
const LONGEST: u32 = 300;

/// Refuses what is longer than the processor's words are kept.
fn bounded(words: [&str; 2]) -> Result<(), TreasuryError> {
    if words.iter().any(|word| longer_than(word, LONGEST)) {
        return Err(TreasuryError::TooLong(LONGEST));
    }
    Ok(())
}

/// Take one look at a card payment, before anybody else does.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CardLook {
    /// The pay-in.
    pub pay_in: PayInId,
    /// How often it was looked at before.
    pub tries: i64,
    /// When the next look is due.
    pub next: Moment,
}

impl Act for CardLook {
    const NAME: &'static str = "treasury.card_look";
    const ABOUT: &'static str = "Take a look at how a card payment stands.";
    const TRACE: Trace = Trace::Counted;
    const AUTHORITY: Authority = Authority::House;
    touches!(PayIn, |act, tx, actor| pay_in_resource(tx, act.pay_in, actor));
    type Output = bool;

    fn perform(&self, tx: &mut Tx, _: &mut Cx) -> Result<bool, Fault> {
        Ok(cards::claim(tx, self.pay_in, self.tries, self.next)?)
    }
}

/// Write down what the processor calls a payment.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CardPrepared {
    /// The pay-in.
    pub pay_in: PayInId,
    /// The processor's id.
    pub intent: String,
    /// The secret for the payer's browser. It is not written into the record.
    pub secret: String,
}

impl Act for CardPrepared {
    const NAME: &'static str = "treasury.card_prepared";
    const ABOUT: &'static str = "Write down what the card processor calls a payment.";
    const TRACE: Trace = Trace::Counted;
    const AUTHORITY: Authority = Authority::House;
    touches!(PayIn, |act, tx, actor| pay_in_resource(tx, act.pay_in, actor));
    type Output = bool;

    fn perform(&self, tx: &mut Tx, _: &mut Cx) -> Result<bool, Fault> {
        bounded([&self.intent, &self.secret])?;
        Ok(cards::prepared(tx, self.pay_in, &self.intent, &self.secret)?)
    }
}

/// Say how the processor says that a payment stands.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CardTold {
    /// The pay-in.
    pub pay_in: PayInId,
    /// The processor's id.
    pub intent: String,
    /// The processor's word for how it stands.
    pub status: String,
    /// What was paid, in minor units.
    pub amount: Amount,
    /// In which money.
    pub iso: String,
    /// Whether it bears our own mark: this order, of this club.
    pub ours: bool,
    /// Why the last attempt failed, in the processor's code.
    #[serde(default)]
    pub problem: String,
}

impl Act for CardTold {
    const NAME: &'static str = "treasury.card_told";
    const ABOUT: &'static str = "Book a card payment as the card processor says that it stands.";
    const MOVES: Moves = Moves::Promised;
    const AUTHORITY: Authority = Authority::House;
    touches!(PayIn, |act, tx, actor| pay_in_resource(tx, act.pay_in, actor));
    type Output = String;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<String, Fault> {
        let row = pay_ins::find_and_hold(tx, self.pay_in)?.ok_or(TreasuryError::PayInUnknown)?;
        holdings::lock(tx, row.currency)?;
        let card = cards::find(tx, self.pay_in)?.ok_or(TreasuryError::PayInUnknown)?;
        if card.state != "open" || card.intent != self.intent {
            return Ok(card.state);
        }
        let fits = self.ours && self.amount == row.amount && self.iso == card.iso;
        let state = match self.status.as_str() {
            "succeeded" if fits && self.has_room(tx, row.currency)? => "paid",
            // Something was paid, and not what was asked: people have to look at it, nothing is booked.
            "succeeded" => "odd",
            "canceled" => "ended",
            _ => {
                cards::failed(tx, self.pay_in, &self.problem)?;
                return Ok("open".into());
            }
        };
        if !cards::end(tx, self.pay_in, state)? {
            return Err(TreasuryError::Ended.into());
        }
        match state {
            "paid" => book(tx, cx, &row, self.amount, None).map(drop)?,
            "ended" => {
                pay_ins::withdraw(tx, row.id, cx.now)?;
            }
            _ => {}
        }
        Ok(state.into())
    }
}

impl CardTold {
    /// Whether the holder may hold as much more.
    fn has_room(&self, tx: &mut Tx, currency: planet_ontology::ids::CurrencyId) -> Result<bool, Fault> {
        let (held, it) = (super::entrusted(tx, currency)?, super::holding(tx, currency)?);
        Ok(held.0.checked_add(self.amount.0).is_some_and(|sum| sum <= it.cap.0))
    }
}

/// Hear a message of the processor: something has changed, look at it now.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CardHint {
    /// The processor's id of the message.
    pub event: String,
    /// What it is about.
    pub intent: String,
}

impl Act for CardHint {
    const NAME: &'static str = "treasury.card_hint";
    const ABOUT: &'static str = "Hear a message of the card processor, and look at what it is about.";
    const TRACE: Trace = Trace::Counted;
    const AUTHORITY: Authority = Authority::House;
    touches!(Profile, |_, _, _| Ok(Resource::club("cards", &Profile { own: false })));
    type Output = bool;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<bool, Fault> {
        bounded([&self.event, &self.intent])?;
        let fresh = cards::hear(tx, &self.event, cx.now)?;
        if fresh {
            cards::look_at(tx, &self.intent, cx.now)?;
        }
        Ok(fresh)
    }
}

/// Ask that what was paid by card is given back to the card.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskCardBack {
    /// The pay-in.
    pub pay_in: PayInId,
    /// How much of it, in minor units.
    pub amount: Amount,
}

impl Act for AskCardBack {
    const NAME: &'static str = "treasury.ask_card_back";
    const ABOUT: &'static str = "Ask that what you paid by card is given back to the card.";
    const MOVES: Moves = Moves::Spends;
    type Touches = Account;
    type Output = PayOutId;

    /// From the wallet that it was paid in for: a group's goes by its rule.
    fn resource(&self, tx: &mut Tx, actor: &Actor, now: Moment) -> Result<Resource, Fault> {
        let row = pay_ins::find(tx, self.pay_in)?.ok_or(TreasuryError::PayInUnknown)?;
        let me = actor.agent().ok_or_else(super::not_signed_in)?;
        if !acts_for(tx, me, row.owner)? {
            return Err(TreasuryError::PayInUnknown.into());
        }
        wallet(tx, actor, Some(row.owner), Some(row.currency), self.amount, now)
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        let row = pay_ins::find(tx, self.pay_in)?.ok_or(TreasuryError::PayInUnknown)?;
        let amount = currency(tx, Some(row.currency))?.say(self.amount);
        Ok(format!("Give {amount} from the wallet of {} back to the card that it came from.", row.owner_name))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<PayOutId, Fault> {
        let row = pay_ins::find_and_hold(tx, self.pay_in)?.ok_or(TreasuryError::PayInUnknown)?;
        let arrived = row
            .arrived
            .filter(|_| row.how == "card" && row.state == "arrived")
            .ok_or(TreasuryError::OtherWay)?;
        let back = pay_outs::given_back(tx, row.id)?;
        if back.0.checked_add(self.amount.0).is_none_or(|sum| sum > arrived.0) {
            return Err(TreasuryError::MoreThanPaid.into());
        }
        let to = To { account: None, payee: "", tail: "", card: Some(row.id) };
        put_aside(tx, cx, row.currency, row.owner, self.amount, &to)
    }
}

/// Have it given back to the card.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SendCardBack {
    /// The pay-out.
    pub pay_out: PayOutId,
}

impl Act for SendCardBack {
    const NAME: &'static str = "treasury.send_card_back";
    const ABOUT: &'static str = "Have money given back to the card that it came from.";
    touches!(PayOut, |act, tx, actor| pay_out_resource(tx, act.pay_out, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let row = asked(tx, self.pay_out)?;
        if row.card_pay_in.is_none() {
            return Err(TreasuryError::OtherWay.into());
        }
        if row.expires <= cx.now || !pay_outs::sending(tx, row.id)? {
            return Err(TreasuryError::Ended.into());
        }
        Ok(cards::refund(tx, row.id, cx.now)?)
    }
}

/// Take one attempt at giving back, before anybody else does.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefundLook {
    /// The pay-out.
    pub pay_out: PayOutId,
    /// How often it was tried before.
    pub tries: i64,
    /// When the next attempt is due.
    pub next: Moment,
}

impl Act for RefundLook {
    const NAME: &'static str = "treasury.refund_look";
    const ABOUT: &'static str = "Take an attempt at giving money back to a card.";
    const TRACE: Trace = Trace::Counted;
    const AUTHORITY: Authority = Authority::House;
    touches!(PayOut, |act, tx, actor| pay_out_resource(tx, act.pay_out, actor));
    type Output = bool;

    fn perform(&self, tx: &mut Tx, _: &mut Cx) -> Result<bool, Fault> {
        Ok(cards::claim_refund(tx, self.pay_out, self.tries, self.next)?)
    }
}

/// Say what came of giving back.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefundTold {
    /// The pay-out.
    pub pay_out: PayOutId,
    /// The processor's id of the refund; empty where it refused.
    pub refund: String,
    /// Why it refused, in its own code.
    #[serde(default)]
    pub problem: String,
}

impl Act for RefundTold {
    const NAME: &'static str = "treasury.refund_told";
    const ABOUT: &'static str = "Book that money was given back to a card, or give the claim back.";
    const MOVES: Moves = Moves::Promised;
    const AUTHORITY: Authority = Authority::House;
    touches!(PayOut, |act, tx, actor| pay_out_resource(tx, act.pay_out, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let row = pay_outs::find_and_hold(tx, self.pay_out)?.ok_or(TreasuryError::PayOutUnknown)?;
        if row.state != "sending" {
            return Err(TreasuryError::Ended.into());
        }
        cards::refund_ended(tx, row.id)?;
        if self.refund.is_empty() {
            let reason = format!("The card processor refuses: {}.", self.problem);
            return give_back(tx, cx, &row, "refused", &reason);
        }
        let day: String = cx.now.rfc3339().chars().take(10).collect();
        sent(tx, cx, &row, (&day, &self.refund), None).map(drop)
    }
}
