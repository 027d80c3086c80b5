//! A did:webvh identifier or DID URL and the HTTPS address of its log. It parses and refuses; it never connects.
//!
//! The checks are strict because resolvers were led astray here: addresses of machines hidden by percent-encoding, path
//! traversal, a fragment glued to the host. DNS answers must be checked again by whoever connects.

use super::Refusal;
use crate::multi::is_multihash;
use url::Host;

/// Which hosts may be asked for a log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hosts {
    /// Public names only, over HTTPS.
    #[default]
    Public,
    /// Also `localhost`, over plain HTTP: for trials and tests.
    PublicAndLocalhost,
}

/// A well-formed did:webvh identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Did {
    text: String,
    scid: String,
    host: String,
    port: Option<u16>,
    path: Vec<String>,
}

/// An identifier with what may follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DidUrl {
    /// The identifier itself.
    pub did: Did,
    /// Which version is asked for.
    pub query: Query,
    /// What follows `#`.
    pub fragment: Option<String>,
}

/// Which version of a document is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Query {
    /// The newest.
    #[default]
    Latest,
    /// `?versionId=`
    Id(String),
    /// `?versionNumber=`
    Number(u64),
    /// `?versionTime=`, an RFC 3339 instant.
    Time(jiff::Timestamp),
}

impl Did {
    /// Reads an identifier without query or fragment.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let rest = text
            .strip_prefix("did:webvh:")
            .ok_or_else(|| Refusal::did("it does not begin with did:webvh:"))?;
        let mut segments = rest.split(':');
        let scid = segments.next().unwrap_or_default();
        if !is_multihash(scid) {
            return Err(Refusal::did(
                "the part after did:webvh: is not a SHA-256 self-certifying identifier",
            ));
        }
        let (host, port) = host_and_port(segments.next().ok_or_else(|| Refusal::did("it names no host"))?)?;
        let path = segments.map(path_segment).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { text: text.into(), scid: scid.into(), host, port, path })
    }

    /// The identifier as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
    /// The self-certifying identifier: all that stays when the log moves.
    pub fn scid(&self) -> &str {
        &self.scid
    }
    /// The host in lower case, in ASCII form.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether two spellings name the same: `%3a` is `%3A`, and hosts have no case.
    pub fn is_same(&self, other: &Self) -> bool {
        let parts = |did: &Self| (did.scid.clone(), did.host.clone(), did.port, did.path.clone());
        parts(self) == parts(other)
    }

    /// Whether the host is this machine.
    pub fn is_localhost(&self) -> bool {
        self.host == "localhost" || self.host.ends_with(".localhost")
    }

    /// The address of the log.
    pub fn log_url(&self, hosts: Hosts) -> Result<String, Refusal> {
        let base = self.base_url(hosts)?;
        Ok(if self.path.is_empty() {
            format!("{base}.well-known/did.jsonl")
        } else {
            format!("{base}did.jsonl")
        })
    }

    /// The address of the witnesses' proofs, beside the log.
    pub fn witness_url(&self, hosts: Hosts) -> Result<String, Refusal> {
        Ok(self.log_url(hosts)?.replace("did.jsonl", "did-witness.json"))
    }

    /// The address under which the implied services `#files` and `#whois` lie; ends in `/`.
    pub fn base_url(&self, hosts: Hosts) -> Result<String, Refusal> {
        if self.is_localhost() && hosts == Hosts::Public {
            return Err(Refusal::did("its host is this machine, which is allowed only in trials"));
        }
        Ok(self.implied_base())
    }

    /// The base address without asking whether anybody may connect to it.
    pub(super) fn implied_base(&self) -> String {
        let scheme = if self.is_localhost() { "http" } else { "https" };
        let port = self.port.map(|port| format!(":{port}")).unwrap_or_default();
        let path: String = self.path.iter().map(|segment| percent_encode(segment) + "/").collect();
        format!("{scheme}://{}{port}/{path}", self.host)
    }
}

impl DidUrl {
    /// Reads an identifier with query and fragment. The fragment is cut off first, so that it can never be taken for a
    /// part of host or path. DID URL paths are not resolved here.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let (text, fragment) = match text.split_once('#') {
            Some((text, fragment)) => (text, Some(fragment.to_owned())),
            None => (text, None),
        };
        let (did, query) = match text.split_once('?') {
            Some((did, query)) => (did, parse_query(query)?),
            None => (text, Query::Latest),
        };
        Ok(Self { did: Did::parse(did)?, query, fragment })
    }
}

