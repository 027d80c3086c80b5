//! From the house's subjects to Cedar's entities and context. Names are prepared once, so that a decision parses
//! nothing.

use cedar_policy::{
    Context, Entities, Entity, EntityId, EntityTypeName, EntityUid, RestrictedExpression, Schema,
};
use planet_ontology::entities::{ALL, Description, Kind, Value};
use planet_policy::{Question, Subject};
use std::collections::{HashMap, HashSet};

/// The prepared names of all entity types, with their descriptions.
pub(crate) struct Names {
    types: HashMap<&'static str, (EntityTypeName, &'static Description)>,
}

impl Names {
    /// Prepares them; an `Err` names a type that Cedar cannot have.
    pub(crate) fn new() -> Result<Self, String> {
        let prepared = |entity: &'static Description| {
            entity.name.parse().map(|name| (entity.name, (name, entity))).map_err(|_| entity.name.to_owned())
        };
        Ok(Self { types: ALL.iter().map(prepared).collect::<Result<_, _>>()? })
    }

    /// The uid of a subject whose facts are those of its type: what Cedar's schema would check, which is generated
    /// from the same descriptions, at a tenth of the time.
    pub(crate) fn uid(&self, subject: &Subject) -> Result<EntityUid, String> {
        let (name, description) = self
            .types
            .get(subject.kind)
            .ok_or_else(|| format!("There is no entity type “{}”.", subject.kind))?;
        let fits =
            subject.facts.len() == description.attributes.len()
                && subject.facts.iter().zip(description.attributes).all(|((name, value), attribute)| {
                    *name == attribute.name && kind(value) == attribute.kind
                });
        if fits {
            Ok(EntityUid::from_type_name_and_id(name.clone(), EntityId::new(&subject.id)))
        } else {
            Err(format!("The facts about this {} are not those of its description.", subject.kind))
        }
    }
}

const fn kind(value: &Value) -> Kind {
    match value {
        Value::Bool(_) => Kind::Bool,
        Value::Long(_) => Kind::Long,
        Value::Text(_) => Kind::Text,
    }
}

/// The two subjects of a question. Whoever acts on itself is there once; twice with different facts is a fault.
pub(crate) fn entities(
    question: &Question,
    principal: &EntityUid,
    resource: &EntityUid,
    schema: Option<&Schema>,
) -> Result<Entities, String> {
    let actor = entity(&question.principal, principal.clone())?;
    let thing = entity(&question.resource, resource.clone())?;
    Entities::from_entities([actor, thing], schema).map_err(|error| error.to_string())
}

/// The circumstances of a question.
pub(crate) fn context(question: &Question) -> Result<Context, String> {
    Context::from_pairs([
        ("now".to_owned(), RestrictedExpression::new_long(question.now.seconds())),
        ("role".to_owned(), RestrictedExpression::new_string(question.role.word().to_owned())),
    ])
    .map_err(|error| error.to_string())
}

fn entity(subject: &Subject, uid: EntityUid) -> Result<Entity, String> {
    let facts = subject.facts.iter().map(|(name, value)| ((*name).to_owned(), expression(value))).collect();
    Entity::new(uid, facts, HashSet::new()).map_err(|error| error.to_string())
}

fn expression(value: &Value) -> RestrictedExpression {
    match value {
        Value::Bool(it) => RestrictedExpression::new_bool(*it),
        Value::Long(it) => RestrictedExpression::new_long(*it),
        Value::Text(it) => RestrictedExpression::new_string(it.clone()),
    }
}
