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
use planet_corridor::refusal::Fault;
use planet_ontology::entities::Currency;
use planet_ontology::ids::{AgentId, CurrencyId};
use planet_ontology::roles::Role;
use planet_ontology::units::longer_than;
use planet_store::Tx;

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

/// Refuses, in words for the one who acts, if the terms do not let somebody hold a currency.
fn may_hold(tx: &mut Tx, made: &Made, owner: AgentId) -> Result<(), Fault> {
    if admitted(tx, made, owner)? {
        return Ok(());
    }
    let mut name = |id| Ok::<_, Fault>(agents::find(tx, id)?.map(|agent| agent.name).unwrap_or_default());
    let who = match made.terms.holders {
        Holders::Club => return Err(CurrencyError::HolderUnknown.into()),
        Holders::Group => format!("members of {}", name(made.currency.issuer)?),
        Holders::Asked => "those whom its issuer asked".to_owned(),
    };
    let sentence = format!("{} is for {who}. {} cannot hold it.", made.currency.name, name(owner)?);
    Err(CurrencyError::MayNotHold(sentence).into())
}

/// Whether the terms let somebody hold a currency.
pub(crate) fn admitted(tx: &mut Tx, made: &Made, owner: AgentId) -> Result<bool, Fault> {
    if owner == made.currency.issuer {
        return Ok(true);
    }
    agents::find(tx, owner)?.filter(|agent| agent.standing != "left").ok_or(CurrencyError::HolderUnknown)?;
    Ok(match made.terms.holders {
        Holders::Club => true,
        Holders::Group => agents::role(tx, owner, made.issuer())? != Role::None,
        Holders::Asked => rows::is_guest(tx, made.currency.id, owner)?,
    })
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

/// Whose wallet a sentence speaks of: ` from the wallet of Bakery`, or nothing for one's own.
fn from_wallet(tx: &mut Tx, whose: Option<AgentId>) -> Result<String, Fault> {
    let Some(whose) = whose else { return Ok(String::new()) };
    let name = agents::find(tx, whose)?.ok_or(CurrencyError::HolderUnknown)?.name;
    Ok(format!(" from the wallet of {name}"))
}
