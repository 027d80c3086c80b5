//! What members may rely on when votes are counted, shown on examples and on random procedures and ballots.

use planet_ontology::roles::Role;
use planet_ontology::units::Moment;
use planet_policy::{
    Choice, Electorate, Procedure, Quorum, Seconds, Share, Tally, Verdict, YesShare, missing, standing,
};
use proptest::prelude::*;

const OPENED: Moment = Moment(1_000_000);

fn nothing_special() -> Procedure {
    Procedure {
        at_once: false,
        open_for: Seconds::days(7),
        about: "A vote.".into(),
        ..Procedure::at_once().clone()
    }
}

fn majority() -> Procedure {
    Procedure {
        yes_share: Some(YesShare { share: Share::new(1, 2), strict: true }),
        quorum: Quorum { of_electorate: Some(Share::new(1, 10)), at_least: 5 },
        early: true,
        ..nothing_special()
    }
}

fn two_thirds() -> Procedure {
    Procedure { yes_share: Some(YesShare { share: Share::new(2, 3), strict: false }), ..majority() }
}

fn consent() -> Procedure {
    Procedure {
        open_for: Seconds::hours(72),
        objections_block: Some(1),
        silence_passes: true,
        early: true,
        ..nothing_special()
    }
}

fn two_signatures() -> Procedure {
    Procedure {
        electorate: Electorate { roles: vec![Role::Steward, Role::Treasurer] },
        yes_at_least: 2,
        early: true,
        ..nothing_special()
    }
}

const fn tally(electorate: u32, yes: u32, no: u32, abstain: u32, objections: u32) -> Tally {
    Tally { electorate, yes, no, abstain, objections }
}

fn closes(procedure: &Procedure) -> Moment {
    OPENED.plus_seconds(procedure.open_for.0)
}

fn in_the_end(procedure: &Procedure, tally: Tally) -> Verdict {
    standing(procedure, &tally, OPENED, closes(procedure))
}

fn at_first(procedure: &Procedure, tally: Tally) -> Verdict {
    standing(procedure, &tally, OPENED, OPENED.plus_seconds(1))
}

fn failed(why: &str) -> Verdict {
    Verdict::Failed { why: why.into() }
}

#[test]
fn consent_passes_by_silence_and_is_blocked_by_one_objection() {
    let open = Verdict::Open { closes: closes(&consent()) };
    assert_eq!(at_first(&consent(), tally(30, 0, 0, 0, 0)), open);
    assert_eq!(in_the_end(&consent(), tally(30, 0, 0, 0, 0)), Verdict::Passed);
    assert_eq!(in_the_end(&consent(), tally(30, 12, 0, 1, 1)), failed("There is an objection."));
    assert_eq!(
        at_first(&consent(), tally(30, 12, 0, 1, 1)),
        open,
        "an objection can be withdrawn until the end"
    );
    assert_eq!(at_first(&consent(), tally(3, 3, 0, 0, 0)), Verdict::Passed, "nobody is left to object");
    assert_eq!(
        missing(&consent(), &tally(30, 0, 0, 0, 1)).as_deref(),
        Some("It is blocked by an objection until that is withdrawn.")
    );
}

#[test]
fn a_majority_is_more_than_half_of_those_who_say_yes_or_no() {
    assert_eq!(in_the_end(&majority(), tally(50, 3, 2, 9, 0)), Verdict::Passed);
    assert_eq!(
        in_the_end(&majority(), tally(50, 3, 3, 9, 0)),
        failed("It needed more than half of the votes in favour: 3 were for it and 3 against.")
    );
    assert_eq!(in_the_end(&two_thirds(), tally(50, 4, 2, 0, 0)), Verdict::Passed);
    assert_eq!(in_the_end(&majority(), tally(50, 0, 0, 9, 0)), failed("Nobody spoke in favour."));
}

