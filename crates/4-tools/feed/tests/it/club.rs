//! A small club for the stories: Ada and Ben live in Castle Street, Frome; Cat lives in Wells and says no more. Ada and Ben
//! are in the garden group; Ben has a circle with Cat in it.

use planet_corridor::act::{Act, View};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_corridor::registry::Registry;
use planet_feed::acts::Post;
use planet_feed::views::{Nearby, Posts};
use planet_kit::testing::{self, THREE, at};
pub use planet_kit::testing::{ADA, BEN, CAT, NOW, new, refused};
use planet_ontology::ids::{AudienceId, CircleId, GroupId, MemberId, PlaceId};
use planet_ontology::relevance::Relevance;
use planet_ontology::roles::{Mode, Role};
use planet_ontology::units::Moment;
use planet_places::{Country, Division, PlaceError, Town, add, ensure_country, ensure_town, set_home};
use planet_store::{Migration, Store, Tx, sql};
use uuid::Uuid;

pub const GARDEN: GroupId = GroupId(Uuid::from_u128(0x6a));

pub fn migrations() -> Vec<Migration> {
    [planet_corridor::MIGRATIONS, planet_places::MIGRATIONS, planet_feed::MIGRATIONS].concat()
}

pub struct Club {
    pub corridor: Corridor,
    pub bens_circle: AudienceId,
}

pub async fn club(store: &Store) -> Club {
    let circle = CircleId(Uuid::from_u128(0xc1));
    let corridor = testing::club(store, &THREE, planet_feed::register(Registry::default())).await;
    store
        .write(move |tx| {
            agents::create_group(tx, GARDEN, &new("garden", "Garden"), Mode::Chat, true)?;
            for id in [ADA, BEN] {
                agents::set_role(tx, id.into(), GARDEN, Role::Member, NOW)?;
                settle(tx, id, ["Castle Street", "Trinity", "Frome", "Somerset", "GB"])?;
            }
            settle(tx, CAT, ["", "", "Wells", "Somerset", "GB"])?;
            make_circle(tx, circle, BEN, &[CAT])
        })
        .await
        .unwrap();
    Club { corridor, bens_circle: circle.into() }
}

pub fn make_circle(
    tx: &mut Tx,
    id: CircleId,
    owner: MemberId,
    members: &[MemberId],
) -> Result<(), PlaceError> {
    tx.exec(sql!("INSERT INTO circles (id, owner_id, name) VALUES (?1, ?2, 'Friends')"), &[&id, &owner])?;
    for member in members {
        tx.exec(sql!("INSERT INTO circle_members (circle_id, agent_id) VALUES (?1, ?2)"), &[&id, member])?;
    }
    Ok(())
}

/// Where somebody lives, as [street, neighbourhood, town, district, country]; what is empty is missing.
pub fn settle(tx: &mut Tx, who: MemberId, address: [&'static str; 5]) -> Result<(), PlaceError> {
    let [street, neighbourhood, town, district, country] = address;
    if country.is_empty() {
        return Ok(());
    }
    let id = |text: String| PlaceId(Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes()));
    let home = Country { id: id(country.to_owned()), code: country.to_owned(), name: country.to_owned() };
    let division = Division { id: id(format!("{country}/{district}")), name: district.to_owned() };
    let mut here = if town.is_empty() {
        ensure_country(tx, &home)?
    } else {
        let district = (!district.is_empty()).then_some(division);
        ensure_town(
            tx,
            &Town {
                id: id(format!("{country}/{district:?}/{town}")),
                name: town.to_owned(),
                district,
                region: None,
                country: home,
            },
        )?
    };
    for (kind, name) in [(Relevance::Neighbourhood, neighbourhood), (Relevance::Street, street)] {
        if !name.is_empty() {
            here = add(tx, here, kind, name, NOW, id(format!("{kind:?} {name} of {here}")))?.id;
        }
    }
    set_home(tx, who.into(), here, Relevance::Town, NOW).map(drop)
}

/// A post for the club and for neighbours.
pub fn saying(title: &str, relevance: Relevance) -> Post {
    Post {
        title: title.into(),
        text: "Is it **Tuesday**?".into(),
        tags: vec!["bins".into()],
        relevance,
        audience: AudienceId::CLUB,
        to_neighbours: true,
    }
}

impl Club {
    pub async fn act<A: Act>(&self, who: impl Into<Actor>, act: A) -> Result<A::Output, Fault> {
        self.act_at(who, act, NOW).await
    }

    pub async fn act_at<A: Act>(
        &self,
        who: impl Into<Actor>,
        act: A,
        now: Moment,
    ) -> Result<A::Output, Fault> {
        Ok(self.corridor.act(at(who, now), act).await?.output.expect("nothing needs a proposal here"))
    }

    pub async fn view<V: View>(&self, member: MemberId, view: V) -> Result<V::Output, Fault> {
        let viewer = self.corridor.viewer(member).await?;
        self.corridor.view(&viewer, view, NOW).await
    }

    /// The titles in a list.
    pub async fn titles<V: View<Output: Titles>>(&self, member: MemberId, view: V) -> Vec<String> {
        self.view(member, view).await.unwrap().titles()
    }

    /// Somebody without a home, who is in no group.
    pub async fn newcomer(&self, handle: &'static str) -> MemberId {
        let id = MemberId(Uuid::new_v5(&Uuid::NAMESPACE_OID, handle.as_bytes()));
        let create =
            move |tx: &mut Tx| agents::create_member(tx, id, &new(handle, handle), Role::Member, None);
        self.corridor.store().write(create).await.unwrap();
        id
    }
}

/// A list that has titles.
pub trait Titles {
    fn titles(self) -> Vec<String>;
}

impl Titles for Posts {
    fn titles(self) -> Vec<String> {
        self.items.into_iter().map(|item| item.title).collect()
    }
}

impl Titles for Nearby {
    fn titles(self) -> Vec<String> {
        self.posts.titles()
    }
}
