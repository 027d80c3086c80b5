//! The audiences of a viewer, computed once per request; and those of many who listen, who belong to one of them.

use planet_ontology::ids::{AudienceId, MemberId};
use planet_ontology::roles::Standing;
use planet_store::{Error, Ids, Tx, sql};
use std::collections::HashSet;

/// The audiences that a member belongs to: everybody, the member alone and, until the member has left, every group
/// (the club is one) and every circle that the member was put into or owns.
pub fn audiences(tx: &mut Tx, member: MemberId) -> Result<Vec<AudienceId>, Error> {
    let mut audiences = vec![AudienceId::PUBLIC, member.into()];
    let standing = tx.row::<(String,)>(sql!("SELECT standing FROM agents WHERE id = ?1"), &[&member])?;
    if standing.is_none_or(|(word,)| word == Standing::Left.word()) {
        return Ok(audiences);
    }
    let belongs = tx.rows::<(AudienceId,)>(
        sql!(
            "SELECT group_id FROM memberships WHERE agent_id = ?1
              UNION SELECT circle_id FROM circle_members WHERE agent_id = ?1
              UNION SELECT id FROM circles WHERE owner_id = ?1"
        ),
        &[&member],
    )?;
    audiences.extend(belongs.into_iter().map(|(audience,)| audience));
    Ok(audiences)
}

/// Those of some members who belong to an audience: [`audiences`], asked for one audience of many members at once.
pub fn among(tx: &mut Tx, audience: AudienceId, members: &[MemberId]) -> Result<HashSet<MemberId>, Error> {
    let mut among: HashSet<MemberId> = members
        .iter()
        .copied()
        .filter(|member| audience == AudienceId::PUBLIC || audience == AudienceId::from(*member))
        .collect();
    if audience == AudienceId::PUBLIC {
        return Ok(among);
    }
    let ids: Ids = members.iter().copied().collect();
    let belong = tx.rows::<(MemberId,)>(
        sql!(
            "SELECT a.id FROM agents a
              WHERE a.id IN (SELECT id FROM ids(?2)) AND a.standing <> 'left'
                AND (EXISTS (SELECT 1 FROM memberships m WHERE m.group_id = ?1 AND m.agent_id = a.id)
                  OR EXISTS (SELECT 1 FROM circle_members c WHERE c.circle_id = ?1 AND c.agent_id = a.id)
                  OR EXISTS (SELECT 1 FROM circles o WHERE o.id = ?1 AND o.owner_id = a.id))"
        ),
        &[&audience, &ids],
    )?;
    among.extend(belong.into_iter().map(|(member,)| member));
    Ok(among)
}
