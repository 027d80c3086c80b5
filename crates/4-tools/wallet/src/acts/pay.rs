//! Pay somebody. The hottest act of the house: payments that wait are decided and written together.

use super::wallets::{paid_account, paying_account};
use super::{checked_memo, sentence};
use crate::error::WalletError;
use crate::rows::{Holder, holders};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::{Fault, Refusal};
use planet_ledger::{
    Currency, LedgerError, Levy, Posted, Transfer, TransferKind, carry, currency, refused, told,
    transfer_chains, transfer_many, with_levy,
};
use planet_ontology::acts::Moves;
use planet_ontology::entities::Account;
use planet_ontology::ids::{AccountId, AgentId, CurrencyId, GroupId, TransferId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::{Alone, Spend, note_alone, rules_for, spent};
use planet_store::{Error, Tx};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// Pay somebody.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pay {
    /// Who is paid: a member or a group.
    pub to: AgentId,
    /// How much, in minor units.
    pub amount: Amount,
    /// What for.
    #[serde(default)]
    pub memo: String,
    /// Whose wallet pays: a group's, or one's own if it is left out.
    #[serde(default)]
    pub from: Option<AgentId>,
    /// The currency; the club's own credit if it is left out.
    #[serde(default)]
    pub currency: Option<CurrencyId>,
}

/// A payment that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Paid {
    /// The transfer in the ledger.
    pub transfer: TransferId,
    /// When it was booked.
    pub at: Moment,
    /// The balance after it of the one who did it: the payer, or whoever took what was put aside.
    pub balance: Amount,
    /// Whether they have passed a soft limit. That the other side has is not theirs to know.
    pub soft_limit_passed: bool,
}

impl Act for Pay {
    const NAME: &'static str = "wallet.pay";
    const ABOUT: &'static str = "Pay somebody from your wallet or a group's.";
    const MOVES: Moves = Moves::Spends;
    const BATCH: bool = true;
    type Touches = Account;
    type Output = Paid;

    fn resource(&self, tx: &mut Tx, actor: &Actor, now: Moment) -> Result<Resource, Fault> {
        Self::resources(tx, &[(self, actor)], now)?
            .pop()
            .unwrap_or(Err(WalletError::PayerUnknown.into()))
            .map_err(Fault::from)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Paid, Fault> {
        let currency = currency(tx, self.currency)?;
        let debit = paying_account(tx, cx, self.from, &currency)?;
        let credit = paid_account(tx, cx, self.to, &currency)?;
        let order = self.order(debit, credit, cx)?;
        let payment = order.id.0;
        let chain = with_levy(tx, &currency, order, cx.id())?;
        let posted = carry(tx, cx, &chain)?;
        spent(tx, cx, self.from, (currency.id, self.amount), payment)?;
        Ok(paid(&posted)?)
    }

    fn resources(
        tx: &mut Tx,
        calls: &[(&Self, &Actor)],
        now: Moment,
    ) -> Result<Vec<Result<Resource, Refusal>>, Error> {
        // Only a wallet that is named has to be looked up: one's own is a group's if a group acts.
        let named: Vec<AgentId> = calls.iter().filter_map(|(pay, _)| pay.from).collect();
        let named: HashMap<AgentId, bool> = crate::views::groups_among(tx, named)?.into_iter().collect();
        let spends: Vec<Option<Spend>> =
            calls.iter().map(|(pay, actor)| Spend::by(actor, pay.from, pay.currency, pay.amount)).collect();
        let decided = rules_for(tx, &spends, now)?;
        Ok(calls
            .iter()
            .zip(decided)
            .map(|((pay, actor), decided_by)| {
                let payer = pay.from.or(actor.agent()).ok_or(WalletError::PayerUnknown)?;
                let group = match pay.from {
                    Some(named_one) => *named.get(&named_one).ok_or(WalletError::PayerUnknown)?,
                    None => matches!(actor, Actor::Group { .. }),
                };
                let facts = Account { own: actor.agent() == Some(payer), group, amount: pay.amount.0 };
                let of = if group { GroupId(payer.0) } else { GroupId::CLUB };
                Ok(Resource::of(of, payer, &facts).decided_by(decided_by))
            })
            .collect())
    }

    fn perform_many(
        tx: &mut Tx,
        calls: &mut [(&Self, &mut Cx)],
    ) -> Result<Vec<Result<Paid, Refusal>>, Error> {
        let mut results: Vec<Option<Result<Paid, Refusal>>> = calls.iter().map(|_| None).collect();
        for (wanted, members) in by_currency(calls) {
            let found = match currency(tx, wanted) {
                Ok(found) => found,
                Err(Fault::Store(error)) => return Err(error),
                Err(_) => {
                    for at in members {
                        put(&mut results, at, Err(WalletError::CurrencyUnknown.into()));
                    }
                    continue;
                }
            };
            pay_all(tx, calls, &members, &found, &mut results)?;
        }
        let unanswered =
            || Err(Refusal::conflict("no_outcome", "This came to no outcome. Please try again."));
        Ok(results.into_iter().map(|result| result.unwrap_or_else(unanswered)).collect())
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        let amount = currency(tx, self.currency)?.say(self.amount);
        sentence(tx, "Pay", "to", (self.from, self.to), &amount, &self.memo)
    }
}

impl Pay {
    fn parties(&self, actor: &Actor) -> (Option<AgentId>, AgentId) {
        (self.from.or(actor.agent()), self.to)
    }

