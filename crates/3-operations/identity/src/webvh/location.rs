//! Where this club puts the logs that it hosts, and the identifiers that follow from it.

use super::Did;
use crate::error::IdentityError;
use url::Url;

/// Whose log it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A member; under `/people/`.
    Person,
    /// A group; under `/groups/`.
    Group,
}

impl Kind {
    /// The first part of the path.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Person => "people",
            Self::Group => "groups",
        }
    }
}

/// The place of one log below the club's origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    host: String,
    kind: Kind,
    path: String,
}

impl Location {
    /// The place for `path` at a club whose origin is like `https://club.example` or `http://localhost:7700`.
    pub fn new(origin: &str, kind: Kind, path: &str) -> Result<Self, IdentityError> {
        let inner = path.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if path.is_empty() || path.len() > 64 || !inner || path.starts_with('-') || path.ends_with('-') {
            return Err(IdentityError::PathInvalid);
        }
        Ok(Self { host: host_segment(origin).ok_or(IdentityError::OriginInvalid)?, kind, path: path.into() })
    }

    /// The identifier at this place, for a self-certifying part or the placeholder `{SCID}`.
    pub fn did(&self, scid: &str) -> String {
        format!("did:webvh:{scid}:{}:{}:{}", self.host, self.kind.folder(), self.path)
    }

    /// The place within the origin, `people/ada`.
    pub fn place(&self) -> String {
        format!("{}/{}", self.kind.folder(), self.path)
    }

    /// Whether an identifier lies here.
    pub fn is_of(&self, did: &Did) -> bool {
        self.did(did.scid()) == did.as_str()
    }
}

/// The host segment of identifiers at an origin: the host, and the port as `%3A7700` unless it is the scheme's own.
fn host_segment(origin: &str) -> Option<String> {
    let url = Url::parse(origin).ok()?;
    let host = url.domain()?;
    let is_origin = url.origin().ascii_serialization() == origin.trim_end_matches('/');
    let secure = url.scheme() == "https"
        || (url.scheme() == "http" && (host == "localhost" || host.ends_with(".localhost")));
    if !is_origin || !secure {
        return None;
    }
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}%3A{port}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_and_groups_live_below_the_clubs_origin() {
        let place = |origin, kind| Location::new(origin, kind, "ada").map(|l| l.did("{SCID}")).ok();
        assert_eq!(
            place("https://club.example", Kind::Person).unwrap(),
            "did:webvh:{SCID}:club.example:people:ada"
        );
        assert_eq!(place("https://Club.example/", Kind::Group), None);
        assert_eq!(
            place("https://club.example/", Kind::Group).unwrap(),
            "did:webvh:{SCID}:club.example:groups:ada"
        );
        assert_eq!(
            place("http://localhost:7700", Kind::Person).unwrap(),
            "did:webvh:{SCID}:localhost%3A7700:people:ada"
        );
        for origin in [
            "http://club.example",
            "https://club.example/x",
            "https://10.0.0.1",
            "club.example",
            "https://a:b@club.example",
        ] {
            assert_eq!(place(origin, Kind::Person), None, "{origin}");
        }
    }

    #[test]
    fn a_path_is_small_letters_digits_and_hyphens() {
        for path in ["", "Ada", "ada lovelace", "-ada", "ada-", "..", "a/b", "ä", &"a".repeat(65)] {
            let refused = Location::new("https://club.example", Kind::Person, path);
            assert!(matches!(refused, Err(IdentityError::PathInvalid)), "{path}");
        }
    }
}
