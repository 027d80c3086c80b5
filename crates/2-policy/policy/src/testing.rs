//! An engine for tests of other rooms: it permits everything at once. Never linked to a club's rules.

use crate::procedure::Procedure;
use crate::question::{Decision, Engine, Question};

/// Permits everything, at once.
#[derive(Clone, Copy, Debug, Default)]
pub struct AllowAll;

impl Engine for AllowAll {
    fn decide(&self, _question: &Question) -> Decision {
        Decision {
            allowed: true,
            policies: vec!["test.everything".into()],
            reason: "This is a test in which everything is permitted.".into(),
            errors: Vec::new(),
        }
    }

    fn procedure(&self, _act: &str) -> &Procedure {
        Procedure::at_once()
    }

    fn version(&self) -> i64 {
        0
    }
}
