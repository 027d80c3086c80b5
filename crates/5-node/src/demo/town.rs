//! The town as it becomes real: goes through a plan and performs each deed by the corridor, at its time. Nothing is written
//! past the corridor but what the front door itself lets wait.

use super::plan::{Deed, For, Plan, Who};
use super::rng::Rng;
use crate::errors::NodeError;
use planet_corridor::act::Act;
use planet_corridor::actor::Actor;
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_corridor::sealer::LogKey;
use planet_corridor::task::{Call, Done};
use planet_identity::rows::Token;
use planet_ontology::ids::{
    ActKey, AgentId, ApplicationId, AudienceId, CircleId, GroupId, MemberId, PostId, ProposalId, RequestId,
};
use planet_ontology::units::Moment;
use std::collections::HashMap;
use uuid::Uuid;

/// How many days pass between two seals of the log.
const SEALED_EVERY: i64 = 14;

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// People who are members.
    pub members: u32,
    /// Groups that were started.
    pub groups: u32,
    /// Payments that were made, bills that were paid included.
    pub payments: u32,
    /// What was paid altogether, in minor units.
    pub paid: i64,
    /// Posts that were written.
    pub posts: u32,
    /// Comments that were written.
    pub comments: u32,
    /// Questions that were put to the members.
    pub proposals: u32,
    /// Acts that the rules or the limits refused.
    pub refused: u32,
}

/// Where the town is built.
pub struct Site {
    /// The corridor that everything goes through.
    pub corridor: Corridor,
    /// The club's origin.
    pub origin: String,
    /// The node's key: it seals the log and what the node keeps for people.
    pub log: LogKey,
}

/// The town: what the numbers of the plan have become.
pub struct Town {
    pub(super) site: Site,
    pub(super) plan: Plan,
    pub(super) rng: Rng,
    pub(super) now: Moment,
    pub(super) people: HashMap<usize, MemberId>,
    pub(super) groups: HashMap<usize, GroupId>,
    pub(super) circles: HashMap<usize, CircleId>,
    pub(super) posts: HashMap<usize, PostId>,
    pub(super) bills: HashMap<usize, (RequestId, i64)>,
    pub(super) proposals: HashMap<usize, ProposalId>,
    pub(super) applications: HashMap<usize, (ApplicationId, Token)>,
    pub(super) tally: Tally,
}

impl Town {
    /// Builds the town of a plan.
    pub async fn build(site: Site, plan: Plan, seed: u64, until: Moment) -> Result<Tally, NodeError> {
        let deeds = plan.deeds.clone();
        let mut town = Self {
            site,
            plan,
            rng: Rng::new(seed).fork(),
            now: deeds.first().map_or(until, |(at, _)| *at),
            people: HashMap::new(),
            groups: HashMap::new(),
            circles: HashMap::new(),
            posts: HashMap::new(),
            bills: HashMap::new(),
            proposals: HashMap::new(),
            applications: HashMap::new(),
            tally: Tally::default(),
        };
        for (at, deed) in deeds {
            town.pass_time(at).await?;
            town.perform(deed).await?;
        }
        town.pass_time(until).await?;
        town.site.corridor.settle(&town.site.log, until).await?;
        Ok(town.tally)
    }

    /// Lets time pass: every day votes that are over are closed, and every fortnight the log is sealed.
    async fn pass_time(&mut self, to: Moment) -> Result<(), NodeError> {
        let day = |at: Moment| at.0.div_euclid(Moment::DAY);
        for day in day(self.now) + 1..=day(to) {
            let morning = Moment(day * Moment::DAY);
            self.site.corridor.perform_due(morning).await?;
            if day % SEALED_EVERY == 0 {
                self.site.corridor.settle(&self.site.log, morning).await?;
            }
        }
        self.now = to;
        Ok(())
    }

