//! Generators: Cedar's schema and a JSON-LD context, from the descriptions of entities and acts.

use crate::acts::ActDescription;
use crate::entities::{ALL, Kind};
use serde_json::{Map, json};
use std::fmt::Write;

/// The entity types that may act.
pub const PRINCIPALS: [&str; 4] = ["Member", "Group", "Guest", "House"];

/// The Cedar schema, in Cedar's own schema language, of all entities and these acts.
///
/// Every request's context has `now` (seconds since 1970) and `role`, the actor's role in the group that the
/// resource belongs to (see [`crate::roles::Role`]).
pub fn cedar_schema(acts: &[ActDescription]) -> String {
    let mut schema = String::new();
    for entity in ALL {
        let facts: Vec<String> =
            entity.attributes.iter().map(|a| format!("  {}: {},", a.name, cedar_kind(a.kind))).collect();
        let _ = writeln!(
            schema,
            "// {}\nentity {} = {{\n{}\n}};",
            entity.about.trim(),
            entity.name,
            facts.join("\n")
        );
    }
    for act in acts {
        let _ = writeln!(
            schema,
            "// {}\naction \"{}\" appliesTo {{\n  principal: [{}],\n  resource: [{}],\n  context: {{ now: Long, role: String }},\n}};",
            act.about,
            act.name,
            PRINCIPALS.join(", "),
            act.resource,
        );
    }
    schema
}

const fn cedar_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Bool => "Bool",
        Kind::Long => "Long",
        Kind::Text => "String",
    }
}

/// The JSON-LD context of the entities, with terms under `{base}/about/words#`.
pub fn json_ld_context(base: &str) -> serde_json::Value {
    let mut terms = Map::new();
    terms.insert("@version".into(), json!(1.1));
    terms.insert("planet".into(), json!(format!("{base}/about/words#")));
    for entity in ALL {
        terms.insert(entity.name.into(), json!(format!("planet:{}", entity.name)));
        for attribute in entity.attributes {
            terms.insert(
                attribute.name.into(),
                json!({ "@id": format!("planet:{}", attribute.name), "@type": xsd_kind(attribute.kind) }),
            );
        }
    }
    json!({ "@context": terms })
}

const fn xsd_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Bool => "http://www.w3.org/2001/XMLSchema#boolean",
        Kind::Long => "http://www.w3.org/2001/XMLSchema#integer",
        Kind::Text => "http://www.w3.org/2001/XMLSchema#string",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::{Authority, Moves, Trace};

    #[test]
    fn schema_and_context_name_the_same_things() {
        let act = ActDescription {
            name: "wallet.pay",
            version: 1,
            about: "Pay somebody.",
            resource: "Account",
            trace: Trace::Recorded,
            authority: Authority::Session,
            moves: Moves::Spends,
        };
        let schema = cedar_schema(&[act]);
        let context = json_ld_context("https://club.example");
        for entity in ALL {
            assert!(schema.contains(&format!("entity {} =", entity.name)), "{}", entity.name);
            assert!(context["@context"][entity.name].is_string(), "{}", entity.name);
            for attribute in entity.attributes {
                assert!(schema.contains(&format!("  {}: ", attribute.name)), "{}", attribute.name);
                assert!(context["@context"][attribute.name].is_object(), "{}", attribute.name);
            }
        }
        assert!(schema.contains("action \"wallet.pay\" appliesTo"));
    }
}
