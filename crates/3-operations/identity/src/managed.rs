//! Keys that the node holds for people who cannot hold keys, and for groups: made, kept encrypted, used, handed over. Their pages
//! say "held for you". A node that holds a key can act as its owner; nothing here hides that.

use crate::error::IdentityError;
use crate::keys::Key;
use crate::webvh::write::{self, Draft, Made};
use crate::webvh::{Invalid, Location, Log, Refusal, parameters};
use planet_ontology::ids::AgentId;
use planet_ontology::units::Moment;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

/// The two secrets behind an identity, the same as a browser keeps in its vault.
#[derive(Clone)]
pub struct Secrets {
    /// What update and device keys are derived from.
    pub seed: [u8; 32],
    /// The recovery key.
    pub recovery: [u8; 32],
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(…)")
    }
}

impl Secrets {
    /// From 64 random bytes.
    pub fn from_entropy(entropy: &[u8; 64]) -> Self {
        let (mut seed, mut recovery) = ([0; 32], [0; 32]);
        let (first, second) = entropy.split_at(32);
        seed.copy_from_slice(first);
        recovery.copy_from_slice(second);
        Self { seed, recovery }
    }

    /// The key that signs log entry `n`.
    pub fn update_key(&self, n: u64) -> Key {
        Key::derived(&self.seed, &format!("planet update key v1 {n}"))
    }

    /// The key for daily signatures; the first is number 1.
    pub fn device_key(&self, n: u64) -> Key {
        Key::derived(&self.seed, &format!("planet device key v1 {n}"))
    }

    /// The key that can take the identity back.
    pub fn recovery_key(&self) -> Key {
        Key::from_seed(&self.recovery)
    }

    /// Encrypted for one agent under the node's sealing key: nonce ‖ ciphertext ‖ tag. ChaCha20-Poly1305; a nonce is never used
    /// twice because it is random and each secret is sealed a handful of times in its life.
    pub fn seal(
        &self,
        sealing_key: &[u8; 32],
        agent: AgentId,
        nonce: [u8; NONCE_LEN],
    ) -> Result<Vec<u8>, IdentityError> {
        let mut text = [self.seed, self.recovery].concat();
        let aad = Aad::from(*agent.0.as_bytes());
        cipher(sealing_key)?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut text)
            .map_err(|_| IdentityError::SealBroken)?;
        Ok([nonce.as_slice(), &text].concat())
    }

    /// Opens what [`Secrets::seal`] made for the same agent.
    pub fn open(sealing_key: &[u8; 32], agent: AgentId, sealed: &[u8]) -> Result<Self, IdentityError> {
        let (nonce, text) = sealed.split_at_checked(NONCE_LEN).ok_or(IdentityError::SealBroken)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| IdentityError::SealBroken)?;
        let mut text = text.to_vec();
        let aad = Aad::from(*agent.0.as_bytes());
        let opened = cipher(sealing_key)?
            .open_in_place(nonce, aad, &mut text)
            .map_err(|_| IdentityError::SealBroken)?;
        let entropy: &[u8; 64] = (&*opened).try_into().map_err(|_| IdentityError::SealBroken)?;
        Ok(Self::from_entropy(entropy))
    }
}

fn cipher(key: &[u8; 32]) -> Result<LessSafeKey, IdentityError> {
    UnboundKey::new(&CHACHA20_POLY1305, key).map(LessSafeKey::new).map_err(|_| IdentityError::SealBroken)
}

/// Makes the first entry of an identity whose keys the node holds.
pub fn create(location: &Location, secrets: &Secrets, now: Moment) -> Result<Made, Refusal> {
    let state = write::document(&location.did("{SCID}"), &[secrets.device_key(1).multikey()]);
    let commitments = [secrets.update_key(2).commitment(), secrets.recovery_key().commitment()];
    let draft = Draft::new(&secrets.update_key(1), &commitments, state).with("portable", true);
    write::create(draft, &secrets.update_key(1), now)
}

