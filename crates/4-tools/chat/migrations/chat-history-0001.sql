-- What was said in another chat before, and was brought along. Such a message has the person who said it there; its author is whoever
-- that is here, and the group itself as long as nobody has said who that is.
CREATE TABLE chat_people (
    id        UUID PRIMARY KEY,
    group_id  UUID NOT NULL REFERENCES agents (id),
    source    TEXT NOT NULL,
    key       TEXT NOT NULL,
    handle    TEXT NOT NULL,
    name      TEXT NOT NULL,
    member_id UUID REFERENCES agents (id),
    UNIQUE (group_id, source, key)
);

ALTER TABLE messages ADD COLUMN person_id UUID;

CREATE INDEX messages_by_person ON messages (person_id, channel_id, seq) WHERE person_id IS NOT NULL;

-- What makes a message itself where it comes from, so that nothing is brought along twice.
CREATE TABLE chat_marks (
    channel_id UUID   NOT NULL,
    mark       TEXT   NOT NULL,
    seq        BIGINT NOT NULL,
    PRIMARY KEY (channel_id, mark)
);

-- Who gave a sign there, and who was named, so that it can be said later who that is here.
CREATE TABLE chat_person_signs (
    channel_id UUID   NOT NULL,
    seq        BIGINT NOT NULL,
    sign       TEXT   NOT NULL,
    person_id  UUID   NOT NULL REFERENCES chat_people (id),
    PRIMARY KEY (channel_id, seq, sign, person_id)
);

CREATE INDEX chat_person_signs_by_person ON chat_person_signs (person_id);

CREATE TABLE chat_person_mentions (
    person_id  UUID   NOT NULL REFERENCES chat_people (id),
    channel_id UUID   NOT NULL,
    seq        BIGINT NOT NULL,
    PRIMARY KEY (person_id, channel_id, seq)
);

-- Which channels were brought along, and as what.
CREATE TABLE chat_histories (
    group_id   UUID   NOT NULL REFERENCES agents (id),
    source     TEXT   NOT NULL,
    key        TEXT   NOT NULL,
    channel_id UUID   NOT NULL,
    digest     TEXT   NOT NULL,
    messages   BIGINT NOT NULL,
    brought    BIGINT NOT NULL,
    PRIMARY KEY (group_id, source, key)
);

-- Pieces of a channel that lie aside until all are there. Nobody reads them.
CREATE TABLE chat_laid ( -- rowid
    group_id UUID   NOT NULL REFERENCES agents (id),
    source   TEXT   NOT NULL,
    key      TEXT   NOT NULL,
    part     BIGINT NOT NULL,
    body     TEXT   NOT NULL,
    PRIMARY KEY (group_id, source, key, part)
);
