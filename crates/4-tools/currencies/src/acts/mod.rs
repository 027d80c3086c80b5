//! What can be done about currencies: one file per use case. Here is what they share: what is touched, and who may hold.

pub mod change;
pub mod design;
pub mod ending;
pub mod hold;
pub mod issue;
pub mod owed;
pub mod rates;
pub mod refund;
pub mod tend;
pub mod trade;

use crate::error::CurrencyError;
use crate::rows::{self, Made};
use crate::terms::Holders;
use planet_corridor::act::Resource;
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::{Fault, Refusal};
use planet_ontology::entities::{Account, Currency};
use planet_ontology::ids::{AgentId, CurrencyId, GroupId};
use planet_ontology::roles::Role;
use planet_ontology::units::{Amount, longer_than};
use planet_store::Tx;
use serde_json::{Value, json};

/// The longest reason, in characters: as long as the note on a transfer.
pub const MAX_REASON: u32 = 280;

/// A currency as policies see it. Whoever may not know of it finds nothing.
fn currency_resource(tx: &mut Tx, id: CurrencyId, actor: &Actor) -> Result<Resource, Fault> {
    let made = rows::find(tx, id)?;
    let group = made.issuer();
    let (own, issues) = match actor.agent() {
        Some(agent) if !rows::visible(tx, &made, agent)? => return Err(CurrencyError::CurrencyUnknown.into()),
        Some(agent) => {
            let own = agent == made.currency.issuer;
            (own, own || made.terms.issuers.contains(&agents::role(tx, agent, group)?))
        }
        None => (false, false),
    };
    Ok(Resource::of(group, id, &Currency { own, issues, kind: made.currency.kind.word().into() }))
}

/// A wallet as policies see it: whose money is spent, or whose account is opened.
fn wallet_resource(
    tx: &mut Tx,
    owner: Option<AgentId>,
    actor: &Actor,
    amount: Amount,
) -> Result<Resource, Fault> {
    let owner = owner.or(actor.agent()).ok_or_else(not_signed_in)?;
    let group = agents::find(tx, owner)?.ok_or(CurrencyError::HolderUnknown)?.kind == "group";
    let facts = Account { own: actor.agent() == Some(owner), group, amount: amount.0 };
    Ok(Resource::of(if group { GroupId(owner.0) } else { GroupId::CLUB }, owner, &facts))
}

fn not_signed_in() -> Refusal {
    Refusal::not_allowed("not_signed_in", "Please sign in first.")
}

/// Refuses, in words for the one who acts, if the terms do not let somebody hold a currency.
fn may_hold(tx: &mut Tx, made: &Made, owner: AgentId) -> Result<(), Fault> {
    if owner == made.currency.issuer {
        return Ok(());
    }
    let agent = agents::find(tx, owner)?
        .filter(|agent| agent.standing != "left")
        .ok_or(CurrencyError::HolderUnknown)?;
    let (may, who) = match made.terms.holders {
        Holders::Club => (true, "everybody in the club".to_owned()),
        Holders::Group => {
            let issuer = agents::find(tx, made.currency.issuer)?.map(|group| group.name).unwrap_or_default();
            let member = agents::role(tx, owner, made.issuer())? != Role::None;
            (member, format!("members of {issuer}"))
        }
        Holders::Asked => {
            (rows::is_guest(tx, made.currency.id, owner)?, "those whom its issuer asked".to_owned())
        }
    };
    if may {
        return Ok(());
    }
    let sentence = format!("{} is for {who}. {} cannot hold it.", made.currency.name, agent.name);
    Err(CurrencyError::MayNotHold(sentence).into())
}

/// A reason without blanks around it; it is needed.
fn reason(text: &str) -> Result<String, CurrencyError> {
    let text = text.trim();
    if text.is_empty() {
        Err(CurrencyError::ReasonMissing)
    } else if longer_than(text, MAX_REASON) {
        Err(CurrencyError::ReasonTooLong)
    } else {
        Ok(text.to_owned())
    }
}

/// Refuses unless a group acts by a decision of its members: whatever procedure the rules set, nobody changes alone what
/// others rely on.
fn by_decision(actor: &Actor) -> Result<(), CurrencyError> {
    if matches!(actor, Actor::Group { .. }) { Ok(()) } else { Err(CurrencyError::ByDecision) }
}

/// Whether somebody spends from a group's wallet on their own word: then the wallet's rule has to be asked.
fn on_a_keepers_word(actor: &Actor, owner: AgentId) -> bool {
    actor.member().is_some_and(|member| AgentId::from(member) != owner)
}

/// Pays from a group's wallet on the word of a keeper, by the act that asks the wallet's rule: it is refused where others have
/// to decide.
fn pay_by_rule(
    tx: &mut Tx,
    cx: &mut Cx,
    (from, to): (AgentId, AgentId),
    (currency, amount): (CurrencyId, Amount),
    memo: &str,
) -> Result<Value, Fault> {
    let pay = json!({ "to": to, "amount": amount, "memo": memo, "from": from, "currency": currency });
    cx.call(tx, "wallet.pay", pay)
}
