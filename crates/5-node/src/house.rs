//! The house: all tools put together over one store. The only place that knows the names of all of them.

use crate::args::Place;
use crate::errors::NodeError;
use crate::settings;
use planet_cedar::{CedarEngine, kits};
use planet_corridor::corridor::{Corridor, EngineMaker};
use planet_corridor::registry::Registry;
use planet_kit::texts::{KIT, Texts};
use planet_kit::web::{Room, Tool};
use planet_ontology::acts::ActDescription;
use planet_ontology::units::Moment;
use planet_policy::bundle::Bundle;
use planet_policy::procedure::Problem;
use planet_store::{Migration, Options, Store, Target};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Every tool of the house.
pub const TOOLS: &[Tool] = &[
    planet_membership::TOOL,
    planet_profiles::TOOL,
    planet_feed::TOOL,
    planet_wallet::TOOL,
    planet_currencies::TOOL,
    planet_crypto::TOOL,
    planet_groups::TOOL,
    planet_blog::TOOL,
    planet_chat::TOOL,
    planet_governance::TOOL,
    planet_treasury::TOOL,
    planet_constitution::TOOL,
    planet_dues::TOOL,
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
        planet_purse::MIGRATIONS,
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

/// What all tools bring to groups.
pub fn rooms() -> Vec<Room> {
    TOOLS.iter().flat_map(|tool| tool.rooms).copied().collect()
}

/// All texts.
pub fn texts() -> Result<Texts, NodeError> {
    let own = ("en", include_str!("../texts/en.ftl"));
    let sources: Vec<(&str, &str)> =
        [KIT, own].into_iter().chain(TOOLS.iter().map(|tool| tool.texts)).collect();
    Ok(Texts::new(&sources)?)
}

/// Makes engines that know Cedar for the corridor.
pub fn maker() -> Box<EngineMaker> {
    Box::new(|in_force, acts| Ok(Arc::new(make_engine(in_force, acts)?)))
}

fn make_engine(
    in_force: Option<(i64, &Bundle)>,
    acts: &[ActDescription],
) -> Result<CedarEngine, Vec<Problem>> {
    let kit = |name: &str| kits::open(name).map_err(|error| vec![Problem::new(name, error.to_string())]);
    match in_force {
        Some((version, bundle)) => {
            let whole = kits::with_constitution(bundle)?;
            CedarEngine::new(&whole, version, acts)
        }
        None => CedarEngine::new(&kit(BEFORE_FOUNDING)?, 0, acts),
    }
}

/// Where a node's data is, for the store.
pub fn target(place: &Place) -> Result<Target, NodeError> {
    match &place.database {
        Some(url) => Ok(Target::parse(url)?),
        None => Ok(Target::Sqlite(place.data.join("planet.db"))),
    }
}

/// Opens the store and the corridor over it.
pub async fn open(place: &Place, options: Options) -> Result<Corridor, NodeError> {
    let store = Store::open(&target(place)?, options).await?;
    store.migrate(&migrations()).await?;
    Ok(Corridor::open(store, registry(), maker()).await?)
}

/// How far the clock was moved forward in a trial, in seconds.
static AHEAD: AtomicI64 = AtomicI64::new(0);

/// The time.
pub fn clock() -> Moment {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let now = Moment(i64::try_from(since.as_micros()).unwrap_or(i64::MAX));
    match AHEAD.load(Ordering::Relaxed) {
        0 => now,
        ahead => now.plus_seconds(ahead),
    }
}

/// Moves the clock forward, in a trial.
pub fn move_clock(seconds: u32) {
    AHEAD.fetch_add(i64::from(seconds), Ordering::Relaxed);
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
    let votes = planet_governance::rows::waiting(tx, member, now)?.len();
    let due = planet_governance::talk::due::waits(tx, member, now)?.len();
    let bills = planet_wallet::rows::count_waiting(tx, member.into())?;
    let stopped = planet_wallet::rows::standing::count_troubled(tx, member.into())?;
    let told = planet_currencies::rows::notices::waiting(tx, member.into(), now)?.len();
    let kept = planet_treasury::views::waiting::tasks(tx, member)?.len();
    let groups =
        usize::try_from(planet_groups::rows::arrivals::count_waiting(tx, member)?).unwrap_or_default();
    let dues = planet_dues::views::waiting::tasks(tx, member, now)?.len();
    let all =
        [votes, due, told, kept, groups, dues].into_iter().filter_map(|count| u32::try_from(count).ok());
    Ok(all.fold(u32::try_from(bills.saturating_add(stopped)).unwrap_or(u32::MAX), u32::saturating_add))
}
