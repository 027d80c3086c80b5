//! Devices and programs: signing out, letting a second device in, approving a program and taking its key away.

use super::own;
use crate::checks;
use crate::keys::error::identity;
use crate::keys::held::{self, NewLink, wrapped};
use crate::keys::label::program_label;
use crate::keys::rows;
use planet_corridor::act::Act;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_identity::rows::{device_keys, device_links, sessions};
use planet_ontology::acts::{Authority, Trace};
use planet_ontology::entities::Profile;
use planet_ontology::ids::SessionId;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Sign one of your devices out.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignOut {
    /// The session of the device, from `membership.devices`.
    pub session: SessionId,
}

impl Act for SignOut {
    const NAME: &'static str = "membership.sign_out";
    const ABOUT: &'static str = "Sign one of your devices out.";
    touches!(Profile, |_, _, actor| own(actor));
    type Output = ();
    const TRACE: Trace = Trace::Counted;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        sessions::end(tx, cx.agent()?, self.session).map_err(identity)
    }
}

/// Sign out everywhere: all devices, all programs, and links that are still open. Passkeys stay.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignOutEverywhere {}

impl Act for SignOutEverywhere {
    const NAME: &'static str = "membership.sign_out_everywhere";
    const ABOUT: &'static str = "Sign out on all devices, and take the keys of all programs away.";
    touches!(Profile, |_, _, actor| own(actor));
    type Output = u64;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<u64, Fault> {
        let agent = cx.agent()?;
        rows::end_other_ways(tx, agent)?;
        sessions::end_all(tx, agent, None).map_err(identity)
    }
}

/// Make a link that lets a second device in once, within ten minutes.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeDeviceLink {
    /// The token of what the browser made; good once.
    pub held: String,
}

impl Act for MakeDeviceLink {
    const NAME: &'static str = "membership.make_device_link";
    const ABOUT: &'static str = "Make a link that lets your second device in.";
    touches!(Profile, |_, _, actor| own(actor));
    type Output = ();
    const AUTHORITY: Authority = Authority::House;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let link: NewLink = held::take(tx, cx, &self.held)?;
        let wrapped = wrapped(&link.wrap).map_err(identity)?;
        let hash = checks::hash(&link.token_hash)?;
        device_links::make_hashed(tx, &hash, cx.agent()?, &wrapped, cx.now).map_err(identity)
    }
}

/// Approve a program that shows a code: from then on its key signs in as you.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveDevice {
    /// The code that the program shows, such as `BDWP-HQPK`.
    pub user_code: String,
}

impl Act for ApproveDevice {
    const NAME: &'static str = "membership.approve_device";
    const ABOUT: &'static str = "Let a program act as you, by the code that it shows.";
    touches!(Profile, |_, _, actor| own(actor));
    /// The label that the program gave itself.
    type Output = String;
    const AUTHORITY: Authority = Authority::House;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<String, Fault> {
        let key = device_keys::approve(tx, &self.user_code, cx.agent()?, cx.now).map_err(identity)?;
        cx.effect(serde_json::json!({ "approved": key.did_key }));
        Ok(key.label)
    }
}

/// Take the key of a program away, which also signs the program out.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveKey {
    /// Its `did:key`.
    pub key: String,
}

impl Act for RemoveKey {
    const NAME: &'static str = "membership.remove_key";
    const ABOUT: &'static str = "Take away the key by which a program signs in as you.";
    touches!(Profile, |_, _, actor| own(actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let agent = cx.agent()?;
        let known =
            device_keys::of(tx, agent).map_err(identity)?.into_iter().find(|it| it.did_key == self.key);
        device_keys::remove(tx, agent, &self.key).map_err(identity)?;
        if let Some(known) = known {
            rows::end_sessions_called(tx, agent, &program_label(&known.label, &known.did_key))?;
        }
        Ok(())
    }
}
