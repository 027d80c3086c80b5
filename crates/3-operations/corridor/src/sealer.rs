//! The sealer: gives committed events their positions in the Merkle log and signs checkpoints. It runs beside the
//! acts, so no transaction waits for another's hash; the lock on the log's head makes it one sealer at a time.

use crate::merkle::{Frontier, Hash, leaf_hash};
use crate::refusal::Fault;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use planet_ontology::ids::EventId;
use planet_ontology::units::Moment;
use planet_store::{Bind, Error, Tx, sql};
use sha2::{Digest, Sha256};

/// How many events one sealing takes.
const BATCH: i64 = 2_000;
/// Subtrees whose roots are kept: every 8 levels, that is 256, 65,536 … leaves.
const KEPT_LEVELS: u32 = 8;

/// The node's key for checkpoints, with the name that stands in them.
#[derive(Clone)]
pub struct LogKey {
    /// The log's origin: the club's host.
    pub origin: String,
    /// The signing key.
    pub key: SigningKey,
}

/// A checkpoint: what the log is at some size. Written as a C2SP tlog-checkpoint in a signed note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's origin.
    pub origin: String,
    /// How many events it covers.
    pub size: u64,
    /// The root of the Merkle tree.
    pub root: Hash,
}

impl Checkpoint {
    fn body(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root))
    }

    /// The signed note (C2SP signed-note, Ed25519: type byte 1).
    pub fn sign(&self, key: &SigningKey) -> String {
        let body = self.body();
        let signature = key.sign(body.as_bytes());
        let mut bytes = key_id(&self.origin, &key.verifying_key()).to_vec();
        bytes.extend_from_slice(&signature.to_bytes());
        format!("{body}\n\u{2014} {} {}\n", self.origin, STANDARD.encode(bytes))
    }

    /// Reads a note and checks its signature. `None` if it is malformed or not signed by this key.
    pub fn open(note: &str, key: &VerifyingKey) -> Option<Self> {
        let (body, signatures) = note.split_once("\n\n")?;
        let mut lines = body.lines();
        let origin = lines.next()?.to_owned();
        let size = lines.next()?.parse().ok()?;
        let root = STANDARD.decode(lines.next()?).ok()?.try_into().ok()?;
        let checkpoint = Self { origin, size, root };
        let signed = signatures.lines().any(|line| {
            line.strip_prefix("\u{2014} ")
                .and_then(|rest| rest.split_once(' '))
                .filter(|(name, _)| *name == checkpoint.origin)
                .and_then(|(_, text)| STANDARD.decode(text).ok())
                .and_then(|bytes| {
                    let (id, signature) = bytes.split_at_checked(4)?;
                    let signature = Signature::from_slice(signature).ok()?;
                    let ours = id == key_id(&checkpoint.origin, key);
                    Some(ours && key.verify(checkpoint.body().as_bytes(), &signature).is_ok())
                })
                .unwrap_or(false)
        });
        signed.then_some(checkpoint)
    }
}

/// The key id of a signed note: the first four bytes of SHA-256 over name, newline, algorithm byte and key.
fn key_id(name: &str, key: &VerifyingKey) -> [u8; 4] {
    let mut hash = Sha256::new();
    hash.update(name.as_bytes());
    hash.update(b"\n\x01");
    hash.update(key.as_bytes());
    let [a, b, c, d, ..]: [u8; 32] = hash.finalize().into();
    [a, b, c, d]
}

/// Seals what waits, at most one batch. Answers how many events it sealed.
pub fn seal(tx: &mut Tx, key: &LogKey, now: Moment) -> Result<usize, Fault> {
    tx.exec(
        sql!("INSERT INTO log_head (id, size, frontier) VALUES (1, 0, ?1) ON CONFLICT (id) DO NOTHING"),
        &[&Vec::<u8>::new()],
    )?;
    tx.lock(sql!("SELECT id FROM log_head WHERE id = 1"), &[])?;
    let (size, bytes) =
        tx.one::<(i64, Vec<u8>)>(sql!("SELECT size, frontier FROM log_head WHERE id = 1"), &[])?;
    let events = tx.rows::<(EventId, Hash)>(
        sql!("SELECT id, commitment FROM events WHERE position IS NULL ORDER BY at, id LIMIT ?1"),
        &[&BATCH],
    )?;
    let Some(mut frontier) = Frontier::restore(u64::try_from(size).unwrap_or(0), &bytes) else {
        return Err(Fault::Damaged("The head of the event log does not fit its size.".into()));
    };
    if events.is_empty() {
        return Ok(0);
    }
    let mut nodes = Vec::new();
    for (_, commitment) in &events {
        nodes.extend(
            frontier
                .push(leaf_hash(commitment))
                .into_iter()
                .filter(|(level, _, _)| *level > 0 && level.is_multiple_of(KEPT_LEVELS))
                .map(|(level, place, hash)| {
                    (i64::from(level), i64::try_from(place).unwrap_or(i64::MAX), hash)
                }),
        );
    }
    let placed: Vec<_> = events.iter().zip(size..).map(|((id, _), position)| (*id, position)).collect();
    tx.exec_many(
        sql!(
            "UPDATE events SET position = v.column2
               FROM (VALUES (CAST(?1 AS UUID), CAST(?2 AS BIGINT))) AS v WHERE events.id = v.column1"
        ),
        &placed.iter().map(|(id, position)| row(&[id, position])).collect::<Vec<_>>(),
    )?;
    tx.exec_many(
        sql!("INSERT INTO log_nodes (level, place, hash) VALUES (?1, ?2, ?3)"),
        &nodes.iter().map(|(level, place, hash)| row(&[level, place, hash])).collect::<Vec<_>>(),
    )?;
    let new_size = i64::try_from(frontier.size()).unwrap_or(i64::MAX);
    tx.exec(
        sql!("UPDATE log_head SET size = ?1, frontier = ?2 WHERE id = 1"),
        &[&new_size, &frontier.bytes()],
    )?;
    let checkpoint = Checkpoint { origin: key.origin.clone(), size: frontier.size(), root: frontier.root() };
    tx.exec(
        sql!("INSERT INTO checkpoints (size, at, note) VALUES (?1, ?2, ?3)"),
        &[&new_size, &now, &checkpoint.sign(&key.key)],
    )?;
    Ok(events.len())
}

fn row<'a>(values: &[&'a dyn Bind]) -> Vec<&'a dyn Bind> {
    values.to_vec()
}

/// The newest checkpoint's note.
pub fn latest_checkpoint(tx: &mut Tx) -> Result<Option<String>, Error> {
    Ok(tx
        .row::<(String,)>(sql!("SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1"), &[])?
        .map(|(note,)| note))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkpoint_opens_with_its_key_and_no_other() {
        let key = SigningKey::from_bytes(&[1; 32]);
        let other = SigningKey::from_bytes(&[2; 32]);
        let checkpoint = Checkpoint { origin: "club.example".into(), size: 12, root: [9; 32] };
        let note = checkpoint.sign(&key);
        assert_eq!(Checkpoint::open(&note, &key.verifying_key()), Some(checkpoint));
        assert_eq!(Checkpoint::open(&note, &other.verifying_key()), None);
        assert_eq!(Checkpoint::open(&note.replace("\n12\n", "\n13\n"), &key.verifying_key()), None);
    }
}
