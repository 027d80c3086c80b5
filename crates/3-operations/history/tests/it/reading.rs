//! What is read of the exports that were written by hand, message by message.

use crate::making::{NOW, data, slack, zipped};
use planet_history::{Channel, Export, Source, read};
use planet_ontology::units::Moment;
use std::collections::HashMap;
use std::fs;

/// Author, second, what it answers, text.
fn told(export: &Export, channel: &Channel) -> Vec<(String, i64, Option<String>, String)> {
    let names: HashMap<_, _> = export.people.iter().map(|it| (it.key.as_str(), it.name.as_str())).collect();
    let texts: HashMap<_, _> =
        channel.messages.iter().map(|it| (it.mark.as_str(), it.text.as_str())).collect();
    let line = |it: &planet_history::Message| {
        let root = it.answers.as_ref().map(|mark| texts[mark.as_str()].chars().take(4).collect());
        (names[it.author.as_str()].to_owned(), it.sent.seconds() - 1_700_000_000, root, it.text.clone())
    };
    channel.messages.iter().map(line).collect()
}

fn line(author: &str, second: i64, root: Option<&str>, text: &str) -> (String, i64, Option<String>, String) {
    (author.into(), second, root.map(str::to_owned), text.into())
}

fn signs(channel: &Channel) -> Vec<(String, Vec<String>)> {
    channel.signs.iter().map(|it| (it.sign.clone(), it.by.clone())).collect()
}

#[test]
fn a_bulk_export_is_read_message_by_message() {
    let export = read(Source::Mattermost, &data().join("mattermost.jsonl"), NOW).unwrap();
    let [square, board] = export.channels.as_slice() else { panic!("{:?}", export.channels.len()) };
    assert_eq!(
        (square.name.as_str(), square.title.as_str(), square.closed),
        ("town-square", "Town Square", false)
    );
    assert_eq!((board.name.as_str(), board.closed, board.messages.len()), ("board", true, 1));
    assert_eq!(
        told(&export, square),
        [
            line("Ada Lovelace", 0, None, "Cake on **Friday**, @ben? 🎉"),
            line("cat", 100, Some("Cake"), "I am not in the list, @ada.l."),
            line("Ben", 200, None, "Between\n\n📎 `passwd`\n\n📎 `plan.pdf`"),
            line("Ben", 300, Some("Cake"), "Yes!"),
            line("Builder", 500, None, "Build 7\n\nIt is green."),
            line("Ben", 600, None, ""),
        ]
    );
    assert!(square.messages[0].pinned && square.messages[5].gone);
    assert_eq!(square.messages[2].edited.map(Moment::seconds), Some(1_700_000_250));
    let mut given = signs(square);
    given.sort();
    let by = |who: &str| vec![who.to_owned()];
    assert_eq!(
        given,
        [(":party_parrot:".into(), by("ada.l")), ("❤️".into(), by("ada.l")), ("👍".into(), by("ben"))]
    );
}

#[test]
fn what_a_bulk_export_leaves_out_is_told() {
    let report = read(Source::Mattermost, &data().join("mattermost.jsonl"), NOW).unwrap().report;
    assert_eq!((report.messages, report.answers, report.threads, report.signs), (5, 2, 1, 3));
    assert_eq!((report.files, report.direct, report.missing), (2, 1, 1));
    let broken: Vec<(u64, &str)> =
        report.broken.iter().map(|it| (it.line, it.reason.split(':').next().unwrap())).collect();
    assert_eq!(
        broken,
        [
            (17, "no line before it tells of its channel “nowhere”"),
            (18, "missing field `create_at` at sign 95"),
            (19, "its time cannot be"),
            (20, "its time cannot be"),
            (21, "EOF while parsing a string at sign 94"),
            (22, "expected ident at sign 2"),
            (23, "it says that it is a post, and has none"),
        ]
    );
    let left: Vec<_> = report.left_out.iter().map(|(what, n)| (what.as_str(), *n)).collect();
    assert_eq!(
        left,
        [
            ("channels in which nobody said anything", 1),
            ("lines of the unknown type “hologram”", 1),
            ("messages that stand in the export twice", 1),
            ("notices of the program, such as who came and went", 1),
        ]
    );
}

#[test]
fn some_channels_can_be_chosen_with_the_people_whom_they_need() {
    let mut export = read(Source::Mattermost, &data().join("mattermost.jsonl"), NOW).unwrap();
    assert_eq!(export.keep_only(&["cellar".to_owned()]), Err("cellar".to_owned()));
    export.keep_only(&["Town Square".to_owned()]).unwrap();
    let report = &export.report;
    assert_eq!((report.messages, report.answers, report.threads, report.signs), (4, 2, 1, 3));
    export.keep_only(&[]).unwrap();
    assert_eq!((export.channels.len(), export.people.len(), export.report.messages), (0, 0, 0));
    let mut export = read(Source::Mattermost, &data().join("mattermost.jsonl"), NOW).unwrap();
    export.keep_only(&["board".to_owned()]).unwrap();
    assert_eq!(export.people.iter().map(|it| it.key.as_str()).collect::<Vec<_>>(), ["ada.l"]);
}

#[test]
fn lines_in_a_zip_are_the_same_lines() {
    let lines = fs::read(data().join("mattermost.jsonl")).unwrap();
    let zip = zipped(&[("data/20231114/plan.pdf", b"%PDF"), ("import.jsonl", &lines)]);
    let alone = read(Source::Mattermost, &data().join("mattermost.jsonl"), NOW).unwrap();
    let packed = read(Source::Mattermost, &zip.0, NOW).unwrap();
    assert_eq!((alone.people, alone.channels), (packed.people, packed.channels));
}

#[test]
fn an_export_of_slack_is_read_message_by_message() {
    let export = read(Source::Slack, &slack().0, NOW).unwrap();
    let [garden, table] = export.channels.as_slice() else { panic!("{:?}", export.channels.len()) };
    assert_eq!(
        (garden.name.as_str(), garden.closed, table.name.as_str(), table.closed),
        ("garden", false, "kitchen-table", true)
    );
    assert_eq!(
        told(&export, garden),
        [
            line(
                "Ada Lovelace",
                0,
                None,
                "@ben: **rakes** & spades, see [the list](https://a.example/list) @channel"
            ),
            line("Ben, ben", 2, Some("@ben"), "I bring both"),
            line("USLACKBOT", 4, None, ""),
            line("Weather", 5, None, "Rain at https://w.example"),
            line("Ben, ben2", 6, None, "📎 `bed.png`"),
        ]
    );
    assert_eq!(garden.messages[0].sent.0 % 1_000_000, 100);
    assert!(garden.messages[0].pinned && garden.messages[1].edited.is_some() && garden.messages[2].gone);
    assert_eq!(signs(garden), [("👍".to_owned(), vec!["U2".to_owned(), "U3".to_owned()])]);
    let report = &export.report;
    assert_eq!((report.direct, report.files, report.threads, report.answers), (1, 1, 1, 1));
    let broken: Vec<_> = report.broken.iter().map(|it| (it.file.as_str(), it.line)).collect();
    assert_eq!(
        broken,
        [
            ("users.json", 4),
            ("garden/2023-11-14.json", 7),
            ("garden/2023-11-14.json", 8),
            ("garden/2023-11-15.json", 3)
        ]
    );
}
