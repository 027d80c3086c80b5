//! The stories of asking and answering on the pages, on both engines: a form somebody fills in, and ballots that fit the question.

use crate::choosing::{DAY, ask, choose, file, open, with};
use crate::story::{ADA, BEN, CAM, NOW, by, by_majority, code, migrations, state};
use axum::Router;
use planet_corridor::corridor::Corridor;
use planet_governance::TOOL;
use planet_governance::choice::acts::{Choose, Marked};
use planet_governance::choice::ask::Ask;
use planet_kit::testing::{app, ask as visit};
use planet_ontology::ids::{GroupId, MemberId, ProposalId};
use planet_store::{Store, both_engines};

/// Asks something by the form and answers where the browser is sent to.
async fn asks(app: &Router, rest: &str) -> String {
    let form = format!("group={}&reason=&seats=1&open_for=7&ballot=open&{rest}", GroupId::CLUB);
    let (status, to, page) = visit(app, "ada", "/decisions/ask", Some(&form)).await;
    assert_eq!(status, 303, "{page}");
    to
}

async fn choosing(
    corridor: &Corridor,
    member: MemberId,
    proposal: ProposalId,
    marks: &[(u16, u32)],
) -> String {
    let marks = marks.iter().map(|(option, value)| Marked { option: *option, value: *value }).collect();
    code(corridor.act(by(member, NOW), Choose { proposal, marks }).await)
}

