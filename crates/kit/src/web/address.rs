//! Addresses that are put together from what people wrote. What an address leads to is not known here.

/// A text as a value in the query of an address: percent-encoded but for what is plain there (RFC 3986, section 3.4).
pub fn in_query(text: &str) -> String {
    encoded(text, b"-_.~/")
}

/// A text as one part of a path, or as a file's name in a header (RFC 3986, section 2.3; RFC 8187, section 3.2).
pub fn as_part(text: &str) -> String {
    encoded(text, b"-_.~")
}

fn encoded(text: &str, plain: &[u8]) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        _ if plain.contains(&byte) => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_mean_something_in_a_query_is_encoded() {
        assert_eq!(
            (in_query("/wallet/pay").as_str(), as_part("../pay").as_str()),
            ("/wallet/pay", "..%2Fpay")
        );
        assert_eq!(in_query("a&b=c d+\u{e9}#?%"), "a%26b%3Dc%20d%2B%C3%A9%23%3F%25");
    }
}
