//! The outside of MLS messages, as far as it is public (RFC 9420, sections 6 and 6.3): which conversation, which epoch, and whether it
//! ends the epoch. Nothing within is looked at; the node has no key to it.

use planet_identity::encoding::{from_b64u, sha256};
use uuid::Uuid;

/// `mls10`, the only version there is.
const MLS10: [u8; 2] = [0, 1];
/// The wire formats that pass here.
const PRIVATE_MESSAGE: [u8; 2] = [0, 2];
const WELCOME: [u8; 2] = [0, 3];
const KEY_PACKAGE: [u8; 2] = [0, 5];

/// What a private message holds, as its outside says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Something that was said.
    Application = 1,
    /// The end of an epoch: others in, others out, or new keys.
    Commit = 3,
}

/// The outside of a private message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The conversation.
    pub conversation: Uuid,
    /// The epoch in which it was made.
    pub epoch: i64,
    /// What it holds.
    pub content: Content,
}

/// Reads the outside of a private message; nothing where it is not one.
pub fn read(bytes: &[u8]) -> Option<Frame> {
    let rest = bytes.strip_prefix(&MLS10)?.strip_prefix(&PRIVATE_MESSAGE)?;
    // A group id of ours has sixteen bytes, and its length is then one byte (RFC 9000, section 16).
    let (id, rest) = rest.strip_prefix(&[16])?.split_at_checked(16)?;
    let (epoch, rest) = rest.split_at_checked(8)?;
    let content = match rest.first()? {
        1 => Content::Application,
        3 => Content::Commit,
        _ => return None,
    };
    let epoch = i64::try_from(u64::from_be_bytes(epoch.try_into().ok()?)).ok()?;
    Some(Frame { conversation: Uuid::from_slice(id).ok()?, epoch, content })
}

/// The bytes of a welcome, if it looks like one.
pub fn welcome(text: &str) -> Option<Vec<u8>> {
    from_b64u(text).filter(|bytes| bytes.starts_with(&[MLS10, WELCOME].concat()))
}

/// The bytes of a key package, if it looks like one.
pub fn package(text: &str) -> Option<Vec<u8>> {
    from_b64u(text).filter(|bytes| bytes.starts_with(&[MLS10, KEY_PACKAGE].concat()))
}

/// The first link of every chain.
pub const NOTHING_BEFORE: [u8; 32] = [0; 32];

/// The hash of an entry of a log: it covers where the entry stands, who sent it, and through the one before all of the past.
/// docs/protocols/private.md, section 4.
pub fn link(frame: &Frame, position: i64, device: Uuid, previous: &[u8], body: &[u8]) -> [u8; 32] {
    let mut bytes = b"planet private log v1\n".to_vec();
    bytes.extend_from_slice(frame.conversation.as_bytes());
    bytes.extend_from_slice(&position.to_be_bytes());
    bytes.extend_from_slice(&frame.epoch.to_be_bytes());
    bytes.push(match frame.content {
        Content::Application => 1,
        Content::Commit => 3,
    });
    bytes.extend_from_slice(device.as_bytes());
    bytes.extend_from_slice(previous);
    bytes.extend_from_slice(&sha256(body));
    sha256(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(content: u8) -> Vec<u8> {
        let id = Uuid::from_u128(7);
        [&[0, 1, 0, 2, 16], id.as_bytes().as_slice(), &9_u64.to_be_bytes(), &[content, 1, 2]].concat()
    }

    #[test]
    fn the_outside_says_which_conversation_which_epoch_and_what() {
        let frame = read(&framed(3)).unwrap();
        assert_eq!(frame, Frame { conversation: Uuid::from_u128(7), epoch: 9, content: Content::Commit });
        assert_eq!(read(&framed(1)).unwrap().content, Content::Application);
    }

    #[test]
    fn what_is_no_private_message_is_not_taken_for_one() {
        assert_eq!(read(&framed(2)), None, "a proposal by itself");
        assert_eq!(read(&framed(1)[..20]), None, "cut short");
        assert_eq!(read(b""), None);
        let mut other = framed(1);
        other[3] = 1;
        assert_eq!(read(&other), None, "a public message");
        assert_eq!(welcome("xxxx"), None);
        assert_eq!(package("AAEABQ"), Some(vec![0, 1, 0, 5]));
    }

    #[test]
    fn a_link_changes_with_everything_it_covers() {
        let frame = read(&framed(1)).unwrap();
        let first = link(&frame, 1, Uuid::nil(), &NOTHING_BEFORE, b"body");
        assert_eq!(first, link(&frame, 1, Uuid::nil(), &NOTHING_BEFORE, b"body"));
        assert_ne!(first, link(&frame, 2, Uuid::nil(), &NOTHING_BEFORE, b"body"));
        assert_ne!(first, link(&frame, 1, Uuid::from_u128(1), &NOTHING_BEFORE, b"body"));
        assert_ne!(first, link(&frame, 1, Uuid::nil(), &[1; 32], b"body"));
        assert_ne!(first, link(&frame, 1, Uuid::nil(), &NOTHING_BEFORE, b"other"));
        assert_ne!(first, link(&Frame { epoch: 8, ..frame }, 1, Uuid::nil(), &NOTHING_BEFORE, b"body"));
    }
}
