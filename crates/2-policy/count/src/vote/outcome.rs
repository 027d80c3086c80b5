//! The outcome of a vote between options, with the steps that led to it, whatever the method was.

use super::{HIGHEST, Method, Slip, Vote};
use crate::ballot::{Ballot, Candidate, CountError, Mark, Per, check};
use crate::budget::{Greedy, Project, Skipping, Support, equal_shares, greedy, tally};
use crate::irv::{Rules, irv};
use crate::lot::Lot;
use crate::meek::{self, meek};
use crate::schulze::schulze;
use crate::scottish::{self, Action, scottish};
use crate::sums::{Points, Rule, ScoreBy, Unmarked, sums};
use serde::{Deserialize, Serialize};

/// What was chosen, and how it came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The options that won, by number, in the order in which they did.
    pub winners: Vec<u16>,
    /// The count, step by step.
    pub steps: Vec<Step>,
}

/// What a step is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Steps {
    /// The points of all.
    Points,
    /// How many others each beats, in pairs.
    Pairs,
    /// First preferences, or where ballots count now.
    Round,
    /// What somebody had too much goes on.
    Surplus,
    /// The last goes.
    Exclusion,
    /// Projects that are paid for.
    Funded,
    /// The lot.
    Drawn,
    /// Whoever is left takes the seats that are left.
    Rest,
}

/// What somebody has after a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// The option.
    pub option: u16,
    /// Points or votes; with decimals where the rule has them.
    pub votes: String,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What was done.
    pub about: Steps,
    /// To whom: who goes, whose surplus goes on.
    pub of: Vec<u16>,
    /// Where everybody stands.
    pub votes: Vec<Tally>,
    /// What elects, where there is such a number.
    pub needed: Option<String>,
    /// Who was chosen by it.
    pub elected: Vec<u16>,
    /// Whether a tie was broken by the lot.
    pub by_lot: bool,
    /// Whether a tie was broken by who had more, or less, at an earlier step.
    pub earlier: bool,
}

impl Step {
    fn new(about: Steps, votes: impl IntoIterator<Item = (Candidate, String)>) -> Self {
        let votes = votes.into_iter().map(|(option, votes)| Tally { option: option.0, votes }).collect();
        let (of, elected) = (Vec::new(), Vec::new());
        Self { about, of, votes, needed: None, elected, by_lot: false, earlier: false }
    }
}

fn numbers(candidates: &[Candidate]) -> Vec<u16> {
    candidates.iter().map(|candidate| candidate.0).collect()
}

/// Counts by the method. The ballots are in their one form (see [`Method::read`]).
pub fn count(vote: &Vote) -> Result<Outcome, CountError> {
    let count = vote.options.len();
    let seats = if vote.method.one_seat() { 1 } else { usize::from(vote.seats) };
    check(count, seats, &[])?;
    let titles: Vec<String> = vote.options.iter().map(|option| option.title.clone()).collect();
    let lot = Lot::drawn(&vote.seed(), &titles);
    match vote.method {
        Method::Schulze | Method::Irv | Method::Scottish | Method::Meek => ranked(vote, count, seats, &lot),
        Method::Greedy { budget } => Ok(by_points(vote, budget)),
        Method::EqualShares { budget, unit } => Ok(by_shares(vote, budget, unit)),
        Method::Lot => Ok(drawn(count, seats, &lot)),
        Method::Approval | Method::Score | Method::Dots { .. } | Method::Quadratic { .. } => {
            summed(vote, count, seats, &lot)
        }
    }
}

fn summed(vote: &Vote, count: usize, seats: usize, lot: &Lot) -> Result<Outcome, CountError> {
    let rule = match vote.method {
        Method::Score => Rule::Score { most: HIGHEST, by: ScoreBy::Mean, unmarked: Unmarked::Zero },
        Method::Dots { dots } => Rule::Dots { budget: dots },
        Method::Quadratic { credits } => Rule::Quadratic { credits },
        _ => Rule::Approval,
    };
    let ballots: Vec<Points> = vote
        .ballots
        .iter()
        .map(|slip| slip.marks.iter().map(|(option, value)| (Candidate(*option), *value)).collect())
        .collect();
    let done = sums(count, seats, &ballots, rule, lot)?;
    let winners = numbers(&done.winners);
    let votes = done.standings.iter().map(|(option, standing)| (option, standing.sum.to_string()));
    let step = Step { elected: winners.clone(), by_lot: done.by_lot, ..Step::new(Steps::Points, votes) };
    Ok(Outcome { winners, steps: vec![step] })
}

fn ranking(slip: &Slip) -> Ballot {
    let marks = slip.marks.iter().map(|(option, rank)| Mark {
        rank: u16::try_from(*rank).unwrap_or(u16::MAX),
        candidate: Candidate(*option),
    });
    Ballot::new(1, marks.collect())
}

fn ranked(vote: &Vote, count: usize, seats: usize, lot: &Lot) -> Result<Outcome, CountError> {
    let ballots: Vec<Ballot> = vote.ballots.iter().map(ranking).collect();
    match vote.method {
        Method::Schulze => in_pairs(count, &ballots, lot),
        Method::Irv => run_off(count, &ballots, lot),
        Method::Meek => by_meek(count, seats, &ballots, lot),
        _ => by_stages(count, seats, &ballots, lot),
    }
}

fn in_pairs(count: usize, ballots: &[Ballot], lot: &Lot) -> Result<Outcome, CountError> {
    let done = schulze(count, ballots, lot)?;
    let beats = |one: Candidate| {
        Candidate::all(count).filter(|other| done.path[one][*other] > done.path[*other][one]).count()
    };
    let votes: Vec<_> = Candidate::all(count).map(|one| (one, beats(one).to_string())).collect();
    let winners = vec![done.winner.0];
    let by_lot = done.unbeaten.len() > 1;
    let of = numbers(&done.unbeaten);
    let step = Step { of, elected: winners.clone(), by_lot, ..Step::new(Steps::Pairs, votes) };
    Ok(Outcome { winners, steps: vec![step] })
}

