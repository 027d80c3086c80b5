//! Homes: the place where an agent lives, chosen by the agent, and how much of it others may see. Nothing is measured, and
//! former homes are not kept.

use planet_ontology::ids::{AgentId, PlaceId};
use planet_ontology::relevance::Relevance;
use planet_ontology::units::Moment;
use planet_store::{Record, Row, Tx, sql};
use serde::Serialize;
use serde_json::{Value, json};

use crate::error::PlaceError;
use crate::tree::{Ancestors, Kind, Place, ancestors, find};

/// How often an agent may move within [`WINDOW`]. People do move; but nobody shall read a town street by street by
/// moving through it.
pub const MOVES: usize = 3;
/// The time over which moves are counted, in microseconds: 365 days.
pub const WINDOW: i64 = 365 * Moment::DAY;

/// Where an agent lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Home {
    /// The finest place declared.
    pub place: PlaceId,
    /// The finest level that others may see; *world* shows nothing.
    pub shared: Relevance,
    /// When this was declared.
    pub changed_at: Moment,
}

/// A row of `homes`.
struct Kept {
    place: Option<PlaceId>,
    shared: Relevance,
    finest: Relevance,
    changed_at: Moment,
    moves: Vec<i64>,
}

impl Record for Kept {
    const COLUMNS: usize = 5;
    fn read(row: &Row<'_>) -> Result<Self, planet_store::Error> {
        let mut columns = row.columns();
        let (place, Kind(shared), Kind(finest)) = (columns.next()?, columns.next()?, columns.next()?);
        let (changed_at, moves): (_, Value) = (columns.next()?, columns.next()?);
        let moves = moves.as_array().into_iter().flatten().filter_map(Value::as_i64).collect();
        Ok(Self { place, shared, finest, changed_at, moves })
    }
}

/// Where an agent lives, if that was declared.
pub fn home(tx: &mut Tx, agent: AgentId) -> Result<Option<Home>, PlaceError> {
    Ok(kept(tx, agent)?.and_then(|kept| {
        let place = kept.place?;
        Some(Home { place, shared: kept.shared, changed_at: kept.changed_at })
    }))
}

/// Declares where an agent lives, and the finest level of it that others may see.
///
/// Saying it for the first time is free, as are saying less (the town instead of the street) and saying more than ever
/// since the last move (a street of the same town). Everything else is a move, of which [`MOVES`] are possible within
/// [`WINDOW`].
pub fn set_home(
    tx: &mut Tx,
    agent: AgentId,
    place: PlaceId,
    shared: Relevance,
    now: Moment,
) -> Result<Home, PlaceError> {
    let place = find(tx, place)?.ok_or(PlaceError::Unknown)?;
    let home = Home { place: place.id, shared, changed_at: now };
    tx.lock(sql!("SELECT agent_id FROM homes WHERE agent_id = ?1"), &[&agent])?;
    let Some(before) = kept(tx, agent)? else {
        let fresh = tx.exec(
            sql!(
                "INSERT INTO homes (agent_id, place_id, shared_kind, finest_kind, changed_at, moves)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING"
            ),
            &[&agent, &place.id, &Kind(shared), &Kind(place.kind), &now, &json!([])],
        )?;
        // Declared twice at the same moment: the store runs the later one again, on what the earlier one wrote.
        let taken = || planet_store::Error::Conflict("two homes of one agent".to_owned());
        return if fresh == 1 { Ok(home) } else { Err(taken().into()) };
    };
    let step = step(tx, &before, &place)?;
    let mut moves = before.moves;
    moves.retain(|moved| *moved > now.0.saturating_sub(WINDOW));
    let finest = match step {
        Step::Less => before.finest,
        Step::More => place.kind,
        Step::Move => {
            if let Some(oldest) = moves.iter().min().filter(|_| moves.len() >= MOVES) {
                return Err(PlaceError::MovedTooOften { again: Moment(oldest.saturating_add(WINDOW)) });
            }
            moves.push(now.0);
            place.kind
        }
    };
    tx.exec(
        sql!(
            "UPDATE homes SET place_id = ?2, shared_kind = ?3, finest_kind = ?4, changed_at = ?5, moves = ?6
              WHERE agent_id = ?1"
        ),
        &[&agent, &place.id, &Kind(shared), &Kind(finest), &now, &json!(moves)],
    )?;
    Ok(home)
}

/// Withdraws the home of an agent. Declaring one again counts as a move.
pub fn clear_home(tx: &mut Tx, agent: AgentId, now: Moment) -> Result<(), PlaceError> {
    tx.exec(
        sql!(
            "UPDATE homes SET place_id = NULL, changed_at = ?2 WHERE agent_id = ?1 AND place_id IS NOT NULL"
        ),
        &[&agent, &now],
    )?;
    Ok(())
}

/// What others may see of a home: its place at the shared level or, where that is missing, at the next larger one; with
/// what it lies in. Nothing if only the world is shared.
pub fn shown(tx: &mut Tx, home: PlaceId, shared: Relevance) -> Result<Option<Ancestors>, PlaceError> {
    let mut seen = ancestors(tx, home)?;
    for hidden in Relevance::ALL.into_iter().filter(|level| *level < shared) {
        seen.hide(hidden);
    }
    Ok((seen != Ancestors::default()).then_some(seen))
}

/// The places whose posts are relevant to an agent: its home and all that it lies in. Nothing without a home.
pub fn reach(tx: &mut Tx, agent: AgentId) -> Result<Vec<PlaceId>, PlaceError> {
    let places: Vec<(PlaceId,)> = tx.rows(
        sql!(
            "SELECT a.ancestor_id FROM homes h JOIN place_ancestors a ON a.place_id = h.place_id
              WHERE h.agent_id = ?1
             UNION ALL
             SELECT merged.id FROM homes h JOIN place_ancestors a ON a.place_id = h.place_id
               JOIN places merged ON merged.merged_into = a.ancestor_id
              WHERE h.agent_id = ?1"
        ),
        &[&agent],
    )?;
    Ok(places.into_iter().map(|(place,)| place).collect())
}

/// What a new home is, compared with the one before.
enum Step {
    /// The same place or one around it.
    Less,
    /// A place within it, finer than any since the last move.
    More,
    /// Somewhere else.
    Move,
}

fn step(tx: &mut Tx, before: &Kept, new: &Place) -> Result<Step, PlaceError> {
    let Some(old) = before.place else { return Ok(Step::Move) };
    let is_within = |ancestors: &Ancestors, id| ancestors.from(Relevance::Street).any(|place| place.id == id);
    if is_within(&ancestors(tx, old)?, new.id) {
        return Ok(Step::Less);
    }
    let more = new.kind < before.finest && is_within(&ancestors(tx, new.id)?, old);
    Ok(if more { Step::More } else { Step::Move })
}

fn kept(tx: &mut Tx, agent: AgentId) -> Result<Option<Kept>, PlaceError> {
    Ok(tx.row(
        sql!("SELECT place_id, shared_kind, finest_kind, changed_at, moves FROM homes WHERE agent_id = ?1"),
        &[&agent],
    )?)
}
