//! Saying something below a post. Comments are seen by whoever sees the post.

use super::post_resource;
use crate::checks;
use crate::error::FeedError;
use crate::rows;
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ontology::entities;
use planet_ontology::ids::PostId;
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Say something below a post.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Comment {
    /// The post.
    pub post: PostId,
    /// What you have to say, in Markdown: up to 4,000 characters.
    pub text: String,
}

impl Act for Comment {
    const NAME: &'static str = "feed.comment";
    const ABOUT: &'static str = "Say something below a post.";
    type Touches = entities::Post;
    type Output = Uuid;

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        post_resource(tx, self.post, None, actor)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Uuid, Fault> {
        let text = checks::comment(&self.text)?;
        rows::find_and_hold(tx, self.post)?.ok_or(FeedError::PostUnknown)?;
        let id: Uuid = cx.id();
        rows::comment(tx, id, self.post, cx.agent()?, cx.now, &text)?;
        cx.words_about(id);
        Ok(id)
    }
}
