//! Signed transactions on their way to a chain, read: what they would do, and who signed them. What is sent is what is read here.

use super::account::Network;
use super::evm::is_address;
use super::numbers::decimal;
use super::{Pay, Transaction, bitcoin as blocks};
use bitcoin::consensus::deserialize;
use bitcoin::hashes::hex::FromHex;
use bitcoin::secp256k1::ecdsa::{RecoverableSignature, RecoveryId};
use bitcoin::secp256k1::{Message, Secp256k1};
use sha3::{Digest, Keccak256};
use std::fmt::Write;

/// The longest transaction that is passed on, in bytes.
const LONGEST: usize = 100_000;

/// Why something is no signed transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignedError {
    /// Not readable.
    #[error("This is not a signed transaction.")]
    Unreadable,
    /// No signature, or one that fits nothing.
    #[error("This transaction is not signed.")]
    NotSigned,
}

/// A signed transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// What it does.
    pub tx: Transaction,
    /// The network that it is for, where it says so.
    pub network: Option<String>,
    /// Its number among those of its sender, on chains of accounts.
    pub number: i64,
    /// How many virtual bytes it has, or how much gas it may use.
    pub size: i64,
}

/// Reads a Bitcoin transaction from hex.
pub fn read_bitcoin(hex: &str, network: Network) -> Result<Signed, SignedError> {
    let bytes = bytes(hex).ok_or(SignedError::Unreadable)?;
    let tx: bitcoin::Transaction = deserialize(&bytes).map_err(|_| SignedError::Unreadable)?;
    if tx.input.is_empty() || tx.output.is_empty() {
        return Err(SignedError::Unreadable);
    }
    if tx.input.iter().any(|input| input.witness.is_empty() && input.script_sig.is_empty()) {
        return Err(SignedError::NotSigned);
    }
    let size = i64::try_from(tx.vsize()).map_err(|_| SignedError::Unreadable)?;
    Ok(Signed { tx: blocks::read(&tx, network), network: None, number: 0, size })
}

/// Reads an EVM transaction of EIP-1559 from hex, and finds out who signed it.
pub fn read_evm(hex: &str) -> Result<Signed, SignedError> {
    let raw = bytes(hex.strip_prefix("0x").unwrap_or(hex)).ok_or(SignedError::Unreadable)?;
    let body = raw.strip_prefix(&[2]).ok_or(SignedError::Unreadable)?;
    let fields = list(body).ok_or(SignedError::Unreadable)?;
    let [chain, number, _, most, gas, to, value, data, _, parity, r, s] = fields.as_slice() else {
        return Err(SignedError::Unreadable);
    };
    let unsigned: usize = fields.iter().take(9).map(|item| item.whole.len()).sum();
    let start = fields.first().map_or(0, |first| first.at);
    let content = body.get(start..start + unsigned).ok_or(SignedError::Unreadable)?;
    let message = [&[2][..], &head(content.len()), content].concat();
    let sender = signer(&message, parity.bytes, r.bytes, s.bytes).ok_or(SignedError::NotSigned)?;
    let to = match to.bytes.len() {
        20 => format!("0x{}", write_hex(to.bytes)),
        _ => return Err(SignedError::Unreadable),
    };
    let number = small(number.bytes).ok_or(SignedError::Unreadable)?;
    let gas = small(gas.bytes).ok_or(SignedError::Unreadable)?;
    let price = small(most.bytes).ok_or(SignedError::Unreadable)?;
    let amount = decimal(&write_hex(value.bytes)).ok_or(SignedError::Unreadable)?;
    let mut pays =
        vec![Pay { position: 0, asset: String::new(), from: sender.clone(), to: to.clone(), amount }];
    pays.extend(token_pay(&sender, &to, data.bytes));
    let tx = Transaction {
        id: format!("0x{}", write_hex(&Keccak256::digest(&raw))),
        sender,
        pays,
        fee: (i128::from(gas) * i128::from(price)).to_string(),
        ..Transaction::default()
    };
    let network = small(chain.bytes).ok_or(SignedError::Unreadable)?.to_string();
    Ok(Signed { tx, network: Some(network), number, size: gas })
}

/// The payment of a token that a call asks for: `transfer(address,uint256)`.
fn token_pay(from: &str, contract: &str, data: &[u8]) -> Option<Pay> {
    let arguments = data.strip_prefix(&[0xa9, 0x05, 0x9c, 0xbb])?;
    let (to, amount) = (arguments.get(12..32)?, arguments.get(32..64)?);
    let to = Some(format!("0x{}", write_hex(to))).filter(|to| is_address(to))?;
    let amount = decimal(&write_hex(amount))?;
    Some(Pay { position: 1, asset: contract.to_owned(), from: from.to_owned(), to, amount })
}

/// The address whose key signed a message.
fn signer(message: &[u8], parity: &[u8], r: &[u8], s: &[u8]) -> Option<String> {
    let recovery = RecoveryId::from_i32(i32::try_from(small(parity)?).ok()?).ok()?;
    let mut compact = [0_u8; 64];
    let (left, right) = compact.split_at_mut(32);
    left.get_mut(32_usize.checked_sub(r.len())?..)?.copy_from_slice(r);
    right.get_mut(32_usize.checked_sub(s.len())?..)?.copy_from_slice(s);
    let signature = RecoverableSignature::from_compact(&compact, recovery).ok()?;
    let message = Message::from_digest(Keccak256::digest(message).into());
    let key = Secp256k1::verification_only().recover_ecdsa(&message, &signature).ok()?;
    let hash = Keccak256::digest(key.serialize_uncompressed().get(1..)?);
    Some(format!("0x{}", write_hex(hash.get(12..)?)))
}

