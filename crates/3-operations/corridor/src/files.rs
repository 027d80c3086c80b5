//! Files beside an act: an act that brings one names it by hash, so that the log holds a few words and not a photograph. The
//! bytes travel with the request into the transaction, where the act puts them away; they are in no log and in no proposal.

use crate::merkle::Hash;
use crate::refusal::Refusal;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The files that came with one attempt. Cheap to clone.
#[derive(Clone, Default)]
pub struct Files(Arc<[(Hash, Vec<u8>)]>);

impl Files {
    /// Files by their bytes; hashed here, outside of any transaction.
    pub fn new(files: impl IntoIterator<Item = Vec<u8>>) -> Self {
        Self(files.into_iter().map(|bytes| (hash_of(&bytes), bytes)).collect())
    }

    /// The bytes with this hash. Refused where none came along: what others decide later, or a program that sent only the
    /// act, has no file to put away.
    pub fn find(&self, hash: &Hash) -> Result<&[u8], Refusal> {
        let found = self.0.iter().find(|(known, _)| known == hash).map(|(_, bytes)| bytes.as_slice());
        found.ok_or_else(|| {
            Refusal::input(
                "file",
                "file_missing",
                "The file itself did not come along. Please choose it again.",
            )
        })
    }
}

/// The name of a file: SHA-256 over its bytes.
pub fn hash_of(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_by_its_hash_and_nothing_else_is() {
        let files = Files::new([b"a photograph".to_vec()]);
        assert_eq!(files.find(&hash_of(b"a photograph")).unwrap(), b"a photograph");
        assert_eq!(files.find(&hash_of(b"another")).unwrap_err().code, "file_missing");
    }
}
