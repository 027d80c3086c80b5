//! What happens when a question's time is over: it is counted, the count is written down for all, and what won is performed.

use crate::choice::ask::SEAT;
use crate::choice::method::support;
use crate::choice::rows::{self as questions, OptionRow, QuestionRow};
use crate::choice::secret::{SECRET, open_box, rows as secrets};
use crate::delegates::cast::at_the_close;
use crate::rows::{self, ProposalRow};
use crate::settle::{Deed, pass, perform};
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_count::vote::{BallotFile, Choice, Vote};
use planet_ontology::hex;
use planet_ontology::ids::AgentId;
use planet_policy::counting::{Verdict, standing};
use planet_store::Tx;
use serde_json::json;
use std::collections::BTreeMap;

/// Counts a question whose time is over and performs what won.
pub fn settle(tx: &mut Tx, cx: &mut Cx, proposal: &ProposalRow, question: &QuestionRow) -> Result<(), Fault> {
    let options = questions::options(tx, proposal.id)?;
    if proposal.state == "passed" {
        let file: BallotFile = questions::read(question.result.clone().unwrap_or_default())?;
        let deeds = deeds(proposal, question, &options, &file.outcome.winners);
        return perform(tx, cx, proposal, &deeds, &told(&options, &file.outcome.winners));
    }
    if cx.now < proposal.closes {
        return Ok(());
    }
    at_the_close(tx, cx, proposal)?;
    let file = count(tx, proposal, question, &options)?;
    let Some(file) = file else {
        return Ok(rows::set_state(tx, proposal.id, "failed", "Nobody voted.", cx.now)?);
    };
    questions::set_result(tx, proposal.id, &json!(file))?;
    secrets::empty(tx, proposal.id)?;
    // The seed is a hash of all ballots: from here on nobody alters the published ones unnoticed.
    cx.effect(json!({ "counted": proposal.id, "seed": file.seed }));
    let winners = &file.outcome.winners;
    let deeds = deeds(proposal, question, &options, winners);
    if let Some(why) = lacks(cx, proposal, question, &options, &file)? {
        return Ok(rows::set_state(tx, proposal.id, "failed", &why, cx.now)?);
    }
    let told = told(&options, winners);
    let delay = proposal.procedure()?.delay.0;
    if delay > 0 && !deeds.is_empty() {
        return pass(tx, cx, proposal, delay, &told);
    }
    perform(tx, cx, proposal, &deeds, &told)
}

/// The count, ready to be published; none, if nobody voted.
fn count(
    tx: &mut Tx,
    proposal: &ProposalRow,
    question: &QuestionRow,
    options: &[OptionRow],
) -> Result<Option<BallotFile>, Fault> {
    let (ballots, secret) = if question.ballot == SECRET {
        let (slips, sealed) = open_box(tx, proposal.id, proposal.electorate())?;
        (slips, Some(sealed))
    } else {
        (questions::slips(tx, proposal)?, None)
    };
    if ballots.is_empty() {
        return Ok(None);
    }
    // Fewer may stand than there are seats.
    let seats = question.seats.min(i64::try_from(options.len()).unwrap_or(i64::MAX));
    let mut vote = Vote {
        id: proposal.id.to_string(),
        method: question.method()?,
        seats: u16::try_from(seats).unwrap_or(u16::MAX),
        options: options
            .iter()
            .map(|option| Choice { title: option.title.clone(), cost: option.cost })
            .collect(),
        ballots,
    };
    vote.sort();
    let outcome = vote.count().map_err(|error| Fault::Damaged(error.to_string()))?;
    let through = if secret.is_none() { questions::through(tx, proposal.id)? } else { BTreeMap::new() };
    Ok(Some(BallotFile { seed: hex::encode(&vote.seed()), vote, outcome, secret, through }))
}

/// What keeps the outcome from passing: too few took part, or what won has not the support that its act needs.
fn lacks(
    cx: &Cx,
    proposal: &ProposalRow,
    question: &QuestionRow,
    options: &[OptionRow],
    file: &BallotFile,
) -> Result<Option<String>, Fault> {
    let procedure = proposal.procedure()?;
    let (voted, needed) = (file.vote.ballots.len(), procedure.quorum.needed(proposal.electorate()));
    if u32::try_from(voted).is_ok_and(|voted| voted < needed) {
        return Ok(Some(format!("Only {voted} voted; at least {needed} had to.")));
    }
    if question.kind != "question" {
        return Ok(None);
    }
    for winner in &file.outcome.winners {
        let Some(option) = options.get(usize::from(*winner)).filter(|option| option.act.is_some()) else {
            continue;
        };
        let tally = support(&file.vote, *winner, proposal.electorate());
        if let Verdict::Failed { why } = standing(&procedure, &tally, proposal.opened, cx.now) {
            return Ok(Some(format!("{} won, but: {why}", option.title)));
        }
    }
    Ok(None)
}

/// What the outcome performs.
pub(crate) fn deeds(
    proposal: &ProposalRow,
    question: &QuestionRow,
    options: &[OptionRow],
    winners: &[u16],
) -> Vec<Deed> {
    let won = winners.iter().filter_map(|winner| options.get(usize::from(*winner)));
    match question.kind.as_str() {
        "question" => won.filter_map(|option| Some((option.act.clone()?, option.args.clone()?))).collect(),
        "election" => {
            let people: Vec<AgentId> = won.filter_map(|option| option.agent).collect();
            let args = json!({
                "group": proposal.group, "role": question.role, "people": people, "until": question.term_ends,
            });
            vec![(SEAT.to_owned(), args)]
        }
        _ => Vec::new(),
    }
}

fn told(options: &[OptionRow], winners: &[u16]) -> String {
    let titles: Vec<&str> = winners
        .iter()
        .filter_map(|winner| options.get(usize::from(*winner)))
        .map(|option| option.title.as_str())
        .collect();
    if titles.is_empty() { "Nothing was chosen.".into() } else { format!("Chosen: {}.", titles.join(", ")) }
}
