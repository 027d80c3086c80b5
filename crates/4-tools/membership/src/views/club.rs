//! The club as visitors and members see it.

use crate::acts::Apply;
use crate::error::{self, MembershipError};
use crate::rows::clubs;
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_corridor::{agents, rules};
use planet_ontology::ids::{GroupId, PlaceId};
use planet_ontology::relevance::Relevance;
use planet_ontology::units::Moment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The club.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TheClub {}

/// What everybody may know of the club.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ClubView {
    /// Its handle, for its address among the groups.
    pub handle: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// The word of its colour.
    pub accent: String,
    /// The name of its credit.
    pub unit: String,
    /// The symbol of its credit.
    pub symbol: String,
    /// The town where it is at home.
    pub place: PlaceId,
    /// That town in words.
    pub town: String,
    /// When it was founded.
    pub founded: Moment,
    /// How many active members it has.
    pub members: i64,
    /// The name of the rules it began with.
    pub rules: String,
    /// What is particular about them.
    pub rules_about: String,
    /// Whether the viewer may apply to join.
    pub may_apply: bool,
}

impl View for TheClub {
    const NAME: &'static str = "membership.club";
    const ABOUT: &'static str = "The club: its name, what it is for, how many belong to it.";
    const OPEN: bool = true;
    type Output = ClubView;

    fn read(&self, look: &mut Look) -> Result<ClubView, Fault> {
        let row = clubs::find(look.tx)?.ok_or(MembershipError::NotFounded)?;
        let bundle = rules::in_force(look.tx)?.map(|(_, bundle)| bundle);
        let place = planet_places::ancestors(look.tx, row.place).map_err(error::places)?;
        let probe = Apply {
            name: String::new(),
            email: String::new(),
            place: String::new(),
            why: String::new(),
            secret_hash: String::new(),
        };
        let agent = agents::find(look.tx, GroupId::CLUB.into())?.ok_or(MembershipError::NotFounded)?;
        Ok(ClubView {
            handle: agent.handle,
            may_apply: look.may(&probe)?,
            members: agents::count_members(look.tx, GroupId::CLUB)?,
            town: place.line(Relevance::Street),
            rules: bundle.as_ref().map(|bundle| bundle.title.clone()).unwrap_or_default(),
            rules_about: bundle.map(|bundle| bundle.about).unwrap_or_default(),
            name: row.name,
            purpose: row.purpose,
            accent: row.accent,
            unit: row.unit,
            symbol: row.symbol,
            place: row.place,
            founded: row.founded,
        })
    }
}
