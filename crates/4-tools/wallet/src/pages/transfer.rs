//! The page of one transfer: what it was, what the keepers of the wallet noted, and the files they attached.

use super::statement::kind_text;
use super::{of, profile_of, unit};
use crate::acts::annotate::{
    Annotate, Attach, Detach, MAX_CATEGORY, MAX_NOTE, MAX_SIZE, MOST_FILES, kind_of,
};
use crate::error::WalletError;
use crate::views::{Attachment, Transfer, TransferView, open_attachment};
use axum::extract::{Path, Query};
use axum::http::header::{self, HeaderName};
use axum::response::IntoResponse;
use planet_corridor::files::{Files, hash_of};
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ledger::TransferKind;
use planet_ontology::hex;
use planet_ontology::ids::{AgentId, AttachmentId, TransferId};
use planet_ontology::units::Amount;
use serde::Deserialize;

/// From which side it is looked at.
#[derive(Default, Deserialize)]
pub(super) struct Side {
    #[serde(default)]
    pub of: Option<String>,
}

/// What a browser may do with a file of somebody: nothing but keep it.
const SANDBOX: &str = "default-src 'none'; sandbox";

pub(super) async fn transfer_page(
    visit: Signed,
    Path(id): Path<TransferId>,
    Query(side): Query<Side>,
) -> Answer {
    let view = visit.view(Transfer { id, of: side.of }).await?;
    let filled = Filled::default();
    visit.page(show(&visit.ui, &view, &filled, &filled))
}

fn show(ui: &Ui, view: &TransferView, note: &Filled, file: &Filled) -> Markup {
    let unit = unit(&view.money);
    let incoming = view.payee.id == view.wallet.id;
    let signed = Amount(if incoming { view.amount.0 } else { view.amount.0.saturating_neg() });
    let side = of(&view.wallet, view.own);
    let statement = if side.is_empty() { "?".to_owned() } else { format!("{side}&") };
    let statement = format!("/wallet/statement{statement}account={}", view.account.account);
    let actions = html! {
        (link_button(format!("/wallet/transfers/{}/proof{side}", view.id), ui.t("wallet-proof")).icon(ui, "badge-check"))
        @if view.keeps && incoming && view.kind == TransferKind::Payment && view.given_back < view.amount {
            (link_button(format!("/wallet/refund/{}", view.id), ui.t("wallet-refund")).icon(ui, "undo-2"))
        }
    };
    let party = |party: &crate::views::Party| html! { a href=(profile_of(party)) { (party.name) } };
    Page::new(ui, ui.t("wallet-transfer")).section("wallet").back(statement, ui.t("wallet-statement")).actions(actions).show(html! {
        (card(html! {
            (balance(signed, &unit))
            (facts([
                (ui.t("wallet-payer").as_str(), party(&view.payer)),
                (ui.t("wallet-payee").as_str(), party(&view.payee)),
                (ui.t("wallet-memo").as_str(), html! { @if view.memo.is_empty() { "\u{2013}" } @else { (view.memo) } }),
                (ui.t("wallet-when").as_str(), date(ui, view.at)),
                (ui.t("wallet-kind").as_str(), html! { (kind_text(ui, view.kind)) }),
                (ui.t("wallet-balance-after").as_str(), money(view.balance_after, &unit)),
                (ui.t("wallet-number").as_str(), html! { code { (view.id) } }),
            ]))
            @if let Some(payment) = view.gives_back { p { a href={ "/wallet/transfers/" (payment) (side) } { (ui.t("wallet-gives-back")) } } }
            @if view.given_back.0 > 0 { p.note { (ui.t("wallet-given-back")) " " (money(view.given_back, &unit)) } }
        }))
        @if view.keeps {
            (section(&ui.t("wallet-notes"), html! {}, html! {
                p.note { (ui.t(if view.own { "wallet-notes-own" } else { "wallet-notes-group" })) }
                (note_form(ui, view, note))
            }))
            (section(&ui.t("wallet-files"), html! {}, files(ui, view, file)))
        }
    })
}

fn note_form(ui: &Ui, view: &TransferView, filled: &Filled) -> Markup {
    let mut category = field("category", ui.t("wallet-category"))
        .limit(MAX_CATEGORY)
        .optional(ui)
        .value(&view.category)
        .with("list", "categories")
        .with("autocomplete", "off");
    if let Some(suggested) = view.suggested.as_deref().filter(|_| view.category.is_empty()) {
        category = category.hint(ui.t_with("wallet-category-last", &[("category", suggested.into())]));
    } else {
        category = category.hint(ui.t("wallet-category-hint"));
    }
    html! {
        (form(ui, format!("/wallet/transfers/{}", view.id), html! {
            (category.filled(filled))
            datalist id="categories" { @for known in &view.categories { option value=(known) {} } }
            (field("note", ui.t("wallet-note")).area(3).limit(MAX_NOTE).optional(ui).value(&view.note).filled(filled))
            div.form-end { (button(ui.t("wallet-note-save"))) }
        }).hidden("of", if view.own { "" } else { view.wallet.handle.as_str() }).filled(filled))
    }
}

