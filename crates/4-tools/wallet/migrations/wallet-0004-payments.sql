-- How much of each payment was given back.
CREATE TABLE refunded (
    transfer_id UUID   PRIMARY KEY,
    amount      BIGINT NOT NULL CHECK (amount > 0)
);

-- What was put aside by members: what is put aside for the commons with it, and the transfer by which it was taken.
CREATE TABLE wallet_holds (
    hold_id   UUID PRIMARY KEY,
    debit_id  UUID NOT NULL,
    credit_id UUID NOT NULL,
    levy_id   UUID,
    paid_id   UUID
);
CREATE INDEX wallet_holds_by_payer ON wallet_holds (debit_id);
CREATE INDEX wallet_holds_by_payee ON wallet_holds (credit_id);

-- The currency in which a member wants to see what everything is worth together.
CREATE TABLE wallet_settings (
    member_id UUID PRIMARY KEY,
    home_id   UUID NOT NULL REFERENCES currencies (id)
);
