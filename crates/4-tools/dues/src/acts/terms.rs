//! The members decide what membership costs. What is owed already stays as it was.

use super::club;
use super::tend::Tend;
use crate::error::DuesError;
use crate::rows::terms::{self, Adopted, Schedule};
use crate::terms::Terms;
use jiff::civil::Date;
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ledger::{Currency, currency};
use planet_ontology::calendar::day_of;
use planet_ontology::entities::Group;
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Set what membership costs.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetTerms {
    /// The terms, whole.
    pub terms: Terms,
}

impl SetTerms {
    /// The terms, if they make sense, and their currency.
    fn checked(&self, tx: &mut Tx) -> Result<(Terms, Currency), Fault> {
        let terms = self.terms.checked()?;
        let currency = match currency(tx, terms.currency) {
            Ok(currency) if !currency.ending() => currency,
            Ok(_) | Err(Fault::Refused(_)) => return Err(DuesError::CurrencyUnusable.into()),
            Err(fault) => return Err(fault),
        };
        Ok((terms, currency))
    }
}

impl Act for SetTerms {
    const NAME: &'static str = "dues.set_terms";
    const ABOUT: &'static str =
        "Set what membership costs: joining fee, dues, shares, and what helps who cannot pay.";
    type Touches = Group;
    type Output = i64;

    fn resource(&self, tx: &mut Tx, actor: &Actor, now: Moment) -> Result<Resource, Fault> {
        // What cannot be is refused before anybody votes on it. What was decided is not undone because the vote took its time.
        let (terms, _) = self.checked(tx)?;
        if actor.member().is_some() {
            terms.check_begins(now)?;
        }
        club(tx)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<i64, Fault> {
        let (terms, currency) = self.checked(tx)?;
        let schedule = terms::hold_schedule(tx)?;
        let version = terms::in_force(tx)?.map_or(0, |it| it.version).saturating_add(1);
        let proposal = match cx.actor {
            Actor::Group { mandate, .. } => Some(mandate),
            _ => None,
        };
        let schedule = follow(&terms, schedule, cx.now)?;
        terms::set_schedule(tx, &schedule)?;
        terms::adopt(tx, &Adopted { version, currency: currency.id, terms, proposal, adopted: cx.now })?;
        cx.later_once(tx, cx.now, Tend::NAME, &json!(Tend::default()))?;
        Ok(version)
    }

    fn summary(&self) -> String {
        "Set what membership costs.".into()
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        let (terms, currency) = self.checked(tx)?;
        let mut parts = Vec::new();
        if terms.joining_fee.0 > 0 {
            parts.push(format!("{} once on joining", currency.say(terms.joining_fee)));
        }
        if terms.dues.0 > 0 {
            parts.push(format!("{} every {}", currency.say(terms.dues), terms.every.word()));
        }
        if terms.share_price.0 > 0 {
            parts.push(format!("{} for a share", currency.say(terms.share_price)));
        }
        let costs = if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") };
        Ok(format!("Membership costs {costs}."))
    }
}

/// The days that follow from terms. Periods for which dues were written down already are not charged again, whatever the rhythm was
/// then and is now, and what passed before the terms came into force is not charged at all.
fn follow(terms: &Terms, before: Option<Schedule>, now: Moment) -> Result<Schedule, Fault> {
    let (covered, tended) = before.map_or_else(Default::default, |it| (it.covered, it.tended));
    let first = terms.first_day()?;
    let today = day_of(now);
    let from = covered.parse().map_or(today, |covered: Date| covered.max(today));
    let number = terms.every.not_before(first, from, 0);
    Ok(Schedule { first: terms.first.clone(), every: terms.every.word().into(), number, covered, tended })
}

#[cfg(test)]
mod tests {
    use super::*;
    use planet_ontology::calendar::Every;
    use planet_ontology::units::Amount;

    fn terms(first: &str, every: Every) -> Terms {
        Terms {
            currency: None,
            joining_fee: Amount(0),
            dues: Amount(500),
            every,
            first: first.into(),
            share_price: Amount(0),
            least_shares: 0,
            most_shares: 0,
            notice_days: 0,
            keep_years: 10,
            hardship: "Ask.".into(),
        }
    }

    fn at(day: &str) -> Moment {
        Moment::of_day(day).unwrap()
    }

    #[test]
    fn a_new_rhythm_begins_where_the_old_one_ended() {
        let none = follow(&terms("2027-01-31", Every::Month), None, at("2026-12-01")).unwrap();
        assert_eq!(none.number, 0);
        // January to March were charged, the next would be 30 April: a year that begins in January is charged from 2028.
        let charged = Schedule { number: 3, covered: "2027-04-30".into(), ..none };
        let yearly =
            follow(&terms("2027-01-01", Every::Year), Some(charged.clone()), at("2027-03-15")).unwrap();
        assert_eq!(yearly.day(yearly.number).unwrap().unwrap().to_string(), "2028-01-01");
        // On the 15th instead of the last: not a second time in April, which is not charged yet.
        let middle = follow(&terms("2027-04-15", Every::Month), Some(charged), at("2027-04-10")).unwrap();
        assert_eq!(middle.day(middle.number).unwrap().unwrap().to_string(), "2027-05-15");
        // Nor after a second change, before the first of the new days has come.
        let again = follow(&terms("2027-04-12", Every::Month), Some(middle), at("2027-04-11")).unwrap();
        assert_eq!(again.day(again.number).unwrap().unwrap().to_string(), "2027-05-12");
    }

    #[test]
    fn what_passed_before_the_decision_is_not_charged() {
        let late = follow(&terms("2026-01-31", Every::Month), None, at("2026-04-10")).unwrap();
        assert_eq!(late.day(late.number).unwrap().unwrap().to_string(), "2026-04-30");
    }
}
