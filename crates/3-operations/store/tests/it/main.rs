//! Stories about the store itself, each on both engines. What the rooms do with it is told in their own tests.

#[cfg(test)]
mod groups;
#[cfg(test)]
mod migrations;
#[cfg(test)]
mod opening;
#[cfg(test)]
mod statements;
#[cfg(test)]
mod values;

use planet_store::Migration;

/// A shelf of things, enough to tell stories about.
const SHELF: [Migration; 1] = [Migration {
    name: "shelf-0001",
    sql: "CREATE TABLE things (
              id    UUID PRIMARY KEY,
              name  TEXT NOT NULL UNIQUE,
              count BIGINT NOT NULL DEFAULT 0 CHECK (count >= 0)
          );
          CREATE TABLE parts (
              thing_id UUID NOT NULL REFERENCES things (id),
              place    BIGINT NOT NULL,
              note     TEXT,
              PRIMARY KEY (thing_id, place)
          );",
}];

/// The nth id.
fn id(n: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(n)
}
