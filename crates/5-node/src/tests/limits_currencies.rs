//! The chapter of currencies in the story of too much: every field of their acts, overdone.

use super::limits::{AS_ADA, AS_BEN, CAM, Trial};
use super::street::{ADA, BEN, NOW};
use planet_ledger::club_credit;
use planet_ontology::ids::CurrencyId;
use planet_store::sql;
use serde_json::{Value, json};

fn terms(acorns: CurrencyId) -> Value {
    json!({
        "holders": "club", "issuers": ["steward"], "price": { "currency": acorns, "give": 90, "get": 100 }, "cap": 100_000,
        "lifetime": 365, "notice": 30, "refund": 14, "demurrage": 0, "levy": 0, "min": 0, "max": 0, "backing": "Bread.",
        "redemption": "At the counter.",
    })
}

fn credit_terms() -> Value {
    json!({
        "holders": "asked", "issuers": ["steward"], "demurrage": 10_000, "levy": 10_000, "min": -500, "max": 500, "soft_min": -100,
        "soft_max": 100, "backing": "Help.", "redemption": "",
    })
}

/// Vouchers and credits, from their design to their end, and rates.
pub async fn with_currencies(trial: &mut Trial) {
    let acorns = trial.street.corridor.store().read(club_credit).await.unwrap().id;
    let group = json!({ "name": "Deli", "purpose": "Soup.", "mode": "trading", "open": false });
    let group = trial.act(AS_ADA, "groups.create", &group).await["group"].clone();
    let design = |code: &str, kind: &str, terms: Value| json!({ "group": group, "code": code, "name": "Dollars", "symbol": "D$", "kind": kind, "decimals": 2, "terms": terms });
    let made = trial.tries(AS_ADA, "currencies.design", design("DELI", "voucher", terms(acorns))).await;
    let deli = made["currency"].clone();
    let hours =
        trial.tries(AS_ADA, "currencies.design", design("HOURS", "mutual-credit", credit_terms())).await;
    let hours = hours["currency"].clone();

    trial.tries(AS_BEN, "currencies.hold", json!({ "currency": deli, "owner": BEN })).await;
    trial.tries(AS_ADA, "currencies.ask", json!({ "currency": hours, "to": CAM })).await;
    let buy = json!({ "currency": deli, "amount": 1_000, "version": 1, "from": BEN });
    let sale = trial.tries(AS_BEN, "currencies.buy", buy).await["sale"].clone();
    trial
        .tries(
            AS_BEN,
            "currencies.redeem",
            json!({ "currency": deli, "amount": 100, "memo": "soup", "from": BEN }),
        )
        .await;
    trial.tries(AS_BEN, "currencies.refund", json!({ "sale": sale, "amount": 100 })).await;
    trial
        .tries(
            AS_ADA,
            "currencies.issue",
            json!({ "currency": deli, "to": BEN, "amount": 100, "reason": "A gift." }),
        )
        .await;
    let rate =
        json!({ "from": acorns, "to": deli, "give": 95, "get": 100, "until": NOW.plus_seconds(86_400) });
    let rate = trial.tries(AS_BEN, "currencies.post_rate", rate).await;
    trial.tries(AS_BEN, "currencies.withdraw_rate", json!({ "rate": rate })).await;
    let offer = json!({ "group": group, "from": acorns, "to": deli, "give": 95, "get": 100, "until": NOW.plus_seconds(86_400) });
    trial.tries(AS_ADA, "currencies.post_group_rate", offer).await;
    let reference = json!({ "from": acorns, "to": deli, "give": 95, "get": 100 });
    trial.tries(AS_ADA, "currencies.set_reference", reference).await;

    let mut changed = terms(acorns);
    changed["notice"] = json!(20);
    trial.tries(AS_ADA, "currencies.change_terms", json!({ "currency": deli, "terms": changed })).await;
    trial.tries(AS_ADA, "currencies.retire", json!({ "currency": deli })).await;
    trial
        .tries(AS_ADA, "currencies.close", json!({ "currency": deli, "days": 60, "reason": "We move away." }))
        .await;
    // As if it had been closed: nothing else of this street lasts so long.
    let (closed, price): (CurrencyId, CurrencyId) = (serde_json::from_value(deli.clone()).unwrap(), acorns);
    let owe = trial.street.corridor.store().write(move |tx| {
        tx.exec(
            sql!("INSERT INTO currency_owed (currency_id, holder_id, amount, price_id, price) VALUES (?1, ?2, 10, ?3, 9)"),
            &[&closed, &ADA, &price],
        )
    });
    owe.await.unwrap();
    trial.tries(AS_ADA, "currencies.pay_owed", json!({ "currency": deli, "to": ADA })).await;
}
