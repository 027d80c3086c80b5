//! What can be seen of the feed: lists of posts, and one post with what was said below it.

mod one;
mod writing;

pub use crate::addressees::Addressees;
pub use crate::lists::{PAGE, Posts};
pub use crate::rows::{CommentRow, Item, Version};
pub use one::{COMMENTS, Detail, Read, Said};
pub use writing::{Compose, Level, Sheet};

use crate::acts::{Follow, Unfollow};
use crate::checks;
use crate::error::FeedError;
use crate::lists::{self, Lens};
use crate::rows;
use planet_corridor::act::View;
use planet_corridor::agents::{self, Agent};
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{AgentId, PostId};
use planet_ontology::relevance::Relevance;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Posts by those whom you follow.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Following {
    /// Only those before this post.
    #[serde(default)]
    pub before: Option<PostId>,
}

impl View for Following {
    const NAME: &'static str = "feed.following";
    const ABOUT: &'static str =
        "Posts by those whom you follow and your own, as far as they reach you, newest first.";
    type Output = Posts;

    fn read(&self, look: &mut Look) -> Result<Posts, Fault> {
        let lens = Lens::new(look.tx, look.viewer, self.before, PAGE)?;
        lists::following(look.tx, &lens)
    }
}

/// Posts by anybody who shares a place with you.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Near {
    /// Only those that reach just so far: `street`, `neighbourhood`, `town`, `district` or `country`.
    #[serde(default)]
    pub level: Option<Relevance>,
    /// Only those with this tag.
    #[serde(default)]
    pub tag: Option<String>,
    /// Only those before this post.
    #[serde(default)]
    pub before: Option<PostId>,
}

/// What is near.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Nearby {
    /// The posts.
    pub posts: Posts,
    /// The places that the viewer's home lies in, nearest first; none if no home was declared.
    pub places: Vec<Level>,
}

impl View for Near {
    const NAME: &'static str = "feed.near";
    const ABOUT: &'static str =
        "Posts of anybody who shares a place with you as far down as the post reaches, newest first.";
    type Output = Nearby;

    fn read(&self, look: &mut Look) -> Result<Nearby, Fault> {
        let member = look.member()?;
        let lens = Lens::new(look.tx, look.viewer, self.before, PAGE)?;
        let tag = match self.tag.as_deref().filter(|tag| !tag.is_empty()) {
            Some(tag) => Some(checks::tag(tag).ok_or(FeedError::TagWrong)?),
            None => None,
        };
        let posts = lists::near(look.tx, &lens, self.level, tag.as_deref())?;
        let places = writing::levels(look.tx, member.into())?
            .into_iter()
            .filter(|level| level.asked == level.used && level.place.is_some())
            .collect();
        Ok(Nearby { posts, places })
    }
}

/// Posts by one member or group.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ByAuthor {
    /// The author's handle.
    pub handle: String,
    /// Only those before this post.
    #[serde(default)]
    pub before: Option<PostId>,
}

/// What somebody wrote.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Works {
    /// Who.
    pub author: Agent,
    /// The posts.
    pub posts: Posts,
}

impl View for ByAuthor {
    const NAME: &'static str = "feed.by_author";
    const ABOUT: &'static str = "All posts of a member or a group that you may see, newest first.";
    const OPEN: bool = true;
    type Output = Works;

    fn read(&self, look: &mut Look) -> Result<Works, Fault> {
        let author = agents::find_by_handle(look.tx, &self.handle)?.ok_or(FeedError::AgentUnknown)?;
        let lens = Lens::new(look.tx, look.viewer, self.before, PAGE)?;
        let posts = lists::by_author(look.tx, &lens, author.id)?;
        if look.viewer.actor.member().is_none() && posts.items.is_empty() {
            return Err(FeedError::AgentUnknown.into());
        }
        Ok(Works { author, posts })
    }
}

/// Posts under one tag.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ByTag {
    /// The tag, with or without `#`.
    pub tag: String,
    /// Only those before this post.
    #[serde(default)]
    pub before: Option<PostId>,
}

impl View for ByTag {
    const NAME: &'static str = "feed.by_tag";
    const ABOUT: &'static str = "All posts with a tag that you may see, newest first.";
    const OPEN: bool = true;
    type Output = Posts;

    fn read(&self, look: &mut Look) -> Result<Posts, Fault> {
        let tag = checks::tag(&self.tag).ok_or(FeedError::TagWrong)?;
        let lens = Lens::new(look.tx, look.viewer, self.before, PAGE)?;
        lists::by_tag(look.tx, &lens, &tag)
    }
}

/// Whether you follow somebody.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Follows {
    /// A handle.
    pub handle: String,
}

/// How you stand to somebody.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Stance {
    /// Who.
    pub agent: AgentId,
    /// `member` or `group`.
    pub kind: String,
    /// Whether you follow them.
    pub following: bool,
    /// Whether you may follow, or unfollow, them.
    pub may: bool,
}

impl View for Follows {
    const NAME: &'static str = "feed.follows";
    const ABOUT: &'static str = "Whether you follow somebody, and may.";
    type Output = Stance;

    fn read(&self, look: &mut Look) -> Result<Stance, Fault> {
        let agent = agents::find_by_handle(look.tx, &self.handle)?.ok_or(FeedError::AgentUnknown)?;
        stance(look, agent.id, agent.kind)
    }
}

/// How a member stands to an author.
fn stance(look: &mut Look, agent: AgentId, kind: String) -> Result<Stance, Fault> {
    let me = look.member()?.into();
    let following = rows::follows(look.tx, me, agent)?;
    let may = if following {
        look.may(&Unfollow { agent })?
    } else {
        me != agent && look.may(&Follow { agent })?
    };
    Ok(Stance { agent, kind, following, may })
}
