//! Hashes and keys as lower-case hex, for people and for lines of text.

use std::fmt::Write;

/// Bytes as hex.
pub fn encode(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// So many bytes from hex; `None` if it is anything else.
pub fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let bytes: Option<Vec<u8>> =
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect();
    bytes?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn hex_goes_there_and_back_and_nothing_else_is_taken() {
        assert_eq!(decode(&encode(&[0xab; 32])), Some([0xab; 32]));
        for wrong in ["", "ab", "zz", &"é".repeat(32), &"0".repeat(63), &"+f".repeat(32)] {
            assert_eq!(decode::<32>(wrong), None, "{wrong}");
        }
    }
}
