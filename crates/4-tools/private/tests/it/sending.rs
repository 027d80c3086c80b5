//! What goes into a log: in one order, each entry naming the one before, one commit for an epoch, and nothing from who is not in.

use crate::browsers::*;
use planet_corridor::corridor::Corridor;
use planet_identity::encoding::from_b64u;
use planet_ontology::ids::MemberId;
use planet_private::acts::devices::RevokeDevice;
use planet_private::acts::log::{Commit, KeepKeys, ReadUpTo, Send, Welcomed};
use planet_private::acts::people::RemovePerson;
use planet_private::frame;
use planet_private::topics::INBOX;
use planet_private::views::Conversations;
use planet_private::views::log::{Entry, Keys, Log, Welcomes};
use planet_store::{Store, both_engines, sql};
use serde_json::json;
use uuid::Uuid;

async fn log(corridor: &Corridor, who: MemberId, conversation: Uuid, after: i64) -> Vec<Entry> {
    let viewer = corridor.viewer(who).await.unwrap();
    corridor.view(&viewer, Log { conversation, after }, NOW).await.unwrap()
}

both_engines! { migrations();

    async fn messages_stand_in_one_order_and_each_names_the_one_before(store: Store) {
        let corridor = club(&store).await;
        let (phone, laptop) = (set_up(&corridor, ADA, 1, 1).await, set_up(&corridor, BEN, 1, 1).await);
        let talk = start(&corridor, ADA, &[BEN]).await;
        corridor.act(by(ADA), commit(talk, phone, 0, &[laptop])).await.unwrap();
        send(&corridor, ADA, message(talk, phone, 1, "one")).await.unwrap();
        let placed = send(&corridor, BEN, message(talk, laptop, 1, "two")).await.unwrap();
        assert_eq!(placed.position, 3);
        let entries = log(&corridor, BEN, talk, 0).await;
        let mut previous = frame::NOTHING_BEFORE.to_vec();
        for (entry, position) in entries.iter().zip(1..) {
            let body = from_b64u(&entry.body).unwrap();
            let hash = frame::link(&frame::read(&body).unwrap(), position, entry.device, &previous, &body);
            assert_eq!((entry.position, from_b64u(&entry.previous).unwrap()), (position, previous));
            assert_eq!(from_b64u(&entry.hash).unwrap(), hash);
            previous = hash.to_vec();
        }
        assert_eq!(entries.iter().map(|entry| (entry.commit, entry.epoch)).collect::<Vec<_>>(), [(true, 0), (false, 1), (false, 1)]);
        assert_eq!(log(&corridor, ADA, talk, 2).await.len(), 1);
    }

    async fn of_two_commits_for_an_epoch_the_first_counts(store: Store) {
        let corridor = club(&store).await;
        let (phone, laptop) = (set_up(&corridor, ADA, 1, 1).await, set_up(&corridor, BEN, 1, 1).await);
        let talk = start(&corridor, ADA, &[BEN]).await;
        let first = commit(talk, phone, 0, &[laptop]);
        corridor.act(by(ADA), first.clone()).await.unwrap();
        assert_eq!(code(corridor.act(by(BEN), commit(talk, laptop, 0, &[phone])).await), "epoch_taken");
        assert_eq!(code(corridor.act(by(BEN), commit(talk, laptop, 2, &[])).await), "epoch_taken", "one ahead");
        // Whoever did not hear the answer asks again and hears the same.
        assert_eq!(corridor.act(by(ADA), first).await.unwrap().output.unwrap().position, 1);
        let forked = Commit { body: framed(talk, 0, 3, &[4, 5, 6]), ..commit(talk, phone, 0, &[laptop]) };
        assert_eq!(code(corridor.act(by(ADA), forked).await), "epoch_taken");
        assert_eq!(code(send(&corridor, ADA, message(talk, phone, 0, "late")).await), "epoch_moved");
        assert_eq!(log(&corridor, ADA, talk, 0).await.len(), 1);
    }

    async fn a_message_that_is_sent_twice_is_one_message(store: Store) {
        let corridor = club(&store).await;
        let phone = set_up(&corridor, ADA, 1, 1).await;
        let talk = start(&corridor, ADA, &[BEN]).await;
        let one = message(talk, phone, 0, "one");
        let first = send(&corridor, ADA, one.clone()).await.unwrap();
        let again = send(&corridor, ADA, one.clone()).await.unwrap();
        assert_eq!((first.position, &first.hash), (again.position, &again.hash));
        let other = Send { id: one.id, ..message(talk, phone, 0, "other") };
        assert_eq!(code(send(&corridor, ADA, other).await), "id_taken");
        assert_eq!(log(&corridor, ADA, talk, 0).await.len(), 1);
    }

    async fn a_welcome_waits_until_its_device_has_it(store: Store) {
        let corridor = club(&store).await;
        let (phone, laptop) = (set_up(&corridor, ADA, 1, 1).await, set_up(&corridor, BEN, 1, 1).await);
        let talk = start(&corridor, ADA, &[BEN]).await;
        corridor.act(by(ADA), commit(talk, phone, 0, &[laptop])).await.unwrap();
        let ben = corridor.viewer(BEN).await.unwrap();
        let waiting = corridor.view(&ben, Welcomes { device: laptop }, NOW).await.unwrap();
        assert_eq!(waiting.iter().map(|it| (it.conversation, it.position)).collect::<Vec<_>>(), [(talk, 1)]);
        let ada = corridor.viewer(ADA).await.unwrap();
        assert_eq!(code(corridor.view(&ada, Welcomes { device: laptop }, NOW).await), "device_unknown");
        corridor.act(by(BEN), Welcomed { device: laptop, conversation: talk, position: 1 }).await.unwrap();
        assert!(corridor.view(&ben, Welcomes { device: laptop }, NOW).await.unwrap().is_empty());
    }

    async fn who_was_taken_out_in_the_middle_gets_and_sends_nothing_after(store: Store) {
        let corridor = club(&store).await;
        let (phone, tablet) = (set_up(&corridor, ADA, 1, 1).await, set_up(&corridor, CAT, 1, 1).await);
        let talk = start(&corridor, ADA, &[BEN, CAT]).await;
        corridor.act(by(ADA), commit(talk, phone, 0, &[tablet])).await.unwrap();
        let cat = corridor.viewer(CAT).await.unwrap();
        corridor.act(by(ADA), RemovePerson { conversation: talk, member: CAT }).await.unwrap();
        assert_eq!(code(send(&corridor, CAT, message(talk, tablet, 1, "but")).await), "conversation_unknown");
        assert_eq!(code(corridor.view(&cat, Log { conversation: talk, after: 0 }, NOW).await), "conversation_unknown");
        assert!(corridor.view(&cat, Welcomes { device: tablet }, NOW).await.unwrap().is_empty());
        let back = commit(talk, phone, 1, &[tablet]);
        assert_eq!(code(corridor.act(by(ADA), back).await), "device_unknown", "nothing waits for who is not on the list");
    }

    async fn a_device_that_was_taken_out_of_use_sends_nothing(store: Store) {
        let corridor = club(&store).await;
        let phone = set_up(&corridor, ADA, 1, 1).await;
        let talk = start(&corridor, ADA, &[BEN]).await;
        assert_eq!(code(send(&corridor, BEN, message(talk, phone, 0, "as Ada")).await), "device_unknown");
        corridor.act(by(ADA), RevokeDevice { device: phone }).await.unwrap();
        assert_eq!(code(send(&corridor, ADA, message(talk, phone, 0, "x")).await), "device_unknown");
    }

    async fn what_is_no_message_of_this_conversation_or_too_large_is_refused(store: Store) {
        let corridor = club(&store).await;
        let phone = set_up(&corridor, ADA, 1, 1).await;
        let talk = start(&corridor, ADA, &[BEN]).await;
        let with = |body: String| Send { body, ..message(talk, phone, 0, "") };
        for (body, expected) in [
            ("hello".to_owned(), "frame_wrong"),
            ("héllo!".to_owned(), "frame_wrong"),
            (framed(Uuid::nil(), 0, 1, b"x"), "frame_wrong"),
            (framed(talk, 0, 3, b"a commit"), "frame_wrong"),
            (framed(talk, 0, 1, &vec![1; 40_000]), "message_too_large"),
            (framed(talk, 0, 1, &vec![1; 1_000_000]), "message_too_large"),
        ] {
            assert_eq!(code(send(&corridor, ADA, with(body)).await), expected);
        }
        let copy = Send { archive: Some("x".repeat(50_000)), ..message(talk, phone, 0, "") };
        assert_eq!(code(send(&corridor, ADA, copy).await), "message_too_large");
        let bare = Commit { welcome: None, ..commit(talk, phone, 0, &[phone]) };
        assert_eq!(code(corridor.act(by(ADA), bare).await), "frame_wrong");
        let large = Commit { body: framed(talk, 0, 3, &vec![1; 100_000]), ..commit(talk, phone, 0, &[]) };
        assert_eq!(code(corridor.act(by(ADA), large).await), "too_large");
    }

    async fn what_waits_is_counted_until_it_was_read(store: Store) {
        let corridor = club(&store).await;
        let phone = set_up(&corridor, ADA, 1, 1).await;
        let talk = start(&corridor, ADA, &[BEN]).await;
        for text in ["one", "two"] {
            send(&corridor, ADA, message(talk, phone, 0, text)).await.unwrap();
        }
        let ben = corridor.viewer(BEN).await.unwrap();
        let ada = corridor.viewer(ADA).await.unwrap();
        assert_eq!(corridor.view(&ben, Conversations {}, NOW).await.unwrap()[0].unread, 2);
        assert_eq!(corridor.view(&ada, Conversations {}, NOW).await.unwrap()[0].unread, 0);
        corridor.act(by(BEN), ReadUpTo { conversation: talk, position: 2 }).await.unwrap();
        corridor.act(by(BEN), ReadUpTo { conversation: talk, position: 1 }).await.unwrap();
        assert_eq!(corridor.view(&ben, Conversations {}, NOW).await.unwrap()[0].unread, 0);
        assert_eq!(code(corridor.act(by(BEN), ReadUpTo { conversation: talk, position: 9 }).await), "position_unknown");
    }

    async fn an_inbox_tells_its_owner_alone_which_conversation_went_on(store: Store) {
        let corridor = club(&store).await;
        let phone = set_up(&corridor, ADA, 1, 1).await;
        let talk = start(&corridor, ADA, &[BEN]).await;
        send(&corridor, ADA, message(talk, phone, 0, "one")).await.unwrap();
        let heard = async |who: MemberId, after| {
            let since = INBOX.since;
            store.read(move |tx| since(tx, who.0, after, 9)).await.unwrap()
        };
        let notes = heard(BEN, 0).await;
        assert_eq!(notes.iter().map(|note| note.body.clone()).collect::<Vec<_>>(), [json!({ "conversation": talk, "position": 1 })]);
        assert!(heard(BEN, notes[0].cursor).await.is_empty());
        assert!(heard(CAT, 0).await.is_empty());
        let head = INBOX.head;
        assert_eq!(store.read(move |tx| head(tx, BEN.0)).await.unwrap(), notes[0].cursor);
    }

    async fn a_ring_of_keys_is_kept_for_its_owner_and_of_two_the_first_counts(store: Store) {
        let corridor = club(&store).await;
        let phone = set_up(&corridor, ADA, 1, 1).await;
        let keep = |after, body: &str| KeepKeys { device: phone, after, body: body.into() };
        assert_eq!(corridor.act(by(ADA), keep(0, "AAAA")).await.unwrap().output.unwrap(), 1);
        assert_eq!(code(corridor.act(by(ADA), keep(0, "BBBB")).await), "keys_moved");
        assert_eq!(code(corridor.act(by(ADA), keep(9, "BBBB")).await), "keys_unknown");
        assert_eq!(corridor.act(by(ADA), keep(1, "CCCC")).await.unwrap().output.unwrap(), 2);
        let ada = corridor.viewer(ADA).await.unwrap();
        let ben = corridor.viewer(BEN).await.unwrap();
        assert_eq!(corridor.view(&ada, Keys {}, NOW).await.unwrap().body, "CCCC");
        assert_eq!(corridor.view(&ben, Keys {}, NOW).await.unwrap().version, 0);
    }

    async fn the_log_of_the_club_has_no_word_of_when_somebody_wrote(store: Store) {
        let corridor = club(&store).await;
        let phone = set_up(&corridor, ADA, 1, 1).await;
        let talk = start(&corridor, ADA, &[BEN]).await;
        let before: i64 = store.read(|tx| tx.one::<(i64,)>(sql!("SELECT count(*) FROM outcomes"), &[])).await.unwrap().0;
        send(&corridor, ADA, message(talk, phone, 0, "one")).await.unwrap();
        let after: i64 = store.read(|tx| tx.one::<(i64,)>(sql!("SELECT count(*) FROM outcomes"), &[])).await.unwrap().0;
        let events: i64 = store.read(|tx| tx.one::<(i64,)>(sql!("SELECT count(*) FROM events"), &[])).await.unwrap().0;
        assert_eq!((after, events), (before, 0));
    }
}
