//! A club for tests: the front door with a stand-in for the wallet, and people whose keys the test makes.

use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents::{self, Agent};
use planet_corridor::corridor::Corridor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::registry::Registry;
use planet_identity::managed::{self, Secrets};
use planet_identity::rows::Token;
use planet_identity::webvh::Location;
use planet_identity::webvh::location::Kind;
use planet_kit::testing;
pub use planet_kit::testing::{NOW, ORIGIN, at as call_at, by as call};
use planet_membership::acts::{Accept, Found, Invite, Invitee};
use planet_membership::arrival::{self, Arrival, SentVault, SentWrap};
use planet_membership::checks::hash_text;
use planet_ontology::acts::Authority;
use planet_ontology::entities::Group;
use planet_ontology::ids::{AgentId, GroupId, InvitationId, MemberId, PlaceId};
use planet_ontology::roles::Mode;
use planet_ontology::units::Moment;
use planet_places::gazetteer;
use planet_policy::testing::AllowAll;
use planet_store::{Migration, Store, Tx, sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use uuid::Uuid;

pub fn at(seconds: i64) -> Moment {
    NOW.plus_seconds(seconds)
}

pub fn migrations() -> Vec<Migration> {
    let wallet = "CREATE TABLE opened (\n owner_id UUID PRIMARY KEY\n);\nCREATE TABLE credits (\n symbol TEXT PRIMARY KEY\n);\n";
    let wallet = [Migration { name: "stand-in-0001", sql: wallet }];
    [
        planet_corridor::MIGRATIONS,
        planet_ledger::MIGRATIONS,
        planet_identity::MIGRATIONS,
        planet_places::MIGRATIONS,
        planet_exchange::MIGRATIONS,
        planet_membership::MIGRATIONS,
        &wallet,
    ]
    .concat()
}

fn the_club() -> Resource {
    Resource::club(GroupId::CLUB, &Group { mode: Mode::Trading.word().into(), open: false, club: true })
}

/// Stands in for the wallet's own act.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct Open {
    owner: AgentId,
}

impl Act for Open {
    const NAME: &'static str = "wallet.open";
    const ABOUT: &'static str = "Open an account.";
    const AUTHORITY: Authority = Authority::House;
    type Touches = Group;
    type Output = ();

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(the_club())
    }

    fn perform(&self, tx: &mut Tx, _: &mut Cx) -> Result<(), Fault> {
        tx.exec(sql!("INSERT INTO opened (owner_id) VALUES (?1)"), &[&self.owner])?;
        Ok(())
    }
}

/// Stands in for the wallet's own act.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateCredit {
    name: String,
    symbol: String,
    decimals: u8,
    min: i64,
    max: i64,
}

impl Act for CreateCredit {
    const NAME: &'static str = "wallet.create_credit";
    const ABOUT: &'static str = "Create the club's credit.";
    const AUTHORITY: Authority = Authority::House;
    type Touches = Group;
    type Output = ();

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(the_club())
    }

    fn perform(&self, tx: &mut Tx, _: &mut Cx) -> Result<(), Fault> {
        assert!(self.min < 0 && self.max > 0 && self.decimals == 2);
        tx.exec(
            sql!("INSERT INTO credits (symbol) VALUES (?1)"),
            &[&format!("{} {}", self.name, self.symbol)],
        )?;
        Ok(())
    }
}

/// A corridor with nobody in the club yet.
pub async fn open(store: &Store) -> Corridor {
    let registry = planet_membership::register(Registry::default()).act::<Open>().act::<CreateCredit>();
    let corridor = Corridor::open(
        store.clone(),
        registry,
        Box::new(|rules, _| Ok(Arc::new(Versioned(rules.map_or(0, |(version, _)| version))))),
    );
    corridor.await.unwrap()
}

/// Permits everything, under the version of the rules in force.
struct Versioned(i64);

impl planet_policy::question::Engine for Versioned {
    fn decide(&self, question: &planet_policy::question::Question) -> planet_policy::question::Decision {
        AllowAll.decide(question)
    }
    fn procedure(&self, act: &str) -> &planet_policy::procedure::Procedure {
        let _ = act;
        planet_policy::procedure::Procedure::at_once()
    }
    fn version(&self) -> i64 {
        self.0
    }
}

pub fn frome() -> PlaceId {
    gazetteer::search("frome", Some("GB"), 1).pop().expect("Frome").id
}

pub fn bundle() -> Value {
    json!({
        "kit": "worker-co-op", "title": "Worker co-op", "about": "People who work together.",
        "parameters": {
            "credit": { "min": -100_000, "max": 200_000 }, "founder_days": 90, "admission": "application",
            "inviters": ["member", "steward"],
        },
    })
}

