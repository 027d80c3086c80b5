//! Letters to print: one for each line of a list, with a QR code of its own. They are shown once, since only hashes are kept.

use super::invite::{days_of, has_mail};
use super::list::{self, Line};
use crate::acts::{InviteMany, Invitee};
use crate::checks;
use crate::error::MembershipError;
use axum::response::{IntoResponse, Redirect};
use planet_identity::encoding::sha256;
use planet_identity::rows::Token;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};

/// There is nothing to print without a list.
pub async fn nothing(_: Signed) -> Redirect {
    Redirect::to("/invite/many")
}

/// Invites everybody on the list, and shows the letters. Sent again, it does nothing and shows the same letters.
pub async fn invite(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&["list", "secret", "days", "mail"])?;
    let lines: Vec<Line> =
        list::read(fields.text("list"))?.into_iter().filter(|line| line.problem.is_none()).collect();
    let secret = Token::parse(fields.text("secret")).ok_or(MembershipError::TokenMalformed)?;
    let tokens: Vec<Token> = (0_u32..).zip(&lines).map(|(nth, _)| derived(&secret, nth)).collect();
    let invitees = lines
        .iter()
        .zip(&tokens)
        .map(|(line, token)| Invitee {
            name: line.name.clone(),
            email: line.email.clone(),
            place: line.place.clone(),
            note: line.note.clone(),
            token_hash: checks::hash_text(token),
        })
        .collect();
    let (days, mail) = (days_of(&fields)?, fields.ticked("mail") && has_mail(&visit.desk));
    let done = visit.act(key, InviteMany { invitees, mail, days }).await??;
    if let (None, Some(proposal)) = (&done.output, done.proposal) {
        return Ok(Redirect::to(&format!("/decisions/{proposal}")).into_response());
    }
    let addresses: Vec<String> =
        tokens.iter().map(|token| visit.desk.origin().link(&format!("/join/{}", token.reveal()))).collect();
    visit.page(show(&visit.ui, &lines, &addresses, days, mail))
}

/// The token of one line, from the secret of the list: so the form needs to carry one secret only.
fn derived(secret: &Token, nth: u32) -> Token {
    Token::new(sha256(&[secret.reveal().as_bytes(), &nth.to_be_bytes()].concat()))
}

fn show(ui: &Ui, lines: &[Line], addresses: &[String], days: i64, mail: bool) -> Markup {
    let club = ui.club.name.as_str();
    let mailed = lines.iter().filter(|line| mail && !line.email.is_empty()).count();
    let print = html! { button.button.button-primary type="button" data-print { (icon(ui, "printer")) span { (ui.t("membership-print")) } } };
    Page::new(ui, ui.t_with("membership-letters-title", &[("count", lines.len().into())]))
        .section("people")
        .back("/invite", ui.t("membership-invite-title"))
        .lead(ui.t("membership-letters-lead"))
        .actions(print)
        .show(html! {
            @if mailed > 0 {
                (notice(ui, Tone::Good, "", html! { p { (ui.t_with("membership-letters-mailed", &[("count", mailed.into())])) } }))
            }
            div.stack {
                @for (line, link) in lines.iter().zip(addresses) {
                    div.letter { div.stack {
                        h2 { (ui.t_with("membership-letter-dear", &[("name", line.name.as_str().into())])) }
                        p { (ui.t_with("membership-letter-text", &[("club", club.into())])) }
                        @if !line.note.is_empty() { p { (line.note) } }
                        (qr(link, &ui.t("membership-made-qr")))
                        p.secret { (link) }
                        p { (ui.t_with("membership-made-days", &[("days", days.into())])) }
                    } }
                }
            }
        })
}
