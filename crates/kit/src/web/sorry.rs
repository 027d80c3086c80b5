//! Answers to what went wrong: a page for people, RFC 9457 problem details for programs. The one place where refusals
//! become HTTP.

use super::knock::COME_BACK;
use super::visit::Visit;
use crate::problem::{self, Problem};
use axum::Json;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
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
            Fault::Refused(refusal) => match (refusal.kind, refusal.code.as_str()) {
                (_, "not_signed_in") => StatusCode::UNAUTHORIZED,
                (_, "too_large") => StatusCode::PAYLOAD_TOO_LARGE,
                (_, "too_often") => StatusCode::TOO_MANY_REQUESTS,
                (_, "busy") => StatusCode::SERVICE_UNAVAILABLE,
                (RefusalKind::Input, _) => StatusCode::UNPROCESSABLE_ENTITY,
                (RefusalKind::NotAllowed, _) => StatusCode::FORBIDDEN,
                (RefusalKind::NotFound, _) => StatusCode::NOT_FOUND,
                (RefusalKind::Conflict, _) => StatusCode::CONFLICT,
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
        self.undressed().problem_details()
    }

    /// A page that says what is the case and offers a way on.
    pub fn page(self, visit: &Visit) -> Response {
        self.undressed().page(visit)
    }

    fn undressed(self) -> Undressed {
        let status = self.status();
        Undressed(self.refusal(), status)
    }
}

/// A refusal with its status, on its way to be dressed as a page or as problem details, whichever was asked for.
#[derive(Clone, Debug)]
pub struct Undressed(pub Refusal, pub StatusCode);

impl Undressed {
    /// What the framework itself refused, in a few words for programmers, as a refusal with a sentence; nothing for answers that
    /// are dressed already.
    pub fn of_bare(response: &Response, method: &Method) -> Option<Self> {
        let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let bare = kind.is_none_or(|kind| kind.starts_with("text/plain"));
        let refusal = match response.status() {
            _ if !bare => return None,
            StatusCode::PAYLOAD_TOO_LARGE => too_large(),
            StatusCode::NOT_FOUND => nowhere(),
            // An address with something in it that is no id: there is nothing there either.
            StatusCode::BAD_REQUEST if method.is_safe() => {
                return Some(Self(nowhere(), StatusCode::NOT_FOUND));
            }
            StatusCode::METHOD_NOT_ALLOWED => Refusal::not_allowed(
                "wrong_method",
                "This address can be looked at or sent to, but not in this way.",
            ),
            status if status.is_client_error() => Refusal::input(
                "",
                "unclear_request",
                "What was sent could not be understood. Please load the page again and repeat it.",
            ),
            _ => return None,
        };
        Some(Self(refusal, response.status()))
    }

    /// RFC 9457 problem details.
    pub fn problem_details(&self) -> Response {
        let Self(refusal, status) = self;
        let body = json!({
            "type": format!("about:blank#{}", refusal.code),
            "title": status.canonical_reason().unwrap_or("Problem"),
            "status": status.as_u16(),
            "detail": refusal.sentence,
            "code": refusal.code,
            "field": refusal.field,
        });
        let mut response = self.waiting((*status, Json(body)).into_response());
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response
    }

    /// A page that says what is the case and offers a way on.
    pub fn page(&self, visit: &Visit) -> Response {
        let Self(refusal, status) = self;
        let kind = Problem::of_status(status.as_u16());
        self.waiting((*status, problem::page(&visit.ui, kind, Some(&refusal.sentence), None)).into_response())
    }

    /// Says when to come back, to whoever came too often.
    fn waiting(&self, mut response: Response) -> Response {
        if self.1 == StatusCode::TOO_MANY_REQUESTS {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(COME_BACK));
        }
        response
    }
}

/// More was sent than is taken.
pub fn too_large() -> Refusal {
    Refusal::input("", "too_large", "This is too large. Please send less at once.")
}

/// There is nothing at an address.
pub fn nowhere() -> Refusal {
    Refusal::not_found("not_found", "There is nothing at this address.")
}

impl IntoResponse for Sorry {
    /// Problem details, marked so that the edge can show a page instead to those who asked for one.
    fn into_response(self) -> Response {
        let undressed = self.undressed();
        let mut response = undressed.problem_details();
        response.extensions_mut().insert(undressed);
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
