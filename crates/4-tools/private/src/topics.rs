//! What browsers listen to: that something came into one of a member's conversations. Not what it says, which the node does not know.

use crate::rows::{log, people};
use planet_corridor::cx::Cx;
use planet_corridor::topics::{Note, Topic, TopicKind};
use planet_ontology::ids::{AudienceId, MemberId};
use planet_store::{Error, Tx};
use serde_json::json;
use uuid::Uuid;

/// A member's conversations: which of them went on, and how far. Its places are moments, since it has no count of its own.
pub const INBOX: TopicKind = TopicKind {
    name: "private.inbox",
    audience: |_, id| Ok(Some(AudienceId(id))),
    head: |tx, id| log::newest(tx, MemberId(id)),
    since,
    finish: |note| note,
    signals: &[],
};

fn since(tx: &mut Tx, id: Uuid, after: i64, most: i64) -> Result<Vec<Note>, Error> {
    let moved = log::moved(tx, MemberId(id), after, most)?;
    Ok(moved
        .into_iter()
        .map(|(conversation, position, sent)| Note {
            cursor: sent,
            body: json!({ "conversation": conversation, "position": position }),
        })
        .collect())
}

/// Tells everybody who takes part that a conversation went on.
pub(crate) fn went_on(tx: &mut Tx, cx: &mut Cx, conversation: Uuid) -> Result<(), Error> {
    for part in people::of(tx, &[conversation])? {
        cx.tell(Topic::new(INBOX.name, part.id));
    }
    Ok(())
}
