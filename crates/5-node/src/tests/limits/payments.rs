//! The chapter about payments that are more than one transfer.

use super::{AS_ADA, AS_BEN, Trial};
use crate::tests::street::{ADA, BEN, NOW};
use planet_ledger::{CurrencyKind, LedgerError, NewCurrency, create_currency, open_account};
use planet_ontology::ids::{AccountId, CurrencyId};
use planet_ontology::units::Amount;
use planet_store::sql;
use serde_json::{Value, json};
use uuid::Uuid;

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
    let shares = json!([{ "from": BEN, "amount": 100 }]);
    let split = json!({ "shares": shares, "memo": "dinner", "own": 100, "to": ADA, "currency": currency });
    trial.tries(AS_ADA, "wallet.split", split).await;
    again_and_again(trial, &currency).await;
    exchange(trial, &currency).await;
}

/// Standing payments.
async fn again_and_again(trial: &mut Trial, currency: &Value) {
    let rent = json!({
        "to": BEN, "amount": 100, "memo": "rent", "every": "month", "first": "2027-01-31", "last": "2027-12-31",
        "from": ADA, "currency": currency,
    });
    let standing = json!({ "standing": trial.tries(AS_ADA, "wallet.schedule", rent).await });
    for act in ["wallet.pause_schedule", "wallet.resume_schedule", "wallet.end_schedule"] {
        trial.tries(AS_ADA, act, standing.clone()).await;
    }
}

/// An exchange at a rate that Ada posted.
async fn exchange(trial: &mut Trial, currency: &Value) {
    let (rate, from): (Uuid, Uuid) = (Uuid::from_u128(7), currency.as_str().unwrap().parse().unwrap());
    let post = trial.street.corridor.store().write(move |tx| {
        let new = NewCurrency {
            id: CurrencyId(Uuid::from_u128(8)),
            code: "COINS".into(),
            name: "Coins".into(),
            symbol: "c".into(),
            kind: CurrencyKind::MutualCredit,
            decimals: 2,
            issuer: ADA.into(),
            min: Amount(-10_000),
            max: Amount(10_000),
            soft_min: None,
            soft_max: None,
            lifetime: None,
        };
        // After the club's own credit, which is the oldest of the club's currencies.
        create_currency(tx, &new, NOW.plus_seconds(1))?;
        for (owner, account) in [(ADA, 1), (BEN, 2)] {
            open_account(tx, owner.into(), new.id, AccountId(Uuid::from_u128(account)), NOW)?;
        }
        tx.exec(
            sql!(
                "INSERT INTO rates (id, from_id, to_id, give, get, agent_id, origin, at, until)
                 VALUES (?1, ?2, ?3, 1, 2, ?4, 'posted', ?5, NULL)"
            ),
            &[&rate, &from, &new.id, &ADA, &NOW],
        )?;
        Ok::<_, LedgerError>(())
    });
    post.await.unwrap();
    trial.tries(AS_BEN, "wallet.exchange", json!({ "rate": rate, "give": 100, "from": BEN })).await;
}
