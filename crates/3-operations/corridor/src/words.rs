//! Words of somebody that the log holds, and how they are erased: an entry loses its line in favour of its commitment, so the log
//! still verifies, and says that something was there. Who may erase what is for acts to say.

use crate::event::{Entry, entry_commitment, entry_salt};
use crate::merkle::Hash;
use crate::refusal::Refusal;
use planet_ontology::hex;
use planet_ontology::ids::{ActKey, EventId};
use planet_store::{Bind, Error, Tx, record, sql};
use uuid::Uuid;

record! {
    /// An entry that holds words about something.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) struct Held {
        /// The event.
        pub event_id: EventId,
        /// Which entry of it, from 0.
        pub line: i64,
        /// Whose outcome it is,
        pub actor_id: Uuid,
        /// under which key.
        pub key: ActKey,
    }
}

/// The hash of an outcome whose words were erased: it would let a guess be tried.
pub(crate) const ERASED: Hash = [0; 32];

/// Notes which entries hold words about which things.
pub(crate) fn note(tx: &mut Tx, notes: &[(Uuid, Held)]) -> Result<(), Error> {
    let rows: Vec<Vec<&dyn Bind>> = notes
        .iter()
        .map(|(subject, held)| {
            let row: [&dyn Bind; 5] = [subject, &held.event_id, &held.line, &held.actor_id, &held.key];
            row.to_vec()
        })
        .collect();
    tx.exec_many(
        sql!("INSERT INTO words (subject_id, event_id, line, actor_id, key) VALUES (?1, ?2, ?3, ?4, ?5)"),
        &rows,
    )?;
    Ok(())
}

/// Erases what the log holds about something, and what was answered then. Answers how many entries lost their line.
pub(crate) fn erase(tx: &mut Tx, subject: Uuid) -> Result<u64, Error> {
    let held = tx.rows::<Held>(
        sql!("SELECT event_id, line, actor_id, key FROM words WHERE subject_id = ?1 ORDER BY event_id, line"),
        &[&subject],
    )?;
    let gone = Refusal::conflict("erased", "This was done, and removed since. Its words were erased.");
    let gone = serde_json::to_string(&gone).unwrap_or_default();
    let mut erased = 0;
    for entry in &held {
        tx.lock(sql!("SELECT id FROM events WHERE id = ?1"), &[&entry.event_id])?;
        let (body, salt) = tx.one::<(String, [u8; 32])>(
            sql!("SELECT body, salt FROM events WHERE id = ?1"),
            &[&entry.event_id],
        )?;
        let Some(body) = without(&body, &salt, u64::try_from(entry.line).unwrap_or(u64::MAX)) else {
            continue;
        };
        tx.exec(sql!("UPDATE events SET body = ?2 WHERE id = ?1"), &[&entry.event_id, &body])?;
        tx.exec(
            sql!("UPDATE outcomes SET hash = ?3, done = FALSE, answer = ?4 WHERE key = ?1 AND actor_id = ?2"),
            &[&entry.key, &entry.actor_id, &ERASED, &gone],
        )?;
        erased += 1;
    }
    tx.exec(sql!("DELETE FROM words WHERE subject_id = ?1"), &[&subject])?;
    Ok(erased)
}

/// The body without one entry; `None` where it is erased already, or has to stay because others replay what it says: effects
/// that are not acts, such as movements of value.
fn without(body: &str, salt: &Hash, number: u64) -> Option<String> {
    let mut lost = false;
    let lines: Vec<String> = body
        .lines()
        .zip(0_u64..)
        .map(|(line, at)| {
            if at != number || line.starts_with('!') || !only_words(line) {
                return line.to_owned();
            }
            lost = true;
            format!("!{}", hex::encode(&entry_commitment(&entry_salt(salt, at), line)))
        })
        .collect();
    lost.then(|| lines.join("\n"))
}

fn only_words(line: &str) -> bool {
    serde_json::from_str::<Entry>(line)
        .is_ok_and(|entry| entry.effects.iter().all(|effect| effect.get("act").is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::commitment;

    #[test]
    fn an_entry_loses_its_line_unless_others_replay_what_it_says() {
        let line = |effects: &str| {
            format!(
                r#"{{"actor":"house","act":"a@1","at":1,"outcome":{{"done":null}},"rules":1,"policies":[],"effects":{effects}}}"#
            )
        };
        let body = [line("[]"), line(r#"[{"moved":{"amount":1}}]"#), line(r#"[{"act":"b"}]"#)].join("\n");
        let salt = [7; 32];
        assert_eq!(without(&body, &salt, 1), None);
        assert_eq!(without(&body, &salt, 3), None);
        let first = without(&body, &salt, 0).unwrap();
        assert!(first.starts_with('!') && first.lines().count() == 3, "{first}");
        assert_eq!(without(&first, &salt, 0), None);
        let both = without(&first, &salt, 2).unwrap();
        assert_eq!(commitment(&salt, &both), commitment(&salt, &body));
    }
}
