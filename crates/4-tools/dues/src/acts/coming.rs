//! What follows when somebody joins or leaves. The front door says so by name, within the act by which it happens.

use super::{club, relief, shares};
use crate::rows::lines::{self, LineRow};
use crate::rows::people::{self, Chosen};
use crate::rows::{reliefs, shares as lots, terms};
use crate::terms::JOINING_DAYS;
use planet_corridor::act::Act;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::acts::Authority;
use planet_ontology::entities::Group;
use planet_ontology::ids::MemberId;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// How many requests of a member are looked through for one that waits.
const LOOKED_AT: i64 = 20;

/// Write down what a newcomer owes.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Welcome {
    /// Who has joined.
    pub member: MemberId,
}

impl Act for Welcome {
    const NAME: &'static str = "dues.welcome";
    const ABOUT: &'static str = "Write down what a newcomer owes for joining.";
    const AUTHORITY: Authority = Authority::House;
    touches!(Group, |_, tx, _| club(tx));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        people::hold(tx, self.member)?;
        let Some(it) = terms::in_force(tx)? else { return Ok(()) };
        if it.terms.joining_fee.0 == 0 {
            return Ok(());
        }
        let line = LineRow {
            id: cx.id(),
            member: self.member,
            kind: "joining".into(),
            period: "joining".into(),
            currency: it.currency,
            amount: it.terms.joining_fee,
            due: cx.now.plus_seconds(JOINING_DAYS * 86_400),
            state: "owed".into(),
            ended: None,
            transfer: None,
            reminders: 0,
            tried: 0,
            problem: String::new(),
        };
        Ok(lines::owe(tx, &[line])?)
    }
}

/// Write down that a member has left.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Farewell {
    /// Who has left.
    pub member: MemberId,
}

impl Act for Farewell {
    const NAME: &'static str = "dues.farewell";
    const ABOUT: &'static str = "Have the shares of a member who leaves repaid, after the notice.";
    const AUTHORITY: Authority = Authority::House;
    touches!(Group, |_, tx, _| club(tx));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        farewell(tx, cx, self.member)
    }
}

/// Whoever leaves gets their shares back, is not reminded any more, and owes what was due and nothing that comes later.
pub(super) fn farewell(tx: &mut Tx, cx: &mut Cx, member: MemberId) -> Result<(), Fault> {
    if people::hold(tx, member)?.left_at.is_some() {
        return Ok(());
    }
    people::choose(tx, member, &Chosen { by_itself: false, email: String::new(), left_at: Some(cx.now) })?;
    cx.effect(json!({ "left": member }));
    cx.erase_words(tx, member.0)?;
    lines::drop_later(tx, member, cx.now)?;
    for row in reliefs::of(tx, member, LOOKED_AT)?.into_iter().filter(|it| it.state == "asked") {
        relief::withdraw(tx, cx, row)?;
    }
    let notice = terms::in_force(tx)?.map_or(0, |it| it.terms.notice_days);
    let held = lots::held(tx, member)?;
    shares::give_back(tx, cx, member, held, notice)?;
    Ok(())
}
