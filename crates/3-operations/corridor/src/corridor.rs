//! The corridor: the one way in which anything changes. See the crate's page for the picture.

use crate::act::{Act, View};
use crate::decide::decide;
use crate::files::Files;
use crate::jobs::{self, Job};
use crate::look::{Look, Viewer};
use crate::reactions;
use crate::refusal::{Fault, Refusal};
use crate::registry::Registry;
use crate::rules;
use crate::run::{House, run};
use crate::sealer::{LogKey, seal};
use crate::task::{Answer, Call, Done, Task};
use crate::topics::Topic;
use planet_ontology::acts::{ActDescription, Authority};
use planet_ontology::ids::ActKey;
use planet_ontology::units::Moment;
use planet_policy::bundle::Bundle;
use planet_policy::procedure::Problem;
use planet_policy::question::{Decision, Engine};
use planet_store::Store;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use tokio::sync::{Notify, broadcast, mpsc, oneshot, watch};
use tokio::task::JoinSet;

/// Builds the policy engine for a version of the rules, or says what is wrong with them. The node gives one that knows Cedar.
/// It builds those in force, and those that somebody only thinks of.
pub type EngineMaker =
    dyn Fn(Option<(i64, &Bundle)>, &[ActDescription]) -> Result<Arc<dyn Engine>, Vec<Problem>> + Send + Sync;

/// The most acts that are decided and written together.
const MAX_BATCH: usize = 512;
/// The most batches of one act that are under way at a time. A third would only wait for the accounts of the first.
const MAX_UNDER_WAY: usize = 2;
/// The most acts of one name that may wait.
const MAX_WAITING: usize = 8_192;
/// How many transactions' worth of moved topics may wait for a reader; whoever is later looks at all topics.
const MAX_TOLD: usize = 1_024;
/// How often decisions are taken again when the rules change meanwhile.
const MAX_RELOADS: usize = 3;

/// The corridor. Cheap to clone.
#[derive(Clone)]
pub struct Corridor(Arc<Inner>);

/// Where an answer goes.
type Caller = oneshot::Sender<Result<Answer, Fault>>;
/// A task in a queue, and who waits for its answer.
type Waiting = (Task, Caller);

struct Inner {
    store: Store,
    registry: Arc<Registry>,
    engine: RwLock<Arc<dyn Engine>>,
    maker: Arc<EngineMaker>,
    queues: HashMap<&'static str, mpsc::Sender<Waiting>>,
    wake: Notify,
    sealed: watch::Sender<u64>,
    told: broadcast::Sender<Arc<[Topic]>>,
}

impl Corridor {
    /// Opens the corridor over a migrated store, with the rules in force. Batches need a tokio runtime.
    pub async fn open(store: Store, registry: Registry, maker: Box<EngineMaker>) -> Result<Self, Fault> {
        let (registry, maker) = (Arc::new(registry), Arc::<EngineMaker>::from(maker));
        let engine = load(&store, &registry, &*maker).await?;
        let mut queues = HashMap::new();
        let mut receivers = Vec::new();
        for name in registry.batched() {
            let (sender, receiver) = mpsc::channel(MAX_WAITING);
            queues.insert(name, sender);
            receivers.push(receiver);
        }
        let (sealed, _) = watch::channel(0);
        let inner = Inner {
            store,
            registry,
            engine: RwLock::new(engine),
            maker,
            queues,
            wake: Notify::new(),
            sealed,
            told: broadcast::channel(MAX_TOLD).0,
        };
        let corridor = Self(Arc::new(inner));
        for receiver in receivers {
            tokio::spawn(serve_queue(Arc::downgrade(&corridor.0), receiver));
        }
        Ok(corridor)
    }

    /// The store below.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// All acts, views and reactions.
    pub fn registry(&self) -> &Registry {
        &self.0.registry
    }

    /// The rules in force, as loaded.
    pub fn engine(&self) -> Arc<dyn Engine> {
        let engine = self.0.engine.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        Arc::clone(&engine)
    }

    /// Does an act, or opens a proposal for it, or refuses.
    pub async fn act<A: Act>(&self, call: Call, act: A) -> Result<Done<A::Output>, Fault> {
        self.act_with(call, act, Files::default()).await
    }

