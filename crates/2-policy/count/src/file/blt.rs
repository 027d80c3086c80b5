//! BLT: candidates and seats, a line for each ballot (`weight preference … 0`), a line `0`, names, title.

use super::FileError;
use crate::ballot::{Ballot, Candidate};

/// An election as a BLT file tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Election {
    /// Seats to fill.
    pub seats: usize,
    /// Who stands, with runs of blanks squeezed.
    pub names: Vec<String>,
    /// The ballots.
    pub ballots: Vec<Ballot>,
    /// What it is called.
    pub title: String,
}

/// Reads a file.
///
/// # Errors
/// The first line that is not as it should be: truncated, a number that is none, a preference that nobody has.
pub fn read(text: &str) -> Result<Election, FileError> {
    let mut lines = (1..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty());
    let mut next =
        |what: &str| lines.next().ok_or_else(|| FileError::at(0, format!("The file ends before {what}.")));
    let (at, head) = next("the number of candidates")?;
    let (count, seats) = head
        .split_once(char::is_whitespace)
        .and_then(|(count, seats)| Some((count.parse::<u16>().ok()?, seats.trim().parse::<usize>().ok()?)))
        .ok_or_else(|| FileError::at(at, "Two numbers were expected: candidates and seats."))?;
    let mut ballots = Vec::new();
    loop {
        let (at, line) = next("the line 0 that ends the ballots")?;
        if line == "0" {
            break;
        }
        ballots.push(ballot(at, line, count)?);
    }
    let mut names = Vec::with_capacity(usize::from(count));
    for _ in 0..count {
        names.push(unquoted(next("all candidates have names")?.1));
    }
    let title = next("its title").map(|(_, line)| unquoted(line)).unwrap_or_default();
    Ok(Election { seats, names, ballots, title })
}

fn ballot(at: usize, line: &str, count: u16) -> Result<Ballot, FileError> {
    let wrong = |why: String| FileError::at(at, why);
    let mut numbers = line
        .split_whitespace()
        .map(|word| word.parse::<u32>().map_err(|_| FileError::at(at, format!("“{word}” is not a number."))));
    let weight = numbers.next().transpose()?.ok_or_else(|| wrong("A ballot needs a weight.".into()))?;
    let mut order = Vec::new();
    for number in numbers {
        match number? {
            0 => return Ok(Ballot::ranking(order).times(weight)),
            number => {
                let place = u16::try_from(number - 1).ok().filter(|place| *place < count);
                order.push(Candidate(
                    place.ok_or_else(|| {
                        wrong(format!("There is no candidate {number}; there are {count}."))
                    })?,
                ));
            }
        }
    }
    Err(wrong("A ballot ends with 0.".into()))
}

fn unquoted(line: &str) -> String {
    line.trim_matches('"').split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_and_a_broken_one_is_refused_at_its_line() {
        let text = "3 1\n4 1 2 0\n2 3 0\n1 0\n0\n\"Ann\"\n\"Ben   Cole\"\n\"Cy\"\n\"A vote\"\n";
        let election = read(text).unwrap();
        assert_eq!((election.seats, election.ballots.len(), election.title.as_str()), (1, 3, "A vote"));
        assert_eq!(election.names, ["Ann", "Ben Cole", "Cy"]);
        assert_eq!(election.ballots[0], Ballot::ranking([Candidate(0), Candidate(1)]).times(4));
        for (broken, line) in [
            ("3", 1),
            ("3 1\n1 4 0\n0", 2),
            ("3 1\n1 2\n0", 2),
            ("3 1\n1 x 0\n0", 2),
            ("3 1\n1 2 0\n", 0),
            ("3 1\n1 2 0\n0\n\"Ann\"\n", 0),
        ] {
            assert_eq!(read(broken).unwrap_err().line, line, "{broken:?}");
        }
    }
}
