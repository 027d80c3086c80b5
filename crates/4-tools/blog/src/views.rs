//! What can be seen of a group's blog: what is published, for those who may read the group, and one's own drafts.

use crate::acts::{Publish, Remove, TakeBack, Write, find_group};
use crate::error::BlogError;
use crate::rows::{self, PostRow};
use planet_corridor::act::View;
use planet_corridor::agents::{self, Agent};
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{BlogPostId, GroupId};
use planet_ontology::roles::Visibility;
use planet_ontology::units::Moment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many posts a page of the blog and a feed have.
pub const PAGE: i64 = 20;

/// A group's blog.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Blog {
    /// The group's handle.
    pub handle: String,
    /// Only what was published before this.
    #[serde(default)]
    pub before: Option<i64>,
}

/// A post.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PostView {
    /// Its id, which stays.
    pub id: BlogPostId,
    /// Its title.
    pub title: String,
    /// Its text in Markdown.
    pub body: String,
    /// Who wrote it.
    pub author: planet_ontology::ids::AgentId,
    /// Their name.
    pub author_name: String,
    /// Their handle.
    pub author_handle: String,
    /// `draft`, `scheduled` or `published`.
    pub state: String,
    /// When it was published, or will be.
    pub published: Moment,
    /// When it was changed last.
    pub changed: Moment,
}

impl From<PostRow> for PostView {
    fn from(row: PostRow) -> Self {
        Self {
            id: row.id,
            title: row.title,
            body: row.body,
            author: row.author_id,
            author_name: row.author,
            author_handle: row.author_handle,
            state: row.state,
            published: row.published,
            changed: row.changed,
        }
    }
}

/// Whose blog it is.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Of {
    /// The group.
    pub group: GroupId,
    /// Its handle.
    pub handle: String,
    /// Its name.
    pub name: String,
    /// Whether everybody may read it, so that feed readers can.
    pub open: bool,
    /// Since when there is the group.
    pub since: Moment,
}

/// What a group's blog shows.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BlogView {
    /// Whose it is.
    pub of: Of,
    /// What is published, the newest first.
    pub posts: Vec<PostView>,
    /// What the viewer has written and not published yet.
    pub drafts: Vec<PostView>,
    /// Whether the viewer may write.
    pub may_write: bool,
}

impl View for Blog {
    const NAME: &'static str = "blog.blog";
    const ABOUT: &'static str = "What a group has published, the newest first, and your own drafts.";
    const OPEN: bool = true;
    type Output = BlogView;

    fn read(&self, look: &mut Look) -> Result<BlogView, Fault> {
        let of = readable(look, &self.handle)?;
        let before = Moment(self.before.unwrap_or(i64::MAX));
        let posts =
            rows::published(look.tx, of.group, before, PAGE)?.into_iter().map(PostView::from).collect();
        let drafts = match look.viewer.actor.agent() {
            Some(me) if look.viewer.may_see(of.group.into()) => {
                rows::unpublished(look.tx, of.group, me, PAGE)?
            }
            _ => Vec::new(),
        };
        let write = Write { group: of.group, post: None, title: "?".into(), body: String::new() };
        let may_write = look.may(&write)?;
        Ok(BlogView { of, posts, drafts: drafts.into_iter().map(PostView::from).collect(), may_write })
    }
}

/// The blog of a group that the viewer may read. Whether there is such a group is nobody's business who may not.
fn readable(look: &mut Look, handle: &str) -> Result<Of, Fault> {
    let found = agents::group_by_handle(look.tx, handle)?;
    if let Some(agent) = found.filter(|agent| look.viewer.may_see(agent.readers())) {
        return Ok(of(&agent));
    }
    look.member()?;
    Err(BlogError::GroupUnknown.into())
}

fn of(agent: &Agent) -> Of {
    Of {
        group: GroupId(agent.id.0),
        handle: agent.handle.clone(),
        name: agent.name.clone(),
        open: agent.seen() == Visibility::Open,
        since: agent.since,
    }
}

/// One post.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Read {
    /// The post.
    pub post: BlogPostId,
}

/// One post, and what the viewer may do with it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[expect(clippy::struct_excessive_bools, reason = "one for each button of the page")]
pub struct ReadView {
    /// Whose blog it is in.
    pub of: Of,
    /// The post.
    pub post: PostView,
    /// Whether the viewer may mend it.
    pub may_write: bool,
    /// Whether the viewer may publish it.
    pub may_publish: bool,
    /// Whether the viewer may take it back.
    pub may_take_back: bool,
    /// Whether the viewer may remove it.
    pub may_remove: bool,
}

impl View for Read {
    const NAME: &'static str = "blog.post";
    const ABOUT: &'static str = "One post of a group\u{2019}s blog.";
    const OPEN: bool = true;
    type Output = ReadView;

    fn read(&self, look: &mut Look) -> Result<ReadView, Fault> {
        let me = look.viewer.actor.agent();
        let row = rows::find(look.tx, self.post)?.filter(|row| {
            me == Some(row.author_id) || (row.state == "published" && look.viewer.may_see(row.audience_id))
        });
        let Some(row) = row else {
            look.member()?;
            return Err(BlogError::PostUnknown.into());
        };
        let group = find_group(look.tx, row.group_id)?;
        let (post, title) = (row.id, row.title.clone());
        let write = Write { group: row.group_id, post: Some(post), title, body: String::new() };
        let draft = row.state == "draft";
        Ok(ReadView {
            of: of(&group),
            may_write: look.may(&write)?,
            may_publish: row.state != "published" && look.may(&Publish { post, at: None })?,
            may_take_back: !draft && look.may(&TakeBack { post })?,
            may_remove: look.may(&Remove { post })?,
            post: row.into(),
        })
    }
}
