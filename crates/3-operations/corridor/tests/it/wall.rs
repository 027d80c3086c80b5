//! The smallest tool there is: members pin notes to the club's wall. An empty note is refused.

use planet_corridor::act::{Act, Resource, View};
use planet_corridor::actor::Actor;
use planet_corridor::corridor::Corridor;
use planet_corridor::cx::Cx;
use planet_corridor::look::Look;
use planet_corridor::refusal::{Fault, Refusal};
use planet_corridor::registry::Registry;
use planet_corridor::task::Call;
use planet_corridor::testing;
pub use planet_corridor::testing::{ADA, NOW};
use planet_corridor::touches;
use planet_ontology::acts::{Authority, Moves};
use planet_ontology::entities::Group;
use planet_ontology::ids::{ActKey, GroupId};
use planet_ontology::roles::Role;
use planet_store::{Migration, Store, Tx, sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

pub fn migrations() -> Vec<Migration> {
    let mut all = planet_corridor::MIGRATIONS.to_vec();
    all.push(Migration {
        name: "wall-0001",
        sql: "CREATE TABLE notes (\n id UUID PRIMARY KEY,\n text TEXT NOT NULL\n);\n",
    });
    all
}

/// The wall hangs in the club.
fn the_wall() -> Resource {
    Resource::club(GroupId::CLUB, &Group { mode: "chat".into(), open: true, club: true })
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    pub text: String,
}

impl Act for Pin {
    const NAME: &'static str = "wall.pin";
    const ABOUT: &'static str = "Pin a note to the wall.";
    touches!(Group, |_, _, _| Ok(the_wall()));
    type Output = Uuid;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Uuid, Fault> {
        let id: Uuid = cx.id();
        tx.exec(sql!("INSERT INTO notes (id, text) VALUES (?1, ?2)"), &[&id, &self.text])?;
        if self.text.is_empty() {
            return Err(Refusal::conflict("empty_note", "A note needs some words.").into());
        }
        cx.words_about(id);
        Ok(id)
    }
}

/// Takes a note down, and its words out of the log.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeDown {
    pub note: Uuid,
}

impl Act for TakeDown {
    const NAME: &'static str = "wall.take_down";
    const ABOUT: &'static str = "Take a note down.";
    touches!(Group, |_, _, _| Ok(the_wall()));
    type Output = u64;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<u64, Fault> {
        tx.exec(sql!("DELETE FROM notes WHERE id = ?1"), &[&self.note])?;
        cx.erase_words(tx, self.note)
    }
}

/// Pins a batch: the same outcomes, one savepoint each.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PinMany {
    pub text: String,
}

impl Act for PinMany {
    const NAME: &'static str = "wall.pin_many";
    const ABOUT: &'static str = "Pin a note together with others who wait.";
    const BATCH: bool = true;
    touches!(Group, |_, _, _| Ok(the_wall()));
    type Output = Uuid;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Uuid, Fault> {
        Pin { text: self.text.clone() }.perform(tx, cx)
    }
}

/// Cuts blank notes, and says which.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct Cut {
    pub number: usize,
}

impl Act for Cut {
    const NAME: &'static str = "wall.cut";
    const ABOUT: &'static str = "Cut blank notes.";
    touches!(Group, |_, _, _| Ok(the_wall()));
    type Output = Vec<Uuid>;

    fn perform(&self, _: &mut Tx, cx: &mut Cx) -> Result<Vec<Uuid>, Fault> {
        Ok((0..self.number).map(|_| cx.id()).collect())
    }
}

/// What a stranger may try. Nobody is at home.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct Knock {}

impl Act for Knock {
    const NAME: &'static str = "wall.knock";
    const ABOUT: &'static str = "Knock.";
    const AUTHORITY: Authority = Authority::Nobody;
    touches!(Group, |_, _, _| Ok(the_wall()));
    type Output = ();

    fn perform(&self, _: &mut Tx, _: &mut Cx) -> Result<(), Fault> {
        Err(Refusal::conflict("nobody_home", "Nobody is at home.").into())
    }
}

/// Only the house sweeps the floor.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct Sweep {}

impl Act for Sweep {
    const NAME: &'static str = "wall.sweep";
    const ABOUT: &'static str = "Sweep the floor.";
    const AUTHORITY: Authority = Authority::House;
    touches!(Group, |_, _, _| Ok(the_wall()));
    type Output = ();

    fn perform(&self, _: &mut Tx, _: &mut Cx) -> Result<(), Fault> {
        Ok(())
    }
}

/// Reaches for the broom by its name.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct Reach {}

impl Act for Reach {
    const NAME: &'static str = "wall.reach";
    const ABOUT: &'static str = "Reach for the broom.";
    const AUTHORITY: Authority = Authority::Nobody;
    touches!(Group, |_, _, _| Ok(the_wall()));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        cx.call(tx, Sweep::NAME, json!({}))?;
        Ok(())
    }
}

#[derive(Deserialize, JsonSchema)]
pub struct Wall {}

impl View for Wall {
    const NAME: &'static str = "wall.notes";
    const ABOUT: &'static str = "All notes.";
    type Output = Vec<String>;

    fn read(&self, look: &mut Look) -> Result<Vec<String>, Fault> {
        let notes = look.tx.rows::<(String,)>(sql!("SELECT text FROM notes ORDER BY text"), &[])?;
        Ok(notes.into_iter().map(|(text,)| text).collect())
    }
}

/// Moves value, or puts it aside, without saying that it does.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grab {}

impl Act for Grab {
    const NAME: &'static str = "wall.grab";
    const ABOUT: &'static str = "Take something that is not yours.";
    touches!(Group, |_, _, _| Ok(the_wall()));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        Pin { text: "grabbed".into() }.perform(tx, cx)?;
        cx.moves();
        Ok(())
    }
}

/// Says that it spends, and asks no wallet who decides.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Snatch {}

impl Act for Snatch {
    const NAME: &'static str = "wall.snatch";
    const ABOUT: &'static str = "Spend from a wallet, and ask nobody.";
    const MOVES: Moves = Moves::Spends;
    touches!(Group, |_, _, _| Ok(the_wall()));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        Grab {}.perform(tx, cx)
    }
}

/// A corridor over the wall, with Ada as the only member.
pub async fn corridor(store: &Store) -> Corridor {
    let registry = Registry::default()
        .act::<Pin>()
        .act::<PinMany>()
        .act::<TakeDown>()
        .act::<Knock>()
        .act::<Sweep>()
        .act::<Reach>()
        .act::<Cut>()
        .act::<Grab>()
        .act::<Snatch>()
        .view::<Wall>();
    corridor_of(store, registry).await
}

/// The same with other acts.
pub async fn corridor_of(store: &Store, registry: Registry) -> Corridor {
    testing::club(store, &[(ADA, "ada", Role::Member)], registry).await
}

pub fn call(key: u128) -> Call {
    Call { actor: Actor::Member(ADA), key: ActKey(Uuid::from_u128(key)), now: NOW }
}
