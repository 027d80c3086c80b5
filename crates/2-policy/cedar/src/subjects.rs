//! From the house's subjects to Cedar's entities and context. Names are prepared once, so that a decision parses
//! nothing.

use cedar_policy::{
    Context, Entities, Entity, EntityId, EntityTypeName, EntityUid, RestrictedExpression, Schema,
};
use planet_ontology::entities::{self, Value};
use planet_policy::{Question, Subject};
use std::collections::{HashMap, HashSet};

/// The prepared names of all entity types.
pub(crate) struct Names {
    types: HashMap<&'static str, EntityTypeName>,
}

impl Names {
    /// Prepares them; an `Err` names a type that Cedar cannot have.
    pub(crate) fn new() -> Result<Self, String> {
        let prepared = |name: &'static str| name.parse().map(|it| (name, it)).map_err(|_| name.to_owned());
        Ok(Self {
            types: entities::ALL.iter().map(|entity| prepared(entity.name)).collect::<Result<_, _>>()?,
        })
    }

    /// The uid of a subject.
    pub(crate) fn uid(&self, subject: &Subject) -> Result<EntityUid, String> {
        let name = self
            .types
            .get(subject.kind)
            .ok_or_else(|| format!("There is no entity type “{}”.", subject.kind))?;
        Ok(EntityUid::from_type_name_and_id(name.clone(), EntityId::new(&subject.id)))
    }
}

/// The two subjects of a question, checked against the schema. Somebody who acts on itself is there once.
pub(crate) fn entities(
    question: &Question,
    principal: &EntityUid,
    resource: &EntityUid,
    schema: &Schema,
) -> Result<Entities, String> {
    let actor = entity(&question.principal, principal.clone())?;
    let thing = entity(&question.resource, resource.clone())?;
    Entities::empty().add_entities([actor, thing], Some(schema)).map_err(|error| error.to_string())
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
