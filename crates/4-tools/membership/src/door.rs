//! What the node furnishes this tool with: how passkeys are made, the founding link, and the starter kits.

use crate::error::MembershipError;
use planet_corridor::refusal::Refusal;
use planet_identity::passkeys::Passkeys;
use planet_identity::rows::Token;
use planet_kit::web::Desk;
use planet_policy::bundle::Bundle;
use std::sync::Arc;

/// A service of the desk: put `Arc::new(Door { … })` into `Furniture::services`.
pub struct Door {
    /// Makes and checks passkeys.
    pub passkeys: Arc<dyn Passkeys>,
    /// The token in the founding link that the node printed; none once the club is founded.
    pub founding: Option<Token>,
    /// The starter kits, in the order in which founders see them.
    pub kits: Vec<Bundle>,
}

impl Door {
    /// The door of this desk.
    pub fn of(desk: &Desk) -> Result<Arc<Self>, Refusal> {
        desk.service::<Self>().ok_or_else(|| MembershipError::NoDoor.into())
    }

    /// Lets whoever shows the founding token pass. Hashes are compared, so that the time it takes tells nothing.
    pub fn check_founding(&self, shown: &str) -> Result<(), MembershipError> {
        let fits = Token::parse(shown)
            .zip(self.founding.as_ref())
            .is_some_and(|(shown, printed)| shown.hash() == printed.hash());
        if fits { Ok(()) } else { Err(MembershipError::FoundingLinkWrong) }
    }

    /// The kit of this name.
    pub fn kit(&self, name: &str) -> Result<&Bundle, MembershipError> {
        self.kits.iter().find(|bundle| bundle.kit == name).ok_or(MembershipError::KitUnknown)
    }
}

/// A fresh token, from the operating system's randomness.
pub fn fresh_token() -> Result<Token, MembershipError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| MembershipError::NoRandomness)?;
    Ok(Token::new(bytes))
}
