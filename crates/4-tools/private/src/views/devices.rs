//! Devices as their owner sees them, and what others need to know of somebody before they write.

use super::did_of;
use crate::error::PrivateError;
use crate::rows::devices as rows;
use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::MemberId;
use planet_ontology::units::Moment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The viewer's own devices.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Devices {}

/// One of one's own devices.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Device {
    /// Which.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Since when.
    pub added: Moment,
    /// When it was taken out of use.
    pub revoked: Option<Moment>,
    /// How many key packages are left for others.
    pub packages: i64,
}

/// The viewer, and where private messages can be read.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DevicesView {
    /// The viewer.
    pub me: MemberId,
    /// The viewer's identifier, if they hold its keys.
    pub did: Option<String>,
    /// The devices, those in use first.
    pub devices: Vec<Device>,
}

impl View for Devices {
    const NAME: &'static str = "private.devices";
    const ABOUT: &'static str = "The browsers in which one reads private messages.";
    type Output = DevicesView;

    fn read(&self, look: &mut Look) -> Result<DevicesView, Fault> {
        let me = look.member()?;
        let now = look.now;
        let devices = rows::of(look.tx, me, now)?.into_iter().map(|row| Device {
            id: row.id,
            name: row.name,
            added: row.added,
            revoked: row.revoked,
            packages: row.packages,
        });
        Ok(DevicesView { me, did: did_of(look.tx, me)?, devices: devices.collect() })
    }
}

/// Somebody to write to.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Their handle.
    pub handle: String,
}

/// Somebody, and whether they can be written to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PersonView {
    /// Who.
    pub id: MemberId,
    /// Name.
    pub name: String,
    /// Handle.
    pub handle: String,
    /// Their identifier, if they hold its keys.
    pub did: Option<String>,
    /// The viewer's own.
    pub own_did: Option<String>,
    /// Whether they have a device in use.
    pub reachable: bool,
}

impl View for Person {
    const NAME: &'static str = "private.person";
    const ABOUT: &'static str =
        "Whether somebody can be written to in private, and the identifier to compare.";
    type Output = PersonView;

    fn read(&self, look: &mut Look) -> Result<PersonView, Fault> {
        let me = look.member()?;
        let agent = agents::find_by_handle(look.tx, &self.handle)?;
        let agent = agent.filter(|agent| agent.kind == "member" && agent.standing != "left");
        let agent = agent.ok_or(PrivateError::MemberUnknown)?;
        let id = MemberId(agent.id.0);
        Ok(PersonView {
            id,
            name: agent.name,
            handle: agent.handle,
            did: did_of(look.tx, id)?,
            own_did: did_of(look.tx, me)?,
            reachable: !rows::in_use(look.tx, &[id])?.is_empty(),
        })
    }
}
