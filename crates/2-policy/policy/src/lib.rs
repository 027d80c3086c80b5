//! What may be done, as pure values: a question, its decision, and the procedures by which members decide.
//! Holds no policy engine (planet-cedar is one), no store and no clock.
//!
//! - [`question`]: may this one do this to that, now? The [`Engine`] answers with a [`Decision`].
//! - [`procedure`]: how members decide about an act, as data. No code path knows a procedure by its name.
//! - [`counting`]: where a vote stands, from a procedure and a tally.
//! - [`delegation`]: who casts whose ballot, from who named whom.
//! - [`bundle`]: the rules that a club is under: policies, procedures and parameters.

pub mod bundle;
pub mod counting;
pub mod delegation;
pub mod measure;
pub mod procedure;
pub mod question;
pub mod testing;

pub use bundle::{Admission, Bundle, Limits, Parameters, PolicyFile, Procedures};
pub use counting::{Choice, Tally, Verdict, missing, standing};
pub use measure::{MeasureError, Seconds, Share};
pub use procedure::{Electorate, Problem, Procedure, Quorum, YesShare};
pub use question::{Decision, Engine, PolicyText, Question, Subject, Untaken};
