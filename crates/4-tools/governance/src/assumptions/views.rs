//! What can be seen of one assumption: who stands behind it, what serves it, its history, and what the viewer may do.

use super::acts::{LinkAssumption, MergeAssumption, RetireAssumption, SupportAssumption};
use super::error::AssumptionError;
use super::rows::{self, Link, Step};
use super::{Statement, statements};
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::AssumptionId;
use planet_ontology::words::WORDS;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One statement of the register.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OneAssumption {
    /// Its id.
    pub id: AssumptionId,
}

/// All that is known of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OneView {
    /// The statement.
    pub statement: Statement,
    /// The statement that says it now, if it was merged.
    pub heir: Option<Statement>,
    /// What serves it.
    pub links: Vec<Link>,
    /// What was done with it, oldest first.
    pub steps: Vec<Step>,
    /// What the viewer may do; none, for guests and where something was decided about it.
    pub may: Option<May>,
}

/// What a member may do with a statement.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct May {
    /// Stand behind it: whether they do now.
    pub support: Option<bool>,
    /// Say what serves it: the rules and words that are there, each with its name.
    pub link: Vec<(Link, String)>,
    /// Ask to retire it.
    pub retire: bool,
    /// Ask to merge it with one of these.
    pub merge: Vec<Statement>,
}

impl View for OneAssumption {
    const NAME: &'static str = "governance.assumption";
    const ABOUT: &'static str =
        "One statement of the register of assumptions, with what serves it and its history.";
    const OPEN: bool = true;
    type Output = OneView;

    fn read(&self, look: &mut Look) -> Result<OneView, Fault> {
        let all = statements(look.tx)?;
        let statement = all.iter().find(|it| it.id == self.id).cloned().ok_or(AssumptionError::Unknown)?;
        let heir = rows::fate(look.tx, self.id)?.flatten();
        let heir = all.iter().find(|it| Some(it.id) == heir).cloned();
        let links = rows::links(look.tx, self.id)?;
        let may = if statement.settled { None } else { may(look, &statement, &links, all)? };
        Ok(OneView { heir, steps: rows::steps(look.tx, self.id)?, links, may, statement })
    }
}

fn may(look: &mut Look, it: &Statement, links: &[Link], all: Vec<Statement>) -> Result<Option<May>, Fault> {
    let Some(me) = look.viewer.actor.agent() else { return Ok(None) };
    let support = SupportAssumption { assumption: it.id, supports: true };
    let support = if look.may(&support)? { Some(rows::supports(look.tx, it.id, me)?) } else { None };
    let probe =
        LinkAssumption { assumption: it.id, kind: String::new(), target: String::new(), serves: true };
    let mut link = if look.may(&probe)? { targets(look) } else { Vec::new() };
    link.retain(|(link, _)| !links.contains(link));
    let retire = RetireAssumption { assumption: it.id, statement: String::new() };
    let merge =
        MergeAssumption { assumption: it.id, statement: String::new(), heir: it.id, into: String::new() };
    let retire = look.may(&retire)?;
    let others = all.into_iter().filter(|other| other.id != it.id && !other.settled);
    let merge = if look.may(&merge)? { others.collect() } else { Vec::new() };
    Ok(Some(May { support, link, retire, merge }))
}

/// The rules that there are, by what they are about, and the words.
fn targets(look: &Look) -> Vec<(Link, String)> {
    let rules = look.rules();
    let acts = look.acts().into_iter().filter(|act| !rules.policies(act.name).is_empty());
    let link = |kind: &str, target: &str| Link { kind: kind.to_owned(), target: target.to_owned() };
    let words = WORDS.iter().map(|word| (link("word", word.word), word.word.to_owned()));
    words.chain(acts.map(|act| (link("rule", act.name), act.about.to_owned()))).collect()
}