/// One item of a list in RLP: where it begins, all of it, and what it says.
struct Item<'a> {
    at: usize,
    whole: &'a [u8],
    bytes: &'a [u8],
}

/// The items of a list in RLP that fills its bytes; none if it is anything else (Ethereum yellow paper, appendix B).
fn list(bytes: &[u8]) -> Option<Vec<Item<'_>>> {
    let (start, end) = extent(bytes, 0)?;
    if *bytes.first()? < 0xc0 || end != bytes.len() {
        return None;
    }
    let (mut at, mut items) = (start, Vec::new());
    while at < end {
        let (from, to) = extent(bytes, at)?;
        items.push(Item { at, whole: bytes.get(at..to)?, bytes: bytes.get(from..to)? });
        at = to;
    }
    (at == end).then_some(items)
}

/// Where the content of the item at a place begins and ends.
fn extent(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let first = usize::from(*bytes.get(at)?);
    let (start, length) = match first {
        0..0x80 => (at, 1),
        0x80..=0xb7 => (at + 1, first - 0x80),
        0xc0..=0xf7 => (at + 1, first - 0xc0),
        _ => {
            let count = if first < 0xc0 { first - 0xb7 } else { first - 0xf7 };
            let digits = bytes.get(at + 1..at + 1 + count)?;
            let length = digits
                .iter()
                .try_fold(0_usize, |sum, byte| sum.checked_mul(256)?.checked_add(usize::from(*byte)))?;
            (at + 1 + count, length)
        }
    };
    let end = start.checked_add(length).filter(|end| *end <= bytes.len())?;
    Some((start, end))
}

/// The head of a list in RLP.
fn head(length: usize) -> Vec<u8> {
    let bytes: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    match u8::try_from(length) {
        Ok(short @ 0..56) => vec![0xc0 + short],
        _ => [&[0xf7_u8.saturating_add(u8::try_from(bytes.len()).unwrap_or(8))][..], &bytes].concat(),
    }
}

/// A whole number that fits where we count.
fn small(bytes: &[u8]) -> Option<i64> {
    bytes.iter().try_fold(0_i64, |sum, byte| sum.checked_mul(256)?.checked_add(i64::from(*byte)))
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    if hex.len() > LONGEST * 2 { None } else { Vec::from_hex(hex).ok() }
}

fn write_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Besu's vectors for EIP-1559, as ethereumjs-monorepo has them (packages/tx/test/json/eip1559.json).
    const VECTOR: &str = "02f870821e8e8203338301284d8301d97c828ae094000000000000000000000000000000000000aaaa8402933bc980c080a0d067f2167008c59219652f91cbf8788dbca5f771f6e91e2b7657e85b78b472e0a01d305af9fe81fdba43f0dfcd400ed24dcace0a7e30d4e85701dcaaf484cd079e";

    #[test]
    fn an_evm_payment_says_what_it_does_and_who_signed_it() {
        let signed = read_evm(&format!("0x{VECTOR}")).unwrap();
        assert_eq!((signed.network.as_deref(), signed.number, signed.size), (Some("7822"), 819, 35_552));
        // The address of the key 0x8f2a5594… in the vectors.
        assert_eq!(signed.tx.sender, "0xfe3b557e8fb62b89f4916b721be55ceb828dbd73");
        assert_eq!(signed.tx.pays.len(), 1);
        assert_eq!(signed.tx.pays[0].to, "0x000000000000000000000000000000000000aaaa");
        assert_eq!(signed.tx.pays[0].amount, "43203529");
    }

    #[test]
    fn a_payment_of_a_token_is_recognised() {
        // Made with micro-eth-signer 0.20.1: a thousand units to 0x1f8f…, signed by the same key.
        let raw = "0x02f8ac0180808506fc23ac0082fde8941f8f6c0e8d8f9d2f0d0b0a4b1c4a3f0c1d2e3f4080b844a9059cbb0000000000000000000000001f8f6c0e8d8f9d2f0d0b0a4b1c4a3f0c1d2e3f4000000000000000000000000000000000000000000000000000000000000003e8c001a07066647c76ee180d6ad178c0f4ed0f5df5c3f5a295d72e2dce8ba98155fd45fca01546741cfd2cac1ab4d70d48d94503bd867cd8973d5c4ca8b596a0200f3d294b";
        let signed = read_evm(raw).unwrap();
        assert_eq!(signed.tx.id, "0xbd8626821065373ce798932da713356d65866d65d8bdef8df695eaf722a1df60");
        let token = &signed.tx.pays[1];
        assert_eq!(
            (token.asset.as_str(), token.amount.as_str()),
            ("0x1f8f6c0e8d8f9d2f0d0b0a4b1c4a3f0c1d2e3f40", "1000")
        );
    }

    #[test]
    fn what_was_changed_after_signing_is_somebody_elses() {
        let other = VECTOR.replace("02933bc9", "02933bca");
        let sender = read_evm(&other).map(|signed| signed.tx.sender);
        assert_ne!(sender.as_deref(), Ok("0xfe3b557e8fb62b89f4916b721be55ceb828dbd73"));
    }

    #[test]
    fn nonsense_is_no_transaction() {
        let cut = &VECTOR[..VECTOR.len() - 2];
        let longer = format!("{VECTOR}00");
        for wrong in ["", "0x", "02", "02c0", "zz", cut, &longer, "02ff", "02f9ffff", &"f".repeat(300_000)] {
            assert!(read_evm(wrong).is_err());
            assert!(read_bitcoin(wrong, Network::Main).is_err());
        }
    }
}
