//! The worker that talks to the card processor. It asks outside of every transaction, and what it hears comes back as acts of the
//! house. Whatever is repeated, by it or by the processor, is booked once.

use crate::acts::cards::{CardLook, CardPrepared, CardTold, RefundLook, RefundTold};
use crate::rows::cards::{self, CardRow, RefundRow};
use planet_corridor::act::Act;
use planet_corridor::actor::Actor;
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_corridor::task::Call;
use planet_exchange::cards::{CardError, Cards, Intent, Order};
use planet_ontology::ids::ActKey;
use planet_ontology::units::Moment;
use planet_store::Error;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use uuid::Uuid;

/// How many payments one round looks at.
const ROUND: i64 = 20;
/// How long the worker rests when nobody wakes it.
const PAUSE: Duration = Duration::from_secs(5);
/// The first look after a payment was prepared, in seconds; each further one is twice as far away, up to an hour.
const FIRST: i64 = 30;
const FURTHEST: i64 = 3_600;

/// The desk at which cards are taken: the processor, the club's origin, and a bell for the worker.
pub struct CardDesk {
    /// The processor.
    pub cards: Cards,
    club: String,
    bell: Notify,
}

impl CardDesk {
    /// A desk for the club at this origin.
    pub fn new(cards: Cards, club: String) -> Arc<Self> {
        Arc::new(Self { cards, club, bell: Notify::new() })
    }

    /// Wakes the worker: there is something to do.
    pub fn ring(&self) {
        self.bell.notify_one();
    }

    /// Works until the task is dropped.
    pub async fn run(self: Arc<Self>, corridor: Corridor, clock: impl Fn() -> Moment + Send + Sync) {
        loop {
            match self.round(&corridor, clock()).await {
                Ok(()) => {}
                Err(Fault::Store(Error::Closed)) => return,
                Err(error) => {
                    tracing::error!(%error, "card payments could not be looked at and will be tried again");
                }
            }
            tokio::select! { () = self.bell.notified() => {}, () = tokio::time::sleep(PAUSE) => {} }
        }
    }

    /// Looks once at everything whose turn it is.
    pub async fn round(&self, corridor: &Corridor, now: Moment) -> Result<(), Fault> {
        for row in corridor.store().read(move |tx| cards::due(tx, now, ROUND)).await? {
            self.payment(corridor, &row, now).await?;
        }
        for row in corridor.store().read(move |tx| cards::refunds_due(tx, now, ROUND)).await? {
            self.refund(corridor, &row, now).await?;
        }
        Ok(())
    }

    async fn payment(&self, corridor: &Corridor, row: &CardRow, now: Moment) -> Result<(), Fault> {
        let look = CardLook { pay_in: row.pay_in, tries: row.tries, next: later(row.tries, now) };
        if done(corridor, look, now).await? != Some(true) {
            return Ok(());
        }
        let heard = if row.intent.is_empty() { self.prepare(row).await } else { self.ask(row, now).await };
        match heard {
            Ok(Some(intent)) if row.intent.is_empty() => {
                let prepared = CardPrepared { pay_in: row.pay_in, intent: intent.id, secret: intent.secret };
                done(corridor, prepared, now).await?;
            }
            Ok(Some(intent)) => {
                let told = CardTold {
                    pay_in: row.pay_in,
                    ours: intent.order == row.pay_in.to_string() && intent.club == self.club,
                    intent: intent.id,
                    status: intent.status,
                    amount: intent.amount,
                    iso: intent.iso,
                    problem: intent.problem,
                };
                done(corridor, told, now).await?;
            }
            Ok(None) => {}
            Err(error) => {
                tracing::warn!(pay_in = %row.pay_in, %error, "a card payment could not be looked at");
            }
        }
        Ok(())
    }

    /// Asks the processor for the payment, unless nobody wants it any more.
    async fn prepare(&self, row: &CardRow) -> Result<Option<Intent>, CardError> {
        if row.waits != "waiting" {
            return Ok(None);
        }
        let order = Order { id: row.pay_in.0, club: &self.club, amount: row.amount, iso: &row.iso };
        self.cards.create(&order).await.map(Some)
    }

    /// Asks how a payment stands; says something only where it has come to an end or failed. What was taken back, or has waited
    /// too long, is given up at the processor first, so that nobody pays it later.
    async fn ask(&self, row: &CardRow, now: Moment) -> Result<Option<Intent>, CardError> {
        let unwanted = row.waits == "withdrawn" || row.expires <= now;
        let intent = if unwanted {
            match self.cards.cancel(&row.intent).await {
                // It cannot be given up any more: then it was paid, and how it stands will say so.
                Err(CardError::Refused(_)) => self.cards.find(&row.intent).await?,
                given_up => given_up?,
            }
        } else {
            self.cards.find(&row.intent).await?
        };
        let news =
            matches!(intent.status.as_str(), "succeeded" | "canceled") || intent.problem != row.problem;
        Ok(Some(intent).filter(|_| news))
    }

    async fn refund(&self, corridor: &Corridor, row: &RefundRow, now: Moment) -> Result<(), Fault> {
        let look = RefundLook { pay_out: row.pay_out, tries: row.tries, next: later(row.tries, now) };
        if done(corridor, look, now).await? != Some(true) {
            return Ok(());
        }
        let told = |refund: String, problem: String| RefundTold { pay_out: row.pay_out, refund, problem };
        let told = match self.give_back(row).await {
            Ok(refund) => told(refund, String::new()),
            Err(CardError::Refused(problem)) => told(String::new(), problem),
            Err(error) => {
                tracing::warn!(pay_out = %row.pay_out, %error, "a refund could not be made and will be tried again");
                return Ok(());
            }
        };
        done(corridor, told, now).await?;
        Ok(())
    }

    /// Gives back once: what was given back in an attempt whose answer was lost is found by our own mark.
    async fn give_back(&self, row: &RefundRow) -> Result<String, CardError> {
        let order = row.pay_out.to_string();
        let earlier = self.cards.refunds(&row.intent).await?;
        if let Some(refund) = earlier
            .into_iter()
            .find(|it| it.order == order && it.status != "failed" && it.status != "canceled")
        {
            return Ok(refund.id);
        }
        let refund = self.cards.refund(&row.intent, row.amount, row.pay_out.0).await?;
        match refund.status.as_str() {
            "failed" | "canceled" => Err(CardError::Refused(refund.status)),
            _ => Ok(refund.id),
        }
    }
}

/// Does an act of the house. A refusal is an answer too: somebody was quicker.
async fn done<A: Act>(corridor: &Corridor, act: A, now: Moment) -> Result<Option<A::Output>, Fault> {
    let call = Call { actor: Actor::House, key: ActKey(Uuid::new_v4()), now };
    match corridor.act(call, act).await {
        Ok(done) => Ok(done.output),
        Err(Fault::Refused(refusal)) => {
            tracing::info!(act = A::NAME, %refusal, "an act of the card desk was refused");
            Ok(None)
        }
        Err(fault) => Err(fault),
    }
}

/// When to look again after so many looks.
fn later(tries: i64, now: Moment) -> Moment {
    let wait = FIRST.saturating_mul(1 << tries.clamp(0, 10)).min(FURTHEST);
    now.plus_seconds(wait)
}
