-- Money of the world: who holds it, on what terms. One row for each conventional currency of the ledger.
CREATE TABLE holdings (
    currency_id    UUID   PRIMARY KEY,
    holder_id      UUID   NOT NULL REFERENCES agents (id),
    -- ISO 4217, such as GBP.
    iso            TEXT   NOT NULL,
    -- The holder's account at its bank, as those who pay in need it.
    account_name   TEXT   NOT NULL,
    iban           TEXT   NOT NULL,
    bic            TEXT   NOT NULL,
    sort_code      TEXT   NOT NULL,
    account_number TEXT   NOT NULL,
    -- The terms, in plain words.
    leaving        TEXT   NOT NULL,
    pace           TEXT   NOT NULL,
    fees           TEXT   NOT NULL,
    -- How much all claims together may come to.
    cap            BIGINT NOT NULL CHECK (cap > 0),
    opened         BIGINT NOT NULL,
    -- When the holder decided to stop; from then on money only goes out.
    closing        BIGINT
);
CREATE INDEX holdings_by_holder ON holdings (holder_id);

-- Who takes cash for a holder.
CREATE TABLE holding_cash (
    currency_id UUID NOT NULL REFERENCES holdings (currency_id),
    member_id   UUID NOT NULL REFERENCES agents (id),
    PRIMARY KEY (currency_id, member_id)
);

-- Money on its way in. What arrived may differ from what was announced.
CREATE TABLE pay_ins (
    id           UUID   PRIMARY KEY,
    currency_id  UUID   NOT NULL REFERENCES holdings (currency_id),
    owner_id     UUID   NOT NULL REFERENCES agents (id),
    -- bank, cash or card.
    how          TEXT   NOT NULL,
    amount       BIGINT NOT NULL CHECK (amount > 0),
    reference    TEXT   NOT NULL UNIQUE,
    -- waiting, arrived or withdrawn.
    state        TEXT   NOT NULL,
    asked        BIGINT NOT NULL,
    expires      BIGINT NOT NULL,
    -- Who is to be handed the cash.
    named_id     UUID   REFERENCES agents (id),
    arrived      BIGINT,
    ended        BIGINT,
    -- Who confirmed it; nobody where the card processor did.
    confirmed_by UUID   REFERENCES agents (id),
    transfer_id  UUID,
    -- The line of a bank statement that shows it.
    line_id      UUID   UNIQUE
);
CREATE INDEX pay_ins_by_state ON pay_ins (currency_id, state, asked);
CREATE INDEX pay_ins_by_owner ON pay_ins (owner_id, asked);
CREATE INDEX pay_ins_named ON pay_ins (named_id) WHERE state = 'waiting';

-- Where a member wants to be paid out to. Seen by the member and by the holder's treasurers, and forgotten when done.
CREATE TABLE bank_accounts (
    id             UUID   PRIMARY KEY,
    owner_id       UUID   NOT NULL REFERENCES agents (id),
    account_name   TEXT   NOT NULL,
    iban           TEXT   NOT NULL,
    bic            TEXT   NOT NULL,
    sort_code      TEXT   NOT NULL,
    account_number TEXT   NOT NULL,
    created        BIGINT NOT NULL
);

-- Money on its way out. The amount is put aside in the ledger until it was sent or refused.
CREATE TABLE pay_outs (
    id             UUID   PRIMARY KEY,
    currency_id    UUID   NOT NULL REFERENCES holdings (currency_id),
    owner_id       UUID   NOT NULL REFERENCES agents (id),
    amount         BIGINT NOT NULL CHECK (amount > 0),
    reference      TEXT   NOT NULL UNIQUE,
    -- asked, sending (to a card), sent, refused or withdrawn.
    state          TEXT   NOT NULL,
    asked          BIGINT NOT NULL,
    hold_id        UUID   NOT NULL,
    expires        BIGINT NOT NULL,
    account_id     UUID,
    -- The name on the account and its last digits, which stay when the rest is forgotten.
    payee          TEXT   NOT NULL,
    tail           TEXT   NOT NULL,
    -- The pay-in by card that this gives back.
    card_pay_in_id UUID   REFERENCES pay_ins (id),
    ended          BIGINT,
    ended_by       UUID   REFERENCES agents (id),
    -- The day on which the bank was told, as 2026-11-27, and the bank's own reference.
    sent_on        TEXT   NOT NULL,
    bank_reference TEXT   NOT NULL,
    reason         TEXT   NOT NULL,
    transfer_id    UUID,
    line_id        UUID   UNIQUE
);
CREATE INDEX pay_outs_by_state ON pay_outs (currency_id, state, asked);
CREATE INDEX pay_outs_by_owner ON pay_outs (owner_id, asked);

-- What the bank says: lines of statements, each once, however often a statement is uploaded.
CREATE TABLE bank_lines (
    id          UUID   PRIMARY KEY,
    currency_id UUID   NOT NULL REFERENCES holdings (currency_id),
    -- The bank's own id of the line, or a hash of what it says.
    mark        TEXT   NOT NULL,
    booked      TEXT   NOT NULL,
    amount      BIGINT NOT NULL CHECK (amount <> 0),
    name        TEXT   NOT NULL,
    words       TEXT   NOT NULL,
    -- open, matched or set aside.
    state       TEXT   NOT NULL,
    -- What it was: pay-in, pay-out, cash, cards or own.
    what        TEXT   NOT NULL,
    note        TEXT   NOT NULL,
    -- What the card processor kept of what it passed on.
    kept        BIGINT NOT NULL CHECK (kept >= 0),
    taken       BIGINT NOT NULL,
    -- Where it stood on the statement.
    place       BIGINT NOT NULL,
    taken_by    UUID   NOT NULL REFERENCES agents (id),
    settled_by  UUID   REFERENCES agents (id),
    UNIQUE (currency_id, mark)
);
CREATE INDEX bank_lines_by_state ON bank_lines (currency_id, state, booked);

-- What a treasurer saw at the bank, and when.
CREATE TABLE bank_balances (
    id          UUID   PRIMARY KEY,
    currency_id UUID   NOT NULL REFERENCES holdings (currency_id),
    as_of       TEXT   NOT NULL,
    amount      BIGINT NOT NULL,
    told        BIGINT NOT NULL,
    told_by     UUID   NOT NULL REFERENCES agents (id)
);
CREATE INDEX bank_balances_latest ON bank_balances (currency_id, as_of, told);

-- How this holder's bank writes its CSV, remembered from the last upload.
CREATE TABLE csv_shapes (
    currency_id UUID  PRIMARY KEY REFERENCES holdings (currency_id),
    shape       JSONB NOT NULL
);
