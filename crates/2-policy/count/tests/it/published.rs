//! Published ballots that lie in the project give the published outcome; broken files are refused where they are broken.

use planet_count::file::{blt, pabulib};
use planet_count::meek::meek;
use planet_count::scottish::scottish;
use planet_count::{Candidate, Lot};

const NIX: &str = include_str!("../data/votes/nixos2025/opavote-ballots-5.blt");
const ANNOUNCED: [&str; 5] = ["JulienMalka", "K900", "cafkafk", "philiptaron", "tomberek"];

#[test]
fn the_nix_committee_of_2025_is_elected_by_both_rules() {
    let election = blt::read(NIX).unwrap();
    assert_eq!((election.names.len(), election.seats, election.ballots.len()), (24, 5, 443));
    let names = |elected: Vec<Candidate>| {
        let mut names: Vec<&str> =
            elected.iter().map(|Candidate(at)| election.names[usize::from(*at)].as_str()).collect();
        names.sort_unstable();
        names
    };
    let lot = Lot::published(24);
    assert_eq!(names(meek(24, 5, &election.ballots, &lot).unwrap().elected), ANNOUNCED);
    assert_eq!(names(scottish(24, 5, &election.ballots, &lot).unwrap().elected), ANNOUNCED);
}

#[test]
fn a_file_cut_off_anywhere_is_refused_and_never_counted_as_if_it_were_whole() {
    for end in (0..NIX.len() - 30).step_by(97) {
        let Some(part) = NIX.get(..end) else { continue };
        // Names may be short when only the title is missing; before that nothing passes.
        assert!(blt::read(part).is_err(), "cut at {end}");
    }
}

#[test]
fn a_budget_file_is_refused_at_the_line_that_is_wrong() {
    let file = |rows: &str, votes: &str| {
        format!(
            "META\nkey;value\nbudget;100.5\nvote_type;approval\nPROJECTS\nproject_id;cost;votes;selected\n{rows}VOTES\nvoter_id;vote\n{votes}"
        )
    };
    let good = pabulib::read(&file("1;60;2;1\n2;50.25;1;0\n", "a;1,2\nb;1\n")).unwrap();
    assert_eq!((good.budget, good.projects[Candidate(1)].cost, good.ballots.len()), (10_050, 5_025, 2));
    for (rows, votes, line) in [
        ("1;sixty;2;1\n", "a;1\n", 7),
        ("1;60;two;1\n", "a;1\n", 7),
        ("1;60\n", "a;1\n", 7),
        ("1;60;2;1\n", "a;9\n", 10),
        ("1;60;2;1\n", "a\n", 10),
    ] {
        assert_eq!(pabulib::read(&file(rows, votes)).unwrap_err().line, line, "{rows}{votes}");
    }
    assert!(pabulib::read("").is_err());
}
