//! The rows of posts, comments and follows. How lists are put together from index ranges is said in `lists`.

use crate::checks::Draft;
use planet_kit::markdown::excerpt;
use planet_ontology::ids::{AgentId, AudienceId, PlaceId, PostId};
use planet_ontology::relevance::Relevance;
use planet_ontology::units::Moment;
use planet_store::{Bind, Error, Ids, Tx, record, sql};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

/// How a post stands for the world: no place has the nil id.
pub const WORLD: PlaceId = PlaceId(Uuid::nil());
/// How many characters of a post lists show.
const EXCERPT: usize = 320;

/// A post about to be written.
#[derive(Clone, Debug)]
pub struct NewPost {
    /// A fresh `UUIDv7` of the moment of writing: lists are in the order of ids.
    pub id: PostId,
    /// Who writes.
    pub author: AgentId,
    /// Who may see it.
    pub audience: AudienceId,
    /// How far it reaches, resolved.
    pub relevance: Relevance,
    /// The place it reaches; none is the world.
    pub place: Option<PlaceId>,
    /// Whether it is found in *near me*.
    pub to_neighbours: bool,
    /// When it was written.
    pub created: Moment,
    /// What it says, in order.
    pub draft: Draft,
}

/// Writes a post.
pub fn create(tx: &mut Tx, post: &NewPost) -> Result<(), Error> {
    create_many(tx, std::slice::from_ref(post))
}

/// Writes many posts, in two statements.
pub fn create_many(tx: &mut Tx, posts: &[NewPost]) -> Result<(), Error> {
    let kept: Vec<_> = posts
        .iter()
        .map(|post| {
            let place = post.place.unwrap_or(WORLD);
            let nearby = post.to_neighbours && post.place.is_some();
            (post, place, nearby, post.relevance.word(), excerpt(&post.draft.text, EXCERPT))
        })
        .collect();
    let rows: Vec<Vec<&dyn Bind>> = kept
        .iter()
        .map(|(post, place, nearby, relevance, excerpt)| {
            let row: [&dyn Bind; 11] = [
                &post.id,
                &post.author,
                &post.audience,
                place,
                relevance,
                nearby,
                &post.created,
                &post.draft.title,
                &post.draft.tags,
                excerpt,
                &post.draft.text,
            ];
            row.to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO posts (id, author_id, audience_id, place_id, relevance, to_neighbours, created, edited, title,
                                tags, excerpt, text)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL, ?8, ?9, ?10, ?11)"
        ),
        &rows,
    )?;
    let tagged: Vec<_> = kept
        .iter()
        .flat_map(|(post, place, nearby, ..)| {
            post.draft.tags.split(' ').map(move |tag| (post, place, nearby, tag))
        })
        .collect();
    let rows: Vec<Vec<&dyn Bind>> = tagged
        .iter()
        .map(|(post, place, nearby, tag)| {
            let row: [&dyn Bind; 5] = [&post.id, tag, &post.audience, *place, *nearby];
            row.to_vec()
        })
        .collect();
    tx.exec_many(
        sql!("INSERT INTO post_tags (post_id, tag, audience_id, place_id, to_neighbours) VALUES (?1, ?2, ?3, ?4, ?5)"),
        &rows,
    )?;
    Ok(())
}

record! {
    /// A post as it lies in the database.
    #[derive(Clone, Debug)]
    pub struct PostRow {
        pub id: PostId,
        pub author: AgentId,
        pub audience: AudienceId,
        pub title: String,
        pub tags: String,
        pub text: String,
    }
}

impl PostRow {
    /// What it says.
    pub fn draft(&self) -> Draft {
        Draft { title: self.title.clone(), text: self.text.clone(), tags: self.tags.clone() }
    }
}

/// The post with this id.
pub fn find(tx: &mut Tx, id: PostId) -> Result<Option<PostRow>, Error> {
    tx.row(sql!("SELECT id, author_id, audience_id, title, tags, text FROM posts WHERE id = ?1"), &[&id])
}

/// The post with this id, held as it is until the transaction ends.
pub fn find_and_hold(tx: &mut Tx, id: PostId) -> Result<Option<PostRow>, Error> {
    tx.lock(sql!("SELECT id FROM posts WHERE id = ?1"), &[&id])?;
    find(tx, id)
}

