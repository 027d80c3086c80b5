//! The rows of what the keepers of a wallet note about its transfers, and of the files that they attach.

use planet_ontology::ids::{AgentId, AttachmentId, TransferId};
use planet_ontology::units::Moment;
use planet_store::{Error, Ids, Tx, record, sql};
use std::collections::HashMap;

/// How many categories are suggested.
const SUGGESTED: i64 = 40;

record! {
    /// A note on a transfer.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Note {
        /// What it counts as, in the keepers' own words.
        pub category: String,
        /// What they want to remember.
        pub note: String,
    }
}

record! {
    struct NoteRow { transfer: TransferId, category: String, note: String }
}

/// The notes of a wallet on these transfers.
pub fn find_notes(
    tx: &mut Tx,
    wallet: AgentId,
    transfers: impl Iterator<Item = TransferId>,
) -> Result<HashMap<TransferId, Note>, Error> {
    let ids = Ids(transfers.map(|transfer| transfer.0).collect());
    let rows = tx.rows::<NoteRow>(
        sql!(
            "SELECT transfer_id, category, note FROM transfer_notes
              WHERE wallet_id = ?1 AND transfer_id IN (SELECT id FROM ids(?2))"
        ),
        &[&wallet, &ids],
    )?;
    Ok(rows.into_iter().map(|row| (row.transfer, Note { category: row.category, note: row.note })).collect())
}

/// Writes a note over the one that was there. An empty one is taken away.
pub fn write_note(
    tx: &mut Tx,
    wallet: AgentId,
    transfer: TransferId,
    other: AgentId,
    note: &Note,
    now: Moment,
) -> Result<(), Error> {
    if *note == Note::default() {
        tx.exec(
            sql!("DELETE FROM transfer_notes WHERE wallet_id = ?1 AND transfer_id = ?2"),
            &[&wallet, &transfer],
        )?;
    } else {
        tx.exec(
            sql!(
                "INSERT INTO transfer_notes (wallet_id, transfer_id, other_id, category, note, changed)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (wallet_id, transfer_id)
                 DO UPDATE SET category = excluded.category, note = excluded.note, changed = excluded.changed"
            ),
            &[&wallet, &transfer, &other, &note.category, &note.note, &now],
        )?;
    }
    Ok(())
}

/// The categories that a wallet has used, by name. It goes from one to the next in the index, so that it costs the same however
/// many notes have them.
pub fn categories(tx: &mut Tx, wallet: AgentId) -> Result<Vec<String>, Error> {
    let rows = tx.rows::<(String,)>(
        sql!(
            "WITH RECURSIVE known AS (
                  SELECT min(category) AS category FROM transfer_notes WHERE wallet_id = ?1 AND category > ''
                   UNION ALL
                  SELECT (SELECT min(n.category) FROM transfer_notes n
                           WHERE n.wallet_id = ?1 AND n.category > known.category)
                    FROM known WHERE known.category IS NOT NULL)
              SELECT category FROM known WHERE category IS NOT NULL LIMIT ?2"
        ),
        &[&wallet, &SUGGESTED],
    )?;
    Ok(rows.into_iter().map(|(category,)| category).collect())
}

/// What the wallet noted last about a transfer with somebody.
pub fn suggested(tx: &mut Tx, wallet: AgentId, other: AgentId) -> Result<Option<String>, Error> {
    let row = tx.row::<(String,)>(
        sql!(
            "SELECT category FROM transfer_notes WHERE wallet_id = ?1 AND other_id = ?2 AND category <> ''
              ORDER BY changed DESC, transfer_id DESC LIMIT 1"
        ),
        &[&wallet, &other],
    )?;
    Ok(row.map(|(category,)| category))
}

record! {
    /// A file that is attached to a transfer, without its bytes.
    #[derive(Clone, Debug)]
    pub struct AttachmentRow {
        /// Its id.
        pub id: AttachmentId,
        /// Whose wallet it was attached in.
        pub wallet: AgentId,
        /// The transfer.
        pub transfer: TransferId,
        /// Its name.
        pub name: String,
        /// Its media type.
        pub kind: String,
        /// How many bytes it has.
        pub size: i64,
        /// SHA-256 of its bytes.
        pub hash: [u8; 32],
        /// When it was attached.
        pub added: Moment,
    }
}

/// Puts a file away.
pub fn attach(tx: &mut Tx, row: &AttachmentRow, bytes: &[u8]) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO transfer_attachments (id, wallet_id, transfer_id, name, kind, size, hash, added, bytes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
        ),
        &[&row.id, &row.wallet, &row.transfer, &row.name, &row.kind, &row.size, &row.hash, &row.added, &bytes],
    )?;
    Ok(())
}

/// The files that a wallet attached to a transfer, the first one first.
pub fn attachments(tx: &mut Tx, wallet: AgentId, transfer: TransferId) -> Result<Vec<AttachmentRow>, Error> {
    tx.rows(
        sql!(
            "SELECT id, wallet_id, transfer_id, name, kind, size, hash, added FROM transfer_attachments
              WHERE wallet_id = ?1 AND transfer_id = ?2 ORDER BY added, id"
        ),
        &[&wallet, &transfer],
    )
}

/// A file without its bytes.
pub fn find_attachment(tx: &mut Tx, id: AttachmentId) -> Result<Option<AttachmentRow>, Error> {
    tx.row(
        sql!(
            "SELECT id, wallet_id, transfer_id, name, kind, size, hash, added FROM transfer_attachments WHERE id = ?1"
        ),
        &[&id],
    )
}

/// The bytes of a file.
pub fn attachment_bytes(tx: &mut Tx, id: AttachmentId) -> Result<Vec<u8>, Error> {
    let (bytes,) =
        tx.one::<(Vec<u8>,)>(sql!("SELECT bytes FROM transfer_attachments WHERE id = ?1"), &[&id])?;
    Ok(bytes)
}

/// Takes a file away, bytes and all.
pub fn detach(tx: &mut Tx, id: AttachmentId) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM transfer_attachments WHERE id = ?1"), &[&id])?;
    Ok(())
}
