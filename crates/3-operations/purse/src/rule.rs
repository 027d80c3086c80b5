//! A rule as a value: its steps, which of them decides an amount, and which steps make no sense.

use crate::error::{PurseError, WIDEST};
use crate::rows;
use planet_corridor::actor::Actor;
use planet_ontology::ids::{AgentId, CurrencyId, GroupId};
use planet_ontology::units::{Amount, Moment};
use planet_policy::procedure::Procedure;
use planet_store::{Error, Tx};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The most steps that a rule has: more than three are hard to remember already.
pub const MOST_STEPS: usize = 6;
/// How long what a keeper paid alone is counted, in microseconds.
pub const WINDOW: i64 = Moment::DAY;

/// One step of a rule: up to an amount, decided by a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Up to and with this amount, in minor units; the last step has no end.
    #[serde(default)]
    pub up_to: Option<Amount>,
    /// The name of the procedure.
    pub procedure: String,
}

/// The rule of a wallet in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Up to what amount a day a keeper pays alone; nothing, if never.
    pub alone: Option<Amount>,
    /// All steps, that of the keepers alone first.
    pub steps: Vec<Step>,
}

/// A payment that somebody wants to make for a group, or a part of one.
#[derive(Clone, Copy, Debug)]
pub struct Spend {
    /// Whose wallet.
    pub group: GroupId,
    /// The currency; the club's own credit if it is left out.
    pub currency: Option<CurrencyId>,
    /// How much, in minor units.
    pub amount: Amount,
    /// Who wants to spend it.
    pub keeper: AgentId,
}

impl Spend {
    /// What somebody wants to spend from a wallet that is not their own. Nothing where a group spends what it has decided.
    pub fn by(
        actor: &Actor,
        whose: Option<AgentId>,
        currency: Option<CurrencyId>,
        amount: Amount,
    ) -> Option<Self> {
        let keeper = actor.member()?.into();
        let wallet = whose.filter(|wallet| *wallet != keeper)?;
        Some(Self { group: GroupId(wallet.0), currency, amount, keeper })
    }
}

/// Whether steps are steps: rising amounts, an open end, not too many. None at all are fine: then there is no rule.
fn check_steps(steps: &[Step]) -> Result<(), PurseError> {
    let Some((last, ended)) = steps.split_last() else { return Ok(()) };
    if steps.len() > MOST_STEPS {
        return Err(PurseError::RuleTooLong);
    }
    if last.up_to.is_some() {
        return Err(PurseError::RuleEnds);
    }
    let mut below = Amount(0);
    for step in ended {
        match step.up_to {
            None => return Err(PurseError::RuleEnds),
            Some(amount) if amount > WIDEST => return Err(PurseError::RuleTooLarge),
            Some(amount) if amount <= below => return Err(PurseError::RuleNotRising),
            Some(amount) => below = amount,
        }
    }
    Ok(())
}

impl Rule {
    /// The rule that these steps make under the procedures in force; nothing, if keepers pay alone.
    ///
    /// # Errors
    /// What is wrong with the steps.
    pub fn of<'p>(
        steps: &[Step],
        procedure_called: impl Fn(&str) -> Option<&'p Procedure>,
    ) -> Result<Option<Self>, PurseError> {
        check_steps(steps)?;
        let procedures = steps
            .iter()
            .map(|step| procedure_called(&step.procedure).ok_or(PurseError::RuleProcedureUnknown))
            .collect::<Result<Vec<_>, _>>()?;
        if procedures.iter().skip(1).any(|procedure| procedure.at_once) {
            return Err(PurseError::RuleAloneTooLate);
        }
        // Whoever wants an easier decision would otherwise pay more.
        if procedures.windows(2).any(|pair| matches!(pair, [less, more] if less.is_stricter_than(more))) {
            return Err(PurseError::RuleEasier);
        }
        let alone = match (steps.first(), procedures.first()) {
            (Some(step), Some(procedure)) if procedure.at_once => match step.up_to {
                Some(amount) => Some(amount),
                None => return Ok(None),
            },
            (Some(_), _) => None,
            (None, _) => return Ok(None),
        };
        Ok(Some(Self { alone, steps: steps.to_vec() }))
    }

    /// The procedure that decides an amount, if it is not the keeper alone. What the keeper paid alone within a day is part
    /// of the amount, so that many small payments are one large one.
    fn decides(&self, amount: Amount) -> Option<&Step> {
        if self.alone.is_some_and(|alone| amount <= alone) {
            return None;
        }
        let beyond = usize::from(self.alone.is_some());
        self.steps.iter().skip(beyond).find(|step| step.up_to.is_none_or(|end| amount <= end))
    }
}

