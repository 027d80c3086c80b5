//! Live updates, told with a wall on which members write: what listeners hear, and what they no longer hear.

use planet_corridor::act::{Act, Resource};
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::registry::Registry;
use planet_corridor::testing::{ADA, BEN, NOW, THREE, by, club, found};
use planet_corridor::topics::{Note, Topic, TopicKind};
use planet_corridor::touches;
use planet_kit::live::{Hub, Listener};
use planet_ontology::acts::Trace;
use planet_ontology::entities::Group;
use planet_ontology::ids::{AudienceId, GroupId};
use planet_ontology::roles::Role;
use planet_policy::testing::AllowAll;
use planet_store::{Error, Migration, Store, Tx, both_engines, sql, testing};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

const WALL: Uuid = Uuid::from_u128(0x3a11);
const TABLE: Migration =
    Migration { name: "wall-0001", sql: "CREATE TABLE wall (seq BIGINT PRIMARY KEY, word TEXT NOT NULL);" };

/// Writes on the wall; the word `no` is refused after it was written.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
struct Write {
    word: String,
}

impl Act for Write {
    const NAME: &'static str = "wall.write";
    const ABOUT: &'static str = "Write on the wall.";
    const TRACE: Trace = Trace::Counted;
    type Output = ();
    touches!(Group, |_act, _tx, _actor| {
        let facts = Group { mode: "chat".into(), open: false, club: true };
        Ok(Resource::club(GroupId::CLUB, &facts))
    });

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        tx.exec(
            sql!("INSERT INTO wall (seq, word) SELECT coalesce(max(seq), 0) + 1, ?1 FROM wall"),
            &[&self.word],
        )?;
        cx.tell(Topic::new(KIND.name, WALL));
        if self.word == "no" {
            return Err(planet_corridor::refusal::Refusal::input("word", "no", "Not this word.").into());
        }
        Ok(())
    }
}

const KIND: TopicKind = TopicKind {
    name: "wall.wall",
    audience: |_, id| Ok((id == WALL).then_some(AudienceId::CLUB)),
    head: |tx, _| Ok(tx.one::<(i64,)>(sql!("SELECT coalesce(max(seq), 0) FROM wall"), &[])?.0),
    since,
    finish: |note| json!({ "word": note["word"], "finished": true }),
    signals: &["writing"],
};

fn since(tx: &mut Tx, _: Uuid, after: i64, most: i64) -> Result<Vec<Note>, Error> {
    let rows = tx.rows::<(i64, String)>(
        sql!("SELECT seq, word FROM wall WHERE seq > ?1 ORDER BY seq LIMIT ?2"),
        &[&after, &most],
    )?;
    Ok(rows.into_iter().map(|(cursor, word)| Note { cursor, body: json!({ "word": word }) }).collect())
}

fn registry() -> Registry {
    Registry::default().act::<Write>().topic(KIND)
}

fn topic() -> String {
    Topic::new(KIND.name, WALL).to_string()
}

async fn write(corridor: &Corridor, word: &str) -> Result<(), Fault> {
    corridor.act(by(ADA), Write { word: word.into() }).await.map(drop)
}

/// The next thing a listener hears.
async fn next(listener: &mut Listener) -> Value {
    let text = tokio::time::timeout(Duration::from_secs(20), listener.next_text()).await.unwrap().unwrap();
    serde_json::from_str(&text).unwrap()
}

async fn hears_nothing(listener: &mut Listener) {
    let heard = tokio::time::timeout(Duration::from_millis(300), listener.next_text()).await;
    assert!(heard.is_err(), "{heard:?}");
}

