//! Tokens that are given blindly: the verifiable oblivious pseudorandom function of RFC 9497, mode VOPRF, suite ristretto255-SHA512.
//! The giver answers a blinded input without seeing it and proves that it used the one key; the holder unblinds the answer. What a
//! token is good for is not known here. Written by hand on curve25519-dalek because the published crates of it rest on other versions
//! of that curve; held to the vectors of the RFC.

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT;
use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::Identity;
use sha2::{Digest, Sha512};

/// "OPRFV1-", the mode VOPRF and the suite (RFC 9497, section 3.1).
const CONTEXT: &[u8] = b"OPRFV1-\x01-ristretto255-SHA512";
/// The block of SHA-512, in bytes.
const BLOCK: usize = 128;

/// A giver's secret.
#[derive(Clone)]
pub struct Key(Scalar);

/// An answer to a blinded input, and the proof that the key was used which belongs to the public point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The blinded input under the key.
    pub evaluated: [u8; 32],
    /// The challenge and the response of the proof (RFC 9497, section 2.2).
    pub proof: [u8; 64],
}

impl Key {
    /// A key from 32 bytes that nobody can guess (RFC 9497, section 3.2.1, with the info "planet ballot").
    pub fn derive(seed: &[u8; 32]) -> Self {
        let info = b"planet ballot";
        Self(derived(seed, info))
    }

    /// The key that was written down; none, if these bytes are none.
    pub fn read(bytes: &[u8; 32]) -> Option<Self> {
        let key: Option<Scalar> = Scalar::from_canonical_bytes(*bytes).into();
        key.filter(|key| *key != Scalar::ZERO).map(Self)
    }

    /// As it is written down.
    pub fn bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The public point that belongs to it.
    pub fn public(&self) -> [u8; 32] {
        (RISTRETTO_BASEPOINT_POINT * self.0).compress().to_bytes()
    }

    /// Answers a blinded input; none, if it is no point that hides anything.
    pub fn answer(&self, blinded: &[u8; 32]) -> Option<Answer> {
        // What is random in the proof follows from the key and the input, so the same question always has the same answer.
        let hidden = hash_to_scalar(&[b"planet nonce", &self.bytes(), blinded], b"Nonce-");
        self.answer_with(blinded, hidden)
    }

    fn answer_with(&self, blinded: &[u8; 32], hidden: Scalar) -> Option<Answer> {
        let input = point(blinded)?;
        let evaluated = input * self.0;
        let proof = prove(self.0, input, evaluated, hidden);
        Some(Answer { evaluated: evaluated.compress().to_bytes(), proof })
    }

    /// The token of an input that is known, as its holder has it after unblinding (RFC 9497, section 3.3.2).
    pub fn token(&self, input: &[u8]) -> [u8; 64] {
        finish(input, hash_to_group(input) * self.0)
    }
}

/// An input that its holder has blinded.
#[derive(Clone)]
pub struct Blinded {
    input: Vec<u8>,
    blind: Scalar,
    /// What the giver sees.
    pub shown: [u8; 32],
}

impl Blinded {
    /// Blinds an input with 64 random bytes.
    pub fn new(input: &[u8], random: &[u8; 64]) -> Self {
        let blind = Scalar::from_bytes_mod_order_wide(random);
        let shown = (hash_to_group(input) * blind).compress().to_bytes();
        Self { input: input.to_vec(), blind, shown }
    }

    /// The token, if the answer was given with the key of this public point.
    pub fn unblind(&self, answer: &Answer, public: &[u8; 32]) -> Option<[u8; 64]> {
        let (key, shown, evaluated) = (point(public)?, point(&self.shown)?, point(&answer.evaluated)?);
        verify(key, shown, evaluated, &answer.proof)?;
        Some(finish(&self.input, evaluated * self.blind.invert()))
    }
}

fn point(bytes: &[u8; 32]) -> Option<RistrettoPoint> {
    CompressedRistretto(*bytes).decompress().filter(|point| *point != RistrettoPoint::identity())
}

fn prove(key: Scalar, input: RistrettoPoint, evaluated: RistrettoPoint, hidden: Scalar) -> [u8; 64] {
    let public = RISTRETTO_BASEPOINT_POINT * key;
    let (mixed, _) = composites(public, input, evaluated);
    let challenge = challenge(public, mixed, mixed * key, RISTRETTO_BASEPOINT_POINT * hidden, mixed * hidden);
    let response = hidden - challenge * key;
    let mut proof = [0; 64];
    let (first, second) = proof.split_at_mut(32);
    first.copy_from_slice(challenge.as_bytes());
    second.copy_from_slice(response.as_bytes());
    proof
}

fn verify(
    public: RistrettoPoint,
    input: RistrettoPoint,
    evaluated: RistrettoPoint,
    proof: &[u8; 64],
) -> Option<()> {
    let (first, second) = proof.split_at(32);
    let scalar =
        |half: &[u8]| -> Option<Scalar> { Scalar::from_canonical_bytes(half.try_into().ok()?).into() };
    let (said, response) = (scalar(first)?, scalar(second)?);
    let (mixed, keyed) = composites(public, input, evaluated);
    let one = RISTRETTO_BASEPOINT_POINT * response + public * said;
    let other = mixed * response + keyed * said;
    (challenge(public, mixed, keyed, one, other) == said).then_some(())
}

