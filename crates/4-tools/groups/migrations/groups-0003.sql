-- Where a group is, what it shows of its people to everybody, and how people come in: a question, an agreement, a message for
-- newcomers, and the procedure by which they are admitted (empty: stewards alone).
ALTER TABLE group_profiles ADD COLUMN place_id UUID;
ALTER TABLE group_profiles ADD COLUMN shown TEXT NOT NULL DEFAULT 'count';
ALTER TABLE group_profiles ADD COLUMN question TEXT NOT NULL DEFAULT '';
ALTER TABLE group_profiles ADD COLUMN agreement TEXT NOT NULL DEFAULT '';
ALTER TABLE group_profiles ADD COLUMN welcome TEXT NOT NULL DEFAULT '';
ALTER TABLE group_profiles ADD COLUMN admission TEXT NOT NULL DEFAULT '';

-- Who is about to come in: those who asked, those who were invited, and those who were told no.
CREATE TABLE group_arrivals (
    group_id  UUID   NOT NULL REFERENCES agents (id),
    member_id UUID   NOT NULL REFERENCES agents (id),
    state     TEXT   NOT NULL CHECK (state IN ('asked', 'invited', 'declined')),
    words     TEXT   NOT NULL,
    by_id     UUID   NOT NULL REFERENCES agents (id),
    at        BIGINT NOT NULL,
    PRIMARY KEY (group_id, member_id)
);
CREATE INDEX group_arrivals_by_member ON group_arrivals (member_id, state);

-- Who agreed to what when they came in.
CREATE TABLE group_agreements (
    group_id  UUID   NOT NULL REFERENCES agents (id),
    member_id UUID   NOT NULL REFERENCES agents (id),
    text      TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (group_id, member_id)
);
