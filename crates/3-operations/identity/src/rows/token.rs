//! A bearer token: 32 random bytes that its holder shows as text and that we know only by their hash.

use crate::encoding::{b64u, from_b64u, sha256};

/// A token. Its debug form shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl Token {
    /// From 32 random bytes.
    pub fn new(entropy: [u8; 32]) -> Self {
        Self(entropy)
    }

    /// Reads what a browser or program sent.
    pub fn parse(text: &str) -> Option<Self> {
        from_b64u(text)?.try_into().ok().map(Self)
    }

    /// The text for the cookie, link or answer; 43 characters of base64url.
    pub fn reveal(&self) -> String {
        b64u(&self.0)
    }

    /// What is stored.
    pub fn hash(&self) -> [u8; 32] {
        sha256(&self.0)
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_stored_as_its_hash_only() {
        let token = Token::new([7; 32]);
        assert_eq!(Token::parse(&token.reveal()), Some(token.clone()));
        assert_ne!(token.hash(), [7; 32]);
        assert!(!format!("{token:?}").contains(&token.reveal()));
        assert_eq!(Token::parse("short"), None);
        assert_eq!(Token::parse(&format!("{}A", token.reveal())), None);
    }
}
