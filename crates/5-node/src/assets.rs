//! The browser's part, as `build.rs` bundled it into this program, and how it is served. Not the pages that use it.

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::json;

/// One built file with its compressed twins.
struct File {
    /// The name that pages use, such as `app.css`.
    logical: &'static str,
    /// The name with the hash of its content, such as `app-LZNVAJXI.css`.
    name: &'static str,
    /// Where it is served.
    path: &'static str,
    content_type: &'static str,
    hash: &'static str,
    plain: &'static [u8],
    gzip: Option<&'static [u8]>,
    brotli: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// A name with a hash never changes its content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// A fixed name is asked for again each time; the tag makes that cheap.
const ASK_AGAIN: &str = "no-cache";

/// A file in the form that one browser takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asset {
    /// The media type, as `Content-Type` has it.
    pub content_type: &'static str,
    /// `br`, `gzip`, or none.
    pub encoding: Option<&'static str>,
    /// Hash of the uncompressed content, in hex.
    pub hash: &'static str,
    /// The bytes to send.
    pub bytes: &'static [u8],
}

/// Where the file that pages know as `logical` is served: `path("app.css")` is `/assets/app-LZNVAJXI.css`. A name that
/// the bundle lacks is a mistake in the page: it is logged, and the address leads nowhere.
pub fn path(logical: &str) -> &'static str {
    if let Some(file) = FILES.iter().find(|file| file.logical == logical) {
        return file.path;
    }
    tracing::error!(logical, "a page asks for a file that the web front end does not have");
    "/assets/missing"
}

/// All files, as pages name them and as they are served.
pub fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().map(|file| (file.logical, file.path))
}

/// The file of that hashed name, in the smallest form that `accept_encoding` (the header's value) allows.
pub fn find(name: &str, accept_encoding: &str) -> Option<Asset> {
    let file = FILES.iter().find(|file| file.name == name)?;
    let brotli = file.brotli.filter(|_| accepts(accept_encoding, "br")).map(|bytes| (Some("br"), bytes));
    let gzip = || file.gzip.filter(|_| accepts(accept_encoding, "gzip")).map(|bytes| (Some("gzip"), bytes));
    let (encoding, bytes) = brotli.or_else(gzip).unwrap_or((None, file.plain));
    Some(Asset { content_type: file.content_type, encoding, hash: file.hash, bytes })
}

/// Name, version, licence and licence text of every bundled package, as JSON.
pub fn licences() -> &'static str {
    let file = FILES.iter().find(|file| file.logical == "licences.json");
    file.and_then(|file| std::str::from_utf8(file.plain).ok()).unwrap_or("[]")
}

/// `/assets/{name}` and `/sw.js`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{name}", get(asset)).route("/sw.js", get(service_worker))
}

async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    answer(&name, &headers, FOR_EVER)
}

async fn service_worker(headers: HeaderMap) -> Response {
    answer("sw.js", &headers, ASK_AGAIN)
}

/// The answer to `GET /manifest.webmanifest`, which lets phones install the club under its own name.
pub fn web_manifest(club: &str) -> Response {
    let icon = |logical: &str, sizes: &str, media_type: &str, purpose: &str| json!({"src": path(logical), "sizes": sizes, "type": media_type, "purpose": purpose});
    let manifest = json!({
        "id": "/",
        "name": club,
        "short_name": club.chars().take(30).collect::<String>(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf8f5",
        "theme_color": "#2f6b3c",
        "icons": [
            icon("icon.svg", "any", "image/svg+xml", "any"),
            icon("icon-192.png", "192x192", "image/png", "any"),
            icon("icon-512.png", "512x512", "image/png", "any"),
            icon("icon-512.png", "512x512", "image/png", "maskable"),
        ],
    });
    let headers = [(header::CONTENT_TYPE, "application/manifest+json"), (header::CACHE_CONTROL, ASK_AGAIN)];
    (headers, manifest.to_string()).into_response()
}

fn answer(name: &str, headers: &HeaderMap, cache: &'static str) -> Response {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Some(asset) = find(name, text(header::ACCEPT_ENCODING)) else {
        return (StatusCode::NOT_FOUND, "There is no such file.").into_response();
    };
    let tag = format!("\"{}-{}\"", asset.hash, asset.encoding.unwrap_or("plain"));
    let known = text(header::IF_NONE_MATCH).split(',').any(|given| given.trim() == tag);
    let common = [(header::CACHE_CONTROL, cache), (header::VARY, "accept-encoding")];
    let mut response = if known {
        (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)], common).into_response()
    } else {
        ([(header::ETAG, tag)], common, [(header::CONTENT_TYPE, asset.content_type)], asset.bytes)
            .into_response()
    };
    if let Some(encoding) = asset.encoding.filter(|_| !known) {
        response.headers_mut().insert(header::CONTENT_ENCODING, header::HeaderValue::from_static(encoding));
    }
    response
}

