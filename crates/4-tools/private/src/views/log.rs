//! The logs of private conversations as browsers fetch them: bytes, in their order.

use crate::acts::{own_device, part_of};
use crate::rows::log as rows;
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_identity::encoding::b64u;
use planet_ontology::ids::MemberId;
use planet_ontology::units::Moment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How many entries come at once.
const PAGE: i64 = 100;

/// The entries of a conversation after a place.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// Which conversation.
    pub conversation: Uuid,
    /// Only those after this place.
    #[serde(default)]
    pub after: i64,
}

/// One entry. The browser checks the chain of hashes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Entry {
    /// Its place.
    pub position: i64,
    /// The epoch in which it was made.
    pub epoch: i64,
    /// Whether it ends that epoch.
    pub commit: bool,
    /// Its number.
    pub id: Uuid,
    /// Who sent it, as the node knows it.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// Their handle.
    pub handle: String,
    /// From which device.
    pub device: Uuid,
    /// An MLS message in base64url.
    pub body: String,
    /// The archive's copy in base64url.
    pub archive: Option<String>,
    /// The hash of the entry before, base64url.
    pub previous: String,
    /// Its own.
    pub hash: String,
    /// When it came in.
    pub sent: Moment,
}

impl View for Log {
    const NAME: &'static str = "private.log";
    const ABOUT: &'static str =
        "The entries of a private conversation, which only its people's browsers can read.";
    type Output = Vec<Entry>;

    fn read(&self, look: &mut Look) -> Result<Vec<Entry>, Fault> {
        let (row, _) = part_of(look.tx, self.conversation, look.viewer.actor.member())?;
        let entries = rows::after(look.tx, row.id, self.after, PAGE)?;
        Ok(entries.into_iter().map(Entry::from).collect())
    }
}

impl From<rows::Entry> for Entry {
    fn from(row: rows::Entry) -> Self {
        Self {
            position: row.position,
            epoch: row.epoch,
            commit: row.commit,
            id: row.id,
            member: row.member,
            name: row.name,
            handle: row.handle,
            device: row.device,
            body: b64u(&row.body),
            archive: row.archive.as_deref().map(b64u),
            previous: b64u(&row.previous),
            hash: b64u(&row.hash),
            sent: row.sent,
        }
    }
}

/// What waits for a device of the viewer.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Welcomes {
    /// Which device.
    pub device: Uuid,
}

/// A welcome.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Welcome {
    /// Into which conversation.
    pub conversation: Uuid,
    /// The place of the commit that let the device in; what comes after is for it.
    pub position: i64,
    /// An MLS welcome in base64url.
    pub body: String,
}

impl View for Welcomes {
    const NAME: &'static str = "private.welcomes";
    const ABOUT: &'static str =
        "What lets one of one's browsers into conversations, until it has fetched it.";
    type Output = Vec<Welcome>;

    fn read(&self, look: &mut Look) -> Result<Vec<Welcome>, Fault> {
        let me = look.member()?;
        let device = own_device(look.tx, self.device, me)?;
        let waiting = rows::welcomes(look.tx, device.id)?.into_iter();
        Ok(waiting
            .map(|(conversation, position, body)| Welcome { conversation, position, body: b64u(&body) })
            .collect())
    }
}

/// The viewer's locked ring of keys.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Keys {}

/// A locked ring of keys.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct KeyRing {
    /// Its version, nought where there is none.
    pub version: i64,
    /// The ring in base64url, empty where there is none.
    pub body: String,
}

impl View for Keys {
    const NAME: &'static str = "private.keys";
    const ABOUT: &'static str = "One's own locked keys of past private messages.";
    type Output = KeyRing;

    fn read(&self, look: &mut Look) -> Result<KeyRing, Fault> {
        let me = look.member()?;
        let (version, body) = rows::keys(look.tx, me)?.unwrap_or_default();
        Ok(KeyRing { version, body: b64u(&body) })
    }
}