fn run_off(count: usize, ballots: &[Ballot], lot: &Lot) -> Result<Outcome, CountError> {
    let done = irv(count, ballots, Rules::default(), lot)?;
    let winners = vec![done.winner.0];
    let last = done.rounds.len().saturating_sub(1);
    let steps = done.rounds.iter().enumerate().map(|(number, round)| {
        let votes = round.votes.iter().map(|(option, votes)| (*option, votes.to_string()));
        Step {
            of: numbers(&round.excluded),
            needed: Some(round.threshold.to_string()),
            elected: if number == last { winners.clone() } else { Vec::new() },
            by_lot: round.by_lot,
            ..Step::new(if round.excluded.is_empty() { Steps::Round } else { Steps::Exclusion }, votes)
        }
    });
    Ok(Outcome { steps: steps.collect(), winners })
}

fn by_stages(count: usize, seats: usize, ballots: &[Ballot], lot: &Lot) -> Result<Outcome, CountError> {
    let done = scottish(count, seats, ballots, lot)?;
    let mut steps: Vec<Step> = done
        .stages
        .iter()
        .map(|stage| {
            let (about, of, tie) = match &stage.action {
                Action::FirstPreferences => (Steps::Round, Vec::new(), None),
                Action::Surplus { of, tie, .. } => (Steps::Surplus, vec![of.0], tie.as_ref()),
                Action::Exclusion { of, tie } => (Steps::Exclusion, vec![of.0], tie.as_ref()),
            };
            let votes = stage.votes.iter().map(|(option, votes)| (option, votes.to_string()));
            Step {
                of,
                needed: Some(done.quota.to_string()),
                elected: numbers(&stage.elected),
                by_lot: tie == Some(&scottish::Tie::Lot),
                earlier: matches!(tie, Some(scottish::Tie::EarlierStage(_))),
                ..Step::new(about, votes)
            }
        })
        .collect();
    rest(&mut steps, &done.elected);
    Ok(Outcome { winners: numbers(&done.elected), steps })
}

fn by_meek(count: usize, seats: usize, ballots: &[Ballot], lot: &Lot) -> Result<Outcome, CountError> {
    let done = meek(count, seats, ballots, lot)?;
    // Six of the twelve decimals are enough to read.
    let told = |votes: i128| {
        let millionths = votes / (meek::ONE / 1_000_000);
        format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000)
    };
    let mut steps: Vec<Step> = done
        .rounds
        .iter()
        .map(|round| Step {
            of: round.excluded.iter().map(|option| option.0).collect(),
            needed: Some(told(round.quota)),
            elected: numbers(&round.elected),
            by_lot: round.by_lot,
            ..Step::new(
                if round.excluded.is_some() { Steps::Exclusion } else { Steps::Round },
                round.votes.iter().map(|(option, votes)| (option, told(*votes))),
            )
        })
        .collect();
    rest(&mut steps, &done.elected);
    Ok(Outcome { winners: numbers(&done.elected), steps })
}

/// Whoever was elected at no step was elected in the end, because nobody else was left.
fn rest(steps: &mut Vec<Step>, elected: &[Candidate]) {
    let left: Vec<u16> = numbers(elected)
        .into_iter()
        .filter(|one| !steps.iter().any(|step| step.elected.contains(one)))
        .collect();
    if !left.is_empty() {
        steps.push(Step { elected: left, ..Step::new(Steps::Rest, []) });
    }
}

fn projects(vote: &Vote) -> (Per<Project>, Vec<Support>) {
    let projects = vote.options.iter().zip(0_u32..).map(|(option, number)| {
        // Ids that sort as they were published.
        Project { id: format!("{number:05}"), cost: option.cost }
    });
    let ballots = vote.ballots.iter().map(|slip| {
        slip.marks.iter().map(|(option, value)| (Candidate(*option), i64::from(*value))).collect()
    });
    (Per::new(projects.collect()), ballots.collect())
}

/// The points of all, and what is paid for.
fn funded(projects: &Per<Project>, ballots: &[Support], chosen: &[Candidate]) -> Outcome {
    let points = tally(projects.count(), ballots);
    let votes = points.iter().map(|(option, (points, _))| (option, points.to_string()));
    let winners = numbers(chosen);
    let step = Step { elected: winners.clone(), ..Step::new(Steps::Funded, votes) };
    Outcome { winners, steps: vec![step] }
}

fn by_points(vote: &Vote, budget: i64) -> Outcome {
    let (projects, ballots) = projects(vote);
    let rule = Greedy { threshold: 1, skipping: Skipping::Skip };
    let chosen = greedy(&projects, &ballots, budget, rule);
    funded(&projects, &ballots, &chosen)
}

fn by_shares(vote: &Vote, budget: i64, unit: i64) -> Outcome {
    let (projects, ballots) = projects(vote);
    let done = equal_shares(&projects, &ballots, budget, unit);
    funded(&projects, &ballots, &done.last.chosen)
}

fn drawn(count: usize, seats: usize, lot: &Lot) -> Outcome {
    let mut order: Vec<Candidate> = Candidate::all(count).collect();
    order.sort_by_key(|candidate| lot.place(*candidate));
    order.truncate(seats);
    let winners = numbers(&order);
    let step = Step { elected: winners.clone(), by_lot: true, ..Step::new(Steps::Drawn, []) };
    Outcome { winners, steps: vec![step] }
}
