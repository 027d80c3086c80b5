//! A secret vote of three, and everything that can be done to its box.

use super::oprf::{Blinded, Key};
use super::*;
use crate::vote::{Choice, Method, Slip, Vote};
use ed25519_dalek::{Signer, SigningKey};
use std::collections::BTreeMap;

const VOTE: &str = "vote";

fn request(who: &str, number: u8, key: &Key) -> (Request, String, String) {
    let id = [number; 32];
    let blinded = Blinded::new(&id, &[number; 64]);
    let answer = key.answer(&blinded.shown).unwrap();
    let token = blinded.unblind(&answer, &key.public()).unwrap();
    let signer = SigningKey::from_bytes(&[number; 32]);
    let shown = hex::encode(&blinded.shown);
    let signature = signer.sign(request_text(VOTE, &shown).as_bytes());
    let request = Request {
        who: who.into(),
        key: hex::encode(signer.verifying_key().as_bytes()),
        blinded: shown,
        signature: hex::encode(&signature.to_bytes()),
    };
    (request, hex::encode(&id), hex::encode(&token))
}

/// Three asked, two voted.
fn file() -> BallotFile {
    let key = Key::derive(&[7; 32]);
    let asked = [request("ada", 0xa1, &key), request("ben", 0xa2, &key), request("cam", 0xa3, &key)];
    let ballots = asked.iter().take(2).map(|(_, id, _)| Slip { id: id.clone(), marks: vec![(0, 1)] });
    let choice = |title: &str| Choice { title: title.into(), cost: 0 };
    let mut vote = Vote {
        id: VOTE.into(),
        method: Method::Scottish,
        seats: 1,
        options: ["red", "green"].map(choice).into(),
        ballots: ballots.collect(),
    };
    vote.sort();
    let tokens = asked.iter().take(2).map(|(_, id, token)| (id.clone(), token.clone())).collect();
    let secret = SecretBox {
        public: hex::encode(&key.public()),
        key: hex::encode(&key.bytes()),
        electorate: 4,
        requests: asked.into_iter().map(|(request, ..)| request).collect(),
        tokens,
    };
    BallotFile {
        seed: hex::encode(&vote.seed()),
        outcome: vote.count().unwrap(),
        vote,
        secret: Some(secret),
        through: BTreeMap::new(),
    }
}

fn checked(change: impl FnOnce(&mut BallotFile, &mut SecretBox)) -> Result<String, String> {
    let mut file = file();
    let mut sealed = file.secret.clone().unwrap();
    change(&mut file, &mut sealed);
    check(&file, &sealed)
}

#[test]
fn a_box_as_it_was_closed_is_well() {
    let told = checked(|_, _| {}).unwrap();
    assert_eq!(
        told,
        "Secret: 2 ballots, each with its own valid token; 3 signed requests for one, of 4 who had a vote."
    );
}

#[test]
fn a_ballot_that_was_put_in_is_found() {
    let stuffed = |file: &mut BallotFile, sealed: &mut SecretBox| {
        let id = hex::encode(&[8; 32]);
        sealed.tokens.insert(id.clone(), "00".repeat(64));
        file.vote.ballots.push(Slip { id, marks: vec![(1, 1)] });
    };
    assert!(checked(stuffed).unwrap_err().ends_with("was never given."));
    let by_the_node = |file: &mut BallotFile, sealed: &mut SecretBox| {
        // Whoever has the key can make tokens, but no signatures of members.
        let key = Key::derive(&[7; 32]);
        for number in [8, 9] {
            let (_, id, token) = request("nobody", number, &key);
            sealed.tokens.insert(id.clone(), token);
            file.vote.ballots.push(Slip { id, marks: vec![(1, 1)] });
        }
    };
    assert_eq!(checked(by_the_node).unwrap_err(), "There are 4 ballots, and only 3 asked for one.");
}

#[test]
fn a_ballot_that_counts_twice_is_found() {
    let doubled = |file: &mut BallotFile, _: &mut SecretBox| {
        let again = file.vote.ballots[0].clone();
        file.vote.ballots.push(again);
    };
    assert_eq!(checked(doubled).unwrap_err(), "Two ballots have one id.");
    // The same id in other letters is the same id.
    let shouted = |file: &mut BallotFile, sealed: &mut SecretBox| {
        let first = file.vote.ballots[0].id.clone();
        let id = first.to_uppercase();
        assert_ne!(id, first);
        sealed.tokens.insert(id.clone(), sealed.tokens[&first].clone());
        file.vote.ballots.push(Slip { id, marks: vec![(1, 1)] });
    };
    assert_eq!(checked(shouted).unwrap_err(), "Two ballots have one id.");
}

#[test]
fn requests_that_nobody_made_are_found() {
    let renamed = |_: &mut BallotFile, sealed: &mut SecretBox| sealed.requests[1].blinded = "ab".repeat(32);
    assert_eq!(checked(renamed).unwrap_err(), "The request of ben is not signed by its key.");
    let twice = |_: &mut BallotFile, sealed: &mut SecretBox| {
        let again = sealed.requests[0].clone();
        sealed.requests.push(again);
    };
    assert_eq!(checked(twice).unwrap_err(), "Somebody asked for two tokens.");
    let few = |_: &mut BallotFile, sealed: &mut SecretBox| sealed.electorate = 2;
    assert_eq!(checked(few).unwrap_err(), "3 asked for a ballot, and only 2 had a vote.");
}

#[test]
fn another_key_is_found() {
    let other = |_: &mut BallotFile, sealed: &mut SecretBox| {
        sealed.key = hex::encode(&Key::derive(&[1; 32]).bytes());
    };
    assert_eq!(checked(other).unwrap_err(), "The key is not that of the point which voters saw.");
}
