-- Posts of groups' blogs. The audience follows from who may read the group, which never changes.
CREATE TABLE blog_posts (
    id          UUID   PRIMARY KEY,
    group_id    UUID   NOT NULL REFERENCES agents (id),
    audience_id UUID   NOT NULL,
    author_id   UUID   NOT NULL REFERENCES agents (id),
    title       TEXT   NOT NULL,
    body        TEXT   NOT NULL,
    state       TEXT   NOT NULL CHECK (state IN ('draft', 'scheduled', 'published')),
    published   BIGINT NOT NULL,
    changed     BIGINT NOT NULL
);
CREATE INDEX blog_posts_by_group ON blog_posts (group_id, state, published);
CREATE INDEX blog_posts_by_author ON blog_posts (author_id, state);
