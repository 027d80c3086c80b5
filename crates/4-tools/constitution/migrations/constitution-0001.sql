-- Which decision made which version of the rules so.
CREATE TABLE amendments (
    version BIGINT PRIMARY KEY REFERENCES rules (version),
    act     TEXT   NOT NULL,
    title   TEXT   NOT NULL,
    mandate UUID
);

-- What changes of the rules would have done, by the SHA-256 of the report.
CREATE TABLE rehearsals (
    hash   TEXT   PRIMARY KEY,
    report JSONB  NOT NULL,
    made   BIGINT NOT NULL
);
