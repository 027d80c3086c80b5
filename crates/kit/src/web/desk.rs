//! The front desk: what every handler has at hand. Cheap to clone; made once by the node.

use super::knock::Knocks;
use super::session::Sessions;
use super::tool::Room;
use crate::live::Hub;
use crate::texts::Texts;
use crate::ui::{Assets, Club};
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_ontology::units::Moment;
use planet_store::{Store, Tx};
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// How long the club's name and colour are remembered between requests.
const CLUB_FRESH: i64 = Moment::SECOND;

/// Where the club lives on the web. Passkeys, identifiers and links are bound to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    url: String,
}

/// An origin that cannot be one.
#[derive(Debug, thiserror::Error)]
#[error(
    "\u{201c}{0}\u{201d} is not an origin. Write https://club.example, without a path, or http://localhost:7700 for a trial."
)]
pub struct NotAnOrigin(String);

impl Origin {
    /// Reads an origin: `https://host`, or `http://localhost[:port]` for a trial.
    pub fn parse(text: &str) -> Result<Self, NotAnOrigin> {
        let url = text.trim().trim_end_matches('/').to_lowercase();
        let host = url.strip_prefix("https://").or_else(|| {
            url.strip_prefix("http://").filter(|host| host.split(':').next() == Some("localhost"))
        });
        match host {
            Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']) => Ok(Self { url }),
            _ => Err(NotAnOrigin(text.to_owned())),
        }
    }

    /// The origin as text, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Host and port.
    pub fn host(&self) -> &str {
        self.url.split_once("://").map_or(self.url.as_str(), |(_, host)| host)
    }

    /// Whether it is reached through TLS.
    pub fn secure(&self) -> bool {
        self.url.starts_with("https://")
    }

    /// Whether the club lives on localhost, where no other can reach it.
    pub fn trial(&self) -> bool {
        self.host().split(':').next() == Some("localhost")
    }

    /// The whole address of a path.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}

/// The desk.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

/// What the node furnishes the desk with.
pub struct Furniture {
    /// The corridor.
    pub corridor: Corridor,
    /// All texts.
    pub texts: Texts,
    /// The front end's files.
    pub assets: Assets,
    /// Where the club lives.
    pub origin: Origin,
    /// Tells the time.
    pub clock: fn() -> Moment,
    /// Reads the club's name and colour.
    pub club: fn(&mut Tx) -> Result<Option<Club>, Fault>,
    /// Counts what waits for a member.
    pub waiting: fn(&mut Tx, planet_ontology::ids::MemberId, Moment) -> Result<u32, Fault>,
    /// Signed-in devices.
    pub sessions: Sessions,
    /// What the tools bring to groups.
    pub rooms: Vec<Room>,
    /// Services that some tools need and the desk does not know, by type.
    pub services: Vec<Arc<dyn Any + Send + Sync>>,
}

struct Inner {
    furniture: Furniture,
    services: HashMap<TypeId, Arc<dyn Any + Send + Sync>>,
    club: Mutex<Option<(Moment, Club)>>,
    knocks: Knocks,
    live: OnceLock<Hub>,
}

impl Desk {
    /// Sets up the desk.
    pub fn new(mut furniture: Furniture) -> Self {
        furniture.rooms.sort_by_key(|room| room.mode);
        let services = furniture.services.drain(..).map(|service| ((*service).type_id(), service)).collect();
        Self(Arc::new(Inner {
            furniture,
            services,
            club: Mutex::new(None),
            knocks: Knocks::default(),
            live: OnceLock::new(),
        }))
    }

    /// The corridor.
    pub fn corridor(&self) -> &Corridor {
        &self.0.furniture.corridor
    }

    /// The store.
    pub fn store(&self) -> &Store {
        self.corridor().store()
    }

    /// The time.
    pub fn now(&self) -> Moment {
        (self.0.furniture.clock)()
    }

    /// Where the club lives.
    pub fn origin(&self) -> &Origin {
        &self.0.furniture.origin
    }

    /// All texts.
    pub fn texts(&self) -> &Texts {
        &self.0.furniture.texts
    }

    /// The front end's files.
    pub fn assets(&self) -> &Assets {
        &self.0.furniture.assets
    }

    /// What the tools of this node bring to groups, those of the first mode first.
    pub fn rooms(&self) -> &[Room] {
        &self.0.furniture.rooms
    }

    /// Signed-in devices.
    pub fn sessions(&self) -> &Sessions {
        &self.0.furniture.sessions
    }

    /// A service of this type, if the node furnished one: `desk.service::<PasskeyService>()`.
    pub fn service<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        Arc::clone(self.0.services.get(&TypeId::of::<T>())?).downcast().ok()
    }

    /// What browsers listen to; started when the first one does.
    pub fn live(&self) -> Hub {
        self.0.live.get_or_init(|| Hub::start(self.corridor().clone())).clone()
    }

    /// Who knocked at doors that cost something.
    pub(super) fn knocks(&self) -> &Knocks {
        &self.0.knocks
    }

    pub(super) fn count_waiting(
        &self,
    ) -> fn(&mut Tx, planet_ontology::ids::MemberId, Moment) -> Result<u32, Fault> {
        self.0.furniture.waiting
    }

    /// The club as pages show it; empty before it is founded.
    pub async fn club(&self) -> Result<Club, Fault> {
        let now = self.now();
        let remembered = self.0.club.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((at, club)) = remembered
            && now.0 - at.0 < CLUB_FRESH
        {
            return Ok(club);
        }
        let read = self.0.furniture.club;
        let trial = self.origin().trial();
        let club = self.store().read(read).await?.unwrap_or_default();
        let club = Club { trial, ..club };
        *self.0.club.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, club.clone()));
        Ok(club)
    }

    /// Forgets the club's name and colour, after they were changed.
    pub fn forget_club(&self) {
        *self.0.club.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

#[cfg(test)]
mod tests {
    use super::Origin;

    #[test]
    fn an_origin_is_https_or_localhost() {
        for (text, expected) in [
            ("https://club.example", Some("https://club.example")),
            ("https://Club.Example/", Some("https://club.example")),
            ("http://localhost:7700", Some("http://localhost:7700")),
            ("http://club.example", None),
            ("http://localhost.evil.example", None),
            ("https://club.example/path", None),
            ("https://", None),
            ("club.example", None),
        ] {
            assert_eq!(Origin::parse(text).ok().as_ref().map(Origin::url), expected, "{text}");
        }
    }
}
