//! What a device is called in its owner's list, from what it says of itself. A help for memory, never a proof.

use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;

/// Browsers by a word in what they say of themselves; those that pretend to be others come first.
const BROWSERS: [(&str, &str); 9] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("FxiOS", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chromium", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// Systems, in the same way.
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
];

/// `Firefox on Android`.
pub fn of_browser(headers: &HeaderMap) -> String {
    let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let find = |names: &[(&str, &'static str)]| {
        names.iter().find(|(word, _)| agent.contains(word)).map(|(_, name)| *name)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(only), None) | (None, Some(only)) => only.to_owned(),
        (None, None) => "A browser".to_owned(),
    }
}

/// What the sessions of a program are called: its label, and the end of its key, by which they can be ended together.
pub fn program_label(label: &str, did_key: &str) -> String {
    let end = did_key.len().checked_sub(8).and_then(|start| did_key.get(start..)).unwrap_or_default();
    format!("{label} ({end})")
}

/// Whether a session is a program's. The node words all labels itself, and those of browsers have no brackets.
pub fn is_programs(session_label: &str) -> bool {
    session_label.ends_with(')')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_called_by_browser_and_system() {
        for (agent, label) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0",
                "Edge on Windows",
            ),
            ("curl/8", "A browser"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(USER_AGENT, agent.parse().unwrap());
            assert_eq!(of_browser(&headers), label);
        }
        assert_eq!(program_label("laptop", "did:key:z6Mkabcdefgh"), "laptop (abcdefgh)");
        assert_eq!(program_label("laptop", "x"), "laptop ()");
        assert!(
            is_programs("laptop ()") && BROWSERS.iter().chain(&SYSTEMS).all(|(_, name)| !is_programs(name))
        );
    }
}
