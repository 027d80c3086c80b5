//! Getting ready for the day on which a passkey is lost: ten codes, and the paper words.

use super::devices::{codes_left, needs_script};
use crate::keys::acts::{ConfirmWords, SaveRecovery};
use crate::keys::error::{KeysError, identity};
use crate::keys::held::{self, NewVault, SentCode};
use crate::keys::sent::{self, Sent};
use crate::keys::views::{Devices, RecoveryStatus};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Caller, Signed};
use serde::Deserialize;

/// `GET /recovery`
pub async fn page(visit: Signed) -> Answer {
    let status = visit.view(Devices {}).await?.recovery;
    visit.page(show(&visit.ui, status))
}

fn show(ui: &Ui, status: RecoveryStatus) -> Markup {
    let page = Page::new(ui, ui.t("keys-recovery-title"))
        .section("settings")
        .back("/devices", ui.t("keys-devices-title"))
        .lead(ui.t("keys-recovery-lead"));
    if !status.has_vault {
        return page.show(empty(ui, "shield-check", ui.t("keys-held"), ui.t("keys-held-text")).render());
    }
    page.show(html! {
        (section(&ui.t("keys-codes"), state(ui, status.codes_left > 0), card(html! {
            p { (ui.t("keys-codes-why")) }
            p.note { (codes_left(ui, status.codes_left)) }
            div data-island="recovery-codes" data-save="/recovery/codes" {}
            (needs_script(ui))
        })))
        (section(&ui.t("keys-words"), state(ui, status.words_confirmed), card(html! {
            p { (ui.t("keys-words-why")) }
            p.note { (ui.t(if status.words_confirmed { "keys-words-kept" } else { "keys-words-open" })) }
            @if !status.words_confirmed {
                div data-island="paper-words" data-save="/recovery/words" {}
                (needs_script(ui))
            }
        })))
        (more(ui, &ui.t("keys-why-both"), html! { p { (ui.t("keys-why-both-text")) } }))
    })
}

fn state(ui: &Ui, done: bool) -> Markup {
    if done { badge_tone(Tone::Good, &ui.t("keys-done")) } else { badge_tone(Tone::Warn, &ui.t("keys-open")) }
}

/// `{codes}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCodes {
    codes: Vec<SentCode>,
}

/// `POST /recovery/codes`
pub async fn codes(caller: Caller, Sent(new): Sent<NewCodes>) -> Answer {
    let (member, desk) = (sent::keeper(&caller).await?, &caller.desk);
    for code in &new.codes {
        code.stored().map_err(identity)?;
    }
    let held = held::hold(desk, member, &new.codes).await?;
    desk.corridor().act(sent::call(desk, member), SaveRecovery { held }).await?;
    Ok(sent::go("/recovery", "keys-codes-kept"))
}

/// `{confirmed, vault}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    confirmed: bool,
    vault: NewVault,
}

/// `POST /recovery/words`
pub async fn words(caller: Caller, Sent(words): Sent<Words>) -> Answer {
    let (member, desk) = (sent::keeper(&caller).await?, &caller.desk);
    if !words.confirmed {
        return Err(KeysError::WordsNotConfirmed.into());
    }
    let held = held::hold(desk, member, &words.vault).await?;
    desk.corridor().act(sent::call(desk, member), ConfirmWords { held }).await?;
    Ok(sent::go("/recovery", "keys-words-told"))
}
