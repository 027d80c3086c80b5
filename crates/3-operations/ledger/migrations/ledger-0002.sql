-- How long what is issued can be spent, in seconds; nothing where it never ends.
ALTER TABLE currencies ADD COLUMN lifetime BIGINT;

-- What a payer adds to each payment for the commons, in millionths, and who keeps the commons; the issuer if nobody is named.
ALTER TABLE currencies ADD COLUMN levy BIGINT NOT NULL DEFAULT 0 CHECK (levy BETWEEN 0 AND 1000000);
ALTER TABLE currencies ADD COLUMN commons_id UUID;

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
