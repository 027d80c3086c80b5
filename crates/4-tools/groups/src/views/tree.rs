//! What can be seen of groups within groups: the tree of all, and what is around one of them.

use super::group::GroupPage;
use crate::acts::links::{JoinGroup, LeaveGroup, TakeInGroup};
use crate::error::GroupError;
use crate::rows::links::{self, NodeRow};
use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::GroupId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// How many groups the tree has at most.
const MOST: i64 = 2_000;
/// How many groups within one its page shows.
const INNER: i64 = 100;

/// All groups, each within the one that it is part of.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tree {}

/// A group in the tree. They stand in order: each after the one that it is part of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Branch {
    /// How deep it lies: 0 for a group that is part of no other.
    pub depth: usize,
    /// Its handle.
    pub handle: String,
    /// Its name.
    pub name: String,
    /// The name of its delegate in the larger group; empty where there is none.
    pub delegate: String,
    /// What the delegate is to do.
    pub mandate: String,
}

impl View for Tree {
    const NAME: &'static str = "groups.tree";
    const ABOUT: &'static str = "All groups, each within the one that it is part of.";
    type Output = Vec<Branch>;

    fn read(&self, look: &mut Look) -> Result<Vec<Branch>, Fault> {
        look.member()?;
        Ok(in_order(links::all(look.tx, MOST)?))
    }
}

/// Puts each group after the one that it is part of, without recursion: the tree may be deep.
fn in_order(rows: Vec<NodeRow>) -> Vec<Branch> {
    let known: HashSet<GroupId> = rows.iter().map(|row| row.id).collect();
    let mut below: HashMap<Option<GroupId>, Vec<NodeRow>> = HashMap::new();
    for row in rows {
        // One whose larger group is not among those read stands at the top.
        let parent = row.parent_id.filter(|parent| known.contains(parent));
        below.entry(parent).or_default().push(row);
    }
    let mut open: Vec<(usize, NodeRow)> =
        below.remove(&None).unwrap_or_default().into_iter().rev().map(|row| (0, row)).collect();
    let mut branches = Vec::new();
    while let Some((depth, row)) = open.pop() {
        let inner = below.remove(&Some(row.id)).unwrap_or_default();
        open.extend(inner.into_iter().rev().map(|row| (depth + 1, row)));
        branches.push(Branch {
            depth,
            handle: row.handle,
            name: row.name,
            delegate: row.delegate.unwrap_or_default(),
            mandate: row.mandate.unwrap_or_default(),
        });
    }
    branches
}

/// What a group is part of, and which groups are part of it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Within {
    /// Its handle.
    pub handle: String,
}

/// The larger group.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Larger {
    /// Its handle.
    pub handle: String,
    /// Its name.
    pub name: String,
    /// The name of the delegate there.
    pub delegate: String,
    /// What the delegate is to do.
    pub mandate: String,
    /// Whether it has agreed.
    pub agreed: bool,
}

/// A smaller group.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Smaller {
    /// Its id.
    pub id: GroupId,
    /// Its handle.
    pub handle: String,
    /// Its name.
    pub name: String,
    /// The name of its delegate here.
    pub delegate: String,
    /// What the delegate is to do.
    pub mandate: String,
    /// Whether this group has agreed.
    pub agreed: bool,
}

/// What there is around a group.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WithinView {
    /// The larger group.
    pub larger: Option<Larger>,
    /// The smaller ones, those that wait for an answer first.
    pub smaller: Vec<Smaller>,
    /// Whether the viewer may ask the members to join a larger group, and to answer smaller ones.
    pub may_link: bool,
}

impl View for Within {
    const NAME: &'static str = "groups.within";
    const ABOUT: &'static str = "What a group is part of, and which groups are part of it.";
    type Output = WithinView;

    fn read(&self, look: &mut Look) -> Result<WithinView, Fault> {
        let me = look.member()?;
        let group = GroupPage { handle: self.handle.clone() }.read(look)?.group.id;
        let larger = match links::find(look.tx, group)? {
            None => None,
            Some(link) => {
                let parent = agents::find(look.tx, link.parent_id.into())?.ok_or(GroupError::GroupUnknown)?;
                let delegate = agents::find(look.tx, link.delegate_id.into())?.map(|it| it.name);
                Some(Larger {
                    handle: parent.handle,
                    name: parent.name,
                    delegate: delegate.unwrap_or_default(),
                    mandate: link.mandate,
                    agreed: link.agreed,
                })
            }
        };
        let smaller = links::inner(look.tx, group, INNER)?.into_iter().map(|row| Smaller {
            id: row.id,
            handle: row.handle,
            name: row.name,
            delegate: row.delegate,
            mandate: row.mandate,
            agreed: row.agreed,
        });
        let smaller = smaller.collect();
        let join = JoinGroup { group, into: group, delegate: me, mandate: String::new() };
        let may_link = look.may(&join)?
            && look.may(&TakeInGroup { group, inner: group })?
            && look.may(&LeaveGroup { group, inner: group })?;
        Ok(WithinView { larger, smaller, may_link })
    }
}
