-- Where a group talks. The first channel of a group has the group's own id, and is written down with its first message.
-- `seq` counts messages without a gap, `rev` everything that happens to them: whoever knows a `rev` can read what followed.
CREATE TABLE channels (
    id       UUID   PRIMARY KEY,
    group_id UUID   NOT NULL REFERENCES agents (id),
    name     TEXT   NOT NULL,
    created  BIGINT NOT NULL,
    seq      BIGINT NOT NULL,
    rev      BIGINT NOT NULL,
    UNIQUE (group_id, name)
);

-- A removed message keeps its place and loses its words. Who may read the group may read its messages.
CREATE TABLE messages ( -- rowid
    channel_id UUID    NOT NULL REFERENCES channels (id),
    seq        BIGINT  NOT NULL,
    rev        BIGINT  NOT NULL,
    author_id  UUID    NOT NULL REFERENCES agents (id),
    hook       TEXT    NOT NULL,               -- the name of the webhook that wrote it; empty for people
    thread     BIGINT,                         -- the message that it answers
    replies    BIGINT  NOT NULL,
    sent       BIGINT  NOT NULL,
    edited     BIGINT,
    gone       BOOLEAN NOT NULL,
    pinned     BOOLEAN NOT NULL,
    text       TEXT    NOT NULL,
    PRIMARY KEY (channel_id, seq)
);

CREATE INDEX messages_by_rev ON messages (channel_id, rev);
CREATE INDEX messages_by_thread ON messages (channel_id, thread, seq) WHERE thread IS NOT NULL;
CREATE INDEX messages_pinned ON messages (channel_id, seq) WHERE pinned = TRUE;

CREATE TABLE reactions (
    channel_id UUID   NOT NULL,
    seq        BIGINT NOT NULL,
    sign       TEXT   NOT NULL,
    member_id  UUID   NOT NULL REFERENCES agents (id),
    PRIMARY KEY (channel_id, seq, sign, member_id)
);

-- How many, so that a message with a hundred thousand of them is read as quickly as any other.
CREATE TABLE reaction_counts (
    channel_id UUID   NOT NULL,
    seq        BIGINT NOT NULL,
    sign       TEXT   NOT NULL,
    n          BIGINT NOT NULL,
    PRIMARY KEY (channel_id, seq, sign)
);

CREATE TABLE mentions (
    member_id  UUID   NOT NULL REFERENCES agents (id),
    channel_id UUID   NOT NULL,
    seq        BIGINT NOT NULL,
    PRIMARY KEY (member_id, channel_id, seq)
);

-- How far a member has read, the same on all devices.
CREATE TABLE chat_reads (
    member_id  UUID   NOT NULL REFERENCES agents (id),
    channel_id UUID   NOT NULL,
    seq        BIGINT NOT NULL,
    PRIMARY KEY (member_id, channel_id)
);

-- Moves whenever something about a member's own reading does.
CREATE TABLE chat_inboxes (
    member_id UUID   PRIMARY KEY REFERENCES agents (id),
    rev       BIGINT NOT NULL
);

CREATE TABLE saved_messages (
    member_id  UUID   NOT NULL REFERENCES agents (id),
    channel_id UUID   NOT NULL,
    seq        BIGINT NOT NULL,
    PRIMARY KEY (member_id, channel_id, seq)
);

-- Doors for programs. Only the hash of a secret is kept; `minute` and `said` keep its pace.
CREATE TABLE chat_hooks (
    id         UUID   PRIMARY KEY,
    channel_id UUID   NOT NULL,
    group_id   UUID   NOT NULL REFERENCES agents (id),
    maker_id   UUID   NOT NULL REFERENCES agents (id),
    name       TEXT   NOT NULL,
    secret     BYTEA  NOT NULL UNIQUE,
    created    BIGINT NOT NULL,
    minute     BIGINT NOT NULL,
    said       BIGINT NOT NULL
);

CREATE INDEX chat_hooks_by_group ON chat_hooks (group_id, id);
