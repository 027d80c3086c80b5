//! Devices: a browser that its owner vouches for, and the key packages with which others take it into conversations.

use super::{conversation_resource, device_resource, own_device, part_of};
use crate::error::PrivateError;
use crate::frame;
use crate::rows::{devices as rows, people, quota};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_identity::encoding::{b64u, jcs, sha256};
use planet_identity::rows::did_logs;
use planet_identity::webvh::member::assertion_keys;
use planet_identity::{keys, multi};
use planet_ontology::acts::Trace;
use planet_ontology::entities::{Conversation, Profile};
use planet_ontology::hex;
use planet_ontology::ids::MemberId;
use planet_ontology::units::{Moment, longer_than};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// In how many browsers a member may read private messages at a time.
pub const MOST_DEVICES: i64 = 10;
/// The longest name of a device, in characters.
pub const MAX_NAME: u32 = 40;
/// How many one-time packages are kept for a device.
pub const MOST_PACKAGES: usize = 100;
/// The largest key package, in bytes; ours have some 900.
const MAX_PACKAGE: usize = 8 * 1024;
/// How long a package may be used, in seconds: a month and a few days (RFC 9420 leaves it to us).
const LONGEST_LIFE: i64 = 35 * 86_400;
/// The longest credential, in bytes.
const MAX_CREDENTIAL: usize = 2 * 1024;
/// How many packages a member takes in a day: several large groups, and not the stock of everybody.
const DAILY_PACKAGES: i64 = 2_000;

/// What a member signs for a device of theirs. docs/protocols/private.md, section 2.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Credential {
    v: u8,
    did: String,
    device: Uuid,
    key: String,
    by: String,
    signature: String,
}

/// Set a browser up for private messages.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddDevice {
    /// Its id, made by itself.
    pub device: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// What proves that it is theirs: canonical JSON, signed by one of the member's keys.
    pub credential: String,
}

impl Act for AddDevice {
    const NAME: &'static str = "private.add_device";
    const ABOUT: &'static str = "Set a browser up for private messages.";
    const TRACE: Trace = Trace::Counted;
    type Touches = Profile;
    type Output = ();

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(Resource::club(self.device, &Profile { own: true }))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let me = cx.member()?;
        let name = checked_name(&self.name)?;
        let held = rows::of(tx, me, cx.now)?;
        let used = held.iter().filter(|device| device.revoked.is_none()).count();
        if i64::try_from(used).is_ok_and(|used| used >= MOST_DEVICES) {
            return Err(PrivateError::TooManyDevices(MOST_DEVICES).into());
        }
        check_credential(tx, me, self.device, &self.credential)?;
        if rows::add(tx, self.device, me, &name, &self.credential, cx.now)? {
            return Ok(());
        }
        Err(PrivateError::DeviceTaken.into())
    }
}

/// Others' browsers check the same again, and trust nobody here; this spares them what cannot be right.
fn check_credential(tx: &mut Tx, member: MemberId, device: Uuid, text: &str) -> Result<(), Fault> {
    let wrong = PrivateError::CredentialWrong;
    let read: Option<Credential> =
        (text.len() <= MAX_CREDENTIAL).then(|| serde_json::from_str(text).ok()).flatten();
    let said = read.filter(|said| said.v == 1 && said.device == device).ok_or(wrong)?;
    let canonical = serde_json::to_value(&said).ok().and_then(|value| jcs(&value));
    let own = did_logs::of(tx, member.into()).map_err(damaged)?.is_some_and(|hosted| hosted.did == said.did);
    if canonical.as_deref() != Some(text.as_bytes()) || !own || hex::decode::<32>(&said.key).is_none() {
        return Err(wrong.into());
    }
    let document = did_logs::document(tx, member.into()).map_err(damaged)?.unwrap_or_default();
    let signed = format!("planet private device v1\n{}\n{}\n{}\n", said.did, said.device, said.key);
    let good = multi::from_multikey(&said.by)
        .zip(hex::decode::<64>(&said.signature))
        .is_some_and(|(signer, signature)| keys::verify(&signer, signed.as_bytes(), &signature));
    if good && assertion_keys(&document).contains(&said.by) { Ok(()) } else { Err(wrong.into()) }
}

fn damaged(error: impl std::fmt::Display) -> Fault {
    Fault::Damaged(error.to_string())
}

fn checked_name(name: &str) -> Result<String, PrivateError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if !name.contains(char::is_alphanumeric) || name.contains(char::is_control) {
        return Err(PrivateError::NameMissing);
    }
    if longer_than(&name, MAX_NAME) { Err(PrivateError::NameTooLong(MAX_NAME)) } else { Ok(name) }
}

/// Give a browser another name.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RenameDevice {
    /// Which.
    pub device: Uuid,
    /// The name.
    pub name: String,
}

