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

const HEADERS: [(HeaderName, &str); 6] = [
    // What one member sees is kept for nobody else, and is not shown again after signing out without asking.
    (header::CACHE_CONTROL, "private, no-cache"),
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(self), geolocation=(), microphone=()"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Lets a request pass unless a page from elsewhere sent it in the member's name, and dresses what comes back.
pub async fn guard(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    if let Err(refusal) = same_origin(&desk, request.method(), request.headers()) {
        return with_headers(Sorry::from(refusal).problem_details());
    }
    let (mut parts, body) = request.into_parts();
    let response = next.run(Request::from_parts(parts.clone(), body)).await;
    with_headers(dressed(&desk, &mut parts, response).await)
}

/// A refusal as a page or as problem details, whichever was asked for.
async fn dressed(desk: &Desk, parts: &mut Parts, response: Response) -> Response {
    let marked = response.extensions().get::<Undressed>().cloned();
    let bare = marked.is_none();
    let Some(undressed) = marked.or_else(|| Undressed::of_bare(&response, &parts.method)) else {
        return response;
    };
    if !wants_page(&parts.headers) {
        return if bare { undressed.problem_details() } else { response };
    }
    match Visit::from_request_parts(parts, desk).await {
        Ok(visit) => undressed.page(&visit),
        Err(sorry) => sorry.into_response(),
    }
}

fn with_headers(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
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
