//! Inviting a whole list: a members' list in CSV, looked at line by line before anything is done.

use super::invite::{days, days_of, has_mail};
use crate::acts::MOST_LINES;
use crate::checks;
use crate::door::fresh_token;
use crate::error::MembershipError;
use csv::{ReaderBuilder, StringRecord, Trim, WriterBuilder};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use std::collections::HashSet;

/// How many days an invitation may last.
pub const DAYS: [i64; 4] = [7, 14, 30, 90];

/// A line of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its number in the list, the heading left out.
    pub number: usize,
    /// For whom.
    pub name: String,
    /// Where a mail goes.
    pub email: String,
    /// Where they may live.
    pub place: String,
    /// A word to them.
    pub note: String,
    /// What is wrong with it.
    pub problem: Option<String>,
}

/// Which column is which.
struct Columns([Option<usize>; 4]);

impl Columns {
    /// By a heading that names `name` and perhaps `email`, `place` and `note`.
    fn of(heading: &StringRecord) -> Option<Self> {
        let at =
            |names: &[&str]| heading.iter().position(|cell| names.contains(&cell.to_lowercase().as_str()));
        let name = at(&["name", "member", "full name"])?;
        Some(Self([
            Some(name),
            at(&["email", "e-mail", "mail"]),
            at(&["place", "town"]),
            at(&["note", "message"]),
        ]))
    }

    fn line(&self, number: usize, record: &StringRecord) -> Line {
        let [name, email, place, note] =
            self.0.map(|at| at.and_then(|at| record.get(at)).unwrap_or_default().to_owned());
        Line { number, name, email, place, note, problem: None }
    }
}

/// Reads a list: comma, semicolon or tab between columns; a heading, or the order name, email, place, note.
pub fn read(text: &str) -> Result<Vec<Line>, MembershipError> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let delimiter =
        *b",;\t".iter().max_by_key(|byte| (count(first, **byte), **byte == b',')).unwrap_or(&b',');
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut columns = Columns([Some(0), Some(1), Some(2), Some(3)]);
    let (mut lines, mut addresses) = (Vec::new(), HashSet::new());
    for (index, record) in reader.records().enumerate() {
        let record =
            record.map_err(|error| MembershipError::LineWrong { line: index + 1, why: error.to_string() })?;
        if let Some(named) = (index == 0).then(|| Columns::of(&record)).flatten() {
            columns = named;
            continue;
        }
        if record.iter().all(str::is_empty) {
            continue;
        }
        if lines.len() == MOST_LINES {
            return Err(MembershipError::TooManyLines(MOST_LINES));
        }
        let mut line = columns.line(lines.len() + 1, &record);
        line.problem = problem(&line, &mut addresses);
        lines.push(line);
    }
    if lines.is_empty() { Err(MembershipError::NobodyInvited) } else { Ok(lines) }
}

fn count(line: &str, byte: u8) -> usize {
    line.bytes().filter(|it| *it == byte).count()
}

fn problem(line: &Line, addresses: &mut HashSet<String>) -> Option<String> {
    let checked = checks::name(&line.name, checks::NAME)
        .and_then(|_| checks::email(&line.email))
        .and_then(|_| checks::within(&line.place, checks::PLACE))
        .and_then(|_| checks::within(&line.note, checks::NOTE));
    match checked {
        Err(error) => Some(error.to_string()),
        Ok(_) if !line.email.is_empty() && !addresses.insert(line.email.to_lowercase()) => {
            Some("This address stands on the list twice.".to_owned())
        }
        Ok(_) => None,
    }
}

/// The good lines as a list again, for the next step.
fn write(lines: &[Line]) -> String {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    let heading = writer.write_record(["name", "email", "place", "note"]);
    let mut good = lines.iter().filter(|line| line.problem.is_none());
    let written = heading.and_then(|()| {
        good.try_for_each(|line| writer.write_record([&line.name, &line.email, &line.place, &line.note]))
    });
    written
        .ok()
        .and_then(|()| writer.into_inner().ok())
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default()
}

/// The page on which a list is pasted or chosen.
pub async fn page(visit: Signed) -> Answer {
    visit.page(show(&visit.ui, &Filled::default()))
}

fn show(ui: &Ui, filled: &Filled) -> Markup {
    Page::new(ui, ui.t("membership-many-title"))
        .section("people")
        .back("/invite", ui.t("membership-invite-title"))
        .lead(ui.t("membership-many-lead"))
        .show(card(html! {
            (form(ui, "/invite/many", html! {
                (field("file", ui.t("membership-many-file")).hint(ui.t("membership-many-file-hint")).file(".csv,text/csv").optional(ui))
                (field("list", ui.t("membership-many-list")).hint(ui.t("membership-many-list-hint")).area(8).optional(ui).filled(filled))
                (days(ui).filled(filled))
                div.form-end { (button(ui.t("membership-many-look")).primary()) }
            }).multipart().filled(filled))
        }))
}

