//! Leaving, and taking everything along. Nobody is kept: whatever the balance, whoever wants to go goes. Only the last one who
//! looks after a group with people in it hands that on first, which needs nobody's consent.

use super::{club, tell_dues};
use crate::rows::members;
use planet_corridor::act::Act;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::acts::Trace;
use planet_ontology::entities::Group;
use planet_ontology::roles::Standing;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{self, MembershipError};
use planet_identity::rows::sessions;

/// Leave the club. The account stays as it is, the identifier stays reachable, all devices are signed out.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Leave {}

impl Act for Leave {
    const NAME: &'static str = "membership.leave";
    const ABOUT: &'static str = "Leave the club.";
    touches!(Group, |_, tx, _| club(tx));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let member = cx.member()?;
        agents::hold_looked_after(tx, member)?;
        if let Some((_, _, group)) = agents::only_steward_of(tx, member)?.into_iter().next() {
            return Err(MembershipError::LastSteward(group).into());
        }
        agents::set_standing(tx, member.into(), Standing::Left)?;
        members::leave_groups(tx, member)?;
        members::end_suspension(tx, member)?;
        planet_places::clear_home(tx, member.into(), cx.now).map_err(error::places)?;
        sessions::end_all(tx, member.into(), None).map_err(error::identity)?;
        tell_dues(tx, cx, "dues.farewell", member)
    }
}

/// Take a copy of everything that the node holds about oneself. The copy itself is the view `membership.my_data`; that it was taken
/// is only counted.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Export {}

impl Act for Export {
    const NAME: &'static str = "membership.export";
    const ABOUT: &'static str = "Take a copy of everything that the club's node holds about you.";
    const TRACE: Trace = Trace::Counted;
    touches!(Group, |_, tx, _| club(tx));
    type Output = ();

    fn perform(&self, _: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        cx.member()?;
        Ok(())
    }
}