/// The composites of one input and its answer (RFC 9497, section 2.2.1).
fn composites(
    public: RistrettoPoint,
    input: RistrettoPoint,
    evaluated: RistrettoPoint,
) -> (RistrettoPoint, RistrettoPoint) {
    let seed_dst = [b"Seed-".as_slice(), CONTEXT].concat();
    let mut seed = Vec::new();
    append(&mut seed, public.compress().as_bytes());
    append(&mut seed, &seed_dst);
    let mut transcript = Vec::new();
    append(&mut transcript, &Sha512::digest(&seed));
    transcript.extend([0, 0]);
    append(&mut transcript, input.compress().as_bytes());
    append(&mut transcript, evaluated.compress().as_bytes());
    transcript.extend(b"Composite");
    let weight = hash_to_scalar(&[&transcript], b"HashToScalar-");
    (input * weight, evaluated * weight)
}

fn challenge(
    public: RistrettoPoint,
    mixed: RistrettoPoint,
    keyed: RistrettoPoint,
    one: RistrettoPoint,
    other: RistrettoPoint,
) -> Scalar {
    let mut transcript = Vec::new();
    for part in [public, mixed, keyed, one, other] {
        append(&mut transcript, part.compress().as_bytes());
    }
    transcript.extend(b"Challenge");
    hash_to_scalar(&[&transcript], b"HashToScalar-")
}

fn finish(input: &[u8], unblinded: RistrettoPoint) -> [u8; 64] {
    let mut transcript = Vec::new();
    append(&mut transcript, input);
    append(&mut transcript, unblinded.compress().as_bytes());
    transcript.extend(b"Finalize");
    Sha512::digest(&transcript).into()
}

fn hash_to_group(input: &[u8]) -> RistrettoPoint {
    RistrettoPoint::from_uniform_bytes(&expand(&[input], b"HashToGroup-"))
}

fn hash_to_scalar(parts: &[&[u8]], dst: &[u8]) -> Scalar {
    Scalar::from_bytes_mod_order_wide(&expand(parts, dst))
}

/// A key from a seed (RFC 9497, section 3.2.1).
fn derived(seed: &[u8; 32], info: &[u8]) -> Scalar {
    let length = u16::try_from(info.len()).unwrap_or(u16::MAX).to_be_bytes();
    let candidate = |counter: u8| hash_to_scalar(&[seed, &length, info, &[counter]], b"DeriveKeyPair");
    (0..=u8::MAX).map(candidate).find(|key| *key != Scalar::ZERO).unwrap_or(Scalar::ONE)
}

/// `expand_message_xmd` with SHA-512 for 64 bytes (RFC 9380, section 5.3.1), for the tag `dst` of this suite.
fn expand(parts: &[&[u8]], dst: &[u8]) -> [u8; 64] {
    let mut tag = [dst, CONTEXT].concat();
    tag.push(u8::try_from(tag.len()).unwrap_or(u8::MAX));
    let mut first = Sha512::new();
    first.update([0; BLOCK]);
    for part in parts {
        first.update(part);
    }
    first.update([0, 64, 0]);
    first.update(&tag);
    let mut second = Sha512::new();
    second.update(first.finalize());
    second.update([1]);
    second.update(&tag);
    second.finalize().into()
}

fn append(transcript: &mut Vec<u8>, part: &[u8]) {
    transcript.extend(u16::try_from(part.len()).unwrap_or(u16::MAX).to_be_bytes());
    transcript.extend(part);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex<const N: usize>(text: &str) -> [u8; N] {
        let bytes: Vec<u8> =
            (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect();
        bytes.try_into().unwrap()
    }

    /// RFC 9497, appendix A.1.2: the seed, the key and the first vector.
    #[test]
    fn the_vectors_of_the_rfc_come_out() {
        let key = Key(derived(&[0xa3; 32], b"test key"));
        assert_eq!(key.bytes(), hex("e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909"));
        assert_eq!(key.public(), hex("c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e"));
        let blind: [u8; 32] = hex("64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706");
        let mut random = [0; 64];
        random[..32].copy_from_slice(&blind);
        let blinded = Blinded::new(&[0], &random);
        assert_eq!(blinded.shown, hex("863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945"));
        let hidden = Scalar::from_canonical_bytes(hex(
            "222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e",
        ))
        .unwrap();
        let answer = key.answer_with(&blinded.shown, hidden).unwrap();
        assert_eq!(answer.evaluated, hex("aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e"));
        let proof = "ddef93772692e535d1a53903db24367355cc2cc78de93b3be5a8ffcc6985dd066d4346421d17bf5117a2a1ff0fcb2a759f58a539dfbe857a40bce4cf49ec600d";
        assert_eq!(answer.proof, hex(proof));
        let token = "b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7da4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c";
        assert_eq!(blinded.unblind(&answer, &key.public()), Some(hex(token)));
        assert_eq!(key.token(&[0]), hex(token));
    }

    #[test]
    fn an_answer_under_another_key_gives_no_token() {
        let (key, other) = (Key::derive(&[1; 32]), Key::derive(&[2; 32]));
        let blinded = Blinded::new(b"ballot", &[9; 64]);
        let answer = other.answer(&blinded.shown).unwrap();
        assert_eq!(blinded.unblind(&answer, &key.public()), None);
        let mut bent = key.answer(&blinded.shown).unwrap();
        assert!(blinded.unblind(&bent, &key.public()).is_some());
        bent.proof[40] ^= 1;
        assert_eq!(blinded.unblind(&bent, &key.public()), None);
    }

    #[test]
    fn what_is_no_point_is_not_answered() {
        assert_eq!(Key::derive(&[1; 32]).answer(&[0xff; 32]), None);
        assert_eq!(Key::derive(&[1; 32]).answer(&[0; 32]), None, "the neutral element hides nothing");
    }
}
