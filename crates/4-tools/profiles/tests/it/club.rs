//! A small club in which all kinds of viewers live: Ada shows things, Ben knows nobody, Cat is in Ada's circle.

use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_corridor::look::Viewer;
use planet_corridor::refusal::Fault;
use planet_corridor::registry::Registry;
use planet_kit::testing::{self, new};
pub use planet_kit::testing::{ADA, BEN, CAT, NOW, by, code};
use planet_ontology::ids::{AudienceId, CircleId, DetailId, GroupId, MemberId};
use planet_ontology::roles::{Mode, Role, Standing};
use planet_profiles::acts::{MakeCircle, SetDetail};
use planet_profiles::views::{Mine, Person};
use planet_store::{Migration, Store};
use uuid::Uuid;

/// In Ada's group.
pub const GIL: MemberId = MemberId(Uuid::from_u128(0x911));
/// Suspended.
pub const SUE: MemberId = MemberId(Uuid::from_u128(0x50e));
/// Has left the club, though the rows still say group and circle.
pub const LEE: MemberId = MemberId(Uuid::from_u128(0x1ee));
/// Ada's and Gil's group; Gil looks after it.
pub const BAKERY: GroupId = GroupId(Uuid::from_u128(0xb0b));

pub fn migrations() -> Vec<Migration> {
    [planet_corridor::MIGRATIONS, planet_places::MIGRATIONS, planet_profiles::MIGRATIONS].concat()
}

pub async fn club(store: &Store) -> Corridor {
    let people = &[
        (ADA, "ada", Role::Member),
        (BEN, "ben", Role::Member),
        (CAT, "cat", Role::Member),
        (GIL, "gil", Role::Member),
        (SUE, "sue", Role::Member),
        (LEE, "lee", Role::Member),
    ];
    let corridor = testing::club(store, people, planet_profiles::register(Registry::default())).await;
    let bakery = store.write(|tx| {
        agents::create_group(tx, BAKERY, &new("bakery", "Bakery"), Mode::Chat, false)?;
        agents::set_role(tx, ADA.into(), BAKERY, Role::Member, NOW)?;
        agents::set_role(tx, GIL.into(), BAKERY, Role::Steward, NOW)
    });
    bakery.await.unwrap();
    corridor
}

pub async fn set_standing(store: &Store, member: MemberId, standing: Standing) {
    store.write(move |tx| agents::set_standing(tx, member.into(), standing)).await.unwrap();
}

pub fn detail(kind: &str, value: &str, audience: impl Into<AudienceId>) -> SetDetail {
    SetDetail {
        id: None,
        of: None,
        kind: kind.into(),
        label: None,
        value: value.into(),
        audience: audience.into(),
    }
}

pub async fn say(corridor: &Corridor, member: MemberId, act: SetDetail) -> DetailId {
    corridor.act(by(member), act).await.unwrap().output.unwrap()
}

pub async fn circle(corridor: &Corridor, owner: MemberId, name: &str, members: &[MemberId]) -> CircleId {
    let act = MakeCircle { name: name.into(), members: members.to_vec() };
    corridor.act(by(owner), act).await.unwrap().output.unwrap()
}

pub async fn viewer(corridor: &Corridor, member: Option<MemberId>) -> Viewer {
    match member {
        Some(member) => corridor.viewer(member).await.unwrap(),
        None => Viewer::guest(),
    }
}

/// The values of the details that somebody sees on a profile; the code of the refusal if they do not find it.
pub async fn seen(
    corridor: &Corridor,
    member: Option<MemberId>,
    handle: &str,
) -> Result<Vec<String>, String> {
    let viewer = viewer(corridor, member).await;
    match corridor.view(&viewer, Person { handle: handle.into() }, NOW).await {
        Ok(view) => Ok(view.details.into_iter().map(|it| it.value).collect()),
        Err(Fault::Refused(refusal)) => Err(refusal.code),
        Err(fault) => panic!("{fault}"),
    }
}

/// All details of a member with the kind of audience of each, as the member sees them.
pub async fn mine(corridor: &Corridor, member: MemberId) -> Vec<(String, String)> {
    let viewer = corridor.viewer(member).await.unwrap();
    let view = corridor.view(&viewer, Mine::default(), NOW).await.unwrap();
    view.details.into_iter().map(|it| (it.value, it.audience.kind)).collect()
}

/// Code and sentence of a refusal.
pub fn refused(result: Result<impl std::fmt::Debug, Fault>) -> (String, String) {
    let refusal = testing::refused(result);
    (refusal.code, refusal.sentence)
}
