//! What a view has at hand while it reads: the viewer, what the viewer may see, and "could I?".

use crate::act::Act;
use crate::actor::Actor;
use crate::audience::audiences;
use crate::corridor::EngineMaker;
use crate::decide::{decide, procedure};
use crate::refusal::{Fault, Refusal};
use crate::registry::{Registry, Typed};
use planet_ontology::ids::{AudienceId, MemberId};
use planet_ontology::units::Moment;
use planet_policy::bundle::Bundle;
use planet_policy::procedure::{Problem, Procedure};
use planet_policy::question::{Decision, Engine};
use planet_store::{Error, Ids, Tx};
use std::sync::Arc;

/// Who looks. The audiences are computed once per request.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// Who looks: a member or a guest.
    pub actor: Actor,
    /// The audiences that the viewer belongs to.
    pub audiences: Vec<AudienceId>,
}

impl Viewer {
    /// Somebody who is not signed in.
    pub fn guest() -> Self {
        Self { actor: Actor::Guest, audiences: vec![AudienceId::PUBLIC] }
    }

    /// A member, with the audiences that the database says now.
    pub fn member(tx: &mut Tx, member: MemberId) -> Result<Self, Error> {
        Ok(Self { actor: Actor::Member(member), audiences: audiences(tx, member)? })
    }

    /// The audiences as a list parameter for `audience_id IN (SELECT id FROM ids(?1))`.
    pub fn audience_ids(&self) -> Ids {
        Ids(self.audiences.iter().map(|audience| audience.0).collect())
    }

    /// Whether the viewer belongs to an audience: the one function that answers "may X see Y".
    pub fn may_see(&self, audience: AudienceId) -> bool {
        self.audiences.contains(&audience)
    }
}

/// The context of one view.
pub struct Look<'a, 'c> {
    /// The transaction, for reading.
    pub tx: &'a mut Tx<'c>,
    /// Who looks.
    pub viewer: &'a Viewer,
    /// When.
    pub now: Moment,
    pub(crate) engine: Arc<dyn Engine>,
    pub(crate) registry: Arc<Registry>,
    pub(crate) maker: Arc<EngineMaker>,
}

impl Look<'_, '_> {
    /// The member who looks.
    pub fn member(&self) -> Result<MemberId, Refusal> {
        self.viewer
            .actor
            .member()
            .ok_or_else(|| Refusal::not_allowed("not_signed_in", "Please sign in first."))
    }

    /// What the rules would say if the viewer did this now: pages show only buttons that work.
    pub fn could<A: Act>(&mut self, act: &A) -> Result<Decision, Fault> {
        let operation = Typed::<A>::new();
        let asked = decide(self.tx, &*self.engine, &operation, act, &self.viewer.actor, self.now)?;
        Ok(asked.decision)
    }

    /// Whether the rules would permit it; what cannot even be asked is not permitted.
    pub fn may<A: Act>(&mut self, act: &A) -> Result<bool, Fault> {
        match self.could(act) {
            Ok(decision) => Ok(decision.allowed),
            Err(Fault::Refused(_)) => Ok(false),
            Err(fault) => Err(fault),
        }
    }

    /// The procedure that the rules in force set for an act.
    pub fn procedure(&self, act: &str) -> Procedure {
        self.engine.procedure(act).clone()
    }

    /// How this very act would go on if the viewer did it now.
    pub fn procedure_for<A: Act>(&mut self, act: &A) -> Result<Procedure, Fault> {
        let operation = Typed::<A>::new();
        let asked = decide(self.tx, &*self.engine, &operation, act, &self.viewer.actor, self.now)?;
        let (set, wanted) = (self.engine.procedure(A::NAME), asked.decided_by.as_deref());
        Ok(procedure(&*self.engine, set, &self.viewer.actor, wanted)?.clone())
    }

    /// The procedure of this name in the rules in force.
    pub fn procedure_called(&self, name: &str) -> Option<Procedure> {
        self.engine.procedure_called(name).cloned()
    }

    /// All procedures of the rules in force that have a name, in order of their names.
    pub fn procedures(&self) -> Vec<Procedure> {
        self.engine.procedures().into_iter().cloned().collect()
    }

    /// The rules in force, as they answer questions.
    pub fn rules(&self) -> Arc<dyn Engine> {
        Arc::clone(&self.engine)
    }

    /// Puts rules to the test that are not in force: an engine of them, or what is wrong with them.
    pub fn try_rules(&self, bundle: &Bundle) -> Result<Arc<dyn Engine>, Vec<Problem>> {
        (self.maker)(Some((self.engine.version() + 1, bundle)), &self.registry.acts())
    }

    /// The names and sentences of all acts.
    pub fn acts(&self) -> Vec<planet_ontology::acts::ActDescription> {
        self.registry.acts()
    }
}