/// Who decides each of these payments: the name of a procedure, or nobody but the keeper. Nothing is read where no group
/// pays, and one statement where none of the groups has a rule.
///
/// The rules are held until the transaction ends: two payments from one wallet at the same instant are decided one after
/// the other. Those of one batch count together.
pub fn rules_for(tx: &mut Tx, spends: &[Option<Spend>], now: Moment) -> Result<Vec<Option<String>>, Error> {
    let spending: Vec<&Spend> = spends.iter().flatten().collect();
    let rules = if spending.is_empty() {
        HashMap::new()
    } else {
        rows::hold(tx, spending.iter().map(|it| it.group))?
    };
    if rules.is_empty() {
        return Ok(vec![None; spends.len()]);
    }
    let own = planet_ledger::own_credit(tx)?.map(|currency| currency.id);
    let mut alone = rows::alone_since(tx, &spending, now)?;
    let decided = spends.iter().map(|spend| {
        let spend = spend.as_ref()?;
        let currency = spend.currency.or(own)?;
        let rule = rules.get(&(spend.group, currency))?;
        let before = alone.entry((spend.group, currency, spend.keeper)).or_default();
        let sum = Amount(before.0.saturating_add(spend.amount.0.max(0)));
        let step = rule.decides(sum);
        if step.is_none() {
            *before = sum;
        }
        step.map(|step| step.procedure.clone())
    });
    Ok(decided.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(up_to: Option<i64>, procedure: &str) -> Step {
        Step { up_to: up_to.map(Amount), procedure: procedure.into() }
    }

    #[test]
    fn steps_rise_to_an_open_end() {
        let fine = [step(Some(50), "alone"), step(Some(500), "two"), step(None, "all")];
        assert_eq!(check_steps(&fine), Ok(()));
        assert_eq!(check_steps(&[]), Ok(()));
        for (steps, wrong) in [
            (vec![step(Some(50), "alone")], PurseError::RuleEnds),
            (vec![step(None, "alone"), step(None, "all")], PurseError::RuleEnds),
            (vec![step(Some(50), "a"), step(Some(50), "b"), step(None, "c")], PurseError::RuleNotRising),
            (vec![step(Some(0), "a"), step(None, "c")], PurseError::RuleNotRising),
            (vec![step(Some(-5), "a"), step(None, "c")], PurseError::RuleNotRising),
            (vec![step(Some(i64::MAX), "a"), step(None, "c")], PurseError::RuleTooLarge),
            ((0..7).map(|n| step((n < 6).then_some(n + 1), "a")).collect(), PurseError::RuleTooLong),
        ] {
            assert_eq!(check_steps(&steps), Err(wrong), "{steps:?}");
        }
    }

    #[test]
    fn the_first_step_that_reaches_an_amount_decides_it() {
        let steps = vec![step(Some(50), "alone"), step(Some(500), "two"), step(None, "all")];
        let rule = Rule { alone: Some(Amount(50)), steps };
        let decides = |amount| rule.decides(Amount(amount)).map(|step| step.procedure.as_str());
        assert_eq!(
            [0, 50, 51, 500, 501, i64::MAX].map(decides),
            [None, None, Some("two"), Some("two"), Some("all"), Some("all")]
        );
        let never = Rule { alone: None, steps: vec![step(None, "two")] };
        assert_eq!(never.decides(Amount(1)).map(|step| step.procedure.as_str()), Some("two"));
    }
}
