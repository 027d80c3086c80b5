//! `planet verify --receipt`: checks one receipt for a payment, offline. It opens no database and asks nobody.

use crate::errors::{NOT_VERIFIED, NodeError};
use crate::house;
use planet_identity::multi;
use planet_ontology::hex;
use planet_wallet::receipt::{Checked, verify as check};
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

/// The most bytes of a receipt.
const MOST: u64 = 4 * 1024 * 1024;

/// Checks a receipt and says what it proves, or why it does not.
pub fn verify(path: PathBuf, key: Option<&str>) -> Result<ExitCode, NodeError> {
    let expected = key.map(read_key).transpose()?;
    let broken = |error| NodeError::File { path: path.clone(), error };
    if fs::metadata(&path).map_err(broken)?.len() > MOST {
        return Err(NodeError::Other(format!("{} is too large to be a receipt.", path.display())));
    }
    let text = fs::read_to_string(&path).map_err(broken)?;
    match check(&text, expected.as_ref(), house::clock()) {
        Ok(checked) => {
            tell(&checked, expected.is_some());
            Ok(ExitCode::SUCCESS)
        }
        Err(refused) => {
            println!("{refused}");
            Ok(ExitCode::from(NOT_VERIFIED))
        }
    }
}

/// A public key as the club shows it, as did:key, or in hex.
fn read_key(text: &str) -> Result<[u8; 32], NodeError> {
    let text = text.trim();
    multi::from_multikey(text).or_else(|| multi::from_did_key(text)).or_else(|| hex::decode(text)).ok_or_else(
        || {
            NodeError::Other(format!(
                "\u{201c}{text}\u{201d} is not a public key. A club shows its own at /about/key."
            ))
        },
    )
}

fn tell(checked: &Checked, known: bool) {
    println!("{} paid {} {}.", checked.payer, checked.payee, checked.amount);
    println!("When:     {}", checked.paid);
    if !checked.memo.is_empty() {
        println!("For:      {}", checked.memo);
    }
    println!("Transfer: {}", checked.transfer);
    println!("Signed:   by {} ({}), key {}", checked.club, checked.url, checked.key);
    match checked.logged {
        Some((position, size)) => {
            println!("Log:      included at place {position}, under a signed checkpoint of {size} events");
        }
        None => {
            println!(
                "Log:      promised by the club's signature; ask for the receipt again to get the proof"
            );
        }
    }
    if checked.opened {
        println!("Line:     the line of the log says the same");
    }
    if known {
        println!("The receipt holds.");
    } else {
        println!(
            "The receipt holds, by the key that it names. Compare that with the key at {}/about/key.",
            checked.url
        );
    }
}
