//! What the command line remembers: the club, its key and its session, in a file that only its owner can read.

use crate::errors::NodeError;
use serde::{Deserialize, Serialize};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

/// What is remembered.
#[derive(Serialize, Deserialize)]
pub struct Home {
    /// Where the club lives.
    pub origin: String,
    /// The seed of this computer's key.
    pub seed: [u8; 32],
    /// The session's token.
    pub token: Option<String>,
}

impl Home {
    /// Loads it.
    pub fn load() -> Result<Self, NodeError> {
        let path = path()?;
        let text = fs::read_to_string(&path)
            .map_err(|_| NodeError::Other("You are not signed in. Run `planet login` first.".into()))?;
        serde_json::from_str(&text).map_err(|_| {
            NodeError::Other(format!("{} cannot be read. Run `planet login` again.", path.display()))
        })
    }

    /// Saves it.
    pub fn save(&self) -> Result<(), NodeError> {
        let path = path()?;
        let wrong = |error| NodeError::File { path: path.clone(), error };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(wrong)?;
        }
        let text = serde_json::to_string(self).map_err(|error| NodeError::Other(error.to_string()))?;
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&path)
            .map_err(wrong)?;
        file.write_all(text.as_bytes()).map_err(wrong)
    }
}

/// `$XDG_CONFIG_HOME/planet/login.json`, or the same under `~/.config`.
fn path() -> Result<PathBuf, NodeError> {
    let config = std::env::var_os("XDG_CONFIG_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".config")))
        .ok_or_else(|| NodeError::Other("There is no home folder to remember the sign-in in.".into()))?;
    Ok(config.join("planet").join("login.json"))
}
