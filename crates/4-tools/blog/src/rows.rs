//! The rows of blog posts.

use planet_ontology::ids::{AgentId, AudienceId, BlogPostId, GroupId};
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};

record! {
    /// A post as it lies in the database, with its author's name.
    #[derive(Clone, Debug)]
    pub struct PostRow {
        /// Its id.
        pub id: BlogPostId,
        /// Whose blog it is in.
        pub group_id: GroupId,
        /// Who may read it once it is published.
        pub audience_id: AudienceId,
        /// Who wrote it.
        pub author_id: AgentId,
        /// Their name.
        pub author: String,
        /// Their handle.
        pub author_handle: String,
        /// Its title.
        pub title: String,
        /// Its text in Markdown.
        pub body: String,
        /// `draft`, `scheduled` or `published`.
        pub state: String,
        /// When it was published, or will be; when it was begun, for a draft.
        pub published: Moment,
        /// When it was changed last.
        pub changed: Moment,
    }
}

/// Writes a post, or what has changed in it.
pub fn put(tx: &mut Tx, row: &PostRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO blog_posts (id, group_id, audience_id, author_id, title, body, state, published, changed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (id) DO UPDATE SET title = excluded.title, body = excluded.body, state = excluded.state,
                published = excluded.published, changed = excluded.changed"
        ),
        &[
            &row.id,
            &row.group_id,
            &row.audience_id,
            &row.author_id,
            &row.title,
            &row.body,
            &row.state,
            &row.published,
            &row.changed,
        ],
    )?;
    Ok(())
}

/// The post with this id.
pub fn find(tx: &mut Tx, id: BlogPostId) -> Result<Option<PostRow>, Error> {
    tx.row(
        sql!(
            "SELECT p.id, p.group_id, p.audience_id, p.author_id, a.name, a.handle, p.title, p.body, p.state, p.published,
                    p.changed
               FROM blog_posts p JOIN agents a ON a.id = p.author_id WHERE p.id = ?1"
        ),
        &[&id],
    )
}

/// [`find`], held until the transaction ends.
pub fn held(tx: &mut Tx, id: BlogPostId) -> Result<Option<PostRow>, Error> {
    tx.lock(sql!("SELECT id FROM blog_posts WHERE id = ?1"), &[&id])?;
    find(tx, id)
}

/// Removes a post.
pub fn remove(tx: &mut Tx, id: BlogPostId) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM blog_posts WHERE id = ?1"), &[&id])?;
    Ok(())
}

/// What a group has published before a moment, the newest first, at most `limit`.
pub fn published(tx: &mut Tx, group: GroupId, before: Moment, limit: i64) -> Result<Vec<PostRow>, Error> {
    tx.rows(
        sql!(
            "SELECT p.id, p.group_id, p.audience_id, p.author_id, a.name, a.handle, p.title, p.body, p.state, p.published,
                    p.changed
               FROM blog_posts p JOIN agents a ON a.id = p.author_id
              WHERE p.group_id = ?1 AND p.state = 'published' AND p.published < ?2
              ORDER BY p.published DESC, p.id DESC LIMIT ?3"
        ),
        &[&group, &before, &limit],
    )
}

/// What somebody has written for a group and not published yet, what was changed last first, at most `limit`.
pub fn unpublished(tx: &mut Tx, group: GroupId, author: AgentId, limit: i64) -> Result<Vec<PostRow>, Error> {
    tx.rows(
        sql!(
            "SELECT p.id, p.group_id, p.audience_id, p.author_id, a.name, a.handle, p.title, p.body, p.state, p.published,
                    p.changed
               FROM blog_posts p JOIN agents a ON a.id = p.author_id
              WHERE p.group_id = ?1 AND p.author_id = ?2 AND p.state <> 'published'
              ORDER BY p.changed DESC, p.id DESC LIMIT ?3"
        ),
        &[&group, &author, &limit],
    )
}

/// How many posts of somebody for a group are not published yet.
pub fn count_unpublished(tx: &mut Tx, group: GroupId, author: AgentId) -> Result<i64, Error> {
    let sql = sql!(
        "SELECT count(*) FROM blog_posts WHERE group_id = ?1 AND author_id = ?2 AND state <> 'published'"
    );
    Ok(tx.one::<(i64,)>(sql, &[&group, &author])?.0)
}
