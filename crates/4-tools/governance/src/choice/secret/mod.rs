//! Secret votes: a voter asks for a token under their name, signed with their own key, and casts a ballot with it under no name at all.
//! The node gives the token blindly, so it cannot know which ballot it is on. How tokens work is in `planet_count::secret`.

pub mod acts;
pub mod pages;
pub mod rows;

use planet_corridor::refusal::Fault;
use planet_count::secret::SecretBox;
use planet_count::vote::Slip;
use planet_ontology::hex;
use planet_ontology::ids::ProposalId;
use planet_store::Tx;

/// The word of a vote whose ballots nobody can connect with people.
pub const SECRET: &str = "secret";
/// The word of a vote whose ballots carry names.
pub const OPEN: &str = "open";

/// Opens the box when no ballot is taken any more: the ballots, and what lets anybody check them.
pub fn open_box(tx: &mut Tx, id: ProposalId, electorate: u32) -> Result<(Vec<Slip>, SecretBox), Fault> {
    let key = rows::needed_key(tx, id)?;
    let (slips, tokens) = rows::open(tx, id)?;
    let sealed = SecretBox {
        public: hex::encode(&key.public()),
        key: hex::encode(&key.bytes()),
        electorate,
        requests: rows::requests(tx, id)?,
        tokens,
    };
    Ok((slips, sealed))
}
