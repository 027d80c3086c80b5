//! The mails of the front door, in plain words. Each that lets somebody in has a token of its own, which only the mail holds.

use crate::rows::applications::ApplicationRow;
use crate::rows::invitations::{self, NewInvitation};
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_exchange::outbox::ORIGIN;
use planet_exchange::{NewMail, queue};
use planet_identity::rows::Token;
use planet_ontology::units::Moment;
use planet_store::Tx;

/// Mails an invitation, with a link of its own.
pub fn mail_invitation(
    tx: &mut Tx,
    cx: &mut Cx,
    invitation: &NewInvitation,
    inviter: &str,
    club: &str,
) -> Result<(), Fault> {
    let token = Token::new(cx.random());
    invitations::add_link(tx, &token.hash(), invitation.id)?;
    let (link, day) = (token.reveal(), day(invitation.expires));
    let greeting =
        if invitation.name.is_empty() { "Hello".to_owned() } else { format!("Hello {}", invitation.name) };
    let note = if invitation.note.is_empty() { String::new() } else { format!("{}\n\n", invitation.note) };
    let body = format!(
        "{greeting},\n\n{inviter} invites you to join {club}.\n\n{note}Open this link to join; it takes about a minute:\n\n\
         {ORIGIN}/join/{link}\n\nThe link is for you alone. It can be used once, until {day}.\n"
    );
    send(tx, cx, invitation.email, &format!("{inviter} invites you to join {club}"), &body)
}

/// Mails an applicant that they are admitted, with a link to join.
pub fn mail_admission(tx: &mut Tx, cx: &mut Cx, invitation: &NewInvitation, club: &str) -> Result<(), Fault> {
    let token = Token::new(cx.random());
    invitations::add_link(tx, &token.hash(), invitation.id)?;
    let (name, link, day) = (invitation.name, token.reveal(), day(invitation.expires));
    let body = format!(
        "Hello {name},\n\nyou are admitted to {club}. Welcome!\n\nOpen this link to join; it takes about a minute:\n\n\
         {ORIGIN}/join/{link}\n\nThe link is for you alone. It can be used once, until {day}.\n"
    );
    send(tx, cx, invitation.email, &format!("You are admitted to {club}"), &body)
}

/// Mails an applicant that the club does not admit them, and why.
pub fn mail_decline(
    tx: &mut Tx,
    cx: &mut Cx,
    to: &ApplicationRow,
    club: &str,
    why: &str,
) -> Result<(), Fault> {
    let why = if why.is_empty() { String::new() } else { format!("{why}\n\n") };
    let body = format!(
        "Hello {},\n\nthank you for asking to join {club}. The club has decided not to admit you at this time.\n\n{why}\
         What you wrote to us stays where it is for the members who decided; nothing else is kept of you.\n",
        to.name
    );
    send(tx, cx, &to.email, &format!("Your application to {club}"), &body)
}

fn send(tx: &mut Tx, cx: &mut Cx, to: &str, subject: &str, body: &str) -> Result<(), Fault> {
    queue(tx, &NewMail { id: cx.id(), to, subject, body }, cx.now)?;
    Ok(())
}

/// The day of a moment, in UTC.
fn day(moment: Moment) -> String {
    moment.rfc3339().chars().take_while(|c| *c != 'T').collect()
}