/// What the browser of a new person makes. Each has keys of their own.
pub fn person(path: &str, now: Moment) -> Arrival {
    static COUNT: AtomicU8 = AtomicU8::new(1);
    let seed = COUNT.fetch_add(1, Ordering::Relaxed);
    let location = Location::new(ORIGIN, Kind::Person, path).unwrap();
    let made = managed::create(&location, &Secrets::from_entropy(&[seed; 64]), now).unwrap();
    let wrap = SentWrap {
        kind: "passphrase".into(),
        reference: "argon2id$m=65536,t=3,p=1$AAAA".into(),
        wrap: planet_identity::encoding::b64u(&[7; 60]),
    };
    let ciphertext = planet_identity::encoding::b64u(&[9; 100]);
    Arrival {
        member: MemberId(Uuid::new_v5(&Uuid::NAMESPACE_OID, path.as_bytes())),
        origin: ORIGIN.into(),
        path: path.into(),
        did_log: made.line,
        passkey: None,
        vault: Some(SentVault { ciphertext, version: None, wraps: vec![wrap] }),
        sealed: None,
        ticket: None,
    }
}

/// Lets an arrival wait, and gives the token for its act.
pub async fn wait(corridor: &Corridor, arrival: Arrival, now: Moment) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&COUNT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    let token = Token::new(bytes);
    let text = token.reveal();
    corridor.store().write(move |tx| arrival::wait(tx, &token, &arrival, now)).await.unwrap();
    text
}

pub fn founding(arrival: String) -> Found {
    Found {
        club: "Elm Street Co-op".into(),
        purpose: "We bake and mend.".into(),
        accent: "leaf".into(),
        bundle: bundle(),
        unit: "Hours".into(),
        symbol: "h".into(),
        place: frome(),
        name: "Ada Okafor".into(),
        arrival,
    }
}

/// A club that Ada has founded.
pub async fn founded(store: &Store) -> (Corridor, MemberId) {
    let corridor = open(store).await;
    let arrival = wait(&corridor, person("ada7", NOW), NOW).await;
    let done = corridor.act(call(Actor::Guest), founding(arrival)).await.unwrap();
    (corridor, done.output.unwrap())
}

/// An invitation, and the hash of its token.
pub async fn invite(corridor: &Corridor, inviter: MemberId, token: u8) -> (InvitationId, String) {
    let token_hash = hash_text(&Token::new([token; 32]));
    let bruno = Invitee { name: "Bruno".into(), token_hash: token_hash.clone(), ..Invitee::default() };
    let act = Invite { invitee: bruno, role: None, days: 14 };
    let done = corridor.act(call(Actor::Member(inviter)), act).await.unwrap();
    (done.output.unwrap(), token_hash)
}

/// Comes in with an invitation.
pub async fn accept(
    corridor: &Corridor,
    token_hash: &str,
    name: &str,
    path: &str,
    now: Moment,
) -> Result<MemberId, Fault> {
    let arrival = wait(corridor, person(path, now), now).await;
    let act = Accept { token_hash: token_hash.into(), name: name.into(), place: Some(frome()), arrival };
    corridor.act(call_at(Actor::Guest, now), act).await.map(|done| done.output.unwrap())
}

/// Ada's club with Bruno in it.
pub async fn with_bruno(store: &Store) -> (Corridor, MemberId, MemberId) {
    let (corridor, ada) = founded(store).await;
    let (_, token) = invite(&corridor, ada, 1).await;
    let bruno = accept(&corridor, &token, "Bruno Marek", "bruno7", NOW).await.unwrap();
    (corridor, ada, bruno)
}

pub async fn agent(corridor: &Corridor, id: impl Into<AgentId>) -> Option<Agent> {
    let id = id.into();
    corridor.store().read(move |tx| agents::find(tx, id)).await.unwrap()
}

/// How many members there are, how many identifiers, and how many accounts.
pub async fn counts(corridor: &Corridor) -> (i64, i64, i64) {
    corridor
        .store()
        .read(|tx| {
            tx.one(
                sql!(
                    "SELECT (SELECT count(*) FROM agents WHERE kind = 'member'), (SELECT count(*) FROM dids),
                            (SELECT count(*) FROM opened)"
                ),
                &[],
            )
        })
        .await
        .unwrap()
}

/// Code and sentence of a refusal; the test fails if there was none.
pub fn refused<T: std::fmt::Debug>(result: Result<T, Fault>) -> (String, String) {
    let refusal = testing::refused(result);
    (refusal.code, refusal.sentence)
}
