//! What can be done about a blog: write, publish now or later, take back, remove.

use crate::error::BlogError;
use crate::rows::{self, PostRow};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents::{self, Agent};
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::acts::Authority;
use planet_ontology::entities::BlogPost;
use planet_ontology::ids::{BlogPostId, GroupId};
use planet_ontology::roles::{Role, Standing};
use planet_ontology::units::{Moment, longer_than};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The longest title, in characters.
pub const MAX_TITLE: u32 = 140;
/// The longest text, in characters.
pub const MAX_BODY: u32 = 40_000;
/// How many posts of one author a group keeps that are not published.
pub const MOST_DRAFTS: i64 = 50;
/// How far ahead a post is published by itself at most, in seconds: a year.
pub const FARTHEST: i64 = 366 * 86_400;

/// Write a post for a group's blog, or mend one. Until it is published only its author can read it.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Write {
    /// The group.
    pub group: GroupId,
    /// The post; a new one if it is left out.
    #[serde(default)]
    pub post: Option<BlogPostId>,
    /// Its title.
    pub title: String,
    /// Its text in Markdown.
    #[serde(default)]
    pub body: String,
}

impl Act for Write {
    const NAME: &'static str = "blog.write";
    const ABOUT: &'static str = "Write a post for a group\u{2019}s blog, or mend one.";
    type Output = BlogPostId;

    touches!(BlogPost, |act, tx, actor| {
        if let Some(post) = act.post {
            return post_resource(tx, post, Some(act.group), actor);
        }
        find_group(tx, act.group)?;
        Ok(Resource::of(act.group, "new", &BlogPost { own: true, published: false }))
    });

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<BlogPostId, Fault> {
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        let body = self.body.trim_end();
        if !title.contains(char::is_alphanumeric) {
            return Err(BlogError::TitleMissing.into());
        }
        for (field, text, limit) in [("title", title.as_str(), MAX_TITLE), ("body", body, MAX_BODY)] {
            if longer_than(text, limit) {
                return Err(BlogError::TooLong(field, limit).into());
            }
        }
        let row = match self.post {
            Some(post) => {
                let before = rows::held(tx, post)?.ok_or(BlogError::PostUnknown)?;
                if body.trim().is_empty() && before.state != "draft" {
                    return Err(BlogError::TextMissing.into());
                }
                PostRow { title, body: body.to_owned(), changed: cx.now, ..before }
            }
            None => self.begun(tx, cx, title, body)?,
        };
        rows::put(tx, &row)?;
        cx.words_about(row.id.0);
        Ok(row.id)
    }
}

impl Write {
    /// A new draft.
    fn begun(&self, tx: &mut Tx, cx: &mut Cx, title: String, body: &str) -> Result<PostRow, Fault> {
        let author = cx.agent()?;
        if rows::count_unpublished(tx, self.group, author)? >= MOST_DRAFTS {
            return Err(BlogError::TooManyDrafts(MOST_DRAFTS).into());
        }
        Ok(PostRow {
            id: cx.id(),
            group_id: self.group,
            audience_id: find_group(tx, self.group)?.readers(),
            author_id: author,
            author: String::new(),
            author_handle: String::new(),
            title,
            body: body.to_owned(),
            state: "draft".into(),
            published: cx.now,
            changed: cx.now,
        })
    }
}

/// Publish a post, now or at a time.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Publish {
    /// The post.
    pub post: BlogPostId,
    /// When; now, if it is left out.
    #[serde(default)]
    pub at: Option<Moment>,
}

impl Act for Publish {
    const NAME: &'static str = "blog.publish";
    const ABOUT: &'static str = "Publish a post in a group\u{2019}s blog, now or at a time.";
    touches!(BlogPost, |act, tx, actor| post_resource(tx, act.post, None, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let before = rows::held(tx, self.post)?.ok_or(BlogError::PostUnknown)?;
        if before.state == "published" {
            return Err(BlogError::PublishedAlready.into());
        }
        if before.body.trim().is_empty() {
            return Err(BlogError::TextMissing.into());
        }
        let (state, published) = match self.at {
            None => ("published", cx.now),
            Some(at) if at > cx.now && at <= cx.now.plus_seconds(FARTHEST) => ("scheduled", at),
            Some(_) => return Err(BlogError::TimeWrong.into()),
        };
        if state == "scheduled" {
            cx.later(tx, published, PublishDue::NAME, &json!({ "post": self.post, "at": published }))?;
        }
        Ok(rows::put(tx, &PostRow { state: state.into(), published, changed: published, ..before })?)
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        let post = rows::find(tx, self.post)?.ok_or(BlogError::PostUnknown)?;
        Ok(format!("Publish \u{201c}{}\u{201d}.", post.title))
    }
}

/// Publish a post whose time has come, if its author is still one of the group.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishDue {
    /// The post.
    pub post: BlogPostId,
    /// The time that was chosen; another one that was chosen since has its own end.
    pub at: Moment,
}