both_engines! { [planet_corridor::MIGRATIONS, &[TABLE]].concat();
    async fn a_listener_hears_in_order_what_is_committed_and_nothing_that_was_refused(store: Store) {
        let corridor = club(&store, &THREE, registry()).await;
        write(&corridor, "before").await.unwrap();
        let hub = Hub::start(corridor.clone());
        let mut ben = hub.listener(BEN, "Ben").unwrap();
        ben.hear(&topic(), None);
        assert_eq!(next(&mut ben).await["heard"], 1);
        write(&corridor, "one").await.unwrap();
        write(&corridor, "no").await.unwrap_err();
        write(&corridor, "two").await.unwrap();
        let heard = [next(&mut ben).await, next(&mut ben).await];
        assert_eq!(heard[0], json!({ "topic": topic(), "cursor": 2, "note": { "word": "one", "finished": true } }));
        assert_eq!(heard[1]["note"]["word"], "two");
        hears_nothing(&mut ben).await;
    }

    async fn who_comes_back_hears_what_was_missed_and_who_missed_too_much_reads_anew(store: Store) {
        let corridor = club(&store, &THREE, registry()).await;
        let hub = Hub::start(corridor.clone());
        for word in ["a", "b", "c"] {
            write(&corridor, word).await.unwrap();
        }
        let mut ben = hub.listener(BEN, "Ben").unwrap();
        ben.hear(&topic(), Some(1));
        let words = [next(&mut ben).await, next(&mut ben).await, next(&mut ben).await];
        assert_eq!((&words[0]["note"]["word"], &words[1]["cursor"], &words[2]["heard"]), (&json!("b"), &json!(3), &json!(3)));
        store.write(|tx| {
            for seq in 4..1_000_i64 {
                tx.exec(sql!("INSERT INTO wall (seq, word) VALUES (?1, 'x')"), &[&seq])?;
            }
            Ok::<_, Error>(())
        }).await.unwrap();
        let mut cat = hub.listener(planet_corridor::testing::CAT, "Cat").unwrap();
        cat.hear(&topic(), Some(0));
        let mut last = next(&mut cat).await;
        while last["note"].is_object() {
            last = next(&mut cat).await;
        }
        assert_eq!(last["resync"], true);
    }

    async fn somebody_slow_does_not_hold_the_others_up(store: Store) {
        let corridor = club(&store, &THREE, registry()).await;
        let hub = Hub::start(corridor.clone());
        let (mut slow, mut quick) = (hub.listener(BEN, "Ben").unwrap(), hub.listener(ADA, "Ada").unwrap());
        slow.hear(&topic(), None);
        quick.hear(&topic(), None);
        next(&mut quick).await;
        for n in 1..=300 {
            write(&corridor, &format!("{n}")).await.unwrap();
            assert_eq!(next(&mut quick).await["cursor"], n);
        }
        let mut heard = Vec::new();
        loop {
            let frame = next(&mut slow).await;
            heard.push(frame.clone());
            if frame["resync"] == true {
                break;
            }
        }
        assert!(heard.len() > 200 && heard.len() < 300, "{}", heard.len());
    }

    async fn whoever_is_taken_out_hears_nothing_that_is_said_afterwards(store: Store) {
        let corridor = club(&store, &THREE, registry()).await;
        let hub = Hub::start(corridor.clone());
        let mut ben = hub.listener(BEN, "Ben").unwrap();
        ben.hear(&topic(), None);
        next(&mut ben).await;
        // Nobody tells the hub: it asks by itself before it hands anything on.
        store.write(|tx| agents::set_role(tx, BEN.into(), GroupId::CLUB, Role::None, NOW)).await.unwrap();
        write(&corridor, "secret").await.unwrap();
        assert_eq!(next(&mut ben).await, json!({ "topic": topic(), "gone": true }));
        write(&corridor, "more").await.unwrap();
        hears_nothing(&mut ben).await;
        ben.hear(&topic(), Some(0));
        assert_eq!(next(&mut ben).await["gone"], true);
        ben.hear("wall.wall:00000000-0000-0000-0000-000000000009", None);
        assert_eq!(next(&mut ben).await["gone"], true);
        for nonsense in ["", "wall.wall", "wall.wall:x", "bank.vault:00000000-0000-0000-0000-000000000009"] {
            ben.hear(nonsense, None);
            assert_eq!(next(&mut ben).await["code"], "no_such_topic", "{nonsense}");
        }
    }
}

#[test]
fn two_processes_on_one_server_hear_of_each_other() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let scratch = testing::postgres(&[planet_corridor::MIGRATIONS, &[TABLE]].concat()).await;
        scratch.store.write(|tx| found(tx, &THREE)).await.unwrap();
        let other = Store::open(&scratch.target, testing::options()).await.unwrap();
        let open = |store| async {
            Corridor::open(store, registry(), Box::new(|_, _| Ok(Arc::new(AllowAll)))).await.unwrap()
        };
        let (here, there) = (open(scratch.store.clone()).await, open(other).await);
        let (_first, second) = (Hub::start(here.clone()), Hub::start(there));
        let mut ben = second.listener(BEN, "Ben").unwrap();
        ben.hear(&topic(), None);
        next(&mut ben).await;
        // The threads that listen may still be connecting; a word that they miss is made up for when topics are looked after.
        write(&here, "hello").await.unwrap();
        assert_eq!(next(&mut ben).await["note"]["word"], "hello");
        let said = std::time::Instant::now();
        write(&here, "again").await.unwrap();
        assert_eq!(next(&mut ben).await["note"]["word"], "again");
        assert!(
            said.elapsed() < Duration::from_secs(2),
            "woken, and not only looked after: {:?}",
            said.elapsed()
        );
    });
}
