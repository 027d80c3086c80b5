//! Where a vote stands: a pure function of its procedure, its tally and the time. Says nothing about who voted how.
//!
//! Source: the project's notes on governance, chapter 5 (consent, majority, supermajority, quorum).

use crate::measure::Share;
use crate::procedure::{Procedure, YesShare};
use planet_ontology::units::Moment;
use serde::{Deserialize, Serialize};

/// What a member can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Choice {
    /// In favour; also: no objection.
    Yes,
    /// Against.
    No,
    /// Takes part without a preference.
    Abstain,
    /// Against, with an argument; may block.
    Object,
}

impl Choice {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Yes, Self::No, Self::Abstain, Self::Object];

    /// The word used in tables, forms and the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Abstain => "abstain",
            Self::Object => "object",
        }
    }

    /// The choice of a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.word() == word)
    }
}

/// What was said so far. One member, one ballot: there are no weights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How many may vote: those who were there when it opened.
    pub electorate: u32,
    /// In favour.
    pub yes: u32,
    /// Against.
    pub no: u32,
    /// Without a preference.
    pub abstain: u32,
    /// Against, with an argument.
    pub objections: u32,
}

impl Tally {
    /// Counts ballots. Their order makes no difference.
    pub fn of(electorate: u32, ballots: impl IntoIterator<Item = Choice>) -> Self {
        ballots.into_iter().fold(Self { electorate, ..Self::default() }, |mut tally, choice| {
            let count = match choice {
                Choice::Yes => &mut tally.yes,
                Choice::No => &mut tally.no,
                Choice::Abstain => &mut tally.abstain,
                Choice::Object => &mut tally.objections,
            };
            *count = count.saturating_add(1);
            tally
        })
    }

    /// How many have voted.
    pub const fn ballots(&self) -> u32 {
        self.yes.saturating_add(self.against()).saturating_add(self.abstain)
    }

    /// How many are against, with or without an argument.
    pub const fn against(&self) -> u32 {
        self.no.saturating_add(self.objections)
    }

    /// How many could still vote.
    pub const fn outstanding(&self) -> u32 {
        self.electorate.saturating_sub(self.ballots())
    }
}

/// Where a vote stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Not decided yet.
    Open {
        /// When it closes.
        closes: Moment,
    },
    /// Decided in favour.
    Passed,
    /// Decided against.
    Failed {
        /// Why, in a sentence.
        why: String,
    },
}

impl Procedure {
    /// What members can say under this procedure. Where objections block, a bare no would change nothing unless
    /// yes needs a share.
    pub fn choices(&self) -> &'static [Choice] {
        match (self.objections_block.is_some(), self.yes_share.is_some()) {
            (true, true) => &Choice::ALL,
            (true, false) => &[Choice::Yes, Choice::Abstain, Choice::Object],
            (false, _) => &[Choice::Yes, Choice::No, Choice::Abstain],
        }
    }
}

/// Where a vote stands at this moment.
///
/// A procedure that settles early does so when those who have not voted cannot change the outcome any more; that
/// those who have voted could change their minds is then given up. Objections are different: they may be met and
/// withdrawn until the end, so they never settle a vote early.
pub fn standing(procedure: &Procedure, tally: &Tally, opened: Moment, now: Moment) -> Verdict {
    if procedure.at_once {
        return Verdict::Passed;
    }
    let closes = opened.plus_seconds(procedure.open_for.0);
    let lacks = lacking(procedure, tally);
    if now >= closes {
        return lacks.map_or(Verdict::Passed, |lack| Verdict::Failed { why: lack.in_the_end() });
    }
    if procedure.early {
        if is_certain(procedure, tally) {
            return Verdict::Passed;
        }
        let everybody_else_agrees = Tally { yes: tally.yes.saturating_add(tally.outstanding()), ..*tally };
        match lacking(procedure, &everybody_else_agrees) {
            None | Some(Lack::Blocked { .. }) => {}
            Some(lack) => return Verdict::Failed { why: lack.in_the_end() },
        }
    }
    Verdict::Open { closes }
}

/// What an open vote still needs, in a sentence; nothing, if it would pass as it stands.
pub fn missing(procedure: &Procedure, tally: &Tally) -> Option<String> {
    if procedure.at_once {
        return None;
    }
    lacking(procedure, tally).map(|lack| lack.for_now())
}

