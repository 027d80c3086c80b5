//! One post with what was said below it. Its audience alone decides who may see it; its author always may.

use super::{Stance, stance};
use crate::acts::{Comment, Edit, Remove};
use crate::addressees::{self, Addressees};
use crate::error::FeedError;
use crate::rows::{self, CommentRow, Item, Version};
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::PostId;
use planet_store::Ids;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How many comments a page has.
pub const COMMENTS: usize = 50;
/// How many earlier versions are shown.
const VERSIONS: i64 = 20;

/// One post.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Read {
    /// Its id.
    pub id: PostId,
    /// Only the comments after this one.
    #[serde(default)]
    pub after: Option<Uuid>,
}

/// A comment, with what the viewer may do about it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Said {
    /// The comment.
    pub comment: CommentRow,
    /// Whether the viewer may remove it.
    pub may_remove: bool,
}

/// One post, whole.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Detail {
    /// The post as lists show it.
    pub item: Item,
    /// What it says, in Markdown.
    pub text: String,
    /// Who may see it.
    pub audience: Addressees,
    /// What it said before, newest first.
    pub versions: Vec<Version>,
    /// What was said below it, oldest first.
    pub comments: Vec<Said>,
    /// If there are later comments: ask for those after this one.
    pub after: Option<Uuid>,
    /// How the viewer stands to the author; nothing for guests.
    pub stance: Option<Stance>,
    /// Whether the viewer may comment.
    pub may_comment: bool,
    /// Whether the viewer may edit it.
    pub may_edit: bool,
    /// Whether the viewer may remove it.
    pub may_remove: bool,
}

impl View for Read {
    const NAME: &'static str = "feed.post";
    const ABOUT: &'static str = "One post with what was said below it.";
    const OPEN: bool = true;
    type Output = Detail;

    fn read(&self, look: &mut Look) -> Result<Detail, Fault> {
        let me = look.viewer.actor.member();
        let row = rows::find(look.tx, self.id)?
            .filter(|row| look.viewer.may_see(row.audience) || look.viewer.actor.agent() == Some(row.author))
            .ok_or(FeedError::PostUnknown)?;
        let item = rows::items(look.tx, &Ids(vec![self.id.0]))?.pop().ok_or(FeedError::PostUnknown)?;
        let limit = i64::try_from(COMMENTS).unwrap_or(i64::MAX) + 1;
        let mut comments = rows::comments(look.tx, self.id, self.after.unwrap_or(Uuid::nil()), limit)?;
        let more = comments.len() > COMMENTS;
        comments.truncate(COMMENTS);
        let after = comments.last().map(|last| last.id).filter(|_| more);
        let draft = row.draft();
        let edit = Edit { post: row.id, title: draft.title, text: String::new(), tags: Vec::new() };
        Ok(Detail {
            may_edit: me.is_some() && look.may(&edit)?,
            may_remove: me.is_some() && look.may(&Remove { post: row.id, comment: None })?,
            may_comment: me.is_some() && look.may(&Comment { post: row.id, text: String::new() })?,
            stance: if me.is_some() { Some(stance(look, item.author, item.kind.clone())?) } else { None },
            comments: said(look, row.id, comments)?,
            versions: if item.edited.is_some() {
                rows::versions(look.tx, row.id, VERSIONS)?
            } else {
                Vec::new()
            },
            audience: addressees::named(look.tx, row.audience, me)?,
            text: row.text,
            item,
            after,
        })
    }
}

/// The comments with what the viewer may do about them. The rules are asked once for the viewer's own and once for those
/// of others.
fn said(look: &mut Look, post: PostId, comments: Vec<CommentRow>) -> Result<Vec<Said>, Fault> {
    let Some(me) = look.viewer.actor.agent() else {
        return Ok(comments.into_iter().map(|comment| Said { comment, may_remove: false }).collect());
    };
    let mut known: [Option<bool>; 2] = [None, None];
    comments
        .into_iter()
        .map(|comment| {
            let [others, own] = &mut known;
            let answer = if comment.author == me { own } else { others };
            let may_remove = match *answer {
                Some(may) => may,
                None => look.may(&Remove { post, comment: Some(comment.id) })?,
            };
            *answer = Some(may_remove);
            Ok(Said { comment, may_remove })
        })
        .collect()
}
