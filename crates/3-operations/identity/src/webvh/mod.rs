//! did:webvh 1.0, our own and complete: identifiers that live at a web address without belonging to its operator. No network.
//!
//! A log is a chain of entries. Each entry's hash covers its predecessor, the first entry's hash *is* the identifier (SCID),
//! and each entry is signed by a key that an earlier entry allowed or, under pre-rotation, committed to. So a log verifies
//! from wherever it was fetched. <https://identity.foundation/didwebvh/v1.0/>
//!
//! - [`did`]: an identifier and the address of its log; [`location`]: where this club puts the logs it hosts
//! - [`parameters`], [`entry`]: what one line says
//! - [`verify()`]: the chain; [`witness`]: who else must have approved it
//! - [`mod@write`]: make the first entry, make the next; [`member`]: what a club asks of a member's log
//! - [`mod@resolve`]: the document and its metadata, for any version
//!
//! What it does not solve: somebody who serves an old, shorter log. A reader remembers the highest version it has seen.

pub mod did;
pub mod entry;
pub mod location;
pub mod member;
pub mod parameters;
pub mod resolve;
pub mod verify;
pub mod witness;
pub mod write;

#[cfg(test)]
mod tests;

pub use did::{Did, DidUrl, Hosts};
pub use location::Location;
pub use resolve::{Metadata, Resolved, resolve};
pub use verify::{Log, Version, verify};

/// The error a resolver reports, by the names that the published vectors use. The specification itself knows only
/// `invalidDid` and `notFound`; the other two say where to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invalid {
    /// The identifier, its history or its witnesses.
    Did,
    /// A parameter with a value that is not allowed.
    Parameters,
    /// A signature.
    Proof,
    /// Too few witnesses approved, or their proofs are missing. Resolvers call this `invalidDid` too.
    Witnesses,
    /// No such version, or no log at all.
    NotFound,
}

impl Invalid {
    /// The value of `didResolutionMetadata.error`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Did | Self::Witnesses => "invalidDid",
            Self::Parameters => "invalidParameters",
            Self::Proof => "invalidProof",
            Self::NotFound => "notFound",
        }
    }
}

/// Why a log or identifier is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{reason}", entry.map(|n| format!("entry {n}: ")).unwrap_or_default())]
pub struct Refusal {
    /// The kind of fault.
    pub kind: Invalid,
    /// The entry at fault, counted from 1; none when it is the log as a whole or the identifier.
    pub entry: Option<u64>,
    /// What is wrong, to be read by a person.
    pub reason: String,
}

impl Refusal {
    /// A fault in the identifier or the history.
    pub fn did(reason: impl Into<String>) -> Self {
        Self { kind: Invalid::Did, entry: None, reason: reason.into() }
    }
    /// A fault in the parameters.
    pub fn parameters(reason: impl Into<String>) -> Self {
        Self { kind: Invalid::Parameters, entry: None, reason: reason.into() }
    }
    /// A fault in a proof.
    pub fn proof(reason: impl Into<String>) -> Self {
        Self { kind: Invalid::Proof, entry: None, reason: reason.into() }
    }
    /// Not approved by enough witnesses.
    pub fn witnesses(reason: impl Into<String>) -> Self {
        Self { kind: Invalid::Witnesses, entry: None, reason: reason.into() }
    }
    /// Nothing there.
    pub fn not_found(reason: impl Into<String>) -> Self {
        Self { kind: Invalid::NotFound, entry: None, reason: reason.into() }
    }
    /// The same, saying in which entry.
    #[must_use]
    pub fn at(mut self, entry: u64) -> Self {
        self.entry.get_or_insert(entry);
        self
    }
}