/// Lets a post say something else, and keeps what it said before.
pub fn replace(
    tx: &mut Tx,
    before: &PostRow,
    draft: &Draft,
    version: Uuid,
    now: Moment,
) -> Result<(), Error> {
    tx.exec(
        sql!("INSERT INTO post_versions (post_id, id, replaced, title, tags, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
        &[&before.id, &version, &now, &before.title, &before.tags, &before.text],
    )?;
    tx.exec(
        sql!("UPDATE posts SET edited = ?2, title = ?3, tags = ?4, excerpt = ?5, text = ?6 WHERE id = ?1"),
        &[&before.id, &now, &draft.title, &draft.tags, &excerpt(&draft.text, EXCERPT), &draft.text],
    )?;
    tx.exec(sql!("DELETE FROM post_tags WHERE post_id = ?1"), &[&before.id])?;
    tx.exec(
        sql!(
            "INSERT INTO post_tags (post_id, tag, audience_id, place_id, to_neighbours)
             SELECT p.id, t.word, p.audience_id, p.place_id, p.to_neighbours
               FROM posts p CROSS JOIN texts(?2) AS t WHERE p.id = ?1"
        ),
        &[&before.id, &draft.tags.split(' ').collect::<planet_store::Texts>()],
    )?;
    Ok(())
}

/// Erases a post, what it said before, and what was said below it.
pub fn remove(tx: &mut Tx, id: PostId) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM comments WHERE post_id = ?1"), &[&id])?;
    tx.exec(sql!("DELETE FROM post_versions WHERE post_id = ?1"), &[&id])?;
    tx.exec(sql!("DELETE FROM post_tags WHERE post_id = ?1"), &[&id])?;
    tx.exec(sql!("DELETE FROM posts WHERE id = ?1"), &[&id])?;
    Ok(())
}

/// The ids of all comments on a post.
pub fn comment_ids(tx: &mut Tx, post: PostId) -> Result<Vec<Uuid>, Error> {
    let rows = tx.rows::<(Uuid,)>(sql!("SELECT id FROM comments WHERE post_id = ?1"), &[&post])?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Erases a comment.
pub fn remove_comment(tx: &mut Tx, id: Uuid) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM comments WHERE id = ?1"), &[&id])?;
    Ok(())
}

/// Writes a comment.
pub fn comment(
    tx: &mut Tx,
    id: Uuid,
    post: PostId,
    author: AgentId,
    now: Moment,
    text: &str,
) -> Result<(), Error> {
    tx.exec(
        sql!("INSERT INTO comments (id, post_id, author_id, created, text) VALUES (?1, ?2, ?3, ?4, ?5)"),
        &[&id, &post, &author, &now, &text],
    )?;
    Ok(())
}

/// Who wrote a comment on a post.
pub fn commenter(tx: &mut Tx, post: PostId, comment: Uuid) -> Result<Option<AgentId>, Error> {
    let row = tx.row::<(AgentId,)>(
        sql!("SELECT author_id FROM comments WHERE id = ?1 AND post_id = ?2"),
        &[&comment, &post],
    )?;
    Ok(row.map(|(author,)| author))
}

record! {
    /// Something that was said below a post.
    #[derive(Clone, Debug, Serialize, JsonSchema)]
    pub struct CommentRow {
        /// Its id.
        pub id: Uuid,
        /// Who said it.
        pub author: AgentId,
        /// The name of who said it.
        pub name: String,
        /// The handle of who said it.
        pub handle: String,
        /// `member` or `group`.
        pub kind: String,
        /// When.
        pub created: Moment,
        /// What, in Markdown.
        pub text: String,
    }
}

/// The comments on a post after one of them, oldest first.
pub fn comments(tx: &mut Tx, post: PostId, after: Uuid, limit: i64) -> Result<Vec<CommentRow>, Error> {
    tx.rows(
        sql!(
            "SELECT c.id, c.author_id, a.name, a.handle, a.kind, c.created, c.text
               FROM comments c JOIN agents a ON a.id = c.author_id
              WHERE c.post_id = ?1 AND c.id > ?2 ORDER BY c.id LIMIT ?3"
        ),
        &[&post, &after, &limit],
    )
}

