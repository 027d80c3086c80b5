//! What can be done to the rules, and the one thing that the node does for it: keep what was tried out.

mod parameter;
mod policies;
mod procedure;
mod take_up;
mod trial;

pub use parameter::{AdmissionWay, Range, SetParameter, Setting};
pub use policies::{AdoptPolicies, FileChange, MOST_FILES};
pub use procedure::{MAX_ABOUT, MAX_NAME, MOST_ACTS, SetProcedure};
pub use take_up::TakeUp;
pub use trial::KeepRehearsal;

/// Writes what every amendment says in the same words: what it touches, and how it is put in force.
macro_rules! amends {
    () => {
        planet_corridor::touches!(planet_ontology::entities::Group, |act, tx, _| crate::amend::resource(
            tx, act
        ));
        type Output = crate::amend::Adopted;

        fn perform(
            &self,
            tx: &mut planet_store::Tx,
            cx: &mut planet_corridor::cx::Cx,
        ) -> Result<Self::Output, planet_corridor::refusal::Fault> {
            crate::amend::perform(self, tx, cx)
        }
    };
}
pub(crate) use amends;

/// Some names in a row, for the title of a proposal: three, and how many more.
pub(crate) fn some_of(names: &[&str]) -> String {
    let shown = names.iter().take(3).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(3) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
