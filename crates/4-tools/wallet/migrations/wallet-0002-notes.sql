-- What the keepers of a wallet note about a transfer. Both sides may: each has notes of its own, which the other never sees. There
-- is no audience here, since those who keep a wallet are fewer than those who see it: views ask who keeps it.
CREATE TABLE transfer_notes (
    wallet_id   UUID   NOT NULL REFERENCES agents (id),
    transfer_id UUID   NOT NULL,
    -- Whose the other account is, so that what was noted of somebody last can be suggested.
    other_id    UUID   NOT NULL,
    category    TEXT   NOT NULL,
    note        TEXT   NOT NULL,
    changed     BIGINT NOT NULL,
    PRIMARY KEY (wallet_id, transfer_id)
);

CREATE INDEX transfer_notes_by_category ON transfer_notes (wallet_id, category);
CREATE INDEX transfer_notes_by_other ON transfer_notes (wallet_id, other_id, changed);

-- Photographs and PDFs that belong to a transfer. The log has their names and hashes only.
CREATE TABLE transfer_attachments ( -- rowid
    id          UUID   PRIMARY KEY,
    wallet_id   UUID   NOT NULL REFERENCES agents (id),
    transfer_id UUID   NOT NULL,
    name        TEXT   NOT NULL,
    kind        TEXT   NOT NULL,
    size        BIGINT NOT NULL,
    hash        BYTEA  NOT NULL,
    added       BIGINT NOT NULL,
    bytes       BYTEA  NOT NULL,
    UNIQUE (wallet_id, transfer_id, hash)
);
