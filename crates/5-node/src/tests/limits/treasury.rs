//! The chapter about money of the world: what its holder, its treasurers and those who pay in can send.

use super::{AS_ADA, AS_BEN, AS_CAM, CAM, Trial};
use crate::tests::street::{BEN, by};
use planet_corridor::actor::Actor;
use planet_ontology::ids::{CurrencyId, GroupId, ProposalId};
use planet_ontology::units::Amount;
use planet_treasury::acts::cards::{CardPrepared, CardTold};
use planet_treasury::acts::open::Open;
use serde_json::{Value, json};
use uuid::Uuid;

/// The club holds pounds: Ada keeps its books, Cam takes cash, Ben pays in and is paid out.
pub(super) async fn with_money_of_the_world(trial: &mut Trial) {
    let bank = json!({ "account_name": "Elm Street", "iban": "GB29NWBK60161331926819", "bic": "NWBKGB2L", "sort_code": "601613", "account_number": "31926819" });
    let terms = json!({ "leaving": "All is paid out.", "pace": "Within a week.", "fees": "Nothing.", "cap": 100_000, "cash": [CAM] });
    let open = json!({ "holder": GroupId::CLUB, "iso": "GBP", "bank": bank, "terms": terms });
    trial.tries(AS_ADA, "treasury.open", open.clone()).await;
    let pounds = decided(trial, open).await;
    trial
        .tries(AS_ADA, "treasury.change_terms", json!({ "currency": pounds, "bank": bank, "terms": terms }))
        .await;
    coming_in(trial, pounds).await;
    going_out(trial, pounds, &bank).await;
    on_statements(trial, pounds).await;
    by_card(trial, pounds).await;
    trial.tries(AS_ADA, "treasury.close", json!({ "currency": pounds })).await;
}

/// The two officers have agreed: the club does it.
async fn decided(trial: &Trial, open: Value) -> CurrencyId {
    let open: Open = serde_json::from_value(open).unwrap();
    let club = Actor::Group { id: GroupId::CLUB, mandate: ProposalId(Uuid::new_v4()) };
    trial.street.corridor.act(by(club), open).await.unwrap().output.unwrap().currency
}

async fn coming_in(trial: &mut Trial, pounds: CurrencyId) {
    trial.tries(AS_BEN, "treasury.accept", json!({ "currency": pounds, "of": BEN })).await;
    let ask = |how: &str| json!({ "currency": pounds, "amount": 5_000, "how": how, "named": CAM, "of": BEN });
    let first = trial.tries(AS_BEN, "treasury.ask_pay_in", ask("bank")).await;
    trial
        .tries(AS_ADA, "treasury.confirm_pay_in", json!({ "pay_in": first["pay_in"], "arrived": 5_000 }))
        .await;
    let cash = trial.act(AS_BEN, "treasury.ask_pay_in", &ask("cash")).await;
    trial.tries(AS_CAM, "treasury.confirm_cash", json!({ "pay_in": cash["pay_in"], "arrived": 5_000 })).await;
    let third = trial.act(AS_BEN, "treasury.ask_pay_in", &ask("bank")).await;
    trial.tries(AS_BEN, "treasury.withdraw_pay_in", json!({ "pay_in": third["pay_in"] })).await;
}

async fn going_out(trial: &mut Trial, pounds: CurrencyId, bank: &Value) {
    let account = trial.tries(AS_BEN, "treasury.tell_account", json!({ "bank": bank })).await;
    let ask = json!({ "currency": pounds, "amount": 100, "account": account });
    let first = trial.tries(AS_BEN, "treasury.ask_pay_out", ask.clone()).await;
    let send = json!({ "pay_out": first, "sent_on": "2026-11-20", "bank_reference": "TX 1" });
    trial.tries(AS_ADA, "treasury.send_pay_out", send).await;
    for (who, act, more) in [
        (AS_ADA, "treasury.refuse_pay_out", json!({ "reason": "No such account." })),
        (AS_BEN, "treasury.withdraw_pay_out", json!({})),
    ] {
        let account = trial.act(AS_BEN, "treasury.tell_account", &json!({ "bank": bank })).await;
        let mut ask = ask.clone();
        ask["account"] = account;
        let mut args = more;
        args["pay_out"] = trial.act(AS_BEN, "treasury.ask_pay_out", &ask).await;
        trial.tries(who, act, args).await;
    }
}

