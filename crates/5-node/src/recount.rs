//! `planet recount`: counts a published vote twice, by two codes that share nothing but the reading of the file, and compares both
//! with the outcome that the file states. It opens no database and asks nobody.

use crate::errors::{BROKEN, NodeError};
use planet_count::again;
use planet_count::secret;
use planet_count::vote::BallotFile;
use planet_ontology::hex;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

/// The most bytes of a file of ballots.
const MOST: u64 = 1024 * 1024 * 1024;

/// Counts again and says whether all agree.
pub fn recount(path: PathBuf) -> Result<ExitCode, NodeError> {
    let broken = |error| NodeError::File { path: path.clone(), error };
    if fs::metadata(&path).map_err(broken)?.len() > MOST {
        return Err(NodeError::Other(format!("{} is too large to be a file of ballots.", path.display())));
    }
    let text = fs::read_to_string(&path).map_err(broken)?;
    let file: BallotFile = serde_json::from_str(&text)
        .map_err(|error| NodeError::Other(format!("{} is no file of ballots: {error}.", path.display())))?;
    // Of a large vote the text alone is hundreds of megabytes.
    drop(text);
    println!("{} options, {} ballots.", file.vote.options.len(), file.vote.ballots.len());
    if !file.through.is_empty() {
        println!("{} of them were cast by somebody whom the member had named.", file.through.len());
    }
    if let Some(sealed) = &file.secret {
        match secret::check(&file, sealed) {
            Ok(told) => println!("{told}"),
            Err(wrong) => {
                println!("{wrong}");
                return Ok(ExitCode::from(BROKEN));
            }
        }
    }
    match compare(&file) {
        Ok(winners) => {
            println!("Chosen: {winners}");
            println!("Both counts agree with the published outcome.");
            Ok(ExitCode::SUCCESS)
        }
        Err(difference) => {
            println!("{difference}");
            Ok(ExitCode::from(BROKEN))
        }
    }
}

/// The winners, if all agree; otherwise what differs, in a sentence.
pub fn compare(file: &BallotFile) -> Result<String, String> {
    let seed = hex::encode(&file.vote.seed());
    if seed != file.seed || seed != hex::encode(&again::seed(&file.vote)) {
        return Err(format!(
            "The seed of the lot differs: the file says {}, and its ballots give {seed}.",
            file.seed
        ));
    }
    let names = |winners: &[u16]| {
        let option = |number: &u16| file.vote.options.get(usize::from(*number)).map(|it| it.title.clone());
        let titles: Vec<String> = winners.iter().filter_map(option).collect();
        if titles.is_empty() { "nothing".to_owned() } else { titles.join(", ") }
    };
    file.check_through()?;
    let stated = &file.outcome.winners;
    let first = file.vote.count().map_err(|error| format!("The first count refuses: {error}"))?;
    if first.winners != *stated {
        return Err(format!(
            "The first count differs: the file says {}, and it finds {}.",
            names(stated),
            names(&first.winners)
        ));
    }
    if first.steps != file.outcome.steps {
        return Err("The winners agree, but the steps in the file are not those of the count.".to_owned());
    }
    let second = again::count(&file.vote).map_err(|error| format!("The second count refuses: {error}"))?;
    if second != *stated {
        return Err(format!(
            "The second count differs: the file says {}, and it finds {}.",
            names(stated),
            names(&second)
        ));
    }
    Ok(names(stated))
}

#[cfg(test)]
mod tests {
    use super::*;
    use planet_count::vote::{Choice, Method, Slip, Vote};
    use std::collections::BTreeMap;

    fn file() -> BallotFile {
        let choice = |title: &str| Choice { title: title.into(), cost: 0 };
        let slip = |id: &str, marks: &[(u16, u32)]| Slip { id: id.into(), marks: marks.to_vec() };
        let mut vote = Vote {
            id: "vote".into(),
            method: Method::Schulze,
            seats: 1,
            options: ["red", "green"].map(choice).into(),
            ballots: vec![slip("ada", &[(0, 1)]), slip("ben", &[(1, 1)]), slip("cam", &[(0, 2), (1, 1)])],
        };
        vote.sort();
        BallotFile {
            seed: hex::encode(&vote.seed()),
            outcome: vote.count().unwrap(),
            vote,
            secret: None,
            through: BTreeMap::new(),
        }
    }

    #[test]
    fn what_was_published_as_it_is_counts_again() {
        assert_eq!(compare(&file()), Ok("green".into()));
    }

    #[test]
    fn whatever_was_changed_is_named() {
        let mut other = file();
        other.outcome.winners = vec![0];
        assert!(compare(&other).unwrap_err().contains("says red, and it finds green"));
        let mut other = file();
        other.vote.ballots.pop();
        assert!(compare(&other).unwrap_err().starts_with("The seed"));
        let mut other = file();
        other.through = BTreeMap::from([("cam".into(), "ada".into())]);
        assert!(
            compare(&other).unwrap_err().contains("cam is said to be cast by ada, and says something else")
        );
        let mut other = file();
        other.outcome.steps.clear();
        assert!(compare(&other).unwrap_err().contains("steps"));
    }

    #[test]
    fn ballots_that_nobody_could_have_cast_are_named() {
        // Twice in the box, with the same words and with others.
        let twice: [&[(u16, u32)]; 2] = [&[(0, 1)], &[(1, 1)]];
        // More than the rule takes, an option twice, one that there is not, ranks with a gap.
        let wrong: [&[(u16, u32)]; 4] = [&[(0, 3)], &[(0, 1), (0, 2)], &[(7, 1)], &[(0, 2)]];
        let cases = twice.map(|marks| (marks, true)).into_iter().chain(wrong.map(|marks| (marks, false)));
        for (marks, beside) in cases {
            // Whoever tampers makes everything else fit as far as it can be made.
            let mut other = file();
            if !beside {
                other.vote.ballots.retain(|slip| slip.id != "ada");
            }
            other.vote.ballots.push(Slip { id: "ada".into(), marks: marks.to_vec() });
            other.vote.sort();
            other.seed = hex::encode(&other.vote.seed());
            let told = if beside {
                "\u{201c}ada\u{201d} is there twice"
            } else {
                "\u{201c}ada\u{201d} breaks the rule"
            };
            let difference = compare(&other).unwrap_err();
            assert!(difference.contains(told), "{marks:?}: {difference}");
        }
    }

    #[test]
    fn a_file_that_ends_too_early_is_no_file_of_ballots_wherever_it_was_cut() {
        let whole = serde_json::to_string(&file()).unwrap();
        let path = std::env::temp_dir().join(format!("planet-recount-{}.json", std::process::id()));
        for length in (0..whole.len()).step_by(7) {
            fs::write(&path, &whole[..length]).unwrap();
            let refused = recount(path.clone()).unwrap_err().to_string();
            assert!(refused.contains("is no file of ballots"), "cut at {length}: {refused}");
        }
        fs::write(&path, &whole).unwrap();
        assert_eq!(format!("{:?}", recount(path.clone()).unwrap()), format!("{:?}", ExitCode::SUCCESS));
        fs::remove_file(path).unwrap();
    }
}
