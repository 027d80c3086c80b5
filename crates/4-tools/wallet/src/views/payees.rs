//! Whom one can pay: suggestions while a name is typed.

use super::Party;
use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use schemars::JsonSchema;
use serde::Deserialize;

/// How many suggestions a type-ahead gets.
const SUGGESTIONS: i64 = 8;

/// Whom one can pay: members and groups by name or handle.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Payees {
    /// The beginning of a name or handle.
    pub q: String,
}

impl View for Payees {
    const NAME: &'static str = "wallet.payees";
    const ABOUT: &'static str = "Members and groups whom you can pay, by name.";
    type Output = Vec<Party>;

    fn read(&self, look: &mut Look) -> Result<Vec<Party>, Fault> {
        let mut found = Vec::new();
        for kind in ["member", "group"] {
            found.extend(agents::search(look.tx, kind, self.q.trim(), SUGGESTIONS)?);
        }
        let me = look.member()?;
        Ok(found
            .into_iter()
            .filter(|agent| agent.id != me.into())
            .take(usize::try_from(SUGGESTIONS).unwrap_or(8))
            .map(|agent| Party { id: agent.id, name: agent.name, handle: agent.handle, kind: agent.kind })
            .collect())
    }
}
