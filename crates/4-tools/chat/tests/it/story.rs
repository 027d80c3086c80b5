//! A day in the chat of a group: said, answered, mended, removed, read on several devices.

use planet_chat::acts::{Delete, Edit, MarkRead, OpenChannel, Pin, React, Save, Send, Sent};
use planet_chat::topics::CHANNEL;
use planet_chat::views::{Inbox, Room, RoomView, Search};
use planet_corridor::agents::{self, NewAgent};
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_corridor::registry::Registry;
use planet_corridor::task::Call;
use planet_corridor::topics::Topic;
use planet_kit::live::Hub;
use planet_kit::testing::{self, ADA, BEN, CAT, NOW, THREE, by};
use planet_ontology::ids::{ChannelId, GroupId, MemberId};
use planet_ontology::roles::{Mode, Role, Visibility};
use planet_store::{Error, Migration, Store, Tx, both_engines};
use serde_json::Value;
use uuid::Uuid;

pub const CHOIR: GroupId = GroupId(Uuid::from_u128(0xc401));
pub const OPEN: GroupId = GroupId(Uuid::from_u128(0x09e4));
pub const SEALED: GroupId = GroupId(Uuid::from_u128(0x5ea1));
pub const FIRST: ChannelId = ChannelId(CHOIR.0);

pub fn migrations() -> Vec<Migration> {
    [planet_corridor::MIGRATIONS, planet_chat::MIGRATIONS].concat()
}

/// Three groups: the choir (its members read), one that anybody reads, and a private one. Ada and Ben are in all of them.
pub async fn club(store: &Store) -> Corridor {
    let corridor = testing::club(store, &THREE, planet_chat::register(Registry::default())).await;
    store.write(groups).await.unwrap();
    corridor
}

fn groups(tx: &mut Tx) -> Result<(), Error> {
    for (group, handle, seen) in [
        (CHOIR, "choir", Visibility::Restricted),
        (OPEN, "market", Visibility::Open),
        (SEALED, "board", Visibility::Private),
    ] {
        let new = NewAgent { handle, name: handle, now: NOW };
        agents::create_group_seen_by(tx, group, &new, (Mode::Chat, true), seen)?;
        agents::set_role(tx, ADA.into(), group, Role::Steward, NOW)?;
        agents::set_role(tx, BEN.into(), group, Role::Member, NOW)?;
    }
    Ok(())
}

pub async fn say(corridor: &Corridor, who: MemberId, channel: ChannelId, text: &str) -> Result<Sent, Fault> {
    let done = corridor.act(by(who), Send { channel, text: text.into(), thread: None }).await?;
    Ok(done.output.unwrap())
}

pub async fn room(corridor: &Corridor, who: MemberId, group: &str) -> Result<RoomView, Fault> {
    let viewer = corridor.viewer(who).await?;
    corridor.view(&viewer, Room { group: group.into(), ..Room::default() }, NOW).await
}

fn texts(view: &RoomView) -> Vec<&str> {
    view.messages.iter().map(|message| message.text.as_str()).collect()
}

async fn unread(corridor: &Corridor, who: MemberId) -> Vec<(i64, i64)> {
    let viewer = corridor.viewer(who).await.unwrap();
    let lines = corridor.view(&viewer, Inbox {}, NOW).await.unwrap();
    lines.into_iter().map(|line| (line.unread, line.mentions)).collect()
}

