//! The chapter about dues and shares: what members, and those who keep the books, can send.

use super::{AS_ADA, AS_BEN, CAM, Trial};
use crate::tests::street::{BEN, NOW, by};
use planet_corridor::actor::Actor;
use planet_dues::acts::tend::{Step, Tend};
use planet_dues::acts::terms::SetTerms;
use planet_dues::rows::lines;
use planet_ontology::ids::{DuesLineId, GroupId, MemberId, ProposalId};
use serde_json::{Value, json};
use uuid::Uuid;

/// What membership costs, and everything that follows from it.
pub(super) async fn with_dues(trial: &mut Trial, currency: Value) {
    let first: String = NOW.plus_seconds(10 * 86_400).rfc3339().chars().take(10).collect();
    let terms = json!({ "terms": {
        "currency": currency, "joining_fee": 100, "dues": 50, "every": "month", "first": first, "share_price": 20,
        "least_shares": 1, "most_shares": 9, "notice_days": 0, "keep_years": 10, "hardship": "Ask Ada.",
    } });
    trial.tries(AS_BEN, "dues.set_terms", terms.clone()).await;
    // The members have agreed.
    let act: SetTerms = serde_json::from_value(terms).unwrap();
    let club = Actor::Group { id: GroupId::CLUB, mandate: ProposalId(Uuid::new_v4()) };
    trial.street.corridor.act(by(club), act).await.unwrap();
    let owe = Tend { step: Step::Owe, ..Tend::default() };
    trial.street.corridor.act(by(Actor::House), owe).await.unwrap();
    let line = line_of(trial, BEN).await;
    trial.tries(AS_BEN, "dues.pay", json!({ "line": line })).await;
    trial.tries(AS_BEN, "dues.choose", json!({ "by_itself": true, "email": "ben@example.org" })).await;
    for_those_who_cannot(trial).await;
    trial.tries(AS_BEN, "dues.buy_shares", json!({ "number": 4, "price": 80 })).await;
    let back = trial.tries(AS_BEN, "dues.ask_repayment", json!({ "number": 1 })).await[0].clone();
    trial.tries(AS_BEN, "dues.keep_shares", json!({ "repayment": back })).await;
    let back = trial.act(AS_BEN, "dues.ask_repayment", &json!({ "number": 1 })).await[0].clone();
    trial.tries(AS_ADA, "dues.repay", json!({ "repayment": back })).await;
    trial.tries(AS_ADA, "dues.take_register", json!({})).await;
}

async fn for_those_who_cannot(trial: &mut Trial) {
    let until = NOW.plus_seconds(90 * 86_400);
    let less = json!({ "kind": "reduce", "percent": 50, "until": until, "words": "A hard month." });
    let relief = trial.tries(AS_BEN, "dues.ask_relief", less.clone()).await;
    trial.tries(AS_BEN, "dues.withdraw_relief", json!({ "relief": relief })).await;
    let relief = trial.act(AS_BEN, "dues.ask_relief", &less).await;
    let answer =
        json!({ "relief": relief, "grant": true, "percent": 40, "until": until, "answer": "Of course." });
    trial.tries(AS_ADA, "dues.answer_relief", answer).await;
    let line = line_of(trial, CAM).await;
    trial.tries(AS_ADA, "dues.waive", json!({ "line": line })).await;
}

async fn line_of(trial: &Trial, member: MemberId) -> DuesLineId {
    trial.street.corridor.store().read(move |tx| lines::of(tx, member, 1)).await.unwrap()[0].id
}
