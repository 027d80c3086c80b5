-- Times are microseconds since 1970. Every table has the agent by which it would be sharded, or a hash that is unique by chance.

-- One identifier per agent whose log is hosted here. `version` is that of its newest entry. `sealed` holds the keys of identities that
-- the node keeps for their owners, encrypted; NULL when the owner holds them.
CREATE TABLE dids (
    agent_id UUID PRIMARY KEY,
    did TEXT NOT NULL,
    scid TEXT NOT NULL,
    place TEXT NOT NULL,
    version BIGINT NOT NULL,
    sealed BYTEA,
    created BIGINT NOT NULL
);
CREATE UNIQUE INDEX dids_scid ON dids (scid);
CREATE UNIQUE INDEX dids_place ON dids (place);
CREATE UNIQUE INDEX dids_did ON dids (did);

-- The entries as they were signed, character by character.
CREATE TABLE did_entries (
    agent_id UUID NOT NULL,
    version BIGINT NOT NULL,
    entry TEXT NOT NULL,
    added BIGINT NOT NULL,
    PRIMARY KEY (agent_id, version)
);

CREATE TABLE passkeys (
    credential_id BYTEA PRIMARY KEY,
    agent_id UUID NOT NULL,
    passkey JSONB NOT NULL,
    label TEXT NOT NULL,
    counter BIGINT NOT NULL,
    created BIGINT NOT NULL,
    last_used BIGINT
);
CREATE INDEX passkeys_agent ON passkeys (agent_id);

-- `previous_hash` is the token before the last rotation, good for a moment longer.
CREATE TABLE sessions (
    id UUID PRIMARY KEY,
    agent_id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    previous_hash BYTEA,
    rotated BIGINT NOT NULL,
    label TEXT NOT NULL,
    created BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    expires BIGINT NOT NULL
);
CREATE UNIQUE INDEX sessions_token ON sessions (token_hash);
CREATE INDEX sessions_previous ON sessions (previous_hash);
CREATE INDEX sessions_agent ON sessions (agent_id);
CREATE INDEX sessions_expires ON sessions (expires);

CREATE TABLE challenges (
    token_hash BYTEA PRIMARY KEY,
    purpose TEXT NOT NULL,
    agent_id UUID,
    state JSONB NOT NULL,
    expires BIGINT NOT NULL,
    used BIGINT
);
CREATE INDEX challenges_expires ON challenges (expires);

-- What the browser encrypted. The node can't read it.
CREATE TABLE vaults (
    agent_id UUID PRIMARY KEY,
    version BIGINT NOT NULL,
    ciphertext BYTEA NOT NULL,
    updated BIGINT NOT NULL
);

CREATE TABLE vault_wraps (
    agent_id UUID NOT NULL,
    kind TEXT NOT NULL,
    reference TEXT NOT NULL,
    wrapped BYTEA NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (agent_id, kind, reference)
);

CREATE TABLE recovery_codes (
    agent_id UUID NOT NULL,
    number BIGINT NOT NULL,
    auth_hash BYTEA NOT NULL,
    wrapped BYTEA NOT NULL,
    created BIGINT NOT NULL,
    used BIGINT,
    PRIMARY KEY (agent_id, number)
);
CREATE UNIQUE INDEX recovery_codes_auth ON recovery_codes (auth_hash);

CREATE TABLE device_keys (
    did_key TEXT PRIMARY KEY,
    agent_id UUID NOT NULL,
    label TEXT NOT NULL,
    created BIGINT NOT NULL,
    last_used BIGINT
);
CREATE INDEX device_keys_agent ON device_keys (agent_id);

CREATE TABLE device_grants (
    user_code TEXT PRIMARY KEY,
    did_key TEXT NOT NULL,
    label TEXT NOT NULL,
    expires BIGINT NOT NULL,
    approved_by UUID
);
CREATE INDEX device_grants_expires ON device_grants (expires);

CREATE TABLE device_links (
    token_hash BYTEA PRIMARY KEY,
    agent_id UUID NOT NULL,
    wrapped BYTEA NOT NULL,
    expires BIGINT NOT NULL,
    used BIGINT
);
CREATE INDEX device_links_expires ON device_links (expires);
