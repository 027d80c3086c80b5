//! What is asked of the card processor and what it answers, as far as we read it.

use super::CardError;
use planet_ontology::units::Amount;
use serde_json::Value;
use uuid::Uuid;

/// What is to be paid by card.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// Our own id of it: also the idempotency key.
    pub id: Uuid,
    /// The club that asks, by its origin: several may share an account at the processor.
    pub club: &'a str,
    /// How much, in minor units.
    pub amount: Amount,
    /// The code of the money, such as `GBP`.
    pub iso: &'a str,
}

/// A `PaymentIntent`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// The processor's id of it: `pi_…`.
    pub id: String,
    /// The secret with which the payer's browser confirms it.
    pub secret: String,
    /// `requires_payment_method`, `requires_action`, `processing`, `succeeded`, `canceled` and the like.
    pub status: String,
    /// What was received if it succeeded, otherwise what is asked, in minor units.
    pub amount: Amount,
    /// The code of the money, in capitals.
    pub iso: String,
    /// Our own id of it, as we wrote it down there.
    pub order: String,
    /// The club that asked, as we wrote it down there.
    pub club: String,
    /// Why the last attempt failed, in the processor's code.
    pub problem: String,
}

/// Money given back to a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// The processor's id of it: `re_…`.
    pub id: String,
    /// How much, in minor units.
    pub amount: Amount,
    /// `pending`, `succeeded`, `failed` or `canceled`.
    pub status: String,
    /// Our own id of it, as we wrote it down there.
    pub order: String,
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn amount(value: &Value, name: &str) -> Option<Amount> {
    value.get(name).and_then(Value::as_i64).map(Amount)
}

impl Intent {
    /// Reads an answer.
    pub(super) fn read(value: &Value) -> Result<Self, CardError> {
        let metadata = value.get("metadata").unwrap_or(&Value::Null);
        let received = amount(value, "amount_received").filter(|it| it.0 > 0);
        let problem = value.get("last_payment_error").map(|error| text(error, "code")).unwrap_or_default();
        let read = Self {
            id: text(value, "id"),
            secret: text(value, "client_secret"),
            status: text(value, "status"),
            amount: received.or_else(|| amount(value, "amount")).ok_or(CardError::Unclear)?,
            iso: text(value, "currency").to_uppercase(),
            order: text(metadata, "planet_order"),
            club: text(metadata, "planet_club"),
            problem,
        };
        if read.id.starts_with("pi_") && !read.status.is_empty() { Ok(read) } else { Err(CardError::Unclear) }
    }
}

impl Refund {
    /// Reads an answer.
    pub(super) fn read(value: &Value) -> Result<Self, CardError> {
        let metadata = value.get("metadata").unwrap_or(&Value::Null);
        let read = Self {
            id: text(value, "id"),
            amount: amount(value, "amount").ok_or(CardError::Unclear)?,
            status: text(value, "status"),
            order: text(metadata, "planet_order"),
        };
        if read.id.starts_with("re_") { Ok(read) } else { Err(CardError::Unclear) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_was_received_counts_before_what_was_asked() {
        let said = json!({ "id": "pi_1", "status": "succeeded", "amount": 5_000, "amount_received": 4_000, "currency": "gbp",
            "metadata": { "planet_order": "x", "planet_club": "https://club.example" } });
        let intent = Intent::read(&said).unwrap();
        assert_eq!((intent.amount, intent.iso.as_str(), intent.order.as_str()), (Amount(4_000), "GBP", "x"));
        for wrong in [
            json!({}),
            json!({ "id": "ch_1", "status": "succeeded", "amount": 1 }),
            json!({ "id": "pi_1", "amount": 1 }),
        ] {
            assert_eq!(Intent::read(&wrong), Err(CardError::Unclear), "{wrong}");
        }
    }
}
