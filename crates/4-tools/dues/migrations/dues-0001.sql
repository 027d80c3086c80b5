-- The terms of membership, each version as it was decided; the one with the highest number is in force.
CREATE TABLE dues_terms (
    version     BIGINT PRIMARY KEY,
    currency_id UUID   NOT NULL,
    body        JSONB  NOT NULL,
    proposal_id UUID,
    adopted     BIGINT NOT NULL,
    audience_id UUID   NOT NULL
);

-- From which day and how often dues are due, which of them is written down next, up to which day they have been written down by
-- whatever terms, and the day that was looked after last. One row.
CREATE TABLE dues_schedule (
    id      BIGINT PRIMARY KEY,
    first   TEXT   NOT NULL,
    every   TEXT   NOT NULL,
    number  BIGINT NOT NULL,
    covered TEXT   NOT NULL,
    tended  BIGINT NOT NULL,
    CHECK (id = 1)
);

-- What a member has chosen about paying, and when the member left. Email is where reminders go.
CREATE TABLE dues_members (
    member_id UUID    PRIMARY KEY REFERENCES agents (id),
    by_itself BOOLEAN NOT NULL,
    email     TEXT    NOT NULL,
    left_at   BIGINT
);

-- What a member owes, once for each period. `period` is the day on which it is due, or `joining`.
CREATE TABLE dues_lines (
    id          UUID   PRIMARY KEY,
    member_id   UUID   NOT NULL REFERENCES agents (id),
    kind        TEXT   NOT NULL,
    period      TEXT   NOT NULL,
    currency_id UUID   NOT NULL,
    amount      BIGINT NOT NULL CHECK (amount >= 0),
    due         BIGINT NOT NULL,
    state       TEXT   NOT NULL,
    ended       BIGINT,
    transfer_id UUID,
    reminders   BIGINT NOT NULL,
    tried       BIGINT NOT NULL,
    problem     TEXT   NOT NULL,
    audience_id UUID   NOT NULL,
    UNIQUE (member_id, period),
    CHECK (kind IN ('joining', 'dues')),
    CHECK (state IN ('owed', 'paid', 'waived', 'set_off'))
);

CREATE INDEX dues_lines_open ON dues_lines (due, id) WHERE state = 'owed';
CREATE INDEX dues_lines_ended ON dues_lines (ended, id);

-- Requests to owe less, later or nothing: for the member and those who keep the club's books.
CREATE TABLE dues_reliefs (
    id          UUID   PRIMARY KEY,
    member_id   UUID   NOT NULL REFERENCES agents (id),
    kind        TEXT   NOT NULL,
    percent     BIGINT NOT NULL,
    until       BIGINT,
    words       TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    answer      TEXT   NOT NULL,
    asked       BIGINT NOT NULL,
    answered    BIGINT,
    answered_by UUID,
    audience_id UUID   NOT NULL,
    CHECK (kind IN ('reduce', 'pause', 'waive')),
    CHECK (state IN ('asked', 'granted', 'refused', 'withdrawn'))
);

CREATE INDEX dues_reliefs_by_member ON dues_reliefs (member_id, asked);
CREATE INDEX dues_reliefs_open ON dues_reliefs (asked, id) WHERE state = 'asked';

-- Shares by when and at which price they were bought. `kept` are not repaid yet; of those, `asked` are to be.
CREATE TABLE dues_lots (
    id          UUID   PRIMARY KEY,
    member_id   UUID   NOT NULL REFERENCES agents (id),
    number      BIGINT NOT NULL CHECK (number > 0),
    kept        BIGINT NOT NULL CHECK (kept BETWEEN 0 AND number),
    asked       BIGINT NOT NULL CHECK (asked BETWEEN 0 AND kept),
    price       BIGINT NOT NULL CHECK (price > 0),
    currency_id UUID   NOT NULL,
    transfer_id UUID   NOT NULL,
    bought      BIGINT NOT NULL,
    audience_id UUID   NOT NULL
);

CREATE INDEX dues_lots_by_member ON dues_lots (member_id, bought, id);

-- Shares of one lot that are given back: after the notice they are owed, and repaid out of the club's wallet by its rule.
CREATE TABLE dues_repayments (
    id          UUID   PRIMARY KEY,
    lot_id      UUID   NOT NULL REFERENCES dues_lots (id),
    member_id   UUID   NOT NULL REFERENCES agents (id),
    number      BIGINT NOT NULL CHECK (number > 0),
    amount      BIGINT NOT NULL,
    currency_id UUID   NOT NULL,
    state       TEXT   NOT NULL,
    asked       BIGINT NOT NULL,
    due         BIGINT NOT NULL,
    ended       BIGINT,
    set_off     BIGINT NOT NULL,
    transfer_id UUID,
    audience_id UUID   NOT NULL,
    CHECK (state IN ('notice', 'paid', 'withdrawn'))
);

CREATE INDEX dues_repayments_by_member ON dues_repayments (member_id, asked);
CREATE INDEX dues_repayments_open ON dues_repayments (due, id) WHERE state = 'notice';
