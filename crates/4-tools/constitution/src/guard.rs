//! The guard against locking oneself out: rules under which the members could not change their rules again are refused. Pure:
//! how many people there are is an argument.

use crate::amend::AMENDING;
use planet_ontology::entities::{Group, House, Proposal};
use planet_ontology::ids::GroupId;
use planet_ontology::roles::{Mode, Role};
use planet_ontology::units::Moment;
use planet_policy::counting::{Choice, Tally, Verdict, standing};
use planet_policy::{Bundle, Engine, Procedure, Question, Subject};
use std::collections::BTreeMap;

/// Whether a proposal under this procedure could pass: with so many who may vote, and so many of them who come and all agree.
///
/// # Errors
/// Why it could not, in a sentence.
pub fn could_pass(procedure: &Procedure, electorate: u32, present: u32) -> Result<(), String> {
    if electorate == 0 && !procedure.at_once {
        return Err("Nobody holds a role that may vote.".to_owned());
    }
    let voters = usize::try_from(present.min(electorate)).unwrap_or(usize::MAX);
    let tally = Tally::of(electorate, std::iter::repeat_n(Choice::Yes, voters));
    match standing(procedure, &tally, Moment(0), Moment(i64::MAX)) {
        Verdict::Passed => Ok(()),
        Verdict::Failed { why } => Err(why),
        Verdict::Open { .. } => Err("It would never close.".to_owned()),
    }
}

/// Why the members could not change these rules again, if they could not.
pub fn locked_out(bundle: &Bundle, rules: &dyn Engine, people: &BTreeMap<Role, u32>) -> Option<String> {
    let electorate = |procedure: &Procedure| {
        let voting = people.iter().filter(|(role, _)| procedure.electorate.includes(**role));
        voting.fold(0_u32, |sum, (_, count)| sum.saturating_add(*count))
    };
    let amending = bundle.procedures.amending.as_deref().and_then(|name| bundle.procedures.called(name));
    for procedure in AMENDING.iter().map(|act| rules.procedure(act)).chain(amending) {
        let voters = electorate(procedure);
        if let Err(why) = could_pass(procedure, voters, voters) {
            return Some(format!(
                "Even if all agreed, \u{201c}{}\u{201d} would not pass: {why}",
                procedure.name
            ));
        }
    }
    let club =
        Subject::new(GroupId::CLUB, &Group { mode: Mode::Chat.word().into(), open: false, club: true });
    let decided = AMENDING.into_iter().find_map(|act| {
        let why = format!("The club itself would not be permitted {act} after its members had decided it.");
        refused(rules, act, (club.clone(), club.clone())).then_some(why)
    });
    let proposal = Proposal { electorate: false, own: false, open: true };
    let closing = (Subject::new("house", &House {}), Subject::new("it", &proposal));
    let closed = || {
        let why = "The node would not be permitted to close votes, so no decision would ever be carried out.";
        refused(rules, "governance.close", closing).then(|| why.to_owned())
    };
    decided.or_else(closed)
}

/// Whether the rules refuse an act, by somebody with the role of a steward.
fn refused(rules: &dyn Engine, act: &'static str, (principal, resource): (Subject, Subject)) -> bool {
    let now = Moment(1_800_000_000 * Moment::SECOND);
    !rules.decide(&Question { act, principal, resource, role: Role::Steward, now }).allowed
}

#[cfg(test)]
mod tests {
    use super::*;
    use planet_policy::{Quorum, Seconds};

    fn signed(needed: u32) -> Procedure {
        let open_for = Seconds::days(7);
        Procedure { at_once: false, open_for, yes_at_least: needed, ..Procedure::at_once().clone() }
    }

    #[test]
    fn a_vote_that_nobody_can_win_is_found() {
        assert_eq!(could_pass(&signed(2), 5, 5), Ok(()));
        assert!(could_pass(&signed(6), 5, 5).is_err());
        assert!(could_pass(&signed(1), 0, 0).is_err());
        let quorum = Procedure { quorum: Quorum { at_least: 4, ..Quorum::default() }, ..signed(1) };
        assert_eq!((could_pass(&quorum, 5, 4).is_ok(), could_pass(&quorum, 5, 3).is_ok()), (true, false));
    }
}
