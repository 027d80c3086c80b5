//! What the forms of these pages do: each is one act, and then a page again. What is said never comes through here.

use super::{MOST_AT_FIRST, show_list, talk};
use crate::acts::devices::{RenameDevice, RevokeDevice};
use crate::acts::people::{AddPerson, Leave, OpenGroup, RemovePerson, Start};
use crate::error::PrivateError;
use crate::views::devices::{Devices, Person};
use crate::views::{Conversation, Conversations};
use axum::extract::Path;
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::MemberId;
use uuid::Uuid;

/// Whom a field names: the one who was chosen, or whose handle was written; nobody where it is empty.
async fn person(visit: &Signed, fields: &Fields, name: &str) -> Result<Option<MemberId>, Fault> {
    if let Ok(id) = fields.text(&format!("{name}-id")).parse() {
        return Ok(Some(MemberId(id)));
    }
    let handle = fields.text(name).trim_start_matches('@').to_lowercase();
    if handle.is_empty() {
        return Ok(None);
    }
    Ok(Some(visit.view(Person { handle }).await?.id))
}

fn refusal(fault: Fault) -> Result<Refusal, Fault> {
    match fault {
        Fault::Refused(refusal) => Ok(refusal),
        fault => Err(fault),
    }
}

fn field_names() -> Vec<String> {
    let name = |number: usize| if number == 0 { "people".to_owned() } else { format!("people-{number}") };
    (0..MOST_AT_FIRST).map(name).collect()
}

pub(super) async fn start(visit: Signed, fields: Fields) -> Answer {
    let names = field_names();
    let known: Vec<String> = names.iter().flat_map(|name| [name.clone(), format!("{name}-id")]).collect();
    let key = fields.key(&known.iter().map(String::as_str).collect::<Vec<_>>())?;
    let mut people = Vec::new();
    let mut wrong = None;
    for name in &names {
        match person(&visit, &fields, name).await {
            Ok(found) => people.extend(found),
            Err(fault) => wrong = Some(refusal(fault)?),
        }
    }
    let result = match wrong {
        Some(refusal) => Err(refusal),
        None => visit.act(key, Start { people }).await?.map(|done| done.output),
    };
    match result {
        Ok(Some(started)) => visit.done(&format!("/messages/{}", started.conversation), "private-begun"),
        Ok(None) => visit.done("/messages", "private-begun"),
        Err(refusal) => {
            let (lines, mine) = (visit.view(Conversations {}).await?, visit.view(Devices {}).await?);
            visit.again(&refusal, show_list(&visit.ui, &lines, &mine, &fields.filled(&refusal)))
        }
    }
}

pub(super) async fn open_group(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["group"])?;
    let group =
        fields.parse("group", PrivateError::GroupUnknown.code(), &PrivateError::GroupUnknown.to_string())?;
    visit.act(key, OpenGroup { group }).await??;
    visit.done(&format!("/messages/group/{handle}"), "private-begun")
}

pub(super) async fn add_person(visit: Signed, Path(id): Path<Uuid>, fields: Fields) -> Answer {
    let key = fields.key(&["member", "member-id"])?;
    let result = match person(&visit, &fields, "member").await {
        Ok(Some(member)) => visit.act(key, AddPerson { conversation: id, member }).await?.map(|_| ()),
        Ok(None) => Err(PrivateError::NobodyChosen.into()),
        Err(fault) => Err(refusal(fault)?),
    };
    match result {
        Ok(()) => visit.done(&format!("/messages/{id}"), "private-added"),
        Err(refusal) => {
            let refusal = Refusal { field: Some("member".into()), ..refusal };
            let (view, mine) = (visit.view(Conversation { id }).await?, visit.view(Devices {}).await?);
            visit.again(&refusal, talk::show(&visit.ui, &view, &mine, &fields.filled(&refusal)))
        }
    }
}

pub(super) async fn remove_person(visit: Signed, Path(id): Path<Uuid>, fields: Fields) -> Answer {
    let key = fields.key(&["member"])?;
    let unknown = PrivateError::MemberUnknown;
    let member = fields.parse("member", unknown.code(), &unknown.to_string())?;
    visit.act(key, RemovePerson { conversation: id, member }).await??;
    visit.done(&format!("/messages/{id}"), "private-removed")
}

pub(super) async fn leave(visit: Signed, Path(id): Path<Uuid>, fields: Fields) -> Answer {
    visit.act(fields.key(&[])?, Leave { conversation: id }).await??;
    visit.done("/messages", "private-left")
}

fn device(fields: &Fields) -> Result<Uuid, Refusal> {
    let unknown = PrivateError::DeviceUnknown;
    fields.parse("device", unknown.code(), &unknown.to_string())
}

pub(super) async fn rename_device(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&["device", "name"])?;
    let rename = RenameDevice { device: device(&fields)?, name: fields.text("name").into() };
    visit.act(key, rename).await??;
    visit.done("/messages/browsers", "private-browser-renamed")
}

pub(super) async fn revoke_device(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&["device"])?;
    visit.act(key, RevokeDevice { device: device(&fields)? }).await??;
    visit.done("/messages/browsers", "private-browser-revoked")
}
