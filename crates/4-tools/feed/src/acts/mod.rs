//! Everything that can be done in the feed, and the limits of it.

mod comment;
mod follow;
mod post;

pub use comment::Comment;
pub use follow::{Follow, Unfollow};
pub use post::{Edit, Post, Posted, Remove};

use crate::addressees;
use crate::error::FeedError;
use crate::rows;
use planet_corridor::act::Resource;
use planet_corridor::actor::Actor;
use planet_corridor::refusal::Fault;
use planet_ontology::entities;
use planet_ontology::ids::{AgentId, PostId};
use planet_store::Tx;

/// The longest title, in characters.
pub const MAX_TITLE: u32 = 120;
/// The longest text, in characters of Markdown.
pub const MAX_TEXT: u32 = 20_000;
/// The most lists or quotes within each other: making HTML of them takes time with the square of it.
pub const MAX_NESTED: usize = 30;
/// The longest tag, in characters.
pub const MAX_TAG: u32 = 40;
/// The most tags of a post.
pub const MAX_TAGS: usize = 10;
/// The longest comment, in characters of Markdown.
pub const MAX_COMMENT: u32 = 4_000;
/// The most that anybody follows: the following feed reads one index range for each.
pub const MAX_FOLLOWS: i64 = 1_000;

/// A post, or something below it by another author, as policies see it. Those for whom the post is not must not know of
/// it, unless they wrote it.
fn post_resource(tx: &mut Tx, id: PostId, by: Option<AgentId>, actor: &Actor) -> Result<Resource, Fault> {
    let post = rows::find(tx, id)?.ok_or(FeedError::PostUnknown)?;
    let own = actor.agent().is_some_and(|agent| agent == by.unwrap_or(post.author));
    let visible = addressees::includes(tx, actor, post.audience)?;
    if !own && !visible {
        return Err(FeedError::PostUnknown.into());
    }
    let group = addressees::group_of(tx, post.audience)?;
    Ok(Resource::of(group, id, &entities::Post { own, visible }))
}
