//! The audiences of a viewer, computed once per request.

use planet_ontology::ids::{AudienceId, MemberId};
use planet_ontology::roles::Standing;
use planet_store::{Error, Tx, sql};

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