/// The one entry by which the node gives an identity into its owner's hands: it names the owner's device key and commits to
/// the owner's update and recovery keys only. Afterwards the caller deletes what it held.
pub fn hand_over(
    log_text: &str,
    log: &Log,
    secrets: &Secrets,
    to: &Owner,
    now: Moment,
) -> Result<Made, Refusal> {
    let latest = log.latest().ok_or_else(|| Refusal {
        kind: Invalid::Did,
        entry: None,
        reason: "the log is empty".into(),
    })?;
    let state = write::document(latest.did.as_str(), std::slice::from_ref(&to.device_key));
    let signer = secrets.update_key(latest.number + 1);
    let commitments = [to.next_key_hash.clone(), to.recovery_key_hash.clone()];
    write::update(log_text, log, Draft::new(&signer, &commitments, state), &signer, now)
}

/// What the owner's browser made, public halves only.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// Multikey of the device key.
    pub device_key: String,
    /// Commitment to the update key of the entry after the handing over.
    pub next_key_hash: String,
    /// Commitment to the recovery key.
    pub recovery_key_hash: String,
}

/// The version of the method that managed identities use.
pub const METHOD: &str = parameters::METHOD;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webvh::location::Kind;
    use crate::webvh::{member, verify::verify_any};
    use planet_ontology::ids::GroupId;

    const NOW: Moment = Moment(1_790_000_000_000_000);

    fn place() -> Location {
        Location::new("https://club.example", Kind::Group, "bakers").unwrap()
    }

    #[test]
    fn a_group_gets_an_identity_that_any_club_accepts() {
        let made = create(&place(), &Secrets::from_entropy(&[9; 64]), NOW).unwrap();
        assert_eq!(made.did, format!("did:webvh:{}:club.example:groups:bakers", made.scid));
        let log = member::first_entry(&made.line, &place(), NOW).unwrap();
        assert_eq!(log.latest().unwrap().version_id, made.version_id);
    }

    #[test]
    fn kept_keys_open_only_for_their_owner_and_their_node() {
        let (secrets, node, other) = (Secrets::from_entropy(&[9; 64]), [1; 32], [2; 32]);
        let agent = AgentId::from(GroupId::CLUB);
        let sealed = secrets.seal(&node, agent, [3; 12]).unwrap();
        assert_eq!(sealed.len(), 12 + 64 + 16);
        assert_eq!(Secrets::open(&node, agent, &sealed).unwrap().seed, secrets.seed);
        assert!(matches!(Secrets::open(&other, agent, &sealed), Err(IdentityError::SealBroken)));
        assert!(matches!(
            Secrets::open(&node, AgentId(uuid::Uuid::nil()), &sealed),
            Err(IdentityError::SealBroken)
        ));
        assert!(matches!(Secrets::open(&node, agent, &sealed[..11]), Err(IdentityError::SealBroken)));
    }

    #[test]
    fn after_the_handing_over_the_node_can_sign_nothing_more() {
        let (node, owner) = (Secrets::from_entropy(&[9; 64]), Secrets::from_entropy(&[7; 64]));
        let first = create(&place(), &node, NOW).unwrap();
        let log = verify_any(&first.line, None, NOW).unwrap();
        let to = Owner {
            device_key: owner.device_key(1).multikey(),
            next_key_hash: owner.update_key(3).commitment(),
            recovery_key_hash: owner.recovery_key().commitment(),
        };
        let second = hand_over(&first.line, &log, &node, &to, NOW.plus_seconds(1)).unwrap();
        let text = format!("{}\n{}\n", first.line, second.line);
        let log = verify_any(&text, None, NOW.plus_seconds(2)).unwrap();
        let latest = log.latest().unwrap();
        assert_eq!(member::assertion_keys(&latest.document), [owner.device_key(1).multikey()]);

        let entry = |signer: &Key| {
            let commitments = [signer.commitment(), signer.commitment() + "x"];
            let draft = Draft::new(signer, &commitments, latest.document.clone());
            write::update(&text, &log, draft, signer, NOW.plus_seconds(2))
        };
        assert!(entry(&node.update_key(3)).is_err() && entry(&node.recovery_key()).is_err());
        assert!(entry(&owner.update_key(3)).is_ok() && entry(&owner.recovery_key()).is_ok());
    }
}