#[test]
fn a_quorum_counts_those_who_abstain_and_never_asks_for_more_than_there_are() {
    assert_eq!(in_the_end(&majority(), tally(80, 4, 0, 0, 0)), failed("Only 4 voted; at least 8 had to."));
    assert_eq!(in_the_end(&majority(), tally(80, 4, 0, 4, 0)), Verdict::Passed);
    assert_eq!(in_the_end(&majority(), tally(2, 2, 0, 0, 0)), Verdict::Passed, "a club of two can decide");
    assert_eq!(
        missing(&majority(), &tally(80, 4, 0, 0, 0)).as_deref(),
        Some("4 more must vote: 4 have, and at least 8 are needed.")
    );
}

#[test]
fn an_early_vote_is_settled_when_those_who_are_left_cannot_change_it() {
    assert_eq!(at_first(&majority(), tally(9, 5, 0, 0, 0)), Verdict::Passed);
    assert!(matches!(at_first(&majority(), tally(9, 4, 0, 0, 0)), Verdict::Open { .. }));
    assert!(matches!(at_first(&majority(), tally(10, 1, 5, 0, 0)), Verdict::Failed { .. }));
    assert!(
        matches!(at_first(&majority(), tally(10, 5, 0, 0, 0)), Verdict::Open { .. }),
        "a tie is possible"
    );
}

#[test]
fn two_signatures_settle_at_once_and_one_person_cannot_give_both() {
    assert!(matches!(at_first(&two_signatures(), tally(3, 1, 0, 0, 0)), Verdict::Open { .. }));
    assert_eq!(at_first(&two_signatures(), tally(3, 2, 0, 0, 0)), Verdict::Passed);
    assert_eq!(
        at_first(&two_signatures(), tally(1, 1, 0, 0, 0)),
        failed("It needed 2 in favour, and only 1 could vote; 1 agreed.")
    );
}

#[test]
fn what_is_done_at_once_needs_no_vote() {
    assert_eq!(at_first(Procedure::at_once(), Tally::default()), Verdict::Passed);
    assert_eq!(missing(Procedure::at_once(), &Tally::default()), None);
}

#[test]
fn members_are_offered_the_choices_that_count() {
    assert_eq!(consent().choices(), [Choice::Yes, Choice::Abstain, Choice::Object]);
    assert_eq!(majority().choices(), [Choice::Yes, Choice::No, Choice::Abstain]);
}

/// Any procedure that passes its own check.
fn sane() -> impl Strategy<Value = Procedure> {
    let share = (1_u32..=6, 1_u32..=6).prop_map(|(a, b)| Share::new(a.min(b), a.max(b)));
    let quorum = (proptest::option::of(share.clone()), 0_u32..6)
        .prop_map(|(of_electorate, at_least)| Quorum { of_electorate, at_least });
    let yes_share =
        proptest::option::of((share, any::<bool>()).prop_map(|(share, strict)| YesShare { share, strict }));
    (quorum, yes_share, 0_u32..4, proptest::option::of(1_u32..3), any::<bool>(), any::<bool>())
        .prop_map(|(quorum, yes_share, yes_at_least, objections_block, silence_passes, early)| Procedure {
            quorum,
            yes_share,
            yes_at_least,
            objections_block,
            silence_passes,
            early,
            ..nothing_special()
        })
        .prop_filter("sane", |procedure| procedure.problems().is_empty())
}

