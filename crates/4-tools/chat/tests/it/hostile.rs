//! What goes wrong, by a slip or on purpose: each is refused with a code, and nothing is half done.

use crate::story::{CHOIR, FIRST, SEALED, club, room, say};
use planet_chat::acts::{
    Command, Edit, MakeHook, MarkRead, OpenChannel, PostByHook, React, RevokeHook, Send, hash_of_secret,
};
use planet_corridor::actor::Actor;
use planet_kit::testing::{ADA, BEN, ask, by, code};
use planet_ontology::hex;
use planet_ontology::ids::{ChannelId, GroupId};
use planet_store::{Error, Store, both_engines, sql};

both_engines! { crate::story::migrations();
    async fn what_cannot_be_is_refused_by_its_name(store: Store) {
        let corridor = club(&store).await;
        let nowhere = ChannelId(uuid::Uuid::from_u128(77));
        for (channel, text, expected) in [
            (FIRST, "x".repeat(1_000_000), "text_too_long"),
            (FIRST, " \n ".into(), "text_missing"),
            (nowhere, "hello".into(), "channel_unknown"),
            (ChannelId(SEALED.0), "hello".into(), "sealed"),
        ] {
            assert_eq!(code(say(&corridor, ADA, channel, &text).await), expected);
        }
        say(&corridor, ADA, FIRST, "hello").await.unwrap();
        let answer = |thread| Send { channel: FIRST, text: "x".into(), thread: Some(thread) };
        for thread in [0, -1, 2, i64::MAX, i64::MIN] {
            assert_eq!(code(corridor.act(by(BEN), answer(thread)).await), "message_unknown");
        }
        let react = |sign: &str| React { channel: FIRST, seq: 1, sign: sign.into(), on: true };
        assert_eq!(code(corridor.act(by(BEN), react("<script>")).await), "sign_wrong");
        assert_eq!(code(corridor.act(by(BEN), Edit { channel: FIRST, seq: 9, text: "x".into() }).await), "message_unknown");
        assert_eq!(code(corridor.act(by(BEN), MarkRead { channel: FIRST, seq: i64::MAX }).await), "message_unknown");
        let open = |group, name: &str| OpenChannel { group, name: name.into() };
        for (group, name, expected) in [(CHOIR, "General", "name_taken"), (CHOIR, "a/b", "name_wrong"), (SEALED, "x", "sealed"), (GroupId(nowhere.0), "x", "channel_unknown")] {
            assert_eq!(code(corridor.act(by(ADA), open(group, name)).await), expected, "{name}");
        }
        for text in ["/", "/nothing", "hello"] {
            let command = Command { channel: FIRST, text: text.into() };
            assert_eq!(code(corridor.act(by(ADA), command).await), "command_unknown");
        }
        assert_eq!(room(&corridor, ADA, "choir").await.unwrap().messages.len(), 1);
    }

    async fn a_hundred_thousand_signs_are_one_number(store: Store) {
        let corridor = club(&store).await;
        say(&corridor, ADA, FIRST, "popular").await.unwrap();
        store.write(|tx| {
            tx.exec(sql!("INSERT INTO reaction_counts (channel_id, seq, sign, n) VALUES (?1, 1, '👍', 99999)"), &[&FIRST])?;
            Ok::<_, Error>(())
        }).await.unwrap();
        corridor.act(by(BEN), React { channel: FIRST, seq: 1, sign: "👍".into(), on: true }).await.unwrap();
        assert_eq!(room(&corridor, ADA, "choir").await.unwrap().messages[0].reactions[0].count, 100_000);
        for n in 0..19_u32 {
            let sign = char::from_u32(0x1F600 + n).unwrap().to_string();
            corridor.act(by(BEN), React { channel: FIRST, seq: 1, sign, on: true }).await.unwrap();
        }
        let another = React { channel: FIRST, seq: 1, sign: "🍞".into(), on: true };
        assert_eq!(code(corridor.act(by(BEN), another).await), "too_many_signs");
    }

    async fn a_webhook_writes_with_its_secret_until_it_is_revoked_and_not_without_end(store: Store) {
        let corridor = club(&store).await;
        let secret_hash = hex::encode(&hash_of_secret("open sesame"));
        let make = |name: &str| MakeHook { channel: FIRST, name: name.into(), secret_hash: secret_hash.clone() };
        let hook = corridor.act(by(ADA), make("builds")).await.unwrap().output.unwrap();
        assert_eq!(code(corridor.act(by(ADA), make("other")).await), "name_taken");
        let post = |secret: &str, text: &str| PostByHook { secret: secret.into(), text: text.into() };
        corridor.act(by(Actor::Guest), post("open sesame", "<https://ci.example|Build 7> is green")).await.unwrap();
        let said = room(&corridor, BEN, "choir").await.unwrap().messages.pop().unwrap();
        assert_eq!((said.hook.as_str(), said.text.as_str()), ("builds", "[Build 7](https://ci.example) is green"));
        for wrong in ["", "open", &secret_hash] {
            assert_eq!(code(corridor.act(by(Actor::Guest), post(wrong, "x")).await), "hook_unknown");
        }
        let mut refused = String::new();
        for _ in 0..60 {
            if let Err(fault) = corridor.act(by(Actor::Guest), post("open sesame", "x")).await {
                refused = code::<()>(Err(fault));
            }
        }
        assert_eq!(refused, "too_often");
        corridor.act(by(ADA), RevokeHook { hook }).await.unwrap();
        assert_eq!(code(corridor.act(by(Actor::Guest), post("open sesame", "x")).await), "hook_unknown");
    }

    async fn reading_and_writing_work_without_script(store: Store) {
        let corridor = club(&store).await;
        let app = planet_kit::testing::app(&corridor, &planet_chat::TOOL);
        let path = "/groups/choir/chat";
        let (status, goes, _) = ask(&app, "ada", path, Some(&format!("channel={FIRST}&c=general&text=Hello+%3Cscript%3Ehi"))).await;
        assert_eq!((status.as_u16(), goes.as_str()), (303, "/groups/choir/chat?c=general#f-text"));
        let (_, _, page) = ask(&app, "ben", path, None).await;
        assert!(page.contains("Hello &lt;script&gt;hi") && page.contains("data-topic"), "{page}");
        let (status, _, page) = ask(&app, "ada", path, Some(&format!("channel={FIRST}&c=general&text="))).await;
        assert_eq!(status.as_u16(), 422);
        assert!(page.contains("Write something first."), "{page}");
        for (verb, form) in [("react", "sign=%F0%9F%91%8D&on=yes"), ("pin", "on=yes"), ("save", "on=yes"), ("edit", "text=Hi"), ("read", ""), ("delete", "")] {
            let form = format!("channel={FIRST}&c=general&seq=1&{form}");
            let (status, _, page) = ask(&app, "ada", &format!("{path}/{verb}"), Some(form.trim_end_matches('&'))).await;
            assert_eq!(status.as_u16(), 303, "{verb}: {page}");
        }
        let (status, _, _) = ask(&app, "cat", path, None).await;
        assert_eq!(status.as_u16(), 404);
        let (_, _, page) = ask(&app, "ada", "/groups/board/chat", None).await;
        assert!(page.contains("This group is private"), "{page}");
        for page in ["/chat", "/groups/choir/chat/search?q=hi", "/groups/choir/chat/hooks", "/groups/choir/chat?thread=1&c=general"] {
            assert_eq!(ask(&app, "ada", page, None).await.0.as_u16(), 200, "{page}");
        }
    }
}
