//! What an author needs to know before writing: which place each level means, and whom one may write for.

use crate::addressees::{self, Addressees};
use crate::error::places;
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::AgentId;
use planet_ontology::relevance::Relevance;
use planet_places::Ancestors;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What you may choose from when you write.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Compose {}

/// A local relevance, as one author's home has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Level {
    /// The level.
    pub asked: Relevance,
    /// The level really used: the same, or the next larger one that the home has.
    pub used: Relevance,
    /// The place that it reaches; none is the world.
    pub place: Option<String>,
}

/// What an author has at hand.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Sheet {
    /// The levels, nearest first; only the world if no home was declared.
    pub levels: Vec<Level>,
    /// Whom the author may write for.
    pub audiences: Vec<Addressees>,
}

impl View for Compose {
    const NAME: &'static str = "feed.compose";
    const ABOUT: &'static str = "How far your posts can reach, and whom you may write for.";
    type Output = Sheet;

    fn read(&self, look: &mut Look) -> Result<Sheet, Fault> {
        let member = look.member()?;
        let levels = levels(look.tx, member.into())?;
        Ok(Sheet { levels, audiences: addressees::of_member(look.tx, member)? })
    }
}

/// The levels of an author's home, nearest first.
pub(super) fn levels(tx: &mut Tx, author: AgentId) -> Result<Vec<Level>, Fault> {
    let ancestors = match planet_places::home(tx, author).map_err(places)? {
        Some(home) => planet_places::ancestors(tx, home.place).map_err(places)?,
        None => Ancestors::default(),
    };
    let level = |asked: Relevance| {
        let used = ancestors.resolve(asked).used;
        Level { asked, used, place: ancestors.at(used).map(|place| place.name.clone()) }
    };
    let all = Relevance::ALL.map(level);
    Ok(all.into_iter().filter(|level| level.place.is_some() || level.asked == Relevance::World).collect())
}
