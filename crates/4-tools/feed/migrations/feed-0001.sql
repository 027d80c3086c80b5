-- What people say to each other. Ids are UUIDv7, so their order is that of time: lists are read along them.
-- `place_id` is whom a post reaches, resolved when it was written; the nil id is the world.
CREATE TABLE posts ( -- rowid
    id            UUID    PRIMARY KEY,
    author_id     UUID    NOT NULL REFERENCES agents (id),
    audience_id   UUID    NOT NULL,
    place_id      UUID    NOT NULL,
    relevance     TEXT    NOT NULL,
    to_neighbours BOOLEAN NOT NULL,
    created       BIGINT  NOT NULL,
    edited        BIGINT,
    title         TEXT    NOT NULL,
    tags          TEXT    NOT NULL,              -- words with a space between
    excerpt       TEXT    NOT NULL,              -- what lists show, so that they need not read the text
    text          TEXT    NOT NULL,
    CHECK (relevance IN ('street', 'neighbourhood', 'town', 'district', 'country', 'world'))
);

-- Lists are ranges of these two, filtered within the index: one range for each author followed, one for each place.
CREATE INDEX posts_by_author ON posts (author_id, id, place_id, audience_id);
CREATE INDEX posts_nearby ON posts (place_id, id, audience_id) WHERE to_neighbours = TRUE;

-- A post never changes its audience nor its place, so both may stand here too.
CREATE TABLE post_tags (
    post_id       UUID    NOT NULL REFERENCES posts (id),
    tag           TEXT    NOT NULL,
    audience_id   UUID    NOT NULL,
    place_id      UUID    NOT NULL,
    to_neighbours BOOLEAN NOT NULL,
    PRIMARY KEY (post_id, tag)
);

CREATE INDEX post_tags_by_tag ON post_tags (tag, post_id, audience_id, place_id, to_neighbours);

-- What a post said before it was edited.
CREATE TABLE post_versions ( -- rowid
    post_id  UUID   NOT NULL REFERENCES posts (id),
    id       UUID   NOT NULL,
    replaced BIGINT NOT NULL,
    title    TEXT   NOT NULL,
    tags     TEXT   NOT NULL,
    text     TEXT   NOT NULL,
    PRIMARY KEY (post_id, id)
);

-- Who may see a post may see what is said below it.
CREATE TABLE comments ( -- rowid
    id        UUID   PRIMARY KEY,
    post_id   UUID   NOT NULL REFERENCES posts (id),
    author_id UUID   NOT NULL REFERENCES agents (id),
    created   BIGINT NOT NULL,
    text      TEXT   NOT NULL
);

CREATE INDEX comments_by_post ON comments (post_id, id);

CREATE TABLE follows (
    follower_id UUID   NOT NULL REFERENCES agents (id),
    followed_id UUID   NOT NULL REFERENCES agents (id),
    since       BIGINT NOT NULL,
    PRIMARY KEY (follower_id, followed_id)
);
