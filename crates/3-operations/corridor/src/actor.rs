//! Who acts, and how they stand: the facts about the actor that a decision is taken on.

use crate::agents;
use planet_ontology::entities::{Guest, House, Member};
use planet_ontology::ids::{AgentId, GroupId, MemberId, ProposalId};
use planet_ontology::roles::Role;
use planet_ontology::units::Moment;
use planet_policy::question::Subject;
use planet_store::{Bind, Error, Ids, Sql, Tx, record, sql};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Somebody who is not signed in.
    Guest,
    /// A member.
    Member(MemberId),
    /// A group, by a decision of its members that passed.
    Group {
        /// The group.
        id: GroupId,
        /// The decision that it acts on.
        mandate: ProposalId,
    },
    /// The node's own clock and housekeeping.
    House,
}

impl From<MemberId> for Actor {
    fn from(member: MemberId) -> Self {
        Self::Member(member)
    }
}

impl Actor {
    /// The agent behind the actor, if there is one.
    pub fn agent(&self) -> Option<AgentId> {
        match self {
            Self::Member(id) => Some((*id).into()),
            Self::Group { id, .. } => Some((*id).into()),
            Self::Guest | Self::House => None,
        }
    }

    /// The member, if it is one.
    pub const fn member(&self) -> Option<MemberId> {
        match self {
            Self::Member(id) => Some(*id),
            _ => None,
        }
    }

    /// Under whose name outcomes are kept: the agent, or nil for guests and the house.
    pub(crate) fn outcome_owner(&self) -> Uuid {
        self.agent().map_or(Uuid::nil(), |agent| agent.0)
    }
}

record! {
    /// How an agent stands: the columns of `agents` that decisions need.
    #[derive(Clone, Debug)]
    pub(crate) struct AgentRow {
        pub id: AgentId,
        pub standing: String,
        pub since: Moment,
        pub founder_until: Option<Moment>,
        pub mode: Option<String>,
        pub open: bool,
    }
}

/// A way to read rows: as they are, or held as read.
type Read = fn(&mut Tx, Sql, &[&dyn Bind]) -> Result<Vec<AgentRow>, Error>;

/// How the actors of a batch stand, read in two statements however many they are.
pub(crate) struct Standings {
    agents: HashMap<AgentId, AgentRow>,
    roles: HashMap<(Uuid, Uuid), Role>,
}

impl Standings {
    /// [`Standings::read`], with the rows held as read until the transaction ends, so that no decision in it can be
    /// stale.
    pub(crate) fn hold(tx: &mut Tx, actors: &[Actor], groups: &[GroupId]) -> Result<Self, Error> {
        Self::find(tx, actors, groups, |tx, sql, ids| tx.lock_rows_shared(sql, ids))
    }

    /// Reads how these actors stand, and their roles in these groups.
    pub(crate) fn read(tx: &mut Tx, actors: &[Actor], groups: &[GroupId]) -> Result<Self, Error> {
        Self::find(tx, actors, groups, |tx, sql, ids| tx.rows(sql, ids))
    }

    fn find(tx: &mut Tx, actors: &[Actor], groups: &[GroupId], read: Read) -> Result<Self, Error> {
        let ids = agent_ids(actors);
        let mut group_ids: Vec<Uuid> = groups.iter().map(|group| group.0).collect();
        group_ids.sort_unstable();
        group_ids.dedup();
        if ids.0.is_empty() {
            return Ok(Self { agents: HashMap::new(), roles: HashMap::new() });
        }
        let agents = read(
            tx,
            sql!(
                "SELECT id, standing, since, founder_until, mode, open FROM agents
                  WHERE id IN (SELECT id FROM ids(?1)) ORDER BY id"
            ),
            &[&ids],
        )?;
        let roles = tx.rows::<(Uuid, Uuid, String)>(
            sql!(
                "SELECT agent_id, group_id, role FROM memberships
                  WHERE agent_id IN (SELECT id FROM ids(?1)) AND group_id IN (SELECT id FROM ids(?2))"
            ),
            &[&ids, &Ids(group_ids)],
        )?;
        Ok(Self {
            agents: agents.into_iter().map(|row| (row.id, row)).collect(),
            roles: roles
                .into_iter()
                .filter_map(|(agent, group, role)| Some(((agent, group), Role::from_word(&role)?)))
                .collect(),
        })
    }

    /// The actor's role in a group. A group that acts for itself has all rights of a steward there.
    pub(crate) fn role(&self, actor: &Actor, group: GroupId) -> Role {
        match actor {
            Actor::Group { id, .. } if *id == group => Role::Steward,
            _ => actor
                .agent()
                .and_then(|agent| self.roles.get(&(agent.0, group.0)).copied())
                .unwrap_or(Role::None),
        }
    }

    /// The actor as the subject of a question; `None` if there is no such agent.
    pub(crate) fn subject(&self, actor: &Actor, now: Moment) -> Option<Subject> {
        match actor {
            Actor::Guest => Some(Subject::new("guest", &Guest {})),
            Actor::House => Some(Subject::new("house", &House {})),
            Actor::Member(id) => {
                let row = self.agents.get(&AgentId::from(*id))?;
                let founder = row.founder_until.is_some_and(|until| now < until);
                let facts = Member { standing: row.standing.clone(), joined: row.since.seconds(), founder };
                Some(Subject::new(id, &facts))
            }
            Actor::Group { id, .. } => {
                let row = self.agents.get(&AgentId::from(*id))?;
                Some(Subject::new(id, &agents::group_facts(row.id, row.mode.as_deref(), row.open)))
            }
        }
    }
}

/// The agents behind some actors, each once, in order.
fn agent_ids(actors: &[Actor]) -> Ids {
    let mut ids: Vec<Uuid> = actors.iter().filter_map(Actor::agent).map(|agent| agent.0).collect();
    ids.sort_unstable();
    ids.dedup();
    Ids(ids)
}
