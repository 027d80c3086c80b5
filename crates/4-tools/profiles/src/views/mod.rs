//! What can be seen of profiles: others', one's own, the directory.

mod own;
mod people;
mod person;

pub use own::{Circle, Circles, CirclesView, Mine, MineView, OwnDetail};
pub use people::{PAGE, People, PeopleView, PersonLine, Suggest};
pub use person::{As, AsView, GroupLine, Person, PersonView, Shown};

use planet_ontology::ids::AgentId;
use schemars::JsonSchema;
use serde::Serialize;

/// Somebody, by name.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Named {
    /// Who.
    pub id: AgentId,
    /// Handle.
    pub handle: String,
    /// Name.
    pub name: String,
}
