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
const WORDS: [(&str, &str); 6] = [
    ("UUID", "BLOB"),
    ("BIGINT", "INTEGER"),
    ("BOOLEAN", "INTEGER"),
    ("JSONB", "TEXT"),
    ("BYTEA", "BLOB"),
    ("DOUBLE", "REAL"),
];

/// A migration for SQLite: types translated within `CREATE TABLE` and `ALTER TABLE`, tables made STRICT, and without
/// rowid where the key is anything but one `BIGINT`. A comment `-- rowid` inside a `CREATE TABLE` keeps the rowid.
///
/// Measured with 100,000 rows and `UUIDv7` keys: without rowid, narrow rows insert, read and update 1.8 times as fast, rows of 300
/// bytes about as fast, and rows of 1,500 bytes 2 to 14 times slower. So `-- rowid` is for rows of more than half a kilobyte.
pub fn for_sqlite(text: &str) -> String {
    each_statement(text, |statement| {
        let types = types(statement);
        let word = |(at, piece): (usize, &Piece<'_>)| {
            if types.contains(&at)
                && let Some((_, sqlite)) = WORDS.iter().find(|(word, _)| piece.is_word(word))
            {
                return (*sqlite).to_owned();
            }
            // The second word of DOUBLE PRECISION; nothing else is called that.
            if piece.is_word("PRECISION") { String::new() } else { piece.text().to_owned() }
        };
        let mut words: Vec<String> = statement.iter().enumerate().map(word).collect();
        if begins(statement, &["CREATE", "TABLE"])
            && let Some(end) = statement.iter().rposition(|piece| piece.is_mark(")"))
        {
            let kind = if keeps_rowid(statement) { " STRICT" } else { " STRICT, WITHOUT ROWID" };
            words.insert(end + 1, kind.to_owned());
        }
        words.concat()
    })
}

/// A migration for PostgreSQL: texts sort and compare by their characters' numbers, as on SQLite, whatever the language
/// of the server. It also makes their indexes quicker.
pub fn for_postgres(text: &str) -> String {
    each_statement(text, |statement| {
        let types = types(statement);
        let word = |(at, piece): (usize, &Piece<'_>)| {
            let collation = if types.contains(&at) && piece.is_word("TEXT") { " COLLATE \"C\"" } else { "" };
            [piece.text(), collation].concat()
        };
        statement.iter().enumerate().map(word).collect()
    })
}

/// What `translate` makes of each statement that creates or alters a table; the others stay as they are.
fn each_statement(text: &str, translate: impl Fn(&[Piece<'_>]) -> String) -> String {
    let pieces = pieces(text);
    let statement = |statement: &[Piece<'_>]| {
        if begins(statement, &["CREATE", "TABLE"]) || begins(statement, &["ALTER", "TABLE"]) {
            translate(statement)
        } else {
            statement.iter().map(Piece::text).collect()
        }
    };
    pieces.split_inclusive(|piece| piece.is_mark(";")).map(statement).collect()
}

/// Whether the statement begins with these words.
fn begins(statement: &[Piece<'_>], words: &[&str]) -> bool {
    let mut solid = statement.iter().filter(|piece| !piece.is_blank());
    words.iter().all(|word| solid.next().is_some_and(|piece| piece.is_word(word)))
}

/// Where the types of columns stand: second in each definition between the table's parentheses, or second after `ADD
/// COLUMN`. So a column may be called `uuid`.
fn types(statement: &[Piece<'_>]) -> Vec<usize> {
    let mut depth = 0_usize;
    // How many words of a definition have gone by; nothing outside of one.
    let mut words: Option<usize> = None;
    let mut found = Vec::new();
    for (at, piece) in statement.iter().enumerate().filter(|(_, piece)| !piece.is_blank()) {
        if piece.is_mark("(") {
            depth += 1;
            words = if depth == 1 { Some(0) } else { words };
        } else if piece.is_mark(")") {
            depth = depth.saturating_sub(1);
        } else if (depth == 1 && piece.is_mark(",")) || (depth == 0 && piece.is_word("COLUMN")) {
            words = Some(0);
        } else if depth <= 1 {
            if words == Some(1) {
                found.push(at);
            }
            words = words.map(|words| words + 1);
        }
    }
    found
}

/// Whether a table keeps SQLite's own row number: it says so, has no key, or its key is one `BIGINT`.
fn keeps_rowid(table: &[Piece<'_>]) -> bool {
    let says_so = |piece: &Piece<'_>| matches!(piece, Piece::Comment(text) if text.trim_matches(|c: char| c == '-' || c.is_whitespace()) == "rowid");
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

#[cfg(test)]
mod tests {
    use super::{for_postgres, for_sqlite};

    #[test]
    fn types_are_translated_within_tables_only() {
        let text = "-- the UUID of a BIGINT\nCREATE TABLE t (id UUID PRIMARY KEY, n DOUBLE  PRECISION, j JSONB DEFAULT 'UUID');
INSERT INTO t (id)\nVALUES ('BIGINT'\n);
ALTER TABLE t ADD COLUMN b BYTEA;";
        let sqlite = "-- the UUID of a BIGINT\nCREATE TABLE t (id BLOB PRIMARY KEY, n REAL  , j TEXT DEFAULT 'UUID') STRICT, WITHOUT ROWID;
INSERT INTO t (id)\nVALUES ('BIGINT'\n);
ALTER TABLE t ADD COLUMN b BLOB;";
        assert_eq!(for_sqlite(text), sqlite);
    }

    #[test]
    fn a_column_may_be_called_like_a_type() {
        let text = "CREATE TABLE t (uuid UUID, text TEXT, CHECK (uuid IS NOT NULL AND text <> ''), PRIMARY KEY (uuid))";
        assert_eq!(
            for_sqlite(text),
            "CREATE TABLE t (uuid BLOB, text TEXT, CHECK (uuid IS NOT NULL AND text <> ''), PRIMARY KEY (uuid)) STRICT, WITHOUT ROWID"
        );
    }

    #[test]
    fn the_rowid_stays_where_it_is_the_key_or_is_asked_for() {
        let kept = |text: &str| !for_sqlite(text).contains("WITHOUT ROWID");
        assert!(kept("CREATE TABLE t (n BIGINT PRIMARY KEY)"));
        assert!(kept("CREATE TABLE t (n BIGINT)"));
        assert!(kept("CREATE TABLE t ( -- rowid\n id UUID PRIMARY KEY)"));
        assert!(!kept("CREATE TABLE t (id UUID NOT NULL PRIMARY KEY)"));
        assert!(!kept("CREATE TABLE t (a UUID, n BIGINT, PRIMARY KEY (a, n))"));
    }

    #[test]
    fn texts_are_compared_by_their_characters_on_postgres() {
        assert_eq!(
            for_postgres(
                "CREATE TABLE t (text TEXT NOT NULL, b BIGINT, CHECK (CAST(b AS TEXT) <> '')); SELECT TEXT"
            ),
            "CREATE TABLE t (text TEXT COLLATE \"C\" NOT NULL, b BIGINT, CHECK (CAST(b AS TEXT) <> '')); SELECT TEXT"
        );
        assert_eq!(
            for_postgres("ALTER TABLE t ADD COLUMN text TEXT"),
            "ALTER TABLE t ADD COLUMN text TEXT COLLATE \"C\""
        );
    }
}
