//! What `furnish` lays out for `cargo xtask bench votes`: an open vote of all members, of whom some have voted and some have named
//! others; and payments, so that the log has something to rehearse a change of the rules on.

use planet_corridor::actor::Actor;
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_corridor::task::Call;
use planet_governance::delegates::rows as delegations;
use planet_governance::rows::{self, ProposalRow};
use planet_ontology::ids::{ActKey, GroupId, MemberId, ProposalId};
use planet_ontology::units::Moment;
use planet_policy::counting::Choice;
use planet_policy::procedure::Procedure;
use serde_json::json;
use std::error::Error;
use uuid::Uuid;

/// One in so many members has named another.
const DELEGATING: usize = 50;
/// Payments that are under way at a time.
const AT_A_TIME: u64 = 2_048;

/// Opens a vote on which the first so many members have voted.
pub async fn open(
    corridor: &Corridor,
    members: &[MemberId],
    votes: usize,
    now: Moment,
) -> Result<(), Box<dyn Error>> {
    let opener = *members.first().ok_or("a vote needs members")?;
    let frozen = json!({ "name": "majority", "about": "More than half of those who vote.", "open_for": "168h", "early": true,
        "yes_share": { "share": "1/2", "strict": true } });
    let procedure: Procedure = serde_json::from_value(frozen.clone())?;
    let row = ProposalRow {
        id: ProposalId(Uuid::now_v7()),
        group: GroupId::CLUB,
        opener: opener.into(),
        title: "Buy a second cargo bike.".into(),
        reason: "The first one is always out.".into(),
        act: "wallet.pay".into(),
        args: json!({}),
        procedure: frozen,
        voters: 0,
        opened: now,
        closes: now.plus_seconds(procedure.open_for.0),
        state: "open".into(),
        outcome: String::new(),
    };
    let id = row.id;
    let members = members.to_vec();
    let fill = move |tx: &mut planet_store::Tx| {
        rows::create(tx, &row, &procedure)?;
        for (member, number) in members.iter().take(votes).zip(0_i64..) {
            let choice =
                Choice::ALL.get(usize::try_from(number % 3).unwrap_or(0)).copied().unwrap_or(Choice::Yes);
            rows::cast(tx, row.id, (*member).into(), choice, "", Moment(now.0 + number))?;
        }
        for pair in members.chunks(DELEGATING).filter_map(|some| some.first().zip(some.last())) {
            let (named, by) = pair;
            if named != by {
                delegations::name(tx, (GroupId::CLUB, (*by).into()), "", (*named).into(), now)?;
            }
        }
        Ok::<_, Fault>(())
    };
    corridor.store().write(fill).await?;
    println!("vote {id}");
    Ok(())
}

/// So many payments, everybody paying their neighbour, by the whole way that payments go.
pub async fn pay(
    corridor: &Corridor,
    members: &[MemberId],
    acts: u64,
    clock: fn() -> Moment,
) -> Result<(), Box<dyn Error>> {
    let count = u64::try_from(members.len())?;
    let member = |n: u64| usize::try_from(n % count.max(1)).ok().and_then(|at| members.get(at)).copied();
    for begin in (0..acts).step_by(usize::try_from(AT_A_TIME)?) {
        let mut under_way = tokio::task::JoinSet::new();
        for n in begin..acts.min(begin + AT_A_TIME) {
            let (Some(from), Some(to)) = (member(n), member(n + 1 + n / count.max(1) % (count - 1).max(1)))
            else {
                continue;
            };
            let corridor = corridor.clone();
            let args = json!({ "to": to, "amount": 1 + n % 7, "memo": "" });
            let call = Call { actor: Actor::Member(from), key: ActKey(Uuid::now_v7()), now: clock() };
            under_way.spawn(async move { corridor.act_named(call, "wallet.pay", args).await.map(|_| ()) });
        }
        while let Some(done) = under_way.join_next().await {
            done??;
        }
    }
    Ok(())
}
