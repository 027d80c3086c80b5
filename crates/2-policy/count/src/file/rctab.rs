//! Cast-vote records as `RCTab` reads them from spreadsheets: one row a ballot, one column a rank. Taking the spreadsheet apart is for
//! whoever calls this.

use crate::ballot::{Ballot, Candidate, Mark};

/// The words that stand for what is not a candidate.
#[derive(Clone, Debug)]
pub struct Labels {
    /// A rank without a mark.
    pub undervote: String,
    /// A rank with several marks.
    pub overvote: String,
    /// Somebody who does not stand.
    pub write_in: String,
}

/// A ballot from its cells, rank by rank. Candidates are found by name; `write_ins` counts for all who do not stand.
pub fn ballot<'c>(
    cells: impl IntoIterator<Item = &'c str>,
    names: &[String],
    write_ins: Candidate,
    labels: &Labels,
) -> Ballot {
    let mut marks = Vec::new();
    for (rank, cell) in (1..).zip(cells) {
        let cell = cell.trim();
        if cell.is_empty() || cell == labels.undervote {
            continue;
        }
        let candidate = if cell == labels.overvote {
            Candidate::UNREADABLE
        } else {
            let known = Candidate::all(names.len()).zip(names).find(|(_, name)| name.trim() == cell);
            known.map_or(write_ins, |(candidate, _)| candidate)
        };
        marks.push(Mark { rank, candidate });
    }
    Ballot::new(1, marks)
}
