//! What goes into the log of a conversation: messages and commits, in one order for everybody. Of two commits that end the same epoch the
//! first counts and the other is refused; what was made in an epoch that is over is refused too, and made anew.

use super::{conversation_resource, device_resource, own_device, part_of};
use crate::error::PrivateError;
use crate::frame::{self, Content, Frame};
use crate::rows::log::{self as rows, New};
use crate::rows::people::Row;
use crate::rows::{devices, people, quota};
use crate::topics::went_on;
use planet_corridor::act::Act;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_identity::encoding::{b64u, from_b64u};
use planet_ontology::acts::Trace;
use planet_ontology::entities::{Conversation, Profile};
use planet_ontology::ids::MemberId;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The largest message, in bytes. What is longer goes in parts.
pub const MAX_MESSAGE: usize = 32 * 1024;
/// The largest ring of keys, in bytes: some seven hundred epochs.
pub const MAX_KEYS: usize = 36 * 1024;
/// The largest commit or welcome, in bytes: adding two hundred devices makes some 70 kB.
pub const MAX_COMMIT: usize = 96 * 1024;
/// How many bytes a member sends in a day.
const DAILY_BYTES: i64 = 32 * 1024 * 1024;

/// Where something came to stand.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Placed {
    /// Its place in the log.
    pub position: i64,
    /// Its hash, base64url.
    pub hash: String,
}

/// Send a message.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Send {
    /// The conversation.
    pub conversation: Uuid,
    /// From which device.
    pub device: Uuid,
    /// The message's number, made by the device. Sent twice, it is one message.
    pub id: Uuid,
    /// An MLS message in base64url.
    pub body: String,
    /// A copy for the sender's and the others' further devices, locked with the archive's key, in base64url.
    #[serde(default)]
    pub archive: Option<String>,
}

impl Act for Send {
    const NAME: &'static str = "private.send";
    const ABOUT: &'static str = "Send a private message. The club hands it on and cannot read it.";
    const TRACE: Trace = Trace::Forgotten;
    touches!(Conversation, |act, tx, actor| conversation_resource(tx, act.conversation, actor));
    type Output = Placed;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Placed, Fault> {
        let body = bytes(&self.body, MAX_MESSAGE, PrivateError::MessageTooLarge)?;
        let archive = self.archive.as_deref();
        let archive =
            archive.map(|copy| bytes(copy, MAX_MESSAGE, PrivateError::MessageTooLarge)).transpose()?;
        let frame = framed(&body, self.conversation, Content::Application)?;
        let (row, member) = held(tx, self.conversation, self.device, cx)?;
        let new =
            New { id: self.id, member, device: self.device, frame, body: &body, archive: archive.as_deref() };
        place(tx, cx, &row, &new, PrivateError::EpochMoved)
    }
}

/// End an epoch: let devices in, take devices out, or renew keys.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Commit {
    /// The conversation.
    pub conversation: Uuid,
    /// From which device.
    pub device: Uuid,
    /// The commit's number, made by the device. Sent twice, it is one commit.
    pub id: Uuid,
    /// An MLS message in base64url.
    pub body: String,
    /// What lets others in: an MLS welcome in base64url.
    #[serde(default)]
    pub welcome: Option<String>,
    /// The devices that it lets in.
    #[serde(default)]
    pub welcomes: Vec<Uuid>,
}

impl Act for Commit {
    const NAME: &'static str = "private.commit";
    const ABOUT: &'static str = "Let devices into a private conversation, or take them out.";
    const TRACE: Trace = Trace::Forgotten;
    touches!(Conversation, |act, tx, actor| conversation_resource(tx, act.conversation, actor));
    type Output = Placed;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Placed, Fault> {
        let body = bytes(&self.body, MAX_COMMIT, PrivateError::TooLarge)?;
        let frame = framed(&body, self.conversation, Content::Commit)?;
        let (row, member) = held(tx, self.conversation, self.device, cx)?;
        let welcome = self.welcome.as_deref().map(|text| {
            frame::welcome(text).filter(|bytes| bytes.len() <= MAX_COMMIT).ok_or(PrivateError::FrameWrong)
        });
        let welcome = welcome.transpose()?;
        if welcome.is_none() != self.welcomes.is_empty() || self.welcomes.len() > super::people::MOST_PEOPLE {
            return Err(PrivateError::FrameWrong.into());
        }
        let new = New { id: self.id, member, device: self.device, frame, body: &body, archive: None };
        let placed = place(tx, cx, &row, &new, PrivateError::EpochTaken)?;
        let ids: Vec<MemberId> = people::of(tx, &[row.id])?.into_iter().map(|part| part.id).collect();
        let known = devices::in_use(tx, &ids)?;
        for device in &self.welcomes {
            // Only who is on the list gets anything from here, whomever a browser lets in.
            if !known.iter().any(|row| row.id == *device) {
                return Err(PrivateError::DeviceUnknown.into());
            }
            rows::welcome(tx, *device, row.id, placed.position, welcome.as_deref().unwrap_or_default())?;
        }
        Ok(placed)
    }
}

