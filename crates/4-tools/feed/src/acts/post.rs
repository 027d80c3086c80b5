//! Writing a post, mending it, removing it. Audience, relevance and place are settled when it is written.

use super::post_resource;
use crate::addressees;
use crate::checks::draft;
use crate::error::{FeedError, places};
use crate::rows::{self, NewPost};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ontology::entities;
use planet_ontology::ids::{AudienceId, PostId};
use planet_ontology::relevance::Relevance;
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Say something to others.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// What it is about, on one line: up to 120 characters.
    pub title: String,
    /// What you have to say, in Markdown: up to 20,000 characters.
    pub text: String,
    /// One to ten words under which it can be found, up to 40 characters each.
    pub tags: Vec<String>,
    /// How far it matters. Everything below `world` needs a home.
    pub relevance: Relevance,
    /// Who may see it: the club if it is left out; everybody, a group of yours, a circle of yours, or only yourself.
    #[serde(default = "club")]
    pub audience: AudienceId,
    /// Whether neighbours who do not follow you find it in *near me*, as far as the audience allows. Yes if left out.
    #[serde(default = "yes")]
    pub to_neighbours: bool,
}

const fn club() -> AudienceId {
    AudienceId::CLUB
}

const fn yes() -> bool {
    true
}

/// What became of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Posted {
    /// Its id.
    pub post: PostId,
    /// How far it really reaches: the level asked for, or the next larger one that the author's home has.
    pub relevance: Relevance,
    /// What the author should know about that.
    pub note: Option<String>,
}

impl Act for Post {
    const NAME: &'static str = "feed.post";
    const ABOUT: &'static str = "Say something to others, as far as it matters.";
    type Touches = entities::Post;
    type Output = Posted;

    fn resource(&self, tx: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        let group = addressees::group_of(tx, self.audience)?;
        Ok(Resource::of(group, "new", &entities::Post { own: true, visible: true }))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Posted, Fault> {
        let author = cx.agent()?;
        let draft = draft(&self.title, &self.text, &self.tags)?;
        if !addressees::may_address(tx, &cx.actor, self.audience)? {
            return Err(FeedError::AudienceUnknown.into());
        }
        let home = planet_places::home(tx, author).map_err(places)?.map(|home| home.place);
        if home.is_none() && self.relevance != Relevance::World {
            return Err(FeedError::HomeMissing.into());
        }
        let reached = planet_places::resolve(tx, home, self.relevance).map_err(places)?;
        if reached.used < Relevance::Town && self.audience == AudienceId::PUBLIC {
            return Err(FeedError::LocalNotPublic(reached.used.word()).into());
        }
        let post: PostId = cx.id();
        let new = NewPost {
            id: post,
            author,
            audience: self.audience,
            relevance: reached.used,
            place: reached.place,
            to_neighbours: self.to_neighbours,
            created: cx.now,
            draft,
        };
        rows::create(tx, &new)?;
        cx.words_about(post.0);
        Ok(Posted { post, relevance: reached.used, note: reached.note })
    }

    fn summary(&self) -> String {
        format!("Post \u{201c}{}\u{201d}.", self.title.trim())
    }
}

/// Mend a post. What it said before stays visible.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// The post.
    pub post: PostId,
    /// Its new title.
    pub title: String,
    /// Its new text.
    pub text: String,
    /// Its new tags.
    pub tags: Vec<String>,
}

impl Act for Edit {
    const NAME: &'static str = "feed.edit";
    const ABOUT: &'static str = "Mend a post. What it said before stays visible.";
    type Touches = entities::Post;
    type Output = ();

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        post_resource(tx, self.post, None, actor)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let draft = draft(&self.title, &self.text, &self.tags)?;
        let before = rows::find_and_hold(tx, self.post)?.ok_or(FeedError::PostUnknown)?;
        cx.words_about(self.post.0);
        if before.draft() == draft {
            return Ok(());
        }
        Ok(rows::replace(tx, &before, &draft, cx.id(), cx.now)?)
    }
}

/// Remove a post with all that was said below it, or one comment. The words are erased.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Remove {
    /// The post.
    pub post: PostId,
    /// A comment on it; the post itself if it is left out.
    #[serde(default)]
    pub comment: Option<Uuid>,
}

impl Act for Remove {
    const NAME: &'static str = "feed.remove";
    const ABOUT: &'static str = "Remove a post with all that was said below it, or one comment.";
    type Touches = entities::Post;
    type Output = ();

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        let by = match self.comment {
            Some(comment) => Some(rows::commenter(tx, self.post, comment)?.ok_or(FeedError::CommentUnknown)?),
            None => None,
        };
        post_resource(tx, self.post, by, actor)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        if let Some(comment) = self.comment {
            rows::remove_comment(tx, comment)?;
            cx.erase_words(tx, comment)?;
            return Ok(());
        }
        rows::find_and_hold(tx, self.post)?.ok_or(FeedError::PostUnknown)?;
        for comment in rows::comment_ids(tx, self.post)? {
            cx.erase_words(tx, comment)?;
        }
        rows::remove(tx, self.post)?;
        cx.erase_words(tx, self.post.0)?;
        Ok(())
    }

    fn summary(&self) -> String {
        let what = if self.comment.is_some() { "a comment" } else { "a post" };
        format!("Remove {what}.")
    }
}
