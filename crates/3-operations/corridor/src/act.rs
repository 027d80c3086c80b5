//! What an act is, and what a view is: the two kinds of thing that a tool registers.

use crate::actor::Actor;
use crate::agents::Agent;
use crate::cx::Cx;
use crate::look::Look;
use crate::refusal::{Fault, Refusal};
use planet_ontology::acts::{ActDescription, Authority, Moves, Trace};
use planet_ontology::entities::Entity;
use planet_ontology::ids::GroupId;
use planet_ontology::units::Moment;
use planet_policy::question::Subject;
use planet_store::{Error, Tx};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What an act touches: the facts about it that policies may ask for.
pub struct Resource {
    /// The thing with its facts.
    pub subject: Subject,
    /// The group it belongs to; the actor's role there goes into the question.
    pub group: GroupId,
    /// The procedure that the thing asks for by its name, beyond the one that the rules set for the act: a wallet has a
    /// rule, and says by it who decides about this amount.
    pub decided_by: Option<String>,
    /// Whether the thing was asked for such a procedure, whatever it said. A wallet that is spent from has to be.
    pub(crate) asked: bool,
}

impl Resource {
    /// A resource that belongs to a group.
    pub fn of<E: Entity>(group: GroupId, id: impl std::fmt::Display, facts: &E) -> Self {
        Self { subject: Subject::new(id, facts), group, decided_by: None, asked: false }
    }

    /// The same, asking for a procedure of its own where there is one.
    #[must_use]
    pub fn decided_by(mut self, procedure: Option<String>) -> Self {
        self.decided_by = procedure;
        self.asked = true;
        self
    }

    /// A group itself.
    pub fn group(group: &Agent) -> Self {
        let id = GroupId(group.id.0);
        Self::of(id, id, &group.facts())
    }

    /// A resource that belongs to the club as a whole.
    pub fn club<E: Entity>(id: impl std::fmt::Display, facts: &E) -> Self {
        Self::of(GroupId::CLUB, id, facts)
    }
}

/// Says what an act touches, where it is said in one line: within `impl Act`, in place of `Touches` and `resource`.
///
/// ```text
/// touches!(Group, |act, tx, _| group(tx, act.group));
/// ```
#[macro_export]
macro_rules! touches {
    ($entity:ty, |$act:tt, $tx:tt, $actor:tt| $resource:expr) => {
        type Touches = $entity;

        fn resource(
            &self,
            tx: &mut planet_store::Tx,
            actor: &$crate::actor::Actor,
            _: planet_ontology::units::Moment,
        ) -> Result<$crate::act::Resource, $crate::refusal::Fault> {
            let ($act, $tx, $actor) = (self, tx, actor);
            $resource
        }
    };
}

/// Anything that changes something: a plain value with a name. Derive `Serialize`, `Deserialize` (with
/// `deny_unknown_fields`), `JsonSchema`, `Clone`.
///
/// The closure of a transaction may run more than once: [`Act::resource`] and [`Act::perform`] touch only `tx` and
/// `cx`; no network, no clock, no randomness but [`Cx::id`].
pub trait Act: Serialize + DeserializeOwned + JsonSchema + Clone + Send + Sync + 'static {
    /// Tool and verb: `wallet.pay`.
    const NAME: &'static str;
    /// What it does, in a sentence that a member understands.
    const ABOUT: &'static str;
    /// The type of thing that it touches.
    type Touches: Entity;
    /// What it answers.
    type Output: Serialize + DeserializeOwned + JsonSchema + Send + 'static;
    /// Version of its shape. Raise it when the shape changes, and keep a decoder for the old one.
    const VERSION: u16 = 1;
    /// What it leaves in the log.
    const TRACE: Trace = Trace::Recorded;
    /// What it needs before it is considered.
    const AUTHORITY: Authority = Authority::Session;
    /// Whether it moves value, and on whose word. What it does not say here, it cannot do.
    const MOVES: Moves = Moves::Nothing;
    /// Whether waiting acts of this name are decided and written together (see [`Act::perform_many`]).
    const BATCH: bool = false;

    /// What it touches. Refuse with `not_found` where the actor may not even know of the thing.
    fn resource(&self, tx: &mut Tx, actor: &Actor, now: Moment) -> Result<Resource, Fault>;

    /// Does it, or refuses. A refusal undoes everything it did.
    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Self::Output, Fault>;

    /// [`Act::resource`] for a batch. Override it together with [`Act::perform_many`].
    fn resources(
        tx: &mut Tx,
        calls: &[(&Self, &Actor)],
        now: Moment,
    ) -> Result<Vec<Result<Resource, Refusal>>, Error> {
        calls.iter().map(|(act, actor)| refused_or_broken(act.resource(tx, actor, now))).collect()
    }

    /// [`Act::perform`] for a batch: the same outcomes as one after the other, in fewer statements.
    fn perform_many(
        tx: &mut Tx,
        calls: &mut [(&Self, &mut Cx)],
    ) -> Result<Vec<Result<Self::Output, Refusal>>, Error> {
        calls
            .iter_mut()
            .map(|(act, cx)| tx.savepoint(|tx| act.perform(tx, cx)).and_then(refused_or_broken))
            .collect()
    }

    /// What this very act would do, in a sentence: the title of a proposal that carries it.
    fn summary(&self) -> String {
        Self::ABOUT.to_owned()
    }

    /// Its [`Act::summary`] with the names and amounts that only the database knows.
    fn title(&self, _tx: &mut Tx) -> Result<String, Fault> {
        Ok(self.summary())
    }

    /// Its description.
    fn description() -> ActDescription {
        ActDescription {
            name: Self::NAME,
            version: Self::VERSION,
            about: Self::ABOUT,
            resource: Self::Touches::DESCRIPTION.name,
            trace: Self::TRACE,
            authority: Self::AUTHORITY,
            moves: Self::MOVES,
        }
    }
}

/// Something that can be seen: a question whose answer is the read model of one screen. Derive `Deserialize` (with
/// `deny_unknown_fields`) and `JsonSchema`; the fields are the query.
pub trait View: DeserializeOwned + JsonSchema + Send + Sync + 'static {
    /// Tool and noun: `wallet.statement`.
    const NAME: &'static str;
    /// What it shows, in a sentence.
    const ABOUT: &'static str;
    /// Whether somebody who is not signed in may ask (they still see only what is public).
    const OPEN: bool = false;
    /// What it answers.
    type Output: Serialize + JsonSchema + Send + 'static;

    /// Reads it, showing only what the viewer may see.
    fn read(&self, look: &mut Look) -> Result<Self::Output, Fault>;
}

/// Sorts a result into what belongs to this call alone (a refusal) and what breaks the whole batch (the store).
pub(crate) fn refused_or_broken<T>(result: Result<T, Fault>) -> Result<Result<T, Refusal>, Error> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
        Err(Fault::Store(error)) => Err(error),
        Err(other @ (Fault::StaleRules | Fault::UnusableRules(_) | Fault::Damaged(_))) => {
            Ok(Err(Refusal::conflict("rules_changed", other.to_string())))
        }
    }
}