fn files(ui: &Ui, view: &TransferView, filled: &Filled) -> Markup {
    let handle = if view.own { "" } else { view.wallet.handle.as_str() };
    html! {
        @if view.attachments.is_empty() {
            (empty(ui, "paperclip", ui.t("wallet-files-none"), ui.t("wallet-files-none-text")))
        } @else {
            (list(view.attachments.iter().map(|file| file_row(ui, view, file))))
        }
        @if view.attachments.len() < MOST_FILES {
            (form(ui, format!("/wallet/transfers/{}/files", view.id), html! {
                (field("file", ui.t("wallet-file")).hint(ui.t("wallet-file-hint")).file("image/jpeg,image/png,image/webp,application/pdf").required().filled(filled))
                div.form-end { (button(ui.t("wallet-file-add")).icon(ui, "paperclip")) }
            }).multipart().hidden("of", handle).filled(filled))
        }
    }
}

fn file_row(ui: &Ui, view: &TransferView, file: &Attachment) -> Row {
    let remove = act_button(
        ui,
        format!("/wallet/files/{}/remove", file.id),
        button(ui.t("wallet-file-remove")).quiet().small(),
    )
    .hidden("back", format!("/wallet/transfers/{}{}", view.id, of(&view.wallet, view.own)));
    row(&file.name)
        .href(format!("/wallet/files/{}", file.id))
        .lead(icon(ui, if file.kind == "application/pdf" { "receipt-text" } else { "paperclip" }))
        .note(html! { (size(file.size)) " \u{b7} " (ago(ui, file.added)) })
        .actions(remove.render())
}

/// A size as people say it.
fn size(bytes: i64) -> String {
    if bytes < 1_000_000 { format!("{} KB", (bytes + 999) / 1_000) } else { "1 MB".into() }
}

/// Whose wallet a form was about: nothing for one's own.
async fn wallet(
    visit: &Signed,
    id: TransferId,
    fields: &Fields,
) -> Result<(TransferView, Option<AgentId>), Fault> {
    let view = visit.view(Transfer { id, of: fields.optional("of") }).await?;
    let wallet = (!view.own).then_some(view.wallet.id);
    Ok((view, wallet))
}

fn path_of(view: &TransferView) -> String {
    format!("/wallet/transfers/{}{}", view.id, of(&view.wallet, view.own))
}

pub(super) async fn annotate(visit: Signed, Path(id): Path<TransferId>, fields: Fields) -> Answer {
    let (view, wallet) = wallet(&visit, id, &fields).await?;
    let act = Annotate {
        transfer: id,
        wallet,
        category: fields.text("category").to_owned(),
        note: fields.text("note").to_owned(),
    };
    match visit.act(fields.key(&["of", "category", "note"])?, act).await? {
        Ok(_) => visit.done(&path_of(&view), "wallet-noted"),
        Err(refusal) => {
            let filled = fields.filled(&refusal);
            visit.again(&refusal, show(&visit.ui, &view, &filled, &Filled::default()))
        }
    }
}

pub(super) async fn attach(visit: Signed, Path(id): Path<TransferId>, fields: Fields) -> Answer {
    let key = fields.key(&["of", "file"])?;
    let (view, wallet) = wallet(&visit, id, &fields).await?;
    let result = match chosen(&fields, id, wallet) {
        Ok((act, files)) => visit.act_with(key, act, files).await?.map(|_| ()),
        Err(refusal) => Err(refusal),
    };
    match result {
        Ok(()) => visit.done(&path_of(&view), "wallet-file-added"),
        Err(refusal) => {
            let mut filled = Filled::default();
            filled.wrong(refusal.field.as_deref().unwrap_or_default(), refusal.sentence.clone());
            visit.again(&refusal, show(&visit.ui, &view, &Filled::default(), &filled))
        }
    }
}

/// The act for the file that was chosen. Its kind is what its first bytes say; what the browser says must agree.
fn chosen(
    fields: &Fields,
    transfer: TransferId,
    wallet: Option<AgentId>,
) -> Result<(Attach, Files), Refusal> {
    let file = fields
        .file("file")
        .ok_or_else(|| Refusal::input("file", "file_missing", "Please choose a photograph or a PDF."))?;
    if file.bytes.is_empty() || file.bytes.len() > MAX_SIZE {
        return Err(WalletError::FileSize.into());
    }
    let kind = kind_of(&file.bytes).filter(|kind| *kind == file.kind).ok_or(WalletError::FileKind)?;
    let act = Attach {
        transfer,
        wallet,
        name: file.name.clone(),
        kind: kind.to_owned(),
        size: u32::try_from(file.bytes.len()).unwrap_or(u32::MAX),
        hash: hex::encode(&hash_of(&file.bytes)),
    };
    Ok((act, Files::new([file.bytes.clone()])))
}

pub(super) async fn detach(visit: Signed, Path(id): Path<AttachmentId>, fields: Fields) -> Answer {
    visit.act(fields.key(&["back"])?, Detach { attachment: id }).await??;
    let back = fields.text("back");
    let back = if back.starts_with("/wallet/transfers/") { back } else { "/wallet" };
    visit.done(back, "wallet-file-removed")
}

/// The file itself: to be kept and not to be opened as a page of the club's.
pub(super) async fn file(visit: Signed, Path(id): Path<AttachmentId>) -> Answer {
    let (file, bytes) =
        visit.desk.corridor().look(&visit.viewer, visit.now, move |look| open_attachment(look, id)).await?;
    let headers = [
        (header::CONTENT_TYPE, file.kind),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename*=UTF-8''{}", planet_kit::web::address::as_part(&file.name)),
        ),
        (header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin".to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