impl Act for RenameDevice {
    const NAME: &'static str = "private.rename_device";
    const ABOUT: &'static str = "Give a browser that reads private messages another name.";
    const TRACE: Trace = Trace::Counted;
    touches!(Profile, |act, tx, actor| device_resource(tx, act.device, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let device = own_device(tx, self.device, cx.member()?)?;
        Ok(rows::rename(tx, device.id, &checked_name(&self.name)?)?)
    }
}

/// Take a browser out of use, such as one that was lost.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RevokeDevice {
    /// Which.
    pub device: Uuid,
}

impl Act for RevokeDevice {
    const NAME: &'static str = "private.revoke_device";
    const ABOUT: &'static str = "Take a browser out of use for private messages, such as one that was lost.";
    touches!(Profile, |act, tx, actor| device_resource(tx, act.device, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let device = own_device(tx, self.device, cx.member()?)?;
        Ok(rows::revoke(tx, device.id, cx.now)?)
    }
}

/// Leave key packages with the node, so that others can take this browser into conversations while it is away.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferPackages {
    /// Whose they are.
    pub device: Uuid,
    /// Those that are handed out once: MLS messages in base64url.
    pub packages: Vec<String>,
    /// The one that is handed out when no other is left.
    #[serde(default)]
    pub last_resort: Option<String>,
    /// Until when they may be used.
    pub expires: Moment,
}

impl Act for OfferPackages {
    const NAME: &'static str = "private.offer_packages";
    const ABOUT: &'static str = "Leave keys with the club by which others can write to this browser.";
    const TRACE: Trace = Trace::Forgotten;
    touches!(Profile, |act, tx, actor| device_resource(tx, act.device, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let device = own_device(tx, self.device, cx.member()?)?;
        if self.expires <= cx.now || self.expires > cx.now.plus_seconds(LONGEST_LIFE) {
            return Err(PrivateError::PackageWrong.into());
        }
        let too_many = PrivateError::TooManyPackages(MOST_PACKAGES);
        if self.packages.len() > MOST_PACKAGES {
            return Err(too_many.into());
        }
        rows::forget_old(tx, device.id, self.last_resort.is_some(), cx.now)?;
        let once = self.packages.iter().map(|text| (text, false));
        for (text, last_resort) in once.chain(self.last_resort.iter().map(|text| (text, true))) {
            let body = frame::package(text).filter(|body| body.len() <= MAX_PACKAGE);
            let body = body.ok_or(PrivateError::PackageWrong)?;
            rows::offer(tx, device.id, &sha256(&body), &body, last_resort, self.expires)?;
        }
        let kept = rows::count_offered(tx, device.id)?;
        if usize::try_from(kept).is_ok_and(|kept| kept <= MOST_PACKAGES) {
            Ok(())
        } else {
            Err(too_many.into())
        }
    }
}

/// Take one key package of each device, to let them into a conversation.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakePackages {
    /// The conversation.
    pub conversation: Uuid,
    /// The devices; each belongs to somebody who takes part.
    pub devices: Vec<Uuid>,
}

/// A package that was handed out.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Taken {
    /// Whose.
    pub device: Uuid,
    /// The package, an MLS message in base64url; nothing where none is left.
    pub package: Option<String>,
}

impl Act for TakePackages {
    const NAME: &'static str = "private.take_packages";
    const ABOUT: &'static str = "Take the keys by which the browsers of others are let into a conversation.";
    /// The outcome is kept under the key of the attempt: asked again after an answer was lost, the same packages come.
    const TRACE: Trace = Trace::Counted;
    touches!(Conversation, |act, tx, actor| conversation_resource(tx, act.conversation, actor));
    type Output = Vec<Taken>;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Vec<Taken>, Fault> {
        let (row, me) = part_of(tx, self.conversation, cx.actor.member())?;
        let most = super::people::MOST_PEOPLE;
        if self.devices.len() > most {
            return Err(PrivateError::TooManyPeople(most).into());
        }
        let amount = i64::try_from(self.devices.len()).unwrap_or(i64::MAX);
        if quota::spend(tx, me, "packages", amount, cx.now)? > DAILY_PACKAGES {
            return Err(PrivateError::AllowanceUsed.into());
        }
        let people: Vec<MemberId> = people::of(tx, &[row.id])?.into_iter().map(|part| part.id).collect();
        let known = rows::in_use(tx, &people)?;
        // In order of their ids, so that two who take at once never wait for each other.
        let mut wanted = self.devices.clone();
        wanted.sort_unstable();
        wanted.dedup();
        let mut taken = Vec::with_capacity(wanted.len());
        for device in wanted {
            if !known.iter().any(|row| row.id == device) {
                return Err(PrivateError::DeviceUnknown.into());
            }
            let package = rows::take(tx, device, cx.now)?.map(|body| b64u(&body));
            taken.push(Taken { device, package });
        }
        if !taken.is_empty() && taken.iter().all(|it| it.package.is_none()) {
            return Err(PrivateError::NoPackages.into());
        }
        Ok(taken)
    }
}
