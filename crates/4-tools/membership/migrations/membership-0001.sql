-- What the club says of itself beyond its name, which lies with the agents. One row. `joined` counts everybody who ever joined.
CREATE TABLE clubs (
    id       UUID   PRIMARY KEY,
    purpose  TEXT   NOT NULL,
    accent   TEXT   NOT NULL,
    unit     TEXT   NOT NULL,
    symbol   TEXT   NOT NULL,
    place_id UUID   NOT NULL,
    founded  BIGINT NOT NULL,
    joined   BIGINT NOT NULL
);

-- Who joined as which number, and by which invitation; the founder by none.
CREATE TABLE joinings (
    member_id     UUID   PRIMARY KEY REFERENCES agents (id),
    number        BIGINT NOT NULL UNIQUE,
    invitation_id UUID,
    at            BIGINT NOT NULL
);

-- Applications to join. Whoever applied finds theirs by a secret, of which only the hash is kept.
CREATE TABLE applications (
    id          UUID   PRIMARY KEY,
    secret_hash BYTEA  NOT NULL UNIQUE,
    name        TEXT   NOT NULL,
    email       TEXT   NOT NULL,
    place       TEXT   NOT NULL,
    why         TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    answer      TEXT   NOT NULL,
    created     BIGINT NOT NULL,
    ended       BIGINT,
    CHECK (state IN ('waiting', 'admitted', 'declined'))
);

CREATE INDEX applications_by_time ON applications (created, id);

-- Invitations. Each is used once.
CREATE TABLE invitations (
    id             UUID   PRIMARY KEY,
    inviter_id     UUID   NOT NULL REFERENCES agents (id),
    application_id UUID   REFERENCES applications (id),
    batch_id       UUID,
    name           TEXT   NOT NULL,
    email          TEXT   NOT NULL,
    place          TEXT   NOT NULL,
    note           TEXT   NOT NULL,
    role           TEXT   NOT NULL,
    created        BIGINT NOT NULL,
    expires        BIGINT NOT NULL,
    used           BIGINT,
    member_id      UUID   REFERENCES agents (id),
    withdrawn      BIGINT
);

CREATE INDEX invitations_by_inviter ON invitations (inviter_id, created);
CREATE INDEX invitations_by_time ON invitations (created, id);

-- The ways to an invitation: one link that was shown, perhaps another that was mailed. Only hashes of the tokens are kept.
CREATE TABLE invitation_links (
    token_hash    BYTEA PRIMARY KEY,
    invitation_id UUID  NOT NULL REFERENCES invitations (id)
);

-- Suspensions in force, until when and why.
CREATE TABLE suspensions (
    member_id UUID   PRIMARY KEY REFERENCES agents (id),
    until     BIGINT NOT NULL,
    reason    TEXT   NOT NULL,
    at        BIGINT NOT NULL
);

-- Who added which street or neighbourhood, so that nobody adds a thousand.
CREATE TABLE places_made (
    place_id  UUID   PRIMARY KEY,
    member_id UUID   NOT NULL,
    at        BIGINT NOT NULL
);

CREATE INDEX places_made_by_member ON places_made (member_id, at);

-- What each member did for the first time: for the list that greets newcomers.
CREATE TABLE firsts (
    member_id UUID   NOT NULL,
    act       TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (member_id, act)
);