both_engines! { migrations();
    async fn a_group_talks_at_once_and_its_messages_are_numbered_without_a_gap(store: Store) {
        let corridor = club(&store).await;
        let empty = room(&corridor, ADA, "choir").await.unwrap();
        assert_eq!((empty.channels.len(), empty.channel.name.as_str(), empty.may_send), (1, "general", true));
        let sends = (0..60).map(|n| {
            let corridor = corridor.clone();
            let (who, text) = if n % 2 == 0 { (ADA, format!("{n}")) } else { (BEN, format!("{n}")) };
            tokio::spawn(async move { say(&corridor, who, FIRST, &text).await.unwrap().seq })
        });
        let mut seqs = Vec::new();
        for sent in sends.collect::<Vec<_>>() {
            seqs.push(sent.await.unwrap());
        }
        seqs.sort_unstable();
        assert_eq!(seqs, (1..=60).collect::<Vec<i64>>());
        let view = room(&corridor, ADA, "choir").await.unwrap();
        assert_eq!((view.messages.len(), view.last, view.messages[0].seq), (50, 60, 11));
        let viewer = corridor.viewer(ADA).await.unwrap();
        let earlier = corridor.view(&viewer, Room { group: "choir".into(), before: Some(11), ..Room::default() }, NOW).await.unwrap();
        assert_eq!(earlier.messages.len(), 10);
    }

    async fn the_same_message_sent_twice_is_said_once(store: Store) {
        let corridor = club(&store).await;
        let call: Call = by(ADA);
        let send = || Send { channel: FIRST, text: "Hello".into(), thread: None };
        let first = corridor.act(call, send()).await.unwrap();
        let again = corridor.act(call, send()).await.unwrap();
        assert_eq!(first.output, again.output);
        assert_eq!(room(&corridor, BEN, "choir").await.unwrap().messages.len(), 1);
    }

    async fn what_is_mended_says_so_and_what_is_removed_has_no_words(store: Store) {
        let corridor = club(&store).await;
        let seq = say(&corridor, ADA, FIRST, "Helo @ben").await.unwrap().seq;
        let root = seq;
        corridor.act(by(BEN), Send { channel: FIRST, text: "Hi!".into(), thread: Some(seq) }).await.unwrap();
        corridor.act(by(BEN), Send { channel: FIRST, text: "Hi again".into(), thread: Some(seq + 1) }).await.unwrap();
        assert_eq!(unread(&corridor, BEN).await, [(0, 0)]);
        corridor.act(by(ADA), Edit { channel: FIRST, seq, text: "Hello".into() }).await.unwrap();
        corridor.act(by(ADA), Pin { channel: FIRST, seq, on: true }).await.unwrap();
        corridor.act(by(BEN), Save { channel: FIRST, seq, on: true }).await.unwrap();
        let view = room(&corridor, ADA, "choir").await.unwrap();
        assert_eq!(texts(&view), ["Hello", "Hi!", "Hi again"]);
        let first = &view.messages[0];
        assert!(first.edited.is_some() && first.pinned);
        assert_eq!((first.replies, view.messages[2].thread), (2, Some(root)));
        for (who, only) in [(ADA, "pinned"), (BEN, "saved")] {
            let viewer = corridor.viewer(who).await.unwrap();
            let some = corridor.view(&viewer, Room { group: "choir".into(), only: Some(only.into()), ..Room::default() }, NOW).await.unwrap();
            assert_eq!(texts(&some), ["Hello"], "{only}");
        }
        corridor.act(by(ADA), Delete { channel: FIRST, seq }).await.unwrap();
        let view = room(&corridor, ADA, "choir").await.unwrap();
        assert_eq!((texts(&view)[0], view.messages[0].gone, view.messages[0].pinned), ("", true, false));
        let words = store.read(|tx| tx.rows::<(String,)>(planet_store::sql!("SELECT answer FROM outcomes"), &[])).await.unwrap();
        assert!(words.iter().all(|(answer,)| !answer.contains("Hello")));
    }

    async fn signs_are_counted_once_for_each_member_and_taken_back(store: Store) {
        let corridor = club(&store).await;
        let seq = say(&corridor, ADA, FIRST, "Cake on Friday").await.unwrap().seq;
        let react = |on| React { channel: FIRST, seq, sign: "🎉".into(), on };
        for (who, on, count) in [(ADA, true, 1), (ADA, true, 1), (BEN, true, 2), (ADA, false, 1), (ADA, false, 1)] {
            corridor.act(by(who), react(on)).await.unwrap();
            assert_eq!(room(&corridor, BEN, "choir").await.unwrap().messages[0].reactions[0].count, count);
        }
        corridor.act(by(BEN), react(false)).await.unwrap();
        assert!(room(&corridor, BEN, "choir").await.unwrap().messages[0].reactions.is_empty());
    }

    async fn what_is_unread_agrees_on_all_devices(store: Store) {
        let corridor = club(&store).await;
        say(&corridor, ADA, FIRST, "@ben @Ben are you there, @cat?").await.unwrap();
        say(&corridor, ADA, FIRST, "Hello?").await.unwrap();
        assert_eq!((unread(&corridor, BEN).await, unread(&corridor, ADA).await), (vec![(2, 1)], vec![(0, 0)]));
        // Cat is not in the choir and hears nothing of it.
        assert_eq!(unread(&corridor, CAT).await, []);
        for (seq, left) in [(1, (1, 0)), (2, (0, 0)), (1, (0, 0)), (900, (0, 0))] {
            corridor.act(by(BEN), MarkRead { channel: FIRST, seq }).await.unwrap();
            assert_eq!(unread(&corridor, BEN).await, [left]);
        }
    }

    async fn words_are_found_by_whom_where_and_when(store: Store) {
        let corridor = club(&store).await;
        let opened = corridor.act(by(ADA), OpenChannel { group: CHOIR, name: "Concert plans".into() }).await.unwrap();
        say(&corridor, ADA, FIRST, "Bread and butter").await.unwrap();
        say(&corridor, BEN, opened.output.unwrap(), "More BREAD, 100% rye").await.unwrap();
        for (q, count) in [("bread", 2), ("bread from:ben", 1), ("from:@ada", 1), ("bread in:concert-plans", 1), ("100%", 1), ("%", 0), ("bread before:2020-01-01", 0), ("from:nobody bread", 0), ("", 0)] {
            let viewer = corridor.viewer(ADA).await.unwrap();
            let found = corridor.view(&viewer, Search { group: "choir".into(), q: q.into() }, NOW).await.unwrap();
            assert_eq!(found.len(), count, "{q}");
        }
    }

    async fn others_hear_what_is_said_and_the_one_who_was_taken_out_does_not(store: Store) {
        let corridor = club(&store).await;
        let hub = Hub::start(corridor.clone());
        let topic = Topic::new(CHANNEL.name, FIRST).to_string();
        let mut ben = hub.listener(BEN, "Ben").unwrap();
        ben.hear(&topic, None);
        ben.next_text().await.unwrap();
        say(&corridor, ADA, FIRST, "**Hello** <script>alert(1)</script>").await.unwrap();
        let heard: Value = serde_json::from_str(&ben.next_text().await.unwrap()).unwrap();
        let html = heard["note"]["html"].as_str().unwrap();
        assert!(html.contains("<strong>Hello</strong>") && !html.contains("<script"), "{html}");
        store.write(|tx| agents::set_role(tx, BEN.into(), CHOIR, Role::None, NOW)).await.unwrap();
        say(&corridor, ADA, FIRST, "Ben must not hear this").await.unwrap();
        let heard = ben.next_text().await.unwrap();
        assert!(heard.contains("gone") && !heard.contains("must not"), "{heard}");
    }
}
