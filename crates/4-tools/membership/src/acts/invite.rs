//! Inviting: one person, a whole list, and taking it back. An act carries hashes only; whoever made the token holds the link.

use crate::checks;
use crate::error::MembershipError;
use crate::letters;
use crate::rows::clubs;
use crate::rows::invitations::{self, NewInvitation};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::{Fault, Refusal};
use planet_corridor::touches;
use planet_ontology::entities::Invitation;
use planet_ontology::ids::{AgentId, GroupId, InvitationId};
use planet_ontology::roles::Role;
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The longest that an invitation lasts, in days.
pub const LONGEST_DAYS: i64 = 90;
/// The most lines of a list.
pub const MOST_LINES: usize = 1_000;
/// The most unused invitations of one member, with those that were taken back.
const MOST_UNUSED: i64 = 3_000;

/// Somebody on a list, or the only one.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Invitee {
    /// For whom. May be empty for an invitation that is passed on by hand.
    #[serde(default)]
    pub name: String,
    /// Where a mail with a link of its own goes. May be empty.
    #[serde(default)]
    pub email: String,
    /// Where they may live, in words: proposed to them when they join.
    #[serde(default)]
    pub place: String,
    /// A word to them.
    #[serde(default)]
    pub note: String,
    /// SHA-256 of a token of 32 random bytes, base64url. The link is `/join/` and the token in base64url.
    pub token_hash: String,
}

/// Invite somebody.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Invite {
    /// Whom.
    pub invitee: Invitee,
    /// What they will be in the club: `member` unless said otherwise.
    #[serde(default)]
    pub role: Option<Role>,
    /// How many days the invitation lasts.
    pub days: i64,
}

/// Invite everybody on a list. If the rules have this decided by others, so is each `invite`.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteMany {
    /// Whom, 1,000 at the most.
    pub invitees: Vec<Invitee>,
    /// Whether those with an address get a mail.
    pub mail: bool,
    /// How many days the invitations last.
    pub days: i64,
}

/// A new invitation, as what an act touches.
fn new_invitation() -> Resource {
    Resource::club("new", &Invitation { own: true })
}

impl Act for Invite {
    const NAME: &'static str = "membership.invite";
    const ABOUT: &'static str = "Invite somebody to join the club.";
    touches!(Invitation, |_, _, _| Ok(new_invitation()));
    type Output = InvitationId;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<InvitationId, Fault> {
        let role = self.role.unwrap_or(Role::Member);
        check_role(tx, cx, role)?;
        let inviting = Inviting::begin(tx, cx, self.days, 1)?;
        inviting.invite(tx, cx, &self.invitee, role, true)
    }

    fn summary(&self) -> String {
        match self.invitee.name.trim() {
            "" => Self::ABOUT.to_owned(),
            name => format!("Invite {name} to join the club."),
        }
    }
}

impl Act for InviteMany {
    const NAME: &'static str = "membership.invite_many";
    const ABOUT: &'static str = "Invite everybody on a list to join the club.";
    touches!(Invitation, |_, _, _| Ok(new_invitation()));
    type Output = Vec<InvitationId>;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Vec<InvitationId>, Fault> {
        if self.invitees.is_empty() {
            return Err(MembershipError::NobodyInvited.into());
        }
        if self.invitees.len() > MOST_LINES {
            return Err(MembershipError::TooManyLines(MOST_LINES).into());
        }
        let mut inviting = Inviting::begin(tx, cx, self.days, self.invitees.len())?;
        inviting.batch = Some(cx.id());
        let mut made = Vec::with_capacity(self.invitees.len());
        for (line, invitee) in (1..).zip(&self.invitees) {
            match inviting.invite(tx, cx, invitee, Role::Member, self.mail) {
                Ok(id) => made.push(id),
                Err(Fault::Refused(Refusal { sentence: why, .. })) => {
                    return Err(MembershipError::LineWrong { line, why }.into());
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok(made)
    }

    fn summary(&self) -> String {
        format!("Invite {} people to join the club.", self.invitees.len())
    }
}

/// What all invitations of one act have in common.
struct Inviting {
    inviter: AgentId,
    inviter_name: String,
    club: String,
    expires: Moment,
    batch: Option<Uuid>,
}

impl Inviting {
    fn begin(tx: &mut Tx, cx: &Cx, days: i64, count: usize) -> Result<Self, Fault> {
        if !(1..=LONGEST_DAYS).contains(&days) {
            return Err(MembershipError::DaysOutOfRange(LONGEST_DAYS).into());
        }
        let inviter = cx.agent()?;
        let unused = invitations::count_unused(tx, inviter, cx.now)?;
        if unused.saturating_add(i64::try_from(count).unwrap_or(i64::MAX)) > MOST_UNUSED {
            return Err(MembershipError::TooManyInvitations(unused).into());
        }
        Ok(Self {
            inviter,
            inviter_name: agents::find(tx, inviter)?.map(|agent| agent.name).unwrap_or_default(),
            club: clubs::founded(tx)?.name,
            expires: cx.now.plus_seconds(days * 86_400),
            batch: None,
        })
    }

    fn invite(
        &self,
        tx: &mut Tx,
        cx: &mut Cx,
        invitee: &Invitee,
        role: Role,
        mail: bool,
    ) -> Result<InvitationId, Fault> {
        let id: InvitationId = cx.id();
        let (email, name) = (checks::email(&invitee.email)?, checks::within(&invitee.name, checks::NAME)?);
        let note = checks::within(&invitee.note, checks::NOTE)?;
        let new = NewInvitation {
            id,
            inviter: self.inviter,
            application: None,
            batch: self.batch,
            name: &name,
            email: &email,
            place: &checks::within(&invitee.place, checks::PLACE)?,
            note: &note,
            role: role.word(),
            expires: self.expires,
        };
        invitations::create(tx, &new, cx.now)?;
        invitations::add_link(tx, &checks::hash(&invitee.token_hash)?, id)?;
        if mail && !email.is_empty() {
            letters::mail_invitation(tx, cx, &new, &self.inviter_name, &self.club)?;
        }
        Ok(id)
    }
}

/// Nobody gives out more than they have: only stewards, founders and the club itself invite stewards and treasurers.
fn check_role(tx: &mut Tx, cx: &Cx, role: Role) -> Result<(), Fault> {
    if role == Role::None {
        return Err(MembershipError::RoleUnknown.into());
    }
    if role == Role::Member || matches!(cx.actor, Actor::Group { .. }) {
        return Ok(());
    }
    let agent = cx.agent()?;
    let founder =
        agents::find(tx, agent)?.and_then(|agent| agent.founder_until).is_some_and(|until| cx.now < until);
    if founder || cx.role(tx, agent, GroupId::CLUB)? == Role::Steward {
        Ok(())
    } else {
        Err(MembershipError::RoleNotYours.into())
    }
}

/// Take an invitation back.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawInvitation {
    /// The invitation.
    pub invitation: InvitationId,
}

impl Act for WithdrawInvitation {
    const NAME: &'static str = "membership.withdraw_invitation";
    const ABOUT: &'static str = "Take an invitation back that nobody has used yet.";
    type Touches = Invitation;
    type Output = ();

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        let row = invitations::find(tx, self.invitation)?.ok_or(MembershipError::InvitationUnknown)?;
        Ok(Resource::club(row.id, &Invitation { own: actor.agent() == Some(row.inviter) }))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        if invitations::withdraw(tx, self.invitation, cx.now)? {
            Ok(())
        } else {
            Err(MembershipError::InvitationClosed.into())
        }
    }
}
