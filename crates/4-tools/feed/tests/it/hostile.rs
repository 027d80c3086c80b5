//! Hostile texts: they are written, shown without harm, and cost no more than others.

use crate::club::{ADA, BEN, club, migrations, saying};
use planet_feed::acts::Post;
use planet_feed::views::{Following, Read};
use planet_kit::markdown::{article, markdown};
use planet_ontology::relevance::Relevance;
use planet_store::{Store, both_engines};
use std::time::{Duration, Instant};

fn hostile() -> Vec<String> {
    vec![
        "<script>alert(1)</script>".into(),
        "[x](javascript:alert(1)) [y](JaVaScRiPt:alert(1)) [z](data:text/html;base64,PHNjcmlwdD4=)".into(),
        "<img src=x onerror=alert(1)> ![x](https://tracker.example/pixel.png)".into(),
        "<style>*{display:none}</style><iframe src=//evil.example></iframe><form action=/wallet/pay>".into(),
        "\u{202e}desrever \u{0}\u{7} text\u{200b}".into(),
        "- ".repeat(9_999) + "x",
        "> ".repeat(9_999) + "x",
        "[".repeat(20_000),
        "*".repeat(10_000) + &"_".repeat(10_000),
        "`".repeat(19_999) + "x",
        "|a".repeat(10_000),
        "![](".repeat(5_000),
        (0..20_000).map(|n| if n % 2 == 0 { 'a' } else { '\u{301}' }).collect(),
    ]
}

fn harmless(html: &str) -> bool {
    let html = html.to_lowercase();
    ["<script", "<img", "<iframe", "<style", "<form", "=\"javascript", "=\"data:", " onerror=\""].iter().all(|bad| !html.contains(bad))
}

both_engines! { migrations();

    async fn hostile_texts_are_kept_and_shown_without_harm(store: Store) {
        let club = club(&store).await;
        for text in hostile() {
            let title = "<script>alert(1)</script>";
            let post = Post { text: text.clone(), title: title.into(), ..saying("", Relevance::Town) };
            let id = club.act(ADA, post).await.unwrap().post;
            let began = Instant::now();
            let seen = club.view(BEN, Read { id, after: None }).await.unwrap();
            let page = article(&seen.text).into_string();
            assert!(harmless(&page), "{page}");
            assert!(page.len() < 2_000_000, "{} bytes of {}", page.len(), &text[..20]);
            assert!(began.elapsed() < Duration::from_secs(5), "{:?} for {}", began.elapsed(), &text[..20]);
            assert!(seen.item.excerpt.chars().count() <= 321);
        }
        let mine = club.view(ADA, Following::default()).await.unwrap();
        assert_eq!(mine.items.len(), hostile().len());
    }
}

#[test]
fn a_list_a_hundred_thousand_deep_is_shown_without_harm_in_bounded_time() {
    let deep = "- ".repeat(100_000) + "x";
    let began = Instant::now();
    let html = markdown(&deep).into_string();
    assert!(harmless(&html));
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}
