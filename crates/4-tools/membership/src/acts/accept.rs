//! Accepting an invitation: it is used up, and whoever came with it is a member.

use super::{open_account, settle_home, tell_dues};
use crate::arrival::{self, Welcome};
use crate::checks;
use crate::error::MembershipError;
use crate::rows::invitations::{self, InvitationRow};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ontology::acts::Authority;
use planet_ontology::entities::Invitation;
use planet_ontology::ids::{MemberId, PlaceId};
use planet_ontology::roles::Role;
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Accept an invitation. The page handler has checked the passkey.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    /// SHA-256 of the invitation's token, base64url.
    pub token_hash: String,
    /// The newcomer's name.
    pub name: String,
    /// The town where they live, if they say so.
    #[serde(default)]
    pub place: Option<PlaceId>,
    /// What the newcomer's browser made, waiting under this token.
    pub arrival: String,
}

impl Accept {
    fn invitation(&self, tx: &mut Tx) -> Result<InvitationRow, Fault> {
        let hash = checks::hash(&self.token_hash).map_err(|_| MembershipError::InvitationUnknown)?;
        Ok(invitations::find_by_link(tx, &hash)?.ok_or(MembershipError::InvitationUnknown)?)
    }
}

impl Act for Accept {
    const NAME: &'static str = "membership.accept";
    const ABOUT: &'static str = "Accept an invitation and become a member.";
    const AUTHORITY: Authority = Authority::House;
    type Touches = Invitation;
    type Output = MemberId;

    fn resource(&self, tx: &mut Tx, _: &Actor, now: Moment) -> Result<Resource, Fault> {
        let invitation = self.invitation(tx)?;
        invitation.check_open(now)?;
        Ok(Resource::club(invitation.id, &Invitation { own: false }))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<MemberId, Fault> {
        let name = checks::name(&self.name, checks::NAME)?;
        let invitation = self.invitation(tx)?;
        if !invitations::consume(tx, invitation.id, cx.now)? {
            self.invitation(tx)?.check_open(cx.now)?;
            return Err(MembershipError::InvitationUsed.into());
        }
        let role = Role::from_word(&invitation.role).unwrap_or(Role::Member);
        let welcome = Welcome { name: &name, role, founder_until: None, invitation: Some(invitation.id) };
        let member = arrival::take(tx, &self.arrival, cx.now)?.come_in(tx, cx, &welcome)?;
        invitations::set_member(tx, invitation.id, member)?;
        if let Some(place) = self.place {
            settle_home(tx, cx, member.into(), place)?;
        }
        open_account(tx, cx, member.into())?;
        tell_dues(tx, cx, "dues.welcome", member)?;
        Ok(member)
    }
}
