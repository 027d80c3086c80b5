//! The rows of secret votes: keys, requests for tokens, ballots.

use crate::choice::rows::read;
use planet_corridor::refusal::Fault;
use planet_count::secret::Request;
use planet_count::secret::oprf::Key;
use planet_count::vote::{Mark, Slip};
use planet_ontology::hex;
use planet_ontology::ids::{AgentId, ProposalId};
use planet_store::{Error, Tx, record, sql};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Keeps the key of a secret vote.
pub fn keep_key(tx: &mut Tx, id: ProposalId, key: &Key) -> Result<(), Error> {
    tx.exec(
        sql!("INSERT INTO ballot_keys (proposal_id, secret) VALUES (?1, ?2)"),
        &[&id, &key.bytes().as_slice()],
    )?;
    Ok(())
}

/// The key of a secret vote; none, if the vote is open.
pub fn key(tx: &mut Tx, id: ProposalId) -> Result<Option<Key>, Error> {
    let row: Option<(Vec<u8>,)> =
        tx.row(sql!("SELECT secret FROM ballot_keys WHERE proposal_id = ?1"), &[&id])?;
    Ok(row.and_then(|(bytes,)| Key::read(bytes.as_slice().try_into().ok()?)))
}

/// The key of a vote that is secret.
pub fn needed_key(tx: &mut Tx, id: ProposalId) -> Result<Key, Fault> {
    key(tx, id)?.ok_or_else(|| Fault::Damaged(format!("The secret vote {id} has no key.")))
}

/// What somebody asked for already.
pub fn asked(tx: &mut Tx, id: ProposalId, agent: AgentId) -> Result<Option<Vec<u8>>, Error> {
    let row: Option<(Vec<u8>,)> = tx.row(
        sql!("SELECT blinded FROM token_requests WHERE proposal_id = ?1 AND agent_id = ?2"),
        &[&id, &agent],
    )?;
    Ok(row.map(|(blinded,)| blinded))
}

/// Whether anybody asked with this.
pub fn was_asked(tx: &mut Tx, id: ProposalId, blinded: &[u8; 32]) -> Result<bool, Error> {
    let row: Option<(AgentId,)> = tx.row(
        sql!("SELECT agent_id FROM token_requests WHERE proposal_id = ?1 AND blinded = ?2 LIMIT 1"),
        &[&id, &blinded.as_slice()],
    )?;
    Ok(row.is_some())
}

/// A request for a token, by its bytes.
pub struct Asking {
    /// What is to be answered.
    pub blinded: [u8; 32],
    /// The key that signed.
    pub signer: [u8; 32],
    /// The signature.
    pub signature: [u8; 64],
}

/// Writes down who asked.
pub fn ask(tx: &mut Tx, id: ProposalId, agent: AgentId, asking: &Asking) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO token_requests (proposal_id, agent_id, blinded, signer, signature) VALUES (?1, ?2, ?3, ?4, ?5)"
        ),
        &[
            &id,
            &agent,
            &asking.blinded.as_slice(),
            &asking.signer.as_slice(),
            &asking.signature.as_slice(),
        ],
    )?;
    Ok(())
}

record! {
    /// A request with its member's name.
    struct RequestRow {
        who: String,
        signer: Vec<u8>,
        blinded: Vec<u8>,
        signature: Vec<u8>,
    }
}

/// All requests, in the order of handles.
pub fn requests(tx: &mut Tx, id: ProposalId) -> Result<Vec<Request>, Error> {
    let rows: Vec<RequestRow> = tx.rows(
        sql!(
            "SELECT a.handle, t.signer, t.blinded, t.signature
               FROM token_requests t JOIN agents a ON a.id = t.agent_id
              WHERE t.proposal_id = ?1 ORDER BY a.handle"
        ),
        &[&id],
    )?;
    Ok(rows
        .into_iter()
        .map(|row| Request {
            who: row.who,
            key: hex::encode(&row.signer),
            blinded: hex::encode(&row.blinded),
            signature: hex::encode(&row.signature),
        })
        .collect())
}

/// Puts a ballot into the box, in place of an earlier one with the same token.
pub fn cast(
    tx: &mut Tx,
    id: ProposalId,
    ballot: &[u8; 32],
    token: &[u8; 64],
    marks: &[Mark],
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO secret_ballots (proposal_id, id, token, marks) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (proposal_id, id) DO UPDATE SET marks = excluded.marks"
        ),
        &[&id, &ballot.as_slice(), &token.as_slice(), &json!(marks)],
    )?;
    Ok(())
}

/// How many ballots are in the box.
pub fn count(tx: &mut Tx, id: ProposalId) -> Result<i64, Error> {
    let (count,) =
        tx.one::<(i64,)>(sql!("SELECT count(*) FROM secret_ballots WHERE proposal_id = ?1"), &[&id])?;
    Ok(count)
}

/// Takes everything out of the box: what is published stands in the file, in an order that tells nothing of how it came in.
pub fn empty(tx: &mut Tx, id: ProposalId) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM secret_ballots WHERE proposal_id = ?1"), &[&id])?;
    Ok(())
}

/// The ballots, and the token of each.
pub fn open(tx: &mut Tx, id: ProposalId) -> Result<(Vec<Slip>, BTreeMap<String, String>), Fault> {
    let rows: Vec<(Vec<u8>, Vec<u8>, Value)> = tx.rows(
        sql!("SELECT id, token, marks FROM secret_ballots WHERE proposal_id = ?1 ORDER BY id"),
        &[&id],
    )?;
    let mut slips = Vec::with_capacity(rows.len());
    let mut tokens = BTreeMap::new();
    for (ballot, token, marks) in rows {
        let ballot = hex::encode(&ballot);
        tokens.insert(ballot.clone(), hex::encode(&token));
        slips.push(Slip { id: ballot, marks: read(marks)? });
    }
    Ok((slips, tokens))
}
