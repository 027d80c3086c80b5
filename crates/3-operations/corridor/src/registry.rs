//! The registry: the acts, views and reactions that tools bring along at start-up. No floor knows the names of the
//! floor above; this is where they meet.

use crate::act::{Act, Resource, View, refused_or_broken};
use crate::actor::Actor;
use crate::commands::Command;
use crate::cx::Cx;
use crate::look::Look;
use crate::reactions::Reaction;
use crate::refusal::{Fault, Refusal};
use crate::topics::{Topic, TopicKind};
use planet_ontology::acts::{ActDescription, Moves};
use planet_ontology::units::Moment;
use planet_store::{Error, Tx};
use schemars::{Schema, SchemaGenerator};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};
use std::any::Any;
use std::collections::BTreeMap;
use std::marker::PhantomData;

/// An act without its type, as decoded from its arguments.
pub type AnyAct = dyn Any + Send + Sync;

/// The results of a batch: one for each call, unless the store broke under all of them.
pub(crate) type Each<T> = Result<Vec<Result<T, Refusal>>, Error>;

/// What the corridor can do with an act whose type it does not know.
pub(crate) trait Operation: Send + Sync {
    fn description(&self) -> ActDescription;
    fn batched(&self) -> bool;
    fn decode(&self, args: &Value) -> Result<Box<AnyAct>, Refusal>;
    fn title(&self, tx: &mut Tx, act: &AnyAct) -> Result<String, Fault>;
    fn resources(&self, tx: &mut Tx, calls: &[(&AnyAct, &Actor)], now: Moment) -> Each<Resource>;
    /// Performs a batch; each output is JSON.
    fn perform(&self, tx: &mut Tx, calls: &mut [(&AnyAct, &mut Cx)]) -> Each<Box<RawValue>>;
    fn schema(&self, generator: &mut SchemaGenerator) -> (Schema, Schema);

    fn perform_one(&self, tx: &mut Tx, act: &AnyAct, cx: &mut Cx) -> Result<Box<RawValue>, Fault> {
        let mut results = self.perform(tx, &mut [(act, cx)])?;
        results.pop().unwrap_or_else(|| Err(not_this_act())).map_err(Fault::from)
    }
}

/// The one implementation of [`Operation`]: an act with its type.
pub(crate) struct Typed<A>(PhantomData<fn() -> A>);