both_engines! { migrations();

    async fn where_one_counts_the_most_marks_win_and_nobody_marks_two(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let id = open(&corridor, ask("one", &["tea", "coffee"])).await;
        assert_eq!(choosing(&corridor, ADA, id, &[(0, 1), (1, 1)]).await, "mark_one");
        choose(&corridor, ADA, id, &[(0, 1)]).await;
        choose(&corridor, BEN, id, &[(1, 1)]).await;
        choose(&corridor, CAM, id, &[(1, 1)]).await;
        corridor.perform_due(NOW.plus_seconds(DAY)).await.unwrap();
        assert_eq!(state(&corridor, id).await, ("done".into(), "Chosen: coffee.".into()));
        let file = file(&corridor, id).await;
        assert_eq!(file.vote.count().unwrap(), file.outcome);
    }

    async fn a_date_that_suits_counts_twice_what_one_does_if_need_be(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let id = open(&corridor, Ask { kind: "check".into(), ..ask("dates", &["Friday", "Saturday"]) }).await;
        assert_eq!(choosing(&corridor, ADA, id, &[(0, 5)]).await, "mark_dates", "nobody wants a day five times as much");
        choose(&corridor, ADA, id, &[(0, 2), (1, 1)]).await;
        choose(&corridor, BEN, id, &[(0, 0), (1, 1)]).await;
        choose(&corridor, CAM, id, &[(0, 0), (1, 1)]).await;
        corridor.perform_due(NOW.plus_seconds(DAY)).await.unwrap();
        assert_eq!(state(&corridor, id).await, ("done".into(), "Chosen: Saturday.".into()));
    }

    async fn a_question_is_asked_and_answered_by_forms_alone(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let app = app(&corridor, &TOOL);
        let rows = "kind=question&title=Tea+or+coffee%3F&method=one&option-0=Tea&option-1=&option-2=Coffee";
        let page = asks(&app, rows).await;
        let (_, _, shown) = visit(&app, "ben", &page, None).await;
        assert!(shown.contains("Choose one.") && shown.contains("The 3 who had a vote in Club when it was asked"), "{shown}");
        let (status, ..) = visit(&app, "ben", &format!("{page}/choose"), Some("choice=1")).await;
        assert_eq!(status, 303);
        let (_, _, shown) = visit(&app, "ben", &page, None).await;
        assert!(shown.contains("You have voted.") && shown.contains("1 of 3 have voted"), "{shown}");
        assert!(!shown.contains("1 vote"), "nobody sees how it stands");
        corridor.perform_due(NOW.plus_seconds(7 * DAY)).await.unwrap();
        let (_, _, shown) = visit(&app, "ben", &page, None).await;
        assert!(shown.contains("Chosen: Coffee.") && shown.contains("1 vote") && shown.contains("planet recount"), "{shown}");
    }

    async fn what_was_written_stays_when_it_is_refused(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let app = app(&corridor, &TOOL);
        let form = format!("group={}&reason=Because.&seats=1&open_for=3&ballot=secret&kind=question&title=Which%3F\
            &method=greedy&budget=300&option-0=Tools&cost-0=much&option-7=Seeds&cost-7=50", GroupId::CLUB);
        let (status, _, shown) = visit(&app, "ada", "/decisions/ask", Some(&form)).await;
        assert_eq!(status, 422);
        for kept in ["Because.", "value=\"Which?\"", "value=\"Tools\"", "value=\"much\"", "value=\"Seeds\"", "value=\"300\"",
            "value=\"greedy\" required checked", "value=\"secret\" required checked", "<option value=\"3\" selected"] {
            assert!(shown.contains(kept), "{kept} in {shown}");
        }
        assert!(shown.contains("href=\"#f-cost-0\"") && shown.contains("Please write a whole number."));
        let one = form.replace("cost-0=much", "cost-0=20").replace("option-7=Seeds", "option-7=");
        let (_, _, shown) = visit(&app, "ada", "/decisions/ask", Some(&one)).await;
        assert!(shown.contains("A question needs from two to 40 options."), "{shown}");
    }

    async fn every_way_to_count_has_a_ballot_that_works_without_a_script(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let app = app(&corridor, &TOOL);
        let ways = [
            ("one", "", "choice=1"),
            ("approval", "", "option-0=1&option-1=1"),
            ("score", "", "option-0=5&option-1=0"),
            ("dots", "points=6", "option-0=4&option-1=2"),
            ("quadratic", "points=9", "option-0=2&option-1=1"),
            ("schulze", "", "option-0=1&option-1=1"),
            ("irv", "", "option-0=2&option-1=1"),
            ("greedy", "budget=9&cost-0=5&cost-1=6", "option-0=1"),
            ("equal_shares", "budget=9&cost-0=5&cost-1=6", "option-1=1"),
            ("lot", "", "option-0=77"),
        ];
        for (method, more, ballot) in ways {
            let title = method.replace('_', "+");
            let page = asks(&app, &format!("kind=question&title={title}&method={method}&option-0=Tea&option-1=Coffee&{more}")).await;
            let (status, _, shown) = visit(&app, "ben", &format!("{page}/choose"), Some(ballot)).await;
            assert_eq!(status, 303, "{method}: {shown}");
            let (_, _, shown) = visit(&app, "ben", &page, None).await;
            assert!(shown.contains("1 of 3 have voted"), "{method}");
            let said = [("dots", "6 of 6 dots given"), ("quadratic", "5 of 9 credits spent"), ("greedy", "costs 5 of 9")];
            for (_, words) in said.iter().filter(|(of, _)| *of == method) {
                assert!(shown.contains(words), "{method}: {shown}");
            }
            // One member can have so many open questions and no more.
            let id = page.rsplit('/').next().unwrap().parse().unwrap();
            corridor.act(by(ADA, NOW), planet_governance::acts::Withdraw { proposal: id }).await.unwrap();
        }
    }

    async fn an_answer_that_is_refused_stays_in_its_own_form(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let app = app(&corridor, &TOOL);
        let page = asks(&app, "kind=dates&title=When%3F&option-0=2026-12-04T19%3A00&option-1=2026-12-05T19%3A00").await;
        let (_, _, shown) = visit(&app, "ben", &page, None).await;
        assert!(shown.contains("Saturday, 5 December 2026, 19:00") && shown.contains("If need be"), "{shown}");
        let (status, _, shown) = visit(&app, "ben", &format!("{page}/choose"), Some("ballot=yes&option-0=9&option-1=2")).await;
        assert_eq!(status, 422);
        assert_eq!(shown.matches("class=\"notice tone-bad summary\"").count(), 1, "one form says what is wrong: {shown}");
        let (status, _, shown) = visit(&app, "ben", &format!("{page}/remark"), Some("text=+&kind=con")).await;
        assert_eq!(status, 422);
        assert_eq!(shown.matches("class=\"notice tone-bad summary\"").count(), 1);
        assert!(shown.contains("<option value=\"con\" selected"), "{shown}");
    }
}