    /// Does an act that names files by their hashes, with the files.
    pub async fn act_with<A: Act>(&self, call: Call, act: A, files: Files) -> Result<Done<A::Output>, Fault> {
        let args = serde_json::to_value(&act).map_err(|error| {
            Refusal::input("", "malformed", format!("This cannot be written down: {error}."))
        })?;
        let hash = Task::hash_of(A::NAME, A::VERSION, &args)?;
        let task = Task { call, name: A::NAME, act: Box::new(act), args, hash, salt: random()?, files };
        read(&self.submit(task).await?)
    }

    /// Does an act by name, for jobs. Acts that only the house may submit are unknown here unless the actor is the house.
    pub async fn act_named(&self, call: Call, name: &str, args: Value) -> Result<Done<Value>, Fault> {
        read(&self.act_as_written(call, name, args).await?)
    }

    /// [`Corridor::act_named`] for the API: the [`Done`] as it was written down, the same text however often it is asked for.
    pub async fn act_as_written(&self, call: Call, name: &str, args: Value) -> Result<Box<RawValue>, Fault> {
        let operation = self.0.registry.operation(name)?;
        let description = operation.description();
        if description.authority == Authority::House && call.actor != crate::actor::Actor::House {
            return Err(Refusal::not_found("no_such_act", format!("There is no act called {name}.")).into());
        }
        let act = operation.decode(&args)?;
        let hash = Task::hash_of(description.name, description.version, &args)?;
        let (salt, files) = (random()?, Files::default());
        self.submit(Task { call, name: description.name, act, args, hash, salt, files }).await
    }

    /// What the rules would say if somebody did this now.
    pub async fn could<A: Act>(&self, viewer: &Viewer, act: A, now: Moment) -> Result<Decision, Fault> {
        let (engine, registry, actor) = (self.engine(), Arc::clone(&self.0.registry), viewer.actor);
        self.0
            .store
            .snapshot(move |tx| {
                let operation = registry.operation(A::NAME)?;
                Ok(decide(tx, &*engine, operation, &act, &actor, now)?.decision)
            })
            .await
    }

    /// Reads a view for somebody.
    pub async fn view<V: View>(&self, viewer: &Viewer, view: V, now: Moment) -> Result<V::Output, Fault> {
        self.look(viewer, now, move |look| {
            if !V::OPEN {
                look.member()?;
            }
            view.read(look)
        })
        .await
    }

    /// Reads a view by name, for the API. The query is that of the address, such as `limit=20&before=…`.
    pub async fn view_named(
        &self,
        viewer: &Viewer,
        name: &str,
        query: String,
        now: Moment,
    ) -> Result<Value, Fault> {
        let registry = Arc::clone(&self.0.registry);
        registry.screen(name)?;
        let name = name.to_owned();
        self.look(viewer, now, move |look| registry.screen(&name)?.read(&query, look)).await
    }

