//! The mails of this room: friendly reminders, for those who want them, and that a request was answered. No mail says what somebody
//! cannot pay.

use crate::rows::lines::LineRow;
use crate::rows::people;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_exchange::outbox::ORIGIN;
use planet_exchange::{NewMail, queue};
use planet_ledger::currency;
use planet_ontology::calendar::day_of;
use planet_ontology::ids::GroupId;
use planet_ontology::units::Moment;
use planet_store::Tx;

/// How many days before the day the first reminder goes out.
pub const BEFORE: i64 = 7;
/// How many days after the day the second and the third go out.
const AFTER: [i64; 2] = [7, 30];

/// How many reminders there should have been by now.
pub(crate) fn turn(due: Moment, now: Moment) -> i64 {
    let days = [-BEFORE, AFTER[0], AFTER[1]];
    days.into_iter().filter(|days| now >= due.plus_seconds(days * 86_400)).map(|_| 1).sum()
}

/// Reminds of something that is owed, where the member wants mail.
pub(crate) fn remind(tx: &mut Tx, cx: &mut Cx, to: &str, line: &LineRow) -> Result<(), Fault> {
    if to.is_empty() {
        return Ok(());
    }
    let (name, _) = people::name_of(tx, line.member.into())?.unwrap_or_default();
    let (club, _) = people::name_of(tx, GroupId::CLUB.into())?.unwrap_or_default();
    let amount = currency(tx, Some(line.currency))?.say(line.amount);
    let what = if line.kind == "joining" { "your joining fee" } else { "your membership dues" };
    let day = day_of(line.due);
    let (subject, when) = if line.due > cx.now {
        (format!("Dues of {club} on {day}"), format!("{what}, {amount}, will be due on {day}."))
    } else {
        (
            format!("Dues of {club}"),
            format!("{what}, {amount}, have been open since {day}. Perhaps it slipped your mind."),
        )
    };
    let body = format!(
        "Hello {name},\n\n{when}\n\nYou can pay with one button:\n\n{ORIGIN}/membership/dues\n\n\
         If you cannot pay at the moment, ask for a reduction or a pause on the same page. You need not say why, and it stays \
         between you and those who keep the club's books.\n"
    );
    send(tx, cx, to, &subject, &body)
}

/// Tells a member that their request was answered, without saying how.
pub(crate) fn answered(tx: &mut Tx, cx: &mut Cx, to: &str) -> Result<(), Fault> {
    if to.is_empty() {
        return Ok(());
    }
    let (club, _) = people::name_of(tx, GroupId::CLUB.into())?.unwrap_or_default();
    let body =
        format!("Hello,\n\nyour request has an answer. You find it here:\n\n{ORIGIN}/membership/dues\n");
    send(tx, cx, to, &format!("Your request to {club}"), &body)
}

fn send(tx: &mut Tx, cx: &mut Cx, to: &str, subject: &str, body: &str) -> Result<(), Fault> {
    queue(tx, &NewMail { id: cx.id(), to, subject, body }, cx.now)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::turn;
    use planet_ontology::units::Moment;

    #[test]
    fn reminders_come_before_the_day_and_twice_after_it() {
        let due = Moment(1_000 * Moment::DAY);
        let turns =
            [-8, -7, 0, 6, 7, 29, 30, 400].map(|days: i64| turn(due, due.plus_seconds(days * 86_400)));
        assert_eq!(turns, [0, 1, 1, 1, 2, 2, 3, 3]);
    }
}
