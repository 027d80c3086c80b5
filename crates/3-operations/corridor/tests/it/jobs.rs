//! What is due is performed, also what becomes due by that; what fails is put off and is in nobody's way.

use crate::wall::{NOW, Pin, Wall, call, corridor_of, migrations};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::corridor::Corridor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::registry::Registry;
use planet_ontology::acts::Authority;
use planet_ontology::entities::Group;
use planet_ontology::units::Moment;
use planet_store::both_engines;
use planet_store::{Store, Tx, sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Pins a number and leaves the next lower one to be pinned: at once, a minute later where it says so.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
struct Countdown {
    from: u8,
    breaks: bool,
}

impl Act for Countdown {
    const NAME: &'static str = "wall.countdown";
    const ABOUT: &'static str = "Count down.";
    const AUTHORITY: Authority = Authority::House;
    type Touches = Group;
    type Output = ();

    fn resource(&self, tx: &mut Tx, actor: &Actor, now: Moment) -> Result<Resource, Fault> {
        Pin { text: String::new() }.resource(tx, actor, now)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let healed =
            tx.row::<(String,)>(sql!("SELECT text FROM notes WHERE text = 'healed'"), &[])?.is_some();
        if self.breaks && !healed {
            tx.exec(sql!("INSERT INTO notes (id, text) VALUES (?1, NULL)"), &[&cx.id::<uuid::Uuid>()])?;
        }
        let text = format!("{} {}", if self.breaks { "late" } else { "count" }, self.from);
        Pin { text }.perform(tx, cx)?;
        if self.from > 0 {
            cx.later(tx, cx.now, Self::NAME, &json!({ "from": self.from - 1, "breaks": self.breaks }))?;
        }
        Ok(())
    }
}

/// Starts countdowns.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
struct Begin {
    countdowns: Vec<Countdown>,
}

impl Act for Begin {
    const NAME: &'static str = "wall.begin";
    const ABOUT: &'static str = "Begin to count.";
    type Touches = Group;
    type Output = ();

    fn resource(&self, tx: &mut Tx, actor: &Actor, now: Moment) -> Result<Resource, Fault> {
        Pin { text: String::new() }.resource(tx, actor, now)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        for countdown in &self.countdowns {
            let args = json!({ "from": countdown.from, "breaks": countdown.breaks });
            cx.later(tx, cx.now.plus_seconds(10), Countdown::NAME, &args)?;
        }
        Ok(())
    }
}

async fn begin(store: &Store, countdowns: Vec<Countdown>) -> Corridor {
    let registry = Registry::default().act::<Pin>().act::<Countdown>().act::<Begin>().view::<Wall>();
    let corridor = corridor_of(store, registry).await;
    corridor.act(call(1), Begin { countdowns }).await.unwrap();
    corridor
}

async fn notes(corridor: &Corridor) -> Vec<String> {
    let viewer = corridor.viewer(crate::wall::ADA).await.unwrap();
    corridor.view(&viewer, Wall {}, NOW).await.unwrap()
}

both_engines! { migrations();
    async fn what_is_due_is_done_once_with_all_that_it_makes_due(store: Store) {
        let corridor = begin(&store, vec![Countdown { from: 3, breaks: false }]).await;
        corridor.perform_due(NOW.plus_seconds(9)).await.unwrap();
        assert_eq!(notes(&corridor).await, Vec::<String>::new());
        for _ in 0..2 {
            corridor.perform_due(NOW.plus_seconds(10)).await.unwrap();
            assert_eq!(notes(&corridor).await, ["count 0", "count 1", "count 2", "count 3"]);
        }
    }

    async fn a_job_that_fails_is_tried_again_later_and_stands_in_nobodys_way(store: Store) {
        let both = vec![Countdown { from: 1, breaks: true }, Countdown { from: 1, breaks: false }];
        let corridor = begin(&store, both).await;
        corridor.perform_due(NOW.plus_seconds(10)).await.unwrap();
        assert_eq!(notes(&corridor).await, ["count 0", "count 1"]);
        corridor.act(call(2), Pin { text: "healed".into() }).await.unwrap();
        corridor.perform_due(NOW.plus_seconds(30)).await.unwrap();
        assert_eq!(notes(&corridor).await, ["count 0", "count 1", "healed"]);
        corridor.perform_due(NOW.plus_seconds(70)).await.unwrap();
        assert_eq!(notes(&corridor).await, ["count 0", "count 1", "healed", "late 0", "late 1"]);
    }
}
