//! A group brings its history along: once, in its order, with everybody who said something, and whoever that is here.

use crate::story::{CHOIR, FIRST, OPEN, SEALED, club, room, say};
use planet_chat::acts::{Delete, Edit, React};
use planet_chat::history::acts::{LayHistory, MatchPerson, NamePeople, Named, NotMine};
use planet_chat::history::bring::{BringIn, BroughtIn};
use planet_chat::history::views::History;
use planet_chat::rows::read::Message as Shown;
use planet_chat::views::{Inbox, Room, Search};
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_history::{Message, Part, Person, Signs, Source};
use planet_kit::testing::{ADA, BEN, CAT, NOW, ask, by, code};
use planet_ontology::ids::{ChannelId, GroupId, MemberId};
use planet_ontology::units::Moment;
use planet_store::{Store, both_engines, sql};

fn person(key: &str, name: &str) -> Person {
    Person { key: key.into(), handle: key.into(), name: name.into() }
}

fn message(n: i64, author: &str, text: &str, answers: Option<i64>) -> Message {
    let sent = Moment(1_500_000_000 * Moment::SECOND + n * Moment::SECOND);
    let (mark, answers) = (n.to_string(), answers.map(|n| n.to_string()));
    Message {
        mark,
        author: author.into(),
        sent,
        edited: None,
        gone: text.is_empty(),
        pinned: n == 1,
        answers,
        text: text.into(),
    }
}

fn signs(n: i64, sign: &str, by: &[&str]) -> Signs {
    Signs { mark: n.to_string(), sign: sign.into(), by: by.iter().map(ToString::to_string).collect() }
}

/// Two pieces: a question, an answer, something removed, and signs on them.
fn pieces() -> Vec<Part> {
    vec![
        Part {
            messages: vec![
                message(1, "lovelace", "Cake on Friday, @bb? @channel", None),
                message(2, "bb", "Yes, @lovelace!", Some(1)),
            ],
            signs: vec![signs(1, "👍", &["bb"])],
        },
        Part {
            messages: vec![message(3, "bb", "", None), message(4, "cook", "> > done", None)],
            signs: vec![signs(1, "👍", &["cook", "lovelace"]), signs(2, ":parrot:", &["cook"])],
        },
    ]
}

async fn name(corridor: &Corridor, group: GroupId) -> Result<Vec<Named>, Fault> {
    let people = vec![person("lovelace", "Ada Lovelace"), person("bb", "Benjamin"), person("cook", "Cook")];
    let act = NamePeople { group, source: Source::Mattermost, people };
    Ok(corridor.act(by(ADA), act).await?.output.unwrap())
}

fn bringing(group: GroupId, parts: usize) -> BringIn {
    BringIn {
        group,
        source: Source::Mattermost,
        channel: "co-op/kitchen".into(),
        name: "kitchen".into(),
        closed: false,
        parts: u32::try_from(parts).unwrap(),
        digest: "abc".into(),
    }
}

async fn lay(corridor: &Corridor, group: GroupId, part: usize, content: Part) -> Result<(), Fault> {
    let (source, channel, part) = (Source::Mattermost, "co-op/kitchen".into(), u32::try_from(part).unwrap());
    corridor.act(by(ADA), LayHistory { group, source, channel, part, content }).await.map(|_| ())
}

async fn bring(corridor: &Corridor, group: GroupId, pieces: Vec<Part>) -> Result<BroughtIn, Fault> {
    let act = bringing(group, pieces.len());
    for (part, content) in pieces.into_iter().enumerate() {
        lay(corridor, group, part, content).await?;
    }
    Ok(corridor.act(by(ADA), act).await?.output.unwrap())
}

async fn kitchen(corridor: &Corridor, who: MemberId) -> Vec<Shown> {
    let viewer = corridor.viewer(who).await.unwrap();
    let room = Room { group: "choir".into(), channel: Some("kitchen".into()), ..Room::default() };
    corridor.view(&viewer, room, NOW).await.unwrap().messages
}

fn told(messages: &[Shown]) -> Vec<(&str, &str, Option<i64>, &str)> {
    messages.iter().map(|it| (it.name.as_str(), it.handle.as_str(), it.thread, it.text.as_str())).collect()
}