fn parse_query(text: &str) -> Result<Query, Refusal> {
    let mut query = Query::Latest;
    for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
        let asked = match name.as_ref() {
            "versionId" => Query::Id(value.into_owned()),
            "versionNumber" => {
                Query::Number(value.parse().map_err(|_| Refusal::did("versionNumber is not a number"))?)
            }
            "versionTime" => {
                Query::Time(value.parse().map_err(|_| Refusal::did("versionTime is not a time"))?)
            }
            _ => continue,
        };
        if query != Query::Latest {
            return Err(Refusal::did("it asks for two versions at once"));
        }
        query = asked;
    }
    Ok(query)
}

/// Reads the host segment, whose only colon is written `%3A` (or `%3a`: percent-encoding has no case).
fn host_and_port(segment: &str) -> Result<(String, Option<u16>), Refusal> {
    let decoded = percent_decode(segment)?;
    let (name, port) = match decoded.split_once(':') {
        Some((name, port)) => (name, Some(parse_port(port)?)),
        None => (decoded.as_str(), None),
    };
    if name.contains(|c: char| c.is_control() || c.is_whitespace() || "%/\\@?#[]:".contains(c)) {
        return Err(Refusal::did("its host holds a character that hosts cannot have"));
    }
    // The URL standard's host parser sees through 0x7f.1, 2130706433, fullwidth digits and the like.
    match Host::parse(name) {
        Ok(Host::Domain(host)) => check_name(host).map(|host| (host, port)),
        Ok(Host::Ipv4(_) | Host::Ipv6(_)) => {
            Err(Refusal::did("its host is the address of a machine, not a name"))
        }
        Err(_) => Err(Refusal::did("its host is not a name")),
    }
}

fn check_name(host: String) -> Result<String, Refusal> {
    let labels_ok =
        host.split('.').all(|label| !label.is_empty() && label.len() <= 63 && !label.starts_with('-'));
    let last_is_name =
        host.rsplit('.').next().is_some_and(|label| !label.bytes().all(|b| b.is_ascii_digit()));
    if !labels_ok || !last_is_name || host.len() > 253 || (!host.contains('.') && host != "localhost") {
        return Err(Refusal::did("its host is not a full domain name"));
    }
    Ok(host)
}

fn parse_port(text: &str) -> Result<u16, Refusal> {
    let plain = !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|_| plain)
        .ok_or_else(|| Refusal::did("its port is not a number from 1 to 65535"))
}

fn path_segment(segment: &str) -> Result<String, Refusal> {
    let decoded = percent_decode(segment)?;
    let harmful = |c: char| c.is_control() || "%/\\?#".contains(c);
    if decoded.is_empty() || decoded == "." || decoded == ".." || decoded.contains(harmful) {
        return Err(Refusal::did("a part of its path is empty, leads upwards or holds a separator"));
    }
    Ok(decoded)
}

/// Decodes once. What still holds a `%` afterwards was encoded twice and is refused by the callers.
fn percent_decode(text: &str) -> Result<String, Refusal> {
    let bad = || Refusal::did("it holds percent-encoding that can't be read");
    if text.contains(|c: char| c.is_control() || c.is_whitespace() || "/\\?#@[]".contains(c)) {
        return Err(Refusal::did("it holds a character that identifiers cannot have"));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit =
                || rest.next().and_then(|b| char::from(b).to_digit(16)).and_then(|d| u8::try_from(d).ok());
            let (high, low) = (digit().ok_or_else(bad)?, digit().ok_or_else(bad)?);
            bytes.push(high * 16 + low);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).map_err(|_| bad())
}

