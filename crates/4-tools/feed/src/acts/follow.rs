//! Following members and groups, and ceasing to. Doing it twice changes nothing.

use super::MAX_FOLLOWS;
use crate::error::FeedError;
use crate::rows;
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::entities::Profile;
use planet_ontology::ids::AgentId;
use planet_ontology::roles::Standing;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Have somebody's posts in your feed, as far as they reach you.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Follow {
    /// A member or a group.
    pub agent: AgentId,
}

impl Act for Follow {
    const NAME: &'static str = "feed.follow";
    const ABOUT: &'static str = "Have somebody's posts in your feed, as far as they reach you.";
    touches!(Profile, |act, tx, actor| profile(tx, act.agent, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let me = cx.agent()?;
        if me == self.agent {
            return Err(FeedError::FollowsSelf.into());
        }
        let standing = agents::find(tx, self.agent)?.map(|agent| agent.standing);
        if standing.is_none_or(|word| word == Standing::Left.word()) {
            return Err(FeedError::AgentUnknown.into());
        }
        if !rows::follows(tx, me, self.agent)? && rows::count_followed(tx, me)? >= MAX_FOLLOWS {
            return Err(FeedError::FollowsTooMany.into());
        }
        Ok(rows::follow(tx, me, self.agent, cx.now)?)
    }
}

/// Have somebody's posts in your feed no longer.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unfollow {
    /// The member or group.
    pub agent: AgentId,
}

impl Act for Unfollow {
    const NAME: &'static str = "feed.unfollow";
    const ABOUT: &'static str = "Have somebody's posts in your feed no longer.";
    touches!(Profile, |act, tx, actor| profile(tx, act.agent, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        Ok(rows::unfollow(tx, cx.agent()?, self.agent)?)
    }
}

fn profile(tx: &mut Tx, agent: AgentId, actor: &Actor) -> Result<Resource, Fault> {
    let agent = agents::find(tx, agent)?.ok_or(FeedError::AgentUnknown)?;
    Ok(Resource::club(agent.id, &Profile { own: actor.agent() == Some(agent.id) }))
}
