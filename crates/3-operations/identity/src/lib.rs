//! Identity: who somebody is and how they show it. Identifiers and keys, passkeys, sessions, recovery. Not what they may do.
//!
//! A member *is* a `did:webvh` identifier whose keys were made in the member's browser; the node hosts the log and can neither
//! forge nor withhold it. A passkey opens a session and, in the browser, the vault that holds the keys.
//! `docs/protocols/identity.md` has every format byte for byte.
//!
//! | room | what it does |
//! |---|---|
//! | [`encoding`], [`multi`], [`keys`] | bytes and texts, hashes, Ed25519 |
//! | [`proof`] | `eddsa-jcs-2022` Data Integrity proofs |
//! | [`webvh`] | did:webvh 1.0: locate, verify, write; no network |
//! | [`vectors`] | the published test vectors, judged |
//! | [`passkeys`] | WebAuthn behind a trait of ours |
//! | [`sign_in`] | signing in with a key, for programs |
//! | [`managed`] | keys which the node holds for people who cannot |
//! | [`rows`] | the tables: logs, passkeys, sessions, vaults, codes, devices |
//!
//! Invariants: no clock and no randomness is read here (webauthn-rs draws its own challenges); tokens and codes are stored only
//! as hashes; no row holds a secret of a member in clear.

pub mod encoding;
pub mod error;
pub mod keys;
pub mod managed;
pub mod multi;
pub mod passkeys;
pub mod proof;
pub mod rows;
pub mod sign_in;
pub mod vectors;
pub mod webvh;

pub use error::IdentityError;
pub use keys::{Key, NodeKey};
pub use rows::MIGRATIONS;
