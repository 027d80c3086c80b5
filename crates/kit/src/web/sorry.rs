//! Answers to what went wrong: a page for people, RFC 9457 problem details for programs. The one place where refusals
//! become HTTP.

use super::visit::Visit;
use crate::problem::{self, Problem};
use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use planet_corridor::refusal::{Fault, Refusal, RefusalKind};
use planet_store::Error as StoreError;
use serde_json::json;

/// What a handler answers.
pub type Answer = Result<Response, Sorry>;

/// Something that went wrong, on its way to the visitor.
#[derive(Debug)]
pub struct Sorry(pub Fault);

impl<E: Into<Fault>> From<E> for Sorry {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl Sorry {
    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        match &self.0 {
            Fault::Refused(refusal) => match refusal.kind {
                RefusalKind::Input => StatusCode::UNPROCESSABLE_ENTITY,
                RefusalKind::NotAllowed if refusal.code == "not_signed_in" => StatusCode::UNAUTHORIZED,
                RefusalKind::NotAllowed => StatusCode::FORBIDDEN,
                RefusalKind::NotFound => StatusCode::NOT_FOUND,
                RefusalKind::Conflict if refusal.code == "busy" => StatusCode::SERVICE_UNAVAILABLE,
                RefusalKind::Conflict => StatusCode::CONFLICT,
            },
            Fault::Store(StoreError::Busy) => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The refusal, if it is one; otherwise the fault is logged and told in general words.
    pub fn refusal(self) -> Refusal {
        match self.0 {
            Fault::Refused(refusal) => refusal,
            fault => {
                tracing::error!(%fault, "a request failed");
                Refusal::conflict(
                    "broken",
                    "Something went wrong on our side. Nothing was changed. Please try again.",
                )
            }
        }
    }

    /// RFC 9457 problem details.
    pub fn problem_details(self) -> Response {
        let status = self.status();
        let refusal = self.refusal();
        let body = json!({
            "type": format!("about:blank#{}", refusal.code),
            "title": status.canonical_reason().unwrap_or("Problem"),
            "status": status.as_u16(),
            "detail": refusal.sentence,
            "code": refusal.code,
            "field": refusal.field,
        });
        let mut response = (status, Json(body)).into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response
    }

    /// A page that says what is the case and offers a way on.
    pub fn page(self, visit: &Visit) -> Response {
        let status = self.status();
        let refusal = self.refusal();
        let kind = Problem::of_status(status.as_u16());
        (status, problem::page(&visit.ui, kind, Some(&refusal.sentence), None)).into_response()
    }
}

/// Marks a response as a refusal that the edge should dress as a page or as problem details, whichever was asked for.
#[derive(Clone, Debug)]
pub struct Undressed(pub Refusal, pub StatusCode);

impl IntoResponse for Sorry {
    /// Problem details, marked so that the edge can show a page instead to those who asked for one.
    fn into_response(self) -> Response {
        let status = self.status();
        let refusal = self.refusal();
        let mut response = Self(Fault::Refused(refusal.clone())).problem_details();
        *response.status_mut() = status;
        response.extensions_mut().insert(Undressed(refusal, status));
        response
    }
}

/// Whether a request wants a page rather than JSON.
pub fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}
