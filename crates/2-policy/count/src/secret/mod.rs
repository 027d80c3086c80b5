//! Secret ballots: each voter has one token, given blindly, and a ballot is valid by its token alone. When the vote is over the box
//! is opened: all tokens, the key, and who asked for a token are published, so that anybody can check that nobody put in more
//! ballots than people asked for. Who may ask is decided elsewhere. What is trusted: docs/design/007-secret-ballots.md.

pub mod oprf;

use crate::vote::BallotFile;
use ed25519_dalek::{Signature, VerifyingKey};
use oprf::Key;
use planet_ontology::hex;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

/// What a secret vote publishes beside its ballots. Bytes are hex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecretBox {
    /// The point that every voter saw with their token.
    pub public: String,
    /// The key that belongs to it, published when no ballot is taken any more.
    pub key: String,
    /// How many were on the list of voters.
    pub electorate: u32,
    /// Who asked for a token, in the order of their names.
    pub requests: Vec<Request>,
    /// The token of each ballot, by the ballot's id.
    pub tokens: BTreeMap<String, String>,
}

/// Somebody's signed request for a token. Bytes are hex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Whose: a handle.
    pub who: String,
    /// The Ed25519 key that signed, which is one of that member's identity.
    pub key: String,
    /// What the node answered without knowing what is in it.
    pub blinded: String,
    /// The signature over [`request_text`].
    pub signature: String,
}

/// What a member signs who asks for a token.
pub fn request_text(vote: &str, blinded: &str) -> String {
    format!("planet ballot request v1\n{vote}\n{blinded}\n")
}

/// Whether a request is signed by its key.
pub fn signed(vote: &str, request: &Request) -> bool {
    let (Some(key), Some(signature)) = (hex::decode(&request.key), hex::decode(&request.signature)) else {
        return false;
    };
    let text = request_text(vote, &request.blinded);
    let Ok(key) = VerifyingKey::from_bytes(&key) else { return false };
    key.verify_strict(text.as_bytes(), &Signature::from_bytes(&signature)).is_ok()
}

/// Whether this is the token of a ballot with this id, under this key.
pub fn fits(key: &Key, ballot: &str, token: &str) -> bool {
    let Some(id) = hex::decode::<32>(ballot) else { return false };
    hex::decode::<64>(token) == Some(key.token(&id))
}

/// Checks the box of a secret vote, and says what was checked.
///
/// # Errors
/// The first thing that is wrong, in a sentence.
pub fn check(file: &BallotFile, sealed: &SecretBox) -> Result<String, String> {
    let key = hex::decode(&sealed.key).and_then(|key| Key::read(&key)).ok_or("The key is none.")?;
    if hex::encode(&key.public()) != sealed.public {
        return Err("The key is not that of the point which voters saw.".into());
    }
    // In their bytes: hex in capitals names the same ballot again.
    let ids: HashSet<Option<[u8; 32]>> = file.vote.ballots.iter().map(|slip| hex::decode(&slip.id)).collect();
    if ids.len() < file.vote.ballots.len() {
        return Err("Two ballots have one id.".into());
    }
    for id in file.vote.ballots.iter().map(|slip| &slip.id) {
        let token = sealed.tokens.get(id).ok_or_else(|| format!("The ballot {id} has no token."))?;
        if !fits(&key, id, token) {
            return Err(format!("The token of the ballot {id} was never given."));
        }
    }
    let people: HashSet<&str> = sealed.requests.iter().map(|request| request.who.as_str()).collect();
    let blinded: HashSet<&str> = sealed.requests.iter().map(|request| request.blinded.as_str()).collect();
    if people.len().min(blinded.len()) < sealed.requests.len() {
        return Err("Somebody asked for two tokens.".into());
    }
    if let Some(request) = sealed.requests.iter().find(|request| !signed(&file.vote.id, request)) {
        return Err(format!("The request of {} is not signed by its key.", request.who));
    }
    let (ballots, requests) = (file.vote.ballots.len(), sealed.requests.len());
    if ballots > requests {
        return Err(format!("There are {ballots} ballots, and only {requests} asked for one."));
    }
    if u32::try_from(requests).map_or(true, |requests| requests > sealed.electorate) {
        return Err(format!("{requests} asked for a ballot, and only {} had a vote.", sealed.electorate));
    }
    Ok(format!(
        "Secret: {ballots} ballots, each with its own valid token; {requests} signed requests for one, of {} who had a vote.",
        sealed.electorate
    ))
}

#[cfg(test)]
mod tests;
