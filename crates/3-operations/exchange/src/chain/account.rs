//! A Bitcoin account as the node may know it: its public key, and the addresses that follow from it (BIP84). No secret.

use bitcoin::bip32::{ChildNumber, Xpub};
use bitcoin::secp256k1::Secp256k1;
use bitcoin::{Address, CompressedPublicKey, KnownHrp};

/// Why a text is no account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountError {
    /// Not an account's public key.
    #[error("This is not the public key of an account. It begins with zpub or vpub.")]
    NotAKey,
    /// A secret.
    #[error("This is a secret key. Never give it to anybody; the club does not want it.")]
    Secret,
    /// Of another network.
    #[error("This account is for another Bitcoin network than the one named.")]
    OtherNetwork,
}

/// A Bitcoin network, by the name that Bitcoin Core gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// Where coins have value.
    Main,
    /// For trying things out, the older one.
    Test,
    /// For trying things out, with signed blocks.
    Signet,
    /// One's own.
    Regtest,
}

impl Network {
    /// From its name.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Main, Self::Test, Self::Signet, Self::Regtest]
            .into_iter()
            .find(|network| network.word() == word)
    }

    /// Its name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Test => "test",
            Self::Signet => "signet",
            Self::Regtest => "regtest",
        }
    }

    /// How its addresses begin.
    pub(super) const fn hrp(self) -> KnownHrp {
        match self {
            Self::Main => KnownHrp::Mainnet,
            Self::Test | Self::Signet => KnownHrp::Testnets,
            Self::Regtest => KnownHrp::Regtest,
        }
    }

    /// The network as the library names it, for writing addresses.
    pub(super) const fn library(self) -> bitcoin::Network {
        match self {
            Self::Main => bitcoin::Network::Bitcoin,
            Self::Test => bitcoin::Network::Testnet,
            Self::Signet => bitcoin::Network::Signet,
            Self::Regtest => bitcoin::Network::Regtest,
        }
    }
}

/// The version bytes of SLIP-132's `zpub` and `vpub`, and those of BIP32 that the library reads.
const ZPUB: [u8; 4] = [0x04, 0xb2, 0x47, 0x46];
const VPUB: [u8; 4] = [0x04, 0x5f, 0x1c, 0xf6];
const XPUB: [u8; 4] = [0x04, 0x88, 0xb2, 0x1e];
const TPUB: [u8; 4] = [0x04, 0x35, 0x87, 0xcf];

/// An account's public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    key: Xpub,
    network: Network,
}

impl Account {
    /// Reads `zpub…` for the main network, `vpub…` for the others.
    pub fn parse(text: &str, network: Network) -> Result<Self, AccountError> {
        if text.get(1..4) == Some("prv") {
            return Err(AccountError::Secret);
        }
        if text.len() > 120 {
            return Err(AccountError::NotAKey);
        }
        let bytes = bitcoin::base58::decode_check(text).map_err(|_| AccountError::NotAKey)?;
        let (version, rest) = bytes.split_first_chunk::<4>().ok_or(AccountError::NotAKey)?;
        let known = match (*version, network) {
            (ZPUB, Network::Main) => XPUB,
            (VPUB, Network::Test | Network::Signet | Network::Regtest) => TPUB,
            (ZPUB | VPUB, _) => return Err(AccountError::OtherNetwork),
            _ => return Err(AccountError::NotAKey),
        };
        let key = Xpub::decode(&[&known, rest].concat()).map_err(|_| AccountError::NotAKey)?;
        if key.depth == 3 { Ok(Self { key, network }) } else { Err(AccountError::NotAKey) }
    }

    /// The address at a place: branch 0 is for receiving, 1 for change.
    pub fn address(&self, branch: u32, position: u32) -> Result<String, AccountError> {
        let child = |index| ChildNumber::from_normal_idx(index).map_err(|_| AccountError::NotAKey);
        let path = [child(branch)?, child(position)?];
        let key =
            self.key.derive_pub(&Secp256k1::verification_only(), &path).map_err(|_| AccountError::NotAKey)?;
        Ok(Address::p2wpkh(&CompressedPublicKey(key.public_key), self.network.hrp()).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From BIP84's test vectors.
    const KEY: &str = "zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs";

    #[test]
    fn addresses_are_those_of_the_proposals_vectors() {
        let account = Account::parse(KEY, Network::Main).unwrap();
        assert_eq!(account.address(0, 0).unwrap(), "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu");
        assert_eq!(account.address(0, 1).unwrap(), "bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g");
        assert_eq!(account.address(1, 0).unwrap(), "bc1q8c6fshw2dlwun7ekn9qwf37cu2rn755upcp6el");
    }

    #[test]
    fn a_secret_another_network_and_nonsense_are_told_apart() {
        let secret = KEY.replace("zpub", "zprv");
        assert_eq!(Account::parse(&secret, Network::Main), Err(AccountError::Secret));
        assert_eq!(Account::parse(KEY, Network::Regtest), Err(AccountError::OtherNetwork));
        for wrong in ["", "zpub", &KEY.replace("Ys", "Yt"), &"z".repeat(5_000), "é", "zé"] {
            assert_eq!(Account::parse(wrong, Network::Main), Err(AccountError::NotAKey), "{wrong}");
        }
    }
}
