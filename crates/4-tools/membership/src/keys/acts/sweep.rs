//! Forgetting what has expired at the door. The node does it by itself, every hour.

use crate::keys::error::identity;
use planet_corridor::act::{Act, Resource};
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_identity::rows::{challenges, device_keys, device_links, sessions};
use planet_ontology::acts::{Authority, Trace};
use planet_ontology::entities::Group;
use planet_ontology::ids::GroupId;
use planet_ontology::roles::Mode;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// How often it is done, in seconds.
const EVERY: i64 = 3_600;

/// Forget what has expired: sessions, steps, links, codes of programs.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sweep {}

impl Act for Sweep {
    const NAME: &'static str = "membership.sweep";
    const ABOUT: &'static str = "Forget sessions, steps, links and codes that have expired.";
    type Output = ();
    const TRACE: Trace = Trace::Counted;
    const AUTHORITY: Authority = Authority::House;

    touches!(Group, |_, _, _| {
        let club = Group { mode: Mode::Trading.word().into(), open: false, club: true };
        Ok(Resource::club(GroupId::CLUB, &club))
    });

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        sessions::sweep(tx, cx.now).map_err(identity)?;
        challenges::sweep(tx, cx.now).map_err(identity)?;
        device_links::sweep(tx, cx.now).map_err(identity)?;
        device_keys::sweep(tx, cx.now).map_err(identity)?;
        cx.later_once(tx, cx.now.plus_seconds(EVERY), Self::NAME, &json!({}))
    }
}
