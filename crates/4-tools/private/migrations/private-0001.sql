-- Private conversations as the node sees them: who, when and how large, and bytes that it cannot read.

-- A browser in which a member reads private messages. What proves that it is theirs is signed by the member.
CREATE TABLE private_devices (
    id         UUID   PRIMARY KEY,
    member_id  UUID   NOT NULL REFERENCES agents (id),
    name       TEXT   NOT NULL,
    credential TEXT   NOT NULL,
    added      BIGINT NOT NULL,
    revoked    BIGINT
);

CREATE INDEX private_devices_by_member ON private_devices (member_id);

-- What others need to take a device into a conversation: each is handed out once, the last resort again and again.
CREATE TABLE private_packages (
    hash        BYTEA   PRIMARY KEY,
    device_id   UUID    NOT NULL REFERENCES private_devices (id),
    body        BYTEA   NOT NULL,
    last_resort BOOLEAN NOT NULL,
    expires     BIGINT  NOT NULL
);

CREATE INDEX private_packages_by_device ON private_packages (device_id, last_resort);

-- A conversation: of two people (`pair` names them), of people who were named, or of a group, whose people are the group's.
CREATE TABLE private_conversations (
    id       UUID   PRIMARY KEY,
    pair     TEXT   UNIQUE,
    group_id UUID   UNIQUE REFERENCES agents (id),
    founder  UUID   NOT NULL REFERENCES agents (id),
    started  BIGINT NOT NULL,
    epoch    BIGINT NOT NULL,
    position BIGINT NOT NULL,
    head     BYTEA  NOT NULL
);

-- Who takes part in a conversation that is not a group's.
CREATE TABLE private_people (
    conversation_id UUID   NOT NULL REFERENCES private_conversations (id),
    member_id       UUID   NOT NULL REFERENCES agents (id),
    since           BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, member_id)
);

CREATE INDEX private_people_by_member ON private_people (member_id);

-- The ordered log of each conversation. Each entry names the hash of the one before; one commit ends an epoch.
CREATE TABLE private_entries (
    conversation_id UUID   NOT NULL REFERENCES private_conversations (id),
    position        BIGINT NOT NULL,
    epoch           BIGINT NOT NULL,
    ends_epoch      BIGINT,
    id              UUID   NOT NULL,
    member_id       UUID   NOT NULL REFERENCES agents (id),
    device_id       UUID   NOT NULL REFERENCES private_devices (id),
    body            BYTEA  NOT NULL,
    archive         BYTEA,
    previous        BYTEA  NOT NULL,
    hash            BYTEA  NOT NULL,
    sent            BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, position),
    UNIQUE (conversation_id, ends_epoch),
    UNIQUE (conversation_id, id)
);

-- What lets a device into a conversation, until the device has fetched it.
CREATE TABLE private_welcomes (
    device_id       UUID   NOT NULL REFERENCES private_devices (id),
    conversation_id UUID   NOT NULL REFERENCES private_conversations (id),
    position        BIGINT NOT NULL,
    body            BYTEA  NOT NULL,
    PRIMARY KEY (device_id, conversation_id)
);

-- Up to where a member has read.
CREATE TABLE private_read (
    conversation_id UUID   NOT NULL REFERENCES private_conversations (id),
    member_id       UUID   NOT NULL REFERENCES agents (id),
    position        BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, member_id)
);

-- The keys of a member's past conversations, locked by the member: what a further device needs to read the archive.
CREATE TABLE private_keyrings (
    member_id UUID   PRIMARY KEY REFERENCES agents (id),
    version   BIGINT NOT NULL,
    body      BYTEA  NOT NULL
);

-- What a member has used of the day's allowance.
CREATE TABLE private_use (
    member_id UUID   NOT NULL REFERENCES agents (id),
    day       BIGINT NOT NULL,
    what      TEXT   NOT NULL,
    amount    BIGINT NOT NULL,
    PRIMARY KEY (member_id, day, what)
);