/// Bytes out of base64url, up to a size.
fn bytes(text: &str, most: usize, large: PrivateError) -> Result<Vec<u8>, PrivateError> {
    if text.len() > most.div_ceil(3) * 4 {
        return Err(large);
    }
    from_b64u(text).ok_or(PrivateError::FrameWrong)
}

/// The outside of a message that belongs to this conversation and is of this kind.
fn framed(body: &[u8], conversation: Uuid, content: Content) -> Result<Frame, PrivateError> {
    let frame = frame::read(body).ok_or(PrivateError::FrameWrong)?;
    let fits = frame.conversation == conversation && frame.content == content;
    if fits { Ok(frame) } else { Err(PrivateError::FrameWrong) }
}

/// The conversation, held, for a device of the member who acts.
fn held(tx: &mut Tx, conversation: Uuid, device: Uuid, cx: &Cx) -> Result<(Row, MemberId), Fault> {
    people::hold(tx, conversation)?;
    let (row, me) = part_of(tx, conversation, cx.actor.member())?;
    own_device(tx, device, me)?;
    Ok((row, me))
}

/// Puts it at the end of the log. What stands there already under this number is left as it is; `late` is said where the epoch is over.
fn place(tx: &mut Tx, cx: &mut Cx, row: &Row, new: &New, late: PrivateError) -> Result<Placed, Fault> {
    if let Some(earlier) = rows::find(tx, row.id, new.id)? {
        let same = earlier.device == new.device && earlier.body == new.body;
        return if same {
            Ok(Placed { position: earlier.position, hash: b64u(&earlier.hash) })
        } else {
            Err(PrivateError::IdTaken.into())
        };
    }
    if new.frame.epoch != row.epoch {
        return Err(late.into());
    }
    let size = new.body.len() + new.archive.map_or(0, <[u8]>::len);
    let sum = quota::spend(tx, new.member, "bytes", i64::try_from(size).unwrap_or(i64::MAX), cx.now)?;
    if sum > DAILY_BYTES {
        return Err(PrivateError::AllowanceUsed.into());
    }
    let (position, hash) = rows::append(tx, row, new, cx.now)?;
    went_on(tx, cx, row.id)?;
    Ok(Placed { position, hash: b64u(&hash) })
}

/// Say that a welcome has arrived, so that it need not wait any more.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Welcomed {
    /// For which device.
    pub device: Uuid,
    /// Into which conversation.
    pub conversation: Uuid,
    /// The place of the commit that let it in.
    pub position: i64,
}

impl Act for Welcomed {
    const NAME: &'static str = "private.welcomed";
    const ABOUT: &'static str = "Say that this browser has come into a conversation.";
    const TRACE: Trace = Trace::Forgotten;
    touches!(Conversation, |act, tx, actor| conversation_resource(tx, act.conversation, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let (row, me) = part_of(tx, self.conversation, cx.actor.member())?;
        own_device(tx, self.device, me)?;
        within(&row, self.position)?;
        Ok(rows::welcomed(tx, self.device, row.id, self.position)?)
    }
}

/// Say up to where one has read.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadUpTo {
    /// The conversation.
    pub conversation: Uuid,
    /// The place of the last entry that was read.
    pub position: i64,
}

impl Act for ReadUpTo {
    const NAME: &'static str = "private.read_up_to";
    const ABOUT: &'static str = "Say up to where one has read a private conversation. Nobody else sees it.";
    const TRACE: Trace = Trace::Forgotten;
    touches!(Conversation, |act, tx, actor| conversation_resource(tx, act.conversation, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let (row, me) = part_of(tx, self.conversation, cx.actor.member())?;
        within(&row, self.position)?;
        Ok(rows::read_up_to(tx, row.id, me, self.position)?)
    }
}

fn within(row: &Row, position: i64) -> Result<(), PrivateError> {
    if (0..=row.position).contains(&position) { Ok(()) } else { Err(PrivateError::PositionUnknown) }
}

/// Keep the locked keys of past conversations, for a further browser of one's own.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeepKeys {
    /// From which device.
    pub device: Uuid,
    /// The version that this one follows, nought for the first.
    pub after: i64,
    /// The ring, locked by the member, in base64url.
    pub body: String,
}

impl Act for KeepKeys {
    const NAME: &'static str = "private.keep_keys";
    const ABOUT: &'static str =
        "Keep the locked keys of past private messages, for a further browser of one's own.";
    const TRACE: Trace = Trace::Counted;
    touches!(Profile, |act, tx, actor| device_resource(tx, act.device, actor));
    type Output = i64;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<i64, Fault> {
        let me = cx.member()?;
        own_device(tx, self.device, me)?;
        let body = bytes(&self.body, MAX_KEYS, PrivateError::TooLarge)?;
        let (known, _) = rows::keys(tx, me)?.unwrap_or_default();
        if !(0..=known).contains(&self.after) {
            return Err(PrivateError::KeysUnknown.into());
        }
        let kept = rows::keep_keys(tx, me, self.after, &body)?;
        if kept { Ok(self.after + 1) } else { Err(PrivateError::KeysMoved.into()) }
    }
}
