//! The guard at the edge: headers that every response bears, and no changes by forms from elsewhere.

use super::desk::Desk;
use super::sorry::{Sorry, Undressed, wants_page};
use super::visit::Visit;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{self, HeaderName};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use planet_corridor::refusal::Refusal;

/// What pages may load and do. No inline script, no inline style, nothing from elsewhere.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; object-src 'none'; \
     frame-ancestors 'none'; form-action 'self'; base-uri 'none'";

static HEADERS: [(HeaderName, HeaderValue); 6] = [
    // What one member sees is kept for nobody else, and is not shown again after signing out without asking.
    (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(self), geolocation=(), microphone=()"),
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
];

/// Lets a request pass unless a page from elsewhere sent it in the member's name, and dresses what comes back.
pub async fn guard(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    if let Err(refusal) = same_origin(&desk, request.method(), request.headers()) {
        return with_headers(Sorry::from(refusal).problem_details());
    }
    let (parts, body) = request.into_parts();
    let method = parts.method.clone();
    let visitor = wants_page(&parts.headers).then(|| parts.clone());
    let response = next.run(Request::from_parts(parts, body)).await;
    with_headers(dressed(&desk, &method, visitor, response).await)
}

/// A refusal as a page for the visitor who asked for one, or as problem details.
async fn dressed(desk: &Desk, method: &Method, visitor: Option<Parts>, response: Response) -> Response {
    let marked = response.extensions().get::<Undressed>().cloned();
    let bare = marked.is_none();
    let Some(undressed) = marked.or_else(|| Undressed::of_bare(&response, method)) else {
        return response;
    };
    let Some(mut parts) = visitor else {
        return if bare { undressed.problem_details() } else { response };
    };
    match Visit::from_request_parts(&mut parts, desk).await {
        Ok(visit) => undressed.page(&visit),
        Err(sorry) => sorry.into_response(),
    }
}

fn with_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.reserve(HEADERS.len());
    for (name, value) in &HEADERS {
        headers.entry(name).or_insert_with(|| value.clone());
    }
    response
}

/// A browser says where a form was. A request that changes something and bears the cookie must come from here; a
/// bearer token is not sent by browsers on their own.
fn same_origin(desk: &Desk, method: &Method, headers: &HeaderMap) -> Result<(), Refusal> {
    let safe = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || headers.contains_key(header::AUTHORIZATION) {
        return Ok(());
    }
    let here = match headers.get(header::ORIGIN).and_then(|value| value.to_str().ok()) {
        Some(origin) => origin == desk.origin().url(),
        None => !headers.contains_key(header::COOKIE),
    };
    if here {
        Ok(())
    } else {
        Err(Refusal::not_allowed(
            "other_origin",
            format!(
                "This was sent from another address than {}. Please open the club there.",
                desk.origin().url()
            ),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_member_sees_is_kept_by_nobody_in_between_unless_it_says_so_itself() {
        let cached = |response: Response| with_headers(response).headers()[header::CACHE_CONTROL].clone();
        assert_eq!(cached(Response::default()), "private, no-cache");
        assert_eq!(cached(([(header::CACHE_CONTROL, "no-store")], "token").into_response()), "no-store");
    }
}
