//! The house: all tools put together over one store. The only place that knows the names of all of them.

use crate::args::Place;
use crate::errors::NodeError;
use crate::settings;
use planet_cedar::CedarEngine;
use planet_corridor::corridor::{Corridor, EngineMaker};
use planet_corridor::registry::Registry;
use planet_kit::texts::{KIT, Texts};
use planet_kit::web::Tool;
use planet_ontology::acts::ActDescription;
use planet_ontology::units::Moment;
use planet_policy::bundle::Bundle;
use planet_policy::question::Engine;
use planet_store::{Migration, Options, Store, Target};
use std::sync::{Arc, RwLock};

/// Every tool of the house.
pub const TOOLS: &[Tool] = &[
    planet_membership::TOOL,
    planet_profiles::TOOL,
    planet_feed::TOOL,
    planet_wallet::TOOL,
    planet_currencies::TOOL,
    planet_crypto::TOOL,
    planet_groups::TOOL,
    planet_governance::TOOL,
    planet_treasury::TOOL,
];

/// The rules that hold before a club is founded: all that they let anybody do is found it.
const BEFORE_FOUNDING: &str = "neighbourhood";

/// All migrations, in the order in which rooms build on one another.
pub fn migrations() -> Vec<Migration> {
    let below = [
        planet_corridor::MIGRATIONS,
        planet_identity::MIGRATIONS,
        planet_places::MIGRATIONS,
        planet_ledger::MIGRATIONS,
        planet_exchange::MIGRATIONS,
        settings::MIGRATIONS,
    ];
    below.into_iter().chain(TOOLS.iter().map(|tool| tool.migrations)).flatten().copied().collect()
}

/// All acts, views and reactions.
pub fn registry() -> Registry {
    TOOLS
        .iter()
        .fold(Registry::default(), |registry, tool| (tool.register)(registry))
        .view::<crate::home::Home>()
}

/// All texts.
pub fn texts() -> Result<Texts, NodeError> {
    let own = ("en", include_str!("../texts/en.ftl"));
    let sources: Vec<(&str, &str)> =
        [KIT, own].into_iter().chain(TOOLS.iter().map(|tool| tool.texts)).collect();
    Ok(Texts::new(&sources)?)
}

/// The rules in force as pages explain them: the engine that the corridor uses, with its Cedar text.
#[derive(Clone, Default)]
pub struct RulesInForce(Arc<RwLock<Option<Arc<CedarEngine>>>>);

impl RulesInForce {
    /// The engine in force.
    pub fn engine(&self) -> Option<Arc<CedarEngine>> {
        self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Makes engines for the corridor and remembers the newest.
    pub fn maker(&self) -> Box<EngineMaker> {
        let rules = self.clone();
        Box::new(move |in_force, acts| {
            let engine = Arc::new(make_engine(in_force, acts)?);
            *rules.0.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(Arc::clone(&engine));
            let engine: Arc<dyn Engine> = engine;
            Ok(engine)
        })
    }
}

fn make_engine(in_force: Option<(i64, &Bundle)>, acts: &[ActDescription]) -> Result<CedarEngine, String> {
    let engine = if let Some((version, bundle)) = in_force {
        CedarEngine::new(bundle, version, acts)
    } else {
        let bundle = planet_cedar::kits::open(BEFORE_FOUNDING).map_err(|error| error.to_string())?;
        CedarEngine::new(&bundle, 0, acts)
    };
    engine.map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

/// Where a node's data is, for the store.
pub fn target(place: &Place) -> Result<Target, NodeError> {
    match &place.database {
        Some(url) => Ok(Target::parse(url)?),
        None => Ok(Target::Sqlite(place.data.join("planet.db"))),
    }
}

/// Opens the store and the corridor over it.
pub async fn open(place: &Place, options: Options, rules: &RulesInForce) -> Result<Corridor, NodeError> {
    let store = Store::open(&target(place)?, options).await?;
    store.migrate(&migrations()).await?;
    Ok(Corridor::open(store, registry(), rules.maker()).await?)
}

/// The time.
pub fn clock() -> Moment {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Moment(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

/// Random bytes from the operating system.
pub fn entropy() -> Result<[u8; 32], NodeError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|_| NodeError::Other("The system gives no random numbers.".into()))?;
    Ok(bytes)
}

/// How many things wait for a member.
pub fn waiting(
    tx: &mut planet_store::Tx,
    member: planet_ontology::ids::MemberId,
    now: Moment,
) -> Result<u32, planet_corridor::refusal::Fault> {
    let votes = planet_governance::rows::waiting(tx, member)?.len();
    let bills = planet_wallet::rows::count_waiting(tx, member.into())?;
    let stopped = planet_wallet::rows::standing::count_troubled(tx, member.into())?;
    let told = planet_currencies::rows::notices::waiting(tx, member.into(), now)?.len();
    let kept = planet_treasury::views::waiting::tasks(tx, member)?.len();
    let all = [votes, told, kept].into_iter().filter_map(|count| u32::try_from(count).ok());
    Ok(all.fold(u32::try_from(bills.saturating_add(stopped)).unwrap_or(u32::MAX), u32::saturating_add))
}
