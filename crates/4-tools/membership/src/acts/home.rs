//! Where a member is at home, what they are called, and the streets and neighbourhoods that members add.

use super::{own_profile, take_into_use};
use crate::checks;
use crate::error::{self, MembershipError};
use crate::rows::members;
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::entities::{Place, Profile};
use planet_ontology::ids::PlaceId;
use planet_ontology::relevance::Relevance;
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// How many places a member may add in 24 hours.
const PLACES_PER_DAY: i64 = 20;

/// Say where one is at home, as far as one likes, and how much of it others may see.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetHome {
    /// A town of the gazetteer, a country, or a place in use. Nothing withdraws the home.
    #[serde(default)]
    pub place: Option<PlaceId>,
    /// The neighbourhood within it, by name. Added if it is new.
    #[serde(default)]
    pub neighbourhood: String,
    /// The street within it, by name. Added if it is new.
    #[serde(default)]
    pub street: String,
    /// The finest level that others may see; `world` shows nothing.
    pub shared: Relevance,
}

impl Act for SetHome {
    const NAME: &'static str = "membership.set_home";
    const ABOUT: &'static str = "Say where you are at home, and how much of it others may see.";
    touches!(Profile, |_, _, actor| Ok(own_profile(actor)));
    type Output = Option<PlaceId>;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Option<PlaceId>, Fault> {
        let member = cx.member()?;
        let finer =
            [(Relevance::Neighbourhood, self.neighbourhood.trim()), (Relevance::Street, self.street.trim())];
        let Some(place) = self.place else {
            if finer.iter().any(|(_, name)| !name.is_empty()) {
                return Err(MembershipError::TownMissing.into());
            }
            planet_places::clear_home(tx, member.into(), cx.now).map_err(error::places)?;
            return Ok(None);
        };
        let mut place = take_into_use(tx, place)?;
        for (kind, name) in finer.into_iter().filter(|(_, name)| !name.is_empty()) {
            let added =
                cx.call(tx, AddPlace::NAME, json!({ "parent": place, "kind": kind, "name": name }))?;
            let added: AddedPlace = serde_json::from_value(added)
                .map_err(|error| Fault::Damaged(format!("A place: {error}.")))?;
            place = added.id;
        }
        planet_places::set_home(tx, member.into(), place, self.shared, cx.now).map_err(error::places)?;
        Ok(Some(place))
    }
}

/// Add a neighbourhood or a street. If it is there already, however spelt, it stays as it is.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddPlace {
    /// The town, or for a street the neighbourhood, that it lies in.
    pub parent: PlaceId,
    /// `neighbourhood` or `street`.
    pub kind: Relevance,
    /// What it is called.
    pub name: String,
}

/// A place that was added or found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AddedPlace {
    /// Its id.
    pub id: PlaceId,
    /// Its name, as it was first written.
    pub name: String,
}

impl Act for AddPlace {
    const NAME: &'static str = "places.add";
    const ABOUT: &'static str = "Add a neighbourhood or a street to a town.";
    type Touches = Place;
    type Output = AddedPlace;

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(Resource::club("new", &Place { kind: self.kind.word().into() }))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<AddedPlace, Fault> {
        let parent = take_into_use(tx, self.parent)?;
        let id: PlaceId = cx.id();
        let place =
            planet_places::add(tx, parent, self.kind, &self.name, cx.now, id).map_err(error::places)?;
        if place.id == id
            && let Some(member) = cx.actor.member()
        {
            let made = members::count_places(tx, member, cx.now.plus_seconds(-86_400))?;
            if made >= PLACES_PER_DAY {
                return Err(MembershipError::TooManyPlaces(made).into());
            }
            members::add_place(tx, place.id, member, cx.now)?;
        }
        Ok(AddedPlace { id: place.id, name: place.name })
    }

    fn summary(&self) -> String {
        format!("Add the {} {}.", self.kind.word(), self.name.trim())
    }
}

/// Change the name that others see. The handle stays, so that addresses keep working.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rename {
    /// The new name.
    pub name: String,
}

impl Act for Rename {
    const NAME: &'static str = "membership.rename";
    const ABOUT: &'static str = "Change the name that others see.";
    touches!(Profile, |_, _, actor| Ok(own_profile(actor)));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let name = checks::name(&self.name, checks::NAME)?;
        Ok(agents::rename(tx, cx.member()?.into(), &name)?)
    }
}
