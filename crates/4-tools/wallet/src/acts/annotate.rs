//! Noting what a transfer was for, and attaching a till receipt to it: for the keepers of one wallet, never for the other side.

use crate::error::WalletError;
use crate::rows::notes::{self, AttachmentRow, Note};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ledger::{find_account, find_transfer};
use planet_ontology::entities::Account;
use planet_ontology::hex;
use planet_ontology::ids::{AgentId, AttachmentId, GroupId, TransferId};
use planet_ontology::units::{Moment, longer_than};
use planet_purse::acts_for;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest category, in characters.
pub const MAX_CATEGORY: u32 = 40;
/// The longest note, in characters.
pub const MAX_NOTE: u32 = 500;
/// The longest name of a file, in characters.
const MAX_NAME: usize = 120;
/// The most bytes of a file.
pub const MAX_SIZE: usize = 1_000_000;
/// The most files of one wallet on one transfer.
pub const MOST_FILES: usize = 5;

/// Note what a transfer was for.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Annotate {
    /// The transfer.
    pub transfer: TransferId,
    /// Whose wallet notes it: a group's, or one's own if it is left out.
    #[serde(default)]
    pub wallet: Option<AgentId>,
    /// What it counts as, in your own words; empty for nothing.
    #[serde(default)]
    pub category: String,
    /// What you want to remember; empty for nothing.
    #[serde(default)]
    pub note: String,
}

impl Act for Annotate {
    const NAME: &'static str = "wallet.annotate";
    const ABOUT: &'static str = "Note what a payment was for. Only those who keep this wallet see it.";
    type Touches = Account;
    type Output = ();

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        side(tx, self.transfer, self.wallet, actor).map(|side| side.resource)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let side = side(tx, self.transfer, self.wallet, &cx.actor)?;
        let category = self.category.split_whitespace().collect::<Vec<_>>().join(" ");
        if longer_than(&category, MAX_CATEGORY) {
            return Err(WalletError::CategoryTooLong.into());
        }
        if longer_than(&self.note, MAX_NOTE) {
            return Err(WalletError::NoteTooLong.into());
        }
        let note = Note { category, note: self.note.trim().to_owned() };
        notes::write_note(tx, side.wallet, self.transfer, side.other, &note, cx.now)?;
        Ok(())
    }
}

/// Attach a photograph or a PDF to a transfer. The file itself comes along with the request.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attach {
    /// The transfer.
    pub transfer: TransferId,
    /// Whose wallet keeps it: a group's, or one's own if it is left out.
    #[serde(default)]
    pub wallet: Option<AgentId>,
    /// Its name.
    pub name: String,
    /// Its media type: `image/jpeg`, `image/png`, `image/webp` or `application/pdf`.
    pub kind: String,
    /// How many bytes it has.
    pub size: u32,
    /// SHA-256 of its bytes, in hex.
    pub hash: String,
}

impl Act for Attach {
    const NAME: &'static str = "wallet.attach";
    const ABOUT: &'static str = "Attach a receipt to a payment. Only those who keep this wallet see it.";
    type Touches = Account;
    type Output = AttachmentId;

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        side(tx, self.transfer, self.wallet, actor).map(|side| side.resource)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<AttachmentId, Fault> {
        let wallet = side(tx, self.transfer, self.wallet, &cx.actor)?.wallet;
        let hash = hex::decode(&self.hash).ok_or(WalletError::FileUnknown)?;
        let bytes = cx.file(&hash)?.to_vec();
        if bytes.is_empty() || bytes.len() > MAX_SIZE || u32::try_from(bytes.len()) != Ok(self.size) {
            return Err(WalletError::FileSize.into());
        }
        if kind_of(&bytes).is_none_or(|kind| kind != self.kind) {
            return Err(WalletError::FileKind.into());
        }
        let there = notes::attachments(tx, wallet, self.transfer)?;
        if there.len() >= MOST_FILES {
            return Err(WalletError::TooManyFiles.into());
        }
        if there.iter().any(|row| row.hash == hash) {
            return Err(WalletError::FileThere.into());
        }
        let row = AttachmentRow {
            id: cx.id(),
            wallet,
            transfer: self.transfer,
            name: plain_name(&self.name),
            kind: self.kind.clone(),
            size: i64::from(self.size),
            hash,
            added: cx.now,
        };
        notes::attach(tx, &row, &bytes)?;
        Ok(row.id)
    }
}

