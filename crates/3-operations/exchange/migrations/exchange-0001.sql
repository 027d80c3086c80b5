-- Mails on their way out. The text is forgotten once a mail was sent or given up, since it may hold a link that lets somebody in.
CREATE TABLE mails (
    id        UUID   PRIMARY KEY,
    recipient TEXT   NOT NULL,
    subject   TEXT   NOT NULL,
    body      TEXT   NOT NULL,
    created   BIGINT NOT NULL,
    next_try  BIGINT NOT NULL,
    tries     BIGINT NOT NULL,
    sent      BIGINT,
    failed    BIGINT,
    problem   TEXT   NOT NULL
);

CREATE INDEX mails_waiting ON mails (next_try, id) WHERE sent IS NULL AND failed IS NULL;