async fn unread(corridor: &Corridor, who: MemberId) -> Vec<(i64, i64)> {
    let viewer = corridor.viewer(who).await.unwrap();
    let lines = corridor.view(&viewer, Inbox {}, NOW).await.unwrap();
    lines.into_iter().map(|line| (line.unread, line.mentions)).collect()
}

both_engines! { crate::story::migrations();
    async fn what_was_said_elsewhere_goes_on_here_under_the_names_of_there(store: Store) {
        let corridor = club(&store).await;
        name(&corridor, CHOIR).await.unwrap();
        let brought = bring(&corridor, CHOIR, pieces()).await.unwrap();
        assert_eq!((brought.name.as_str(), brought.messages, brought.known), ("kitchen", 4, 0));
        let messages = kitchen(&corridor, BEN).await;
        assert_eq!(
            told(&messages),
            [
                ("Ada Lovelace (Mattermost)", "", None, "Cake on Friday, @\u{2060}bb? @\u{2060}channel"),
                ("Benjamin (Mattermost)", "", Some(1), "Yes, @\u{2060}lovelace!"),
                ("Benjamin (Mattermost)", "", None, ""),
                ("Cook (Mattermost)", "", None, "> > done"),
            ]
        );
        assert_eq!((messages[0].replies, messages[0].pinned, messages[2].gone), (1, true, true));
        assert_eq!(messages[0].sent, Moment(1_500_000_001 * Moment::SECOND));
        let counts: Vec<_> = messages[0].reactions.iter().chain(&messages[1].reactions).map(|it| (it.sign.as_str(), it.count)).collect();
        assert_eq!(counts, [("👍", 3), (":parrot:", 1)]);
        // What is old is no news, and can be searched like everything else.
        assert_eq!((unread(&corridor, BEN).await, unread(&corridor, ADA).await), (vec![(0, 0)], vec![(0, 0)]));
        let viewer = corridor.viewer(BEN).await.unwrap();
        let found = corridor.view(&viewer, Search { group: "choir".into(), q: "cake in:kitchen".into() }, NOW).await.unwrap();
        assert_eq!(found.len(), 1);
        say(&corridor, BEN, brought.channel, "And now here").await.unwrap();
        assert_eq!(unread(&corridor, ADA).await, [(1, 0)]);
    }

    async fn what_is_brought_twice_is_here_once_and_what_was_done_here_stays(store: Store) {
        let corridor = club(&store).await;
        name(&corridor, CHOIR).await.unwrap();
        let channel = bring(&corridor, CHOIR, pieces()).await.unwrap().channel;
        corridor.act(by(ADA), Delete { channel, seq: 4 }).await.unwrap();
        corridor.act(by(BEN), React { channel, seq: 1, sign: "👍".into(), on: true }).await.unwrap();
        say(&corridor, BEN, channel, "And now here").await.unwrap();
        let before = kitchen(&corridor, BEN).await;
        name(&corridor, CHOIR).await.unwrap();
        let again = bring(&corridor, CHOIR, pieces()).await.unwrap();
        assert_eq!((again.channel, again.messages, again.known), (channel, 0, 4));
        assert_eq!(kitchen(&corridor, BEN).await, before);
        // A newer export goes on: only what is new comes, answers find what they answer.
        let mut newer = pieces();
        newer[1].messages.push(message(5, "bb", "Late", Some(1)));
        newer[1].signs.push(signs(5, "🎉", &["cook"]));
        assert_eq!(bring(&corridor, CHOIR, newer).await.unwrap().messages, 1);
        let after = kitchen(&corridor, BEN).await;
        assert_eq!((after.len(), after[5].thread, after[0].replies, after[5].reactions.len()), (6, Some(1), 2, 1));
        assert_eq!(after[1..5], before[1..]);
        let rows = store.read(|tx| tx.rows::<(String,)>(sql!("SELECT body FROM chat_laid"), &[])).await.unwrap();
        assert!(rows.is_empty());
    }

    async fn who_is_who_is_said_once_and_can_be_taken_back(store: Store) {
        let corridor = club(&store).await;
        let named = name(&corridor, CHOIR).await.unwrap();
        let channel = bring(&corridor, CHOIR, pieces()).await.unwrap().channel;
        let is = |key: &str, member| MatchPerson { person: named.iter().find(|it| it.key == key).unwrap().id, member };
        corridor.act(by(BEN), React { channel, seq: 1, sign: "👍".into(), on: true }).await.unwrap();
        let before = kitchen(&corridor, ADA).await;
        assert_eq!(code(corridor.act(by(ADA), is("bb", Some(CAT))).await), "not_in_group");
        corridor.act(by(ADA), is("bb", Some(BEN))).await.unwrap();
        corridor.act(by(ADA), is("lovelace", Some(ADA))).await.unwrap();
        let messages = kitchen(&corridor, ADA).await;
        assert_eq!(
            told(&messages)[..2],
            [("Ada", "ada", None, "Cake on Friday, @ben? @\u{2060}channel"), ("Ben", "ben", Some(1), "Yes, @ada!")]
        );
        assert_eq!(messages[1].brought.as_deref(), Some("Benjamin (Mattermost)"));
        // Ben had given the same sign here and there: that is one.
        assert_eq!((before[0].reactions[0].count, messages[0].reactions[0].count), (4, 3));
        let mentions = store.read(|tx| tx.one::<(i64,)>(sql!("SELECT count(*) FROM mentions"), &[])).await.unwrap().0;
        assert_eq!(mentions, 2);
        // What is Ben's is for Ben to mend.
        corridor.act(by(BEN), Edit { channel, seq: 2, text: "Yes, @ada, yes!".into() }).await.unwrap();
        corridor.act(by(ADA), is("lovelace", None)).await.unwrap();
        let messages = kitchen(&corridor, ADA).await;
        assert_eq!(told(&messages)[0], ("Ada Lovelace (Mattermost)", "", None, "Cake on Friday, @ben? @\u{2060}channel"));
        assert_eq!((messages[1].text.as_str(), messages[0].reactions[0].count), ("Yes, @\u{2060}lovelace, yes!", 3));
        // Brought along after it is known who is who, messages are theirs at once.
        let mut newer = pieces();
        newer[1].messages.push(message(5, "bb", "Me again, @bb", None));
        newer[1].signs.push(signs(5, "🎉", &["bb", "cook"]));
        bring(&corridor, CHOIR, newer).await.unwrap();
        let last = kitchen(&corridor, ADA).await.pop().unwrap();
        assert_eq!((last.name.as_str(), last.text.as_str(), last.reactions[0].count), ("Ben", "Me again, @ben", 2));
        corridor.act(by(BEN), React { channel, seq: last.seq, sign: "🎉".into(), on: false }).await.unwrap();
        assert_eq!(kitchen(&corridor, ADA).await.pop().unwrap().reactions[0].count, 1);
    }

    async fn whoever_is_taken_for_somebody_else_can_say_so(store: Store) {
        let corridor = club(&store).await;
        let named = name(&corridor, CHOIR).await.unwrap();
        let channel = bring(&corridor, CHOIR, pieces()).await.unwrap().channel;
        corridor.act(by(ADA), MatchPerson { person: named[1].id, member: Some(BEN) }).await.unwrap();
        corridor.act(by(BEN), NotMine { channel, seq: 2 }).await.unwrap();
        let messages = kitchen(&corridor, ADA).await;
        assert_eq!((messages[1].name.as_str(), messages[2].handle.as_str()), ("Benjamin (Mattermost)", ""));
        assert!(messages[0].text.contains("@\u{2060}bb?"), "{}", messages[0].text);
        say(&corridor, BEN, channel, "Mine").await.unwrap();
        assert_eq!(code(corridor.act(by(BEN), NotMine { channel, seq: 5 }).await), "person_unknown");
        let app = planet_kit::testing::app(&corridor, &planet_chat::TOOL);
        corridor.act(by(ADA), MatchPerson { person: named[1].id, member: Some(BEN) }).await.unwrap();
        let form = format!("channel={channel}&c=kitchen&seq=2");
        assert!(ask(&app, "ben", "/groups/choir/chat?c=kitchen", None).await.2.contains("This was not me"));
        assert_eq!(ask(&app, "ben", "/groups/choir/chat/not-mine", Some(&form)).await.0.as_u16(), 303);
        assert!(!ask(&app, "ben", "/groups/choir/chat?c=kitchen", None).await.2.contains("This was not me"));
    }

    async fn nothing_is_half_there(store: Store) {
        let corridor = club(&store).await;
        name(&corridor, CHOIR).await.unwrap();
        // Not all pieces, a piece too many, an author whom nobody named.
        lay(&corridor, CHOIR, 0, pieces().remove(0)).await.unwrap();
        assert_eq!(code(corridor.act(by(ADA), bringing(CHOIR, 2)).await), "pieces_missing");
        lay(&corridor, CHOIR, 1, pieces().remove(1)).await.unwrap();
        lay(&corridor, CHOIR, 2, Part { messages: vec![message(9, "nobody", "?", None)], signs: vec![] }).await.unwrap();
        assert_eq!(code(corridor.act(by(ADA), bringing(CHOIR, 2)).await), "pieces_missing");
        assert_eq!(code(corridor.act(by(ADA), bringing(CHOIR, 3)).await), "person_unknown");
        lay(&corridor, CHOIR, 2, Part { messages: vec![], signs: vec![signs(77, "👍", &["bb"])] }).await.unwrap();
        assert_eq!(code(corridor.act(by(ADA), bringing(CHOIR, 3)).await), "history_wrong");
        assert_eq!(room(&corridor, ADA, "choir").await.unwrap().channels.len(), 1);
        assert_eq!(unread(&corridor, ADA).await, []);
        // Begun again from the first piece, it is as if nothing had been before.
        assert_eq!(bring(&corridor, CHOIR, pieces()).await.unwrap().messages, 4);
    }

    async fn what_no_export_holds_is_refused_and_so_is_who_may_not(store: Store) {
        let corridor = club(&store).await;
        name(&corridor, CHOIR).await.unwrap();
        let one = |change: fn(&mut Message)| {
            let mut message = message(1, "bb", "Hello", None);
            change(&mut message);
            Part { messages: vec![message], signs: vec![] }
        };
        let wrong = [
            one(|it| it.sent = Moment(0)),
            one(|it| it.sent = Moment(NOW.0 + 2 * Moment::DAY)),
            one(|it| it.edited = Some(Moment(i64::MAX))),
            one(|it| it.text = "x".repeat(40_001)),
            one(|it| it.gone = true),
            one(|it| it.mark = "m".repeat(1_000)),
            one(|it| it.author = "a\nb".into()),
            Part { messages: vec![], signs: vec![signs(1, "<script>", &["bb"])] },
            Part { messages: vec![], signs: vec![signs(1, ":<b>:", &["bb"])] },
            Part { messages: vec![message(1, "bb", "x", None); 1_001], signs: vec![] },
            Part { messages: vec![], signs: vec![signs(1, "👍", &["bb"; 1_001])] },
            Part { messages: vec![], signs: vec![signs(1, "👍", &["bb"]); 1_001] },
        ];
        for part in wrong {
            assert_eq!(code(lay(&corridor, CHOIR, 0, part).await), "history_wrong");
        }
        let named = |key: &str| NamePeople { group: CHOIR, source: Source::Slack, people: vec![person(key, "x")] };
        for key in ["", "a\nb", &"k".repeat(1_000)] {
            assert_eq!(code(corridor.act(by(ADA), named(key)).await), "history_wrong");
        }
        assert_eq!(code(name(&corridor, SEALED).await), "sealed");
        assert_eq!(code(name(&corridor, GroupId(uuid::Uuid::from_u128(77))).await), "channel_unknown");
        // A channel of a group is no group.
        assert_eq!(code(corridor.act(by(ADA), bringing(SEALED, 1)).await), "sealed");
    }

    async fn a_channel_for_the_invited_is_not_shown_to_everybody(store: Store) {
        let corridor = club(&store).await;
        name(&corridor, OPEN).await.unwrap();
        for (part, content) in pieces().into_iter().enumerate() {
            lay(&corridor, OPEN, part, content).await.unwrap();
        }
        let closed = BringIn { closed: true, ..bringing(OPEN, 2) };
        assert_eq!(code(corridor.act(by(ADA), closed).await), "closed_into_open");
        corridor.act(by(ADA), bringing(OPEN, 2)).await.unwrap();
    }

    async fn a_channel_that_is_in_use_is_left_alone_and_one_that_is_empty_is_used(store: Store) {
        let corridor = club(&store).await;
        for (group, says, expected) in [(CHOIR, true, "general-mattermost"), (OPEN, false, "general")] {
            name(&corridor, group).await.unwrap();
            if says {
                say(&corridor, BEN, FIRST, "We are here already").await.unwrap();
            }
            for (part, content) in pieces().into_iter().enumerate() {
                lay(&corridor, group, part, content).await.unwrap();
            }
            let act = BringIn { name: "general".into(), ..bringing(group, 2) };
            let brought = corridor.act(by(ADA), act).await.unwrap().output.unwrap();
            assert_eq!(brought.name, expected);
            assert_eq!(brought.channel == ChannelId(group.0), !says);
        }
    }

    async fn a_hundred_thousand_signs_on_one_message_are_one_number(store: Store) {
        let corridor = club(&store).await;
        let keys: Vec<String> = (0..20_000).map(|n| format!("u{n}")).collect();
        for some in keys.chunks(500) {
            let people = some.iter().map(|key| person(key, key)).collect();
            let act = NamePeople { group: CHOIR, source: Source::Mattermost, people };
            corridor.act(by(ADA), act).await.unwrap();
        }
        let all = |sign: &str, by: &[String]| Signs { mark: "1".into(), sign: sign.into(), by: by.to_vec() };
        let mut parts = vec![Part { messages: vec![message(1, "u1", "Popular", None)], signs: vec![] }];
        for sign in ["👍", "🎉", "🍞", "😄", "❤️"] {
            parts.extend(keys.chunks(1_000).map(|by| Part { messages: vec![], signs: vec![all(sign, by)] }));
        }
        bring(&corridor, CHOIR, parts).await.unwrap();
        let shown = kitchen(&corridor, BEN).await.remove(0).reactions;
        assert_eq!(shown.iter().map(|it| it.count).collect::<Vec<_>>(), [20_000; 5]);
    }

    async fn who_is_who_is_said_on_a_page(store: Store) {
        let corridor = club(&store).await;
        let app = planet_kit::testing::app(&corridor, &planet_chat::TOOL);
        let path = "/groups/choir/chat/history";
        let (_, _, page) = ask(&app, "ada", path, None).await;
        assert!(page.contains("planet import mattermost export.zip --group choir"), "{page}");
        let named = name(&corridor, CHOIR).await.unwrap();
        bring(&corridor, CHOIR, pieces()).await.unwrap();
        for (who, status) in [("ada", 200), ("cat", 404)] {
            assert_eq!(ask(&app, who, path, None).await.0.as_u16(), status, "{who}");
        }
        for (member, status) in [("nobody", 422), ("cat", 422), ("%40ben", 303), ("", 303), ("ben", 303)] {
            let form = format!("person={}&member={member}", named[1].id);
            let (answer, _, page) = ask(&app, "ada", path, Some(&form)).await;
            assert_eq!(answer.as_u16(), status, "{member}: {page}");
        }
        let viewer = corridor.viewer(ADA).await.unwrap();
        let view = corridor.view(&viewer, History { group: "choir".into() }, NOW).await.unwrap();
        let people: Vec<_> = view.people.iter().map(|it| (it.handle.as_str(), it.member_handle.as_deref(), it.messages)).collect();
        assert_eq!(people, [("lovelace", None, 1), ("cook", None, 1), ("bb", Some("ben"), 2)]);
        assert_eq!((view.channels[0].name.as_str(), view.channels[0].messages, view.channels[0].digest.as_str()), ("kitchen", 4, "abc"));
        let (_, _, page) = ask(&app, "ada", "/groups/choir/chat?c=kitchen", None).await;
        assert!(page.contains("brought along") && page.contains("Ada Lovelace (Mattermost)") && page.contains("/people/ben"), "{page}");
    }
}