impl Act for PublishDue {
    const NAME: &'static str = "blog.publish_due";
    const ABOUT: &'static str = "Publish a post whose time has come.";
    const AUTHORITY: Authority = Authority::House;
    type Output = ();

    touches!(BlogPost, |act, tx, actor| match rows::find(tx, act.post)? {
        Some(_) => post_resource(tx, act.post, None, actor),
        // It was removed since: there is nothing to do, and nothing to complain about.
        None => Ok(Resource::club("gone", &BlogPost { own: false, published: false })),
    });

    fn perform(&self, tx: &mut Tx, _: &mut Cx) -> Result<(), Fault> {
        let Some(before) = rows::held(tx, self.post)? else { return Ok(()) };
        if before.state != "scheduled" || before.published != self.at {
            return Ok(());
        }
        let author = agents::find(tx, before.author_id)?;
        let stands = author.is_some_and(|author| author.standing == Standing::Active.word());
        let inside = before.author_id == before.group_id.into()
            || agents::role(tx, before.author_id, before.group_id)? != Role::None;
        let state = if stands && inside { "published" } else { "draft" };
        Ok(rows::put(tx, &PostRow { state: state.into(), ..before })?)
    }
}

/// Take a post back: it is a draft again, that only its author can read.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeBack {
    /// The post.
    pub post: BlogPostId,
}

impl Act for TakeBack {
    const NAME: &'static str = "blog.take_back";
    const ABOUT: &'static str = "Take a post back, so that only its author can read it.";
    touches!(BlogPost, |act, tx, actor| post_resource(tx, act.post, None, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let before = rows::held(tx, self.post)?.ok_or(BlogError::PostUnknown)?;
        if before.state == "draft" {
            return Err(BlogError::DraftAlready.into());
        }
        Ok(rows::put(tx, &PostRow { state: "draft".into(), changed: cx.now, ..before })?)
    }
}

/// Remove a post. Its words are erased.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Remove {
    /// The post.
    pub post: BlogPostId,
}

impl Act for Remove {
    const NAME: &'static str = "blog.remove";
    const ABOUT: &'static str = "Remove a post from a group\u{2019}s blog. Its words are erased.";
    touches!(BlogPost, |act, tx, actor| post_resource(tx, act.post, None, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        rows::held(tx, self.post)?.ok_or(BlogError::PostUnknown)?;
        rows::remove(tx, self.post)?;
        cx.erase_words(tx, self.post.0)?;
        Ok(())
    }
}

pub(crate) fn find_group(tx: &mut Tx, id: GroupId) -> Result<Agent, Fault> {
    Ok(agents::group(tx, id)?.ok_or(BlogError::GroupUnknown)?)
}

/// A post as policies see it. Whoever may not know of it learns nothing.
fn post_resource(
    tx: &mut Tx,
    id: BlogPostId,
    group: Option<GroupId>,
    actor: &Actor,
) -> Result<Resource, Fault> {
    let post = rows::find(tx, id)?.ok_or(BlogError::PostUnknown)?;
    let published = post.state == "published";
    let own = actor.agent() == Some(post.author_id) || actor.agent() == Some(post.group_id.into());
    let elsewhere = group.is_some_and(|group| group != post.group_id);
    let inside = match actor.agent() {
        Some(agent) => agents::role(tx, agent, post.group_id)? != Role::None,
        None => false,
    };
    if elsewhere || !(own || (published && inside) || *actor == Actor::House) {
        return Err(BlogError::PostUnknown.into());
    }
    Ok(Resource::of(post.group_id, id, &BlogPost { own, published }))
}
