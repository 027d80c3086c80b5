//! Exports that are broken or mean harm: each is refused with a sentence, or its wrong lines are told and the rest is read.

use crate::making::{NOW, lines, temporary, zipped};
use planet_history::{HistoryError, MAX_SIGNS, Source, parts, read};
use std::fs;

const VERSION: &[u8] = b"{\"type\":\"version\",\"version\":1}\n";

fn post(user: &str, at: i64, more: &str) -> String {
    format!(
        r#"{{"type":"post","post":{{"team":"t","channel":"c","user":"{user}","message":"m{at}","create_at":{at}{more}}}}}"#
    )
}

#[test]
fn a_zip_that_blows_up_is_put_aside() {
    let mut bomb = VERSION.to_vec();
    bomb.resize(64 << 20, b' ');
    for (source, name) in [(Source::Mattermost, "import.jsonl"), (Source::Slack, "channels.json")] {
        let zip = zipped(&[(name, &bomb)]);
        assert!(fs::metadata(&zip.0).unwrap().len() < 1 << 20);
        let refused = read(source, &zip.0, NOW);
        assert!(matches!(&refused, Err(HistoryError::Bomb(of)) if of == name), "{refused:?}");
    }
}

#[test]
fn a_zip_that_points_outside_of_itself_is_put_aside() {
    for name in ["../../home/ada/.bashrc", "/etc/passwd", "data\\..\\..\\x", "C:/x"] {
        let zip = zipped(&[("import.jsonl", VERSION), (name, b"x")]);
        for source in [Source::Mattermost, Source::Slack] {
            let refused = read(source, &zip.0, NOW);
            assert!(matches!(refused, Err(HistoryError::PathOutside(_))), "{name}: {refused:?}");
        }
    }
}

#[test]
fn what_is_no_export_says_so() {
    let file = temporary();
    for bytes in [
        b"".as_slice(),
        b"hello",
        b"PK\x03\x04 but no zip",
        b"{\"type\":\"post\"}\n",
        b"\xff\xfe\x00",
        b"[1,2]",
    ] {
        fs::write(&file.0, bytes).unwrap();
        for source in [Source::Mattermost, Source::Slack] {
            let refused = read(source, &file.0, NOW);
            assert!(matches!(refused, Err(HistoryError::NotAnExport(_))), "{bytes:?}: {refused:?}");
        }
    }
    fs::write(&file.0, "{\"type\":\"version\",\"version\":2}\n").unwrap();
    assert!(matches!(read(Source::Mattermost, &file.0, NOW), Err(HistoryError::Version(2))));
    assert!(matches!(read(Source::Mattermost, &temporary().0, NOW), Err(HistoryError::Unreadable(_))));
    let (empty, elsewhere) = (zipped(&[]), zipped(&[("folder/import.jsonl", VERSION)]));
    for zip in [empty, elsewhere] {
        assert!(matches!(read(Source::Mattermost, &zip.0, NOW), Err(HistoryError::NotAnExport(_))));
    }
}

#[test]
fn a_hundred_thousand_signs_on_one_message_are_read_and_cut_into_pieces() {
    let sign = |n| format!(r#"{{"user":"u{n}","emoji_name":"+1","create_at":1}}"#);
    let all: Vec<String> = (0..100_000).map(sign).collect();
    let export =
        lines(&[post("ada", 1_700_000_000_000, &format!(r#","reactions":[{}]"#, all.join(",")))]).unwrap();
    assert_eq!((export.report.signs, export.report.missing), (100_000, 100_001));
    let parts = parts(&export.channels[0]);
    assert!(parts.iter().all(|part| serde_json::to_string(part).unwrap().len() < 200 * 1024));
    assert_eq!(parts.iter().flat_map(|part| &part.signs).map(|signs| signs.by.len()).sum::<usize>(), 100_000);
}

#[test]
fn the_fifty_first_emoji_of_a_message_is_left_out_and_counted() {
    let sign = |n| format!(r#"{{"user":"ada","emoji_name":"own_{n}","create_at":1}}"#);
    let all: Vec<String> =
        (0..60).map(sign).chain([r#"{"user":"ada","emoji_name":"<b>","create_at":1}"#.into()]).collect();
    let export =
        lines(&[post("ada", 1_700_000_000_000, &format!(r#","reactions":[{}]"#, all.join(",")))]).unwrap();
    assert_eq!(export.channels[0].signs.len(), MAX_SIGNS);
    let left: Vec<u64> = export.report.left_out.values().copied().collect();
    assert_eq!(left, [10, 1]);
}

#[test]
fn a_huge_line_and_a_huge_message_are_told_and_the_rest_is_read() {
    let (line, text) = ("x".repeat(17 << 20), "y".repeat(40_001));
    let huge = |text: &str, at: i64| {
        format!(
            r#"{{"type":"post","post":{{"team":"t","channel":"c","user":"ada","message":"{text}","create_at":{at}}}}}"#
        )
    };
    let export = lines(&[
        huge(&line, 1_700_000_000_000),
        huge(&text, 1_700_000_000_001),
        post("ada", 1_700_000_000_002, ""),
    ])
    .unwrap();
    let broken: Vec<_> = export.report.broken.iter().map(|it| (it.line, it.reason.as_str())).collect();
    assert_eq!(
        broken,
        [(3, "it is longer than 16 megabytes"), (4, "its text is longer than 40000 characters")]
    );
    assert_eq!(export.channels[0].messages.len(), 1);
}

#[test]
fn answers_that_lead_in_a_circle_or_to_nowhere_stand_for_themselves() {
    let day = br#"[{"user":"U1","text":"a","ts":"1700000001.0","thread_ts":"1700000002.0"},{"user":"U1","text":"b","ts":"1700000002.0","thread_ts":"1700000001.0"},
        {"user":"U1","text":"c","ts":"1700000003.0","thread_ts":"1600000000.0"}]"#;
    let zip = zipped(&[("channels.json", br#"[{"id":"C1","name":"c"}]"#), ("c/2023-11-14.json", day)]);
    let export = read(Source::Slack, &zip.0, NOW).unwrap();
    assert_eq!(export.channels[0].messages.iter().filter(|it| it.answers.is_some()).count(), 0);
    assert_eq!(export.report.messages, 3);
}

#[test]
fn ten_thousand_broken_lines_are_counted_and_a_hundred_are_listed() {
    let export = lines(&vec!["{".to_owned(); 10_000]).unwrap();
    assert_eq!((export.report.broken_count, export.report.broken.len()), (10_000, 100));
}

#[test]
fn an_answer_from_before_its_question_still_stands_after_it() {
    let answer = r#","replies":[{"user":"ben","message":"early","create_at":1600000000000}]"#;
    let export =
        lines(&[post("ada", 1_700_000_000_000, answer), post("ada", 1_650_000_000_000, "")]).unwrap();
    let texts: Vec<_> = export.channels[0].messages.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts, ["m1650000000000", "m1700000000000", "early"]);
}