/// Take an attached file away.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Detach {
    /// The file.
    pub attachment: AttachmentId,
}

impl Act for Detach {
    const NAME: &'static str = "wallet.detach";
    const ABOUT: &'static str = "Take an attached receipt away for good.";
    type Touches = Account;
    type Output = ();

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        let row = notes::find_attachment(tx, self.attachment)?.ok_or(WalletError::FileUnknown)?;
        let agent = actor.agent().ok_or(WalletError::FileUnknown)?;
        if !acts_for(tx, agent, row.wallet)? {
            return Err(WalletError::FileUnknown.into());
        }
        side(tx, row.transfer, Some(row.wallet), actor).map(|side| side.resource)
    }

    fn perform(&self, tx: &mut Tx, _: &mut Cx) -> Result<(), Fault> {
        notes::detach(tx, self.attachment)?;
        Ok(())
    }
}

/// One side of a transfer: whose wallet, who is on the other, and what the rules are asked about.
struct Side {
    wallet: AgentId,
    other: AgentId,
    resource: Resource,
}

fn side(tx: &mut Tx, transfer: TransferId, wallet: Option<AgentId>, actor: &Actor) -> Result<Side, Fault> {
    let unknown = WalletError::TransferUnknown;
    let wallet = wallet.or(actor.agent()).ok_or(unknown)?;
    let booking = find_transfer(tx, transfer)?.ok_or(unknown)?;
    let mut owner = |account| Ok::<_, Fault>(find_account(tx, account)?.ok_or(unknown)?.owner);
    let (debtor, creditor) = (owner(booking.debit)?, owner(booking.credit)?);
    let other = if debtor == wallet { creditor } else { debtor };
    if debtor != wallet && creditor != wallet {
        return Err(unknown.into());
    }
    let group = agents::find(tx, wallet)?.ok_or(unknown)?.kind == "group";
    let facts = Account { own: actor.agent() == Some(wallet), group, amount: 0 };
    let of = if group { GroupId(wallet.0) } else { GroupId::CLUB };
    Ok(Side { wallet, other, resource: Resource::of(of, wallet, &facts) })
}

/// The media type that a file's first bytes tell, if it is one that can be attached.
pub fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    let begins = |magic: &[u8]| bytes.starts_with(magic);
    if begins(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else if begins(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if begins(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some("image/webp")
    } else if begins(b"%PDF-") {
        Some("application/pdf")
    } else {
        None
    }
}

/// A file's name without folders and what cannot be seen.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect();
    let plain = plain.trim().trim_start_matches('.').to_owned();
    if plain.is_empty() { "receipt".into() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        for (bytes, kind) in [
            (&b"\xff\xd8\xff\xe0\x00\x10JFIF"[..], Some("image/jpeg")),
            (b"\x89PNG\r\n\x1a\n....", Some("image/png")),
            (b"RIFF\x10\x00\x00\x00WEBPVP8 ", Some("image/webp")),
            (b"%PDF-1.7", Some("application/pdf")),
            (b"<svg xmlns='http://www.w3.org/2000/svg'>", None),
            (b"<html><script>", None),
            (b"RIFF\x10\x00\x00\x00WAVE", None),
            (b"", None),
        ] {
            assert_eq!(kind_of(bytes), kind, "{bytes:?}");
        }
    }

    #[test]
    fn names_of_files_lead_nowhere() {
        for (name, plain) in [
            ("till.jpg", "till.jpg"),
            ("../../etc/passwd", "passwd"),
            ("C:\\fakepath\\till.pdf", "till.pdf"),
            ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
            ("...", "receipt"),
            ("", "receipt"),
        ] {
            assert_eq!(plain_name(name), plain);
        }
    }
}
