//! What an act has at hand while it is performed: who, when, fresh ids, the log, and other acts by name.

use crate::actor::Actor;
use crate::commands::Command;
use crate::corridor::EngineMaker;
use crate::decide::{decide, procedure};
use crate::files::Files;
use crate::jobs::{self, Job};
use crate::merkle::Hash;
use crate::refusal::{Fault, Refusal, RefusalKind};
use crate::registry::Registry;
use crate::topics::Topic;
use crate::words;
use planet_ontology::acts::Authority;
use planet_ontology::ids::{AgentId, GroupId, JobId, MemberId, ProposalId};
use planet_ontology::units::Moment;
use planet_policy::bundle::Bundle;
use planet_policy::procedure::{Problem, Procedure};
use planet_policy::question::Engine;
use planet_store::Tx;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use uuid::Uuid;

/// How deep acts may call acts. A payment within a purchase within a decision is three.
const MAX_DEPTH: u8 = 4;

/// The context of one act.
pub struct Cx {
    /// Who acts.
    pub actor: Actor,
    /// When: the time of the request, not of the retry.
    pub now: Moment,
    pub(crate) effects: Vec<Value>,
    /// Whether value moved, or was put aside.
    pub(crate) moved: bool,
    /// What this act's entry holds somebody's words about.
    pub(crate) subjects: Vec<Uuid>,
    /// Which topics it moved.
    pub(crate) told: Vec<Topic>,
    salt: [u8; 32],
    files: Files,
    drawn: u64,
    depth: u8,
    referred: Option<Procedure>,
    registry: Arc<Registry>,
    engine: Arc<dyn Engine>,
    maker: Arc<EngineMaker>,
}

/// An act that is put to others: how they decide, whose decision it is, and what it would do, in a sentence.
pub struct Referral {
    /// How it is decided.
    pub procedure: Procedure,
    /// Whose decision it is.
    pub group: GroupId,
    /// What it would do.
    pub title: String,
}

impl Cx {
    pub(crate) fn new(
        actor: Actor,
        now: Moment,
        salt: [u8; 32],
        files: Files,
        registry: Arc<Registry>,
        engine: Arc<dyn Engine>,
        maker: Arc<EngineMaker>,
    ) -> Self {
        Self {
            actor,
            now,
            effects: Vec::new(),
            moved: false,
            subjects: Vec::new(),
            told: Vec::new(),
            salt,
            files,
            drawn: 0,
            depth: 0,
            referred: None,
            registry,
            engine,
            maker,
        }
    }

    /// The member who acts; acts with `Authority::Session` may rely on it.
    pub fn member(&self) -> Result<MemberId, Refusal> {
        self.actor.member().ok_or_else(|| Refusal::not_allowed("not_signed_in", "Please sign in first."))
    }

    /// The member or group that acts.
    pub fn agent(&self) -> Result<AgentId, Refusal> {
        self.actor.agent().ok_or_else(|| Refusal::not_allowed("not_signed_in", "Please sign in first."))
    }

    /// Random bytes, the same ones when the transaction is repeated.
    pub fn random(&mut self) -> [u8; 32] {
        self.drawn += 1;
        let mut hash = Sha256::new();
        hash.update(b"planet fresh bytes");
        hash.update(self.salt);
        hash.update(self.drawn.to_be_bytes());
        hash.finalize().into()
    }

    /// A fresh `UUIDv7`, the same one when the transaction is repeated. What one act makes is ordered as it was made: after the
    /// milliseconds comes a counter (RFC 9562 §6.2, method 1), up to its 4,096th draw.
    pub fn id<T: From<Uuid>>(&mut self) -> T {
        let random = self.random();
        let counter = u16::try_from(self.drawn).unwrap_or(u16::MAX).min(0x0fff).to_be_bytes();
        let mut tail = [0_u8; 10];
        tail.iter_mut().zip(counter.into_iter().chain(random)).for_each(|(byte, fresh)| *byte = fresh);
        let millis = u64::try_from(self.now.0.div_euclid(1_000)).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid().into()
    }

