//! Taking a copy of the register of members: who may do that may also see the whole of it.

use super::club;
use planet_corridor::act::Act;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::entities::Group;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Take a copy of the register of members. The copy itself is the view `dues.register`.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeRegister {}

impl Act for TakeRegister {
    const NAME: &'static str = "dues.take_register";
    const ABOUT: &'static str = "See the whole register of members, and take a copy of it.";
    touches!(Group, |_, tx, _| club(tx));
    type Output = ();

    fn perform(&self, _: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        cx.member()?;
        Ok(())
    }
}
