//! The two acts of a secret vote: somebody asks for a token, and nobody in particular casts a ballot.

use super::rows::{self as secrets, Asking};
use super::{OPEN, SECRET};
use crate::acts::proposal_resource;
use crate::choice::acts::{Marked, held, marked};
use crate::error::GovernanceError;
use crate::rows;
use planet_corridor::act::Act;
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_count::secret::oprf::Key;
use planet_count::secret::{self, Request};
use planet_identity::multi;
use planet_identity::rows::did_logs;
use planet_identity::webvh::member::assertion_keys;
use planet_ontology::acts::{Authority, Trace};
use planet_ontology::entities::Proposal;
use planet_ontology::hex;
use planet_ontology::ids::{AgentId, ProposalId};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Ask for the token of a secret vote.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskToken {
    /// The vote.
    pub proposal: ProposalId,
    /// The blinded id of a ballot that only the member knows: a point, 32 bytes in hex.
    pub blinded: String,
    /// The member's key that signed, as a multikey: one of those in their identity.
    pub key: String,
    /// The signature over the request, 64 bytes in hex.
    pub signature: String,
}

/// A token, still blinded.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Token {
    /// What was asked about, under the vote's key: hex.
    pub evaluated: String,
    /// The proof that it was the vote's key: hex.
    pub proof: String,
}

impl Act for AskToken {
    const NAME: &'static str = "governance.ask_token";
    const ABOUT: &'static str = "Ask for the ballot of a secret vote. Who asked is published; what they vote is not known to anybody.";
    touches!(Proposal, |act, tx, actor| proposal_resource(tx, act.proposal, actor));
    type Output = Token;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Token, Fault> {
        let (proposal, question) = held(tx, self.proposal)?;
        question.takes_ballots(&proposal, cx.now)?;
        let key = key_of(tx, self.proposal, &question.ballot)?;
        let voter = cx.agent()?;
        if !rows::may_vote(tx, &proposal, voter)? {
            return Err(GovernanceError::NoVote.into());
        }
        let asking = self.read(tx, voter)?;
        let answer = key.answer(&asking.blinded).ok_or(GovernanceError::TokenRequestWrong)?;
        match secrets::asked(tx, proposal.id, voter)? {
            // The answer was lost on its way.
            Some(earlier) if earlier == asking.blinded => {}
            Some(_) => return Err(GovernanceError::TokenGiven.into()),
            // Two with one request would look like somebody who asked twice.
            None if secrets::was_asked(tx, proposal.id, &asking.blinded)? => {
                return Err(GovernanceError::TokenRequestWrong.into());
            }
            None => secrets::ask(tx, proposal.id, voter, &asking)?,
        }
        Ok(Token { evaluated: hex::encode(&answer.evaluated), proof: hex::encode(&answer.proof) })
    }
}

impl AskToken {
    /// The request, if it is signed by a key that is in the member's identity now.
    fn read(&self, tx: &mut Tx, voter: AgentId) -> Result<Asking, Fault> {
        let wrong = GovernanceError::TokenRequestWrong;
        let signer = multi::from_multikey(&self.key).ok_or(wrong)?;
        let who = agents::find(tx, voter)?.ok_or(GovernanceError::NoVote)?.handle;
        let (Some(blinded), Some(signature)) = (hex::decode(&self.blinded), hex::decode(&self.signature))
        else {
            return Err(wrong.into());
        };
        // As it will be published: a signature over the same bytes in other letters would make the whole box look wrong.
        let request = Request {
            who,
            key: hex::encode(&signer),
            blinded: hex::encode(&blinded),
            signature: hex::encode(&signature),
        };
        let document = did_logs::document(tx, voter)
            .map_err(|error| Fault::Damaged(error.to_string()))?
            .unwrap_or_default();
        let own = assertion_keys(&document).contains(&self.key);
        if !own || !secret::signed(&self.proposal.to_string(), &request) {
            return Err(GovernanceError::TokenRequestUnsigned.into());
        }
        Ok(Asking { blinded, signer, signature })
    }
}

fn key_of(tx: &mut Tx, id: ProposalId, ballot: &str) -> Result<Key, Fault> {
    if ballot != SECRET {
        return Err(GovernanceError::BallotsOpen.into());
    }
    secrets::needed_key(tx, id)
}

/// Put a ballot into the box of a secret vote.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CastSecret {
    /// The vote.
    pub proposal: ProposalId,
    /// The ballot's id, which nobody knows but who made it: 32 bytes in hex.
    pub ballot: String,
    /// Its token: 64 bytes in hex.
    pub token: String,
    /// What is said of options.
    pub marks: Vec<Marked>,
}

impl Act for CastSecret {
    const NAME: &'static str = "governance.cast_secret";
    const ABOUT: &'static str = "Put a ballot into the box of a secret vote, under no name. A later one with the same token replaces it.";
    const AUTHORITY: Authority = Authority::Nobody;
    /// Who asked for a token stands in the log with the moment; a ballot that stood there soon after would be theirs.
    const TRACE: Trace = Trace::Forgotten;
    touches!(Proposal, |act, tx, actor| proposal_resource(tx, act.proposal, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        // Whoever is signed in would stand beside the ballot in the record.
        if cx.actor != Actor::Guest {
            return Err(GovernanceError::CastUnderAName.into());
        }
        let (proposal, question) = held(tx, self.proposal)?;
        question.takes_ballots(&proposal, cx.now)?;
        let key = key_of(tx, self.proposal, &question.ballot)?;
        let wrong = GovernanceError::TokenWrong;
        let (Some(ballot), Some(token)) = (hex::decode(&self.ballot), hex::decode(&self.token)) else {
            return Err(wrong.into());
        };
        if key.token(&ballot) != token {
            return Err(wrong.into());
        }
        let marks = marked(tx, &proposal, &question, &self.marks)?;
        Ok(secrets::cast(tx, proposal.id, &ballot, &token, &marks)?)
    }
}

/// The word of how ballots are given, for a kind of question: who is elected is voted on in secret unless the club wants it open.
///
/// # Errors
/// When the word is none.
pub fn ballot_of(word: Option<&str>, election: bool) -> Result<&'static str, GovernanceError> {
    match word {
        None if election => Ok(SECRET),
        None | Some(OPEN) => Ok(OPEN),
        Some(SECRET) => Ok(SECRET),
        Some(_) => Err(GovernanceError::BallotUnknown),
    }
}
