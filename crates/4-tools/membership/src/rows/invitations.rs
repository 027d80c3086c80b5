//! The rows of invitations and of the links that lead to them.

use crate::error::MembershipError;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{AgentId, ApplicationId, InvitationId, MemberId};
use planet_ontology::units::Moment;
use planet_store::{Bind, Error, Tx, record, sql};
use uuid::Uuid;

record! {
    /// An invitation as it lies in the database.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct InvitationRow {
        /// Its id.
        pub id: InvitationId,
        /// Who made it.
        pub inviter: AgentId,
        /// The inviter's name.
        pub inviter_name: String,
        /// Whose application it answers.
        pub application: Option<ApplicationId>,
        /// For whom; may be empty.
        pub name: String,
        /// Where a mail goes; may be empty.
        pub email: String,
        /// Where they may live, in words; may be empty.
        pub place: String,
        /// A word to them; may be empty.
        pub note: String,
        /// What they will be in the club.
        pub role: String,
        /// When it was made.
        pub created: Moment,
        /// Until when it is good.
        pub expires: Moment,
        /// When somebody joined with it.
        pub used: Option<Moment>,
        /// Who joined with it.
        pub member: Option<MemberId>,
        /// When it was taken back.
        pub withdrawn: Option<Moment>,
    }
}

impl InvitationRow {
    /// `open`, `used`, `withdrawn` or `expired`.
    pub fn state(&self, now: Moment) -> &'static str {
        match (self.used, self.withdrawn) {
            (Some(_), _) => "used",
            (_, Some(_)) => "withdrawn",
            _ if self.expires <= now => "expired",
            _ => "open",
        }
    }

    /// Whether it still lets somebody in; if not, why.
    pub fn check_open(&self, now: Moment) -> Result<(), MembershipError> {
        match self.state(now) {
            "open" => Ok(()),
            "used" => Err(MembershipError::InvitationUsed),
            "withdrawn" => Err(MembershipError::InvitationWithdrawn),
            _ => Err(MembershipError::InvitationExpired),
        }
    }
}

/// What a new invitation says.
#[derive(Clone, Debug)]
pub struct NewInvitation<'a> {
    /// Its id.
    pub id: InvitationId,
    /// Who makes it.
    pub inviter: AgentId,
    /// Whose application it answers.
    pub application: Option<ApplicationId>,
    /// The list it came with.
    pub batch: Option<Uuid>,
    /// For whom.
    pub name: &'a str,
    /// Where a mail goes.
    pub email: &'a str,
    /// Where they may live.
    pub place: &'a str,
    /// A word to them.
    pub note: &'a str,
    /// What they will be in the club.
    pub role: &'a str,
    /// Until when it is good.
    pub expires: Moment,
}

/// Writes an invitation.
pub fn create(tx: &mut Tx, new: &NewInvitation, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO invitations
                 (id, inviter_id, application_id, batch_id, name, email, place, note, role, created, expires,
                  used, member_id, withdrawn)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, NULL, NULL, NULL)"
        ),
        &[
            &new.id,
            &new.inviter,
            &new.application,
            &new.batch,
            &new.name,
            &new.email,
            &new.place,
            &new.note,
            &new.role,
            &now,
            &new.expires,
        ],
    )?;
    Ok(())
}

/// Adds a link to an invitation. Refuses a token that leads somewhere already.
pub fn add_link(tx: &mut Tx, token_hash: &[u8; 32], invitation: InvitationId) -> Result<(), Fault> {
    let added = tx.exec(
        sql!(
            "INSERT INTO invitation_links (token_hash, invitation_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING"
        ),
        &[token_hash, &invitation],
    )?;
    if added == 1 { Ok(()) } else { Err(MembershipError::TokenTaken.into()) }
}

/// The invitation with this id.
pub fn find(tx: &mut Tx, id: InvitationId) -> Result<Option<InvitationRow>, Error> {
    tx.row(
        sql!(
            "SELECT i.id, i.inviter_id, a.name, i.application_id, i.name, i.email, i.place, i.note, i.role, i.created,
                    i.expires, i.used, i.member_id, i.withdrawn
               FROM invitations i JOIN agents a ON a.id = i.inviter_id WHERE i.id = ?1"
        ),
        &[&id],
    )
}

/// The invitation that a link leads to.
pub fn find_by_link(tx: &mut Tx, token_hash: &[u8; 32]) -> Result<Option<InvitationRow>, Error> {
    tx.row(
        sql!(
            "SELECT i.id, i.inviter_id, a.name, i.application_id, i.name, i.email, i.place, i.note, i.role, i.created,
                    i.expires, i.used, i.member_id, i.withdrawn
               FROM invitation_links l JOIN invitations i ON i.id = l.invitation_id JOIN agents a ON a.id = i.inviter_id
              WHERE l.token_hash = ?1"
        ),
        &[token_hash],
    )
}

/// Uses an invitation up. False if it is no longer open: of two who come at once, one is let in.
pub fn consume(tx: &mut Tx, id: InvitationId, now: Moment) -> Result<bool, Error> {
    let used = tx.exec(
        sql!("UPDATE invitations SET used = ?2 WHERE id = ?1 AND used IS NULL AND withdrawn IS NULL AND expires > ?2"),
        &[&id, &now],
    )?;
    Ok(used == 1)
}

/// Remembers who joined with an invitation.
pub fn set_member(tx: &mut Tx, id: InvitationId, member: MemberId) -> Result<(), Error> {
    tx.exec(sql!("UPDATE invitations SET member_id = ?2 WHERE id = ?1"), &[&id, &member])?;
    Ok(())
}

/// Takes an invitation back. False if it is no longer open.
pub fn withdraw(tx: &mut Tx, id: InvitationId, now: Moment) -> Result<bool, Error> {
    let withdrawn = tx.exec(
        sql!("UPDATE invitations SET withdrawn = ?2 WHERE id = ?1 AND used IS NULL AND withdrawn IS NULL AND expires > ?2"),
        &[&id, &now],
    )?;
    Ok(withdrawn == 1)
}

/// How many invitations somebody has made that nobody has used and whose time is not over. Those that were taken back
/// count too: each may have been a mail to a stranger.
pub fn count_unused(tx: &mut Tx, inviter: AgentId, now: Moment) -> Result<i64, Error> {
    let (count,) = tx.one::<(i64,)>(
        sql!(
            "SELECT count(*) FROM invitations
              WHERE inviter_id = ?1 AND used IS NULL AND expires > ?2"
        ),
        &[&inviter, &now],
    )?;
    Ok(count)
}

/// A page of invitations, newest first, before a key: those of one inviter, or all.
pub fn list(
    tx: &mut Tx,
    inviter: Option<AgentId>,
    before: (Moment, InvitationId),
    limit: i64,
) -> Result<Vec<InvitationRow>, Error> {
    let (at, id) = before;
    let params: [&dyn Bind; 4] = [&at, &id, &limit, &inviter];
    tx.rows(
        sql!(
            "SELECT i.id, i.inviter_id, a.name, i.application_id, i.name, i.email, i.place, i.note, i.role, i.created,
                    i.expires, i.used, i.member_id, i.withdrawn
               FROM invitations i JOIN agents a ON a.id = i.inviter_id
              WHERE (i.created < ?1 OR (i.created = ?1 AND i.id < ?2))
                AND (CAST(?4 AS UUID) IS NULL OR i.inviter_id = CAST(?4 AS UUID))
              ORDER BY i.created DESC, i.id DESC LIMIT ?3"
        ),
        &params,
    )
}
