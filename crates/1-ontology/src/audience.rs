//! Audiences: who may see a thing. An audience bears the id of those it is for, so a viewer's audiences are a
//! short list of ids and a list of things is filtered by `audience_id IN …`. Relevance is another matter: see
//! [`crate::relevance`].

use crate::ids::{AudienceId, CircleId, GroupId, MemberId};
use uuid::Uuid;

impl AudienceId {
    /// Everybody, signed in or not.
    pub const PUBLIC: Self = Self(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0000));
    /// The active members of this club.
    pub const CLUB: Self = Self(GroupId::CLUB.0);
}

impl From<GroupId> for AudienceId {
    /// The members of a group.
    fn from(group: GroupId) -> Self {
        Self(group.0)
    }
}

impl From<CircleId> for AudienceId {
    /// The people whom a member put into a circle.
    fn from(circle: CircleId) -> Self {
        Self(circle.0)
    }
}

impl From<MemberId> for AudienceId {
    /// Only this member.
    fn from(member: MemberId) -> Self {
        Self(member.0)
    }
}