    /// Reads several things at one point in time.
    pub async fn look<T, F>(&self, viewer: &Viewer, now: Moment, mut read: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnMut(&mut Look) -> Result<T, Fault> + Send + 'static,
    {
        let (engine, registry, viewer) = (self.engine(), Arc::clone(&self.0.registry), viewer.clone());
        let maker = Arc::clone(&self.0.maker);
        self.0
            .store
            .snapshot(move |tx| {
                read(&mut Look {
                    tx,
                    viewer: &viewer,
                    now,
                    engine: Arc::clone(&engine),
                    registry: Arc::clone(&registry),
                    maker: Arc::clone(&maker),
                })
            })
            .await
    }

    /// The viewer for a member, with audiences as of now.
    pub async fn viewer(&self, member: planet_ontology::ids::MemberId) -> Result<Viewer, Fault> {
        Ok(self.0.store.read(move |tx| Viewer::member(tx, member)).await?)
    }

    async fn submit(&self, task: Task) -> Result<Box<RawValue>, Fault> {
        let answer = match self.0.queues.get(task.name) {
            Some(queue) => {
                let (sender, receiver) = oneshot::channel();
                let busy = || {
                    Fault::from(Refusal::conflict("busy", "Too much is going on at once. Please try again."))
                };
                queue.try_send((task, sender)).map_err(|_| busy())?;
                receiver.await.map_err(|_| busy())??
            }
            None => self.run_tasks(vec![task]).await?.pop().ok_or_else(|| {
                Refusal::conflict("no_outcome", "This came to no outcome. Please try again.")
            })?,
        };
        self.0.wake.notify_one();
        Ok(answer?)
    }

    async fn run_tasks(&self, tasks: Vec<Task>) -> Result<Vec<Answer>, Fault> {
        let tasks: Arc<[Task]> = tasks.into();
        for _ in 0..MAX_RELOADS {
            let house = House {
                registry: Arc::clone(&self.0.registry),
                engine: self.engine(),
                maker: Arc::clone(&self.0.maker),
            };
            let batch = Arc::clone(&tasks);
            match self.0.store.write(move |tx| run(tx, &house, &batch)).await {
                Err(Fault::StaleRules) => self.reload().await?,
                Ok((answers, told)) => {
                    if !told.is_empty() {
                        // Nobody may listen at all.
                        let _ = self.0.told.send(told.into());
                    }
                    return Ok(answers);
                }
                Err(fault) => return Err(fault),
            }
        }
        Err(Fault::StaleRules)
    }

    /// Loads the rules in force again; the node also calls it after it was told that they changed.
    pub async fn reload(&self) -> Result<(), Fault> {
        let engine = load(&self.0.store, &self.0.registry, &*self.0.maker).await?;
        *self.0.engine.write().unwrap_or_else(std::sync::PoisonError::into_inner) = engine;
        Ok(())
    }

    /// Seals what waits and takes all reactions as far as the log goes. Tests and the end of a demo call it; a
    /// running node does it by [`Corridor::keep_house`].
    pub async fn settle(&self, key: &LogKey, now: Moment) -> Result<(), Fault> {
        let mut sealed_any = false;
        loop {
            let key = key.clone();
            let sealed = self.0.store.write(move |tx| seal(tx, &key, now)).await?;
            sealed_any |= sealed > 0;
            if sealed == 0 {
                break;
            }
        }
        for reaction in &self.0.registry.reactions {
            let reaction = *reaction;
            while self.0.store.write(move |tx| reactions::step(tx, &reaction)).await? {}
        }
        if sealed_any {
            self.0.sealed.send_modify(|count| *count += 1);
        }
        Ok(())
    }

    /// Performs all jobs that are due, and what they make due at once.
    pub async fn perform_due(&self, now: Moment) -> Result<(), Fault> {
        while self.perform_some(now).await? {}
        Ok(())
    }

    /// Performs the jobs that have been due longest; answers whether there may be more. A job that fails, unlike one that is
    /// refused, is tried again a little later, so that it is never in the way of the others.
    async fn perform_some(&self, now: Moment) -> Result<bool, Fault> {
        let due = self.0.store.read(move |tx| jobs::due(tx, now)).await?;
        for Job { id, act, args } in &due {
            let call = Call { actor: crate::actor::Actor::House, key: ActKey(id.0), now };
            let failed = match self.act_named(call, act, args.clone()).await {
                Ok(_) => false,
                Err(Fault::Refused(refusal)) => {
                    tracing::warn!(%id, act, code = refusal.code, "a job was refused");
                    false
                }
                Err(fault) => {
                    tracing::error!(%id, act, %fault, "a job failed and will be tried again");
                    true
                }
            };
            let id = *id;
            self.0.store.write(move |tx| jobs::end(tx, id, failed, now)).await?;
        }
        Ok(!due.is_empty())
    }

    /// Keeps house until the task is dropped: seals at least every second and reacts; beside that, performs what is due.
    pub async fn keep_house(&self, key: LogKey, clock: impl Fn() -> Moment + Send + Sync) {
        let log = every_second(|| {
            let (corridor, key, now) = (self.clone(), key.clone(), clock());
            async move { corridor.settle(&key, now).await.map(|()| false) }
        });
        let jobs = every_second(|| {
            let (corridor, now) = (self.clone(), clock());
            async move { corridor.perform_some(now).await }
        });
        tokio::join!(log, jobs);
    }

    /// Tells which topics were moved by acts of this process that are committed.
    pub fn told(&self) -> broadcast::Receiver<Arc<[Topic]>> {
        self.0.told.subscribe()
    }

    /// Tells whenever new events were sealed and reacted to.
    pub fn sealed(&self) -> watch::Receiver<u64> {
        self.0.sealed.subscribe()
    }
}

/// Reads what was written down of an act. What answers nothing is written as `null`, as is what a proposal has in place of an
/// answer; the proposal tells them apart.
fn read<O: DeserializeOwned>(done: &RawValue) -> Result<Done<O>, Fault> {
    let unreadable = |error: serde_json::Error| {
        Refusal::conflict("outcome_unreadable", format!("The outcome of this cannot be read: {error}."))
    };
    let Done { output, proposal, event } =
        serde_json::from_str::<Done<Value>>(done.get()).map_err(unreadable)?;
    let output = match proposal {
        Some(_) => None,
        None => Some(serde_json::from_value(output.unwrap_or_default()).map_err(unreadable)?),
    };
    Ok(Done { output, proposal, event })
}

async fn load(store: &Store, registry: &Registry, maker: &EngineMaker) -> Result<Arc<dyn Engine>, Fault> {
    let in_force = store.read(rules::in_force).await?;
    let in_force = in_force.as_ref().map(|(version, bundle)| (*version, bundle));
    maker(in_force, &registry.acts()).map_err(|problems| {
        Fault::UnusableRules(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

/// Does some work at least every second, and again at once while it says that there is more.
async fn every_second<W: Future<Output = Result<bool, Fault>>>(work: impl Fn() -> W) {
    let mut second = tokio::time::interval(std::time::Duration::from_secs(1));
    second.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        second.tick().await;
        while work().await.unwrap_or_else(|fault| {
            tracing::error!(%fault, "housekeeping failed and will be tried again");
            false
        }) {}
    }
}

/// Takes what waits in a queue, runs it as one batch, answers each. No timers: under light load a batch is one act.
///
/// Where the store can write several transactions at once, a further batch begins as soon as it would be no smaller than the one
/// under way: it is read and decided while that one is written and committed.
async fn serve_queue(inner: std::sync::Weak<Inner>, mut queue: mpsc::Receiver<Waiting>) {
    let lanes = inner.upgrade().map_or(1, |inner| inner.store.writers().clamp(1, MAX_UNDER_WAY));
    let mut waiting = Vec::with_capacity(MAX_BATCH);
    let mut under_way = JoinSet::new();
    let mut size = 0;
    loop {
        let room = MAX_BATCH - waiting.len();
        tokio::select! {
            came = queue.recv_many(&mut waiting, room), if room > 0 && under_way.len() < lanes => {
                if came == 0 {
                    return;
                }
            }
            Some(_) = under_way.join_next() => {}
        }
        if !waiting.is_empty() && (under_way.is_empty() || (under_way.len() < lanes && waiting.len() >= size))
        {
            let Some(inner) = inner.upgrade() else { return };
            size = waiting.len();
            under_way.spawn(run_batch(Corridor(inner), waiting.drain(..).unzip()));
        }
    }
}

/// Runs one batch and answers each of its callers.
async fn run_batch(corridor: Corridor, (tasks, callers): (Vec<Task>, Vec<Caller>)) {
    match corridor.run_tasks(tasks).await {
        Ok(answers) => callers.into_iter().zip(answers).for_each(|(caller, answer)| {
            let _ = caller.send(Ok(answer));
        }),
        Err(fault) => {
            tracing::error!(%fault, "a batch failed");
            for caller in callers {
                let sorry =
                    Refusal::conflict("batch_failed", "This could not be written down. Please try again.");
                let _ = caller.send(Err(sorry.into()));
            }
        }
    }
}

/// Random bytes from the operating system, drawn before the transaction.
fn random() -> Result<[u8; 32], Refusal> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|_| Refusal::conflict("no_randomness", "The system gave no random numbers."))?;
    Ok(bytes)
}
