//! The node's key, which signs checkpoints: made at the first start, kept in the data folder, readable by its owner
//! only.

use crate::errors::NodeError;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// The file in the data folder.
const FILE: &str = "node.key";

/// Loads the key, if there is one.
pub fn load(data: &Path) -> Result<Option<SigningKey>, NodeError> {
    let path = data.join(FILE);
    match fs::read_to_string(&path) {
        Ok(pem) => SigningKey::from_pkcs8_pem(&pem).map(Some).map_err(|_| NodeError::Key(path)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(NodeError::File { path, error }),
    }
}

/// Loads the key, or makes one.
pub fn load_or_create(data: &Path, entropy: [u8; 32]) -> Result<SigningKey, NodeError> {
    if let Some(key) = load(data)? {
        return Ok(key);
    }
    let key = SigningKey::from_bytes(&entropy);
    let path = data.join(FILE);
    let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(|_| NodeError::Key(path.clone()))?;
    write_private(&path, pem.as_bytes()).map_err(|error| NodeError::File { path, error })?;
    Ok(key)
}

fn write_private(path: &PathBuf, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
