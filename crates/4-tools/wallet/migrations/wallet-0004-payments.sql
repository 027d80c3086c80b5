-- How much of each payment was given back.
CREATE TABLE refunded (
    transfer_id UUID   PRIMARY KEY,
    amount      BIGINT NOT NULL CHECK (amount > 0)
);

-- What is put aside for the commons together with a hold.
CREATE TABLE hold_levies (
    hold_id UUID PRIMARY KEY,
    levy_id UUID NOT NULL
);
