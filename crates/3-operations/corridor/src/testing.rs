//! A club for the stories of every room: a few people, and a corridor over what the room registers. Compiled for tests only
//! (feature `testing`), never into a node.
#![expect(clippy::unwrap_used, reason = "what cannot be set up has failed the test")]

use crate::actor::Actor;
use crate::agents::{self, NewAgent};
use crate::corridor::Corridor;
use crate::refusal::{Fault, Refusal};
use crate::registry::Registry;
use crate::task::Call;
use planet_ontology::ids::{ActKey, GroupId, MemberId};
use planet_ontology::roles::{Mode, Role};
use planet_ontology::units::Moment;
use planet_policy::question::Engine;
use planet_policy::testing::AllowAll;
use planet_store::{Error, Store, Tx};
use std::fmt::Debug;
use std::sync::Arc;
use uuid::Uuid;

/// When stories happen.
pub const NOW: Moment = Moment(1_795_400_000_000_000);
/// The first of the people.
pub const ADA: MemberId = MemberId(Uuid::from_u128(0xada));
/// The second.
pub const BEN: MemberId = MemberId(Uuid::from_u128(0xbe0));
/// The third.
pub const CAT: MemberId = MemberId(Uuid::from_u128(0xca7));

/// Somebody in a club: id, handle, and role there.
pub type Somebody = (MemberId, &'static str, Role);

/// Ada, Ben and Cat, members like any other.
pub const THREE: [Somebody; 3] =
    [(ADA, "ada", Role::Member), (BEN, "ben", Role::Member), (CAT, "cat", Role::Member)];

/// What is needed to create somebody at the time of stories.
pub const fn new<'a>(handle: &'a str, name: &'a str) -> NewAgent<'a> {
    NewAgent { handle, name, now: NOW }
}

/// Puts a club with these people into the database. They are called as their handles say: `ada` is Ada.
///
/// # Errors
/// As the store says.
pub fn found(tx: &mut Tx, people: &[Somebody]) -> Result<(), Error> {
    agents::create_group(tx, GroupId::CLUB, &new("club", "Club"), Mode::Chat, false)?;
    for (id, handle, role) in people {
        let (first, rest) = handle.split_at(1);
        let name = format!("{}{rest}", first.to_uppercase());
        agents::create_member(tx, *id, &new(handle, &name), *role, None)?;
    }
    Ok(())
}

/// A club of these people, in which everything is permitted at once.
///
/// # Panics
/// When it cannot be set up: the test has failed then.
pub async fn club(store: &Store, people: &'static [Somebody], registry: Registry) -> Corridor {
    club_under(store, people, registry, AllowAll).await
}

/// A club of these people under these rules.
///
/// # Panics
/// When it cannot be set up: the test has failed then.
pub async fn club_under(
    store: &Store,
    people: &'static [Somebody],
    registry: Registry,
    rules: impl Engine + Clone + 'static,
) -> Corridor {
    store.write(move |tx| found(tx, people)).await.unwrap();
    Corridor::open(store.clone(), registry, Box::new(move |_, _| Ok(Arc::new(rules.clone())))).await.unwrap()
}

/// A first attempt of somebody.
pub fn by(who: impl Into<Actor>) -> Call {
    at(who, NOW)
}

/// A first attempt of somebody at some time.
pub fn at(who: impl Into<Actor>, now: Moment) -> Call {
    Call { actor: who.into(), key: ActKey(Uuid::new_v4()), now }
}

/// Why something was refused.
///
/// # Panics
/// When it was not.
pub fn refused<T: Debug>(result: Result<T, Fault>) -> Refusal {
    match result {
        Err(Fault::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

/// The code with which something was refused.
///
/// # Panics
/// When it was not.
pub fn code<T: Debug>(result: Result<T, Fault>) -> String {
    refused(result).code
}
