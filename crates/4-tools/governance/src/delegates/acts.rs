//! Naming somebody who votes for oneself, and taking it back.

use super::error::DelegateError;
use super::{EVERYTHING, TOPICS, rows as delegations};
use crate::acts::group_resource;
use planet_corridor::act::Act;
use planet_corridor::agents::{self, Agent};
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::entities::Group;
use planet_ontology::ids::{AgentId, GroupId, MemberId};
use planet_ontology::roles::{Role, Standing};
use planet_policy::delegation::{loops, most, speakers};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Name somebody who votes for oneself where one does not.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Delegate {
    /// The group in whose decisions.
    pub group: GroupId,
    /// `people`, `money`, `rules` or `other`; empty for everything.
    #[serde(default)]
    pub topic: String,
    /// The handle or the id of a member of the group.
    pub to: String,
}

impl Act for Delegate {
    const NAME: &'static str = "governance.delegate";
    const ABOUT: &'static str = "Name a member who votes for you where you do not vote yourself.";
    touches!(Group, |act, tx, _| group_resource(tx, act.group));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let me = cx.agent()?;
        let topic = checked(&self.topic)?;
        // Two who name each other at the same moment would close a circle that neither saw.
        agents::hold_group(tx, self.group)?;
        if agents::role(tx, me, self.group)? == Role::None {
            return Err(DelegateError::Outsider.into());
        }
        let to = somebody(tx, &self.to)?;
        if to.id == me {
            return Err(DelegateError::Oneself.into());
        }
        let active = to.kind == "member" && to.standing == Standing::Active.word();
        if !active || agents::role(tx, to.id, self.group)? == Role::None {
            return Err(DelegateError::Unknown.into());
        }
        delegations::name(tx, (self.group, me), topic, to.id, cx.now)?;
        self.holds(tx, cx, me, to.id)
    }
}

impl Delegate {
    /// Whether the name can stand, in each topic in which it holds.
    fn holds(&self, tx: &mut Tx, cx: &Cx, me: AgentId, to: AgentId) -> Result<(), Fault> {
        let members = u32::try_from(agents::count_members(tx, self.group)?).unwrap_or(u32::MAX);
        let named = delegations::all(tx, self.group, cx.now)?;
        for topic in TOPICS {
            let links = delegations::links(&named, topic);
            if !links.contains(&(me, to)) {
                continue;
            }
            if loops(&links, me, to) {
                return Err(DelegateError::Circle.into());
            }
            let speakers = speakers(&links);
            let end = speakers.iter().find(|(who, _)| *who == me).map(|(_, end)| *end);
            let carried = speakers.iter().filter(|(_, it)| Some(*it) == end).count();
            if carried > most(members) {
                return Err(DelegateError::Full(most(members)).into());
            }
        }
        Ok(())
    }
}

/// Take back whom one named; or decline to vote for somebody.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Undelegate {
    /// The group.
    pub group: GroupId,
    /// The topic, as it was named.
    #[serde(default)]
    pub topic: String,
    /// The handle or the id of whoever named oneself, to decline; nothing, to take back one's own word.
    #[serde(default)]
    pub of: Option<String>,
}

impl Act for Undelegate {
    const NAME: &'static str = "governance.undelegate";
    const ABOUT: &'static str =
        "Take back whom you named to vote for you, or decline to vote for somebody. It holds at once.";
    touches!(Group, |act, tx, _| group_resource(tx, act.group));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let me = cx.agent()?;
        let topic = checked(&self.topic)?;
        let whose = match &self.of {
            None => me,
            Some(of) => {
                let of = somebody(tx, of)?.id;
                if delegations::named_by(tx, (self.group, of), topic)? != Some(me) {
                    return Err(DelegateError::Nobody.into());
                }
                of
            }
        };
        match delegations::take_back(tx, (self.group, whose), topic)? {
            0 => Err(DelegateError::Nobody.into()),
            _ => Ok(()),
        }
    }
}

fn checked(topic: &str) -> Result<&'static str, DelegateError> {
    let known = TOPICS.into_iter().chain([EVERYTHING]).find(|known| *known == topic);
    known.ok_or(DelegateError::TopicUnknown)
}

/// Who has this handle or id.
fn somebody(tx: &mut Tx, text: &str) -> Result<Agent, Fault> {
    let found = match text.parse::<MemberId>() {
        Ok(id) => agents::find(tx, id.into())?,
        Err(_) => agents::find_by_handle(tx, &text.trim().trim_start_matches('@').to_lowercase())?,
    };
    Ok(found.ok_or(DelegateError::Unknown)?)
}
