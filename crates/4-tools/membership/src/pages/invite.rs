//! Inviting one person, and the list of invitations. The link is shown once: only its hash is kept.

use super::list::DAYS;
use crate::acts::{Invite, Invitee, WithdrawInvitation};
use crate::checks;
use crate::door::fresh_token;
use crate::error::MembershipError;
use crate::views::{InvitationLine, InvitationList, Invitations};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use planet_exchange::Mailer;
use planet_identity::rows::Token;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Desk, Fields, Signed};
use planet_ontology::ids::InvitationId;
use planet_ontology::roles::Role;

/// The page: a form, and the invitations so far.
pub async fn page(visit: Signed, Query(query): Query<Invitations>) -> Answer {
    let view = visit.view(query).await?;
    let token = fresh_token()?.reveal();
    visit.page(show(&visit.ui, &view, has_mail(&visit.desk), &token, &Filled::default()))
}

/// Whether mails go out from here.
pub fn has_mail(desk: &Desk) -> bool {
    desk.service::<Mailer>().is_some()
}

fn show(ui: &Ui, view: &InvitationList, mail: bool, token: &str, filled: &Filled) -> Markup {
    let many = html! {
        @if view.may_invite_many { (link_button("/invite/many", ui.t("membership-many-title")).icon(ui, "upload")) }
    };
    Page::new(ui, ui.t("membership-invite-title"))
        .section("people")
        .back("/people", ui.t("membership-people"))
        .lead(ui.t("membership-invite-lead"))
        .actions(many)
        .show(html! {
            @if view.may_invite { (card(invite_form(ui, view.may_give_roles, mail, token, filled))) }
            @else { (notice(ui, Tone::Info, "", html! { p { (ui.t("membership-invite-not")) } })) }
            (section(&ui.t("membership-invite-sofar"), html! {}, html! {
                @if view.lines.is_empty() {
                    (empty(ui, "mail", ui.t("membership-invite-none"), ui.t("membership-invite-none-text")))
                } @else {
                    (list(view.lines.iter().map(|it| line(ui, it))))
                }
            }))
            (pager(ui, None, view.older.map(|id| format!("/invite?before={id}")).as_deref()))
        })
}

fn invite_form(ui: &Ui, roles: bool, mail: bool, token: &str, filled: &Filled) -> Markup {
    html! {
        (form(ui, "/invite", html! {
            (field("name", ui.t("membership-invite-name")).hint(ui.t("membership-invite-name-hint")).optional(ui)
                .limit(checks::NAME.most).filled(filled))
            (field("email", ui.t("membership-email")).hint(ui.t(if mail { "membership-invite-email-hint" } else { "membership-no-mail" }))
                .email().optional(ui).filled(filled))
            (field("note", ui.t("membership-invite-note")).hint(ui.t("membership-invite-note-hint")).area(3)
                .limit(checks::NOTE.most).optional(ui).filled(filled))
            @if roles {
                (select("role", ui.t("membership-invite-role")).selected("member")
                    .option("member", ui.t("membership-role-member"))
                    .option("treasurer", ui.t("membership-role-treasurer"))
                    .option("steward", ui.t("membership-role-steward")).filled(filled))
            }
            (days(ui).filled(filled))
            div.form-end { (button(ui.t("membership-invite-button")).primary().icon(ui, "user-plus")) }
        }).hidden("token", token).filled(filled))
    }
}

/// How long an invitation lasts.
pub fn days(ui: &Ui) -> Select {
    let offered = select("days", ui.t("membership-invite-days")).selected("14");
    DAYS.iter().fold(offered, |offered, days| {
        offered.option(days.to_string(), ui.t_with("membership-days", &[("days", (*days).into())]))
    })
}

fn line(ui: &Ui, line: &InvitationLine) -> impl Render + use<> {
    let who = [&line.name, &line.email].into_iter().find(|text| !text.is_empty()).cloned();
    let tone = match line.state.as_str() {
        "open" => Tone::Info,
        "used" => Tone::Good,
        _ => Tone::Warn,
    };
    let note = html! {
        (ui.t_with("membership-invite-by", &[("name", line.inviter.as_str().into())])) " · "
        @if line.state == "open" { (ui.t("membership-invite-until")) " " (date(ui, line.expires)) } @else { (date(ui, line.created)) }
    };
    let shown = row(who.unwrap_or_else(|| ui.t("membership-invite-anybody")))
        .note(note)
        .end(badge_tone(tone, &ui.t(&format!("membership-state-{}", line.state))));
    match (&line.joined, line.may_withdraw) {
        (Some(handle), _) => shown.href(format!("/people/{handle}")),
        (None, true) => shown.actions(html! {
            (act_button(ui, format!("/invite/{}/withdraw", line.id), button(ui.t("membership-invite-withdraw")).quiet().small()))
        }),
        (None, false) => shown,
    }
}