    /// Does one thing. What builds on something that was refused is left out.
    async fn perform(&mut self, deed: Deed) -> Result<(), NodeError> {
        match deed {
            Deed::Found => self.found().await,
            Deed::Join { person, invited_by } => self.join(person, invited_by).await,
            Deed::Settle { person } => self.settle(person).await,
            Deed::Show { person, kind, value, to } => self.show(person, kind, value, to).await,
            Deed::Gather { person, name, members } => self.gather(person, name, &members).await,
            Deed::Apply { applicant } => self.apply(applicant).await,
            Deed::Turn { by, applicant, reason } => self.turn(by, applicant, reason).await,
            Deed::Start { group } => self.start(group).await,
            Deed::Enter { person, group } => self.enter(person, group).await,
            Deed::Appoint { by, person, group, role } => self.appoint(by, person, group, role).await,
            Deed::Pay { by, from, to, amount, memo } => self.pay(by, from, to, amount, memo).await,
            Deed::Bill { bill, by, payer, amount, memo } => self.bill(bill, by, payer, amount, memo).await,
            Deed::Settled { bill, by, answer } => self.answer(bill, by, answer).await,
            Deed::Post { post, by, title, text, tags, relevance, to } => {
                self.post((post, by, to), title, text, tags, relevance).await
            }
            Deed::Comment { by, post, text } => self.comment(by, post, text).await,
            Deed::Follow { by, whom } => self.follow(by, whom).await,
            Deed::Assume { by, section, statement } => self.assume(by, section, statement).await,
            Deed::Propose { proposal, by, question, reason } => {
                self.propose(proposal, by, &question, reason).await
            }
            Deed::Vote { by, proposal, choice, reason } => self.vote(by, proposal, choice, reason).await,
        }
    }

    /// Submits an act. A refusal is counted and gives nothing; anything worse ends the building.
    pub(super) async fn act<A: Act>(
        &mut self,
        actor: Actor,
        act: A,
    ) -> Result<Option<Done<A::Output>>, NodeError> {
        let key = ActKey(Uuid::from_bytes(self.rng.bytes()));
        match self.site.corridor.act(Call { actor, key, now: self.now }, act).await {
            Ok(done) => Ok(Some(done)),
            Err(Fault::Refused(refusal)) => {
                tracing::debug!(
                    act = A::NAME,
                    code = refusal.code,
                    sentence = refusal.sentence,
                    "refused in the town"
                );
                self.tally.refused += 1;
                Ok(None)
            }
            Err(fault) => Err(fault.into()),
        }
    }

    /// The same, for somebody of the plan; nothing if they never came in.
    pub(super) async fn act_as<A: Act>(
        &mut self,
        person: usize,
        act: A,
    ) -> Result<Option<A::Output>, NodeError> {
        match self.people.get(&person).copied() {
            Some(member) => Ok(self.act(Actor::Member(member), act).await?.and_then(|done| done.output)),
            None => Ok(None),
        }
    }

    /// A token that nobody has to guess, since nobody but this machine can come in.
    pub(super) fn token(&mut self) -> Token {
        Token::new(self.rng.bytes())
    }

    /// Who somebody or something of the plan has become.
    pub(super) fn agent(&self, who: Who) -> Option<AgentId> {
        match who {
            Who::Person(person) => self.people.get(&person).map(|id| (*id).into()),
            Who::Group(group) => self.groups.get(&group).map(|id| (*id).into()),
        }
    }

    /// The audience that somebody means; only they themselves where there is no circle.
    pub(super) fn audience(&self, by: usize, to: For) -> Option<AudienceId> {
        match to {
            For::Public => Some(AudienceId::PUBLIC),
            For::Club => Some(AudienceId::CLUB),
            For::Group(group) => self.groups.get(&group).map(|id| (*id).into()),
            For::Circle => {
                self.circles.get(&by).map(|id| (*id).into()).or_else(|| self.audience(by, For::Me))
            }
            For::Me => self.people.get(&by).map(|id| (*id).into()),
        }
    }
}
