//! The tree of places in use: what lies in what. It grows when a town is chosen or a street is added; where people live
//! is not written here.

use planet_ontology::ids::PlaceId;
use planet_ontology::relevance::Relevance;
use planet_ontology::units::Moment;
use planet_store::{Bind, Column, Record, Row, Tx, Value, sql};
use serde::Serialize;

use crate::error::PlaceError;
use crate::fold::fold;
use crate::gazetteer::{Country, Town};

/// The most characters that a place made by members may have in its name.
pub const NAME_LENGTH: usize = 60;
/// How many places a type-ahead offers.
const OFFERED: i64 = 20;

/// A place in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Who it is.
    pub id: PlaceId,
    /// A street, neighbourhood, town, district or country; never the world.
    pub kind: Relevance,
    /// What it lies in; a country lies in nothing.
    pub parent: Option<PlaceId>,
    /// As it is shown.
    pub name: String,
}

impl Record for Place {
    const COLUMNS: usize = 4;
    fn read(row: &Row<'_>) -> Result<Self, planet_store::Error> {
        let mut columns = row.columns();
        let (id, Kind(kind), parent, name) =
            (columns.next()?, columns.next()?, columns.next()?, columns.next()?);
        Ok(Self { id, kind, parent, name })
    }
}

/// A level as the database keeps it: its word.
#[derive(Clone, Copy)]
pub(crate) struct Kind(pub Relevance);

impl Bind for Kind {
    fn bind(&self) -> Value<'_> {
        Value::Text(self.0.word())
    }
}

impl Column for Kind {
    fn take(value: Value<'_>) -> Result<Self, planet_store::Error> {
        let word = String::take(value)?;
        let wrong = planet_store::Error::Column { found: "another word", wanted: "a kind of place" };
        Relevance::from_word(&word).map(Self).ok_or(wrong)
    }
}

/// A place with all that it lies in. Levels may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ancestors {
    /// The finest level.
    pub street: Option<Place>,
    /// Made by members, as streets are.
    pub neighbourhood: Option<Place>,
    /// From the gazetteer, as all larger ones.
    pub town: Option<Place>,
    /// Larger than a town.
    pub district: Option<Place>,
    /// The largest.
    pub country: Option<Place>,
}

impl Ancestors {
    /// The place at a level, if there is one. There is none for the world.
    pub const fn at(&self, level: Relevance) -> Option<&Place> {
        match level {
            Relevance::Street => self.street.as_ref(),
            Relevance::Neighbourhood => self.neighbourhood.as_ref(),
            Relevance::Town => self.town.as_ref(),
            Relevance::District => self.district.as_ref(),
            Relevance::Country => self.country.as_ref(),
            Relevance::World => None,
        }
    }

    /// The places from a level upwards, finest first.
    pub fn from(&self, level: Relevance) -> impl Iterator<Item = &Place> {
        Relevance::ALL.into_iter().filter(move |above| *above >= level).filter_map(|above| self.at(above))
    }

