//! Whose session a token is. Who may open one is decided by the acts.

use planet_identity::IdentityError;
use planet_identity::rows::{Token, sessions};
use planet_kit::web::session::Known;
use planet_ontology::ids::MemberId;
use planet_ontology::units::Moment;
use planet_store::{Error, Tx};

/// Looks a session up by its token, for the desk.
pub fn find_session(tx: &mut Tx, token: &str, now: Moment) -> Result<Option<Known>, Error> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    match sessions::find(tx, &token.hash(), now) {
        Ok(found) => Ok(found.map(|it| Known { session: it.id, member: MemberId(it.agent.0) })),
        Err(IdentityError::Store(error)) => Err(error),
        Err(_) => Ok(None),
    }
}
