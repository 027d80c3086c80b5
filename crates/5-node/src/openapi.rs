//! The OpenAPI 3.1 description, generated from the registry: acts, views and their schemas.

use axum::Json;
use axum::extract::State;
use planet_corridor::registry::Registry;
use planet_kit::web::Desk;
use planet_ontology::acts::Authority;
use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// `GET /api/v1/openapi.json`.
pub async fn serve(State(desk): State<Desk>) -> Json<Value> {
    Json(describe(desk.corridor().registry(), desk.origin().url()))
}

/// The description of a registry, served at an origin.
pub fn describe(registry: &Registry, origin: &str) -> Value {
    let mut generator = SchemaSettings::draft2020_12()
        .with(|settings| {
            settings.definitions_path = "/components/schemas".into();
            settings.meta_schema = None;
        })
        .into_generator();
    let mut paths = Map::new();
    for act in registry.acts().into_iter().filter(|act| act.authority != Authority::House) {
        if let Some((input, output)) = registry.act_schema(act.name, &mut generator) {
            let operation = act_operation(act.name, act.about, act.authority, &input, &output);
            insert(&mut paths, act.name, "post", operation);
        }
    }
    for view in registry.views() {
        if let Some((query, output)) = registry.view_schema(view.name, &mut generator) {
            let parameters = parameters(&query, &generator);
            insert(
                &mut paths,
                view.name,
                "get",
                view_operation(view.name, view.about, view.open, parameters, &output),
            );
        }
    }
    let mut schemas: Map<String, Value> = generator.take_definitions(true);
    schemas.insert("Problem".into(), problem_schema());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "PLANET",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "The home of a co-operative club: every act and every view.",
            "license": { "name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later" },
        },
        "servers": [{ "url": origin }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "cookie": { "type": "apiKey", "in": "cookie", "name": planet_kit::web::session::COOKIE_NAME },
                "token": { "type": "http", "scheme": "bearer" },
            },
        },
    })
}

fn insert(paths: &mut Map<String, Value>, name: &str, method: &str, operation: Value) {
    let path = format!("/api/v1/{}", name.replace('.', "/"));
    let entry = paths.entry(path).or_insert_with(|| json!({}));
    if let Some(methods) = entry.as_object_mut() {
        methods.insert(method.into(), operation);
    }
}

fn act_operation(name: &str, about: &str, authority: Authority, input: &Schema, output: &Schema) -> Value {
    let answer = json!({
        "type": "object",
        "required": ["output", "proposal", "event"],
        "properties": {
            "output": { "anyOf": [output, { "type": "null" }], "description": "What the act answered; null when a proposal was opened." },
            "proposal": { "type": ["string", "null"], "format": "uuid", "description": "The proposal that was opened, because the rules want others to decide." },
            "event": { "type": "string", "format": "uuid", "description": "The event that records it." },
        },
    });
    json!({
        "operationId": name,
        "summary": about,
        "tags": [name.split('.').next().unwrap_or(name)],
        "security": security(authority == Authority::Nobody),
        "parameters": [{
            "name": "Idempotency-Key",
            "in": "header",
            "required": false,
            "description": "Names the attempt: repeating it with the same content has the same outcome.",
            "schema": { "type": "string", "format": "uuid" },
        }],
        "requestBody": { "required": true, "content": { "application/json": { "schema": input } } },
        "responses": responses(&answer),
    })
}

fn view_operation(name: &str, about: &str, open: bool, parameters: Vec<Value>, output: &Schema) -> Value {
    json!({
        "operationId": name,
        "summary": about,
        "tags": [name.split('.').next().unwrap_or(name)],
        "security": security(open),
        "parameters": parameters,
        "responses": responses(&json!(output)),
    })
}

fn security(open: bool) -> Value {
    if open {
        json!([{}, { "cookie": [] }, { "token": [] }])
    } else {
        json!([{ "cookie": [] }, { "token": [] }])
    }
}

fn responses(answer: &Value) -> Value {
    let problem = json!({
        "description": "Refused: the problem says why.",
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
    });
    json!({
        "200": { "description": "Done.", "content": { "application/json": { "schema": answer } } },
        "4XX": problem,
        "5XX": problem,
    })
}

/// The query parameters of a view: the properties of its (flat) schema.
fn parameters(query: &Schema, generator: &SchemaGenerator) -> Vec<Value> {
    let value = json!(query);
    let resolved = match value.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next()) {
        Some(name) => generator.definitions().get(name).cloned().unwrap_or_default(),
        None => value,
    };
    let required: Vec<&str> = resolved
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let Some(properties) = resolved.get("properties").and_then(Value::as_object) else { return Vec::new() };
    properties
        .iter()
        .map(|(name, schema)| {
            json!({
                "name": name,
                "in": "query",
                "required": required.contains(&name.as_str()),
                "description": schema.get("description").cloned().unwrap_or_default(),
                "schema": schema,
            })
        })
        .collect()
}

fn problem_schema() -> Value {
    json!({
        "type": "object",
        "description": "RFC 9457 problem details.",
        "required": ["type", "title", "status", "detail", "code"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string", "description": "A sentence for people." },
            "code": { "type": "string", "description": "A stable word for programs." },
            "field": { "type": ["string", "null"], "description": "The field that is wrong, if one is." },
        },
    })
}
