-- What the node watches of members' coins. Every row belongs to one member, who alone sees it; no row holds a key that can spend.

-- One watched wallet for each chain: an account's public key (Bitcoin) or an address (EVM).
CREATE TABLE crypto_wallets (
    owner_id UUID   NOT NULL REFERENCES agents (id),
    chain    TEXT   NOT NULL,
    network  TEXT   NOT NULL,
    key      TEXT   NOT NULL,
    created  BIGINT NOT NULL,
    PRIMARY KEY (owner_id, chain),
    CHECK (chain IN ('bitcoin', 'evm'))
);

-- Its addresses. Branch 0 is for receiving, 1 for change; `looked` says whether the chain was asked what lies there already.
CREATE TABLE crypto_addresses (
    owner_id UUID    NOT NULL,
    chain    TEXT    NOT NULL,
    branch   BIGINT  NOT NULL,
    position BIGINT  NOT NULL,
    address  TEXT    NOT NULL,
    handed   BIGINT,
    used     BOOLEAN NOT NULL,
    looked   BOOLEAN NOT NULL,
    PRIMARY KEY (owner_id, chain, branch, position)
);

CREATE INDEX crypto_addresses_by_address ON crypto_addresses (chain, address);

-- Transactions. Without a height they wait; with one they are confirmed, and a reorganisation may take the height away again.
CREATE TABLE crypto_transactions (
    owner_id   UUID    NOT NULL,
    chain      TEXT    NOT NULL,
    tx         TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    height     BIGINT,
    block_time BIGINT,
    first_seen BIGINT  NOT NULL,
    fee        TEXT    NOT NULL,
    failed     BOOLEAN NOT NULL,
    mined      BOOLEAN NOT NULL,
    raw        TEXT    NOT NULL,
    problem    TEXT    NOT NULL,
    PRIMARY KEY (owner_id, chain, tx),
    CHECK (state IN ('queued', 'seen', 'refused', 'gone'))
);

CREATE INDEX crypto_transactions_by_height ON crypto_transactions (chain, height);

-- What a transaction moves: booked in satoshis or gwei (absent where it does not fit), exactly in the smallest unit beside it.
CREATE TABLE crypto_moves (
    owner_id UUID   NOT NULL,
    chain    TEXT   NOT NULL,
    tx       TEXT   NOT NULL,
    position BIGINT NOT NULL,
    asset    TEXT   NOT NULL,
    other    TEXT   NOT NULL,
    booked   BIGINT,
    exact    TEXT   NOT NULL,
    PRIMARY KEY (owner_id, chain, tx, position)
);

-- Coins of chains that have coins.
CREATE TABLE crypto_coins (
    owner_id UUID   NOT NULL,
    chain    TEXT   NOT NULL,
    tx       TEXT   NOT NULL,
    output   BIGINT NOT NULL,
    branch   BIGINT NOT NULL,
    position BIGINT NOT NULL,
    sats     BIGINT NOT NULL,
    spent_by TEXT,
    PRIMARY KEY (owner_id, chain, tx, output)
);

CREATE INDEX crypto_coins_spent ON crypto_coins (owner_id, chain, spent_by);

-- Tokens that a member keeps in the list, as the contract described itself when the member added it.
CREATE TABLE crypto_tokens (
    owner_id UUID   NOT NULL,
    contract TEXT   NOT NULL,
    symbol   TEXT   NOT NULL,
    decimals BIGINT NOT NULL,
    PRIMARY KEY (owner_id, contract)
);

-- Balances of chains that have accounts.
CREATE TABLE crypto_balances (
    owner_id UUID   NOT NULL,
    chain    TEXT   NOT NULL,
    asset    TEXT   NOT NULL,
    booked   BIGINT,
    exact    TEXT   NOT NULL,
    height   BIGINT NOT NULL,
    PRIMARY KEY (owner_id, chain, asset)
);

-- The last blocks that were followed, to notice when the chain goes another way.
CREATE TABLE crypto_blocks (
    chain   TEXT   NOT NULL,
    network TEXT   NOT NULL,
    height  BIGINT NOT NULL,
    hash    TEXT   NOT NULL,
    PRIMARY KEY (chain, network, height)
);