/// Shows what would be done, line by line. Nothing is done yet.
pub async fn preview(visit: Signed, fields: Fields) -> Answer {
    fields.only(&["file", "list", "days"])?;
    let text = if fields.text("file").is_empty() { fields.text("list") } else { fields.text("file") };
    let read = read(text).and_then(|lines| days_of(&fields).map(|days| (lines, days)));
    match read {
        Ok((lines, days)) => {
            let secret = fresh_token()?.reveal();
            visit.page(show_preview(&visit.ui, &lines, days, &secret, has_mail(&visit.desk)))
        }
        Err(error) => {
            let refusal = error.into();
            visit.again(&refusal, show(&visit.ui, &fields.filled(&refusal)))
        }
    }
}

fn show_preview(ui: &Ui, lines: &[Line], days: i64, secret: &str, mail: bool) -> Markup {
    let good = lines.iter().filter(|line| line.problem.is_none()).count();
    let bad = lines.len() - good;
    let titles = ["number", "name", "email", "place", "note", "problem"]
        .map(|it| ui.t(&format!("membership-column-{it}")));
    let columns: Vec<Column> = titles.iter().map(|title| Column::text(title)).collect();
    Page::new(ui, ui.t("membership-preview-title"))
        .section("people")
        .back("/invite/many", ui.t("membership-many-title"))
        .lead(ui.t_with("membership-preview-lead", &[("count", good.into())]))
        .wide()
        .show(html! {
            @if bad > 0 {
                (notice(ui, Tone::Warn, &ui.t_with("membership-preview-bad", &[("count", bad.into())]), html! { p { (ui.t("membership-preview-mend")) } }))
            }
            @if good > 0 {
                (form(ui, "/invite/letters", html! {
                    @if mail { (check("mail", ui.t("membership-preview-mail")).hint(ui.t("membership-preview-mail-hint")).checked(true)) }
                    @else { p.note { (ui.t("membership-no-mail")) } }
                    div.form-end {
                        (button(ui.t_with("membership-preview-button", &[("count", good.into())])).primary().icon(ui, "user-plus"))
                        (link_button("/invite/many", ui.t("membership-cancel")).quiet())
                    }
                }).hidden("list", write(lines)).hidden("days", days.to_string()).hidden("secret", secret))
            }
            (table(&ui.t("membership-preview-title"), &columns, lines.iter().map(|line| vec![
                html! { (line.number) }, html! { (line.name) }, html! { (line.email) }, html! { (line.place) }, html! { (line.note) },
                html! { @if let Some(problem) = &line.problem { (badge_tone(Tone::Bad, &ui.t("membership-preview-out"))) " " (problem) } @else { (badge_tone(Tone::Good, &ui.t("membership-preview-fine"))) } },
            ])))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(text: &str) -> Vec<(String, String, String)> {
        read(text)
            .unwrap()
            .into_iter()
            .map(|line| (line.name, line.email, line.problem.unwrap_or_default()))
            .collect()
    }

    fn fine(name: &str, email: &str) -> (String, String, String) {
        (name.into(), email.into(), String::new())
    }

    #[test]
    fn a_list_is_read_however_a_spreadsheet_wrote_it() {
        let expected = [fine("Ada Okafor", "ada@example.org"), fine("Bruno", "")];
        for text in [
            "name,email\nAda Okafor,ada@example.org\nBruno,\n",
            "\u{feff}Email;Name\r\nada@example.org;Ada Okafor\r\n;Bruno\r\n",
            "Ada Okafor\tada@example.org\n\nBruno\t\n",
            "\"Ada Okafor\", ada@example.org\nBruno",
        ] {
            assert_eq!(people(text), expected, "{text:?}");
        }
        let lines = read("name,note,place\nAda,\"Hello, Ada\",Frome").unwrap();
        assert_eq!((lines[0].note.as_str(), lines[0].place.as_str()), ("Hello, Ada", "Frome"));
        assert_eq!(read(&write(&lines)).unwrap(), lines);
    }

    #[test]
    fn each_bad_line_says_what_is_wrong_and_the_good_ones_stay() {
        let lines = read(
            "name,email\nAda,ada@example.org\n,bob@example.org\nEve,nonsense\nAda again,ADA@example.org\n",
        )
        .unwrap();
        let problems: Vec<_> = lines.iter().map(|line| line.problem.as_deref().unwrap_or("fine")).collect();
        assert_eq!(
            problems,
            [
                "fine",
                "Please write the name.",
                "This does not look like an address for mail. It has the form name@example.org.",
                "This address stands on the list twice.",
            ]
        );
        assert_eq!(people(&write(&lines)), [fine("Ada", "ada@example.org")]);
    }

    #[test]
    fn an_empty_or_endless_list_is_refused_as_a_whole() {
        assert_eq!(read("").unwrap_err(), MembershipError::NobodyInvited);
        assert_eq!(read("name,email\n").unwrap_err(), MembershipError::NobodyInvited);
        assert_eq!(read(&"Ada\n".repeat(1_000)).unwrap().len(), 1_000);
        let error = read(&"Ada\n".repeat(1_001)).unwrap_err();
        assert_eq!(error.to_string(), "This list has more than 1000 lines. Please send it in parts.");
    }
}
