//! The chapter about payments that are more than one transfer.

use super::{AS_ADA, AS_BEN, Trial};
use crate::tests::street::{ADA, BEN};
use serde_json::{Value, json};

/// Put aside, give back, pay a list, choose the currency of the total.
pub(super) async fn with_more_than_one_transfer(trial: &mut Trial, currency: Value) {
    let put_aside = json!({ "to": BEN, "amount": 300, "memo": "deposit", "seconds": 86_400, "from": ADA, "currency": currency });
    let hold = trial.tries(AS_ADA, "wallet.hold", put_aside.clone()).await["hold"].clone();
    let taken = trial.tries(AS_BEN, "wallet.settle", json!({ "hold": hold, "amount": 200 })).await;
    let hold = trial.act(AS_ADA, "wallet.hold", &put_aside).await["hold"].clone();
    trial.tries(AS_ADA, "wallet.release", json!({ "hold": hold })).await;
    let back = json!({ "transfer": taken["transfer"], "amount": 50, "memo": "too much" });
    trial.tries(AS_BEN, "wallet.refund", back).await;
    let rows = json!([{ "to": BEN, "amount": 300, "memo": "wage" }]);
    trial.tries(AS_ADA, "wallet.pay_many", json!({ "rows": rows, "from": ADA, "currency": currency })).await;
    trial.tries(AS_ADA, "wallet.set_home", json!({ "currency": currency })).await;
}
