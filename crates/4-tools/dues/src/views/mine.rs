//! What is between the viewer and the club: what is owed and was paid, shares, and requests. Nobody else sees it here.

use super::{Money, keeps_books, moneys};
use crate::rows::lines::{self, LineRow};
use crate::rows::people;
use crate::rows::reliefs::{self, ReliefRow};
use crate::rows::shares::{self, LotRow, RepaymentRow};
use crate::rows::terms::in_force;
use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::units::Moment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many lines are shown.
const SHOWN: i64 = 60;
/// How many requests and repayments are shown.
const FEW: i64 = 20;

/// What is between the viewer and the club.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mine {}

/// What the viewer sees of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MineView {
    /// The viewer's name.
    pub name: String,
    /// The viewer's handle.
    pub handle: String,
    /// Since when a member.
    pub since: Moment,
    /// What is owed and was, the newest first.
    pub lines: Vec<LineRow>,
    /// Whether dues are paid by themselves.
    pub by_itself: bool,
    /// Where reminders go.
    pub email: String,
    /// Requests to owe less, the newest first.
    pub reliefs: Vec<ReliefRow>,
    /// Shares by lots, the oldest first.
    pub lots: Vec<LotRow>,
    /// How many shares are held.
    pub held: i64,
    /// How many of those are to be repaid.
    pub asked: i64,
    /// How many more a member has to hold.
    pub missing: i64,
    /// Repayments, the newest first.
    pub repayments: Vec<RepaymentRow>,
    /// The currencies of all this.
    pub moneys: Vec<Money>,
    /// Whether the viewer keeps the club's books.
    pub keeper: bool,
}

impl View for Mine {
    const NAME: &'static str = "dues.mine";
    const ABOUT: &'static str = "Your dues, shares and requests.";
    type Output = MineView;

    fn read(&self, look: &mut Look) -> Result<MineView, Fault> {
        let me = look.member()?;
        let agent = agents::find(look.tx, me.into())?;
        let (name, handle, since) = agent.map(|it| (it.name, it.handle, it.since)).unwrap_or_default();
        let lines = lines::of(look.tx, me, SHOWN)?;
        let lots = shares::lots(look.tx, me)?;
        let repayments = shares::repayments_of(look.tx, me, FEW)?;
        let chosen = people::chosen(look.tx, me)?;
        let held: i64 = lots.iter().map(|lot| lot.kept).sum();
        let least = in_force(look.tx)?.map_or(0, |it| it.terms.least_shares);
        let used = lines.iter().map(|it| it.currency).chain(lots.iter().map(|it| it.currency));
        let used: Vec<_> = used.collect();
        Ok(MineView {
            name,
            handle,
            since,
            by_itself: chosen.by_itself,
            email: chosen.email,
            reliefs: reliefs::of(look.tx, me, FEW)?,
            asked: lots.iter().map(|lot| lot.asked).sum(),
            missing: least.saturating_sub(held).max(0),
            held,
            moneys: moneys(look.tx, used)?,
            keeper: keeps_books(look)?,
            lines,
            lots,
            repayments,
        })
    }
}