/// Ben paid by card, as the processor says, and wants it back.
async fn by_card(trial: &mut Trial, pounds: CurrencyId) {
    let ask = json!({ "currency": pounds, "amount": 900, "how": "card" });
    let coming = trial.act(AS_BEN, "treasury.ask_pay_in", &ask).await;
    let pay_in = serde_json::from_value(coming["pay_in"].clone()).unwrap();
    let prepared = CardPrepared { pay_in, intent: "pi_1".into(), secret: "pi_1_secret_2".into() };
    trial.street.corridor.act(by(Actor::House), prepared).await.unwrap();
    let told = CardTold {
        pay_in,
        intent: "pi_1".into(),
        status: "succeeded".into(),
        amount: Amount(900),
        iso: "GBP".into(),
        ours: true,
        problem: String::new(),
    };
    trial.street.corridor.act(by(Actor::House), told).await.unwrap();
    let back = json!({ "pay_in": coming["pay_in"], "amount": 400 });
    let out = trial.tries(AS_BEN, "treasury.ask_card_back", back).await;
    trial.tries(AS_ADA, "treasury.send_card_back", json!({ "pay_out": out })).await;
}

async fn on_statements(trial: &mut Trial, pounds: CurrencyId) {
    let shape = json!({
        "date": "Date", "amount": "Amount", "money_in": "", "money_out": "", "name": "", "words": "Reference", "id": "",
        "balance": "", "month_first": false,
    });
    let ask = json!({ "currency": pounds, "amount": 700, "how": "bank" });
    let coming = trial.act(AS_BEN, "treasury.ask_pay_in", &ask).await;
    let account = json!({ "bank": { "account_name": "Ben", "iban": "GB29NWBK60161331926819" } });
    let account = trial.act(AS_BEN, "treasury.tell_account", &account).await;
    let ask = json!({ "currency": pounds, "amount": 300, "account": account });
    let going = trial.act(AS_BEN, "treasury.ask_pay_out", &ask).await;
    let statement = "Date,Reference,Amount\n2026-11-20,one,7.00\n2026-11-20,two,-3.00\n2026-11-20,three,1.00\n2026-11-20,four,2.00\n";
    trial
        .tries(
            AS_ADA,
            "treasury.take_statement",
            json!({ "currency": pounds, "statement": statement, "shape": shape }),
        )
        .await;
    let viewer = trial.street.corridor.viewer(crate::tests::street::ADA).await.unwrap();
    let desk = planet_treasury::views::desk::Desk { code: "GBP".into() };
    let desk = trial.street.corridor.view(&viewer, desk, crate::tests::street::NOW).await.unwrap();
    let lines: Vec<Value> = desk.lines.iter().map(|line| json!(line.id)).collect();
    trial
        .tries(AS_ADA, "treasury.match_pay_in", json!({ "line": lines[0], "pay_in": coming["pay_in"] }))
        .await;
    trial.tries(AS_ADA, "treasury.match_pay_out", json!({ "line": lines[1], "pay_out": going })).await;
    trial.tries(AS_ADA, "treasury.credit_line", json!({ "line": lines[2], "owner": BEN })).await;
    let aside = json!({ "line": lines[3], "what": "cards", "kept": 5, "note": "November" });
    trial.tries(AS_ADA, "treasury.set_aside", aside).await;
    trial.tries(AS_ADA, "treasury.put_back", json!({ "line": lines[3] })).await;
    trial.tries(AS_ADA, "treasury.match_all", json!({ "currency": pounds })).await;
    trial
        .tries(
            AS_ADA,
            "treasury.confirm_balance",
            json!({ "currency": pounds, "as_of": "2026-11-20", "amount": 5_000 }),
        )
        .await;
}