    /// The transfer that this payment asks of the ledger.
    fn transfer(&self, accounts: &HashMap<AgentId, Holder>, cx: &mut Cx) -> Result<Transfer, Refusal> {
        let (from, to) = self.parties(&cx.actor);
        let debit = from.and_then(|payer| accounts.get(&payer)).ok_or(WalletError::CurrencyUnknown)?.account;
        let credit =
            accounts.get(&to).filter(|holder| holder.standing != "left").ok_or(WalletError::PayeeUnknown)?;
        self.order(debit, credit.account, cx)
    }

    fn order(&self, debit: AccountId, credit: AccountId, cx: &mut Cx) -> Result<Transfer, Refusal> {
        let memo = checked_memo(&self.memo)?;
        let (id, amount, kind) = (cx.id(), self.amount, TransferKind::Payment);
        Ok(Transfer { id, debit, credit, amount, kind, memo, reference: None })
    }
}

/// The payments of a batch by the currency they name.
fn by_currency(calls: &[(&Pay, &mut Cx)]) -> BTreeMap<Option<CurrencyId>, Vec<usize>> {
    let mut groups: BTreeMap<Option<CurrencyId>, Vec<usize>> = BTreeMap::new();
    for (at, (pay, _)) in calls.iter().enumerate() {
        groups.entry(pay.currency).or_default().push(at);
    }
    groups
}

/// Pays those payments of a batch that are in one currency.
fn pay_all(
    tx: &mut Tx,
    calls: &mut [(&Pay, &mut Cx)],
    members: &[usize],
    currency: &Currency,
    results: &mut [Option<Result<Paid, Refusal>>],
) -> Result<(), Error> {
    let parties: Vec<_> =
        members.iter().filter_map(|at| calls.get(*at)).map(|(pay, cx)| pay.parties(&cx.actor)).collect();
    let accounts = accounts(tx, currency, &parties)?;
    let mut orders = Vec::with_capacity(members.len());
    let mut places = Vec::with_capacity(members.len());
    let mut without_account = Vec::new();
    let mut now = Moment(0);
    for at in members {
        let Some((pay, cx)) = calls.get_mut(*at) else { continue };
        now = now.max(cx.now);
        if !accounts.contains_key(&pay.to) {
            without_account.push(*at);
            continue;
        }
        match pay.transfer(&accounts, cx) {
            Ok(order) => {
                orders.push(order);
                places.push(*at);
            }
            Err(refusal) => put(results, *at, Err(refusal)),
        }
    }
    let posted = match Levy::of(tx, currency)? {
        None => transfer_many(tx, &orders, now)?,
        Some(levy) => post_with_levy(tx, &levy, calls, &places, &orders, now)?,
    };
    let mut alone = Vec::new();
    for ((at, order), posted) in places.into_iter().zip(&orders).zip(posted) {
        let Some((pay, cx)) = calls.get_mut(at) else { continue };
        let result = match posted {
            Ok(posted) => {
                alone.extend(Alone::by(cx, pay.from, currency.id, pay.amount, posted.id.0));
                told(cx, order, &posted);
                paid(&[posted])
            }
            Err(error) => answer(refused(error, currency)).map(Err)?,
        };
        put(results, at, result);
    }
    for at in without_account {
        let Some((pay, cx)) = calls.get_mut(at) else { continue };
        let result = match tx.savepoint(|tx| pay.perform(tx, cx))? {
            Ok(paid) => Ok(paid),
            Err(fault) => Err(answer(fault)?),
        };
        put(results, at, result);
    }
    note_alone(tx, &alone)
}

/// Posts payments with what their currency adds to each for the commons, and tells of that part. Answers with the payment
/// itself, and with the balance after both.
fn post_with_levy(
    tx: &mut Tx,
    levy: &Levy,
    calls: &mut [(&Pay, &mut Cx)],
    places: &[usize],
    orders: &[Transfer],
    now: Moment,
) -> Result<Vec<Result<Posted, LedgerError>>, Error> {
    let mut chains = Vec::with_capacity(orders.len());
    for (at, order) in places.iter().zip(orders) {
        let Some((_, cx)) = calls.get_mut(*at) else { continue };
        let added = levy.on(order, cx.id());
        chains.push([Some(order.clone()), added].into_iter().flatten().collect::<Vec<_>>());
    }
    let answers = transfer_chains(tx, &chains, now)?;
    Ok(places
        .iter()
        .zip(&chains)
        .zip(answers)
        .map(|((at, chain), answer)| {
            let posted = answer?;
            if let (Some((_, cx)), Some(added), Some(last)) =
                (calls.get_mut(*at), chain.get(1), posted.get(1))
            {
                told(cx, added, last);
            }
            let (Some(first), Some(last)) = (posted.first(), posted.last()) else {
                return Err(LedgerError::AmountNotPositive);
            };
            let payer_warned = first.payer_warned || last.payer_warned;
            Ok(Posted { debit_balance: last.debit_balance, payer_warned, ..*first })
        })
        .collect())
}

/// What belongs to one payment alone is its answer; a broken store breaks the whole batch.
fn answer(fault: Fault) -> Result<Refusal, Error> {
    match fault {
        Fault::Refused(refusal) => Ok(refusal),
        Fault::Store(error) => Err(error),
        other => Ok(Refusal::conflict("no_outcome", other.to_string())),
    }
}

fn put<T>(results: &mut [Option<T>], at: usize, result: T) {
    if let Some(place) = results.get_mut(at) {
        *place = Some(result);
    }
}

/// The accounts of all parties in a currency.
fn accounts(
    tx: &mut Tx,
    currency: &Currency,
    parties: &[(Option<AgentId>, AgentId)],
) -> Result<HashMap<AgentId, Holder>, Error> {
    let mut owners: Vec<AgentId> =
        parties.iter().flat_map(|(payer, payee)| payer.iter().chain([payee])).copied().collect();
    owners.sort_unstable();
    owners.dedup();
    Ok(holders(tx, currency.id, owners)?.into_iter().map(|holder| (holder.owner, holder)).collect())
}

/// What is answered to a payment: about its first transfer, with the balance after the last.
pub(super) fn paid(chain: &[Posted]) -> Result<Paid, Refusal> {
    let (Some(first), Some(last)) = (chain.first(), chain.last()) else {
        return Err(Refusal::conflict("no_outcome", "This came to no outcome. Please try again."));
    };
    Ok(Paid {
        transfer: first.id,
        at: first.at,
        balance: last.debit_balance,
        soft_limit_passed: chain.iter().any(|posted| posted.payer_warned),
    })
}