/// Invites, and shows the link: the one time that it can be shown.
pub async fn invite(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&["name", "email", "note", "role", "days", "token"])?;
    let act = invitation_of(&fields);
    let result = match &act {
        Ok((_, act)) => visit.act(key, act.clone()).await?,
        Err(error) => Err(error.clone().into()),
    };
    match (result, act) {
        (Ok(done), Ok((token, act))) => match done.proposal {
            Some(proposal) if done.output.is_none() => {
                Ok(Redirect::to(&format!("/decisions/{proposal}")).into_response())
            }
            _ => {
                let link = visit.desk.origin().link(&format!("/join/{}", token.reveal()));
                visit.page(made(&visit.ui, &link, &act, has_mail(&visit.desk)))
            }
        },
        (Err(refusal), _) => {
            let view = visit.view(Invitations::default()).await?;
            let token = fresh_token()?.reveal();
            let page = show(&visit.ui, &view, has_mail(&visit.desk), &token, &fields.filled(&refusal));
            visit.again(&refusal, page)
        }
        (Ok(_), Err(error)) => Err(error.into()),
    }
}

fn invitation_of(fields: &Fields) -> Result<(Token, Invite), MembershipError> {
    let token = Token::parse(fields.text("token")).ok_or(MembershipError::TokenMalformed)?;
    let role = match fields.text("role") {
        "" => None,
        word => Some(Role::from_word(word).ok_or(MembershipError::RoleUnknown)?),
    };
    let text = |name| fields.text(name).to_owned();
    let invitee = Invitee {
        name: text("name"),
        email: text("email"),
        place: String::new(),
        note: text("note"),
        token_hash: checks::hash_text(&token),
    };
    Ok((token, Invite { invitee, role, days: days_of(fields)? }))
}

/// How many days a form chose.
pub fn days_of(fields: &Fields) -> Result<i64, MembershipError> {
    fields.text("days").parse().map_err(|_| MembershipError::DaysOutOfRange(crate::acts::LONGEST_DAYS))
}

fn made(ui: &Ui, link: &str, act: &Invite, mail: bool) -> Markup {
    let name = act.invitee.name.trim();
    let title = if name.is_empty() {
        ui.t("membership-made-title")
    } else {
        ui.t_with("membership-made-title-for", &[("name", name.into())])
    };
    Page::new(ui, title)
        .section("people")
        .back("/invite", ui.t("membership-invite-title"))
        .lead(ui.t("membership-made-lead"))
        .show(html! {
            (card(html! {
                div.stack {
                    (qr(link, &ui.t("membership-made-qr")))
                    p.secret { (link) }
                    div.cluster {
                        button.button type="button" hidden data-copy-text=(link) { (icon(ui, "copy")) span { (ui.t("membership-copy")) } }
                        button.button type="button" data-share data-copy-text=(link) { (icon(ui, "share-2")) span { (ui.t("membership-share")) } }
                        button.button type="button" data-print { (icon(ui, "printer")) span { (ui.t("membership-print")) } }
                    }
                    p.note { (ui.t_with("membership-made-days", &[("days", act.days.into())])) }
                }
            }))
            @if !act.invitee.email.trim().is_empty() {
                @if mail { (notice(ui, Tone::Good, "", html! { p { (ui.t_with("membership-made-mail", &[("email", act.invitee.email.as_str().into())])) } })) }
                @else { (notice(ui, Tone::Warn, "", html! { p { (ui.t("membership-no-mail")) } })) }
            }
            div.cluster { (link_button("/invite", ui.t("membership-made-next")).icon(ui, "user-plus")) }
        })
}

/// Takes an invitation back.
pub async fn withdraw(visit: Signed, Path(invitation): Path<InvitationId>, fields: Fields) -> Answer {
    visit.act(fields.key(&[])?, WithdrawInvitation { invitation }).await??;
    visit.done("/invite", "membership-withdrawn")
}
