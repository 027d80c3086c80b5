//! Hostile texts: they are written, shown without harm, and cost no more than others.

use crate::club::{ADA, BEN, club, migrations, refused, saying};
use planet_feed::acts::Post;
use planet_feed::views::{Following, Read};
use planet_kit::markdown::article;
use planet_ontology::relevance::Relevance;
use planet_store::{Store, both_engines};
use std::time::{Duration, Instant};

fn hostile() -> Vec<String> {
    vec![
        "<script>alert(1)</script>".into(),
        "[x](javascript:alert(1)) [y](JaVaScRiPt:alert(1)) [z](data:text/html;base64,PHNjcmlwdD4=)".into(),
        "<img src=x onerror=alert(1)> ![x](https://tracker.example/pixel.png)".into(),
        "<style>*{display:none}</style><iframe src=//evil.example></iframe><form action=/wallet/pay>".into(),
        "\u{202e}desrever \u{7} text\u{200b}".into(),
        ("- ".repeat(30) + "x\n").repeat(300),
        (0..130).map(|n| " ".repeat(2 * n) + "- x\n").collect(),
        "*a ".repeat(3_000) + &" b*".repeat(3_000),
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
    ["<script", "<img", "<iframe", "<style", "<form", "=\"javascript", "=\"data:", " onerror=\""]
        .iter()
        .all(|bad| !html.contains(bad))
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
            assert!(began.elapsed() < Duration::from_secs(10), "{:?} for {}", began.elapsed(), &text[..20]);
            assert!(seen.item.excerpt.chars().count() <= 321);
        }
        let mine = club.view(ADA, Following::default()).await.unwrap();
        assert_eq!(mine.items.len(), hostile().len());
    }

    async fn a_text_with_a_character_that_cannot_be_stored_is_refused(store: Store) {
        let club = club(&store).await;
        let text = "seen\u{0}unseen".to_owned();
        let refusal = refused(club.act(ADA, Post { text, ..saying("Odd", Relevance::Town) }).await);
        assert_eq!((refusal.code.as_str(), refusal.field), ("unprintable", None));
        assert_eq!(club.titles(ADA, Following::default()).await, Vec::<String>::new());
    }

    async fn a_list_ten_thousand_deep_is_refused_before_it_costs_anything(store: Store) {
        let club = club(&store).await;
        for mark in ["- ", "> ", "1. ", "+\t", "* - > "] {
            let deep = mark.repeat(18_000 / mark.len()) + "x";
            let refusal = refused(club.act(ADA, Post { text: deep, ..saying("Deep", Relevance::Town) }).await);
            assert_eq!(refusal.code, "nested_too_deep");
            assert!(refusal.sentence.contains("30 levels"), "{}", refusal.sentence);
        }
        let deeper = "- ".repeat(100_000) + "x";
        let refusal = refused(club.act(ADA, Post { text: deeper, ..saying("Deeper", Relevance::Town) }).await);
        assert_eq!(refusal.code, "text_too_long");
        assert_eq!(club.titles(ADA, Following::default()).await, Vec::<String>::new());
    }
}
