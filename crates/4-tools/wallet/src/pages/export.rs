//! A wallet's records as a file.

use crate::export::{Format, file_name, write};
use crate::views::Records;
use axum::extract::Query;
use axum::http::header;
use axum::response::IntoResponse;
use planet_corridor::refusal::Refusal;
use planet_kit::web::{Answer, Signed};
use serde::Deserialize;

/// What a form or a program asks for.
#[derive(Deserialize)]
pub(super) struct Asked {
    format: String,
    #[serde(default)]
    of: Option<String>,
    #[serde(default)]
    account: Option<String>,
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    to: Option<String>,
}

pub(super) async fn export(visit: Signed, Query(asked): Query<Asked>) -> Answer {
    let format = Format::read(&asked.format)?;
    let account = match asked.account.as_deref().unwrap_or_default() {
        "" => None,
        id => Some(id.parse().map_err(|_| {
            Refusal::input("account", "account_unclear", "There is no such account in this wallet.")
        })?),
    };
    let records = visit.view(Records { of: asked.of, account, from: asked.from, to: asked.to }).await?;
    let name = format!("attachment; filename=\"{}\"", file_name(format, &records));
    let body = write(format, &records, &visit.ui.club.name);
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, body).into_response())
}
