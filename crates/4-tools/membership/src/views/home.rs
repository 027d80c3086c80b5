//! Where the viewer is at home, and how a member stands with the club.

use crate::acts::{Reinstate, Suspend};
use crate::error::{self, MembershipError};
use crate::rows::members;
use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{MemberId, PlaceId};
use planet_ontology::relevance::Relevance;
use planet_ontology::roles::Standing;
use planet_ontology::units::Moment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The viewer's home.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MyHome {}

/// A home, as its owner sees it.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct HomeView {
    /// The town, or the country of those who say no more.
    pub place: Option<PlaceId>,
    /// Its name, with what it lies in.
    pub town: String,
    /// The neighbourhood.
    pub neighbourhood: String,
    /// The street.
    pub street: String,
    /// The finest level that others may see.
    pub shared: Option<Relevance>,
    /// What others see, in a line.
    pub shown: String,
}

impl View for MyHome {
    const NAME: &'static str = "membership.home";
    const ABOUT: &'static str = "Where you are at home, and how much of it others see.";
    type Output = HomeView;

    fn read(&self, look: &mut Look) -> Result<HomeView, Fault> {
        let member = look.member()?;
        let Some(home) = planet_places::home(look.tx, member.into()).map_err(error::places)? else {
            return Ok(HomeView::default());
        };
        let lies = planet_places::ancestors(look.tx, home.place).map_err(error::places)?;
        let shown = planet_places::shown(look.tx, home.place, home.shared).map_err(error::places)?;
        let name = |level| lies.at(level).map(|place| place.name.clone()).unwrap_or_default();
        Ok(HomeView {
            place: lies.from(Relevance::Town).next().map(|place| place.id),
            town: lies.line(Relevance::Town),
            neighbourhood: name(Relevance::Neighbourhood),
            street: name(Relevance::Street),
            shared: Some(home.shared),
            shown: shown.map(|shown| shown.line(Relevance::Street)).unwrap_or_default(),
        })
    }
}

/// How a member stands with the club.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MyStanding {
    /// The member's handle.
    pub handle: String,
}

/// How a member stands, and what the viewer may do about it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StandingView {
    /// Who.
    pub member: MemberId,
    /// The name.
    pub name: String,
    /// The handle.
    pub handle: String,
    /// `active`, `suspended` or `left`.
    pub standing: String,
    /// Until when, for those who are suspended.
    pub until: Option<Moment>,
    /// Why, for those who are suspended.
    pub reason: String,
    /// Whether the viewer may suspend, or ask the members to.
    pub may_suspend: bool,
    /// Whether the viewer may end the suspension, or ask the members to.
    pub may_reinstate: bool,
}

impl View for MyStanding {
    const NAME: &'static str = "membership.standing";
    const ABOUT: &'static str = "How a member stands with the club.";
    type Output = StandingView;

    fn read(&self, look: &mut Look) -> Result<StandingView, Fault> {
        look.member()?;
        let agent = agents::find_by_handle(look.tx, &self.handle)?.filter(|agent| agent.kind == "member");
        let agent = agent.ok_or(MembershipError::MemberUnknown)?;
        let (member, name) = (MemberId(agent.id.0), agent.name);
        let suspension = members::suspension(look.tx, member)?;
        let suspend = Suspend { member, name: name.clone(), until: look.now, reason: String::new() };
        let reinstate = Reinstate { member, name: name.clone() };
        let active = agent.standing == Standing::Active.word();
        Ok(StandingView {
            may_suspend: active && look.may(&suspend)?,
            may_reinstate: suspension.is_some() && look.may(&reinstate)?,
            until: suspension.as_ref().map(|suspension| suspension.until),
            reason: suspension.map(|suspension| suspension.reason).unwrap_or_default(),
            member,
            name,
            handle: agent.handle,
            standing: agent.standing,
        })
    }
}