fn percent_encode(segment: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    segment.bytes().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCID: &str = "QmTYXE8TR3uLUWWrefCtFCLhdFWDBk7Eyq5DQRmiHFVAEL";

    fn url(rest: &str) -> Result<String, Refusal> {
        Did::parse(&format!("did:webvh:{SCID}:{rest}"))?.log_url(Hosts::Public)
    }

    #[test]
    fn an_identifier_tells_where_its_log_lies() {
        for (rest, expected) in [
            ("example.com", "https://example.com/.well-known/did.jsonl"),
            ("issuer.Example.com", "https://issuer.example.com/.well-known/did.jsonl"),
            ("example.com:dids:issuer", "https://example.com/dids/issuer/did.jsonl"),
            ("example.com%3A3000:dids:issuer", "https://example.com:3000/dids/issuer/did.jsonl"),
            ("example.com%3a3000", "https://example.com:3000/.well-known/did.jsonl"),
            ("jp納豆.例.jp:用户", "https://xn--jp-cd2fp15c.xn--fsq.jp/%E7%94%A8%E6%88%B7/did.jsonl"),
        ] {
            assert_eq!(url(rest).as_deref(), Ok(expected), "{rest}");
        }
        let did = Did::parse(&format!("did:webvh:{SCID}:example.com:a")).unwrap();
        assert_eq!(did.witness_url(Hosts::Public).unwrap(), "https://example.com/a/did-witness.json");
    }

    #[test]
    fn a_machine_address_is_refused_however_it_is_written() {
        for host in [
            "127.0.0.1",
            "127.0.0.1%3A8080",
            "127.0.0.1%3a8080",
            "127%2E0%2E0%2E1",
            "127%2e0%2e0%2e1",
            "169%2E254%2E169%2E254",
            "2130706433",
            "0x7f.1",
            "0177.0.0.1",
            "127.1",
            "１２７.0.0.1",
            "127。0。0。1",
            "%5B::1%5D",
            "[::1]",
            "%5B%3A%3A1%5D",
            "::1",
            "10.0.0.1.",
            "127%252E0%252E0%252E1",
        ] {
            assert!(url(host).is_err(), "{host}");
        }
    }

    #[test]
    fn a_path_never_leads_upwards_or_elsewhere() {
        for rest in [
            "example.com:..:..:admin",
            "example.com:%2E%2E:admin",
            "example.com:%2e%2e:admin",
            "example.com:.:a",
            "example.com:a%2Fb",
            "example.com:a%5Cb",
            "example.com:a%00b",
            "example.com::a",
            "example.com:",
            "example.com/a",
            "example.com:%252E%252E",
            "example.com:a%3Fb",
            "example.com:a%23b",
            "example.com:%E4%B8",
            "example.com:%G0",
            "evil.example%40example.com",
            "user@example.com",
            "example.com%2F..%2Fx",
            "example.com%3A0",
            "example.com%3A99999",
            "example.com%3A80%3A80",
            "example.com%3A",
            "example.com%3A+80",
            "",
            "a..b",
            "com",
            "exam ple.com",
            "example.123",
        ] {
            assert!(url(rest).is_err(), "{rest}");
        }
    }

    #[test]
    fn a_fragment_is_cut_off_before_anything_is_looked_at() {
        let parse = |rest: &str| DidUrl::parse(&format!("did:webvh:{SCID}:{rest}"));
        assert!(parse("127.0.0.1#x").is_err());
        let good = parse("example.com:people:ada?versionNumber=3#device-1").unwrap();
        assert_eq!((good.query, good.fragment.as_deref()), (Query::Number(3), Some("device-1")));
        assert_eq!(good.did.log_url(Hosts::Public).unwrap(), "https://example.com/people/ada/did.jsonl");
        assert!(parse("example.com?versionNumber=1&versionId=1-x").is_err());
        assert!(parse("example.com?versionNumber=one").is_err());
    }

    #[test]
    fn localhost_needs_to_be_asked_for() {
        let did = Did::parse(&format!("did:webvh:{SCID}:localhost%3A7700:people:ada")).unwrap();
        assert!(did.log_url(Hosts::Public).is_err());
        assert_eq!(
            did.log_url(Hosts::PublicAndLocalhost).unwrap(),
            "http://localhost:7700/people/ada/did.jsonl"
        );
    }

    #[test]
    fn one_identifier_may_be_spelt_in_two_ways() {
        let parse = |rest: &str| Did::parse(&format!("did:webvh:{SCID}:{rest}")).unwrap();
        assert!(parse("Example.com%3a8080:a").is_same(&parse("example.com%3A8080:%61")));
        assert!(!parse("example.com:a").is_same(&parse("example.com:A")));
        assert!(!parse("example.com").is_same(&parse("example.com%3A8080")));
    }

    #[test]
    fn the_self_certifying_part_must_be_a_hash() {
        for did in
            ["did:webvh:example.com", "did:web:example.com", "did:webvh:Qm000:example.com", "did:webvh:", ""]
        {
            assert!(Did::parse(did).is_err(), "{did}");
        }
    }
}