    /// The file with this hash that came with the act.
    pub fn file(&self, hash: &Hash) -> Result<&[u8], Refusal> {
        self.files.find(hash)
    }

    /// Writes a fact about the outcome into the event, such as a movement of value.
    pub fn effect(&mut self, effect: Value) {
        self.effects.push(effect);
    }

    /// Says that this act moves value, or puts it aside: the ledger does. An act that moves nothing ([`Act::MOVES`]) fails by it.
    ///
    /// [`Act::MOVES`]: crate::act::Act::MOVES
    pub const fn moves(&mut self) {
        self.moved = true;
    }

    /// The procedure of this name in the rules in force.
    pub fn procedure_called(&self, name: &str) -> Option<&Procedure> {
        self.engine.procedure_called(name)
    }

    /// The rules in force, as they answer questions.
    pub fn rules(&self) -> &dyn Engine {
        &*self.engine
    }

    /// Puts rules to the test that are not in force: an engine of them, or what is wrong with them.
    pub fn try_rules(&self, bundle: &Bundle) -> Result<Arc<dyn Engine>, Vec<Problem>> {
        (self.maker)(Some((self.engine.version() + 1, bundle)), &self.registry.acts())
    }

    /// Hands the procedure on by which the corridor puts an act to others: the next act that is called opens the proposal.
    pub(crate) fn refer(&mut self, procedure: &Procedure) {
        self.referred = Some(procedure.clone());
    }

    /// Performs another act by name, within this transaction and for the same actor. The rules are asked for it too.
    pub fn call(&mut self, tx: &mut Tx, name: &str, args: Value) -> Result<Value, Fault> {
        self.call_as(tx, self.actor, name, args)
    }

    /// Performs another act as somebody else: a decision that passed acts as its group. Whoever calls this answers
    /// for the mandate.
    pub fn call_as(&mut self, tx: &mut Tx, actor: Actor, name: &str, args: Value) -> Result<Value, Fault> {
        if self.depth >= MAX_DEPTH {
            return Err(Refusal::conflict("too_deep", "This act sets off too many others.").into());
        }
        let registry = Arc::clone(&self.registry);
        let operation = registry.operation(name)?;
        // An act of the house stays one on this way too: no decision of a group performs it, whatever the rules permit.
        if operation.description().authority == Authority::House && actor != Actor::House {
            return Err(Refusal::not_found("no_such_act", format!("There is no act called {name}.")).into());
        }
        let act = operation.decode(&args)?;
        let asked = decide(tx, &*self.engine, operation, &*act, &actor, self.now)?;
        if !asked.decision.allowed {
            return Err(Refusal::not_allowed("not_permitted", asked.decision.reason).into());
        }
        // What others have to decide is not done on the way through another act either.
        let set = self.engine.procedure(name);
        if !procedure(&*self.engine, set, &actor, asked.decided_by.as_deref())?.at_once {
            let sentence =
                "This includes something that others have to decide. Please do that by itself first.";
            return Err(Refusal::not_allowed("needs_decision", sentence).into());
        }
        let mut inner = self.inner(actor);
        let output = operation.perform_one(tx, &*act, &mut inner)?;
        let output = serde_json::from_str(output.get()).map_err(|error| {
            Refusal::conflict("outcome_unreadable", format!("The outcome of this cannot be read: {error}."))
        })?;
        self.effects
            .push(json!({ "act": name, "actor": actor, "args": args, "policies": asked.decision.policies }));
        self.effects.append(&mut inner.effects);
        self.told.append(&mut inner.told);
        // What a group says by decision stays with the decision, which says it too.
        if !matches!(actor, Actor::Group { .. }) {
            self.subjects.append(&mut inner.subjects);
        }
        Ok(output)
    }

    /// The command that a tool registered under a word.
    pub fn command(&self, word: &str) -> Option<Command> {
        self.registry.command_called(word)
    }

    /// Says that a topic moved: whoever listens to it reads on, once this is committed.
    pub fn tell(&mut self, topic: Topic) {
        self.told.push(topic);
    }

    /// Says that this act's entry in the log holds somebody's words about a thing, so that they can be erased with it.
    pub fn words_about(&mut self, subject: Uuid) {
        self.subjects.push(subject);
    }