fn ballots(most: usize) -> impl Strategy<Value = Vec<Choice>> {
    proptest::collection::vec(proptest::sample::select(&Choice::ALL[..]), 0..=most)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_order_of_ballots_makes_no_difference(
        procedure in sane(),
        (cast, shuffled) in ballots(12).prop_flat_map(|cast| (Just(cast.clone()), Just(cast).prop_shuffle())),
    ) {
        prop_assert_eq!(
            in_the_end(&procedure, Tally::of(12, cast)),
            in_the_end(&procedure, Tally::of(12, shuffled))
        );
    }

    #[test]
    fn every_vote_ends_at_its_deadline_and_not_a_moment_later(procedure in sane(), cast in ballots(12)) {
        let tally = Tally::of(12, cast);
        let before = standing(&procedure, &tally, OPENED, Moment(closes(&procedure).0 - 1));
        let at = in_the_end(&procedure, tally);
        prop_assert!(!matches!(at, Verdict::Open { .. }), "still open");
        prop_assert!(
            matches!(before, Verdict::Open { .. }) || (before == Verdict::Passed) == (at == Verdict::Passed),
            "settled early means settled for good"
        );
        prop_assert_eq!(missing(&procedure, &tally).is_none(), at == Verdict::Passed);
    }

    #[test]
    fn another_yes_or_a_change_of_mind_towards_yes_never_hurts(procedure in sane(), cast in ballots(11)) {
        let before = in_the_end(&procedure, Tally::of(12, cast.clone()));
        let with_one_more = Tally::of(12, cast.iter().copied().chain([Choice::Yes]));
        let with_last_turned = Tally::of(12, cast.iter().copied().skip(1).chain(cast.first().map(|_| Choice::Yes)));
        if before == Verdict::Passed {
            prop_assert_eq!(in_the_end(&procedure, with_one_more), Verdict::Passed);
            prop_assert_eq!(in_the_end(&procedure, with_last_turned), Verdict::Passed);
        }
    }

    #[test]
    fn a_vote_settled_early_ends_the_same_whatever_the_rest_do(
        procedure in sane(),
        cast in ballots(6),
        rest in ballots(6),
    ) {
        let early = at_first(&procedure, Tally::of(12, cast.clone()));
        let finally = in_the_end(&procedure, Tally::of(12, cast.into_iter().chain(rest)));
        match early {
            Verdict::Open { .. } => {}
            Verdict::Passed => prop_assert_eq!(finally, Verdict::Passed),
            Verdict::Failed { .. } => {
                prop_assert!(matches!(finally, Verdict::Failed { .. }), "{:?}", finally);
            }
        }
    }

    #[test]
    fn a_vote_is_settled_early_exactly_when_nothing_that_the_rest_can_do_changes_it(
        procedure in sane(),
        cast in ballots(4),
    ) {
        let electorate = 6;
        let now = Tally::of(electorate, cast.clone());
        // Every way in which those who are left can vote or stay away, one by one.
        let mut ends = vec![now];
        for _ in 0..now.outstanding() {
            let more = ends.iter().flat_map(|tally| {
                Choice::ALL.into_iter().map(|choice| {
                    let added = Tally::of(0, [choice]);
                    Tally {
                        electorate,
                        yes: tally.yes + added.yes,
                        no: tally.no + added.no,
                        abstain: tally.abstain + added.abstain,
                        objections: tally.objections + added.objections,
                    }
                })
            });
            ends = ends.iter().copied().chain(more).collect();
            ends.sort_by_key(|it| (it.yes, it.no, it.abstain, it.objections));
            ends.dedup();
        }
        let passes = |tally: &Tally| in_the_end(&procedure, *tally) == Verdict::Passed;
        let (all, none) = (ends.iter().all(passes), !ends.iter().any(passes));
        // Objections may be met until the end, so what they block is never settled early.
        let blocked = procedure.objections_block.is_some_and(|enough| now.objections >= enough);
        let early = Procedure { early: true, ..procedure.clone() };
        match at_first(&early, now) {
            Verdict::Passed => prop_assert!(all),
            Verdict::Failed { .. } => prop_assert!(none),
            Verdict::Open { .. } => prop_assert!(blocked || !(all || none), "{:?} {:?}", now, early),
        }
        // Where the procedure does not say that votes are final, nothing is settled before its time.
        let kept = at_first(&Procedure { early: false, ..procedure.clone() }, now);
        prop_assert!(matches!(kept, Verdict::Open { .. }), "{:?}", kept);
    }
}
