//! Invitations: the list for those who invite, and one for whoever holds its link.

use super::PAGE;
use crate::acts::{Invite, InviteMany, Invitee, WithdrawInvitation};
use crate::checks;
use crate::error::MembershipError;
use crate::rows::invitations::{self, InvitationRow};
use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{GroupId, InvitationId};
use planet_ontology::roles::Role;
use planet_ontology::units::Moment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The invitations that the viewer made; stewards see those of all.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Invitations {
    /// Only those made before this one.
    #[serde(default)]
    pub before: Option<InvitationId>,
}

/// An invitation in a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct InvitationLine {
    /// Its id.
    pub id: InvitationId,
    /// For whom; may be empty.
    pub name: String,
    /// Where a mail went; may be empty.
    pub email: String,
    /// Who made it.
    pub inviter: String,
    /// `open`, `used`, `expired` or `withdrawn`.
    pub state: String,
    /// When it was made.
    pub created: Moment,
    /// Until when it is good.
    pub expires: Moment,
    /// The handle of whoever joined with it.
    pub joined: Option<String>,
    /// Whether the viewer may take it back.
    pub may_withdraw: bool,
}

/// A page of invitations.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct InvitationList {
    /// The newest first.
    pub lines: Vec<InvitationLine>,
    /// Where the next page begins.
    pub older: Option<InvitationId>,
    /// Whether the viewer may invite.
    pub may_invite: bool,
    /// Whether the viewer may invite a whole list.
    pub may_invite_many: bool,
    /// Whether the viewer may invite stewards and treasurers.
    pub may_give_roles: bool,
}

impl View for Invitations {
    const NAME: &'static str = "membership.invitations";
    const ABOUT: &'static str = "The invitations that you made; stewards see all.";
    type Output = InvitationList;

    fn read(&self, look: &mut Look) -> Result<InvitationList, Fault> {
        let member = look.member()?;
        let steward = agents::role(look.tx, member.into(), GroupId::CLUB)? == Role::Steward;
        let founder = agents::find(look.tx, member.into())?
            .and_then(|agent| agent.founder_until)
            .is_some_and(|until| look.now < until);
        let before = match self.before {
            Some(id) => invitations::find(look.tx, id)?.map(|row| (row.created, row.id)),
            None => None,
        };
        let before = before.unwrap_or((Moment(i64::MAX), InvitationId(uuid::Uuid::max())));
        let all = steward || founder;
        let rows = invitations::list(look.tx, (!all).then(|| member.into()), before, PAGE + 1)?;
        let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let older = if rows.len() > page { rows.get(page - 1).map(|row| row.id) } else { None };
        let mut lines = Vec::new();
        for row in rows.into_iter().take(page) {
            lines.push(line(look, row)?);
        }
        let invitee = Invitee::default();
        Ok(InvitationList {
            lines,
            older,
            may_invite: look.may(&Invite { invitee, role: None, days: 14 })?,
            may_invite_many: look.may(&InviteMany { invitees: Vec::new(), mail: false, days: 14 })?,
            may_give_roles: all,
        })
    }
}

fn line(look: &mut Look, row: InvitationRow) -> Result<InvitationLine, Fault> {
    let state = row.state(look.now);
    let joined = match row.member {
        Some(member) => agents::find(look.tx, member.into())?.map(|agent| agent.handle),
        None => None,
    };
    Ok(InvitationLine {
        may_withdraw: state == "open" && look.may(&WithdrawInvitation { invitation: row.id })?,
        state: state.into(),
        joined,
        id: row.id,
        name: row.name,
        email: row.email,
        inviter: row.inviter_name,
        created: row.created,
        expires: row.expires,
    })
}

/// An invitation, for whoever holds its link.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationAt {
    /// SHA-256 of the invitation's token, base64url.
    pub token_hash: String,
}

/// An invitation, as its holder sees it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Invited {
    /// For whom; may be empty.
    pub name: String,
    /// Where they may live, in words.
    pub place: String,
    /// A word to them.
    pub note: String,
    /// Who invites.
    pub inviter: String,
    /// The inviter's id, for the mark.
    pub inviter_id: planet_ontology::ids::AgentId,
    /// Until when it is good.
    pub expires: Moment,
}

impl View for InvitationAt {
    const NAME: &'static str = "membership.invitation";
    const ABOUT: &'static str = "An open invitation, for whoever holds its link.";
    const OPEN: bool = true;
    type Output = Invited;

    fn read(&self, look: &mut Look) -> Result<Invited, Fault> {
        let hash = checks::hash(&self.token_hash).map_err(|_| MembershipError::InvitationUnknown)?;
        let row = invitations::find_by_link(look.tx, &hash)?.ok_or(MembershipError::InvitationUnknown)?;
        row.check_open(look.now)?;
        Ok(Invited {
            name: row.name,
            place: row.place,
            note: row.note,
            inviter: row.inviter_name,
            inviter_id: row.inviter,
            expires: row.expires,
        })
    }
}
