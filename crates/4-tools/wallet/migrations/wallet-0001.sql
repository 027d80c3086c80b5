-- Bills: somebody asks, somebody else approves or declines.
CREATE TABLE payment_requests (
    id          UUID   PRIMARY KEY,
    payee_id    UUID   NOT NULL REFERENCES agents (id),
    payer_id    UUID   NOT NULL REFERENCES agents (id),
    currency_id UUID   NOT NULL REFERENCES currencies (id),
    amount      BIGINT NOT NULL,
    memo        TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    transfer_id UUID,
    created     BIGINT NOT NULL,
    ended       BIGINT,
    CHECK (amount > 0),
    CHECK (state IN ('open', 'paid', 'declined', 'cancelled'))
);

CREATE INDEX payment_requests_by_payer ON payment_requests (payer_id, state, created);
CREATE INDEX payment_requests_by_payee ON payment_requests (payee_id, state, created);
