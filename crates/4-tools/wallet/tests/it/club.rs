//! The town with what the stories about statements, notes and proofs need besides: the bakery has a treasurer and a member, and the log a
//! key. No story is told here.

use crate::town::town;
pub use crate::town::{ADA, BAKERY, BEN, CLEO, NOW, at, by as call, migrations};
use ed25519_dalek::SigningKey;
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_corridor::sealer::LogKey;
use planet_corridor::task::Call;
use planet_ontology::ids::{AgentId, TransferId};
use planet_ontology::roles::Role;
use planet_ontology::units::Amount;
use planet_store::Store;
use planet_wallet::acts::pay::Pay;

pub fn key() -> LogKey {
    LogKey { origin: "club.example".into(), key: SigningKey::from_bytes(&[3; 32]) }
}

/// Ada and Cleo keep the bakery, Ben belongs to it.
pub async fn club(store: &Store) -> Corridor {
    let corridor = town(store).await;
    let roles = |tx: &mut planet_store::Tx| {
        agents::set_role(tx, CLEO.into(), BAKERY, Role::Treasurer, NOW)?;
        agents::set_role(tx, BEN.into(), BAKERY, Role::Member, NOW)
    };
    store.write(roles).await.unwrap();
    corridor
}

/// A payment in the club's credit.
pub async fn pay(
    corridor: &Corridor,
    call: Call,
    to: impl Into<AgentId>,
    amount: i64,
    memo: &str,
) -> TransferId {
    let pay = Pay { to: to.into(), amount: Amount(amount), memo: memo.into(), from: None, currency: None };
    corridor.act(call, pay).await.unwrap().output.unwrap().transfer
}

/// The code of a refusal.
pub fn refused(result: Result<impl std::fmt::Debug, Fault>) -> String {
    match result {
        Err(Fault::Refused(refusal)) => refusal.code,
        other => panic!("not refused: {other:?}"),
    }
}
