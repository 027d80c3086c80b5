-- What a currency is for, as its group decided it. A change is a new version; old ones stay, because what was sold under
-- them was sold under them. The contents of `terms` are `Terms` of this room.
CREATE TABLE currency_terms (
    currency_id UUID   NOT NULL REFERENCES currencies (id),
    version     BIGINT NOT NULL,
    -- From when it holds.
    since       BIGINT NOT NULL,
    -- Who put it into force: a member, or the group by a decision.
    by_id       UUID   NOT NULL,
    terms       JSONB  NOT NULL,
    PRIMARY KEY (currency_id, version)
);

-- Where a currency is in its life. Only currencies that were designed here have a row.
CREATE TABLE currency_states (
    currency_id UUID   PRIMARY KEY REFERENCES currencies (id),
    -- Who may see it: the club, or its group and whoever holds it.
    audience_id UUID   NOT NULL,
    -- The version of the terms in force.
    version     BIGINT NOT NULL,
    state       TEXT   NOT NULL CHECK (state IN ('open', 'retired', 'closing', 'closed')),
    -- Who may hold it: members of its group, everybody in the club, or those who were asked.
    holders     TEXT   NOT NULL CHECK (holders IN ('group', 'club', 'asked')),
    -- Where it is being closed: when that ends.
    ends        BIGINT,
    -- How long before the end of a part of it its holder is told, in days.
    notice_days BIGINT NOT NULL,
    -- What is kept of a balance at the turn of a month, in millionths; nothing where all is kept.
    kept        BIGINT,
    -- The last month for which demurrage was taken, counted from year 0: year * 12 + month - 1.
    demurred    BIGINT NOT NULL,
    -- What has ended, and what was taken as demurrage, since the beginning.
    expired     BIGINT NOT NULL DEFAULT 0,
    idled       BIGINT NOT NULL DEFAULT 0
);

-- At which rates people exchange: whoever pays `give` of `from_id` gets `get` of `to_id`, both in minor units. A newer
-- rate of the same poster for the same pair ends the older one; rows are kept as history.
CREATE TABLE rates (
    id       UUID   PRIMARY KEY,
    from_id  UUID   NOT NULL REFERENCES currencies (id),
    to_id    UUID   NOT NULL REFERENCES currencies (id),
    give     BIGINT NOT NULL CHECK (give > 0),
    get      BIGINT NOT NULL CHECK (get > 0),
    -- Who offers to exchange at it; nobody where it comes from a source that the operator configured.
    agent_id UUID,
    -- `posted`: a member or group exchanges at it. `reference`: the club counts totals with it, and nobody has to exchange at
    -- it. `source:` and a name: the operator's source says so; for totals only.
    origin   TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    -- From when it no longer holds; nothing while that is open.
    until    BIGINT,
    CHECK (from_id <> to_id)
);
CREATE INDEX rates_by_pair ON rates (from_id, to_id, at);
CREATE INDEX rates_by_agent ON rates (agent_id, from_id, to_id);