record! {
    /// What a post said before it was edited.
    #[derive(Clone, Debug, Serialize, JsonSchema)]
    pub struct Version {
        /// Until when it said so.
        pub replaced: Moment,
        /// The title.
        pub title: String,
        /// The tags, with a space between.
        pub tags: String,
        /// The text, in Markdown.
        pub text: String,
    }
}

/// The latest earlier versions of a post, newest first.
pub fn versions(tx: &mut Tx, post: PostId, limit: i64) -> Result<Vec<Version>, Error> {
    tx.rows(
        sql!("SELECT replaced, title, tags, text FROM post_versions WHERE post_id = ?1 ORDER BY id DESC LIMIT ?2"),
        &[&post, &limit],
    )
}

/// Whether an agent follows another.
pub fn follows(tx: &mut Tx, who: AgentId, whom: AgentId) -> Result<bool, Error> {
    let row = tx.row::<(Moment,)>(
        sql!("SELECT since FROM follows WHERE follower_id = ?1 AND followed_id = ?2"),
        &[&who, &whom],
    )?;
    Ok(row.is_some())
}

/// How many an agent follows.
pub fn count_followed(tx: &mut Tx, who: AgentId) -> Result<i64, Error> {
    Ok(tx.one::<(i64,)>(sql!("SELECT count(*) FROM follows WHERE follower_id = ?1"), &[&who])?.0)
}

/// Follows, unless it does already.
pub fn follow(tx: &mut Tx, who: AgentId, whom: AgentId, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO follows (follower_id, followed_id, since) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"
        ),
        &[&who, &whom, &now],
    )?;
    Ok(())
}

/// Follows no longer.
pub fn unfollow(tx: &mut Tx, who: AgentId, whom: AgentId) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM follows WHERE follower_id = ?1 AND followed_id = ?2"), &[&who, &whom])?;
    Ok(())
}

record! {
    /// A post as lists show it.
    #[derive(Clone, Debug)]
    struct ItemRow {
        id: PostId,
        author: AgentId,
        kind: String,
        handle: String,
        name: String,
        title: String,
        excerpt: String,
        tags: String,
        relevance: String,
        place: Option<String>,
        audience: AudienceId,
        created: Moment,
        edited: Option<Moment>,
    }
}

/// A post as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Item {
    /// Its id.
    pub id: PostId,
    /// Who wrote it.
    pub author: AgentId,
    /// Whether that is a `member` or a `group`.
    pub kind: String,
    /// The author's handle.
    pub handle: String,
    /// The author's name.
    pub name: String,
    /// What it is about.
    pub title: String,
    /// How it begins, without marks.
    pub excerpt: String,
    /// The words under which it can be found.
    pub tags: Vec<String>,
    /// How far it reaches: `street` to `world`.
    pub relevance: String,
    /// The place it reaches; none is the world.
    pub place: Option<String>,
    /// Who may see it.
    pub audience: AudienceId,
    /// When it was written.
    pub created: Moment,
    /// When it was last edited, if it was.
    pub edited: Option<Moment>,
}

impl From<ItemRow> for Item {
    fn from(row: ItemRow) -> Self {
        Self {
            tags: row.tags.split_whitespace().map(str::to_owned).collect(),
            id: row.id,
            author: row.author,
            kind: row.kind,
            handle: row.handle,
            name: row.name,
            title: row.title,
            excerpt: row.excerpt,
            relevance: row.relevance,
            place: row.place,
            audience: row.audience,
            created: row.created,
            edited: row.edited,
        }
    }
}

/// Posts as lists show them, newest first. Whoever calls this answers for who may see them.
pub fn items(tx: &mut Tx, ids: &Ids) -> Result<Vec<Item>, Error> {
    let rows = tx.rows::<ItemRow>(
        sql!(
            "SELECT p.id, p.author_id, a.kind, a.handle, a.name, p.title, p.excerpt, p.tags, p.relevance, l.name,
                    p.audience_id, p.created, p.edited
               FROM posts p JOIN agents a ON a.id = p.author_id LEFT JOIN places l ON l.id = p.place_id
              WHERE p.id IN (SELECT id FROM ids(?1)) ORDER BY p.id DESC"
        ),
        &[ids],
    )?;
    Ok(rows.into_iter().map(Item::from).collect())
}