    /// The places from a level upwards in one line: `Catherine Hill, Frome, Somerset, United Kingdom`.
    pub fn line(&self, from: Relevance) -> String {
        self.from(from).map(|place| place.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Forgets the place at a level.
    pub(crate) fn hide(&mut self, level: Relevance) {
        if let Some(slot) = self.slot(level) {
            *slot = None;
        }
    }

    fn put(&mut self, place: Place) {
        if let Some(slot) = self.slot(place.kind) {
            *slot = Some(place);
        }
    }

    const fn slot(&mut self, level: Relevance) -> Option<&mut Option<Place>> {
        Some(match level {
            Relevance::Street => &mut self.street,
            Relevance::Neighbourhood => &mut self.neighbourhood,
            Relevance::Town => &mut self.town,
            Relevance::District => &mut self.district,
            Relevance::Country => &mut self.country,
            Relevance::World => return None,
        })
    }
}

/// Takes a town of the gazetteer into use, with its district and country. Taking it twice changes nothing.
pub fn ensure_town(tx: &mut Tx, town: &Town) -> Result<PlaceId, PlaceError> {
    if find(tx, town.id)?.is_some() {
        return Ok(town.id);
    }
    let mut parent = ensure_country(tx, &town.country)?;
    if let Some(district) = &town.district {
        insert(tx, district.id, Relevance::District, Some(parent), &district.name, None)?;
        parent = district.id;
    }
    insert(tx, town.id, Relevance::Town, Some(parent), &town.name, None)?;
    Ok(town.id)
}

/// Takes a country into use, for those who want to say no more than that.
pub fn ensure_country(tx: &mut Tx, country: &Country) -> Result<PlaceId, PlaceError> {
    insert(tx, country.id, Relevance::Country, None, &country.name, None)?;
    Ok(country.id)
}

/// A place that is in use, or a town or country of the gazetteer, which is taken into use.
pub fn take_into_use(tx: &mut Tx, id: PlaceId) -> Result<PlaceId, PlaceError> {
    if let Some(place) = find(tx, id)? {
        return Ok(place.id);
    }
    if let Some(town) = crate::gazetteer::town(id) {
        return ensure_town(tx, &town);
    }
    let country = crate::gazetteer::countries().into_iter().find(|country| country.id == id);
    ensure_country(tx, &country.ok_or(PlaceError::Unknown)?)
}

/// Adds a neighbourhood or a street that a member knows, under the new id; if the parent has one of this name already,
/// however spelt, that one is the answer.
pub fn add(
    tx: &mut Tx,
    parent: PlaceId,
    kind: Relevance,
    name: &str,
    now: Moment,
    id: PlaceId,
) -> Result<Place, PlaceError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().count() > NAME_LENGTH {
        return Err(PlaceError::NameTooLong);
    }
    let folded = fold(&name);
    if folded.is_empty() || name.chars().any(char::is_control) {
        return Err(PlaceError::NameMissing);
    }
    let parent = find(tx, parent)?.ok_or(PlaceError::Unknown)?;
    let fits = match kind {
        Relevance::Neighbourhood => parent.kind == Relevance::Town,
        Relevance::Street => matches!(parent.kind, Relevance::Town | Relevance::Neighbourhood),
        _ => false,
    };
    if !fits {
        return Err(PlaceError::KindWrong { kind, parent: parent.kind });
    }
    insert(tx, id, kind, Some(parent.id), &name, Some(now))?;
    Ok(tx.one(
        sql!(
            "SELECT id, kind, parent_id, name FROM places
              WHERE parent_id = ?1 AND kind = ?2 AND norm_name = ?3 AND source = 'members' AND status = 'used'"
        ),
        &[&parent.id, &Kind(kind), &folded],
    )?)
}

/// Writes a place and what it lies in, unless it is there. `made_at` is given for those that members make.
fn insert(
    tx: &mut Tx,
    id: PlaceId,
    kind: Relevance,
    parent: Option<PlaceId>,
    name: &str,
    made_at: Option<Moment>,
) -> Result<(), PlaceError> {
    let source = if made_at.is_some() { "members" } else { "geonames" };
    let fresh = tx.exec(
        sql!(
            "INSERT INTO places (id, kind, parent_id, name, norm_name, source, made_at, status)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'used') ON CONFLICT DO NOTHING"
        ),
        &[&id, &Kind(kind), &parent, &name, &fold(name), &source, &made_at],
    )?;
    if fresh > 0 {
        lineage(tx, id, kind, parent)?;
    }
    Ok(())
}

/// Writes what a new place lies in: itself, and whatever its parent lies in.
fn lineage(tx: &mut Tx, id: PlaceId, kind: Relevance, parent: Option<PlaceId>) -> Result<(), PlaceError> {
    tx.exec(
        sql!("INSERT INTO place_ancestors (place_id, kind, ancestor_id) VALUES (?1, ?2, ?1)"),
        &[&id, &Kind(kind)],
    )?;
    tx.exec(
        sql!(
            "INSERT INTO place_ancestors (place_id, kind, ancestor_id)
             SELECT CAST(?1 AS UUID), kind, ancestor_id FROM place_ancestors WHERE place_id = ?2"
        ),
        &[&id, &parent],
    )?;
    Ok(())
}

/// The place of an id; of a place that was merged, the one that it became.
pub fn find(tx: &mut Tx, id: PlaceId) -> Result<Option<Place>, PlaceError> {
    Ok(tx.row(
        sql!(
            "SELECT p.id, p.kind, p.parent_id, p.name FROM places named
               JOIN places p ON p.id = coalesce(named.merged_into, named.id) WHERE named.id = ?1"
        ),
        &[&id],
    )?)
}

/// Places of a kind anywhere within another, of whose names some word begins with a text; by name, some twenty at most.
pub fn children(
    tx: &mut Tx,
    parent: PlaceId,
    kind: Relevance,
    prefix: &str,
) -> Result<Vec<Place>, PlaceError> {
    // A folded text has letters, digits and spaces only, so that none of them means anything to LIKE.
    let (begins, has_word) = (format!("{}%", fold(prefix)), format!("% {}%", fold(prefix)));
    Ok(tx.rows(
        sql!(
            "SELECT p.id, p.kind, p.parent_id, p.name FROM place_ancestors a JOIN places p ON p.id = a.place_id
              WHERE a.ancestor_id = ?1 AND p.kind = ?2 AND p.status = 'used' AND p.id <> ?1
                AND (p.norm_name LIKE ?3 OR p.norm_name LIKE ?4)
              ORDER BY p.norm_name, p.id LIMIT ?5"
        ),
        &[&parent, &Kind(kind), &begins, &has_word, &OFFERED],
    )?)
}

/// A place with all that it lies in.
pub fn ancestors(tx: &mut Tx, place: PlaceId) -> Result<Ancestors, PlaceError> {
    let place = find(tx, place)?.ok_or(PlaceError::Unknown)?;
    let above: Vec<Place> = tx.rows(
        sql!(
            "SELECT p.id, p.kind, p.parent_id, p.name FROM place_ancestors a JOIN places p ON p.id = a.ancestor_id
              WHERE a.place_id = ?1"
        ),
        &[&place.id],
    )?;
    let mut ancestors = Ancestors::default();
    for place in above {
        ancestors.put(place);
    }
    Ok(ancestors)
}

/// Makes one of two streets or neighbourhoods of a town that turned out to be the same. Those who live in the first live
/// in the second from now on, and what was written for the first still reaches them. Streets of a merged
/// neighbourhood move along; one of a name that is there already is merged too.
pub fn merge(tx: &mut Tx, from: PlaceId, into: PlaceId) -> Result<(), PlaceError> {
    let (from, into) = (ancestors(tx, from)?, ancestors(tx, into)?);
    let (Some(old), Some(new)) = (from.from(Relevance::Street).next(), into.from(Relevance::Street).next())
    else {
        return Err(PlaceError::Unknown);
    };
    if old.id == new.id {
        return Ok(());
    }
    if old.kind != new.kind || old.kind >= Relevance::Town || from.town != into.town {
        return Err(PlaceError::MergeWrong);
    }
    if old.kind == Relevance::Neighbourhood {
        let streets: Vec<(PlaceId, Option<PlaceId>)> = tx.rows(
            sql!(
                "SELECT p.id, twin.id FROM places p
                   LEFT JOIN places twin ON twin.parent_id = ?2 AND twin.kind = p.kind AND twin.status = 'used'
                                        AND twin.norm_name = p.norm_name
                  WHERE p.parent_id = ?1 AND p.status = 'used' ORDER BY p.id"
            ),
            &[&old.id, &new.id],
        )?;
        for (street, twin) in streets {
            match twin {
                Some(twin) => absorb(tx, street, twin)?,
                None => adopt(tx, street, new.id)?,
            }
        }
    }
    absorb(tx, old.id, new.id)
}

/// Moves the homes of a place to another, and leaves a pointer.
fn absorb(tx: &mut Tx, old: PlaceId, new: PlaceId) -> Result<(), PlaceError> {
    tx.exec(sql!("UPDATE homes SET place_id = ?2 WHERE place_id = ?1"), &[&old, &new])?;
    tx.exec(
        sql!("UPDATE places SET status = 'merged', merged_into = ?2 WHERE id = ?1 OR merged_into = ?1"),
        &[&old, &new],
    )?;
    Ok(())
}

/// Puts a street into another neighbourhood.
fn adopt(tx: &mut Tx, street: PlaceId, neighbourhood: PlaceId) -> Result<(), PlaceError> {
    tx.exec(sql!("UPDATE places SET parent_id = ?2 WHERE id = ?1"), &[&street, &neighbourhood])?;
    tx.exec(sql!("DELETE FROM place_ancestors WHERE place_id = ?1"), &[&street])?;
    lineage(tx, street, Relevance::Street, Some(neighbourhood))
}
