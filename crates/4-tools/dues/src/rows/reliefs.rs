//! Requests to owe less, later or nothing, and what was answered.

use planet_ontology::ids::{AgentId, AudienceId, MemberId, ReliefId};
use planet_ontology::units::Moment;
use planet_store::{Error, Ids, Tx, record, sql};
use schemars::JsonSchema;
use serde::Serialize;

record! {
    /// A request.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
    pub struct ReliefRow {
        /// Its id.
        pub id: ReliefId,
        /// Who asks.
        pub member: MemberId,
        /// `reduce`, `pause` or `waive`.
        pub kind: String,
        /// How much of the dues is paid, in a hundred.
        pub percent: i64,
        /// The end of the last day for which it holds; of what is due later nothing changes.
        pub until: Option<Moment>,
        /// What the member says to it.
        pub words: String,
        /// `asked`, `granted`, `refused` or `withdrawn`.
        pub state: String,
        /// What was answered.
        pub answer: String,
        /// When it was asked.
        pub asked: Moment,
        /// When it was answered.
        pub answered: Option<Moment>,
        /// By whom.
        pub answered_by: Option<AgentId>,
    }
}

/// Keeps a new request.
pub fn create(tx: &mut Tx, it: &ReliefRow) -> Result<(), Error> {
    let audience = AudienceId::from(it.member);
    tx.exec(
        sql!(
            "INSERT INTO dues_reliefs (id, member_id, kind, percent, until, words, state, answer, asked, audience_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '', ?8, ?9)"
        ),
        &[&it.id, &it.member, &it.kind, &it.percent, &it.until, &it.words, &it.state, &it.asked, &audience],
    )?;
    Ok(())
}

/// One request.
pub fn find(tx: &mut Tx, id: ReliefId) -> Result<Option<ReliefRow>, Error> {
    tx.row(
        sql!(
            "SELECT id, member_id, kind, percent, until, words, state, answer, asked, answered, answered_by
               FROM dues_reliefs WHERE id = ?1"
        ),
        &[&id],
    )
}

/// The requests of a member, the newest first.
pub fn of(tx: &mut Tx, member: MemberId, limit: i64) -> Result<Vec<ReliefRow>, Error> {
    tx.rows(
        sql!(
            "SELECT id, member_id, kind, percent, until, words, state, answer, asked, answered, answered_by
               FROM dues_reliefs WHERE member_id = ?1 ORDER BY asked DESC, id DESC LIMIT ?2"
        ),
        &[&member, &limit],
    )
}

/// The requests that wait for an answer, the oldest first.
pub fn open(tx: &mut Tx, limit: i64) -> Result<Vec<ReliefRow>, Error> {
    tx.rows(
        sql!(
            "SELECT id, member_id, kind, percent, until, words, state, answer, asked, answered, answered_by
               FROM dues_reliefs WHERE state = 'asked' ORDER BY asked, id LIMIT ?1"
        ),
        &[&limit],
    )
}

/// How many wait that are not this member's own.
pub fn count_open(tx: &mut Tx, but: MemberId) -> Result<i64, Error> {
    let (count,) =
        tx.one(sql!("SELECT count(*) FROM dues_reliefs WHERE state = 'asked' AND member_id <> ?1"), &[&but])?;
    Ok(count)
}

/// What was granted to these members, the newest first.
pub fn granted(tx: &mut Tx, members: &[MemberId]) -> Result<Vec<ReliefRow>, Error> {
    let ids = Ids(members.iter().map(|id| id.0).collect());
    tx.rows(
        sql!(
            "SELECT id, member_id, kind, percent, until, words, state, answer, asked, answered, answered_by
               FROM dues_reliefs
              WHERE state = 'granted' AND kind <> 'waive' AND member_id IN (SELECT id FROM ids(?1))
              ORDER BY answered DESC, id DESC"
        ),
        &[&ids],
    )
}

/// Ends the waiting of a request. What was said is forgotten where it is taken back. False if it waits no more.
pub fn answer(tx: &mut Tx, it: &ReliefRow) -> Result<bool, Error> {
    let changed = tx.exec(
        sql!(
            "UPDATE dues_reliefs SET state = ?2, percent = ?3, until = ?4, answer = ?5, answered = ?6, answered_by = ?7,
                    words = ?8
              WHERE id = ?1 AND state = 'asked'"
        ),
        &[&it.id, &it.state, &it.percent, &it.until, &it.answer, &it.answered, &it.answered_by, &it.words],
    )?;
    Ok(changed == 1)
}