/// Whether it passes whatever those do who have not voted yet: each may object, or stay away.
fn is_certain(procedure: &Procedure, tally: &Tally) -> bool {
    let everybody_else_objects =
        Tally { objections: tally.objections.saturating_add(tally.outstanding()), ..*tally };
    lacking(procedure, tally).is_none() && lacking(procedure, &everybody_else_objects).is_none()
}

/// The first thing that keeps a vote from passing.
enum Lack {
    /// Blocked by objections.
    Blocked { objections: u32 },
    /// Too few took part.
    Quorum { needed: u32, ballots: u32 },
    /// Too few agree.
    Yes { needed: u32, yes: u32, electorate: u32 },
    /// Yes is too small a part.
    Share { wanted: YesShare, yes: u32, against: u32 },
    /// Nobody said yes.
    Silence,
}

/// What keeps a vote from passing, if it ended with this tally.
fn lacking(procedure: &Procedure, tally: &Tally) -> Option<Lack> {
    let (yes, against, ballots) = (tally.yes, tally.against(), tally.ballots());
    if procedure.objections_block.is_some_and(|enough| tally.objections >= enough) {
        return Some(Lack::Blocked { objections: tally.objections });
    }
    let needed = procedure.quorum.needed(tally.electorate);
    if ballots < needed {
        return Some(Lack::Quorum { needed, ballots });
    }
    let needed = procedure.yes_at_least;
    if yes < needed {
        return Some(Lack::Yes { needed, yes, electorate: tally.electorate });
    }
    if yes == 0 && against == 0 {
        return (!procedure.silence_passes).then_some(Lack::Silence);
    }
    match procedure.yes_share {
        Some(wanted) if !wanted.share.is_met(yes, yes.saturating_add(against), wanted.strict) => {
            Some(Lack::Share { wanted, yes, against })
        }
        None if yes == 0 && !procedure.silence_passes => Some(Lack::Silence),
        _ => None,
    }
}

impl Lack {
    /// Why it failed.
    fn in_the_end(&self) -> String {
        match self {
            Self::Blocked { objections: 1 } => "There is an objection.".into(),
            Self::Blocked { objections } => format!("There are {objections} objections."),
            Self::Quorum { needed, ballots } => {
                format!("Only {ballots} voted; at least {needed} had to.")
            }
            Self::Yes { needed, yes, electorate } if electorate < needed => {
                format!("It needed {needed} in favour, and only {electorate} could vote; {yes} agreed.")
            }
            Self::Yes { needed, yes, .. } => format!("It needed {needed} in favour; {yes} agreed."),
            Self::Share { wanted, yes, against } => {
                format!("It needed {} in favour: {yes} were for it and {against} against.", told(*wanted))
            }
            Self::Silence => "Nobody spoke in favour.".into(),
        }
    }

    /// What it still needs.
    fn for_now(&self) -> String {
        match self {
            Self::Blocked { objections: 1 } => {
                "It is blocked by an objection until that is withdrawn.".into()
            }
            Self::Blocked { objections } => {
                format!("It is blocked by {objections} objections until they are withdrawn.")
            }
            Self::Quorum { needed, ballots } => {
                let more = needed.saturating_sub(*ballots);
                format!("{more} more must vote: {ballots} have, and at least {needed} are needed.")
            }
            Self::Yes { needed, yes, electorate } if electorate < needed => {
                format!("It needs {needed} in favour, and only {electorate} can vote; {yes} agreed so far.")
            }
            Self::Yes { needed, yes, .. } => {
                let more = needed.saturating_sub(*yes);
                format!("{more} more must agree: {yes} of {needed} have.")
            }
            Self::Share { wanted, yes, against } => {
                format!(
                    "It needs {} in favour: {yes} are for it and {against} against so far.",
                    told(*wanted)
                )
            }
            Self::Silence => "Somebody has to speak in favour.".into(),
        }
    }
}

/// A wanted share in words: “more than half of the votes”.
fn told(wanted: YesShare) -> String {
    match wanted {
        YesShare { share: Share { parts, of }, .. } if parts == of => "all votes".into(),
        YesShare { share, strict: true } => format!("more than {share} of the votes"),
        YesShare { share, strict: false } => format!("at least {share} of the votes"),
    }
}