impl<A> Typed<A> {
    pub(crate) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<A: Act> Operation for Typed<A> {
    fn description(&self) -> ActDescription {
        A::description()
    }

    fn batched(&self) -> bool {
        A::BATCH
    }

    fn decode(&self, args: &Value) -> Result<Box<AnyAct>, Refusal> {
        match A::deserialize(args) {
            Ok(act) => Ok(Box::new(act)),
            Err(error) => Err(malformed(&error)),
        }
    }

    fn title(&self, tx: &mut Tx, act: &AnyAct) -> Result<String, Fault> {
        act.downcast_ref::<A>().map_or_else(|| Ok(A::ABOUT.to_owned()), |act| act.title(tx))
    }

    fn resources(&self, tx: &mut Tx, calls: &[(&AnyAct, &Actor)], now: Moment) -> Each<Resource> {
        let typed: Option<Vec<(&A, &Actor)>> =
            calls.iter().map(|(act, actor)| Some((act.downcast_ref::<A>()?, *actor))).collect();
        match typed {
            Some(typed) => {
                Ok(A::resources(tx, &typed, now)?.into_iter().map(asked_if_it_spends::<A>).collect())
            }
            None => Ok(calls.iter().map(|_| Err(not_this_act())).collect()),
        }
    }

    fn perform(&self, tx: &mut Tx, calls: &mut [(&AnyAct, &mut Cx)]) -> Each<Box<RawValue>> {
        let count = calls.len();
        let typed: Option<Vec<(&A, &mut Cx)>> =
            calls.iter_mut().map(|(act, cx)| Some((act.downcast_ref::<A>()?, &mut **cx))).collect();
        let Some(mut typed) = typed else {
            return Ok((0..count).map(|_| Err(not_this_act())).collect());
        };
        let results = if let [(act, cx)] = typed.as_mut_slice()
            && !A::BATCH
        {
            vec![refused_or_broken(act.perform(tx, cx))?]
        } else {
            A::perform_many(tx, &mut typed)?
        };
        // An act of a batch that moved what it must not has done it already: then nothing of the whole batch is done.
        if A::MOVES == Moves::Nothing && typed.iter().any(|(_, cx)| cx.moved) {
            return Err(Error::Broken(format!("{} moves value and does not say so.", A::NAME)));
        }
        Ok(results
            .into_iter()
            .map(|result| result.and_then(|output| to_raw_value(&output).map_err(unprintable)))
            .collect())
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> (Schema, Schema) {
        (generator.subschema_for::<A>(), generator.subschema_for::<A::Output>())
    }
}

/// Whoever spends has asked the wallet who decides: an act that says that it spends, and asks no wallet, is refused.
fn asked_if_it_spends<A: Act>(resource: Result<Resource, Refusal>) -> Result<Resource, Refusal> {
    let resource = resource?;
    if A::MOVES == Moves::Spends && !resource.asked {
        let sentence = "This spends from a wallet, and nobody asked the wallet who decides. Please tell whoever made this tool.";
        return Err(Refusal::not_allowed("wallet_not_asked", sentence));
    }
    Ok(resource)
}

/// What the corridor can do with a view whose type it does not know.
pub(crate) trait Screen: Send + Sync {
    fn describe(&self) -> ViewDescription;
    fn read(&self, query: &str, look: &mut Look) -> Result<Value, Fault>;
    fn schema(&self, generator: &mut SchemaGenerator) -> (Schema, Schema);
}

/// What can be said of a view without reading it.
#[derive(Clone, Copy, Debug)]
pub struct ViewDescription {
    /// Tool and noun.
    pub name: &'static str,
    /// What it shows.
    pub about: &'static str,
    /// Whether guests may ask.
    pub open: bool,
}

struct TypedScreen<V>(PhantomData<fn() -> V>);

impl<V: View> Screen for TypedScreen<V> {
    fn describe(&self) -> ViewDescription {
        ViewDescription { name: V::NAME, about: V::ABOUT, open: V::OPEN }
    }

    fn read(&self, query: &str, look: &mut Look) -> Result<Value, Fault> {
        let view: V = serde_urlencoded::from_str(query).map_err(|error| malformed(&error))?;
        if !V::OPEN {
            look.member()?;
        }
        Ok(serde_json::to_value(view.read(look)?).map_err(unprintable)?)
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> (Schema, Schema) {
        (generator.subschema_for::<V>(), generator.subschema_for::<V::Output>())
    }
}

/// All acts, views and reactions of a node.
#[derive(Default)]
pub struct Registry {
    acts: BTreeMap<&'static str, Box<dyn Operation>>,
    views: BTreeMap<&'static str, Box<dyn Screen>>,
    pub(crate) reactions: Vec<Reaction>,
    topics: BTreeMap<&'static str, TopicKind>,
    commands: BTreeMap<&'static str, Command>,
    pub(crate) opener: Option<&'static str>,
}

impl Registry {
    /// Adds an act.
    #[must_use]
    pub fn act<A: Act>(mut self) -> Self {
        self.acts.insert(A::NAME, Box::new(Typed::<A>::new()));
        self
    }

    /// Adds a view.
    #[must_use]
    pub fn view<V: View>(mut self) -> Self {
        self.views.insert(V::NAME, Box::new(TypedScreen::<V>(PhantomData)));
        self
    }

    /// Adds a reaction: something that follows from events, after them.
    #[must_use]
    pub fn reaction(mut self, reaction: Reaction) -> Self {
        self.reactions.push(reaction);
        self
    }

    /// Adds a command that can be typed into a chat.
    #[must_use]
    pub fn command(mut self, command: Command) -> Self {
        self.commands.insert(command.word, command);
        self
    }

    /// All commands, by their words.
    pub fn commands(&self) -> impl Iterator<Item = &Command> + '_ {
        self.commands.values()
    }

    /// The command of a word.
    pub(crate) fn command_called(&self, word: &str) -> Option<Command> {
        self.commands.get(word).copied()
    }

    /// Adds a kind of topic that browsers can listen to.
    #[must_use]
    pub fn topic(mut self, kind: TopicKind) -> Self {
        self.topics.insert(kind.name, kind);
        self
    }

    /// The topic that is written like this, with its kind; nothing where there is no such kind.
    pub fn topic_written(&self, text: &str) -> Option<(Topic, TopicKind)> {
        let (name, id) = text.split_once(':')?;
        let kind = self.topics.get(name)?;
        Some((Topic::new(kind.name, id.parse::<uuid::Uuid>().ok()?), *kind))
    }

    /// Names the act that opens a proposal. It receives `{"act", "args", "group"}` and answers `{"proposal"}`; the corridor
    /// performs it instead of any act whose procedure is not "at once".
    #[must_use]
    pub fn opener(mut self, act: &'static str) -> Self {
        self.opener = Some(act);
        self
    }

    /// The descriptions of all acts, by name.
    pub fn acts(&self) -> Vec<ActDescription> {
        self.acts.values().map(|operation| operation.description()).collect()
    }

    /// The descriptions of all views, by name.
    pub fn views(&self) -> Vec<ViewDescription> {
        self.views.values().map(|screen| screen.describe()).collect()
    }

    /// The JSON schemas of an act: its arguments and its output.
    pub fn act_schema(&self, name: &str, generator: &mut SchemaGenerator) -> Option<(Schema, Schema)> {
        self.acts.get(name).map(|operation| operation.schema(generator))
    }

    /// The JSON schemas of a view: its query and its output.
    pub fn view_schema(&self, name: &str, generator: &mut SchemaGenerator) -> Option<(Schema, Schema)> {
        self.views.get(name).map(|screen| screen.schema(generator))
    }

    pub(crate) fn batched(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.acts.iter().filter(|(_, operation)| operation.batched()).map(|(name, _)| *name)
    }

    pub(crate) fn operation(&self, name: &str) -> Result<&dyn Operation, Refusal> {
        self.acts.get(name).map(|operation| &**operation).ok_or_else(|| {
            Refusal::not_found(
                "no_such_act",
                format!("There is no act called {}.", shortened(name, LONGEST_WORD)),
            )
        })
    }

    pub(crate) fn screen(&self, name: &str) -> Result<&dyn Screen, Refusal> {
        self.views.get(name).map(|screen| &**screen).ok_or_else(|| {
            Refusal::not_found(
                "no_such_view",
                format!("There is no view called {}.", shortened(name, LONGEST_WORD)),
            )
        })
    }
}

/// The longest word that a refusal repeats of what was sent, in characters.
const LONGEST_WORD: usize = 40;
/// The longest sentence that a refusal repeats of what was sent, in characters.
const LONGEST_SENTENCE: usize = 200;

fn malformed(error: &impl std::fmt::Display) -> Refusal {
    let words: Vec<String> = error.to_string().split(' ').map(|it| shortened(it, LONGEST_WORD)).collect();
    let text = shortened(&words.join(" "), LONGEST_SENTENCE);
    let named = ["unknown field `", "missing field `", "duplicate field `"];
    let field =
        named.iter().find_map(|start| text.strip_prefix(start)).and_then(|rest| rest.split('`').next());
    let sentence = format!("This could not be understood: {text}.");
    Refusal::input(field.unwrap_or_default(), "malformed", sentence)
}

/// The beginning of a text, so that a refusal is no longer than it has to be, whatever was sent.
fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}\u{2026}", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

fn unprintable(error: serde_json::Error) -> Refusal {
    Refusal::conflict("unprintable", format!("The answer could not be written down: {error}."))
}

fn not_this_act() -> Refusal {
    Refusal::conflict("not_this_act", "The act does not fit its name.")
}
