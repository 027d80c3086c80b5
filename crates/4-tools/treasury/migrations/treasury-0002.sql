-- What is asked of the card processor for a pay-in, and how it stands there. It says nothing of the card.
CREATE TABLE card_payments (
    pay_in_id UUID   PRIMARY KEY REFERENCES pay_ins (id),
    -- The processor's id, and the secret for the payer's browser; empty until the worker has asked.
    intent    TEXT   NOT NULL,
    secret    TEXT   NOT NULL,
    -- open, paid, ended, or odd when what came is not what was asked.
    state     TEXT   NOT NULL,
    next_try  BIGINT NOT NULL,
    tries     BIGINT NOT NULL,
    -- The processor's code of what went wrong last.
    problem   TEXT   NOT NULL
);
CREATE INDEX card_payments_due ON card_payments (next_try) WHERE state = 'open';
CREATE INDEX card_payments_by_intent ON card_payments (intent);

-- Messages of the processor that were heard: each counts once.
CREATE TABLE card_events (
    id    TEXT   PRIMARY KEY,
    heard BIGINT NOT NULL
);

-- What is to be given back to a card, until the processor has done it.
CREATE TABLE card_refunds (
    pay_out_id UUID   PRIMARY KEY REFERENCES pay_outs (id),
    next_try   BIGINT NOT NULL,
    tries      BIGINT NOT NULL,
    problem    TEXT   NOT NULL
);
CREATE INDEX card_refunds_due ON card_refunds (next_try);
