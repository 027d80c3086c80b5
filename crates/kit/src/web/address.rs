//! Addresses that are put together from what people wrote. What an address leads to is not known here.

/// A text as a value in the query of an address: percent-encoded but for what is plain there (RFC 3986, section 3.4).
pub fn in_query(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_mean_something_in_a_query_is_encoded() {
        assert_eq!(in_query("/wallet/pay"), "/wallet/pay");
        assert_eq!(in_query("a&b=c d+\u{e9}#?%"), "a%26b%3Dc%20d%2B%C3%A9%23%3F%25");
    }
}