    /// Erases what earlier acts said in words about a thing: their entries lose their lines in favour of their commitments, so the
    /// log still verifies, and what was answered then is forgotten. Answers how many entries lost their line.
    pub fn erase_words(&self, tx: &mut Tx, subject: Uuid) -> Result<u64, Fault> {
        Ok(words::erase(tx, subject)?)
    }

    /// The context of an act that this one performs.
    fn inner(&mut self, actor: Actor) -> Self {
        Self {
            actor,
            now: self.now,
            effects: Vec::new(),
            moved: false,
            subjects: Vec::new(),
            told: Vec::new(),
            salt: self.random(),
            files: self.files.clone(),
            drawn: 0,
            depth: self.depth + 1,
            referred: self.referred.take(),
            registry: Arc::clone(&self.registry),
            engine: Arc::clone(&self.engine),
            maker: Arc::clone(&self.maker),
        }
    }

    /// What it takes to put an act to others; refused if there is no such act, or nothing that it could be done to. An act that the corridor sends here comes with the procedure that was found for it.
    pub fn referral(&mut self, tx: &mut Tx, name: &str, args: &Value) -> Result<Referral, Fault> {
        let registry = Arc::clone(&self.registry);
        let operation = registry.operation(name)?;
        let act = operation.decode(args)?;
        let resource = operation.resources(tx, &[(&*act, &self.actor)], self.now)?.pop();
        let resource =
            resource.unwrap_or_else(|| Err(Refusal::not_found("not_found", "There is no such thing.")))?;
        let procedure = if let Some(found) = self.referred.take() {
            found
        } else {
            let set = self.engine.procedure(name);
            procedure(&*self.engine, set, &self.actor, resource.decided_by.as_deref())?.clone()
        };
        Ok(Referral { procedure, group: resource.group, title: operation.title(tx, &*act)? })
    }

    /// Tries out what an act would do in a group's name, and undoes it. Only what is wrong with the act's own words is told: it
    /// will be as wrong when the decision passes. Whatever else stands in its way today may be gone by then.
    pub fn rehearse(&mut self, tx: &mut Tx, group: GroupId, name: &str, args: &Value) -> Result<(), Fault> {
        let registry = Arc::clone(&self.registry);
        let operation = registry.operation(name)?;
        let act = operation.decode(args)?;
        let mandate = ProposalId(Uuid::nil());
        let mut inner = self.inner(Actor::Group { id: group, mandate });
        let tried = tx.savepoint(|tx| match operation.perform_one(tx, &*act, &mut inner) {
            Ok(_) => Err(Refusal::conflict("rehearsed", "This was only tried out.").into()),
            Err(fault) => Err(fault),
        })?;
        match tried {
            Ok(()) => Ok(()),
            Err(Fault::Refused(refusal)) if refusal.kind != RefusalKind::Input => Ok(()),
            Err(fault) => Err(fault),
        }
    }

    /// Has the house perform an act at a later time, or a little after.
    pub fn later(
        &mut self,
        tx: &mut Tx,
        due: Moment,
        act: &'static str,
        args: &Value,
    ) -> Result<JobId, Fault> {
        self.registry.operation(act)?;
        let id: JobId = self.id();
        jobs::add(tx, &Job { id, act: act.to_owned(), args: args.clone() }, due)?;
        Ok(id)
    }

    /// [`Cx::later`], unless the same act waits for its time already: for what the house does again and again.
    pub fn later_once(
        &mut self,
        tx: &mut Tx,
        due: Moment,
        act: &'static str,
        args: &Value,
    ) -> Result<(), Fault> {
        if !jobs::waits(tx, act, self.now)? {
            self.later(tx, due, act, args)?;
        }
        Ok(())
    }

    /// The role of an agent in a group, as the database says now.
    pub fn role(
        &self,
        tx: &mut Tx,
        agent: AgentId,
        group: GroupId,
    ) -> Result<planet_ontology::roles::Role, Fault> {
        Ok(crate::agents::role(tx, agent, group)?)
    }
}
