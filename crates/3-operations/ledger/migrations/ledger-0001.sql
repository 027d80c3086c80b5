CREATE TABLE currencies (
    id        UUID    PRIMARY KEY,
    code      TEXT    NOT NULL UNIQUE,
    name      TEXT    NOT NULL,
    symbol    TEXT    NOT NULL,
    kind      TEXT    NOT NULL,
    decimals  BIGINT  NOT NULL CHECK (decimals BETWEEN 0 AND 18),
    issuer_id UUID    NOT NULL,
    -- What a new account begins with.
    min       BIGINT  NOT NULL CHECK (min <= 0),
    max       BIGINT  NOT NULL CHECK (max >= 0),
    soft_min  BIGINT,
    soft_max  BIGINT,
    created   BIGINT  NOT NULL
);

CREATE TABLE accounts (
    id              UUID    PRIMARY KEY,
    owner_id        UUID    NOT NULL,
    currency_id     UUID    NOT NULL REFERENCES currencies (id),
    debits_posted   BIGINT  NOT NULL CHECK (debits_posted >= 0),
    credits_posted  BIGINT  NOT NULL CHECK (credits_posted >= 0),
    debits_pending  BIGINT  NOT NULL CHECK (debits_pending >= 0),
    credits_pending BIGINT  NOT NULL CHECK (credits_pending >= 0),
    min             BIGINT  NOT NULL CHECK (min <= 0),
    max             BIGINT  NOT NULL CHECK (max >= 0),
    soft_min        BIGINT,
    soft_max        BIGINT,
    closed          BOOLEAN NOT NULL,
    -- The account's clock: the moment of whatever moved its counters last. It only goes forward.
    latest          BIGINT  NOT NULL,
    -- The newest transfer, the first of the chain that a statement walks.
    last_id         UUID,
    -- What the clock showed when the limits were set.
    limits_since    BIGINT  NOT NULL,
    UNIQUE (owner_id, currency_id)
);

-- What was moved: rows are added, never changed. There is one tree, on the id: each transfer names the one before it on
-- either account, so statements need no index, and a transfer costs a third of what it costs with two of them. No
-- foreign keys: both accounts are read and locked before a row is written, and the audit proves it.
CREATE TABLE transfers (
    id              UUID    PRIMARY KEY,
    debit_id        UUID    NOT NULL,
    credit_id       UUID    NOT NULL,
    amount          BIGINT  NOT NULL CHECK (amount > 0),
    kind            TEXT    NOT NULL,
    memo            TEXT    NOT NULL,
    reference       UUID,
    -- The hold that this settles.
    hold_id         UUID,
    at              BIGINT  NOT NULL,
    debit_balance   BIGINT  NOT NULL,
    credit_balance  BIGINT  NOT NULL,
    debit_previous  UUID,
    credit_previous UUID,
    CHECK (debit_id <> credit_id)
);

-- What was promised: it moves the pending counters, and ends exactly once.
CREATE TABLE holds (
    id        UUID    PRIMARY KEY,
    debit_id  UUID    NOT NULL REFERENCES accounts (id),
    credit_id UUID    NOT NULL REFERENCES accounts (id),
    amount    BIGINT  NOT NULL CHECK (amount > 0),
    kind      TEXT    NOT NULL,
    memo      TEXT    NOT NULL,
    reference UUID,
    at        BIGINT  NOT NULL,
    expires   BIGINT  NOT NULL,
    -- Nothing while it is open; then settled, voided or expired, and when.
    outcome   TEXT,
    ended     BIGINT,
    CHECK (debit_id <> credit_id)
);
CREATE INDEX holds_open ON holds (expires) WHERE outcome IS NULL;
CREATE INDEX holds_open_debit ON holds (debit_id) WHERE outcome IS NULL;
CREATE INDEX holds_open_credit ON holds (credit_id) WHERE outcome IS NULL;
