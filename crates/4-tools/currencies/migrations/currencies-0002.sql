-- Who was asked to hold a currency that only those hold who were asked.
CREATE TABLE currency_guests (
    currency_id UUID   NOT NULL REFERENCES currencies (id),
    agent_id    UUID   NOT NULL REFERENCES agents (id),
    by_id       UUID   NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (currency_id, agent_id)
);

-- What was bought from its issuer, and at what price: what may be given back, and what the issuer owes in the end.
CREATE TABLE voucher_sales (
    id          UUID   PRIMARY KEY,
    currency_id UUID   NOT NULL REFERENCES currencies (id),
    holder_id   UUID   NOT NULL,
    amount      BIGINT NOT NULL CHECK (amount > 0),
    price_id    UUID   NOT NULL REFERENCES currencies (id),
    price       BIGINT NOT NULL CHECK (price > 0),
    -- The terms that it was sold under.
    version     BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    -- What was given back of it, and what was paid for that.
    returned    BIGINT NOT NULL DEFAULT 0 CHECK (returned BETWEEN 0 AND amount),
    refunded    BIGINT NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND price)
);
CREATE INDEX voucher_sales_by_holder ON voucher_sales (currency_id, holder_id, at);

-- What holders are told once: that a part of what they have ends soon (`expiry`), that a currency is being closed
-- (`closing`), or what its issuer owes them after that (`owed`). It waits for them until the day is over, or there is nothing left that it could be about.
CREATE TABLE currency_notices (
    account_id  UUID    NOT NULL REFERENCES accounts (id),
    kind        TEXT    NOT NULL CHECK (kind IN ('expiry', 'closing', 'owed')),
    -- The end of the day that it is about.
    day         BIGINT  NOT NULL,
    currency_id UUID    NOT NULL REFERENCES currencies (id),
    owner_id    UUID    NOT NULL,
    at          BIGINT  NOT NULL,
    PRIMARY KEY (account_id, kind, day)
);
CREATE INDEX currency_notices_by_owner ON currency_notices (owner_id, day);

-- What an issuer still owes, at the purchase price, to those who held its vouchers when it closed them.
CREATE TABLE currency_owed (
    currency_id UUID   NOT NULL REFERENCES currencies (id),
    holder_id   UUID   NOT NULL,
    amount      BIGINT NOT NULL CHECK (amount > 0),
    price_id    UUID   REFERENCES currencies (id),
    price       BIGINT NOT NULL CHECK (price >= 0),
    paid        BIGINT,
    PRIMARY KEY (currency_id, holder_id)
);

-- How a currency stood at the end of a day, for its course. Sums only go up, but for what is out.
CREATE TABLE currency_days (
    currency_id UUID   NOT NULL REFERENCES currencies (id),
    day         BIGINT NOT NULL,
    out         BIGINT NOT NULL,
    -- All that was ever paid from any account.
    turnover    BIGINT NOT NULL,
    PRIMARY KEY (currency_id, day)
);

-- The last day on which the house looked after it, so that two clocks do it once.
ALTER TABLE currency_states ADD COLUMN tended BIGINT NOT NULL DEFAULT 0;
