-- How much of each payment was given back.
CREATE TABLE refunded (
    transfer_id UUID   PRIMARY KEY,
    amount      BIGINT NOT NULL CHECK (amount > 0)
);

-- What was put aside by members: what is put aside for the commons with it, and the transfer by which it was taken.
CREATE TABLE wallet_holds (
    hold_id   UUID PRIMARY KEY,
    debit_id  UUID NOT NULL,
    credit_id UUID NOT NULL,
    levy_id   UUID,
    paid_id   UUID
);
CREATE INDEX wallet_holds_by_payer ON wallet_holds (debit_id);
CREATE INDEX wallet_holds_by_payee ON wallet_holds (credit_id);

-- The currency in which a member wants to see what everything is worth together.
CREATE TABLE wallet_settings (
    member_id UUID PRIMARY KEY,
    home_id   UUID NOT NULL REFERENCES currencies (id)
);

-- Bills that were split: the whole, and which bills belong to it.
CREATE TABLE splits (
    id          UUID   PRIMARY KEY,
    payee_id    UUID   NOT NULL REFERENCES agents (id),
    currency_id UUID   NOT NULL REFERENCES currencies (id),
    -- What whoever asks has borne already.
    own         BIGINT NOT NULL CHECK (own >= 0),
    memo        TEXT   NOT NULL,
    created     BIGINT NOT NULL
);
CREATE INDEX splits_by_payee ON splits (payee_id, created);

CREATE TABLE split_parts (
    request_id UUID PRIMARY KEY REFERENCES payment_requests (id),
    split_id   UUID NOT NULL REFERENCES splits (id)
);
CREATE INDEX split_parts_by_split ON split_parts (split_id);

-- What is paid again and again.
CREATE TABLE standing_payments (
    id          UUID   PRIMARY KEY,
    -- Who set it up, and pays by it.
    actor       JSONB  NOT NULL,
    payer_id    UUID   NOT NULL REFERENCES agents (id),
    payee_id    UUID   NOT NULL REFERENCES agents (id),
    currency_id UUID   NOT NULL REFERENCES currencies (id),
    amount      BIGINT NOT NULL CHECK (amount > 0),
    memo        TEXT   NOT NULL,
    every       TEXT   NOT NULL,
    -- Days, as 2026-12-31.
    first       TEXT   NOT NULL,
    last        TEXT,
    -- The next payment, counted from zero, and how often it was refused so far.
    number      BIGINT NOT NULL,
    refusals    BIGINT NOT NULL,
    state       TEXT   NOT NULL CHECK (state IN ('active', 'paused', 'ended')),
    why         TEXT,
    created     BIGINT NOT NULL
);
CREATE INDEX standing_payments_by_payer ON standing_payments (payer_id, state);

-- Which transfer was which of these payments: each is made once.
CREATE TABLE standing_paid (
    standing_id UUID   NOT NULL REFERENCES standing_payments (id),
    number      BIGINT NOT NULL,
    transfer_id UUID   NOT NULL,
    PRIMARY KEY (standing_id, number)
);
