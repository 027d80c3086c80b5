//! What the form to ask something sends, read into the act. It decides nothing: the act says what is wrong.

use super::asking::{ROWS, cost, option};
use crate::choice::ask::{Ask, Offer};
use crate::choice::method::DATES;
use planet_corridor::refusal::Refusal;
use planet_kit::prelude::*;
use planet_kit::web::Fields;
use planet_ontology::ids::GroupId;
use planet_ontology::units::Moment;

const DAY: i64 = 86_400;
/// A month of a term, in seconds: a twelfth of a year.
const MONTH: i64 = 365 * DAY / 12;
/// The longest time that anything here can take before it is refused, in days: no sum of such overflows.
const MOST_DAYS: i64 = 100_000;

/// The act that the form asks for.
///
/// # Errors
/// When a number is none, or a date is none.
pub(super) fn ask(ui: &Ui, fields: &Fields, now: Moment) -> Result<Ask, Refusal> {
    let kind = fields.text("kind");
    let (election, dates) = (kind == "election", kind == DATES);
    let seconds = |name: &str| -> Result<i64, Refusal> {
        Ok(number(fields, name)?.clamp(-MOST_DAYS, MOST_DAYS).saturating_mul(DAY))
    };
    let (open_for, nominate_for) = (seconds("open_for")?, seconds("nominate_for")?);
    let until = if election {
        let term = number(fields, "until")?.clamp(0, 1_200).saturating_mul(MONTH);
        Some(now.plus_seconds(term + nominate_for + open_for))
    } else {
        None
    };
    let method = if dates { DATES } else { fields.text("method") };
    let budgeted = matches!(method, "greedy" | "equal_shares");
    let dotted = matches!(method, "dots" | "quadratic");
    // A budget funds whatever fits.
    let seats = if budgeted { "1" } else { fields.text("seats") };
    Ok(Ask {
        group: fields.parse::<GroupId>("group", "group_unknown", "Choose whose members are asked.")?,
        title: fields.text("title").to_owned(),
        reason: fields.text("reason").to_owned(),
        kind: if dates { "check" } else { kind }.to_owned(),
        method: method.to_owned(),
        seats: if dates { 1 } else { seats.parse().map_err(|_| whole("seats"))? },
        // What belongs to another method stays in the form and is not heard.
        points: if dotted {
            u32::try_from(number(fields, "points")?).map_err(|_| whole("points"))?
        } else {
            0
        },
        budget: if budgeted { number(fields, "budget")? } else { 0 },
        options: if election { Vec::new() } else { offers(ui, fields, dates, budgeted)? },
        open_for,
        nominate_for,
        role: fields.optional("role"),
        until,
        ballot: fields.optional("ballot"),
    })
}

fn whole(name: &str) -> Refusal {
    Refusal::input(name, "number_malformed", "Please write a whole number.")
}

/// A whole number; nothing counts as zero.
fn number(fields: &Fields, name: &str) -> Result<i64, Refusal> {
    match fields.text(name) {
        "" => Ok(0),
        text => text.parse().map_err(|_| whole(name)),
    }
}

/// The rows in which something stands.
fn offers(ui: &Ui, fields: &Fields, dates: bool, budgeted: bool) -> Result<Vec<Offer>, Refusal> {
    let mut offers = Vec::new();
    for place in 0..ROWS {
        let title = fields.text(&option(place));
        if title.is_empty() {
            continue;
        }
        let title = if dates {
            let wrong = || Refusal::input(&option(place), "date_malformed", "Choose a day and a time.");
            day_and_time(ui, title).ok_or_else(wrong)?
        } else {
            title.to_owned()
        };
        let cost = if budgeted { number(fields, &cost(place))? } else { 0 };
        offers.push(Offer { title, about: String::new(), cost, act: None, args: None });
    }
    Ok(offers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use planet_kit::texts::{KIT, Texts};
    use planet_kit::ui::{Assets, Club};
    use uuid::Uuid;

    fn sent(pairs: &[(&str, &str)]) -> Result<Ask, Refusal> {
        let always =
            [("group", GroupId::CLUB.to_string()), ("seats", "1".to_owned()), ("open_for", "7".to_owned())];
        let pairs = pairs.iter().map(|(name, value)| (*name, (*value).to_owned()));
        let fields =
            Fields::new(always.into_iter().chain(pairs).map(|(name, value)| (name.to_owned(), value)));
        let lang = Texts::new(&[KIT]).unwrap().lang("en");
        ask(&Ui::new(lang, Assets::default(), Club::default(), Moment(0), Uuid::nil()), &fields, Moment(0))
    }

    fn told(ask: &Ask) -> Vec<(&str, i64)> {
        ask.options.iter().map(|offer| (offer.title.as_str(), offer.cost)).collect()
    }

    #[test]
    fn empty_rows_are_no_options_and_only_projects_cost_something() {
        let rows = [
            ("kind", "question"),
            ("option-0", " Tools "),
            ("cost-0", "200"),
            ("option-3", "Seeds"),
            ("cost-3", "50"),
        ];
        let by = |method| {
            sent(&[rows.as_slice(), &[("method", method), ("budget", "300"), ("points", "7")]].concat())
        };
        let budget = by("greedy").unwrap();
        assert_eq!(
            (told(&budget), budget.budget, budget.points),
            (vec![("Tools", 200), ("Seeds", 50)], 300, 0)
        );
        let dots = by("dots").unwrap();
        assert_eq!((told(&dots), dots.budget, dots.points), (vec![("Tools", 0), ("Seeds", 0)], 0, 7));
        let wrong =
            sent(&[("kind", "question"), ("method", "greedy"), ("option-0", "Tools"), ("cost-0", "much")]);
        assert_eq!(wrong.err().unwrap().field.as_deref(), Some("cost-0"));
    }

    #[test]
    fn dates_are_told_in_words_and_decide_nothing() {
        let asked = sent(&[("kind", "dates"), ("method", "irv"), ("option-0", "2026-12-04T19:00")]).unwrap();
        assert_eq!((asked.kind.as_str(), asked.method.as_str()), ("check", "dates"));
        assert_eq!(told(&asked), [("Friday, 4 December 2026, 19:00", 0)]);
        let wrong = sent(&[("kind", "dates"), ("option-1", "soon")]).err().unwrap();
        assert_eq!((wrong.field.as_deref(), wrong.code.as_str()), (Some("option-1"), "date_malformed"));
    }

    #[test]
    fn a_term_begins_when_the_vote_ends() {
        let asked =
            sent(&[("kind", "election"), ("nominate_for", "7"), ("until", "12"), ("role", "steward")])
                .unwrap();
        assert_eq!(asked.until, Some(Moment(0).plus_seconds(14 * DAY + 12 * MONTH)));
        assert_eq!(
            sent(&[("kind", "election"), ("nominate_for", "many")]).err().unwrap().field.as_deref(),
            Some("nominate_for")
        );
    }
}
