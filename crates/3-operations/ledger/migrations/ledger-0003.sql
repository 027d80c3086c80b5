-- What came to an account without having been earned there; few transfers are of these kinds, so that payments keep their one tree.
CREATE INDEX transfers_unearned ON transfers (credit_id)
    WHERE kind IN ('refund', 'correction', 'exchange', 'issue', 'run-off');

-- What the commons got from payers. Only currencies with a levy pay for it.
CREATE INDEX transfers_levies ON transfers (credit_id) WHERE kind = 'levy';
