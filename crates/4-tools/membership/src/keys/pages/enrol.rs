//! Making a passkey for somebody who is a member already: on the devices page, by a link, with a recovery code, with the paper words.
//! They differ in how the person was let in, and in what is done at the end.

use crate::door::Door;
use crate::keys::error::{KeysError, identity};
use crate::keys::held::{self, Enrolment};
use crate::keys::sent::{self, FinishEnrolment};
use axum::http::HeaderMap;
use planet_corridor::agents;
use planet_corridor::refusal::Fault;
use planet_identity::encoding::b64u;
use planet_identity::passkeys::Person;
use planet_identity::rows::{challenges, passkeys};
use planet_kit::web::Desk;
use planet_ontology::ids::MemberId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The fields of the forms: what the device is called, and the token of a link.
pub const FIELDS: &[&str] = &["label", "token"];

/// What is remembered between the two steps.
#[derive(Serialize, Deserialize)]
struct Step {
    /// What the passkeys' implementation needs.
    registration: Value,
    /// How the person was let in.
    way: Way,
}

/// How somebody was let in who makes a passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    /// By a device that is in already.
    Device,
    /// By the recovery code of this number.
    Code(i64),
    /// By the recovery key on paper, as multikey.
    Words(String),
}

/// What is answered at the beginning: options for the browser, and the ticket of the step.
pub struct Begun {
    /// For `navigator.credentials.create`.
    pub options: Value,
    /// To come back with.
    pub ticket: String,
}

/// A passkey that was checked.
pub struct Finished {
    /// Whose it will be.
    pub member: MemberId,
    /// How they were let in at the beginning.
    pub way: Way,
    /// What its act keeps.
    pub enrolment: Enrolment,
}

/// Begins. Whoever comes back from paper may use an authenticator that is known already: it may have lost its passkey.
pub async fn begin(desk: &Desk, member: MemberId, purpose: &'static str, way: Way) -> Result<Begun, Fault> {
    let door = Door::of(desk)?;
    let (name, existing) = desk
        .store()
        .read(move |tx| {
            let name = agents::find(tx, member.into())?.map(|agent| agent.name).unwrap_or_default();
            let existing = passkeys::of(tx, member.into()).map_err(identity)?;
            Ok::<_, Fault>((name, existing))
        })
        .await?;
    let existing: Vec<Vec<u8>> = match way {
        Way::Device => existing.into_iter().map(|it| it.credential_id).collect(),
        Way::Code(_) | Way::Words(_) => Vec::new(),
    };
    let person = Person { agent: member.into(), name };
    let begun = door.passkeys.begin_registration(&person, &existing).map_err(identity)?;
    let state = json!(Step { registration: begun.state, way });
    let ticket = held::begin(desk, purpose, Some(member.into()), state, challenges::CEREMONY).await?;
    Ok(Begun { options: begun.options, ticket })
}

/// Checks what came back. The step is used up only by the act, so that a mistyped field costs no second passkey.
pub async fn finish(
    desk: &Desk,
    headers: &HeaderMap,
    sent: FinishEnrolment,
    purpose: &'static str,
) -> Result<Finished, Fault> {
    sent.fields.only(FIELDS)?;
    let label = sent::label(&sent.fields, headers)?;
    let (ticket, now) = (sent.ticket.clone(), desk.now());
    let begun =
        desk.store().read(move |tx| challenges::peek(tx, &ticket, purpose, now)).await.map_err(identity)?;
    let agent = begun.agent.ok_or(KeysError::NotYours)?;
    let step: Step =
        serde_json::from_value(begun.state).map_err(|error| Fault::Damaged(format!("A step: {error}.")))?;
    let made = Door::of(desk)?.passkeys.finish_registration(&step.registration, &sent.credential);
    let enrolment = made
        .and_then(|made| Enrolment::new(&made, sent.wrap, label, (&sent.ticket, purpose)))
        .map_err(identity)?;
    Ok(Finished { member: MemberId(agent.0), way: step.way, enrolment })
}

/// A vault key under something that is not kept with the vault, as browsers read it.
pub fn wrap_line(kind: &str, wrapped: &[u8]) -> crate::keys::views::WrapLine {
    crate::keys::views::WrapLine { kind: kind.to_owned(), reference: String::new(), wrap: b64u(wrapped) }
}
