-- How long what is issued can be spent, in seconds; nothing where it never ends.
ALTER TABLE currencies ADD COLUMN lifetime BIGINT;

-- Whether what lies on the account ends at some time, so that `lots` say how much of it when. An issuer's never does.
ALTER TABLE accounts ADD COLUMN dated BOOLEAN NOT NULL DEFAULT FALSE;

-- For what goes through all accounts of a currency, a piece at a time.
CREATE INDEX accounts_by_currency ON accounts (currency_id, id);

-- What lies on a dated account, by the moment at which it ends. The lots of an account add up to its balance.
CREATE TABLE lots (
    account_id UUID   NOT NULL REFERENCES accounts (id),
    expires    BIGINT NOT NULL,
    amount     BIGINT NOT NULL CHECK (amount > 0),
    PRIMARY KEY (account_id, expires)
);
CREATE INDEX lots_by_expiry ON lots (expires, account_id);
