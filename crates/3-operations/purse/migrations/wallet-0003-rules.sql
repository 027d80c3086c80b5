-- How a group's wallet pays: up to which amount who decides. Where nothing stands here its keepers pay alone.
CREATE TABLE spending_rules (
    group_id    UUID   NOT NULL REFERENCES agents (id),
    currency_id UUID   NOT NULL REFERENCES currencies (id),
    alone       BIGINT,
    steps       JSONB  NOT NULL,
    since       BIGINT NOT NULL,
    PRIMARY KEY (group_id, currency_id)
);

-- What keepers of a wallet with a rule spent on their own word: a transfer, a list, or what they put aside.
CREATE TABLE paid_alone (
    id          UUID   PRIMARY KEY,
    group_id    UUID   NOT NULL,
    currency_id UUID   NOT NULL,
    keeper_id   UUID   NOT NULL,
    amount      BIGINT NOT NULL,
    at          BIGINT NOT NULL
);

CREATE INDEX paid_alone_by_keeper ON paid_alone (group_id, keeper_id, at);