/// Whether an `Accept-Encoding` (RFC 9110, section 12.5.3) names this coding and does not forbid it by `q=0`.
fn accepts(accept_encoding: &str, coding: &str) -> bool {
    accept_encoding.split(',').any(|part| {
        let mut pieces = part.split(';').map(str::trim);
        let named = pieces.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
        let weight =
            pieces.find_map(|piece| piece.strip_prefix("q=")).and_then(|weight| weight.parse::<f32>().ok());
        named && weight.is_none_or(|weight| weight > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(name: &str, headers: &[(header::HeaderName, &str)]) -> Response {
        let headers = headers.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect();
        answer(name, &headers, FOR_EVER)
    }

    fn hashed(logical: &str) -> &'static str {
        path(logical).strip_prefix("/assets/").unwrap()
    }

    #[test]
    fn every_file_that_the_page_skeleton_names_is_there() {
        for logical in [
            "app.css",
            "app.js",
            "icons.svg",
            "icon.svg",
            "icon-192.png",
            "icon-512.png",
            "icon-180.png",
            "figtree.woff2",
            "sw.js",
        ] {
            assert!(find(hashed(logical), "").is_some_and(|asset| !asset.bytes.is_empty()), "{logical}");
        }
        assert_eq!(path("no-such.css"), "/assets/missing");
    }

    #[test]
    fn a_browser_gets_the_smallest_form_it_takes() {
        let name = hashed("app.js");
        let encoding = |accept| find(name, accept).unwrap().encoding;
        assert_eq!(encoding("gzip, deflate, br, zstd"), Some("br"));
        assert_eq!(encoding("gzip, br;q=0"), Some("gzip"));
        assert_eq!(encoding("identity"), None);
        assert!(find(name, "br").unwrap().bytes.len() < find(name, "").unwrap().bytes.len());
    }

    #[test]
    fn a_file_with_a_hash_may_be_kept_for_ever_and_is_not_sent_twice() {
        let name = hashed("app.css");
        let first = get(name, &[(header::ACCEPT_ENCODING, "br")]);
        assert_eq!(first.status(), StatusCode::OK);
        assert_eq!(first.headers()[header::CACHE_CONTROL], FOR_EVER);
        assert_eq!(first.headers()[header::CONTENT_ENCODING], "br");
        assert_eq!(first.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
        let tag = first.headers()[header::ETAG].to_str().unwrap();
        let second = get(name, &[(header::ACCEPT_ENCODING, "br"), (header::IF_NONE_MATCH, tag)]);
        assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(get(name, &[(header::IF_NONE_MATCH, tag)]).status(), StatusCode::OK);
    }

    #[test]
    fn a_name_that_was_not_built_is_not_found() {
        for name in ["app.css", "../../Cargo.toml", "stamp", ""] {
            assert_eq!(get(name, &[]).status(), StatusCode::NOT_FOUND, "{name}");
        }
    }

    #[test]
    fn every_bundled_package_shows_its_licence() {
        let rows: Vec<serde_json::Value> = serde_json::from_str(licences()).unwrap();
        assert!(rows.iter().any(|row| row["name"] == "htmx.org" && row["license"] == "0BSD"));
        assert!(rows.iter().all(|row| row["text"].as_str().is_some_and(|text| !text.is_empty())), "{rows:?}");
    }
}
