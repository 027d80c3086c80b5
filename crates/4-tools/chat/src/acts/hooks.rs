//! Webhooks: doors through which programs write into one channel. A secret opens one of them, until it is revoked.

use super::send::{Ready, Sent, write_one};
use super::{channel_resource, unsealed};
use crate::checks;
use crate::error::ChatError;
use crate::rows::hooks::{self, Hook};
use planet_corridor::act::Act;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::acts::{Authority, Trace};
use planet_ontology::entities::Channel;
use planet_ontology::hex;
use planet_ontology::ids::{ChannelId, HookId};
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The most webhooks of a group.
const MOST: usize = 20;
/// How much a webhook may say in a minute.
const PACE: i64 = 60;

/// The hash under which a secret is kept.
pub fn hash_of_secret(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// Make a door through which a program writes into a channel.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeHook {
    /// The channel.
    pub channel: ChannelId,
    /// Its name, which stands on everything that it says.
    pub name: String,
    /// SHA-256 of its secret, in hexadecimal. Whoever makes it draws the secret; the node does not keep it.
    pub secret_hash: String,
}

impl Act for MakeHook {
    const NAME: &'static str = "chat.make_hook";
    const ABOUT: &'static str = "Make a door through which a program writes into a channel.";
    touches!(Channel, |act, tx, _| channel_resource(tx, act.channel));
    type Output = HookId;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<HookId, Fault> {
        let place = unsealed(tx, self.channel)?;
        let name = checks::name(&self.name)?;
        let secret = hex::decode::<32>(&self.secret_hash).ok_or(ChatError::HookUnknown)?;
        planet_corridor::agents::hold_group(tx, place.group)?;
        let known = hooks::of_group(tx, place.group)?;
        if known.iter().any(|hook| hook.name == name) || hooks::by_secret(tx, &secret)?.is_some() {
            return Err(ChatError::NameTaken.into());
        }
        if known.len() >= MOST {
            return Err(ChatError::TooMany.into());
        }
        let (id, maker) = (cx.id(), cx.agent()?);
        let hook = Hook { id, channel: self.channel, group: place.group, maker, name, created: cx.now };
        hooks::make(tx, &hook, &secret)?;
        Ok(id)
    }
}

/// Close such a door for ever.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RevokeHook {
    /// Which one.
    pub hook: HookId,
}

impl Act for RevokeHook {
    const NAME: &'static str = "chat.revoke_hook";
    const ABOUT: &'static str = "Close a door through which a program wrote, for ever.";
    touches!(Channel, |act, tx, _| {
        let hook = hooks::find(tx, act.hook)?.ok_or(ChatError::HookUnknown)?;
        channel_resource(tx, hook.channel)
    });
    type Output = ();

    fn perform(&self, tx: &mut Tx, _: &mut Cx) -> Result<(), Fault> {
        Ok(hooks::revoke(tx, self.hook)?)
    }
}

/// Say something through such a door.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostByHook {
    /// The secret that opens it.
    pub secret: String,
    /// What, in Markdown or with Slack's links.
    pub text: String,
}

impl Act for PostByHook {
    const NAME: &'static str = "chat.post_by_hook";
    const ABOUT: &'static str = "Say something through a door for programs, by its secret.";
    const TRACE: Trace = Trace::Counted;
    const AUTHORITY: Authority = Authority::Nobody;
    touches!(Channel, |act, tx, _| {
        let hook = hooks::by_secret(tx, &hash_of_secret(&act.secret))?.ok_or(ChatError::HookUnknown)?;
        channel_resource(tx, hook.channel)
    });
    type Output = Sent;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Sent, Fault> {
        let hook = hooks::by_secret(tx, &hash_of_secret(&self.secret))?.ok_or(ChatError::HookUnknown)?;
        unsealed(tx, hook.channel)?;
        let text = checks::text(&crate::checks::from_slack(&self.text))?;
        if hooks::count(tx, hook.id, cx.now.0.div_euclid(60 * Moment::SECOND))? > PACE {
            return Err(ChatError::HookTooOften.into());
        }
        let ready = Ready {
            channel: hook.channel,
            author: hook.maker,
            hook: hook.name,
            text,
            thread: None,
            sent: cx.now,
        };
        write_one(tx, cx, ready)
    }
}
