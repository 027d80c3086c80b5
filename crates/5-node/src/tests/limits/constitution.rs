//! The limits of what can be said when rules are changed.

use super::{AS_ADA, AS_BEN, Trial};
use serde_json::json;

/// Changing the rules.
pub async fn with_rules(trial: &mut Trial) {
    let limits = json!({ "key": "credit", "value": { "min": -30_000, "max": 90_000 } });
    trial.tries(AS_BEN, "constitution.set_parameter", json!({ "written_for": 1, "setting": limits })).await;
    let procedure = json!({ "about": "Two say yes.", "open_for": "72h", "yes_at_least": 2 });
    let change =
        json!({ "written_for": 1, "name": "by two", "procedure": procedure, "acts": ["membership.suspend"] });
    trial.tries(AS_BEN, "constitution.set_procedure", change).await;
    let file = json!({ "name": "more.cedar", "text": "// Nothing more." });
    trial.tries(AS_ADA, "constitution.adopt_policies", json!({ "written_for": 1, "files": [file] })).await;
    let procedures = json!({ "named": { "by two": procedure } });
    let new = json!({ "written_for": 1, "policies": "// Nothing new.", "procedures": procedures });
    trial.tries(AS_ADA, "constitution.take_up", new).await;
}
