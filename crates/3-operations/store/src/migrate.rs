//! Migrations: changes of the tables, applied once each and in order. The words are PostgreSQL's; SQLite gets a translation.

use sha2::{Digest, Sha256};

use crate::{
    Error, Store,
    dialect::{Piece, pieces},
    sql,
    tx::Tx,
};

/// One change of the tables. Its text never changes once it has been released.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Room and number, such as `ledger-0001`.
    pub name: &'static str,
    /// Statements in PostgreSQL's words.
    pub sql: &'static str,
}

/// The table that remembers what was applied. `at` is in microseconds since 1970, for people only.
const TABLE: &str =
    "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, hash TEXT NOT NULL, at BIGINT NOT NULL)";

fn hash(text: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        // Writing into a String can't fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Applies what is missing, each in its own transaction together with the row that remembers it.
pub(crate) async fn migrate(store: &Store, migrations: &[Migration]) -> Result<(), Error> {
    if store.read_only() {
        return check(store, migrations).await;
    }
    store.write(|tx| tx.migrate(TABLE)).await?;
    let known = applied(store, migrations).await?;
    for &migration in migrations {
        if !known.iter().any(|(name, _)| name == migration.name) {
            store.write(move |tx| apply(tx, &migration)).await?;
            tracing::info!(migration = migration.name, "the tables were changed");
        }
    }
    Ok(())
}

/// For a database that may only be read: it must be exactly as new as the program.
async fn check(store: &Store, migrations: &[Migration]) -> Result<(), Error> {
    let known = applied(store, migrations).await?;
    match migrations.iter().find(|m| !known.iter().any(|(name, _)| name == m.name)) {
        Some(missing) => Err(Error::Older { name: missing.name.to_owned() }),
        None => Ok(()),
    }
}

/// What the database has, after making sure that this program has it too.
async fn applied(store: &Store, migrations: &[Migration]) -> Result<Vec<(String, String)>, Error> {
    let known: Vec<(String, String)> =
        store.read(|tx| tx.rows(sql!("SELECT name, hash FROM migrations ORDER BY at, name"), &[])).await?;
    for (name, hash_then) in &known {
        match migrations.iter().find(|m| m.name == name) {
            None => return Err(Error::Newer { name: name.clone() }),
            Some(m) if hash(m.sql) != *hash_then => return Err(Error::Altered { name: name.clone() }),
            Some(_) => {}
        }
    }
    Ok(known)
}

fn apply(tx: &mut Tx<'_>, migration: &Migration) -> Result<(), Error> {
    // Another node may be starting on the same database: the second waits here and then finds the work done.
    tx.lock_table("migrations")?;
    let done: Option<(String,)> =
        tx.row(sql!("SELECT hash FROM migrations WHERE name = ?1"), &[&migration.name])?;
    if let Some((hash_then,)) = done {
        let same = hash_then == hash(migration.sql);
        return if same { Ok(()) } else { Err(Error::Altered { name: migration.name.to_owned() }) };
    }
    tx.migrate(migration.sql)?;
    // The one place where the store reads a clock: it is a note for people, and no code reads it.
    let at = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let at = i64::try_from(at.as_micros()).unwrap_or(i64::MAX);
    tx.exec(
        sql!("INSERT INTO migrations (name, hash, at) VALUES (?1, ?2, ?3)"),
        &[&migration.name, &hash(migration.sql), &at],
    )?;
    Ok(())
}

/// PostgreSQL's words for types and SQLite's.
const WORDS: [(&str, &str); 5] =
    [("UUID", "BLOB"), ("BIGINT", "INTEGER"), ("BOOLEAN", "INTEGER"), ("JSONB", "TEXT"), ("BYTEA", "BLOB")];

/// A migration for SQLite: types translated within `CREATE TABLE` and `ALTER TABLE`, tables made STRICT, and without
/// rowid where the key is anything but one `BIGINT`. A comment `-- rowid` inside a `CREATE TABLE` keeps the rowid, which is
/// better for wide rows.
pub fn for_sqlite(text: &str) -> String {
    let pieces = pieces(text);
    pieces.split_inclusive(|piece| piece.is_mark(";")).map(statement).collect()
}

/// A migration for PostgreSQL: texts sort and compare by their characters' numbers, as on SQLite, whatever the language
/// of the server. It also makes their indexes quicker.
pub fn for_postgres(text: &str) -> String {
    let pieces = pieces(text);
    pieces.split_inclusive(|piece| piece.is_mark(";")).map(collated).collect()
}

fn collated(pieces: &[Piece<'_>]) -> String {
    let tables = begins(pieces, &["CREATE", "TABLE"]) || begins(pieces, &["ALTER", "TABLE"]);
    let mut out = String::new();
    let mut before = None;
    for piece in pieces {
        out.push_str(piece.text());
        // A type stands after a column's name; a column may be called text, too.
        let after_name = matches!(before, Some(Piece::Word(_) | Piece::Quoted(_)));
        let keyword = ["AS", "COLUMN", "ADD", "EXISTS"].iter().any(|w| before.is_some_and(|b: Piece<'_>| b.is_word(w)));
        if tables && piece.is_word("TEXT") && after_name && !keyword {
            out.push_str(" COLLATE \"C\"");
        }
        if !piece.is_blank() {
            before = Some(*piece);
        }
    }
    out
}

/// Whether the statement begins with these words.
fn begins(statement: &[Piece<'_>], words: &[&str]) -> bool {
    let mut solid = statement.iter().filter(|piece| !piece.is_blank());
    words.iter().all(|word| solid.next().is_some_and(|piece| piece.is_word(word)))
}

fn statement(pieces: &[Piece<'_>]) -> String {
    if begins(pieces, &["CREATE", "TABLE"]) {
        let end = pieces.iter().rposition(|piece| piece.is_mark(")")).map_or(pieces.len(), |at| at + 1);
        let (table, rest) = pieces.split_at(end);
        let rowid = if keeps_rowid(pieces) { "" } else { ", WITHOUT ROWID" };
        let rest: String = rest.iter().map(Piece::text).collect();
        format!("{} STRICT{rowid}{rest}", types(table))
    } else if begins(pieces, &["ALTER", "TABLE"]) {
        types(pieces)
    } else {
        pieces.iter().map(Piece::text).collect()
    }
}

fn types(pieces: &[Piece<'_>]) -> String {
    let mut out = String::new();
    let mut double = false;
    for piece in pieces {
        if piece.is_word("DOUBLE") {
            double = true;
            out.push_str("REAL");
        } else if double && piece.is_blank() {
            // Between DOUBLE and PRECISION.
        } else if double && piece.is_word("PRECISION") {
            double = false;
        } else {
            let word = WORDS.iter().find(|(word, _)| piece.is_word(word));
            out.push_str(word.map_or(piece.text(), |(_, sqlite)| sqlite));
        }
    }
    out
}

/// Whether a table keeps SQLite's own row number: it says so, has no key, or its key is one `BIGINT`.
fn keeps_rowid(table: &[Piece<'_>]) -> bool {
    let says_so = |piece: &Piece<'_>| {
        matches!(piece, Piece::Comment(text) if text.trim_matches(|c: char| c == '-' || c.is_whitespace()) == "rowid")
    };
    if table.iter().any(says_so) {
        return true;
    }
    let solid: Vec<_> = table.iter().filter(|piece| !piece.is_blank()).collect();
    let Some(key) = solid.windows(2).position(|pair| match pair {
        [primary, key] => primary.is_word("PRIMARY") && key.is_word("KEY"),
        _ => false,
    }) else {
        return true;
    };
    key.checked_sub(1).and_then(|before| solid.get(before)).is_some_and(|piece| piece.is_word("BIGINT"))
}
